/** What proposes to escalate without any clock: danger, a law, what a solution asks for, and an escalation that nobody answers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { initialPaging, type PagingState } from "../escalation/paging-state.ts";
import { fold } from "../kernel/decider.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { minuteMs } from "../kernel/time.ts";
import { decideIncident, incidentDecider } from "./decide.ts";
import { type Around, answerWithinMinutes, proposedEscalation, silentEscalations } from "./escalation-proposals.ts";
import type { IncidentEvent } from "./events.ts";
import { assessing, at, because, by, cleo, closed, restored, stateAfter } from "./given.ts";
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
