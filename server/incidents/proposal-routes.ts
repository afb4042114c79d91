/** While an incident is written: proposals with their reasons, and what it may be a duplicate of, in one answer. */
import type { z } from "zod";
import { proposeIncident } from "../../contract/recording.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { type LikelyDuplicate, likelyDuplicates } from "../../core/incidents/duplicates.ts";
import { namesOf, type PastIncident, proposeFor } from "../../core/incidents/proposals.ts";
import { type IncidentState, stageOf } from "../../core/incidents/state.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Language } from "../../core/kernel/vocabulary.ts";
import { viewerOf } from "../access/viewer.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/database.ts";
import { languageOf, type Serve } from "../platform/http.ts";
import { refused } from "../platform/problems.ts";
import { type CandidateRow, findCandidates, recentMs } from "./candidates.ts";
import { serviceOf, titleOf } from "./views.ts";

type Known = { readonly typing: Db; readonly clock: Clock; readonly directory: () => Directory };
type Body = z.infer<typeof proposeIncident.body>;

export function proposalRoutes(serve: Serve, known: Known): void {
  serve(proposeIncident, async ({ request, body }) => {
    const directory = known.directory();
    const viewer = viewerOf(request);
    const language = languageOf(request);
    if (body.service && !directory.services.has(body.service))
      throw refused("service-unknown", { service: body.service });
    const proposing = {
      services: [...directory.services.values()],
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
      duplicates: duplicatesOf(body, service, rows, { directory, language, now }),
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

type Showing = { readonly directory: Directory; readonly language: Language; readonly now: number };

function duplicatesOf(
  body: Body,
  service: string | null,
  rows: readonly CandidateRow[],
  { directory, language, now }: Showing,
) {
  const recent = rows.filter(({ is_open, ended_at }) => is_open || (ended_at !== null && ended_at > now - recentMs));
  const titled = new Map(recent.map((row) => [row.id, titleOf((row.incident as IncidentState).title, language)]));
  const candidates = recent.map((row) => ({
    id: row.id,
    title: titled.get(row.id) ?? "",
    service: (row.incident as IncidentState).service,
    open: row.is_open,
    at: row.ended_at ?? row.reported_at,
    similarity: row.similarity,
    inRecord: row.words,
  }));
  const found = likelyDuplicates({ title: body.title, service }, candidates, (id) => {
    const one = directory.services.get(id);
    return one ? namesOf(one) : [];
  });
  const byId = new Map(recent.map((row) => [row.id, row]));
  return found.flatMap((one) => {
    const row = byId.get(one.id);
    return row ? [shown(one, row, titled.get(one.id) ?? "", serviceIn(row, directory, language))] : [];
  });
}

const serviceIn = (row: CandidateRow, directory: Directory, language: Language) =>
  serviceOf((row.incident as IncidentState).service, directory, language);

function shown(
  { id, reasons }: LikelyDuplicate,
  row: CandidateRow,
  title: string,
  service: ReturnType<typeof serviceOf>,
) {
  const incident = row.incident as IncidentState;
  return {
    id,
    number: row.number,
    title,
    language: incident.language,
    stage: stageOf(incident),
    open: row.is_open,
    priority: incident.priority,
    service,
    reportedAt: toIso(row.reported_at),
    reasons,
  };
}
