/** Whether somebody answers at every hour of a period: before a page finds out that nobody does. */
import type { Span } from "../kernel/spans.ts";
import { dayMs } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { type Absence, finalSchedule, type LayeredSchedule } from "./final-schedule.ts";

export type Gap = {
  readonly from: Instant;
  readonly until: Instant;
  /** The turn is somebody's who may not be called any more; null: nobody's. */
  readonly personId: string | null;
};

/** How far ahead a schedule is looked at: two weeks leave the time to fill a gap. */
export const coveredMs = 14 * dayMs;

/** Stretches of the period without anybody, in order, besides those declared; neighbours of the same cause are one. */
export function gapsOf(
  schedule: LayeredSchedule,
  absences: readonly Absence[],
  period: Span,
  answers: (personId: string) => boolean,
): Gap[] {
  const { stretches, gaps } = finalSchedule(schedule, absences, period);
  const all: Gap[] = [
    ...gaps.filter(({ declared }) => !declared).map(({ from, until }) => ({ from, until, personId: null })),
    ...stretches
      .filter(({ held }) => !answers(held.personId))
      .map(({ from, until, held }) => ({ from, until, personId: held.personId })),
  ].sort((a, b) => a.from - b.from);
  const joined: Gap[] = [];
  for (const gap of all) {
    const last = joined.at(-1);
    if (last?.until === gap.from && last.personId === gap.personId)
      joined[joined.length - 1] = { ...last, until: gap.until };
    else joined.push(gap);
  }
  return joined;
}
