/** How long a law gives, and what day that ends on. Hours run through nights, week-ends and changes of clock. Days and months
 *  end at the same wall clock of their last day, and a day that its month does not have is the month's last. Business days
 *  count from the next one, whatever the day of the start. Nothing is rounded in anybody's favour: what the law adds when a
 *  limit falls on a day off is said beside the limit. */
import { dayMs, hourMs, yearOf, zoned } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { type Day, dayNamed, wallMsOf, weekdayOf, zoneClock } from "../kernel/zone-clock.ts";

export const limitUnits = ["hours", "days", "months", "business-days"] as const;
export type Limit = {
  readonly unit: (typeof limitUnits)[number];
  readonly count: number;
  /** Counted from the end of the calendar year of the start. */
  readonly afterYearEnd?: boolean | undefined;
  /** Of business days: the wall clock at which the last of them ends; without one, that of the start. */
  readonly dayEndsAt?: string | undefined;
};

/** Days on which the place works. */
export type WorkingDays = {
  readonly zone: string;
  /** Monday is 1, Sunday 7. */
  readonly weekdays: readonly number[];
  /** Dates, as `2026-12-25`. */
  readonly closedOn: readonly string[];
};

export function endOf({ unit, count, afterYearEnd, dayEndsAt }: Limit, start: Instant, days: WorkingDays): Instant {
  const from = afterYearEnd ? yearEnd(start, days.zone) : start;
  if (unit === "hours") return from + count * hourMs;
  if (unit === "business-days") return endOfBusinessDays(count, dayEndsAt, from, days);
  return zoned(from, days.zone).add({ [unit]: count }).epochMilliseconds;
}

function yearEnd(at: Instant, zone: string): Instant {
  const first = Temporal.PlainDate.from({ year: yearOf(at, zone) + 1, month: 1, day: 1 });
  return first.toZonedDateTime(zone).epochMilliseconds;
}

function endOfBusinessDays(count: number, dayEndsAt: string | undefined, from: Instant, days: WorkingDays): Instant {
  const { clock, works } = workOf(days);
  let day = clock.dayOf(from);
  for (let left = count; left > 0; ) {
    day += 1;
    if (works(day)) left -= 1;
  }
  return clock.toInstant(day, (dayEndsAt === undefined ? undefined : wallMsOf(dayEndsAt)) ?? wallOf(from, days.zone));
}

function wallOf(at: Instant, zone: string): number {
  const { hour, minute, second, millisecond } = zoned(at, zone);
  return ((hour * 60 + minute) * 60 + second) * 1_000 + millisecond;
}

export const extensionEnds = ["noon", "end"] as const;
/** Of the next working day. */
export type ExtensionEnd = (typeof extensionEnds)[number];

/** Null where the limit falls on a working day. */
export function extended(limit: Instant, until: ExtensionEnd, days: WorkingDays): Instant | null {
  const { clock, works } = workOf(days);
  let day = clock.dayOf(limit);
  if (works(day)) return null;
  while (!works(day)) day += 1;
  return clock.toInstant(day, until === "noon" ? dayMs / 2 : dayMs);
}

/** Some weekday is worked, and the dates are not without end: there always is a next working day. */
function workOf({ zone, weekdays, closedOn }: WorkingDays) {
  const closed = new Set(closedOn.map(dayNamed));
  const worked = new Set(weekdays);
  if (worked.size === 0) throw new RangeError("no weekday is worked");
  return { clock: zoneClock(zone), works: (day: Day): boolean => worked.has(weekdayOf(day)) && !closed.has(day) };
}

/** As it is said. */
export const limitSaid = (limit: Limit | null) =>
  limit && { unit: limit.unit, count: limit.count, afterYearEnd: limit.afterYearEnd ?? false };
