/** Who is on call at an instant. Turn k starts at the hand-over's wall clock on the anchor date + k·length weeks, each date
 *  resolved on its own ("compatible": a missing time moves forward, a doubled one is its first occurrence), so that a
 *  moved hand-over never moves the next. Nobody before the anchor. */
import type { Instant } from "../kernel/vocabulary.ts";

export type Rotation = {
  readonly kind: "weekly";
  readonly zone: string;
  /** Date of the first hand-over, `2026-10-05`. */
  readonly startDate: string;
  /** Wall clock of the hand-over, `09:00`. */
  readonly handoverTime: string;
  readonly lengthWeeks: number;
  /** In order; null is a turn deliberately without anybody. */
  readonly participants: readonly (string | null)[];
};

export type Schedule = { readonly id: string; readonly name: string; readonly rotation: Rotation };

export type Shift = {
  readonly personId: string | null;
  readonly from: Instant;
  readonly until: Instant;
};

/** Spans are half-open: at the hand-over instant the next person holds it. */
export function shiftAt(rotation: Rotation, at: Instant): Shift | null {
  const days = rotation.lengthWeeks * 7;
  const anchor = Temporal.PlainDate.from(rotation.startDate);
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(rotation.zone).toPlainDate();
  let turn = Math.floor(anchor.until(local, { largestUnit: "days" }).days / days);
  while (turnStart(rotation, anchor, turn) > at) turn--;
  while (turnStart(rotation, anchor, turn + 1) <= at) turn++;
  if (turn < 0 || rotation.participants.length === 0) return null;
  return {
    personId: rotation.participants[turn % rotation.participants.length] ?? null,
    from: turnStart(rotation, anchor, turn),
    until: turnStart(rotation, anchor, turn + 1),
  };
}

function turnStart(rotation: Rotation, anchor: Temporal.PlainDate, turn: number): Instant {
  return anchor
    .add({ days: turn * rotation.lengthWeeks * 7 })
    .toPlainDateTime(Temporal.PlainTime.from(rotation.handoverTime))
    .toZonedDateTime(rotation.zone, { disambiguation: "compatible" }).epochMilliseconds;
}

/** Shifts of a window, in order, clipped to nothing: a shift that overlaps the window is given whole. */
export function shiftsBetween(rotation: Rotation, from: Instant, until: Instant, limit = 500): Shift[] {
  const shifts: Shift[] = [];
  const first = turnStart(rotation, Temporal.PlainDate.from(rotation.startDate), 0);
  let at = Math.max(from, first);
  while (at < until && shifts.length < limit) {
    const shift = shiftAt(rotation, at);
    if (shift === null) break;
    shifts.push(shift);
    at = shift.until;
  }
  return shifts;
}
