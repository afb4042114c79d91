/** A replay told as differences: page by page what would have gone elsewhere, and the sums of it. */
import type { Directory } from "../desk/directory.ts";
import type { DifferenceKind, DifferenceReason, Instant } from "../kernel/vocabulary.ts";
import { type Call, isOutOfHours, type Miss, type Replayed, type ReplaySide, replay, replaySide } from "./replay.ts";
import type { PastPaging } from "./replay-history.ts";
import type { Both, Sums } from "./replay-parts.ts";

export type Difference = {
  readonly kind: DifferenceKind;
  /** Without a number when no incident was opened then. */
  readonly incident: { readonly id: string; readonly number: string };
  readonly service: string | null;
  /** When the page was for an escalation, its number. */
  readonly escalation: number | null;
  /** When it called a team together, its name. */
  readonly team: string | null;
  readonly startedAt: Instant;
  readonly before: Call | null;
  readonly after: Call | null;
  readonly because: DifferenceReason;
  /** Of the changed side, what reached nobody. */
  readonly missed: readonly Miss[];
};

export type ReplayPart = Sums<Difference>;

/** One paging as it would be on either side: null where it would not be. `because`: why the two differ, when that is known before
 *  they are run. `arrivedAt`: since when the first page is waited for, where that is not its beginning. */
export type Paired = {
  readonly before: PastPaging | null;
  readonly after: PastPaging | null;
  readonly because?: DifferenceReason;
  readonly arrivedAt?: Instant;
};

/** As one piece; `replayPiece` for whoever has to pause between pieces. */
export const replayAll = (pagings: readonly PastPaging[], before: Directory, after: Directory): ReplayPart =>
  replayPiece(pagings, { before: replaySide(before, pagings), after: replaySide(after, pagings) });

export const replayPiece = (pagings: readonly PastPaging[], sides: Both<ReplaySide>): ReplayPart =>
  replayPairs(
    pagings.map((past) => ({ before: past, after: past })),
    sides,
  );

const notRun: Replayed = { calls: [], missed: [], lastResort: false, answeredAt: null, delayMs: null };

export function replayPairs(pairs: readonly Paired[], sides: Both<ReplaySide>): ReplayPart {
  const differences: Difference[] = [];
  const pages = { before: 0, after: 0 };
  const unanswered = { before: 0, after: 0 };
  const delays = { before: new Map<number, number>(), after: new Map<number, number>() };
  const hours = new Map<string, { before: number; after: number }>();
  /* What is the same on both sides, in one directory that calls nobody in turn, becomes the same. */
  const alike = sides.before.directory === sides.after.directory && !callsInTurn(sides.before);
  for (const pair of pairs) {
    const before = pair.before ? replay(pair.before, sides.before) : notRun;
    const isSame = alike && pair.before === pair.after;
    const run = { before, after: isSame ? before : pair.after ? replay(pair.after, sides.after) : notRun };
    for (const side of ["before", "after"] as const) {
      if (pair[side] === null) continue;
      const { calls, answeredAt } = run[side];
      pages[side] += calls.length;
      if (answeredAt === null) unanswered[side] += 1;
      const delayMs = delayOf(pair, run[side]);
      if (delayMs !== null) delays[side].set(delayMs, (delays[side].get(delayMs) ?? 0) + 1);
      for (const { personId, at } of calls) {
        if (!isOutOfHours(at, sides[side].roster.people.get(personId)?.zone ?? "UTC")) continue;
        const known = hours.get(personId) ?? { before: 0, after: 0 };
        known[side] += 1;
        hours.set(personId, known);
      }
    }
    if (!isSame) differences.push(...differencesOf(pair, run.before, run.after));
  }
  return {
    pagings: pairs.length,
    pages,
    unanswered,
    delays: { before: [...delays.before], after: [...delays.after] },
    outOfHours: [...hours].map(([person, sums]) => ({ person, ...sums })),
    differences,
  };
}

const callsInTurn = ({ directory }: ReplaySide): boolean =>
  [...directory.policies.values()].some(({ steps }) => steps.some(({ inTurn }) => inTurn === true));

/** Of a paging that an alert began: until its first page. */
const delayOf = ({ arrivedAt }: Paired, { calls, delayMs }: Replayed): number | null => {
  if (arrivedAt === undefined) return delayMs;
  const [first] = calls;
  return first ? first.at - arrivedAt : null;
};

