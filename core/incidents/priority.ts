/** Priority from impact and urgency (ISO/IEC 20000-1:2018 §8.6.1 b). Unsure counts as the higher. */
import type { Impact, Priority, Severity, Urgency } from "../kernel/vocabulary.ts";

/** Rows: impact 1 (extended) to 4 (one person); columns: urgency 1 (immediate) to 4 (low). */
const matrix: readonly (readonly Priority[])[] = [
  [1, 1, 2, 3],
  [1, 2, 3, 3],
  [2, 3, 3, 4],
  [3, 3, 4, 5],
];

export function priorityOf(impact: Impact, urgency: Urgency): Priority {
  return matrix[impact - 1]?.[urgency - 1] ?? 1;
}

/** The reason of a proposal that somebody made by hand. */
export const setByPerson = "set-by-person";

export type PriorityProposal = {
  readonly impact: Impact;
  readonly urgency: Urgency;
  readonly priority: Priority;
  /** Codes, not sentences: `vital-function`, `severity-critical`, `nothing-known`. */
  readonly reasons: readonly string[];
};

const fromSeverity: Readonly<Record<Severity, { impact: Impact; urgency: Urgency }>> = {
  critical: { impact: 2, urgency: 1 },
  error: { impact: 2, urgency: 2 },
  warning: { impact: 3, urgency: 3 },
  info: { impact: 4, urgency: 4 },
};

/** A first proposal, with its reasons; a person of level 4 confirms or overrides it. A vital business function hit
 *  makes the impact at least 2. */
export function proposePriority(known: {
  readonly severity?: Severity | undefined;
  readonly impact?: Impact | undefined;
  readonly urgency?: Urgency | undefined;
  readonly vital: boolean;
}): PriorityProposal {
  const reasons: string[] = [];
  const start = known.severity ? fromSeverity[known.severity] : { impact: 3 as Impact, urgency: 3 as Urgency };
  if (known.impact || known.urgency) reasons.push("said-by-reporter");
  else if (known.severity) reasons.push(`severity-${known.severity}`);
  else reasons.push("nothing-known");
  let impact: Impact = known.impact ?? start.impact;
  const urgency: Urgency = known.urgency ?? start.urgency;
  if (known.vital && impact > 2) {
    impact = 2;
    reasons.push("vital-function");
  }
  return { impact, urgency, priority: priorityOf(impact, urgency), reasons };
}
