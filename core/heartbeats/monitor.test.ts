import assert from "node:assert/strict";
import { test } from "node:test";
import {
  anew,
  becomesLate,
  changed,
  dueAt,
  heartbeatSignal,
  heldUntil,
  pinged,
  stateOf,
  usualGraceMs,
  type Watched,
} from "./monitor.ts";

const fresh: Watched = {
  enabled: true,
  intervalMs: 60_000,
  graceMs: 10_000,
  lastPingAt: null,
  countsFrom: null,
  lateSince: null,
};
const alive = pinged(fresh, 1_000).watched;

test("until the first sign nothing is expected", () => {
  assert.equal(stateOf(fresh), "waiting");
  assert.equal(dueAt(fresh), null);
  assert.equal(becomesLate(fresh, 10 ** 12), null);
});

test("late when the interval and its grace have passed, and not a moment before", () => {
  assert.equal(stateOf(alive), "alive");
  assert.equal(dueAt(alive), 71_000);
  assert.equal(becomesLate(alive, 70_999), null);
  const late = becomesLate(alive, 90_000);
  assert.ok(late);
  assert.deepEqual([stateOf(late), late.lateSince, dueAt(late)], ["late", 71_000, null]);
  assert.equal(becomesLate(late, 100_000), null, "it is raised once");
});

test("the next sign brings it back; one given before it was late, and written after, does not", () => {
  const late = becomesLate(alive, 71_000) ?? alive;
  assert.deepEqual(pinged(late, 70_000), { watched: late, returned: false });
  const back = pinged(late, 95_000);
  assert.equal(back.returned, true);
  assert.deepEqual([stateOf(back.watched), dueAt(back.watched)], ["alive", 165_000]);
});

test("signs written in another order than they came do not go back", () => {
  const { watched } = pinged(pinged(alive, 50_000).watched, 40_000);
  assert.deepEqual([watched.lastPingAt, watched.countsFrom], [50_000, 50_000]);
});

test("a paused one is not late, keeps its last sign, and counts anew when it is resumed", () => {
  const late = becomesLate(alive, 71_000) ?? alive;
  const paused = changed(late, { enabled: false }, 80_000);
  assert.deepEqual([stateOf(paused), paused.lateSince, dueAt(paused)], ["paused", null, null]);
  const heard = pinged(paused, 90_000).watched;
  assert.deepEqual([stateOf(heard), heard.lastPingAt], ["paused", 90_000]);
  const resumed = changed(heard, { enabled: true }, 500_000);
  assert.equal(dueAt(resumed), 570_000);
});

test("nothing is said of the past: an interval made shorter, or a time when nobody listened, counts from now", () => {
  assert.equal(dueAt(changed(alive, { intervalMs: 10_000 }, 60_000)), 80_000);
  assert.equal(changed(alive, { intervalMs: 60_000 }, 60_000), alive);
  assert.equal(dueAt(anew(alive, 900_000)), 970_000);
  assert.equal(dueAt(anew(fresh, 900_000)), null);
});

test("a sign is written once in a quarter of its interval; grace is a fifth of it, within bounds", () => {
  assert.equal(heldUntil(1_000, alive), 16_000);
  assert.deepEqual([10_000, 600_000, 10 ** 9].map(usualGraceMs), [30_000, 120_000, 3_600_000]);
});

test("its alert has one key for good, and an episode that begins when it became late", () => {
  const saying = { id: "x", title: "Silent", severity: "error", priority: null, serviceId: null, details: {} } as const;
  const { key, groupKey, stateful, startsAt, action } = heartbeatSignal(saying, "trigger", 71_000);
  assert.deepEqual(
    [key, groupKey, stateful, startsAt, action],
    ["heartbeat/x", "heartbeat/x", true, 71_000, "trigger"],
  );
});
