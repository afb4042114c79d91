/** What-if replay: the pagings of the past run again in virtual time, once under the directory as it is and once as a change
 *  would make it, by the very workflow that pages people. Both sides are computed, so that nothing but the change differs
 *  between them: what was really sent under last month's directory is not one of them.
 *
 *  What people did is taken from the record. Each who answered answers again, as long after they are first called as they
 *  took then, until as many have as the policy wants; whoever declined declines. Nobody else answers: a person who is called instead is one who does not, until the
 *  paging ended then, so that a change is never made to look better than it is known to be. Every page is taken to be
 *  delivered, and what a different answer would have changed afterwards (a relapse, a hand-over) is not guessed. */

import { teamPolicy } from "../desk/activating.ts";
import { type Directory, rosterOf } from "../desk/directory.ts";
import { policyFor } from "../desk/targets.ts";
import { afterTurn, type CalledInTurn } from "../escalation/in-turn.ts";
import { evolvePaging, initialPaging, type PagingState } from "../escalation/paging-state.ts";
import { assignmentPolicy, type Policy, type Roster, type Unreached } from "../escalation/policy.ts";
import { decidePaging, type PagingContext, type PagingInput } from "../escalation/workflow.ts";
import { hourMs } from "../kernel/time.ts";
import type { ConditionKind, Instant } from "../kernel/vocabulary.ts";
import { weekdayOf, zoneClock } from "../kernel/zone-clock.ts";
import { urgencyOf } from "../notification/turns.ts";
import { knownTurns } from "../oncall/known-turns.ts";
import { route } from "../routing/route.ts";
import { knownAt, type PastPaging, type Reply } from "./replay-history.ts";

/** One directory, who was on call by it, and whom its policies called in turn so far: pagings are replayed in the order in
 *  which they began, each whole before the next. Before the first of all nobody has been called in turn: the turns of then are not
 *  known for a policy that is not saved. */
export type ReplaySide = {
  readonly directory: Directory;
  readonly roster: Roster;
  readonly calledInTurn: Map<string, CalledInTurn>;
};

export type Call = {
  readonly personId: string;
  readonly at: Instant;
  readonly cycle: number;
  readonly step: number;
  readonly reason: string;
  readonly schedule: string | null;
  /** Of several, theirs was the turn. */
  readonly inTurn: boolean;
};

/** A target of a step that reached nobody, and why; or a step that did not count, and which condition did not hold. */
export type Miss = {
  readonly step: number;
  readonly target: string;
  readonly reason: Unreached["reason"] | `not-${ConditionKind}`;
};

export type Replayed = {
  readonly calls: readonly Call[];
  readonly missed: readonly Miss[];
  /** The policy reached nobody: the administrators were called, if there were any. */
  readonly lastResort: boolean;
  readonly answeredAt: Instant | null;
  /** From the beginning until the one who answers is first called; null when nobody answers. */
  readonly delayMs: number | null;
};

const never = Number.POSITIVE_INFINITY;

/** Who is on call is worked out once for the whole of a period, for all its pagings. */
export function replaySide(
  directory: Directory,
  pagings: readonly PastPaging[],
  calledInTurn = new Map<string, CalledInTurn>(),
): ReplaySide {
  const roster = rosterOf(directory);
  const starts = pagings.map(({ startedAt }) => startedAt);
  const from = starts.reduce((a, b) => Math.min(a, b), never);
  const until = starts.reduce((a, b) => Math.max(a, b), -never) + longestMs;
  if (starts.length === 0) return { directory, roster, calledInTurn };
  const { onCall } = knownTurns(roster.absences, { from, until });
  return { directory, calledInTurn, roster: { ...roster, onCall } };
}

/** Steps that come later than that are asked of the schedule itself. */
const longestMs = 12 * hourMs;

export function replay(past: PastPaging, side: ReplaySide): Replayed {
  const policy = policyOf(past, side.directory);
  const run = createRun(past, side);
  if (policy === null) return run.outcome(null);
  run.give({ kind: "start", policy, reason: past.reason }, past.startedAt);
  for (;;) {
    const next = run.next();
    if (next.at === never || next.input === null) return run.outcome(null);
    run.give(next.input, next.at);
    if (next.input.kind === "acknowledged" && run.isOver())
      return run.outcome({ personId: next.input.personId, at: next.at });
  }
}

