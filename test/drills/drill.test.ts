/** A few short drills at fixed seeds: their invariants hold, and the same seed is the same drill. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { runDrill } from "./drill.ts";

for (const seed of [1, 7, 1034]) {
  test(`drill ${seed}`, () => {
    const { violations, asked } = runDrill(seed, 800);
    assert.deepEqual(violations, []);
    assert.ok(asked.alerts > 50 && asked.refused > 50 && asked.ignored > 10, "it exercised something");
  });
}

test("the same seed is the same drill", () => {
  assert.equal(runDrill(3, 300).digest, runDrill(3, 300).digest);
  assert.notEqual(runDrill(3, 300).digest, runDrill(4, 300).digest);
});
