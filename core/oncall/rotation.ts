/** Who is on call at an instant. Turn k of days or weeks starts at the hand-over's wall clock on the anchor date + k·length,
 *  each date resolved on its own ("compatible": a missing time moves forward, a doubled one is its first occurrence), so that
 *  a moved hand-over never moves the next. Turns of hours are elapsed time from the first: one of 24 hours drifts on the
 *  wall clock. Turn k is participant k mod n. Nobody before the anchor. */
import { dayMs, hourMs } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { dayNamed, wallMsOf, zoneClock } from "../kernel/zone-clock.ts";

type Common = {
  readonly zone: string;
  /** Date of the first hand-over, `2026-10-05`. */
  readonly startDate: string;
  /** Wall clock of the hand-over, `09:00`. */
  readonly handoverTime: string;
  /** In order; null is a turn deliberately without anybody. */
  readonly participants: readonly (string | null)[];
  /** Nobody before. One that is not a hand-over gives a short first turn, to the first participant. */
  readonly beginsAt?: Instant;
};

export type Rotation = Common &
  (
    | { readonly kind: "weekly"; readonly lengthWeeks: number }
    | { readonly kind: "daily"; readonly lengthDays: number }
    | { readonly kind: "hourly"; readonly lengthHours: number }
  );

export type WeeklyRotation = Extract<Rotation, { kind: "weekly" }>;

export type Shift = {
  readonly personId: string | null;
  readonly from: Instant;
  readonly until: Instant;
};

type Turns = {
  /** Starts of turns; before the first they go on backwards. */
  readonly startOf: (turn: number) => Instant;
  /** Within one of the turn that holds it. */
  readonly near: (at: Instant) => number;
  readonly first: number;
};

const compiled = new WeakMap<Rotation, Turns>();

/** A rotation is never changed, so what is worked out once holds. Throws a RangeError for a zone, a date or a time that
 *  does not exist. */
function turnsOf(rotation: Rotation): Turns {
  const known = compiled.get(rotation);
  if (known) return known;
  const { startOf, near } = rotation.kind === "hourly" ? byHours(rotation) : byDays(rotation);
  const first = rotation.beginsAt === undefined ? 0 : Math.max(0, turnAt({ startOf, near }, rotation.beginsAt));
  const turns = { startOf, near, first };
  compiled.set(rotation, turns);
  return turns;
}

type Starts = Pick<Turns, "startOf" | "near">;

function byDays(rotation: Exclude<Rotation, { kind: "hourly" }>): Starts {
  const { day, wallMs } = anchorOf(rotation);
  const length = rotation.kind === "weekly" ? rotation.lengthWeeks * 7 : rotation.lengthDays;
  const clock = zoneClock(rotation.zone);
  return {
    startOf: (turn) => clock.toInstant(day + turn * length, wallMs),
    near: (at) => Math.floor((clock.dayOf(at) - day) / length),
  };
}

function byHours(rotation: Extract<Rotation, { kind: "hourly" }>): Starts {
  const { day, wallMs } = anchorOf(rotation);
  const start = zoneClock(rotation.zone).toInstant(day, wallMs);
  const length = rotation.lengthHours * hourMs;
  return { startOf: (turn) => start + turn * length, near: (at) => Math.floor((at - start) / length) };
}

function anchorOf({ startDate, handoverTime }: Common): { readonly day: number; readonly wallMs: number } {
  const [day, wallMs] = [dayNamed(startDate), wallMsOf(handoverTime)];
  if (day === undefined || wallMs === undefined || wallMs === dayMs)
    throw new RangeError(`no such hand-over: ${startDate} ${handoverTime}`);
  return { day, wallMs };
}

function turnAt({ startOf, near }: Starts, at: Instant): number {
  let turn = near(at);
  while (startOf(turn) > at) turn -= 1;
  while (startOf(turn + 1) <= at) turn += 1;
  return turn;
}

/** Spans are half-open: at the hand-over instant the next person holds it. */
export function shiftAt(rotation: Rotation, at: Instant): Shift | null {
  const { participants, beginsAt = Number.NEGATIVE_INFINITY } = rotation;
  if (participants.length === 0 || at < beginsAt) return null;
  const turns = turnsOf(rotation);
  const turn = turnAt(turns, at);
  if (turn < 0) return null;
  return {
    personId: participants[(turn - turns.first) % participants.length] ?? null,
    from: Math.max(turns.startOf(turn), beginsAt),
    until: turns.startOf(turn + 1),
  };
}

/** The first instant that somebody may hold, or nobody on purpose. */
export function firstShiftAt(rotation: Rotation): Instant {
  return Math.max(turnsOf(rotation).startOf(0), rotation.beginsAt ?? Number.NEGATIVE_INFINITY);
}

/** In order, each worked out from the one before; a shift that overlaps the window is given whole. */
export function* shiftsFrom(rotation: Rotation, from: Instant, until: Instant): Generator<Shift> {
  const { participants, beginsAt = Number.NEGATIVE_INFINITY } = rotation;
  if (participants.length === 0) return;
  const turns = turnsOf(rotation);
  const at = Math.max(from, firstShiftAt(rotation));
  let turn = turnAt(turns, at);
  for (let start = turns.startOf(turn); start < until; turn += 1) {
    const end = turns.startOf(turn + 1);
    /* A turn whose day a zone left out is over as it begins. */
    if (end > start) {
      const personId = participants[(turn - turns.first) % participants.length] ?? null;
      yield { personId, from: Math.max(start, beginsAt), until: end };
    }
    start = end;
  }
}

/** At most so many. */
export function shiftsBetween(rotation: Rotation, from: Instant, until: Instant, limit = 500): Shift[] {
  const shifts: Shift[] = [];
  for (const shift of shiftsFrom(rotation, from, until)) {
    if (shifts.length >= limit) break;
    shifts.push(shift);
  }
  return shifts;
}
