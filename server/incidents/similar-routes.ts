/** What resembles an incident, on its own page: what was found then may help now. */
import { readSimilar } from "../../contract/recording.ts";
import type { EventOf } from "../../core/incidents/events.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { dayMs } from "../../core/kernel/time.ts";
import { visibleEntriesOf } from "../access/visible.ts";
import type { Db } from "../platform/database.ts";
import type { Serve } from "../platform/http.ts";
import { findCandidates } from "./candidates.ts";
import { knownErrorRoutes } from "./known-error-routes.ts";
import { likelyAmong } from "./likely.ts";
import { find, type IncidentsKnown, readingOf } from "./routes.ts";
import { type Reading, titleOf } from "./views.ts";

/** Older ones happened to another system. */
const rememberedMs = 400 * dayMs;

export function similarRoutes(serve: Serve, known: IncidentsKnown & { readonly typing: Db }): void {
  knownErrorRoutes(serve, known);
  serve(readSimilar, async ({ request, params }) => {
    const row = await find(known, request, params.id);
    const reading = readingOf(known, request);
    const { viewer, directory, language } = reading;
    const { title, service, exercise } = row.incident as IncidentState;
    const typed = { title: titleOf(title, language), service, exercise, withinMs: rememberedMs };
    const now = known.clock.now();
    const { rows, complete } = await findCandidates(known.typing, viewer, typed, now);
    const others = rows.filter(({ id, incident }) => id !== row.id && (incident as IncidentState).ended !== "merged");
    const likely = likelyAmong(typed, others, { directory, language, now });
    const solved = await resolutionsOf(
      reading,
      likely.map(({ id }) => id),
    );
    const data = likely.map((one) => ({ ...one, ...(solved.get(one.id) ?? { solution: null, cause: null }) }));
    return { data, complete };
  });
}

type Resolution = Pick<EventOf<"incident.resolved">["data"], "solution" | "cause">;

/** What was done last about each; purged, nothing is left of it. */
async function resolutionsOf({ db, viewer }: Reading, ids: readonly string[]): Promise<Map<string, Resolution>> {
  if (ids.length === 0) return new Map();
  const entries = await visibleEntriesOf(db, viewer, ids)
    .where("events.type", "=", "incident.resolved")
    .select(["incidents.id", "events.data"])
    .orderBy("events.seq")
    .execute();
  return new Map(
    entries.flatMap(({ id, data }) => {
      if (data === null) return [];
      const { solution, cause } = data as Resolution;
      return [[id, { solution, cause }]];
    }),
  );
}
