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
import { definitionOf, hoursWith, type PlaceDays } from "./holidays.ts";
import { nextEdge } from "./opening-hours.ts";
import { firstShiftAt, type Rotation, type Shift, shiftAt } from "./rotation.ts";

export type NamedLayer = Layer & { readonly name: string };
export type Schedule = Omit<LayeredSchedule, "layers" | "standIns"> & {
  readonly id: string;
  readonly name: string;
  readonly layers: readonly NamedLayer[];
  /** Of the places that its layers name, so far as they were read: to be shown by name. */
  readonly holidays?: readonly PlaceDays[];
  /** Those that stand in for it, each for its time. */
  readonly standIns?: readonly (Span & { readonly schedule: Schedule })[];
  /** Of one that stands in for another: it has no life of its own. */
  readonly standsIn?: StandsIn | null;
};
export type StandsIn = Span & { readonly for: string };

/** Each with those that stand in for it. */
export function withStandIns(all: readonly Schedule[]): Schedule[] {
  const of = Map.groupBy(all, ({ standsIn }) => standsIn?.for);
  return all.map((one) => {
    const standIns = of.get(one.id)?.flatMap((schedule) => {
      const { from, until } = schedule.standsIn ?? { from: 0, until: 0 };
      return [{ from, until, schedule }];
    });
    return standIns ? { ...one, standIns } : one;
  });
}

/** Those that somebody is on call by. */
export const inTheirOwnRight = (schedules: ReadonlyMap<string, Schedule>): Schedule[] =>
  [...schedules.values()].filter(({ standsIn }) => !standsIn);

/** Its own, and those of whatever stands in for it. */
export const layersOf = ({ layers, standIns = [] }: Pick<Schedule, "layers" | "standIns">): readonly NamedLayer[] => [
  ...layers,
  ...standIns.flatMap(({ schedule }) => schedule.layers),
];

/** With the holidays of some years, whatever it was read with. */
export function datedBy(schedule: Schedule, holidays: readonly PlaceDays[]): Schedule {
  return {
    ...schedule,
    holidays,
    layers: schedule.layers.map(({ restriction, ...layer }) => ({
      ...layer,
      restriction: restriction && hoursWith(definitionOf(restriction), holidays),
    })),
    ...(schedule.standIns && {
      standIns: schedule.standIns.map((one) => ({ ...one, schedule: datedBy(one.schedule, holidays) })),
    }),
  };
}

/** Whether a schedule may stand in for another for a time, given all there are. */
export function mayStandIn(
  schedules: ReadonlyMap<string, Schedule>,
  id: string,
  { for: other, ...span }: StandsIn,
): boolean {
  const target = schedules.get(other);
  if (!target || target.standsIn || other === id || (schedules.get(id)?.standIns?.length ?? 0) > 0) return false;
  return !target.standIns?.some((one) => one.schedule.id !== id && one.from < span.until && span.from < one.until);
}

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
function edgeAfter(
  { layers, overrides, standIns = [] }: LayeredSchedule,
  absences: readonly Absence[],
  at: Instant,
): Instant {
  let edge = at + lookedAheadMs;
  const note = (instant: Instant): void => {
    if (instant > at && instant < edge) edge = instant;
  };
  for (const { rotation, restriction } of layers) {
    note(shiftAt(rotation, at)?.until ?? (rotation.participants.length > 0 ? firstShiftAt(rotation) : at));
    if (restriction !== null) note(nextEdge(restriction, at, lookedAheadMs));
  }
  for (const { from, until } of [...overrides, ...absences, ...standIns]) {
    note(from);
    note(until);
  }
  for (const { schedule } of standIns) note(edgeAfter({ ...schedule, standIns: [] }, absences, at));
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
