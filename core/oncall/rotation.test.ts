/** Rotations against an oracle that shares nothing with them: it walks the days one by one and finds each wall clock by
 *  looking, minute by minute, at what the zone's clocks show. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dayMs, hourMs, minuteMs, parseIso } from "../kernel/time.ts";
import { shiftAt, shiftsBetween, type WeeklyRotation } from "./rotation.ts";

const named = [
  "America/Montreal",
  "Europe/Paris",
  "America/St_Johns",
  "Australia/Lord_Howe",
  "Africa/Casablanca",
  "Pacific/Apia",
];
const others = [
  "UTC",
  "Europe/London",
  "Europe/Dublin",
  "America/New_York",
  "America/Los_Angeles",
  "America/Vancouver",
  "America/Sao_Paulo",
  "America/Santiago",
  "America/Asuncion",
  "America/Havana",
  "Asia/Tehran",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Asia/Jerusalem",
  "Asia/Gaza",
  "Asia/Beirut",
  "Africa/Cairo",
  "Australia/Sydney",
  "Australia/Adelaide",
  "Pacific/Auckland",
  "Pacific/Chatham",
  "Pacific/Kiritimati",
  "Atlantic/Azores",
  "America/Nuuk",
];

const instant = (text: string): number => {
  const at = parseIso(text);
  assert.ok(at !== undefined, text);
  return at;
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the zone's clocks show, as if it were UTC. */
function shown(at: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    const options = { hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" } as const;
    format = new Intl.DateTimeFormat("en-US", {
      ...options,
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
      timeZone: zone,
    });
    formats.set(zone, format);
  }
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
  return Date.UTC(
    part.year ?? 0,
    (part.month ?? 1) - 1,
    part.day ?? 1,
    part.hour ?? 0,
    part.minute ?? 0,
    part.second ?? 0,
  );
}

/** First instant that shows this wall clock; when none does, the wall clock is moved by the length of the gap. */
function resolve(wall: number, zone: string): number {
  const offsets = [-26, -14, 0, 14, 26].map((hours) => {
    const near = wall + hours * hourMs;
    return shown(near, zone) - near;
  });
  const fits = offsets.map((offset) => wall - offset).filter((at) => shown(at, zone) === wall);
  if (fits.length > 0) return Math.min(...fits);
  return wall - shownOffsetBefore(wall, zone);
}

/** In a gap: the offset before the change, which moves a missing time forward by the gap. */
function shownOffsetBefore(wall: number, zone: string): number {
  for (let at = wall - 40 * hourMs; ; at += minuteMs) {
    const next = shown(at + minuteMs, zone);
    if (next > wall && shown(at, zone) < wall) return shown(at, zone) - at;
    assert.ok(at < wall + 40 * hourMs, `no gap around ${new Date(wall).toISOString()} in ${zone}`);
  }
}

/** Turn by turn from the anchor. */
function oracle(rotation: WeeklyRotation, at: number): { personId: string | null; from: number; until: number } | null {
  const anchor = Date.parse(`${rotation.startDate}T${rotation.handoverTime}Z`);
  const start = (turn: number): number => resolve(anchor + turn * rotation.lengthWeeks * 7 * dayMs, rotation.zone);
  if (rotation.participants.length === 0 || at < start(0)) return null;
  let turn = Math.max(0, Math.floor((at - anchor) / (rotation.lengthWeeks * 7 * dayMs)) - 1);
  while (start(turn + 1) <= at) turn++;
  const personId = rotation.participants[turn % rotation.participants.length] ?? null;
  return { personId, from: start(turn), until: start(turn + 1) };
}

const weekly = (changes: Partial<WeeklyRotation>): WeeklyRotation => ({
  kind: "weekly",
  zone: "America/Montreal",
  startDate: "2026-10-05",
  handoverTime: "09:00",
  lengthWeeks: 1,
  participants: ["ana", "ben"],
  ...changes,
});

