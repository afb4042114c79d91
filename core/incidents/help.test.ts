/** Help asked for by anybody on an incident: a proposed escalation, which somebody of level 4 sends on or answers otherwise. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { initialPaging } from "../escalation/paging-state.ts";
import { fold } from "../kernel/decider.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { awaitedOf } from "./awaiting.ts";
import type { IncidentCommand } from "./commands.ts";
import { decideIncident, incidentDecider, whyNot } from "./decide.ts";
import {
  accepted,
  ana,
  bare,
  because,
  ben,
  by,
  cleo,
  closed,
  dan,
  eve,
  given,
  life,
  registered,
  stateAfter,
} from "./given.ts";
import { helpMax } from "./help.ts";
import type { IncidentState } from "./state.ts";

const wanted = { text: "Somebody who knows the pump" };
const sendOn = { number: 1, kind: "functional", to: "network" } as const;
const ask = by(eve, "ask-for-help", wanted, { reason: "It leaks more" });

function then(state: IncidentState, ...commands: IncidentCommand[]): IncidentState {
  return commands.reduce((before, command) => {
    const said = decideIncident(before, command);
    assert.ok(!isRefusal(said), `${command.name}: ${JSON.stringify(said)}`);
    return fold(incidentDecider.evolve, before, said);
  }, state);
}

test("anybody asks for help with why, and nothing more happens by itself", () => {
  given(registered)
    .when(ask)
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [{ type: "help.asked", data: { number: 1, ...wanted } }]);
      assert.equal(state.help?.[0]?.reason, "It leaks more");
      assert.equal(state.openEscalations, 0);
    });
  given(registered)
    .when(by(eve, "ask-for-help", wanted))
    .thenRefused("reason-required");
  given(...life, closed)
    .when(ask)
    .thenRefused("already-closed");
  assert.equal(whyNot(stateAfter(registered), "ask-for-help", ana), null);
});

test("level 4 sends it on as an escalation that expects what was asked", () => {
  const asked = then(stateAfter(registered), ask);
  assert.equal(whyNot(asked, "confirm-help", ben)?.refused, "level-too-low");
  const said = decideIncident(asked, by(cleo, "confirm-help", sendOn, because));
  assert.ok(!isRefusal(said));
  assert.deepEqual(bare(said), [
    { type: "help.answered", data: { number: 1, escalation: 1 } },
    {
      type: "escalation.requested",
      data: { kind: "functional", to: "network", expected: wanted.text, number: 1 },
    },
  ]);
  const sent = fold(incidentDecider.evolve, asked, said);
  assert.equal(sent.escalations?.[0]?.askedBy, "cleo");
  assert.equal(sent.help?.[0]?.answered?.escalation, 1);
  const again = decideIncident(sent, by(cleo, "confirm-help", sendOn, because));
  assert.equal(isRefusal(again) && again.refused, "help-answered");
});

test("answered otherwise it says why, and whoever asked may take it back but not send it on themselves", () => {
  const asked = then(stateAfter(registered), by(cleo, "ask-for-help", wanted, because));
  assert.equal(whyNot(asked, "confirm-help", cleo)?.refused, "own-help");
  const own = decideIncident(asked, by(cleo, "confirm-help", sendOn, because));
  assert.equal(isRefusal(own) && own.refused, "own-help");
  assert.equal(whyNot(asked, "dismiss-help", ben, 1)?.refused, "level-too-low");
  const why = decideIncident(asked, by(dan, "dismiss-help", { number: 1 }));
  assert.equal(isRefusal(why) && why.refused, "reason-required");
  const unknown = decideIncident(asked, by(cleo, "dismiss-help", { number: 2 }, because));
  assert.equal(isRefusal(unknown) && unknown.refused, "help-unknown");
  const back = then(asked, by(cleo, "dismiss-help", { number: 1 }, because));
  assert.deepEqual([back.help?.[0]?.answered?.by, back.help?.[0]?.answered?.escalation], ["CLEO", null]);
  assert.equal(whyNot(back, "dismiss-help", cleo)?.refused, "help-unknown");
});

test("it waits for all of level 4 or more but whoever asked, and is held by whoever coordinates", () => {
  const facts = { paging: initialPaging, due: null, daysOf: () => () => true, owns: false } as never;
  const acts = (state: IncidentState, who: typeof ana) =>
    awaitedOf(state, who, facts).flatMap(({ command, why, number, about }) =>
      command === "confirm-help" ? [[why, number, about]] : [],
    );
  const alone = then(stateAfter(registered), by(cleo, "ask-for-help", wanted, because));
  assert.deepEqual(acts(alone, dan), [["level", 1, wanted.text]]);
  assert.deepEqual([acts(alone, cleo), acts(alone, ben)], [[], []]);
  const led = then(stateAfter(registered, accepted("cleo")), ask);
  assert.deepEqual(acts(led, cleo), [["holds", 1, wanted.text]]);
  assert.deepEqual([acts(led, dan), acts(led, ben)], [[["level", 1, wanted.text]], []]);
});

test("too many that nobody answers ask for an answer first", () => {
  const full = then(stateAfter(registered), ...Array.from({ length: helpMax }, () => ask));
  assert.equal(whyNot(full, "ask-for-help", eve)?.refused, "help-full");
});
