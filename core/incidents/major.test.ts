/** A major incident: proposed, declared, stood down; and what its criteria look at. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { EntryConditions } from "../directory/category-process.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { hourMs, minuteMs } from "../kernel/time.ts";
import { decideIncident, whyNot } from "./decide.ts";
import type { IncidentEvent } from "./events.ts";
import {
  ana,
  at,
  bare,
  because,
  ben,
  by,
  categorised,
  cleo,
  closed,
  dan,
  given,
  identified,
  life,
  registered,
  reported,
  restored,
  stateAfter,
} from "./given.ts";
import { holdsFrom, majorStatus } from "./major.ts";

const criterion = { id: "vital", words: { fr: "Vitale", en: "Vital" } };
const byCriteria: IncidentEvent = { type: "major.proposed", data: { criteria: [criterion] } };
const byPerson: IncidentEvent = { type: "major.proposed", data: { criteria: [] } };
const declared: IncidentEvent = { type: "major.declared", data: {} };
const isMajor = [categorised("complex", "major"), declared];

test("level 2 proposes with a reason, level 4 declares; declaring brings the category", () => {
  given(registered)
    .when(by(ana, "propose-major", {}))
    .thenRefused("reason-required");
  given(registered)
    .when(by(ana, "propose-major", {}, because))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [byPerson]);
      assert.deepEqual([majorStatus(state), state.major?.by, state.major?.reason], ["proposed", "ANA", because.reason]);
    });
  given(registered, byPerson)
    .when(by(ben, "declare-major", {}))
    .thenRefused("level-too-low");
  given(registered, categorised("complex"), byPerson)
    .when(by(cleo, "declare-major", {}))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [categorised("complex", "major"), declared]);
      assert.deepEqual([majorStatus(state), state.categories], ["declared", ["complex", "major"]]);
    });
});

test("declared unasked it takes a reason, and registers what was not; by night level 2 derogates", () => {
  given()
    .when(by(cleo, "declare-major", {}))
    .thenRefused("reason-required");
  given()
    .when(by(cleo, "declare-major", {}, because))
    .thenFacts((facts) => assert.deepEqual(bare(facts), [identified, registered, categorised("major"), declared]));
  given(registered, byCriteria)
    .when(by(ana, "declare-major", {}, { derogation: { reason: "nobody answers" } }))
    .thenFacts((facts) => assert.equal(facts[0]?.type, "derogation.used"));
});

test("stood down with a reason, by level 4: the category leaves, others stay; a proposal may be left unfollowed", () => {
  given(registered, ...isMajor)
    .when(by(cleo, "stand-down-major", {}))
    .thenRefused("reason-required");
  given(registered, ...isMajor)
    .when(by(ben, "stand-down-major", {}, because))
    .thenRefused("level-too-low");
  given(registered, ...isMajor)
    .when(by(cleo, "stand-down-major", {}, because))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [categorised("complex"), { type: "major.stood-down", data: { was: "declared" } }]);
      assert.deepEqual([majorStatus(state), state.categories], ["stood-down", ["complex"]]);
    });
  given(registered, byCriteria)
    .when(by(dan, "stand-down-major", {}, because))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [{ type: "major.stood-down", data: { was: "proposed" } }]);
      assert.deepEqual(state.major?.seen, ["vital"], "what was weighed does not propose again");
    });
  given(registered)
    .when(by(cleo, "stand-down-major", {}, because))
    .thenRefused("not-major");
});

test("what is declared is neither declared nor proposed again", () => {
  for (const command of ["propose-major", "declare-major"] as const)
    given(registered, ...isMajor)
      .when(by(dan, command, {}, because))
      .thenRefused("major-already");
  given(registered, byPerson)
    .when(by(dan, "propose-major", {}, because))
    .thenRefused("major-already");
  assert.equal(whyNot(stateAfter(registered, ...isMajor), "declare-major", dan)?.refused, "major-already");
  assert.equal(whyNot(stateAfter(registered), "stand-down-major", dan)?.refused, "not-major");
});

test("chosen among categories: whoever may declare does, of others it is a proposal, and nobody unticks it", () => {
  const both = { categories: ["complex", "major"] };
  given(registered)
    .when(by(cleo, "categorise", both))
    .thenFacts((facts) => assert.deepEqual(bare(facts), isMajor));
  given(registered)
    .when(by(ana, "categorise", both))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [categorised("complex"), byPerson]);
      assert.equal(majorStatus(state), "proposed");
    });
  given(registered)
    .when(by(ana, "categorise", { categories: ["major"] }))
    .thenFacts((facts) => assert.deepEqual(bare(facts), [byPerson]));
  given(registered, ...isMajor)
    .when(by(dan, "categorise", { categories: ["complex"] }))
    .thenRefused("major-stands");
  given(registered, ...isMajor)
    .when(by(ana, "categorise", { categories: ["major", "security"] }))
    .thenFacts((facts) => assert.deepEqual(bare(facts), [categorised("major", "security")]));
});

test("after the end it is neither declared nor stood down", () => {
  given(...life, closed)
    .when(by(dan, "declare-major", {}, because))
    .thenRefused("already-closed");
});

const weighed = (events: readonly IncidentEvent[], part: { vital?: boolean; openAlerts?: number } = {}) => ({
  incident: stateAfter(...events),
  vital: part.vital ?? false,
  openAlerts: part.openAlerts ?? 0,
  at,
});
const priority1: IncidentEvent = { type: "priority.confirmed", data: { impact: 1, urgency: 1, priority: 1 } };
const domains: IncidentEvent = { type: "domain.added", data: { domains: ["employees", "customers"] } };

test("within a criterion all must hold; what nobody has weighed is not held to be the worst", () => {
  const when: EntryConditions = { priorities: [1], vital: true };
  assert.equal(holdsFrom(when, weighed([registered], { vital: true })), null);
  assert.equal(holdsFrom(when, weighed([registered, priority1])), null);
  assert.equal(holdsFrom(when, weighed([registered, priority1], { vital: true })), at);
  assert.equal(holdsFrom({ domainsMin: 2 }, weighed([domains])), at);
  assert.equal(holdsFrom({ domainsMin: 3 }, weighed([domains])), null);
  assert.equal(holdsFrom({ domains: ["customers", "services"] }, weighed([domains])), at);
  assert.equal(holdsFrom({ domains: ["services"] }, weighed([domains])), null);
  assert.equal(holdsFrom({ alertsMin: 5 }, weighed([registered], { openAlerts: 5 })), at);
  assert.equal(holdsFrom({ categories: ["security"] }, weighed([categorised("security")])), at);
  assert.equal(holdsFrom({ services: ["payroll"] }, weighed([registered])), null);
});

test("one that waits for a time holds from then on, while the service is down", () => {
  const when: EntryConditions = { priorities: [1], downMinutes: 60 };
  const since = stateAfter(registered, priority1).milestones.reported ?? 0;
  assert.equal(holdsFrom(when, weighed([registered, priority1])), since + hourMs);
  assert.equal(holdsFrom(when, weighed([registered, priority1, restored])), null);
  assert.ok(reported.type === "incident.reported" && since <= at && since > at - 30 * minuteMs);
});

test("whatever is asked: declared is having the category, and a proposal never has it", () => {
  const commands = ["propose-major", "declare-major", "stand-down-major"] as const;
  const step = fc.record({ who: fc.constantFrom(ana, ben, cleo, dan), name: fc.constantFrom(...commands) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const events: IncidentEvent[] = [registered];
      for (const { who, name } of steps) {
        const before = stateAfter(...events);
        const outcome = decideIncident(before, by(who, name, {}, because));
        assert.equal(isRefusal(outcome), whyNot(before, name, who) !== null);
        if (!isRefusal(outcome)) events.push(...bare(outcome));
        const state = stateAfter(...events);
        assert.equal(state.categories.includes("major"), majorStatus(state) === "declared");
      }
    }),
  );
});
