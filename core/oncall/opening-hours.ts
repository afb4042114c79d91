/** Hours of the week in which something counts: a layer of a schedule, a desk, a target. An opening is [from, until) by its
 *  day's own wall clocks, so a day of 00:00 to 24:00 has 23 or 25 hours where clocks change; empty or reversed, there is
 *  none that day. What goes past midnight is two openings. */
import { type Span, union } from "../kernel/spans.ts";
import { dayMs } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { type Day, dayNamed, wallMsOf, weekdayOf, type ZoneClock, zoneClock } from "../kernel/zone-clock.ts";
import type { HolidayRule } from "./holidays.ts";

export type OpeningHours = {
  readonly zone: string;
  /** `days`: Monday is 1, Sunday 7. `until` may be `24:00`. */
  readonly openings: readonly { readonly days: readonly number[]; readonly from: string; readonly until: string }[];
  /** Dates on which there is none, as `2026-12-25`; they come before holidays. */
  readonly closedOn: readonly string[];
  /** Those of a place, with their dates: closed on them, or open from midnight to midnight. */
  readonly holidays?: (HolidayRule & { readonly days: readonly string[] }) | undefined;
};

type Compiled = {
  readonly clock: ZoneClock;
  readonly openings: readonly (Wall & { readonly days: ReadonlySet<number> })[];
  readonly closed: ReadonlySet<Day>;
  readonly open: ReadonlySet<Day>;
};

/** Of a day, in milliseconds of its own clock. */
type Wall = { readonly from: number; readonly until: number };

const compiled = new WeakMap<OpeningHours, Compiled>();

function compile(hours: OpeningHours): Compiled {
  const known = compiled.get(hours);
  if (known) return known;
  const made = {
    clock: zoneClock(hours.zone),
    openings: hours.openings.map(({ days, from, until }) => ({
      days: new Set(days),
      from: valid(wallMsOf(from), from),
      until: valid(wallMsOf(until), until),
    })),
    ...daysOf(hours),
  };
  compiled.set(hours, made);
  return made;
}

function daysOf({ closedOn, holidays }: OpeningHours): Pick<Compiled, "closed" | "open"> {
  const read = (dates: readonly string[]): Day[] => dates.map((date) => valid(dayNamed(date), date));
  const days = read(holidays?.days ?? []);
  const closed = new Set([...read(closedOn), ...(holidays?.on === "closed" ? days : [])]);
  return { closed, open: new Set(holidays?.on === "open" ? days : []) };
}

const wholeDay: readonly Wall[] = [{ from: 0, until: dayMs }];

function wallsOf({ openings, closed, open }: Compiled, day: Day): readonly Wall[] {
  if (closed.has(day)) return [];
  if (open.has(day)) return wholeDay;
  const weekday = weekdayOf(day);
  return openings.filter(({ days }) => days.has(weekday));
}

function valid(found: number | undefined, text: string): number {
  if (found === undefined) throw new RangeError(`no such date or time: ${text}`);
  return found;
}

/** Those that touch the window, whole. */
export function openingsBetween(hours: OpeningHours, { from, until }: Span): Span[] {
  const made = compile(hours);
  const { clock } = made;
  const found: Span[] = [];
  /* A day that a zone leaves out is over before it begins: one more on each side holds whatever touches. */
  const last = clock.dayOf(until) + 1;
  for (let day = clock.dayOf(from) - 1; day <= last; day += 1) {
    for (const opening of wallsOf(made, day)) {
      const span = { from: clock.toInstant(day, opening.from), until: clock.toInstant(day, opening.until) };
      if (span.from < span.until && span.until > from && span.from < until) found.push(span);
    }
  }
  return union(found);
}

export function isOpen(hours: OpeningHours, at: Instant): boolean {
  const made = compile(hours);
  const { clock } = made;
  const today = clock.dayOf(at);
  for (let day = today - 1; day <= today + 1; day += 1) {
    for (const { from, until } of wallsOf(made, day)) {
      if (clock.toInstant(day, from) <= at && at < clock.toInstant(day, until)) return true;
    }
  }
  return false;
}

const farMs = 400 * dayMs;

/** In order, as far as anybody looks: a calendar that is never open ends after a year and a month. */
export function* openingsFrom(hours: OpeningHours, at: Instant): Generator<Span> {
  const stepMs = 28 * dayMs;
  let done = at;
  for (let from = at; from < done + farMs; from += stepMs) {
    for (const span of openingsBetween(hours, { from, until: from + stepMs })) {
      if (span.until <= done) continue;
      const next = { from: Math.max(span.from, done), until: span.until };
      yield next;
      done = next.until;
    }
  }
}

/** The next instant at which it opens or closes; after `ahead` milliseconds it is looked for no further. */
export function nextEdge(hours: OpeningHours, at: Instant, ahead: number): Instant {
  for (const { from, until } of openingsBetween(hours, { from: at, until: at + ahead })) {
    if (from > at) return from;
    if (until > at) return until;
  }
  return at + ahead;
}
