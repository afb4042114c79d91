/** For how long an incident under way may say nothing before that is itself worth seeing. */
import { hourMs, minuteMs } from "../kernel/time.ts";
import type { Instant, Priority } from "../kernel/vocabulary.ts";
import type { IncidentState } from "./state.ts";

/** By priority: of a major incident something is told every 20 to 30 minutes, of the least a day may pass. */
const minutesOf: Readonly<Record<Priority, number>> = { 1: 20, 2: 30, 3: 2 * 60, 4: 8 * 60, 5: 24 * 60 };

/** What nobody has weighed counts as the middle. */
export const silenceMinutes = (priority: Priority | null): number => minutesOf[priority ?? 3];

/** Back, or resolved: what is left may take its time. */
const afterRestoredMs = 24 * hourMs;

export type Silence = {
  /** When a person or a source last said anything. */
  readonly heardAt: Instant;
  readonly thresholdMs: number;
  readonly silent: boolean;
};

export function silenceOf(state: IncidentState, now: Instant): Silence {
  const { heardAt = state.updatedAt, priority, milestones } = state;
  const back = milestones.restored !== undefined || milestones.resolved !== undefined;
  const usual = silenceMinutes(priority) * minuteMs;
  const thresholdMs = back ? Math.max(usual, afterRestoredMs) : usual;
  return { heardAt, thresholdMs, silent: state.ended === null && now - heardAt > thresholdMs };
}
