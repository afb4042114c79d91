/** Hypotheses, what speaks for and against each, the one that is a cause, and the solution that is chosen. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { evidenceMax, hypothesesMax } from "./diagnosis.ts";
import type { IncidentEvent } from "./events.ts";
import {
  accepted,
  bare,
  ben,
  by,
  cleo,
  given,
  prioritised,
  registered,
  resolved,
  restored,
  stateAfter,
} from "./given.ts";
import { stageOf } from "./state.ts";

const opened = (number: number, text = "the pool is empty"): IncidentEvent => ({
  type: "hypothesis.opened",
  data: { number, text },
});
const settled = (number: number, outcome: "confirmed" | "ruled-out"): IncidentEvent => ({
  type: "hypothesis.resolved",
  data: { number, outcome, text: "seen" },
});
const weighed: IncidentEvent = { type: "hypothesis.weighed", data: { number: 1, side: "against", text: "40 % free" } };
const chosen: IncidentEvent = {
  type: "solution.selected",
  data: { text: "go back to 3.2", considered: ["a larger pool"], why: "faster" },
};
const begun = [registered, prioritised, accepted("cleo")] as const;

test("level 3 opens hypotheses and says what speaks for and against each", () => {
  given(...begun, opened(1))
    .when(by(ben, "open-hypothesis", { text: "a certificate" }))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [opened(2, "a certificate")]);
      assert.deepEqual(
        state.hypotheses?.map(({ number, by: who, status }) => [number, who, status]),
        [
          [1, "Tocsin", "open"],
          [2, "BEN", "open"],
        ],
      );
    });
  given(...begun, opened(1), opened(2))
    .when(by(ben, "add-evidence", { hypothesis: 1, side: "against", text: "40 % free" }))
    .thenFacts((facts, { hypotheses }) => {
      assert.deepEqual(bare(facts), [weighed]);
      assert.deepEqual(
        hypotheses?.map(({ evidence }) => evidence.map(({ side, text }) => [side, text])),
        [[["against", "40 % free"]], []],
      );
    });
});

test("level 4 settles one: confirmed, it is a cause and the diagnosis; ruled out, it is neither", () => {
  const one = given(...begun, opened(1));
  one.when(by(ben, "confirm-hypothesis", { hypothesis: 1, text: "seen" })).thenRefused("level-too-low");
  one.when(by(cleo, "confirm-hypothesis", { hypothesis: 1, text: "seen" })).thenFacts((facts, state) => {
    assert.deepEqual(bare(facts), [
      settled(1, "confirmed"),
      { type: "cause.recorded", data: { text: "the pool is empty" } },
    ]);
    assert.ok(state.milestones.diagnosed !== undefined);
    assert.deepEqual([state.hypotheses?.[0]?.status, state.hypotheses?.[0]?.left?.text], ["confirmed", "seen"]);
  });
  one.when(by(cleo, "rule-out-hypothesis", { hypothesis: 1, text: "seen" })).thenFacts((facts, state) => {
    assert.deepEqual(bare(facts), [settled(1, "ruled-out")]);
    assert.equal(state.milestones.diagnosed, undefined);
  });
});

test("what is settled, or is none, is refused by name", () => {
  const over = given(...begun, opened(1), settled(1, "ruled-out"));
  over.when(by(cleo, "confirm-hypothesis", { hypothesis: 1, text: "t" })).thenRefused("hypothesis-settled");
  over.when(by(cleo, "add-evidence", { hypothesis: 1, side: "for", text: "t" })).thenRefused("hypothesis-settled");
  over.when(by(cleo, "rule-out-hypothesis", { hypothesis: 2, text: "t" })).thenRefused("hypothesis-unknown");
  const many = Array.from({ length: hypothesesMax }, (_, index) => opened(index + 1));
  given(...begun, ...many)
    .when(by(cleo, "open-hypothesis", { text: "t" }))
    .thenRefused("hypotheses-full");
  given(...begun, opened(1), ...Array.from({ length: evidenceMax }, () => weighed))
    .when(by(cleo, "add-evidence", { hypothesis: 1, side: "for", text: "t" }))
    .thenRefused("evidence-full");
});

test("a solution that is chosen begins the resolution, with what was weighed; one that did not hold is chosen anew", () => {
  given(...begun)
    .when(by(cleo, "select-solution", { text: "go back to 3.2", considered: ["a larger pool"], why: "faster" }))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [chosen]);
      assert.deepEqual([stageOf(state), state.solution?.considered], ["resolving", ["a larger pool"]]);
      assert.equal(state.milestones.diagnosed, undefined, "the cause may still be unknown");
    });
  assert.equal(stageOf(stateAfter(...begun)), "diagnosing");
  const relapsed: IncidentEvent = { type: "service.relapsed", data: { text: null, because: "declared" } };
  const after = stateAfter(...begun, chosen, restored, relapsed);
  assert.deepEqual([after.solution, stageOf(after)], [undefined, "diagnosing"]);
  const closed: IncidentEvent = { type: "incident.closed", data: { overFiring: 0 } };
  const reopened: IncidentEvent = { type: "incident.reopened", data: {} };
  assert.equal(stateAfter(...begun, chosen, restored, resolved, closed, reopened).solution, undefined);
});

test("whatever is said in whatever order, each is open or settled once, and numbers have no gap", () => {
  const act = fc.oneof(
    fc.constant(by(cleo, "open-hypothesis", { text: "t" })),
    fc
      .record({ number: fc.nat(4), confirm: fc.boolean() })
      .map(({ number, confirm }) =>
        by(cleo, confirm ? "confirm-hypothesis" : "rule-out-hypothesis", { hypothesis: number, text: "t" }),
      ),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
      let past: IncidentEvent[] = [...begun];
      for (const one of acts) {
        const before = past;
        try {
          given(...before)
            .when(one)
            .thenFacts((facts) => {
              past = [...before, ...bare(facts)];
            });
        } catch {
          past = before;
        }
      }
      const { hypotheses = [] } = stateAfter(...past);
      assert.deepEqual(
        hypotheses.map(({ number }) => number),
        hypotheses.map((_, index) => index + 1),
      );
      const ends = past.filter(({ type }) => type === "hypothesis.resolved").length;
      assert.equal(hypotheses.filter(({ status }) => status !== "open").length, ends);
    }),
    { numRuns: 60 },
  );
});

test("a finding says where it comes from, and what was written before is read as it was", () => {
  const from = { source: "system", sourceName: "payroll log" } as const;
  given()
    .when(by(cleo, "add-observation", { text: "it swaps", ...from }))
    .thenFacts((facts) =>
      assert.deepEqual(bare(facts), [{ type: "observation.noted", data: { text: "it swaps", ...from } }]),
    );
  const opened: IncidentEvent = { type: "hypothesis.opened", data: { number: 1, text: "a leak" } };
  const old: IncidentEvent = { type: "hypothesis.weighed", data: { number: 1, side: "for", text: "it grew" } };
  given(opened, old)
    .when(by(cleo, "add-evidence", { hypothesis: 1, side: "against", text: "it shrank", ...from }))
    .thenFacts((_, { hypotheses = [] }) =>
      assert.deepEqual(
        hypotheses[0]?.evidence.map(({ text, source, sourceName }) => [text, source, sourceName]),
        [
          ["it grew", undefined, undefined],
          ["it shrank", "system", "payroll log"],
        ],
      ),
    );
});
