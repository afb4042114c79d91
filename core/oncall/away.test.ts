/** Until when somebody is away, as far as the desk was told. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { awayUntil } from "./away.ts";

const ana = (from: number, until: number) => ({ personId: "ana", from, until });

test("whoever is away is so until it ends, and until the end of what follows at once", () => {
  assert.equal(awayUntil([ana(10, 20)], "ana", 15), 20);
  assert.equal(awayUntil([ana(18, 40), ana(10, 20), ana(40, 50), ana(60, 70)], "ana", 15), 50);
});

test("whoever is not yet, no more, or is somebody else, is here", () => {
  for (const now of [9, 20]) assert.equal(awayUntil([ana(10, 20)], "ana", now), null);
  assert.equal(awayUntil([ana(10, 20)], "ben", 15), null);
});
