import assert from "node:assert/strict";
import { test } from "node:test";
import { gapsOf as gapsOfSchedule } from "./coverage.ts";
import type { Rotation } from "./rotation.ts";
import { plainSchedule } from "./schedule.ts";

const at = (iso: string): number => Temporal.Instant.from(iso).epochMilliseconds;
const day = 86_400_000;
const from = at("2026-10-12T13:00:00Z");
const fortnight = { from, until: from + 14 * day };
const weekly = (participants: Rotation["participants"], startDate = "2026-10-05"): Rotation => ({
  kind: "weekly",
  zone: "America/Toronto",
  startDate,
  handoverTime: "09:00",
  lengthWeeks: 1,
  participants,
});
const everybody = () => true;
const gapsOf = (rotation: Rotation, period: { from: number; until: number }, answers: (id: string) => boolean) =>
  gapsOfSchedule(plainSchedule("1", "Primary", rotation), [], period, answers);

test("a rotation of one has no gap, for a fortnight nor for a year", () => {
  assert.deepEqual(gapsOf(weekly(["ana"]), fortnight, everybody), []);
  assert.deepEqual(gapsOf(weekly(["ana"]), { from, until: from + 365 * day }, everybody), []);
});

test("a turn without anybody is a gap, from one hand-over to the next", () => {
  assert.deepEqual(gapsOf(weekly(["ana", null]), fortnight, everybody), [
    { from, until: at("2026-10-19T13:00:00Z"), personId: null },
  ]);
});

test("a turn of somebody who may not be called is a gap too, and says whose", () => {
  const gaps = gapsOf(weekly(["ana", "gone"]), fortnight, (id) => id !== "gone");
  assert.deepEqual(gaps, [{ from, until: at("2026-10-19T13:00:00Z"), personId: "gone" }]);
});

test("before a rotation begins there is nobody, to the very hand-over", () => {
  const gaps = gapsOf(weekly(["ana"], "2026-10-19"), fortnight, everybody);
  assert.deepEqual(gaps, [{ from, until: at("2026-10-19T13:00:00Z"), personId: null }]);
});

test("one that begins later, or has nobody at all, leaves the whole period open; neighbours are one", () => {
  const whole = [{ ...fortnight, personId: null }];
  assert.deepEqual(gapsOf(weekly(["ana"], "2027-01-04"), fortnight, everybody), whole);
  assert.deepEqual(gapsOf(weekly([]), fortnight, everybody), whole);
  assert.deepEqual(gapsOf(weekly([null, null]), fortnight, everybody), whole);
});
