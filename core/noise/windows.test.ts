/** Maintenance by wall clocks: what a change of clocks must not move. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createChance } from "../drills/chance.ts";
import { dayMs, hourMs, parseIso, toIso, zoned } from "../kernel/time.ts";
import { coveredUntil, nextOccurrence, occurrencesBetween, type Recurrence } from "./windows.ts";

const at = (text: string): number => parseIso(text) ?? Number.NaN;
const montreal = { zone: "America/Montreal", startDate: "2026-01-01", endDate: null, from: "22:00", until: "04:00" };
const spell = (spans: readonly { readonly from: number; readonly until: number }[]): string[][] =>
  spans.map(({ from, until }) => [toIso(from), toIso(until)]);
const again = (recurrence: Recurrence) => ({ when: { again: recurrence } });

test("a night of maintenance has its wall clocks whatever the clocks do: 5, 6 or 7 hours", () => {
  const sunday = again({ ...montreal, every: "week", days: [6] });
  const spring = occurrencesBetween(sunday, { from: at("2026-03-07T12:00:00Z"), until: at("2026-03-09T00:00:00Z") });
  assert.deepEqual(spell(spring), [["2026-03-08T03:00:00.000Z", "2026-03-08T08:00:00.000Z"]]);
  const autumn = occurrencesBetween(sunday, { from: at("2026-10-31T12:00:00Z"), until: at("2026-11-02T00:00:00Z") });
  assert.deepEqual(spell(autumn), [["2026-11-01T02:00:00.000Z", "2026-11-01T09:00:00.000Z"]]);
  const usual = occurrencesBetween(sunday, { from: at("2026-06-06T12:00:00Z"), until: at("2026-06-08T00:00:00Z") });
  assert.equal((usual[0]?.until ?? 0) - (usual[0]?.from ?? 0), 6 * hourMs);
});

test("the 31st is a month's last day; the last Friday and the second Tuesday are theirs", () => {
  const year = { from: at("2027-01-01T12:00:00Z"), until: at("2027-05-01T00:00:00Z") };
  const dates = (recurrence: Recurrence): string[] =>
    occurrencesBetween(again(recurrence), year).map(({ from }) => zoned(from, montreal.zone).toPlainDate().toString());
  const short = { ...montreal, from: "01:00", until: "02:30" };
  assert.deepEqual(dates({ ...short, every: "month", day: 31 }), [
    "2027-01-31",
    "2027-02-28",
    "2027-03-31",
    "2027-04-30",
  ]);
  assert.deepEqual(dates({ ...short, every: "month-weekday", week: 5, weekday: 5 }), [
    "2027-01-29",
    "2027-02-26",
    "2027-03-26",
    "2027-04-30",
  ]);
  assert.deepEqual(dates({ ...short, every: "month-weekday", week: 2, weekday: 2 }), [
    "2027-01-12",
    "2027-02-09",
    "2027-03-09",
    "2027-04-13",
  ]);
});

test("it begins on its first date and not after its last, and what is over has no next", () => {
  const few = again({
    ...montreal,
    every: "week",
    days: [1, 2, 3, 4, 5, 6, 7],
    startDate: "2026-06-10",
    endDate: "2026-06-11",
  });
  assert.equal(toIso(nextOccurrence(few, at("2026-01-01T00:00:00Z"))?.from ?? 0), "2026-06-11T02:00:00.000Z");
  assert.equal(coveredUntil(few, at("2026-06-11T02:00:00Z")), at("2026-06-11T08:00:00Z"));
  assert.equal(coveredUntil(few, at("2026-06-11T08:00:00Z")), null);
  assert.equal(nextOccurrence(few, at("2026-06-12T08:00:00Z")), null);
});

test("whatever the recurrence, it covers an instant exactly when an occurrence holds it", () => {
  const chance = createChance(11);
  for (let i = 0; i < 300; i++) {
    const clock = (): string => `${String(chance.below(24)).padStart(2, "0")}:${chance.oneOf(["00", "30"])}`;
    const base = {
      ...montreal,
      zone: chance.oneOf(["America/Montreal", "Europe/Paris", "UTC"]),
      from: clock(),
      until: clock(),
    };
    const recurrence = chance.oneOf<Recurrence>([
      { ...base, every: "week", days: [1, 2, 3, 4, 5, 6, 7].filter(() => chance.happens(0.5)) },
      { ...base, every: "month", day: 1 + chance.below(31) },
      { ...base, every: "month-weekday", week: 1 + chance.below(5), weekday: 1 + chance.below(7) },
    ]);
    const instant = at("2026-03-01T00:00:00Z") + Math.floor(chance.next() * 270 * dayMs);
    const around = occurrencesBetween(again(recurrence), { from: instant - 3 * dayMs, until: instant + 10 * dayMs });
    const holding = around.find(({ from, until }) => from <= instant && instant < until);
    assert.equal(coveredUntil(again(recurrence), instant), holding?.until ?? null, JSON.stringify(recurrence));
  }
});
