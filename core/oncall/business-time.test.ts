/** Business time minute by minute against an oracle, and the defects that other desks published, as cases. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hourMs, minuteMs, parseIso } from "../kernel/time.ts";
import { type BusinessClock, dueAt, isOverdue, isPausedAt, usedAt, warningsOf } from "./business-time.ts";
import { isOpen, type OpeningHours } from "./opening-hours.ts";

const at = (text: string): number => parseIso(`${text}-04:00`) ?? assert.fail(text);
const office: OpeningHours = {
  zone: "America/Montreal",
  openings: [{ days: [1, 2, 3, 4, 5], from: "09:00", until: "17:00" }],
  closedOn: ["2026-07-01"],
};
const clock = (start: string, pauses: readonly [string, string | null][] = [], calendar = office): BusinessClock => ({
  calendar,
  start: at(start),
  pauses: pauses.map(([from, until]) => ({ from: at(from), until: until === null ? null : at(until) })),
});
const said = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant - 4 * hourMs).toISOString().slice(0, 16);

/* 2026-06-05 is a Friday. */
test("time runs in opening hours only, over a week-end and a holiday, and is due at the closing minute", () => {
  assert.equal(said(dueAt(clock("2026-06-05T16:00"), 2 * hourMs)), "2026-06-08T10:00");
  assert.equal(said(dueAt(clock("2026-06-05T15:00"), 2 * hourMs)), "2026-06-05T17:00", "closing, not the next opening");
  assert.equal(said(dueAt(clock("2026-06-30T16:00"), 2 * hourMs)), "2026-07-02T10:00", "1 July is a holiday");
  assert.equal(said(dueAt(clock("2026-06-06T12:00"), hourMs)), "2026-06-08T10:00", "begun while closed");
  assert.equal(said(dueAt(clock("2026-06-05T12:00"), 0)), "2026-06-05T12:00");
});

test("a pause over a week-end takes away its open time, once (GLPI 10594)", () => {
  const paused = clock("2026-06-05T16:00", [["2026-06-05T16:30", "2026-06-08T09:30"]]);
  assert.equal(said(dueAt(paused, 2 * hourMs)), "2026-06-08T11:00");
  assert.equal(usedAt(paused, at("2026-06-08T10:30")), 90 * minuteMs);
  const twice = clock("2026-06-05T16:00", [
    ["2026-06-05T16:30", "2026-06-08T09:15"],
    ["2026-06-06T00:00", "2026-06-08T09:30"],
  ]);
  assert.equal(dueAt(twice, 2 * hourMs), dueAt(paused, 2 * hourMs), "two that overlap take away once");
  const closed = clock("2026-06-05T16:00", [["2026-06-05T18:00", "2026-06-07T12:00"]]);
  assert.equal(said(dueAt(closed, 2 * hourMs)), "2026-06-08T10:00", "over closed time it takes nothing away");
});

test("warnings follow the calendar, whatever it is (GLPI 15429, Zammad 4432)", () => {
  const shares = warningsOf(clock("2026-06-05T16:00"), 4 * hourMs).map(({ share, at: when }) => [share, said(when)]);
  assert.deepEqual(shares, [
    [50, "2026-06-08T10:00"],
    [75, "2026-06-08T11:00"],
    [90, "2026-06-08T11:36"],
    [100, "2026-06-08T12:00"],
  ]);
});

test("another target keeps start, time used and pauses; one that is used up already was due when it was (GLPI 15605)", () => {
  const paused = clock("2026-06-08T09:00", [["2026-06-08T10:00", "2026-06-08T12:00"]]);
  assert.equal(said(dueAt(paused, 4 * hourMs)), "2026-06-08T15:00");
  assert.equal(said(dueAt(paused, 2 * hourMs)), "2026-06-08T13:00");
  assert.equal(said(dueAt(paused, hourMs / 2)), "2026-06-08T09:30");
});

test("every share has its warning, also over a pause, and not the first alone (GLPI 5319)", () => {
  const paused = clock("2026-06-08T09:00", [["2026-06-08T12:00", "2026-06-09T10:00"]]);
  const warned = warningsOf(paused, 4 * hourMs).map(({ at: when }) => said(when));
  assert.deepEqual(warned, ["2026-06-08T11:00", "2026-06-08T12:00", "2026-06-09T10:36", "2026-06-09T11:00"]);
});

