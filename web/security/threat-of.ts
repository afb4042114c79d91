/** How the threat stands by the record, and how much was noted of it. */
import type { TimelineEntry } from "#contract/timeline-entry.ts";

export type ThreatSeen = {
  readonly contained: string | null;
  readonly eradicated: string | null;
  readonly observables: number;
  readonly evidence: number;
};

export function threatOf(entries: readonly Pick<TimelineEntry, "type" | "at" | "data">[]): ThreatSeen {
  let seen: ThreatSeen = { contained: null, eradicated: null, observables: 0, evidence: 0 };
  for (const { type, at, data } of entries) {
    if (type === "threat.contained") seen = { ...seen, contained: at };
    else if (type === "threat.eradicated") seen = { ...seen, eradicated: at };
    else if (type === "threat.reopened")
      seen = { ...seen, eradicated: null, ...(data?.was === "contained" && { contained: null }) };
    else if (type === "observable.added") seen = { ...seen, observables: seen.observables + 1 };
    else if (type === "evidence.registered") seen = { ...seen, evidence: seen.evidence + 1 };
  }
  return seen;
}
