/** A silence: for a time, and for a reason, what it names calls nobody. It hides nothing: what it holds back is kept, shown
 *  with the silence and its reason, and raised when the silence ends if it is still true. */
import { dayMs, hourMs, minuteMs } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import type { Scope } from "./matching.ts";

export type Silence = {
  readonly id: string;
  readonly version: number;
  readonly reason: string;
  readonly createdBy: string;
  readonly scope: Scope;
  readonly from: Instant;
  /** Ended early, when it was. */
  readonly until: Instant;
};

/** Longer is no silence but a rule, or an alert that nobody needs. */
export const silenceMaxMs = 31 * dayMs;

export const silenceStates = ["planned", "active", "over"] as const;
export type SilenceState = (typeof silenceStates)[number];

export function silenceState({ from, until }: Pick<Silence, "from" | "until">, at: Instant): SilenceState {
  if (at >= until) return "over";
  return at < from ? "planned" : "active";
}

/** When its author is told that it ends: a tenth of it before, ten minutes at least and a day at most. Null: it is too short to
 *  be forgotten. */
export function reminderAt({ from, until }: Pick<Silence, "from" | "until">): Instant | null {
  const length = until - from;
  if (length < hourMs / 2) return null;
  return until - Math.min(dayMs, Math.max(10 * minuteMs, Math.floor(length / 10)));
}
