import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createFairQueue } from "./fair-queue.ts";

type One = { readonly sender: string; readonly number: number; readonly weight: number };
const queueOf = (all = 1_000, each = 900) => createFairQueue<One>({ all, each, weightOf: (one) => one.weight });
const max = { count: 10, weight: 100 };

test("given a flood of one sender, when another sends one, then it is in the next flush", () => {
  const queue = queueOf();
  for (let number = 0; number < 500; number++) queue.push("flood", { sender: "flood", number, weight: 1 });
  queue.push("quiet", { sender: "quiet", number: 0, weight: 1 });
  const taken = queue.take(max);
  assert.equal(taken.length, 10);
  assert.equal(taken.filter((one) => one.sender === "quiet").length, 1);
});

test("given a sender that has all its seats, then it is refused and others are not", () => {
  const queue = queueOf(10, 6);
  const pushed = Array.from({ length: 8 }, (_, number) => queue.push("flood", { sender: "flood", number, weight: 1 }));
  assert.deepEqual(pushed, [true, true, true, true, true, true, false, false]);
  assert.equal(queue.push("quiet", { sender: "quiet", number: 0, weight: 1 }), true);
});

test("given an input heavier than a flush, then it goes alone", () => {
  const queue = queueOf();
  queue.push("a", { sender: "a", number: 0, weight: 5_000 });
  queue.push("b", { sender: "b", number: 0, weight: 1 });
  assert.equal(queue.take(max).length, 1);
  assert.equal(queue.take(max).length, 1);
});

test("whatever is pushed and taken, nothing is lost, doubled, or out of a sender's order", () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ sender: fc.constantFrom("a", "b", "c"), weight: fc.integer({ min: 1, max: 60 }) }),
      fc.constant(null),
    ),
    { maxLength: 200 },
  );
  fc.assert(
    fc.property(steps, (list) => {
      const queue = queueOf();
      const next: Record<string, number> = {};
      const seen: Record<string, number> = {};
      const look = (taken: readonly One[]): void => {
        assert.ok(taken.length <= max.count);
        assert.ok(taken.length === 1 || taken.reduce((sum, one) => sum + one.weight, 0) <= max.weight);
        for (const one of taken) {
          assert.equal(one.number, seen[one.sender] ?? 0);
          seen[one.sender] = one.number + 1;
        }
      };
      for (const step of list) {
        if (step === null) {
          if (queue.size() > 0) look(queue.take(max));
          continue;
        }
        const number = next[step.sender] ?? 0;
        next[step.sender] = number + 1;
        assert.ok(queue.push(step.sender, { ...step, number }));
      }
      while (queue.size() > 0) look(queue.take(max));
      assert.deepEqual(seen, next);
    }),
  );
});
