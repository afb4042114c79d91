/** A long past is replayed in parts: incidents in the order in which they were reported, and their pagings in the order in which
 *  these began, whatever part they are read in. What begins after a part has ended waits for the part in which it does; whom policies
 *  called in turn goes along. So the answer is the same in one part and in twenty. */
import { afterTurn, type CalledInTurn } from "../escalation/in-turn.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import type { PastPaging } from "./replay-history.ts";

type Begins = { readonly startedAt: Instant };

/** One incident with its pagings; `reportedAt`: by which parts are cut. */
export type Reread<Paging extends Begins = PastPaging> = {
  readonly id: string;
  readonly reportedAt: Instant;
  readonly pagings: readonly Paging[];
};
/** An incident that has a paging to come, and when the first of these begins. */
export type Later = { readonly id: string; readonly at: Instant };
/** `until`: when the first incident of the next part was reported; after the last part, when the past ends. */
export type PartTime = { readonly from: Instant; readonly until: Instant };

/** What of these is run in a part, in its order; and which of them are needed again. Nothing begins before it was reported. */
export function dueIn<Paging extends Begins>(
  read: readonly Reread<Paging>[],
  { from, until }: PartTime,
): { due: Paging[]; later: Later[] } {
  const due: { readonly at: Instant; readonly past: Paging }[] = [];
  const later: Later[] = [];
  for (const { id, reportedAt, pagings } of read.toSorted(byReport)) {
    const all = pagings.map((past) => ({ at: Math.max(past.startedAt, reportedAt), past }));
    due.push(...all.filter(({ at }) => at >= from && at < until));
    const next = Math.min(...all.map(({ at }) => at).filter((at) => at >= until));
    if (Number.isFinite(next)) later.push({ id, at: next });
  }
  return { due: due.toSorted((a, b) => a.at - b.at).map(({ past }) => past), later };
}

const byReport = (a: Pick<Reread, "id" | "reportedAt">, b: Pick<Reread, "id" | "reportedAt">): number =>
  a.reportedAt - b.reportedAt || (a.id < b.id ? -1 : 1);

/** By policy, as it is carried from part to part. */
export type Turns = readonly (readonly [policyId: string, called: CalledInTurn])[];

/** So many people of one policy go along; whom it called before them count as never called. */
const carriedMax = 500;

export const turnsOf = (called: ReadonlyMap<string, CalledInTurn>): Turns =>
  [...called].map(([policyId, all]) => [policyId, all.slice(-carriedMax)]);

/** Read as if each had been called anew: whoever made it up says nothing that could not have been. */
export const calledBy = (turns: Turns): Map<string, CalledInTurn> =>
  new Map(turns.map(([policyId, called]) => [policyId, called.reduce<CalledInTurn>(afterTurn, [])]));
