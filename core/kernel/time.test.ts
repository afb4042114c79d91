/** Instants and their text. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isTimeZone, parseIso, toIso, yearOf, zoned } from "./time.ts";

const noon = Date.UTC(2026, 9, 15, 7, 41, 0);

test("an instant is written in UTC to the millisecond, and read back", () => {
  assert.equal(toIso(noon), "2026-10-15T07:41:00.000Z");
  fc.assert(
    fc.property(fc.integer({ min: -8.64e15, max: 8.64e15 }), (at) => {
      assert.equal(parseIso(toIso(at)), at);
    }),
  );
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("9999-12-31") }), (date) => {
      assert.equal(toIso(date.getTime()), date.toISOString());
    }),
  );
});

test("every day from 1970 to 2100 is spelled as the calendar has it, to its last millisecond", () => {
  for (let day = 0; day < 47_500; day += 1)
    for (const at of [day * 86_400_000, day * 86_400_000 + 86_399_999])
      assert.equal(toIso(at), new Date(at).toISOString());
});

test("real senders' spellings are read: offsets with or without a colon, nanoseconds, blanks around", () => {
  const same = [
    "2026-10-15T07:41:00Z",
    "2026-10-15T07:41:00.000000000Z",
    "2026-10-15T07:41:00.000999999Z",
    "2026-10-15T07:41:00+00:00",
    "2026-10-15T07:41:00+0000",
    "2026-10-15T03:41:00-0400",
    "2026-10-15T13:11:00.000+0530",
    "2026-10-15t07:41:00z",
    "  2026-10-15T07:41:00Z\n",
  ];
  for (const text of same) assert.equal(parseIso(text), noon, text);
  assert.equal(parseIso("2026-10-15T07:41:00.123456789Z"), noon + 123);
  assert.equal(parseIso("2016-12-31T23:59:60Z"), Date.UTC(2016, 11, 31, 23, 59, 59), "a leap second is the one before");
});

test("what says no instant is not one", () => {
  for (const text of [
    "",
    "now",
    "2026-10-15",
    "2026-10-15T07:41:00",
    "15/10/2026 07:41Z",
    "2026-02-30T00:00:00Z",
    "2026-10-15T25:00:00Z",
    "1760514060",
    "2026-10-15T07:41:00+99:00",
  ])
    assert.equal(parseIso(text), undefined, text);
  fc.assert(fc.property(fc.string(), (text) => assert.ok(parseIso(text) === undefined || /\d/.test(text))));
});

test("zones are known by name, and a year is that of the zone", () => {
  for (const zone of ["UTC", "America/Montreal", "Europe/Paris", "Pacific/Apia"]) assert.ok(isTimeZone(zone), zone);
  for (const zone of ["", "Mars/Olympus", "America/", "Europe/Parys"]) assert.ok(!isTimeZone(zone), zone);
  const newYear = Date.UTC(2027, 0, 1, 2);
  assert.deepEqual([yearOf(newYear, "UTC"), yearOf(newYear, "America/Montreal")], [2027, 2026]);
  assert.equal(zoned(noon, "America/St_Johns").toPlainTime().toString(), "05:11:00");
});
