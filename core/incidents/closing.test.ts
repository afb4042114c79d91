/** A closure is looked at by somebody else, and so is whoever acted above their level. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { decideIncident, whyNot } from "./decide.ts";
import { isToCheck } from "./derogations.ts";
import type { IncidentEvent } from "./events.ts";
import { actor, asking, bare, ben, by, cleo, closed, dan, documented, given, life, stateAfter } from "./given.ts";
import { isOver, stageOf } from "./state.ts";

const eli = actor("eli", 5);
const asked: IncidentEvent = {
  type: "incident.categorised",
  data: {
    categories: ["complex"],
    processes: [{ ...asking, questions: [], criteria: [], recovery: [], closureCheck: true }],
  },
};
const story = [...life, asked] as const;
const reason = "the cause is not written down";
const because = { reason };

test("where its categories ask for it, a closure waits for somebody of level 5 who did not close it", () => {
  const state = stateAfter(...story, closed);
  assert.deepEqual([state.closure?.check, isToCheck(state), stageOf(state)], ["due", true, "closed"]);
  assert.equal(stateAfter(...life, closed).closure?.check, "none");
  const one = given(...story, closed);
  one.when(by(cleo, "accept-closure", { text: null })).thenRefused("level-too-low");
  one
    .when(by(cleo, "accept-closure", { text: null }, { derogation: { reason: "nobody is there" } }))
    .thenRefused("level-too-low");
  one.when(by(dan, "accept-closure", { text: "complete" })).thenFacts((facts, after) => {
    assert.deepEqual(bare(facts), [{ type: "closure.accepted", data: { text: "complete" } }]);
    assert.deepEqual([after.closure?.check, after.ended, isToCheck(after)], ["accepted", "closed", false]);
    assert.deepEqual([after.closure?.checked?.by, after.closure?.checked?.text], ["DAN", "complete"]);
  });
});

test("what was major is looked at by somebody else, although it was stood down before it was closed", () => {
  const major: IncidentEvent[] = [
    { type: "incident.categorised", data: { categories: ["major"] } },
    { type: "major.declared", data: {} },
  ];
  const over = (was: "proposed" | "declared"): IncidentEvent[] => [
    { type: "incident.categorised", data: { categories: [] } },
    { type: "major.stood-down", data: { was } },
  ];
  const stood = stateAfter(...life, ...major, ...over("declared"), closed);
  assert.deepEqual([stood.categories, stood.closure?.check], [[], "due"]);
  const proposed: IncidentEvent = { type: "major.proposed", data: { criteria: [] } };
  assert.equal(stateAfter(...life, ...major, ...over("declared"), proposed, closed).closure?.check, "due");
  assert.equal(stateAfter(...life, proposed, ...over("proposed"), closed).closure?.check, "none", "it never was");
});

test("nobody checks their own closure", () => {
  given(...story)
    .when(by(dan, "close", {}))
    .thenFacts((_, after) => {
      const own = decideIncident(after, by(dan, "accept-closure", { text: null }));
      assert.equal("refused" in own && own.refused, "own-closure");
      assert.equal("refused" in decideIncident(after, by(eli, "accept-closure", { text: null })), false);
    });
});

test("a closure that is returned opens documentation again, and moves no date of the service", () => {
  const one = given(...story, closed);
  one.when(by(dan, "return-closure", {})).thenRefused("reason-required");
  one.when(by(dan, "return-closure", {}, because)).thenFacts((facts, after) => {
    assert.deepEqual(bare(facts), [{ type: "closure.returned", data: {} }]);
    const before = stateAfter(...story, closed);
    const { closed: _, documented: __, ...others } = before.milestones;
    assert.deepEqual(after.milestones, others);
    assert.deepEqual([after.ended, after.closure?.check, after.closure?.checked?.text], [null, "returned", reason]);
    assert.equal(isOver(after), true, "nobody is called for it");
    assert.equal(isToCheck(after), false);
  });
  const returned: IncidentEvent = { type: "closure.returned", data: {} };
  given(...story, closed, returned)
    .when(by(cleo, "close", {}))
    .thenRefused("milestones-missing");
  given(...story, closed, returned, documented)
    .when(by(cleo, "close", {}))
    .thenFacts((_, after) => assert.equal(after.closure?.check, "due", "it is looked at again"));
});

test("what is not closed, or is accepted, is not checked; reopening forgets how it was closed", () => {
  given(...story)
    .when(by(dan, "accept-closure", { text: null }))
    .thenRefused("nothing-to-check");
  const accepted: IncidentEvent = { type: "closure.accepted", data: { text: null } };
  given(...story, closed, accepted)
    .when(by(dan, "return-closure", {}, because))
    .thenRefused("closure-accepted");
  const reopened: IncidentEvent = { type: "incident.reopened", data: {} };
  assert.equal(stateAfter(...story, closed, reopened).closure, undefined);
});

const used = (command: string): IncidentEvent => ({ type: "derogation.used", data: { command, needed: 4 } });

test("whoever acted above their level is reviewed once, by somebody else of level 5, also after the end", () => {
  const one = given(...story, used("declare-major"), used("decide"), closed);
  const review = { number: 2, verdict: "justified", text: "alone on the spot" } as const;
  one.when(by(cleo, "review-derogation", review)).thenRefused("level-too-low");
  one.when(by(dan, "review-derogation", { ...review, number: 3 })).thenRefused("derogation-unknown");
  one.when(by(dan, "review-derogation", review)).thenFacts((facts, { derogations = [] }) => {
    assert.deepEqual(bare(facts), [{ type: "derogation.reviewed", data: review }]);
    assert.deepEqual(
      derogations.map((each) => [each.command, each.review?.verdict]),
      [
        ["declare-major", undefined],
        ["decide", "justified"],
      ],
    );
  });
  const reviewed: IncidentEvent = {
    type: "derogation.reviewed",
    data: { number: 1, verdict: "not-justified", text: null },
  };
  given(used("decide"), reviewed)
    .when(by(dan, "review-derogation", { ...review, number: 1 }))
    .thenRefused("derogation-reviewed");
  assert.deepEqual(
    [isToCheck(stateAfter(used("decide"))), isToCheck(stateAfter(used("decide"), reviewed))],
    [true, false],
  );
});

test("one of their own does not keep somebody from the others", () => {
  const state = stateAfter(used("declare-major"), used("decide"));
  const [mine, other] = state.derogations ?? [];
  assert.ok(mine && other);
  const one = { ...mine, by: { id: dan.id, name: dan.name } };
  assert.equal(whyNot({ ...state, derogations: [one, other] }, "review-derogation", dan), null);
  assert.equal(whyNot({ ...state, derogations: [one] }, "review-derogation", dan)?.refused, "own-derogation");
  const about = whyNot({ ...state, derogations: [one, other] }, "review-derogation", dan, 1);
  assert.equal(about?.refused, "own-derogation");
});

test("level 3 requests that it be reopened; whoever may, does or declines with a reason, and it may be asked again", () => {
  given(...story)
    .when(by(ben, "request-reopen", {}, because))
    .thenRefused("not-closed");
  given(...story, closed)
    .when(by(ben, "request-reopen", {}))
    .thenRefused("reason-required");
  given(...story, closed)
    .when(by(ben, "request-reopen", {}, because))
    .thenFacts((facts, after) => {
      assert.deepEqual(bare(facts), [{ type: "reopening.requested", data: {} }]);
      assert.deepEqual(
        [after.reopening?.by.name, after.reopening?.reason, after.ended, isToCheck(after)],
        ["BEN", because.reason, "closed", true],
      );
    });
  const requested: IncidentEvent = { type: "reopening.requested", data: {} };
  const state = stateAfter(...story, closed, requested);
  assert.equal(whyNot(state, "request-reopen", cleo)?.refused, "reopening-requested");
  assert.equal(whyNot(state, "decline-reopen", ben)?.refused, "level-too-low");
  given(...story, closed, requested)
    .when(by(cleo, "decline-reopen", {}))
    .thenRefused("reason-required");
  given(...story, closed, requested)
    .when(by(cleo, "decline-reopen", {}, because))
    .thenFacts((_, after) => {
      assert.deepEqual([after.reopening?.declined?.by, after.ended], ["CLEO", "closed"]);
      assert.equal(whyNot(after, "request-reopen", ben), null);
      assert.equal(whyNot(after, "decline-reopen", cleo)?.refused, "reopening-not-requested");
    });
  given(...story, closed, requested)
    .when(by(cleo, "reopen", {}, because))
    .thenFacts((_, after) => assert.deepEqual([after.ended, after.reopening], [null, undefined]));
});
