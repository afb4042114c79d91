import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as format from "./format.ts";

const n = "\u00a0";
const zone = "America/Toronto";
const at = (iso: string): number => Temporal.Instant.from(iso).epochMilliseconds;
const spring = at("2026-03-05T14:07:00Z");

test("hours: a colon on screens, « 9 h 07 » in French prose", () => {
  assert.equal(format.hour(spring, zone), "09:07");
  assert.equal(format.proseHour(spring, zone, "fr"), `9${n}h${n}07`);
  assert.equal(format.proseHour(spring, zone, "en"), "09:07");
});

test("each place writes hours and dates its own way", () => {
  const afternoon = at("2026-03-05T19:30:00Z");
  assert.equal(format.proseHour(afternoon, zone, "fr-CA"), `14${n}h${n}30`);
  assert.equal(format.proseHour(afternoon, zone, "fr-FR"), "14h30");
  assert.equal(format.dateTime(afternoon, zone, "fr-FR"), `5${n}mars${n}2026 à 14h30`);
  assert.equal(format.dateTime(afternoon, zone, "en-CA"), `March${n}5,${n}2026 at 14:30`);
  assert.equal(format.longDate(afternoon, zone, "en-CA"), `Thursday, March${n}5,${n}2026`);
  assert.equal(format.shortDate(afternoon, zone, "en-CA"), `March${n}5`);
  assert.equal(format.number(1_234, "en-CA"), "1,234");
});

test("dates, with the first of the month in French", () => {
  assert.equal(format.dateTime(spring, zone, "fr"), `5${n}mars${n}2026 à 9${n}h${n}07`);
  assert.equal(format.dateTime(spring, zone, "en"), `5${n}March${n}2026 at 09:07`);
  assert.equal(format.date(at("2026-03-01T14:00:00Z"), zone, "fr"), `1er${n}mars${n}2026`);
  assert.equal(format.longDate(at("2026-10-15T07:41:00Z"), zone, "fr"), `jeudi 15${n}octobre${n}2026`);
});

test("the zone is an offset, never letters", () => {
  assert.equal(format.zoneOffset(spring, zone), "UTC−5");
  assert.equal(format.zoneOffset(spring, "Asia/Kolkata"), "UTC+5:30");
  assert.equal(format.zonedDateTime(spring, "UTC", "en"), `5${n}March${n}2026 at 14:07 (UTC)`);
  assert.equal(format.zonedDateTime(spring, zone, "fr"), `5${n}mars${n}2026 à 9${n}h${n}07 (UTC−5, America/Toronto)`);
});

test("a moment names its day only when it is another", () => {
  const now = at("2026-10-15T07:41:00Z");
  assert.equal(format.moment(now, now, zone, "fr"), "03:41");
  assert.equal(format.moment(at("2026-10-14T07:41:00Z"), now, zone, "fr"), `14${n}octobre, 03:41`);
  assert.equal(format.moment(at("2025-10-14T07:41:00Z"), now, zone, "en"), `14${n}October${n}2025, 03:41`);
  assert.equal(format.briefMoment(now, now, zone, "en"), "03:41");
  assert.equal(format.briefMoment(at("2026-07-14T07:41:00Z"), now, zone, "fr"), `14${n}juill. 03:41`);
  assert.equal(format.briefMoment(at("2025-08-14T07:41:00Z"), now, zone, "en"), `14${n}Aug 2025 03:41`);
  const said = { now, zone, locale: "fr" } as const;
  assert.equal(format.phrase("until", at("2026-10-15T12:00:00Z"), said), "jusqu’à 08:00");
  assert.equal(format.phrase("until", at("2026-10-16T12:00:00Z"), said), `jusqu’au 16${n}octobre à 08:00`);
  assert.equal(format.phrase("at", at("2026-10-14T12:00:00Z"), { ...said, locale: "en" }), `on 14${n}October at 08:00`);
});

test("a length of time always has its units", () => {
  assert.equal(format.duration(8_100_000, "fr"), `2${n}h 15${n}min`);
  assert.equal(format.duration(2 * 3_600_000, "en"), `2${n}h`);
  assert.equal(format.duration(100 * 3_600_000, "fr"), `4${n}j 4${n}h`);
  assert.equal(format.duration(100 * 3_600_000, "en"), `4${n}d 4${n}h`);
  assert.equal(format.duration(40_999, "fr"), `40${n}s`);
  assert.equal(format.duration(-5, "fr"), `0${n}s`);
  assert.equal(format.countdown(192_000, "fr"), `3${n}min${n}12${n}s`);
  assert.equal(format.countdown(8_100_000, "fr"), `2${n}h 15${n}min`);
});

test("relative times, both ways", () => {
  assert.equal(format.relative(0, 300_000, "fr"), `il y a 5${n}min`);
  assert.equal(format.relative(300_000, 0, "en"), `in 5${n}min`);
  assert.equal(format.relative(0, 9_000, "fr"), "à l’instant");
});

test("figures: the space of the place", () => {
  assert.equal(format.number(1_234_567.5, "fr", 1), `1${n}234${n}567,5`);
  assert.equal(format.number(1_234_567, "fr-FR"), "1\u202f234\u202f567");
  assert.equal(format.number(-1_234, "en"), "−1,234");
  assert.equal(format.number(-0.2, "en"), "0");
  assert.equal(format.percent(0.38, "fr"), `38${n}%`);
  assert.equal(format.percent(0.381, "en", 1), "38.1%");
});

test("lists", () => {
  assert.equal(format.list(["a", "b", "c"], "fr"), "a, b et c");
  assert.equal(format.list(["a", "b"], "en", "or"), "a or b");
  assert.equal(format.list([], "en"), "");
});

test("grouping changes no digit", () => {
  fc.assert(
    fc.property(fc.integer(), (value) => {
      assert.equal(
        Number(
          format
            .number(value, "fr")
            .replace(/\u00a0/g, "")
            .replace("−", "-"),
        ),
        value,
      );
    }),
  );
});

test("a length is never said longer than it is, nor shorter by a whole smaller unit", () => {
  const units: Record<string, number> = { d: 86_400_000, h: 3_600_000, min: 60_000, s: 1_000 };
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000_000 }), (length) => {
      const parts = format
        .duration(length, "en")
        .split(" ")
        .map((part) => part.split(n));
      const said = parts.reduce((sum, [count, unit]) => sum + Number(count) * (units[unit ?? ""] ?? 0), 0);
      const floor = length >= 86_400_000 ? 3_600_000 : length >= 60_000 ? 60_000 : 1_000;
      assert.ok(said <= length && length - said < floor);
    }),
  );
});
