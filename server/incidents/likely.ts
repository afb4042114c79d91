/** Which of the candidates one incident probably is or resembles, as a reader sees them. */
import type { Directory } from "../../core/desk/directory.ts";
import { type LikelyDuplicate, likelyDuplicates } from "../../core/incidents/duplicates.ts";
import { namesOf } from "../../core/incidents/proposals.ts";
import { type IncidentState, stageOf } from "../../core/incidents/state.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Language } from "../../core/kernel/vocabulary.ts";
import { type CandidateRow, recentMs, type Typed } from "./candidates.ts";
import { serviceOf, titleOf } from "./views.ts";

type Showing = { readonly directory: Directory; readonly language: Language; readonly now: number };

export function likelyAmong(
  { title, service, withinMs = recentMs }: Typed,
  rows: readonly CandidateRow[],
  { directory, language, now }: Showing,
) {
  const recent = rows.filter(({ is_open, ended_at }) => is_open || (ended_at !== null && ended_at > now - withinMs));
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
  const found = likelyDuplicates({ title, service }, candidates, (id) => {
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
