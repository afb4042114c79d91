/** Entries of a record read back as the facts that they were, and what these fold to. */
import { isPagingFact } from "../escalation/events.ts";
import { evolvePaging, initialPaging, type PagingState } from "../escalation/paging-state.ts";
import type { IncidentFact } from "../incidents/events.ts";
import { evolveIncident, type IncidentState, initialIncident } from "../incidents/state.ts";
import type { SealedEntry } from "../kernel/record.ts";
import { parseIso } from "../kernel/time.ts";

export function factOf(entry: SealedEntry): IncidentFact {
  const { actor, level, role, onBehalfOf, derogation, reason, cause } = entry;
  const [occurredAt, recordedAt] = [parseIso(entry.occurredAt), parseIso(entry.recordedAt)];
  const stamp = { occurredAt, recordedAt, actor, level, role, onBehalfOf, derogation, reason, cause };
  return { type: entry.type, data: entry.data, stamp } as unknown as IncidentFact;
}

export type Folded = { readonly incident: IncidentState; readonly paging: PagingState };

export const nothingFolded: Folded = { incident: initialIncident, paging: initialPaging };

export function foldOne({ incident, paging }: Folded, fact: IncidentFact): Folded {
  return {
    incident: evolveIncident(incident, fact),
    paging: isPagingFact(fact) ? evolvePaging(paging, fact, fact.stamp.recordedAt) : paging,
  };
}

export const foldOf = (entries: readonly SealedEntry[]): Folded => entries.map(factOf).reduce(foldOne, nothingFolded);
