/** Which known errors an incident shows, and which it may show, each with what helps until it is put right. */
import { readKnownErrors, type ShownErrorView } from "../../contract/known-errors.ts";
import { workaroundIn } from "../../core/directory/known-errors.ts";
import { likelyErrors } from "../../core/incidents/known-errors.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Serve } from "../platform/http.ts";
import { find, type IncidentsKnown, readingOf } from "./routes.ts";
import { titleOf } from "./views.ts";

export function knownErrorRoutes(serve: Serve, known: IncidentsKnown): void {
  serve(readKnownErrors, async ({ request, params }) => {
    const row = await find(known, request, params.id);
    const { directory, language } = readingOf(known, request);
    const incident = row.incident as IncidentState;
    const all = directory.knownErrors;
    const viewOf = (id: string, linked: ShownErrorView["linked"], why: ShownErrorView["why"]): ShownErrorView[] => {
      const one = all.get(id);
      if (one === undefined) return [];
      const name = language === "fr" ? one.nameFr : one.nameEn;
      return [{ id, name, workaround: workaroundIn(one, language), retired: one.retired, linked, why }];
    };
    const said = (incident.knownErrors ?? []).flatMap(({ id, at, by }) => viewOf(id, { at: toIso(at), by }, []));
    const likely = likelyErrors({ ...incident, title: titleOf(incident.title, incident.language) }, all.values());
    return { data: [...said, ...likely.flatMap(({ id, why }) => viewOf(id, null, [...why]))] };
  });
}
