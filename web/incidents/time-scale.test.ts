import assert from "node:assert/strict";
import { test } from "node:test";
import { dayMs, hourMs, minuteMs } from "#core/kernel/time.ts";
import { exampleView, reportedAt } from "./example-view.ts";
import { placeOn, scaleOf, spansOf } from "./time-scale.ts";

const now = Date.parse(reportedAt) + 2 * hourMs;
const later = (minutes: number): string => new Date(Date.parse(reportedAt) + minutes * minuteMs).toISOString();

test("the window holds most of what is open, and one old incident does not widen it", () => {
  const young = Array.from({ length: 9 }, (_, n) => now - n * 20 * minuteMs);
  const scale = scaleOf([...young, now - 40 * dayMs], now);
  assert.equal(scale.from, now - 6 * hourMs);
  assert.equal(placeOn(scale, now - 40 * dayMs), 0);
  assert.ok(placeOn(scale, now) < 1 && placeOn(scale, now) > 0.9);
  assert.equal(scaleOf([], now).from, now - 6 * hourMs);
  assert.equal(scaleOf([now - 400 * dayMs], now).from, now - 90 * dayMs);
});

test("marks are few, inside the window, and evenly apart", () => {
  for (const age of [hourMs, 20 * hourMs, 2 * dayMs, 6 * dayMs, 20 * dayMs, 80 * dayMs]) {
    const { from, marks } = scaleOf([now - age], now);
    assert.ok(marks.length >= 5 && marks.length <= 8, `${marks.length} marks`);
    assert.ok(marks.every((at) => at >= from && at <= now));
    assert.equal(new Set(marks.slice(1).map((at, n) => at - (marks[n] ?? 0))).size, 1);
  }
});

test("an incident is waiting, then worked on, then restored, without a gap", () => {
  const phases = (milestones: Record<string, string>) =>
    spansOf(exampleView({ milestones: { reported: reportedAt, ...milestones } }), now).map(
      ({ phase, from, until }) => `${phase} ${(until - from) / minuteMs}`,
    );
  assert.deepEqual(phases({}), ["waiting 120"]);
  assert.deepEqual(phases({ accepted: later(10) }), ["waiting 10", "working 110"]);
  assert.deepEqual(phases({ accepted: later(10), restored: later(50) }), ["waiting 10", "working 40", "restored 70"]);
  assert.deepEqual(phases({ restored: later(50) }), ["waiting 50", "restored 70"]);
  assert.deepEqual(phases({ restored: later(50), accepted: later(60) }), ["waiting 50", "restored 70"]);
});
