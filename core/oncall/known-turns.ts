/** Who is on call in a period, worked out once for each schedule and then looked up: for a proof over weeks or a replay of
 *  months, which ask many thousand times what the engine asks once. */
import type { Span } from "../kernel/spans.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { type Absence, finalSchedule, type Stretch } from "./final-schedule.ts";
import { type OnCall, onCallAt, type Schedule } from "./schedule.ts";

export type KnownTurns = {
  readonly onCall: (schedule: Schedule, at: Instant) => OnCall | null;
  /** Every instant of the period at which somebody else may have it, in order. */
  readonly edgesOf: (schedule: Schedule) => readonly Instant[];
};

export function knownTurns(absences: readonly Absence[], period: Span): KnownTurns {
  const known = new Map<Schedule, readonly Stretch[]>();
  const stretchesOf = (schedule: Schedule): readonly Stretch[] => {
    const found = known.get(schedule) ?? finalSchedule(schedule, absences, period).stretches;
    known.set(schedule, found);
    return found;
  };
  return {
    onCall: (schedule, at) => {
      if (at < period.from || at >= period.until) return onCallAt(schedule, absences, at);
      const stretches = stretchesOf(schedule);
      const place = lastFrom(stretches, at);
      const stretch = stretches[place];
      if (!stretch || stretch.until <= at) return null;
      return { held: stretch.held, until: endOf(stretches, place) };
    },
    edgesOf: (schedule) => stretchesOf(schedule).flatMap(({ from, until }) => [from, until]),
  };
}

/** The last that begins at or before an instant. */
function lastFrom(stretches: readonly Stretch[], at: Instant): number {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((stretches[middle]?.from ?? Number.POSITIVE_INFINITY) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Neighbours of one person are one turn. */
function endOf(stretches: readonly Stretch[], place: number): Instant {
  let here = place;
  for (;;) {
    const [one, next] = [stretches[here], stretches[here + 1]];
    if (!one) return Number.POSITIVE_INFINITY;
    if (next?.from !== one.until || next.held.personId !== one.held.personId) return one.until;
    here += 1;
  }
}
