/** What proposes to escalate without any clock: danger, a law, what a solution asks for, and an escalation that nobody answers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { initialPaging, type PagingState } from "../escalation/paging-state.ts";
import { fold } from "../kernel/decider.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { minuteMs } from "../kernel/time.ts";
import type { EscalationReason } from "../kernel/vocabulary.ts";
import type { Clock } from "./clocks.ts";
import { decideIncident, incidentDecider } from "./decide.ts";
import {
  type Around,
  answerWithinMinutes,
  asideNow,
  proposedEscalation,
  silentEscalations,
  standingProposal,
} from "./escalation-proposals.ts";
import type { IncidentEvent } from "./events.ts";
import { assessing, at, because, ben, by, cleo, closed, restored, stateAfter } from "./given.ts";
import type { IncidentState } from "./state.ts";

const owned: Around = { owned: true, silent: [] };
const proposed = (state: IncidentState, around = owned) => {
  const found = proposedEscalation(state, [], around);
  return found && [found.because, found.kind, found.to, found.escalation];
};
const asked = (to: string, number = 1): IncidentEvent => ({
  type: "escalation.requested",
  data: { kind: "hierarchical", to, expected: "a decision", number },
});
const ended: IncidentEvent = { type: "escalation.ended", data: { number: 1, personId: "dan", name: "Dan" } };
const say = (text: string): IncidentEvent => ({ type: "incident.retitled", data: { title: { text } } });

test("somebody may be hurt: whoever keeps the service is proposed, until somebody was asked or it is back", () => {
  assert.equal(proposed(stateAfter()), null);
  for (const text of ["Fuite de gaz au sous-sol", "A worker is injured"]) {
    assert.deepEqual(proposed(stateAfter(say(text))), ["safety", "hierarchical", "owner", null]);
    assert.deepEqual(proposed(stateAfter(say(text)), { owned: false, silent: [] })?.[2], null, "nobody keeps it");
    assert.equal(proposed(stateAfter(say(text), asked("dan"))), null);
    assert.equal(proposed(stateAfter(say(text), asked("dan"), ended)), null, "once");
    assert.equal(proposed(stateAfter(say(text), restored)), null);
    assert.equal(proposed(stateAfter(say(text), closed)), null);
  }
});

test("a law that wants something told proposes it once, and one that wants nothing does not", () => {
  const assessed = (outcome: "owed" | "not-owed"): IncidentState => {
    const state = stateAfter();
    const said = decideIncident(state, by(cleo, "assess-obligation", { ...assessing, outcome }));
    assert.ok(!isRefusal(said));
    return fold(incidentDecider.evolve, state, said);
  };
  assert.deepEqual(proposed(assessed("owed")), ["legal-duty", "hierarchical", "owner", null]);
  assert.equal(proposed(assessed("not-owed")), null);
  const said = decideIncident(
    assessed("owed"),
    by(cleo, "escalate", { kind: "hierarchical", to: "dan", expected: "a decision" }, because),
  );
  assert.ok(!isRefusal(said));
  const { escalations = [], ...state } = fold(incidentDecider.evolve, assessed("owed"), said);
  assert.equal(proposed({ ...state, escalations: escalations.map((one) => ({ ...one, status: "ended" })) }), null);
});

test("a solution that asks for more than its author may decide proposes somebody who may", () => {
  const chosen = (exceeds?: "cost" | "authority"): IncidentEvent => ({
    type: "solution.selected",
    data: { text: "a second pump", considered: [], ...(exceeds && { exceeds }) },
  });
  assert.equal(proposed(stateAfter(chosen())), null);
  assert.deepEqual(proposed(stateAfter(chosen("cost"))), ["cost", "hierarchical", "owner", null]);
  assert.deepEqual(proposed(stateAfter(chosen("authority"))), ["authority", "hierarchical", "owner", null]);
  assert.equal(proposed(stateAfter(chosen("cost"), chosen())), null, "another was chosen");
  assert.equal(proposed(stateAfter(chosen("cost"), asked("dan"), ended)), null, "asked since");
  assert.deepEqual(proposed(stateAfter(asked("dan"), ended, chosen("cost")))?.[0], "cost", "chosen after it");
  assert.equal(proposed(stateAfter(chosen("cost"), restored)), null);
});

test("an escalation that nobody answers in its time, or of which all calls are made, proposes the next", () => {
  const state = stateAfter(asked("dan"));
  const [one] = state.escalations ?? [];
  const due = (one?.askedAt ?? at) + answerWithinMinutes * minuteMs;
  const around = (of: IncidentState, when: number, paging: PagingState = initialPaging) => ({
    owned: true,
    silent: silentEscalations(of, paging, when),
  });
  assert.equal(proposed(state, around(state, due - 1)), null);
  assert.deepEqual(proposed(state, around(state, due)), ["silent", "hierarchical", "owner", 1]);
  const made: PagingState = { ...initialPaging, escalations: { 1: { ...initialPaging, status: "exhausted" } } };
  assert.deepEqual(proposed(state, around(state, at, made))?.[0], "silent");
  const kept = stateAfter(asked("owner"));
  assert.deepEqual(proposed(kept, around(kept, due)), ["silent", "hierarchical", null, 1], "not the same again");
  const taken = stateAfter(asked("dan"), {
    type: "escalation.acknowledged",
    data: { number: 1, personId: "dan", name: "Dan" },
  });
  assert.equal(proposed(taken, around(taken, due)), null);
  const next = stateAfter(asked("dan"), asked("owner", 2));
  const second = next.escalations?.[1]?.askedAt ?? at;
  assert.equal(proposed(next, around(next, second + answerWithinMinutes * minuteMs - 1)), null, "they have their time");
  assert.deepEqual(proposed(next, around(next, second + answerWithinMinutes * minuteMs))?.[3], 2);
});

test("set aside with why, it is proposed no more while it is the same, and anew when it newly arises", () => {
  const clock = (kind: "accept" | "restore", startedAt = at): Clock =>
    ({ kind, startedAt, status: "missed", percent: 120, reachedAt: null }) as Clock;
  const aside = (state: IncidentState, clocks: readonly Clock[], because?: EscalationReason): IncidentState => {
    const proposal = standingProposal(state, clocks, owned);
    const said = decideIncident(state, by(cleo, "set-aside-escalation", { because, proposal }, why));
    assert.ok(!isRefusal(said), JSON.stringify(said));
    return fold(incidentDecider.evolve, state, said);
  };
  const why = { reason: "The supplier comes tonight" };
  const reasons = (state: IncidentState, clocks: readonly Clock[]) => proposedEscalation(state, clocks, owned)?.because;
  const missed = [clock("accept")];
  const told = aside(stateAfter(), missed, "missed");
  assert.equal(reasons(told, missed), undefined);
  assert.deepEqual(
    told.setAside?.map((one) => [one.because, one.by, one.reason]),
    [["missed", "CLEO", why.reason]],
  );
  const gap = asideNow(told, missed, owned);
  assert.deepEqual([gap?.gap, gap?.clock], [true, "accept"], "nobody was asked: it is a gap all the same");
  assert.equal(reasons(told, [clock("accept"), clock("restore")]), "missed", "another clock");
  assert.equal(reasons(told, [clock("accept", at + minuteMs)]), "missed", "the same, begun anew");
  assert.equal(asideNow(told, [clock("accept"), clock("restore")], owned), null);
  const gas = aside(stateAfter(say("Gas leak")), []);
  assert.equal(reasons(gas, []), undefined);
  assert.equal(reasons(gas, missed), "missed", "what else proposes it does");
  assert.equal(reasons({ ...gas, title: { text: "Gas leak, a worker is injured" } }, []), "safety");
});

test("only what is proposed is set aside, by whoever may escalate, with why", () => {
  const state = stateAfter(say("Gas leak"));
  const proposal = standingProposal(state, [], owned);
  const refused = (who: typeof cleo, input: object, around: object = because) => {
    const said = decideIncident(state, by(who, "set-aside-escalation", input, around));
    return isRefusal(said) ? said.refused : null;
  };
  assert.equal(refused(cleo, { proposal }, {}), "reason-required");
  assert.equal(refused(cleo, { proposal: null }), "escalation-not-proposed");
  assert.equal(refused(cleo, { proposal, because: "missed" }), "escalation-not-proposed");
  assert.equal(refused(ben, { proposal }), "level-too-low");
  assert.equal(refused(cleo, { proposal, because: "safety" }), null);
});
