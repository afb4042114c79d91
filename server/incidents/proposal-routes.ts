/** While an incident is written: proposals with their reasons, and what it may be a duplicate of, in one answer. */
import { proposeIncident } from "../../contract/recording.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { type PastIncident, proposeFor } from "../../core/incidents/proposals.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { viewerOf } from "../access/viewer.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/database.ts";
import { languageOf, type Serve } from "../platform/http.ts";
import { refused } from "../platform/problems.ts";
import { type CandidateRow, findCandidates } from "./candidates.ts";
import { likelyAmong } from "./likely.ts";

type Known = { readonly typing: Db; readonly clock: Clock; readonly directory: () => Directory };

export function proposalRoutes(serve: Serve, known: Known): void {
  serve(proposeIncident, async ({ request, body }) => {
    const directory = known.directory();
    const viewer = viewerOf(request);
    const language = languageOf(request);
    if (body.service && !directory.services.has(body.service))
      throw refused("service-unknown", { service: body.service });
    const proposing = {
      services: [...directory.services.values()].filter(({ id, retired }) => !retired || id === body.service),
      categories: [...directory.categories.values()],
      ownTeams: viewer.actor.teams,
    };
    /* The service that its words alone name is where titles alike are looked for. */
    const service = body.service ?? proposeFor(body, { ...proposing, history: [] }).service?.value ?? null;
    const typed = { title: body.title, service, exercise: body.exercise ?? false };
    const now = known.clock.now();
    const { rows, complete } = await findCandidates(known.typing, viewer, typed, now);
    return {
      proposals: proposeFor(body, { ...proposing, history: historyOf(rows) }),
      duplicates: likelyAmong(typed, rows, { directory, language, now }),
      complete,
    };
  });
}

/** Past incidents speak when they share two words; those that were no incident say nothing. */
const sharedMin = 2;
const historyMax = 20;

function historyOf(rows: readonly CandidateRow[]): PastIncident[] {
  return rows
    .filter(({ words }) => words.length >= sharedMin)
    .toSorted((a, b) => b.words.length - a.words.length || b.reported_at - a.reported_at)
    .map(({ number, incident }) => ({ number, state: incident as IncidentState }))
    .filter(({ state }) => state.ended !== "dismissed" && state.ended !== "merged")
    .slice(0, historyMax)
    .map(({ number, state }) => ({
      number,
      service: state.service,
      categories: state.categories,
      impact: state.prioritySource === "proposed" ? null : state.impact,
      urgency: state.prioritySource === "proposed" ? null : state.urgency,
      team: state.assigned?.team ?? null,
      function: state.assigned?.function ?? null,
    }));
}
