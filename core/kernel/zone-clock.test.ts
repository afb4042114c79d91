/** Every change of every zone, 2006 to 2044, against Temporal: around the change to the millisecond, and anywhere else. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dayMs, hourMs, minuteMs } from "./time.ts";
import { dayNamed, wallMsOf, weekdayOf, zoneClock } from "./zone-clock.ts";

const zones = Intl.supportedValuesOf("timeZone");

const byTemporal = (zone: string, wall: number): number =>
  Temporal.Instant.fromEpochMilliseconds(wall)
    .toZonedDateTimeISO("UTC")
    .toPlainDateTime()
    .toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds;

function assertSame(zone: string, wall: number): void {
  const day = Math.floor(wall / dayMs);
  assert.equal(
    zoneClock(zone).toInstant(day, wall - day * dayMs),
    byTemporal(zone, wall),
    `${zone} ${new Date(wall).toISOString()}`,
  );
}

test("around each change of each zone from 2020 to 2035, wall clocks are Temporal's", () => {
  let changes = 0;
  for (const zone of zones) {
    let at = Temporal.Instant.from("2020-01-01T00:00Z").toZonedDateTimeISO(zone);
    for (;;) {
      const next = at.getTimeZoneTransition("next");
      if (next === null || next.year > 2035) break;
      changes += 1;
      const before = at.epochMilliseconds;
      at = next;
      for (const offset of [next.offsetNanoseconds / 1e6, next.subtract({ minutes: 1 }).offsetNanoseconds / 1e6])
        for (const by of [-hourMs, -minuteMs, -1, 0, 1, minuteMs, 30 * minuteMs, hourMs])
          assertSame(zone, next.epochMilliseconds + offset + by);
      const { dayOf } = zoneClock(zone);
      for (const instant of [next.epochMilliseconds - 1, next.epochMilliseconds, before]) {
        const shown = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate();
        assert.equal(dayOf(instant), dayNamed(shown.toString()), zone);
      }
    }
  }
  assert.ok(changes > 3_000, `${changes} changes`);
});

test("anywhere in three centuries, in any zone, the same", () => {
  const instants = fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(2200, 0) });
  fc.assert(fc.property(fc.constantFrom(...zones), instants, assertSame), { numRuns: 3_000 });
});

test("a zone that does not exist is refused", () => {
  assert.throws(() => zoneClock("Mars/Olympus"), RangeError);
});

test("dates, weekdays and times of a day are read, and what is none is undefined", () => {
  assert.equal(dayNamed("1970-01-01"), 0);
  assert.equal(dayNamed("2026-02-29"), undefined);
  assert.deepEqual(
    ["1970-01-01", "2026-11-23", "1969-12-28"].map((date) => weekdayOf(dayNamed(date) ?? 0)),
    [4, 1, 7],
  );
  assert.deepEqual(["00:00", "09:30", "24:00", "09:30:15"].map(wallMsOf), [0, 34_200_000, dayMs, 34_215_000]);
  for (const time of ["24:01", "9:00", "12:60", "", "noon"]) assert.equal(wallMsOf(time), undefined, time);
});
