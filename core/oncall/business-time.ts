/** Time that counts towards a target: what has really passed inside the opening hours, in no pause. A pause over closed time
 *  takes nothing away, and pauses that overlap take away once. What is due is due at the first instant at which the target is
 *  used up: the closing minute, and not the next opening. A new target is the same question with another number: start,
 *  time used and pauses stay. */
import { clip, holds, lengthOf, type Span, subtract } from "../kernel/spans.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { type OpeningHours, openingsBetween, openingsFrom } from "./opening-hours.ts";

/** When something counts, whatever says so: a week of opening hours, or a calendar whose hours were changed on the way. */
export type Openings = {
  /** Those that touch the window, whole. */
  readonly between: (period: Span) => Span[];
  /** In order, from an instant on. */
  readonly from: (at: Instant) => Iterable<Span>;
};

export type BusinessClock = {
  readonly calendar: OpeningHours | Openings;
  readonly start: Instant;
  /** One that lasts has no end yet. */
  readonly pauses: readonly { readonly from: Instant; readonly until: Instant | null }[];
};

const openingsOf = (calendar: BusinessClock["calendar"]): Openings =>
  "between" in calendar
    ? calendar
    : { between: (period) => openingsBetween(calendar, period), from: (at) => openingsFrom(calendar, at) };

const ended = ({ pauses }: BusinessClock): Span[] =>
  pauses.map(({ from, until }) => ({ from, until: until ?? Number.POSITIVE_INFINITY }));

/** In milliseconds, at an instant. */
export function usedAt(clock: BusinessClock, at: Instant): number {
  if (at <= clock.start) return 0;
  const passed = { from: clock.start, until: at };
  const open = clip(openingsOf(clock.calendar).between(passed), passed);
  return lengthOf(subtract(open, ended(clock)));
}

/** Null: as far as can be seen it never is, since a pause lasts or the calendar is never open again. */
export function dueAt(clock: BusinessClock, targetMs: number): Instant | null {
  let left = targetMs;
  if (left <= 0) return clock.start;
  const pauses = ended(clock);
  const lasting = Math.min(...clock.pauses.filter(({ until }) => until === null).map(({ from }) => from));
  for (const opening of openingsOf(clock.calendar).from(clock.start)) {
    if (opening.from >= lasting) return null;
    for (const { from, until } of subtract([opening], pauses)) {
      if (left <= until - from) return from + left;
      left -= until - from;
    }
  }
  return null;
}

export const isPausedAt = (clock: BusinessClock, at: Instant): boolean => holds(ended(clock), at);

/** Shares of a target at which somebody is warned, in per cent. */
export const warningShares = [50, 75, 90, 100] as const;

export type Warning = { readonly share: (typeof warningShares)[number]; readonly at: Instant | null };

export const warningsOf = (clock: BusinessClock, targetMs: number): Warning[] =>
  warningShares.map((share) => ({ share, at: dueAt(clock, Math.round((targetMs * share) / 100)) }));

/** While it is paused with some of its target left, it never is. */
export function isOverdue(clock: BusinessClock, targetMs: number, at: Instant): boolean {
  const due = dueAt(clock, targetMs);
  return due !== null && due <= at;
}
