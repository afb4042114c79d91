/** Whether somebody answers at every hour of a period: before a page finds out that nobody does. */
import { dayMs } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { firstShiftAt, type Rotation, shiftAt } from "./rotation.ts";

export type Gap = {
  readonly from: Instant;
  readonly until: Instant;
  /** The turn is somebody's who may not be called any more; null: nobody's. */
  readonly personId: string | null;
};

/** How far ahead a schedule is looked at: two weeks leave the time to fill a gap. */
export const coveredMs = 14 * dayMs;

/** More turns than this in a period are a mistake of unit. */
const turnsMax = 1_000;

/** Stretches of `[from, until)` without anybody, in order; neighbours of the same cause are one. */
export function gapsOf(
  rotation: Rotation,
  { from, until }: { readonly from: Instant; readonly until: Instant },
  answers: (personId: string) => boolean,
): Gap[] {
  const gaps: Gap[] = [];
  let at = from;
  for (let turns = 0; at < until && turns < turnsMax; turns += 1) {
    const shift = shiftAt(rotation, at);
    const end = Math.min(until, shift?.until ?? nextShift(rotation, at));
    const personId = shift?.personId ?? null;
    const last = gaps.at(-1);
    if (personId === null || !answers(personId)) {
      if (last?.until === at && last.personId === personId) gaps[gaps.length - 1] = { ...last, until: end };
      else gaps.push({ from: at, until: end, personId });
    }
    at = end;
  }
  return gaps;
}

/** Before it begins a rotation says nothing at all. */
function nextShift(rotation: Rotation, at: Instant): Instant {
  const first = rotation.participants.length === 0 ? at : firstShiftAt(rotation);
  return first > at ? first : Number.POSITIVE_INFINITY;
}
