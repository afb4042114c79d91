/** Ids: version 7, distinct, and the same from the same seed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createMint, seedFromName } from "./id.ts";

const at = 1_790_000_000_000;
const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("an id is a UUID of version 7 that begins with its time", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.string(), (when, name) => {
      const id = createMint(seedFromName(name))(when);
      assert.match(id, shape);
      assert.equal(Number.parseInt(id.slice(0, 13).replace("-", ""), 16), when);
    }),
  );
});

test("a hundred thousand of one instant are distinct, and all four variants occur", () => {
  const mint = createMint(seedFromName("distinct"));
  const ids = new Set(Array.from({ length: 1e5 }, () => mint(at)));
  assert.equal(ids.size, 1e5);
  assert.equal(new Set([...ids].map((id) => id[19])).size, 4);
});

test("one seed always makes the same ids, and two names different ones", () => {
  const ten = (name: string): string[] => {
    const mint = createMint(seedFromName(name));
    return Array.from({ length: 10 }, (_, i) => mint(at + i));
  };
  assert.deepEqual(ten("drill 7"), ten("drill 7"));
  const many = Array.from({ length: 2000 }, (_, i) => ten(`drill ${i}`)[0]);
  assert.equal(new Set(many).size, 2000);
});

test("later ids sort after earlier ones", () => {
  const mint = createMint([1, 2, 3, 4]);
  const ids = Array.from({ length: 1000 }, (_, i) => mint(at + i));
  assert.deepEqual(ids, ids.toSorted());
});

test("a time before 1970 is no reason to fail", () => assert.match(createMint([0, 0, 0, 0])(-5), shape));
