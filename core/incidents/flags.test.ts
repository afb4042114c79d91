/** What is serious or not routine: proposed, held so by level 5, investigated, lowered with a reason. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { firstProcess } from "../directory/default-processes.ts";
import { whyNot } from "./decide.ts";
import type { IncidentEvent } from "./events.ts";
import { flagsRaised } from "./flags.ts";
import { accepted, actor, bare, because, by, cleo, dan, given, pinning, registered, stateAfter } from "./given.ts";
import { missingToClose } from "./missing.ts";

const eli = actor("eli", 5);
const serious = { flag: "serious" } as const;
const raised: IncidentEvent = { type: "flag.raised", data: serious };
const proposed: IncidentEvent = { type: "flag.proposed", data: { ...serious, criteria: [] } };

test("level 4 proposes with a reason, and level 5 says so, or lowers it", () => {
  given(registered)
    .when(by(cleo, "propose-flag", serious))
    .thenRefused("reason-required");
  given(registered)
    .when(by(cleo, "propose-flag", serious, because))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [proposed]);
      assert.deepEqual(flagsRaised(state), []);
    });
  given(registered, proposed)
    .when(by(cleo, "propose-flag", serious, because))
    .thenRefused("flag-already");
  given(registered, proposed)
    .when(by(dan, "raise-flag", serious))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [raised]);
      assert.deepEqual(flagsRaised(state), ["serious"]);
    });
  given(registered)
    .when(by(dan, "raise-flag", serious))
    .thenRefused("reason-required");
  given(registered, raised)
    .when(by(dan, "raise-flag", serious, because))
    .thenRefused("flag-already");
  given(registered, proposed)
    .when(by(dan, "lower-flag", serious))
    .thenRefused("reason-required");
  given(registered, raised)
    .when(by(dan, "lower-flag", serious, because))
    .thenFacts((facts) =>
      assert.deepEqual(bare(facts), [{ type: "flag.lowered", data: { ...serious, was: "raised" } }]),
    );
});

test("one of the two says nothing of the other", () => {
  given(registered, raised)
    .when(by(dan, "lower-flag", { flag: "non-routine" }, because))
    .thenRefused("not-flagged");
  given(registered, raised)
    .when(by(cleo, "propose-flag", { flag: "non-routine" }, because))
    .thenFacts((_, state) => assert.deepEqual(flagsRaised(state), ["serious"]));
});

test("no emergency makes anybody lower it, or investigate, below level 5", () => {
  const derogation = { derogation: { reason: "nobody answers" } };
  given(registered, raised)
    .when(by(cleo, "lower-flag", serious, { ...because, ...derogation }))
    .thenRefused("level-too-low");
  given(registered, raised)
    .when(by(cleo, "take-investigation", {}, derogation))
    .thenRefused("level-too-low");
  given(registered)
    .when(by(cleo, "raise-flag", serious, { ...because, ...derogation }))
    .thenFacts((facts) => {
      assert.deepEqual(
        bare(facts).map(({ type }) => type),
        ["derogation.used", "flag.raised"],
      );
    });
});

test("closing asks that somebody of level 5 investigates what is held so, and of nothing else", () => {
  const quiet = stateAfter(registered, accepted("cleo"));
  const held = stateAfter(registered, accepted("cleo"), raised);
  const asks = (state: typeof held) => missingToClose(state).includes("investigation");
  assert.deepEqual([asks(quiet), asks(held)], [false, true]);
  assert.equal(whyNot(quiet, "take-investigation", dan)?.refused, "nothing-to-investigate");
  given(registered, accepted("cleo"), raised)
    .when(by(dan, "take-investigation", {}))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [{ type: "investigation.taken", data: { personId: dan.id, name: dan.name } }]);
      assert.equal(asks(state), false);
      assert.equal(whyNot(state, "take-investigation", dan)?.refused, "investigation-yours");
      assert.equal(whyNot(state, "take-investigation", eli), null, "another may take it over");
    });
});

test("what the categories write proposes once, even after it was lowered", () => {
  const rules = firstProcess("major").flags ?? [];
  const state = stateAfter(registered, pinning("major"));
  assert.deepEqual(
    state.demands?.flags?.map(({ id, flag }) => [id, flag]),
    [["major-is-serious", "serious"]],
  );
  const criteria = rules.map(({ id, words }) => ({ id, words }));
  const after = stateAfter(
    registered,
    pinning("major"),
    { type: "flag.proposed", data: { ...serious, criteria } },
    { type: "flag.lowered", data: { ...serious, was: "proposed" } },
  );
  assert.deepEqual(after.flags?.serious?.seen, ["major-is-serious"]);
  assert.equal(after.flags?.serious?.status, "lowered");
});
