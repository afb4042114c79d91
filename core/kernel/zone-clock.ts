/** Wall clocks of a zone by integers alone: a year of a schedule asks for thousands. The answers are `Temporal`'s
 *  "compatible": a time that its day does not have moves forward by the gap, a doubled one is its first occurrence. Both mean
 *  the offset from before the change, so one table of changes, each with the last wall clock that it leaves to the old
 *  offset, is enough. What lies outside the table is asked of `Temporal` itself. */
import type { Span } from "./spans.ts";
import { dayMs } from "./time.ts";
import type { Instant } from "./vocabulary.ts";

/** Days since 1970-01-01, of the calendar and not of a clock. */
export type Day = number;

export type ZoneClock = {
  /** `wallMs`: of the day, from 0; 24 hours are the end of the day. */
  readonly toInstant: (day: Day, wallMs: number) => Instant;
  readonly dayOf: (at: Instant) => Day;
  /** Changes of the clock, each with the offset that begins then; of the years that the table has. */
  readonly changesIn: (span: Span) => readonly { readonly at: Instant; readonly offset: number }[];
};

type Change = {
  readonly at: Instant;
  /** Wall clocks from here on have the new offset. */
  readonly wallFrom: number;
  readonly offset: number;
};

/** 2005 to 2044. */
const tableFrom = 12_784 * dayMs;
const tableUntil = 27_394 * dayMs;
/** No zone has more in forty years. */
const changesMax = 1_000;

const clocks = new Map<string, ZoneClock>();

/** Throws a RangeError for a zone that does not exist. */
export function zoneClock(zone: string): ZoneClock {
  const known = clocks.get(zone);
  if (known) return known;
  const made = makeClock(zone);
  clocks.set(zone, made);
  return made;
}

function makeClock(zone: string): ZoneClock {
  const changes = changesOf(zone);
  const first = offsetAt(tableFrom, zone);
  const safe = (ms: number): boolean => ms > tableFrom + 2 * dayMs && ms < tableUntil - 2 * dayMs;
  return {
    toInstant: (day, wallMs) => {
      const wall = day * dayMs + wallMs;
      if (!safe(wall)) return outside(zone, wall);
      return wall - offsetFrom(changes, first, (one) => one.wallFrom <= wall);
    },
    dayOf: (at) => {
      const offset = safe(at) ? offsetFrom(changes, first, (one) => one.at <= at) : offsetAt(at, zone);
      return Math.floor((at + offset) / dayMs);
    },
    changesIn: ({ from, until }) => changes.filter(({ at }) => at >= from && at < until),
  };
}

/** The offset of the last change that has happened, by halves. */
function offsetFrom(changes: readonly Change[], first: number, happened: (one: Change) => boolean): number {
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = changes[middle];
    if (one && happened(one)) low = middle + 1;
    else high = middle;
  }
  return changes[low - 1]?.offset ?? first;
}

function changesOf(zone: string): Change[] {
  const changes: Change[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(tableFrom).toZonedDateTimeISO(zone);
  let offset = offsetAt(tableFrom, zone);
  while (changes.length < changesMax) {
    const next = at.getTimeZoneTransition("next");
    if (next === null || next.epochMilliseconds >= tableUntil) break;
    const before = offset;
    offset = next.offsetNanoseconds / 1e6;
    /* Some changes are of a name and not of the clock. */
    if (offset !== before)
      changes.push({ at: next.epochMilliseconds, wallFrom: next.epochMilliseconds + Math.max(before, offset), offset });
    at = next;
  }
  return changes;
}

const offsetAt = (at: Instant, zone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6;

const outside = (zone: string, wall: number): Instant =>
  Temporal.Instant.fromEpochMilliseconds(wall)
    .toZonedDateTimeISO("UTC")
    .toPlainDateTime()
    .toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds;

/** Undefined when there is no such date. */
export function dayNamed(date: string): Day | undefined {
  try {
    const { epochMilliseconds } = Temporal.PlainDate.from(date).toZonedDateTime("UTC");
    return epochMilliseconds / dayMs;
  } catch {
    return undefined;
  }
}

/** Monday is 1, Sunday 7. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: Day): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** `09:00` or `09:00:30` in milliseconds of the day; `24:00` is its end. Undefined when it is no time. */
export function wallMsOf(time: string): number | undefined {
  const [, hour, minute, second = "0"] = /^(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(time) ?? [];
  if (hour === undefined) return undefined;
  const ms = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1_000;
  return Number(minute) < 60 && Number(second) < 60 && ms <= dayMs ? ms : undefined;
}