const two = (value: number): string => String(value).padStart(2, "0");
const rotations = fc.record({
  kind: fc.constant("weekly" as const),
  zone: fc.oneof(fc.constantFrom(...named), fc.constantFrom(...others)),
  /* Half of them on a Sunday, when most clocks change. */
  startDate: fc
    .tuple(fc.integer({ min: Date.UTC(2010, 0, 1) / dayMs, max: Date.UTC(2027, 11, 31) / dayMs }), fc.boolean())
    .map(([day, sunday]) => (sunday ? day - ((day + 4) % 7) : day))
    .map((day) => new Date(day * dayMs).toISOString().slice(0, 10)),
  handoverTime: fc.oneof(
    fc.constantFrom("00:00", "01:30", "02:00", "02:15", "02:30", "03:00", "23:59", "09:00"),
    fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${two(hour)}:${two(minute)}`),
  ),
  lengthWeeks: fc.integer({ min: 1, max: 4 }),
  participants: fc.array(fc.constantFrom("ana", "ben", "cleo", null), { minLength: 1, maxLength: 5 }),
});
const offsets = fc.integer({ min: -60 * 24 * 60, max: 4 * 365 * 24 * 60 });

test("who is on call is what the oracle says, in every zone, at every instant", () => {
  fc.assert(
    fc.property(rotations, offsets, (rotation, minutes) => {
      const at = Date.parse(`${rotation.startDate}T00:00Z`) + minutes * minuteMs;
      assert.deepEqual(shiftAt(rotation, at), oracle(rotation, at));
    }),
    { numRuns: 1500 },
  );
});

test("shifts tile time, with neither gap nor overlap, and hand over at the local wall clock", () => {
  fc.assert(
    fc.property(rotations, fc.nat(3 * 365), (rotation, days) => {
      const from = Date.parse(`${rotation.startDate}T00:00Z`) + days * dayMs;
      const until = from + 200 * dayMs;
      const shifts = shiftsBetween(rotation, from, until);
      const [first] = shifts;
      assert.ok(first && (first.from <= from || shiftAt(rotation, first.from - 1) === null));
      assert.ok((shifts.at(-1)?.until ?? 0) >= until);
      for (const [i, shift] of shifts.entries()) {
        assert.ok(shift.from < shift.until);
        if (i > 0) assert.equal(shift.from, shifts[i - 1]?.until);
        assert.deepEqual(shiftAt(rotation, shift.from), shift, "half-open: the next one holds the instant");
        assert.deepEqual(shiftAt(rotation, shift.until - 1), shift);
        assert.deepEqual(oracle(rotation, shift.from), shift);
      }
    }),
    { numRuns: 100 },
  );
});

test("a hand-over at a time that its day does not have moves forward by the gap, and no other one moves", () => {
  const [before, at, after] = shiftsBetween(
    weekly({ startDate: "2026-03-01", handoverTime: "02:30" }),
    instant("2026-03-01T12:00:00Z"),
    instant("2026-03-16T12:00:00Z"),
  );
  assert.equal(before?.until, instant("2026-03-08T03:30:00-04:00"));
  assert.equal(at?.from, before?.until);
  assert.equal(after?.from, instant("2026-03-15T02:30:00-04:00"));
});

test("a hand-over at a time that its day has twice is its first occurrence", () => {
  const rotation = weekly({ startDate: "2026-10-25", handoverTime: "01:30" });
  const [shift] = shiftsBetween(rotation, instant("2026-11-02T00:00:00Z"), instant("2026-11-03T00:00:00Z"));
  assert.equal(shift?.from, instant("2026-11-01T01:30:00-04:00"));
});

test("in Paris, on Lord Howe and in St. John's the same", () => {
  const cases: [string, string, string, string][] = [
    ["Europe/Paris", "2026-03-29", "02:30", "2026-03-29T03:30:00+02:00"],
    ["Europe/Paris", "2026-10-25", "02:30", "2026-10-25T02:30:00+02:00"],
    ["Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-04T02:45:00+11:00"],
    ["Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-05T01:45:00+11:00"],
    ["America/St_Johns", "2026-03-08", "02:30", "2026-03-08T03:30:00-02:30"],
  ];
  for (const [zone, startDate, handoverTime, first] of cases) {
    const rotation = weekly({ zone, startDate, handoverTime });
    assert.equal(shiftAt(rotation, instant(first) - 1), null);
    assert.equal(shiftAt(rotation, instant(first))?.from, instant(first), zone);
  }
});

test("Apia had no 30 December 2011: the hand-over of that day is on the next", () => {
  const rotation = weekly({ zone: "Pacific/Apia", startDate: "2011-12-23", handoverTime: "09:00" });
  const [first, second] = shiftsBetween(rotation, instant("2011-12-24T00:00:00Z"), instant("2012-01-10T00:00:00Z"));
  assert.equal(first?.until, instant("2011-12-31T09:00:00+14:00"));
  assert.deepEqual([second?.personId, second?.until], ["ben", instant("2012-01-06T09:00:00+14:00")]);
});

test("nobody before the first hand-over, to the millisecond", () => {
  const first = instant("2026-10-05T09:00:00-04:00");
  assert.equal(shiftAt(weekly({}), first - 1), null);
  assert.deepEqual(shiftAt(weekly({}), first), {
    personId: "ana",
    from: first,
    until: instant("2026-10-12T09:00:00-04:00"),
  });
  assert.deepEqual(shiftsBetween(weekly({}), first - 30 * dayMs, first), []);
});

test("nobody where a turn is deliberately nobody's, and one person may have two turns in a row", () => {
  const rotation = weekly({ participants: ["ana", "ana", null] });
  const held = shiftsBetween(rotation, instant("2026-10-06T00:00:00Z"), instant("2026-11-12T00:00:00Z"));
  assert.deepEqual(
    held.map((shift) => shift.personId),
    ["ana", "ana", null, "ana", "ana", null],
  );
});

test("without participants there is nobody, and a long window is bounded", () => {
  const at = instant("2027-01-01T00:00:00Z");
  assert.equal(shiftAt(weekly({ participants: [] }), at), null);
  assert.deepEqual(shiftsBetween(weekly({ participants: [] }), at, at + 90 * dayMs), []);
  assert.equal(shiftsBetween(weekly({}), at, at + 100 * 365 * dayMs, 12).length, 12);
});