/** Pages of the two sides by pairs: those that are the same, then those of the same instant, then those of the same step.
 *  Pages without a pair are no longer sent, or are new. */
export function differencesOf(pair: Paired, before: Replayed, after: Replayed): Difference[] {
  const left = [...after.calls];
  const take = (fits: (call: Call) => boolean): Call | null => {
    const place = left.findIndex(fits);
    return place < 0 ? null : (left.splice(place, 1)[0] ?? null);
  };
  let unpaired = before.calls.filter((one) => !take((other) => other.personId === one.personId && other.at === one.at));
  const pairs: [Call, Call | null][] = [];
  for (const fits of [isSameInstant, isSameStep]) {
    unpaired = unpaired.filter((one) => {
      const found = take((other) => fits(one, other));
      if (found) pairs.push([one, found]);
      return found === null;
    });
  }
  pairs.push(...unpaired.map((one): [Call, null] => [one, null]));
  const nobody = pair.after !== null && isUnreached(after) && (pair.before === null || !isUnreached(before));
  const tell = tellingOf(pair, before, after, nobody);
  if (nobody && pair.before === null) return [tell(null, left[0] ?? null)];
  const added = nobody ? [] : left;
  return [...pairs.map(([one, other]) => tell(one, other)), ...added.map((one) => tell(null, one))];
}

const isSameInstant = (one: Call, other: Call): boolean => one.at === other.at;
const isSameStep = (one: Call, other: Call): boolean => one.cycle === other.cycle && one.step === other.step;
const isUnreached = ({ lastResort, calls }: Replayed): boolean => lastResort || calls.length === 0;

function tellingOf(pair: Paired, one: Replayed, other: Replayed, nobody: boolean) {
  const past = (pair.before ?? pair.after) as PastPaging;
  const { incident, startedAt } = past;
  const common = {
    incident: { id: incident.id, number: incident.number },
    service: incident.serviceId,
    escalation: past.escalation?.number ?? null,
    team: past.team?.name ?? null,
    startedAt,
    missed: distinct(other.missed),
  };
  return (before: Call | null, after: Call | null): Difference => {
    const kind = nobody ? "nobody" : kindOf(before, after);
    return { kind, ...common, before, after, because: reasonOf(kind, { before, after }, one, other, pair) };
  };
}

function kindOf(before: Call | null, after: Call | null): DifferenceKind {
  if (!before) return "new";
  if (!after) return "unsent";
  return before.personId === after.personId ? "moved" : "someone-else";
}

function reasonOf(
  kind: DifferenceKind,
  calls: Both<Call | null>,
  one: Replayed,
  other: Replayed,
  { because, before, after }: Paired,
): DifferenceReason {
  const [first, second] = [one.answeredAt ?? Number.POSITIVE_INFINITY, other.answeredAt ?? Number.POSITIVE_INFINITY];
  if (because !== undefined && (before === null || after === null) && kind !== "nobody") return because;
  switch (kind) {
    case "nobody":
      return "unreached";
    case "unsent":
      if (isInTurn(calls.before, other)) return "in-turn";
      return second < first ? "answered-sooner" : "no-more-steps";
    case "new":
      return second > first ? "answered-later" : "more-steps";
    case "moved":
      return because ?? "step";
    case "someone-else":
      if (calls.after?.inTurn) return "in-turn";
      if (calls.before?.schedule && calls.before.schedule === calls.after?.schedule) return "turn";
      return unreachedOf(other) > unreachedOf(one) ? "unreached" : (because ?? "step");
  }
}

/** Whether the other side calls one of several at that step. */
const isInTurn = (call: Call | null, { calls }: Replayed): boolean =>
  call !== null && calls.some((one) => one.inTurn && isSameStep(one, call));

/** A step that does not count reaches nobody on purpose. */
const unreachedOf = ({ missed }: Replayed): number => missed.filter(({ reason }) => !reason.startsWith("not-")).length;

function distinct(missed: readonly Miss[]): Miss[] {
  const found = new Map<string, Miss>();
  for (const { step, target, reason } of missed) found.set(`${step} ${target} ${reason}`, { step, target, reason });
  return [...found.values()];
}
