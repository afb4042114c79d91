/** A few drills on every commit; a thousand are in `test/drills`. One that fails says its seed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pagingTimerKey } from "../desk/effects.ts";
import { leaseMs } from "../kernel/attempts.ts";
import { minuteMs } from "../kernel/time.ts";
import { drill, shrink, type Watch } from "./drill.ts";
import { createNodes } from "./nodes.ts";
import { organisation, signalOf, wednesday } from "./organisation.ts";
import { advance, submit } from "./running.ts";
import { drawSteps } from "./scenario.ts";

test("what a pager is held to holds in forty drills", () => {
  const told = { crashes: 0, sendings: 0, duplicates: 0, accepted: 0 };
  for (let seed = 1; seed <= 40; seed++) {
    const { nodes, failure } = drill(seed);
    assert.deepEqual(failure, null, `npm run drill -- --seed ${seed}`);
    told.crashes += nodes.crashes;
    told.sendings += nodes.sendings.length;
    told.duplicates += nodes.sendings.filter((one) => one.possibleDuplicate).length;
    for (const { incident } of nodes.memory.cases.values()) told.accepted += Number(incident.acceptedBy !== null);
  }
  assert.ok(told.crashes > 100 && told.sendings > 1_000, JSON.stringify(told));
  assert.ok(told.duplicates > 50 && told.accepted > 50, JSON.stringify(told));
});

test("a seed is one story, to the last hash; another seed is another", () => {
  const heads = (seed: number) =>
    [...drill(seed).nodes.memory.cases.values()].map(({ entries }) => entries.at(-1)?.hash);
  assert.deepEqual(heads(5), heads(5));
  assert.notDeepEqual(heads(5), heads(6));
  assert.deepEqual(drawSteps(5, 20), drawSteps(5, 60).slice(0, 20));
});

test("what fails is made short, and fails in the same way", () => {
  /* A desk that forgets a timer whenever a channel begins to refuse. */
  const forgetful: Watch = ({ memory, rows }, step) => {
    if (step.do !== "channel" || step.behaves !== "refuses") return;
    for (const [id, { paging }] of memory.cases)
      if (paging.status === "running") rows.timers.delete(pagingTimerKey(id));
  };
  const seed = 12;
  const steps = drawSteps(seed, 200);
  const { failure } = drill(seed, steps, forgetful);
  assert.ok(failure);
  const sentences = failure.broken.map(({ sentence }) => sentence);
  assert.deepEqual(sentences, ["paging that runs has its timer, and no other paging has one"]);
  const short = shrink(seed, steps, failure, forgetful);
  assert.ok(short.steps.length <= 3, `${short.steps.length} steps are left`);
  assert.deepEqual(
    short.failure.broken.map(({ sentence }) => sentence),
    sentences,
  );
  assert.deepEqual(drill(seed, short.steps).failure, null, "nothing is wrong with the story itself");
});

test("a node that slept through a timer, and through the next one's setting, does not end that one", () => {
  const nodes = createNodes("slept", wednesday, organisation);
  const signals = [signalOf("disk")];
  submit(nodes, [{ kind: "signals", integrationId: "pagerduty", signals, causeId: "one" }], true);
  advance(nodes, nodes.now + 9 * minuteMs);
  /* The first step ends in a minute. The other node takes its timer over with the lease; the second step has as long as
     the policy says; at that very instant the first node wakes. */
  nodes.stall = { afterClaims: 0, seconds: leaseMs / 1_000 + 15 * 60 };
  advance(nodes, nodes.now + 30 * minuteMs);
  const [kept] = nodes.memory.cases.values();
  const [id = ""] = nodes.memory.cases.keys();
  assert.ok(kept?.paging.status === "running" && kept.paging.cycle === 1, "the policy goes on, from its beginning");
  assert.ok(nodes.rows.timers.has(pagingTimerKey(id)));
});
