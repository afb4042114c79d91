import assert from "node:assert/strict";
import { test } from "node:test";
import { drawn } from "./ruler.ts";

test("each step begins where the one before ends", () => {
  assert.deepEqual(
    drawn([5, 10, 15]).map(({ at }) => at),
    [0, 5, 15],
  );
});

test("steps are in proportion while they fit", () => {
  const [five, ten, fifteen] = drawn([5, 10, 15]);
  assert.equal(five?.heightPx, 84);
  assert.equal(ten?.heightPx, 168);
  assert.equal(fifteen?.toScale, false, "252 is more than a page gives");
  assert.equal(ten?.toScale, true);
});

test("a day beside a minute stays readable, and says that it is not to scale", () => {
  const [minute, day] = drawn([1, 1_440]);
  assert.ok((minute?.heightPx ?? 0) >= 84);
  assert.ok((day?.heightPx ?? 0) <= 248);
  assert.equal(day?.toScale, false);
  assert.ok((day?.markPx ?? 0) >= 7, "marks do not touch");
});

test("what is not waited for takes no time, and the others keep their proportion", () => {
  const marks = drawn([0, 5, 10]);
  assert.deepEqual(
    marks.map(({ at, heightPx }) => [at, heightPx]),
    [
      [0, 84],
      [0, 84],
      [5, 168],
    ],
  );
  assert.deepEqual(
    drawn([0]).map(({ at, toScale }) => [at, toScale]),
    [[0, false]],
  );
});
