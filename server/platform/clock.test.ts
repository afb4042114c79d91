import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { slewedTime } from "./clock.ts";

test("given a source an hour ahead, then its time is taken at once", () => {
  const time = slewedTime(1_000_000, 0);
  time.learn(1_000_000 + 3_600_000, 0);
  assert.equal(time.at(0), 1_000_000 + 3_600_000);
  assert.equal(time.aheadMs(0), 0);
});

test("given a source that went back an hour, then time goes on, a little slower, until both agree", () => {
  const time = slewedTime(10_000_000, 0);
  time.learn(10_000_000 - 3_600_000, 0);
  assert.equal(time.at(0), 10_000_000);
  assert.equal(time.at(60_000), 10_000_000 + 54_000, "a page due in a minute goes out within 67 seconds");
  assert.equal(time.aheadMs(36_000_000), 0, "an hour is made up in ten");
  assert.equal(time.at(36_000_000), 10_000_000 - 3_600_000 + 36_000_000);
});

test("given other nodes that have shown a later time, then a node that starts goes on from there", () => {
  const time = slewedTime(10_000, 0, 5_000);
  assert.equal(time.at(0), 15_000);
});

test("whatever is learnt, in whatever order, time never goes back", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 120_000 }), fc.integer({ min: -7_200_000, max: 7_200_000 })), {
        maxLength: 40,
      }),
      (steps) => {
        let now = 0;
        let last = 0;
        const time = slewedTime(1e12, 0);
        for (const [elapsed, jump] of steps) {
          now += elapsed;
          assert.ok(time.at(now) >= last - 1e-3);
          time.learn(1e12 + now + jump, now);
          assert.ok(time.at(now) >= last - 1e-3);
          last = time.at(now);
        }
      },
    ),
  );
});
