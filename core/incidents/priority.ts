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

/** The reason of a proposal that a vital function raised. */
export const vitalFunction = "vital-function";
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

/** What a sender whose priorities are our own means by each; the matrix gives it back. */
export const weighedAs: Readonly<Record<Priority, { readonly impact: Impact; readonly urgency: Urgency }>> = {
  1: { impact: 2, urgency: 1 },
  2: { impact: 2, urgency: 2 },
  3: { impact: 3, urgency: 3 },
  4: { impact: 3, urgency: 4 },
  5: { impact: 4, urgency: 4 },
};

/** A first proposal, with its reasons; a person of level 4 confirms or overrides it. A vital business function hit
 *  makes the impact at least 2. */
export function proposePriority(known: {
  readonly severity?: Severity | undefined;
  readonly impact?: Impact | undefined;
  readonly urgency?: Urgency | undefined;
  /** Of the source, in its own words. */
  readonly asked?: Priority | undefined;
  readonly vital: boolean;
}): PriorityProposal {
  const reasons: string[] = [];
  const start = startOf(known);
  if (known.impact || known.urgency) reasons.push("said-by-reporter");
  else if (known.asked) reasons.push(`asked-p${known.asked}`);
  else if (known.severity) reasons.push(`severity-${known.severity}`);
  else reasons.push("nothing-known");
  let impact: Impact = known.impact ?? start.impact;
  const urgency: Urgency = known.urgency ?? start.urgency;
  if (known.vital && impact > 2) {
    impact = 2;
    reasons.push(vitalFunction);
  }
  return { impact, urgency, priority: priorityOf(impact, urgency), reasons };
}

function startOf(known: { readonly severity?: Severity | undefined; readonly asked?: Priority | undefined }): {
  readonly impact: Impact;
  readonly urgency: Urgency;
} {
  if (known.asked) return weighedAs[known.asked];
  return known.severity ? fromSeverity[known.severity] : { impact: 3, urgency: 3 };
}
