/** Into which incident one was merged, for whoever may see that one: for anybody else it has ended, and no more. */
import type { IncidentView } from "../../contract/shapes.ts";
import { seenAmong } from "../access/visible.ts";
import type { Reading } from "./views.ts";

export async function asSeen(
  { db, viewer }: Pick<Reading, "db" | "viewer">,
  views: readonly IncidentView[],
): Promise<IncidentView[]> {
  const into = views.flatMap(({ mergedInto }) => mergedInto ?? []);
  if (into.length === 0) return [...views];
  const seen = await seenAmong(db, viewer, into);
  return views.map((view) => (seen.has(view.mergedInto ?? "") ? view : { ...view, mergedInto: null }));
}
