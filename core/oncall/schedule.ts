/** A schedule as the desk keeps it, and who is on call by it. */
import type { Span } from "../kernel/spans.ts";
import { dayMs } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import {
  type Absence,
  finalSchedule,
  type Held,
  holderAt,
  type Layer,
  type LayeredSchedule,
} from "./final-schedule.ts";
import type { PlaceDays } from "./holidays.ts";
import { nextEdge } from "./opening-hours.ts";
import { firstShiftAt, type Rotation, type Shift, shiftAt } from "./rotation.ts";

export type NamedLayer = Layer & { readonly name: string };
export type Schedule = Omit<LayeredSchedule, "layers"> & {
  readonly id: string;
  readonly name: string;
  readonly layers: readonly NamedLayer[];
  /** Of the places that its layers name, so far as they were read: to be shown by name. */
  readonly holidays?: readonly PlaceDays[];
};

/** One rotation, always, with nothing over it. */
export const plainSchedule = (id: string, name: string, rotation: Rotation): Schedule => ({
  id,
  name,
  layers: [{ id: "1", name: "", rotation, restriction: null }],
  overrides: [],
  declaredGaps: [],
});

export type OnCall = {
  readonly held: Held;
  /** When somebody else has it, or nobody: as far as is looked ahead. */
  readonly until: Instant;
};

/** A weekly restriction has an edge within so long, unless a holiday hides it. */
const lookedAheadMs = 8 * dayMs;
/** Somebody who is alone in a rotation has every turn: their end is looked for no further. */
const edgesMax = 60;

/** Null: nobody. */
export function onCallAt(schedule: LayeredSchedule, absences: readonly Absence[], at: Instant): OnCall | null {
  const held = holderAt(schedule, absences, at);
  if (held === null) return null;
  let until = edgeAfter(schedule, absences, at);
  for (let edges = 0; edges < edgesMax; edges += 1) {
    if (holderAt(schedule, absences, until)?.personId !== held.personId) break;
    until = edgeAfter(schedule, absences, until);
  }
  return { held, until };
}

/** The first instant after this one at which anything that decides may change. */
function edgeAfter({ layers, overrides }: LayeredSchedule, absences: readonly Absence[], at: Instant): Instant {
  let edge = at + lookedAheadMs;
  const note = (instant: Instant): void => {
    if (instant > at && instant < edge) edge = instant;
  };
  for (const { rotation, restriction } of layers) {
    note(shiftAt(rotation, at)?.until ?? (rotation.participants.length > 0 ? firstShiftAt(rotation) : at));
    if (restriction !== null) note(nextEdge(restriction, at, lookedAheadMs));
  }
  for (const { from, until } of [...overrides, ...absences]) {
    note(from);
    note(until);
  }
  return edge;
}

/** Whose turn it is, one after another, without a hole: a turn that is nobody's is a gap. Neighbours of one person are
 *  one turn, whatever it is held by. */
export function turnsBetween(schedule: LayeredSchedule, absences: readonly Absence[], period: Span): Shift[] {
  const { stretches, gaps } = finalSchedule(schedule, absences, period);
  const all: Shift[] = [
    ...stretches.map(({ from, until, held }) => ({ from, until, personId: held.personId })),
    ...gaps.map(({ from, until }) => ({ from, until, personId: null })),
  ].sort((a, b) => a.from - b.from);
  const turns: Shift[] = [];
  for (const one of all) {
    const last = turns.at(-1);
    if (last?.until === one.from && last.personId === one.personId)
      turns[turns.length - 1] = { ...last, until: one.until };
    else turns.push(one);
  }
  return turns;
}
