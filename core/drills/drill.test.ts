/** A few drills on every commit; a thousand are in `test/drills`. One that fails says its seed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drill } from "./drill.ts";
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
  assert.ok(told.duplicates > 50 && told.accepted > 100, JSON.stringify(told));
});

test("a seed is one story, to the last hash; another seed is another", () => {
  const heads = (seed: number) =>
    [...drill(seed).nodes.memory.cases.values()].map(({ entries }) => entries.at(-1)?.hash);
  assert.deepEqual(heads(5), heads(5));
  assert.notDeepEqual(heads(5), heads(6));
  assert.deepEqual(drawSteps(5, 20), drawSteps(5, 60).slice(0, 20));
});
