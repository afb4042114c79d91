/** Small promises of the words that everything shares. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertNever, fold } from "./decider.ts";
import { givenWhenThen } from "./given-when-then.ts";
import { isRefusal, refusalCodes, refuse } from "./refusal.ts";
import { type Envelope, stampAll, stampOf, systemActor } from "./stamp.ts";
import { endedStages, milestones, stages } from "./vocabulary.ts";

const envelope: Envelope = {
  at: 1000,
  actor: { ...systemActor("timer"), id: "ana", name: "Ana", level: 2, onBehalfOf: "root" },
  cause: { kind: "request", id: "r1" },
  derogation: { reason: "alone" },
};

test("milestones and stages are those of the contract, each once", () => {
  assert.deepEqual(
    milestones.join(" "),
    "reported registered categorised prioritised assigned accepted diagnosed restored resolved recovered documented closed"
      .split(" ")
      .toSorted((a, b) => milestones.indexOf(a as never) - milestones.indexOf(b as never))
      .join(" "),
  );
  assert.equal(new Set(milestones).size, 12);
  assert.equal(
    stages.join(" "),
    "reported registered categorised assigned investigating diagnosing resolving restored resolved recovering closed dismissed merged",
  );
  for (const stage of endedStages) assert.ok(stages.includes(stage));
});

test("a refusal is a value with a code in kebab-case, and nothing else is one", () => {
  for (const code of Object.keys(refusalCodes)) assert.match(code, /^[a-z]+(-[a-z]+)*$/);
  assert.deepEqual(refuse("not-closed"), { refused: "not-closed" });
  assert.deepEqual(refuse("still-firing", { firing: 2 }), { refused: "still-firing", values: { firing: 2 } });
  assert.ok(isRefusal(refuse("not-closed")));
  for (const other of [null, undefined, "refused", [], {}, 0]) assert.ok(!isRefusal(other));
});

test("a stamp keeps who, under which level then, and why; a late entry its two times", () => {
  const stamp = stampOf(envelope, "responder", false);
  assert.deepEqual([stamp.occurredAt, stamp.recordedAt, stamp.level, stamp.role], [1000, 1000, 2, "responder"]);
  assert.deepEqual(stamp.actor, { kind: "system", id: "ana", name: "Ana", via: "timer" }, "no right is copied");
  assert.deepEqual([stamp.derogation, stamp.reason, stamp.onBehalfOf], [null, null, "root"]);
  assert.equal(stampOf(envelope, null, true).derogation, "alone");
  const late = stampOf({ ...envelope, occurredAt: 10, reason: "phone was off" }, null, false);
  assert.deepEqual([late.occurredAt, late.recordedAt, late.reason], [10, 1000, "phone was off"]);
  assert.deepEqual(stampAll([{ type: "a" }], stamp), [{ type: "a", stamp }]);
});

test("a fold is in order, and an unexpected case is a bug", () => {
  assert.equal(
    fold((text: string, next: string) => text + next, "", ["a", "b", "c"]),
    "abc",
  );
  assert.throws(() => assertNever("surprise" as never), /surprise/);
});

test("a sentence that does not hold fails, and says how", () => {
  const even = givenWhenThen<number, number, number>({
    initial: 0,
    decide: (state, n) => (n % 2 === 0 ? [n] : refuse("not-closed", { state })),
    evolve: (state, n) => state + n,
  }).given(2, 4);
  even.when(2).thenFacts((facts, state) => assert.deepEqual([facts, state], [[2], 8]));
  even.when(1).thenRefused("not-closed", (refusal) => assert.deepEqual(refusal.values, { state: 6 }));
  assert.throws(() => even.when(1).thenFacts(() => {}), /not-closed/);
  assert.throws(() => even.when(2).thenRefused("not-closed"), /it was done/);
  assert.throws(() => even.when(1).thenRefused("not-asked"), /expected not-asked/);
});
