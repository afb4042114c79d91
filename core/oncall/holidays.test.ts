import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { holds } from "../kernel/spans.ts";
import { dueAt } from "./business-time.ts";
import { layerOf, type RotationDefinition, spelledLayer } from "./definition.ts";
import { finalSchedule, holderAt, type LayeredSchedule } from "./final-schedule.ts";
import {
  type HolidayDay,
  holidaysBetween,
  hoursWith,
  type OpeningHoursDefinition,
  type PlaceDays,
} from "./holidays.ts";
import { isOpen, openingsBetween } from "./opening-hours.ts";

const at = (iso: string): number => Temporal.Instant.from(iso).epochMilliseconds;
const day = (date: string, nameFr: string, optional = false): HolidayDay => ({
  date,
  nameFr,
  nameEn: nameFr,
  optional,
});
const quebec: PlaceDays = {
  place: "CA-QC",
  days: [
    day("2027-03-29", "Lundi de Pâques", true),
    day("2027-05-24", "Journée nationale des patriotes"),
    day("2027-06-24", "Fête nationale"),
  ],
};
const office: OpeningHoursDefinition = {
  zone: "America/Toronto",
  openings: [{ days: [1, 2, 3, 4, 5], from: "09:00", until: "17:00" }],
  closedOn: [],
  holidays: { place: "CA-QC", on: "closed" },
};
const noon = (date: string): number => at(`${date}T16:00:00Z`);

test("office hours are closed on the holidays of their place, and on optional ones only where they say so", () => {
  const kept = hoursWith(office, [quebec]);
  assert.equal(isOpen(kept, noon("2027-05-24")), false, "a Monday");
  assert.equal(isOpen(kept, noon("2027-05-25")), true);
  assert.equal(isOpen(kept, noon("2027-06-24")), false, "a Thursday");
  assert.equal(isOpen(kept, noon("2027-03-29")), true, "Easter Monday is worked by default");
  const all = hoursWith({ ...office, holidays: { place: "CA-QC", on: "closed", optional: true } }, [quebec]);
  assert.equal(isOpen(all, noon("2027-03-29")), false);
  assert.equal(isOpen(hoursWith(office, []), noon("2027-05-24")), true, "no days were handed over");
});

test("hours outside the office may take holidays whole, from midnight to midnight; a date named by hand comes first", () => {
  const nights: OpeningHoursDefinition = {
    ...office,
    openings: [{ days: [1, 2, 3, 4, 5], from: "17:00", until: "24:00" }],
    holidays: { place: "CA-QC", on: "open" },
  };
  const period = { from: at("2027-06-24T04:00:00Z"), until: at("2027-06-25T04:00:00Z") };
  assert.deepEqual(openingsBetween(hoursWith(nights, [quebec]), period), [period]);
  assert.deepEqual(openingsBetween(hoursWith({ ...nights, closedOn: ["2027-06-24"] }, [quebec]), period), []);
});

test("given a layer for the office over one for everybody, when it is a holiday, then the one under has it", () => {
  const rotation = (person: string): RotationDefinition => ({
    kind: "daily",
    zone: "America/Toronto",
    startDate: "2027-01-04",
    handoverTime: "00:00",
    lengthDays: 1,
    participants: [person],
  });
  const layers = [
    { id: "office", name: "", rotation: rotation("ana"), restriction: office },
    { id: "always", name: "", rotation: rotation("ben"), restriction: null },
  ].map((one) => layerOf(one, [quebec]));
  const schedule: LayeredSchedule = { layers, overrides: [], declaredGaps: [] };
  assert.equal(holderAt(schedule, [], noon("2027-05-21"))?.personId, "ana");
  assert.equal(holderAt(schedule, [], noon("2027-05-24"))?.personId, "ben");
  const period = { from: at("2027-05-24T04:00:00Z"), until: at("2027-05-25T04:00:00Z") };
  assert.deepEqual(
    finalSchedule(schedule, [], period).stretches.map(({ held }) => held.personId),
    ["ben"],
  );
  assert.deepEqual(
    layers.map(spelledLayer).map(({ restriction }) => restriction?.holidays),
    [office.holidays, undefined],
    "what is kept names the place, and not its days",
  );
  assert.deepEqual(
    holidaysBetween(layers, [quebec], period).map(({ nameFr, place, from, until }) => [nameFr, place, from, until]),
    [["Journée nationale des patriotes", "CA-QC", period.from, period.until]],
  );
});

test("a target counts no holiday", () => {
  const friday = at("2027-05-21T20:00:00Z");
  const calendar = hoursWith(office, [quebec]);
  assert.equal(dueAt({ calendar, start: friday, pauses: [] }, 2 * 3_600_000), at("2027-05-25T14:00:00Z"));
});

test("whatever the days: never open on a closed holiday, open through an open one, the same otherwise", () => {
  const date = fc.integer({ min: 0, max: 120 }).map((n) => Temporal.PlainDate.from("2027-02-01").add({ days: n }));
  fc.assert(
    fc.property(fc.array(date, { maxLength: 8 }), date, fc.integer({ min: 0, max: 23 }), (dates, probed, hour) => {
      const known = [{ place: "CA-QC", days: dates.map((one) => day(one.toString(), "")) }];
      const instant = probed.toZonedDateTime({ timeZone: office.zone, plainTime: { hour } }).epochMilliseconds;
      const isHoliday = dates.some((one) => one.equals(probed));
      const bare = isOpen(hoursWith(office, []), instant);
      const closed = hoursWith(office, known);
      const open = hoursWith({ ...office, holidays: { place: "CA-QC", on: "open" } }, known);
      assert.equal(isOpen(closed, instant), bare && !isHoliday);
      assert.equal(isOpen(open, instant), bare || isHoliday);
      const period = { from: instant - 86_400_000, until: instant + 86_400_000 };
      for (const hours of [closed, open])
        assert.equal(holds(openingsBetween(hours, period), instant), isOpen(hours, instant));
    }),
  );
});
