/** Maintenance: when work is done on a service, what it makes alerts say calls nobody. Once, or again each week or month by
 *  the wall clocks of a zone: each occurrence is [from, until) by its own day's clocks, so that a change of clocks moves
 *  nothing; an end at or before its beginning is of the next day. */
import { type Span, union } from "../kernel/spans.ts";
import { dayMs } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { type Day, dayNamed, wallMsOf, weekdayOf, zoneClock } from "../kernel/zone-clock.ts";
import type { Scope } from "./matching.ts";

export type Recurrence = {
  readonly zone: string;
  /** First and last dates on which one may begin; no last one: until it is ended. */
  readonly startDate: string;
  readonly endDate: string | null;
  readonly from: string;
  readonly until: string;
} /** `days`: Monday is 1, Sunday 7. */ & (
  | { readonly every: "week"; readonly days: readonly number[] }
  /** Past the end of a month, its last day. */
  | { readonly every: "month"; readonly day: number }
  /** The first to the fourth of the month, or the last, which is 5. */
  | { readonly every: "month-weekday"; readonly week: number; readonly weekday: number }
);

export type MaintenanceWindow = {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly scope: Scope;
  /** The services worked on; with none, all that the scope says. */
  readonly serviceIds: readonly string[];
  readonly when: { readonly once: Span } | { readonly again: Recurrence };
};

/** Whole occurrences that touch the span, in order; those that meet are one. */
export function occurrencesBetween({ when }: Pick<MaintenanceWindow, "when">, { from, until }: Span): Span[] {
  const all = "once" in when ? [when.once] : recurring(when.again, { from, until });
  return union(all.filter((one) => one.from < one.until && one.until > from && one.from < until));
}

/** Longest time that an occurrence, and those that follow it without a gap, are looked ahead for. */
const aheadMs = 8 * dayMs;

/** When what covers this instant ends; null: nothing does. */
export function coveredUntil(maintenance: Pick<MaintenanceWindow, "when">, at: Instant): Instant | null {
  const found = occurrencesBetween(maintenance, { from: at, until: at + aheadMs }).find((one) => one.from <= at);
  return found?.until ?? null;
}

/** The next that begins or lasts; null: it is over for as far as anybody looks. */
export function nextOccurrence(maintenance: Pick<MaintenanceWindow, "when">, at: Instant): Span | null {
  for (let from = at; from < at + 400 * dayMs; from += 31 * dayMs) {
    const [first] = occurrencesBetween(maintenance, { from, until: from + 31 * dayMs });
    if (first) return first;
  }
  return null;
}

function recurring(again: Recurrence, { from, until }: Span): Span[] {
  const clock = zoneClock(again.zone);
  const opens = wallMsOf(again.from) ?? 0;
  const closes = wallMsOf(again.until) ?? 0;
  const first = Math.max(clock.dayOf(from) - 2, dayNamed(again.startDate) ?? Number.POSITIVE_INFINITY);
  const last = Math.min(clock.dayOf(until) + 1, dayNamed(again.endDate ?? "9999-12-31") ?? Number.NEGATIVE_INFINITY);
  const found: Span[] = [];
  for (let day = first; day <= last; day += 1) {
    if (!falls(again, day)) continue;
    const end = closes <= opens ? day + 1 : day;
    found.push({ from: clock.toInstant(day, opens), until: clock.toInstant(end, closes) });
  }
  return found;
}

function falls(again: Recurrence, day: Day): boolean {
  switch (again.every) {
    case "week":
      return again.days.includes(weekdayOf(day));
    case "month": {
      const date = dateOf(day);
      return date.day === Math.min(again.day, date.daysInMonth);
    }
    case "month-weekday": {
      if (weekdayOf(day) !== again.weekday) return false;
      const date = dateOf(day);
      return again.week === lastWeek ? date.day + 7 > date.daysInMonth : Math.ceil(date.day / 7) === again.week;
    }
  }
}

export const lastWeek = 5;

const dateOf = (day: Day): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(day * dayMs)
    .toZonedDateTimeISO("UTC")
    .toPlainDate();
