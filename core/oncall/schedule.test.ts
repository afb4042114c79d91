/** Who is on call and until when, turns, hours and what a change moves: each against a plain count by the minute. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { dayMs, hourMs, minuteMs, parseIso } from "../kernel/time.ts";
import { type Absence, holderAt, type LayeredSchedule } from "./final-schedule.ts";
import { hoursOf } from "./hours.ts";
import type { Rotation } from "./rotation.ts";
import { onCallAt, plainSchedule, turnsBetween } from "./schedule.ts";
import { compareSchedules } from "./schedule-change.ts";

const zone = "America/Montreal";
const at = (text: string): number => parseIso(text) ?? assert.fail(text);
const daily = (participants: (string | null)[], handoverTime = "09:00"): Rotation => ({
  kind: "daily",
  zone,
  startDate: "2026-10-01",
  handoverTime,
  lengthDays: 1,
  participants,
});
/** Nights by one rotation, working hours by another, over the end of summer time (1 November 2026). */
const two: LayeredSchedule = {
  layers: [
    {
      id: "day",
      rotation: daily(["ana", "ben", null]),
      restriction: {
        zone,
        openings: [{ days: [1, 2, 3, 4, 5], from: "08:00", until: "18:00" }],
        closedOn: ["2026-10-12"],
      },
    },
    { id: "night", rotation: daily(["cleo", "ben"], "20:00"), restriction: null },
  ],
  overrides: [
    { id: "o", personId: "dora", from: at("2026-10-31T22:00:00Z"), until: at("2026-11-01T08:30:00Z"), madeAt: 1 },
  ],
  declaredGaps: [],
};
const absences: Absence[] = [{ personId: "cleo", from: at("2026-11-03T00:00:00Z"), until: at("2026-11-05T12:00:00Z") }];
const from = at("2026-10-08T04:00:00Z");
const period = { from, until: from + 32 * dayMs };
const holder = (when: number, schedule = two): string | null => holderAt(schedule, absences, when)?.personId ?? null;

test("who is on call keeps it until the very minute at which somebody else has it, or nobody", () => {
  for (let when = from; when < period.until; when += 3 * hourMs + 7 * minuteMs) {
    const now = onCallAt(two, absences, when);
    assert.equal(now?.held.personId ?? null, holder(when));
    if (!now) continue;
    for (let minute = when; minute < now.until; minute += minuteMs) assert.equal(holder(minute), now.held.personId);
    assert.notEqual(holder(now.until), now.held.personId, new Date(now.until).toISOString());
  }
});

test("somebody alone in a rotation has it for as long as is looked ahead", () => {
  const alone = plainSchedule("1", "Primary", daily(["ana"]));
  const now = onCallAt(alone, [], from);
  assert.equal(now?.held.personId, "ana");
  assert.ok((now?.until ?? 0) > from + 30 * dayMs);
});

test("nobody is on call before the first hand-over, nor in an empty layer", () => {
  assert.equal(onCallAt(plainSchedule("1", "Primary", daily(["ana"])), [], at("2026-09-01T00:00:00Z")), null);
  assert.equal(onCallAt(plainSchedule("1", "Primary", daily([])), [], from), null);
});

test("turns follow each other without a hole, and each minute is its holder's", () => {
  const turns = turnsBetween(two, absences, period);
  assert.equal(turns[0]?.from, period.from);
  assert.equal(turns.at(-1)?.until, period.until);
  for (const [index, turn] of turns.entries()) {
    assert.equal(turn.until, turns[index + 1]?.from ?? period.until);
    assert.notEqual(turn.personId, turns[index + 1]?.personId ?? "the end");
    for (let minute = turn.from; minute < turn.until; minute += 30 * minuteMs)
      assert.equal(holder(minute), turn.personId);
  }
});

test("hours are what a count by the quarter of an hour gives, nights and week-ends in local time", () => {
  const counted = new Map<string, { hours: number; weekendHours: number; nightHours: number }>();
  for (let when = from; when < period.until; when += 15 * minuteMs) {
    const person = holder(when);
    if (person === null) continue;
    const here = Temporal.Instant.fromEpochMilliseconds(when).toZonedDateTimeISO(zone);
    const sums = counted.get(person) ?? { hours: 0, weekendHours: 0, nightHours: 0 };
    sums.hours += 0.25;
    if (here.dayOfWeek > 5) sums.weekendHours += 0.25;
    if (here.hour >= 22 || here.hour < 6) sums.nightHours += 0.25;
    counted.set(person, sums);
  }
  const found = hoursOf(two, absences, period, zone);
  assert.equal(found.length, counted.size);
  for (const { personId, turns, ...sums } of found) {
    assert.deepEqual(sums, counted.get(personId), personId);
    assert.ok(turns > 0);
  }
});

test("a change tells whose time goes to whom, and hours before and after", () => {
  const after = { ...two, overrides: [] };
  const moves = compareSchedules({ schedule: two, absences }, { schedule: after, absences }, period);
  assert.deepEqual(
    moves.moved.map((one) => [
      new Date(one.from).toISOString(),
      new Date(one.until).toISOString(),
      one.before,
      one.after,
    ]),
    [
      ["2026-10-31T22:00:00.000Z", "2026-11-01T00:00:00.000Z", "dora", "ben"],
      ["2026-11-01T00:00:00.000Z", "2026-11-01T08:30:00.000Z", "dora", "cleo"],
    ],
  );
  const dora = moves.hours.find((one) => one.personId === "dora");
  assert.deepEqual(dora, { personId: "dora", before: 10.5, after: 0 });
  assert.equal(moves.hours.length, 3);
});

test("a change of nothing moves nothing; an absence moves what its person had", () => {
  assert.deepEqual(compareSchedules({ schedule: two, absences }, { schedule: two, absences }, period), {
    moved: [],
    hours: [],
  });
  const moves = compareSchedules({ schedule: two, absences: [] }, { schedule: two, absences }, period);
  assert.ok(moves.moved.length > 0);
  assert.ok(moves.moved.every((one) => one.before === "cleo"));
});