test("of two targets each is due by itself, and none of what one was leaves a trace in another (Zammad 5177, 5624)", () => {
  const one = clock("2026-06-08T09:00");
  const [first, update] = [hourMs, 6 * hourMs];
  const before = [dueAt(one, first), warningsOf(one, first)];
  assert.equal(said(dueAt(one, update)), "2026-06-08T15:00");
  assert.deepEqual([dueAt(one, first), warningsOf(one, first)], before, "the longer one overrules nothing");
  const night: OpeningHours = { ...office, openings: [{ days: [1, 2, 3, 4, 5], from: "22:00", until: "24:00" }] };
  const elsewhere = clock("2026-06-08T09:00", [], night);
  assert.equal(said(dueAt(elsewhere, first)), "2026-06-08T23:00", "another calendar is all that counts");
});

test("while it is paused with some target left, it is never overdue (GLPI 24481)", () => {
  const lasts = clock("2026-06-08T09:00", [["2026-06-08T10:00", null]]);
  assert.equal(dueAt(lasts, 2 * hourMs), null);
  assert.equal(isOverdue(lasts, 2 * hourMs, at("2027-06-08T10:00")), false);
  assert.equal(isPausedAt(lasts, at("2026-06-08T10:00")), true);
  assert.equal(said(dueAt(lasts, hourMs / 2)), "2026-06-08T09:30", "what was used up before stays due");
  assert.equal(isOverdue(lasts, hourMs / 2, at("2026-06-08T09:30")), true);
});

test("a whole day has 23 or 25 hours where clocks change", () => {
  const always: OpeningHours = {
    zone: "America/Montreal",
    openings: [{ days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", until: "24:00" }],
    closedOn: [],
  };
  const used = (date: string, next: string): number => {
    const [from, until] = [date, next].map(
      (day) => Temporal.PlainDate.from(day).toZonedDateTime("America/Montreal").epochMilliseconds,
    ) as [number, number];
    return usedAt({ calendar: always, start: from, pauses: [] }, until) / hourMs;
  };
  assert.deepEqual([used("2026-03-08", "2026-03-09"), used("2026-11-01", "2026-11-02")], [23, 25]);
});

test("a calendar that is never open, or no more, is never due", () => {
  const never: OpeningHours = { ...office, openings: [] };
  assert.equal(dueAt(clock("2026-06-08T09:00", [], never), 1), null);
});

const times = fc.constantFrom("00:00", "02:00", "02:30", "09:00", "12:00", "17:00", "24:00");
const calendars: fc.Arbitrary<OpeningHours> = fc.record({
  zone: fc.constantFrom("America/Montreal", "Europe/Paris", "Australia/Lord_Howe", "Asia/Kolkata"),
  openings: fc.array(
    fc.record({ days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }), from: times, until: times }),
    { maxLength: 3 },
  ),
  closedOn: fc.array(fc.constantFrom("2026-03-08", "2026-03-30", "2026-11-02"), { maxLength: 2 }),
});
const minute = fc.integer({ min: 0, max: 330 * 24 * 60 }).map((count) => Date.UTC(2026, 0, 1) + count * minuteMs);
const lengths = fc.integer({ min: 1, max: 2 * 24 * 60 }).map((count) => count * minuteMs);

test("each minute counts as its own instant says, and what is due is due when the target is used up", () => {
  fc.assert(
    fc.property(
      calendars,
      minute,
      fc.array(fc.tuple(fc.nat(3 * 24 * 60), lengths), { maxLength: 3 }),
      lengths,
      (calendar, start, breaks, target) => {
        const pauses = breaks.map(([after, length]) => ({
          from: start + after * minuteMs,
          until: start + after * minuteMs + length,
        }));
        const known: BusinessClock = { calendar, start, pauses };
        let used = 0;
        let due: number | null = null;
        for (let now = start; now < start + 4 * 24 * hourMs; now += minuteMs) {
          const counts = isOpen(calendar, now) && !isPausedAt(known, now);
          if (counts) used += minuteMs;
          if (used >= target && due === null) due = now + minuteMs;
        }
        assert.equal(usedAt(known, start + 4 * 24 * hourMs), used);
        if (due !== null) assert.equal(dueAt(known, target), due);
        else assert.ok((dueAt(known, target) ?? Number.POSITIVE_INFINITY) > start + 4 * 24 * hourMs);
      },
    ),
    { numRuns: 60 },
  );
});
