/** Limits of laws against an oracle that walks the calendar day by day, and the cases that people get wrong. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hourMs, minuteMs, parseIso } from "../kernel/time.ts";
import { endOf, extended, type Limit, type WorkingDays } from "./limit.ts";

const paris: WorkingDays = { zone: "Europe/Paris", weekdays: [1, 2, 3, 4, 5], closedOn: ["2026-05-01", "2026-12-25"] };
const at = (wall: string, zone = "Europe/Paris"): number =>
  Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).epochMilliseconds;
const said = (instant: number | null, zone = "Europe/Paris"): string | null =>
  instant === null
    ? null
    : Temporal.Instant.fromEpochMilliseconds(instant)
        .toZonedDateTimeISO(zone)
        .toPlainDateTime()
        .toString()
        .slice(0, 16);
const ends = (limit: Limit, wall: string, days = paris) => said(endOf(limit, at(wall, days.zone), days), days.zone);

test("hours run through nights, week-ends and changes of clock", () => {
  assert.equal(ends({ unit: "hours", count: 72 }, "2026-05-01T18:00"), "2026-05-04T18:00");
  assert.equal(
    ends({ unit: "hours", count: 24 }, "2026-03-28T12:00"),
    "2026-03-29T13:00",
    "the night has an hour less",
  );
  assert.equal(ends({ unit: "hours", count: 24 }, "2026-10-24T12:00"), "2026-10-25T11:00", "and here one more");
});

test("a month ends on the same day and wall clock, or on its last day", () => {
  const month: Limit = { unit: "months", count: 1 };
  assert.equal(ends(month, "2026-01-31T10:00"), "2026-02-28T10:00");
  assert.equal(ends(month, "2028-01-31T10:00"), "2028-02-29T10:00");
  assert.equal(ends(month, "2026-02-28T10:00"), "2026-03-28T10:00", "and not the last");
  assert.equal(ends(month, "2026-08-31T23:59"), "2026-09-30T23:59");
  assert.equal(ends(month, "2026-03-15T09:00"), "2026-04-15T09:00", "whatever the clocks did");
  assert.equal(ends(month, "2026-02-28T02:30"), "2026-03-28T02:30");
  assert.equal(
    ends({ unit: "days", count: 1 }, "2026-03-28T02:30"),
    "2026-03-29T03:30",
    "that day has no half past two",
  );
  assert.equal(ends({ unit: "days", count: 60 }, "2026-01-01T09:00"), "2026-03-02T09:00");
});

test("after the end of the year is counted from there, whatever the day", () => {
  const yearly: Limit = { unit: "days", count: 60, afterYearEnd: true };
  assert.equal(ends(yearly, "2026-02-03T09:00"), "2027-03-02T00:00", "the end of the sixtieth day");
  assert.equal(ends(yearly, "2027-12-31T23:59"), "2028-03-01T00:00", "in a leap year");
});

test("business days count from the next one, and end when their day does", () => {
  const days: WorkingDays = {
    zone: "America/New_York",
    weekdays: [1, 2, 3, 4, 5],
    closedOn: ["2026-11-26", "2026-12-25"],
  };
  const four: Limit = { unit: "business-days", count: 4, dayEndsAt: "17:30" };
  assert.equal(ends(four, "2026-06-01T10:00", days), "2026-06-05T17:30", "Monday to Friday");
  assert.equal(ends(four, "2026-06-06T10:00", days), "2026-06-11T17:30", "from Monday on, included");
  assert.equal(ends(four, "2026-11-23T20:00", days), "2026-11-30T17:30", "over Thanksgiving");
  assert.equal(ends({ unit: "business-days", count: 1 }, "2026-12-24T11:15", days), "2026-12-28T11:15");
});

test("what falls on a day off is extended to noon, or to the end, of the next working day", () => {
  assert.equal(said(extended(at("2026-05-01T18:00"), "noon", paris)), "2026-05-04T12:00", "a holiday on a Friday");
  assert.equal(said(extended(at("2026-05-02T08:00"), "end", paris)), "2026-05-05T00:00");
  assert.equal(extended(at("2026-04-30T18:00"), "noon", paris), null);
  assert.equal(
    said(extended(at("2026-05-02T00:00"), "noon", paris)),
    "2026-05-04T12:00",
    "midnight is of the day it begins",
  );
  assert.equal(extended(at("2026-05-04T00:00"), "noon", paris), null);
});

const zones = fc.constantFrom(
  "Europe/Paris",
  "America/Montreal",
  "Australia/Lord_Howe",
  "Asia/Kolkata",
  "Pacific/Apia",
);
const instants = fc
  .integer({ min: 0, max: 3 * 366 * 24 * 60 })
  .map((count) => (parseIso("2026-01-01T00:00:00Z") ?? 0) + count * minuteMs);
const calendars: fc.Arbitrary<WorkingDays> = fc.record({
  zone: zones,
  weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  closedOn: fc.array(
    fc.integer({ min: 0, max: 1_200 }).map((days) => Temporal.PlainDate.from("2026-01-01").add({ days }).toString()),
    { maxLength: 30 },
  ),
});
const wall = (instant: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);

test("hours are elapsed time, whatever the place", () => {
  fc.assert(
    fc.property(instants, fc.nat(2_000), calendars, (start, count, days) => {
      assert.equal(endOf({ unit: "hours", count }, start, days) - start, count * hourMs);
    }),
  );
});

test("months and days keep the day and the wall clock, except where there is none", () => {
  fc.assert(
    fc.property(instants, fc.integer({ min: 1, max: 24 }), zones, (start, count, zone) => {
      const days = { zone, weekdays: [1], closedOn: [] };
      const from = wall(start, zone).toPlainDateTime();
      const until = wall(endOf({ unit: "months", count }, start, days), zone).toPlainDateTime();
      const month = (from.year * 12 + from.month - 1 + count) % 12;
      const year = Math.floor((from.year * 12 + from.month - 1 + count) / 12);
      const last = new Temporal.PlainYearMonth(year, month + 1).daysInMonth;
      const wanted = Temporal.PlainDate.from({ year, month: month + 1, day: Math.min(from.day, last) });
      assert.equal(until.toPlainDate().toString(), wanted.toString());
      /* An hour that the day does not have moves forward by the gap. */
      const moved = wanted.toZonedDateTime({ timeZone: zone, plainTime: from.toPlainTime() });
      assert.equal(until.toPlainTime().toString(), moved.toPlainTime().toString());
    }),
  );
});

test("business days are found by walking the calendar", () => {
  fc.assert(
    fc.property(instants, fc.integer({ min: 1, max: 40 }), calendars, (start, count, days) => {
      let date = wall(start, days.zone).toPlainDate();
      for (let left = count; left > 0; ) {
        date = date.add({ days: 1 });
        if (days.weekdays.includes(date.dayOfWeek) && !days.closedOn.includes(date.toString())) left -= 1;
      }
      const end = endOf({ unit: "business-days", count, dayEndsAt: "17:30" }, start, days);
      assert.equal(end, date.toZonedDateTime({ timeZone: days.zone, plainTime: "17:30" }).epochMilliseconds);
    }),
  );
});

test("an extension is never before its limit, and always on a working day", () => {
  fc.assert(
    fc.property(instants, calendars, (limit, days) => {
      const worked = (instant: number) => {
        const date = wall(instant, days.zone).toPlainDate();
        return days.weekdays.includes(date.dayOfWeek) && !days.closedOn.includes(date.toString());
      };
      const until = extended(limit, "noon", days);
      assert.equal(until === null, worked(limit));
      if (until !== null) assert.ok(until > limit && worked(until));
    }),
  );
});
