/** What an incident hangs together with, for whoever reads it: what they may not see is not there, and not counted. */
import { type IncidentLink, readLinks } from "../../contract/links.ts";
import { inverseOf } from "../../core/incidents/links.ts";
import { type IncidentState, stageOf } from "../../core/incidents/state.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { LinkKind } from "../../core/kernel/vocabulary.ts";
import { noteSeen } from "../access/acting.ts";
import { linkedFrom, linkedTo } from "../access/visible.ts";
import type { Serve } from "../platform/http.ts";
import { find, type IncidentsKnown, readingOf } from "./routes.ts";
import { titleOf } from "./views.ts";

export function linkRoutes(serve: Serve, known: IncidentsKnown): void {
  serve(readLinks, async ({ request, params }) => {
    const row = await find(known, request, params.id);
    await noteSeen(known, request, row, "page");
    const { db, viewer, language } = readingOf(known, request);
    const [said, back] = await Promise.all([
      linkedFrom(db, viewer, row.id).execute(),
      linkedTo(db, viewer, row.id).execute(),
    ]);
    const here = new Set(said.map(({ id }) => id));
    const apart = new Set((row.incident as IncidentState).apart);
    const all = [
      ...said.map((one) => ({ ...one, kind: one.kind as LinkKind })),
      ...back
        .filter(({ id }) => !here.has(id))
        .map((one) => ({ ...one, kind: inverseOf(one.kind as LinkKind), workstream: null })),
    ];
    const data = all
      .filter(({ id, incident }) => !apart.has(id) && !(incident as IncidentState).apart?.includes(row.id))
      .toSorted((a, b) => a.at - b.at)
      .map((one): IncidentLink => {
        const incident = one.incident as IncidentState;
        return {
          ...{ id: one.id, number: one.number, kind: one.kind, workstream: one.workstream },
          title: titleOf(incident.title, language),
          language: incident.language,
          stage: stageOf(incident),
          priority: incident.priority,
          coordinator: incident.coordinator,
          at: toIso(one.at),
          by: one.by_name,
          reason: one.reason,
        };
      });
    return { data };
  });
}
