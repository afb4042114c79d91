import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { holds, union } from "../kernel/spans.ts";
import { dayMs, hourMs } from "../kernel/time.ts";
import { finalSchedule, holderAt } from "./final-schedule.ts";
import type { Rotation } from "./rotation.ts";
import { mayStandIn, onCallAt, plainSchedule, type Schedule, withStandIns } from "./schedule.ts";

const start = Date.UTC(2027, 5, 1);
const rotation = (participants: Rotation["participants"]): Rotation => ({
  kind: "daily",
  zone: "UTC",
  startDate: "2027-01-01",
  handoverTime: "00:00",
  lengthDays: 1,
  participants,
});
const usual = plainSchedule("usual", "Usual", rotation(["ana"]));
const during = (from: number, until: number) => ({
  for: "usual",
  from: start + from * dayMs,
  until: start + until * dayMs,
});
const summer: Schedule = { ...plainSchedule("summer", "Summer", rotation(["ben", null])), standsIn: during(10, 20) };
const withSummer = (changes: Partial<Schedule> = {}): Schedule => {
  const [found] = withStandIns([{ ...usual, ...changes }, summer]);
  assert.ok(found);
  return found;
};
const at = (days: number): number => start + days * dayMs + hourMs;
const who = (schedule: Schedule, days: number): string | null => holderAt(schedule, [], at(days))?.personId ?? null;

test("given a schedule that stands in, when its time comes, then its layers count instead, gaps included", () => {
  const days = [9, 10, 11, 12, 19, 20];
  assert.deepEqual(
    days.map((day) => who(withSummer(), day)),
    ["ana", null, "ben", null, "ben", "ana"],
  );
  const { gaps } = finalSchedule(withSummer(), [], { from: start + 10 * dayMs, until: start + 12 * dayMs });
  assert.deepEqual(gaps, [{ from: start + 10 * dayMs, until: start + 11 * dayMs, declared: false }]);
});

test("what is put over the usual one stays over both; a gap declared in either is declared", () => {
  const over = { id: "1", personId: "cleo", madeAt: 0, from: start + 10 * dayMs, until: start + 12 * dayMs };
  assert.equal(who(withSummer({ overrides: [over] }), 10), "cleo");
  const declaredGaps = [{ from: start + 10 * dayMs, until: start + 11 * dayMs }];
  const period = { from: start + 10 * dayMs, until: start + 11 * dayMs };
  assert.equal(finalSchedule(withSummer({ declaredGaps }), [], period).gaps[0]?.declared, true);
  const [own] = withStandIns([usual, { ...summer, declaredGaps }]);
  assert.ok(own);
  assert.equal(finalSchedule(own, [], period).gaps[0]?.declared, true);
});

test("a turn ends where another schedule takes its place, and begins again after it", () => {
  assert.equal(onCallAt(withSummer(), [], at(9))?.until, start + 10 * dayMs);
  assert.equal(onCallAt(withSummer(), [], at(11))?.until, start + 12 * dayMs);
});

test("one stands in for no other than a schedule in its own right, and never while another does", () => {
  const all = (...list: Schedule[]) => new Map(withStandIns(list).map((one) => [one.id, one]));
  const known = all(usual, summer, plainSchedule("other", "Other", rotation(["ana"])));
  assert.equal(mayStandIn(known, "new", during(20, 30)), true);
  assert.equal(mayStandIn(known, "new", during(15, 30)), false, "summer does until then");
  assert.equal(mayStandIn(known, "summer", during(12, 25)), true, "its own time may move");
  assert.equal(mayStandIn(known, "usual", during(20, 30)), false, "not for itself");
  assert.equal(mayStandIn(known, "usual", { ...during(20, 30), for: "other" }), false, "not while it has one itself");
  assert.equal(mayStandIn(known, "new", { ...during(20, 30), for: "summer" }), false, "not for one that stands in");
  assert.equal(mayStandIn(known, "new", { ...during(20, 30), for: "gone" }), false);
});

test("whatever stands in when: the stretches and gaps are the period, and say what is asked of an instant", () => {
  const standIn = fc
    .record({ from: fc.integer({ min: 0, max: 30 }), length: fc.integer({ min: 1, max: 12 }), nobody: fc.boolean() })
    .map(({ from, length, nobody }, index = 0) => ({
      ...plainSchedule(`s${from}-${length}-${index}`, "", rotation(nobody ? ["ben", null] : ["ben"])),
      standsIn: during(from, from + length),
    }));
  fc.assert(
    fc.property(fc.array(standIn, { maxLength: 4 }), fc.integer({ min: 0, max: 40 * 24 }), (list, hours) => {
      const [schedule] = withStandIns([usual, ...list]);
      assert.ok(schedule);
      const period = { from: start, until: start + 45 * dayMs };
      const { stretches, gaps } = finalSchedule(schedule, [], period);
      assert.deepEqual(union([...stretches, ...gaps]), [period]);
      const instant = start + hours * hourMs;
      const stretch = stretches.find((one) => holds([one], instant));
      assert.deepEqual(stretch?.held ?? null, holderAt(schedule, [], instant));
      const turn = onCallAt(schedule, [], instant);
      if (turn) assert.equal(holderAt(schedule, [], turn.until - 1)?.personId, turn.held.personId);
    }),
  );
});