/** Null: whom an escalation was addressed to is no more. */
function policyOf({ incident, assigned, escalation, team }: PastPaging, directory: Directory): Policy | null {
  if (team) return teamPolicy(directory, incident.serviceId, team);
  if (escalation) return policyFor(directory, incident.serviceId, escalation.to);
  const { policy } = route(incident.serviceId, directory);
  return assigned.length > 0 ? assignmentPolicy(assigned, policy) : policy;
}

const missOf = ({ step, target, reason }: Omit<Miss, "reason"> & { reason: string }): Miss => ({
  step,
  target,
  reason: reason as Miss["reason"],
});

type Next = { readonly at: Instant; readonly input: PagingInput | null };

function createRun(past: PastPaging, { roster, calledInTurn }: ReplaySide) {
  let state: PagingState = initialPaging;
  let pages = 0;
  let lastResort = false;
  const calls: Call[] = [];
  const missed: Miss[] = [];
  const firstCalls = new Map<string, Instant>();
  const declining = [...past.declined];
  const answering = [...past.answers];
  const mint = (): string => `${++pages}`;
  const firstCall = (personId: string): Instant => firstCalls.get(personId) ?? never;

  const give = (input: PagingInput, at: Instant): void => {
    const about = knownAt(past, at);
    const called = (policyId: string): CalledInTurn => calledInTurn.get(policyId) ?? [];
    const urgency = urgencyOf(about.priority);
    const context: PagingContext = { at, roster, mint, about, urgency, calledInTurn: called };
    for (const output of decidePaging(state, input, context)) {
      if (output.do === "take-turn")
        calledInTurn.set(output.policyId, afterTurn(called(output.policyId), output.personId));
      if (output.do !== "record") continue;
      const { event } = output;
      state = evolvePaging(state, event, at);
      if (event.type === "paging.unreachable") missed.push(missOf(event.data));
      if (event.type === "paging.skipped")
        for (const kind of event.data.unmet) missed.push({ step: event.data.step, target: "", reason: `not-${kind}` });
      if (event.type === "paging.started" && event.data.reason === "policy-reached-nobody") lastResort = true;
      if (event.type !== "page.requested") continue;
      const { personId, cycle, step, why } = event.data;
      const last = calls.findLast((one) => one.personId === personId);
      /* Contact points of one person are one call. */
      if (last?.at === at && last.cycle === cycle && last.step === step) continue;
      const { reason, schedule, inTurn = false } = why;
      calls.push({ personId, at, cycle, step, reason, schedule, inTurn });
      if (!firstCalls.has(personId)) firstCalls.set(personId, at);
    }
  };

  /** Of what falls on one instant, an answer comes first and a timer last. */
  const next = (): Next => {
    const possible: Next[] = answering.map(({ personId, afterMs }) => ({
      at: firstCall(personId) + afterMs,
      input: { kind: "acknowledged", personId, name: personId },
    }));
    possible.push({ at: past.endsAt, input: null });
    for (const { personId, afterMs } of declining)
      possible.push({ at: firstCall(personId) + afterMs, input: { kind: "declined", personId } });
    const { run, cycle, step, nextAt, status } = state;
    if (status === "running") possible.push({ at: nextAt ?? never, input: { kind: "timed-out", run, cycle, step } });
    const first = possible.reduce((best, one) => (one.at < best.at ? one : best));
    const { input } = first;
    if (input?.kind === "declined") drop(declining, input.personId);
    if (input?.kind === "acknowledged") drop(answering, input.personId);
    return first;
  };

  const outcome = (answered: { readonly personId: string; readonly at: Instant } | null): Replayed => ({
    calls,
    missed,
    lastResort,
    answeredAt: answered?.at ?? null,
    delayMs: answered && firstCall(answered.personId) - past.startedAt,
  });
  return { give, next, outcome, isOver: () => state.status === "stopped" };
}

/** The first of theirs. */
function drop(replies: Reply[], personId: string): void {
  const place = replies.findIndex((one) => one.personId === personId);
  replies.splice(place, 1);
}

/** From 22:00 to 06:00, or from Saturday to Monday, where that person lives. */
export function isOutOfHours(at: Instant, zone: string): boolean {
  const clock = zoneClock(zone);
  const day = clock.dayOf(at);
  return weekdayOf(day) >= 6 || at < clock.toInstant(day, nightEndsMs) || at >= clock.toInstant(day, nightBeginsMs);
}
const nightEndsMs = 6 * hourMs;
const nightBeginsMs = 22 * hourMs;
