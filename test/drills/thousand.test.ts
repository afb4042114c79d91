/** A thousand drills: each is another organisation, another story, other crashes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { stepsByDefault } from "../../core/drills/drill.ts";
import { drillMany } from "./many.ts";

test("what a pager is held to holds in a thousand drills", async () => {
  const { failed, incidents, sent, crashes } = await drillMany(1, 1_000, stepsByDefault);
  assert.deepEqual(failed, [], "see each with: npm run drill -- --seed N");
  assert.ok(incidents > 5_000 && sent > 50_000 && crashes > 2_000, "it exercised something");
});
