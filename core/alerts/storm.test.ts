/** The storm rule, and its property over random arrivals. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { minuteMs, secondMs } from "../kernel/time.ts";
import {
  calm,
  endStorm,
  entryDue,
  entryWritten,
  joinStorm,
  noteOpened,
  type Placement,
  place,
  rejoinStorm,
  resolveInStorm,
  type StormState,
  startStorm,
  stormQuietMs,
  stormThreshold,
  stormWindowMs,
} from "./storm.ts";

const at = 1_000_000_000;

/** What the desk does with each newcomer. */
function arrive(state: StormState, when: number): { placed: Placement; state: StormState } {
  const placed = place(state, when);
  if (placed === "own-incident") return { placed, state: noteOpened(state, when) };
  const storming = placed === "start-storm" ? startStorm(state, `storm-${when}`, when) : state;
  return { placed, state: joinStorm(storming, `key-${when}`, when) };
}

function arriveAll(times: readonly number[]): { placed: Placement[]; state: StormState } {
  let state = calm;
  const placed = times.map((when) => {
    const arrived = arrive(state, when);
    state = arrived.state;
    return arrived.placed;
  });
  return { placed, state };
}
const every = (stepMs: number, many: number): number[] => Array.from({ length: many }, (_, i) => at + i * stepMs);

test("the eleventh in a minute starts the storm, the next join it", () => {
  const { placed, state } = arriveAll(every(secondMs, 14));
  assert.deepEqual(placed, [
    ...Array<Placement>(10).fill("own-incident"),
    "start-storm",
    ...Array<Placement>(3).fill("join-storm"),
  ]);
  assert.deepEqual([state.storm?.total, state.storm?.incidentId], [4, `storm-${at + 10 * secondMs}`]);
});

test("the minute rolls: ten a minute for an hour is no storm", () => {
  const { placed } = arriveAll(every(minuteMs / 10, 600));
  assert.deepEqual([...new Set(placed)], ["own-incident"]);
});

test("the minute is half-open: what was opened exactly a minute ago is out of it", () => {
  const ten = arriveAll(Array<number>(10).fill(at)).state;
  assert.equal(place(ten, at + minuteMs - 1), "start-storm");
  assert.equal(place(ten, at + minuteMs), "own-incident");
});

test("five minutes without a newcomer close it", () => {
  const { state } = arriveAll(every(secondMs, 12));
  const last = at + 11 * secondMs;
  assert.equal(place(state, last + stormQuietMs - 1), "join-storm");
  assert.equal(place(state, last + stormQuietMs), "own-incident");
  assert.equal(place(endStorm(state), last + 1), "start-storm", "ended by people while it still rains: another one");
});

test("those that come back or resolve are tallied, and keep no storm open", () => {
  const { state } = arriveAll(every(secondMs, 12));
  const later = resolveInStorm(resolveInStorm(rejoinStorm(state, "key-b"), "key-a"), "key-c");
  assert.equal(later.storm?.lastNewcomerAt, state.storm?.lastNewcomerAt);
  assert.deepEqual(later.storm?.joined, { count: 3, firstKey: `key-${at + 10_000}`, lastKey: "key-b" });
  assert.deepEqual(later.storm?.resolved, { count: 2, firstKey: "key-a", lastKey: "key-c" });
});

test("without a storm there is nothing to join, resolve or write", () => {
  for (const same of [
    joinStorm(calm, "k", at),
    rejoinStorm(calm, "k"),
    resolveInStorm(calm, "k"),
    entryWritten(calm, at),
  ])
    assert.equal(same, calm);
});

test("the first entry of a storm is due at once, the next a second after", () => {
  const started = startStorm(calm, "s", at);
  assert.deepEqual(entryDue(started, at), { now: true, dueAt: at });
  const written = entryWritten(joinStorm(started, "k", at), at);
  assert.deepEqual([written.storm?.joined, written.storm?.resolved], [null, null]);
  assert.deepEqual(entryDue(written, at + 999), { now: false, dueAt: at + secondMs });
  assert.equal(entryDue(written, at + secondMs).now, true);
});

/** Bursts and lulls: gaps from nothing to ten minutes. */
const arrivals = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 10 * minuteMs })), { maxLength: 120 })
  .map((gaps) => {
    let now = at;
    return gaps.map((gap) => {
      now += gap;
      return now;
    });
  });

test("whenever they arrive: never more than ten incidents of their own in any minute, and storms are apart", () => {
  fc.assert(
    fc.property(arrivals, (times) => {
      const { placed } = arriveAll(times);
      const own = times.filter((_, i) => placed[i] === "own-incident");
      for (const [i, first] of own.entries()) {
        const eleventh = own[i + stormThreshold];
        assert.ok(eleventh === undefined || eleventh - first >= stormWindowMs);
      }
      let newcomer: number | null = null;
      for (const [i, when] of times.entries()) {
        const open: boolean = newcomer !== null && when - newcomer < stormQuietMs;
        assert.equal(placed[i] === "join-storm", open);
        if (placed[i] !== "own-incident") newcomer = when;
      }
    }),
  );
});

test("whenever they arrive: entries are at least a second apart, and count everyone once", () => {
  fc.assert(
    fc.property(arrivals, (times) => {
      let state = startStorm(calm, "s", at);
      const written: { when: number; count: number }[] = [];
      const write = (when: number) => {
        written.push({ when, count: state.storm?.joined?.count ?? 0 });
        state = entryWritten(state, when);
      };
      for (const when of times) {
        const { dueAt } = entryDue(state, when);
        if (state.storm?.joined && dueAt < when) write(dueAt);
        state = joinStorm(state, "k", when);
        if (entryDue(state, when).now) write(when);
      }
      if (state.storm?.joined) write(entryDue(state, times.at(-1) ?? at).dueAt);
      for (const [i, one] of written.entries())
        assert.ok(i === 0 || one.when - (written[i - 1]?.when ?? 0) >= secondMs);
      assert.equal(
        written.reduce((sum, one) => sum + one.count, 0),
        times.length,
      );
    }),
  );
});
