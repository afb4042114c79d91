/** Layers, restrictions, overrides and absences against an oracle that knows neither spans nor tables: it asks Temporal, for one
 *  instant, what each layer says. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { lengthOf } from "../kernel/spans.ts";
import { dayMs, hourMs, minuteMs, parseIso } from "../kernel/time.ts";
import { type Absence, finalSchedule, holderAt, type Layer, type LayeredSchedule } from "./final-schedule.ts";
import type { OpeningHours } from "./opening-hours.ts";
import type { Rotation } from "./rotation.ts";

const zones = [
  "America/Montreal",
  "Europe/Paris",
  "America/St_Johns",
  "Australia/Lord_Howe",
  "Africa/Casablanca",
  "UTC",
];
const people = ["ana", "ben", "cleo"];
const start = Date.UTC(2026, 0, 1);
const days = 330;

const instant = (text: string): number => parseIso(text) ?? assert.fail(text);
const wall = (date: Temporal.PlainDate, time: string, zone: string): number => {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const plain = time === "24:00" ? date.add({ days: 1 }).toPlainDateTime() : date.toPlainDateTime({ hour, minute });
  return plain.toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds;
};

function turnHolder(rotation: Rotation, at: number): string | null {
  const { participants, zone, handoverTime } = rotation;
  if (participants.length === 0 || at < (rotation.beginsAt ?? at)) return null;
  const anchor = Temporal.PlainDate.from(rotation.startDate);
  const startOf = (turn: number): number => {
    if (rotation.kind === "hourly") return wall(anchor, handoverTime, zone) + turn * rotation.lengthHours * hourMs;
    const length = rotation.kind === "weekly" ? rotation.lengthWeeks * 7 : rotation.lengthDays;
    return wall(anchor.add({ days: turn * length }), handoverTime, zone);
  };
  const turnOf = (when: number): number => {
    let turn = -1;
    while (startOf(turn + 1) <= when) turn += 1;
    return turn;
  };
  const turn = turnOf(at);
  if (turn < 0) return null;
  const first = rotation.beginsAt === undefined ? 0 : Math.max(0, turnOf(rotation.beginsAt));
  return participants[(turn - first) % participants.length] ?? null;
}

function openThen({ zone, openings, closedOn }: OpeningHours, at: number): boolean {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  return [-1, 0, 1].some((by) => {
    const date = today.add({ days: by });
    if (closedOn.includes(date.toString())) return false;
    return openings.some(
      ({ days, from, until }) =>
        days.includes(date.dayOfWeek) && wall(date, from, zone) <= at && at < wall(date, until, zone),
    );
  });
}

function oracle(schedule: LayeredSchedule, absences: readonly Absence[], at: number): string {
  const [override] = schedule.overrides
    .filter(({ from, until }) => from <= at && at < until)
    .sort((a, b) => b.madeAt - a.madeAt || (a.id < b.id ? 1 : -1));
  if (override) return `${override.personId} override ${override.id}`;
  for (const { id, rotation, restriction } of schedule.layers) {
    const person = turnHolder(rotation, at);
    if (person === null || (restriction && !openThen(restriction, at))) continue;
    if (absences.some(({ personId, from, until }) => personId === person && from <= at && at < until)) continue;
    return `${person} layer ${id}`;
  }
  return "nobody";
}

const minutes = fc.integer({ min: 0, max: days * 24 * 60 }).map((count) => start + count * minuteMs);
const spans = fc
  .tuple(minutes, fc.integer({ min: 1, max: 10 * 24 * 60 }))
  .map(([from, count]) => ({ from, until: from + count * minuteMs }));
const times = fc.constantFrom("00:00", "01:30", "02:00", "02:30", "08:00", "09:00", "17:00", "23:30");
const dates = fc.integer({ min: 0, max: days }).map((day) => new Date(start + day * dayMs).toISOString().slice(0, 10));
const common = {
  zone: fc.constantFrom(...zones),
  startDate: dates,
  handoverTime: times,
  participants: fc.array(fc.constantFrom(...people, null), { maxLength: 4 }),
};
const begins = fc.option(minutes, { nil: undefined });
const withBegin = <T extends object>(rotation: T, beginsAt: number | undefined): T =>
  beginsAt === undefined ? rotation : { ...rotation, beginsAt };
const rotations: fc.Arbitrary<Rotation> = fc
  .tuple(
    fc.oneof(
      fc.record({ ...common, kind: fc.constant("weekly" as const), lengthWeeks: fc.integer({ min: 1, max: 2 }) }),
      fc.record({ ...common, kind: fc.constant("daily" as const), lengthDays: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ ...common, kind: fc.constant("hourly" as const), lengthHours: fc.integer({ min: 1, max: 36 }) }),
    ),
    begins,
  )
  .map(([rotation, beginsAt]) => withBegin(rotation, beginsAt));
const openings = fc.record({
  days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  from: times,
  until: fc.oneof(times, fc.constant("24:00")),
});
const hours: fc.Arbitrary<OpeningHours> = fc.record({
  zone: fc.constantFrom(...zones),
  openings: fc.array(openings, { maxLength: 3 }),
  closedOn: fc.array(dates, { maxLength: 3 }),
});
const schedules: fc.Arbitrary<LayeredSchedule> = fc.record({
  layers: fc
    .array(fc.record({ rotation: rotations, restriction: fc.option(hours) }), { maxLength: 4 })
    .map((layers): Layer[] => layers.map((layer, index) => ({ ...layer, id: `layer-${index}` }))),
  overrides: fc
    .array(fc.record({ span: spans, personId: fc.constantFrom(...people), madeAt: fc.nat(3) }), { maxLength: 4 })
    .map((all) => all.map(({ span, ...one }, index) => ({ ...span, ...one, id: `override-${index}` }))),
  declaredGaps: fc.array(spans, { maxLength: 2 }),
});
const away = fc.array(fc.record({ span: spans, personId: fc.constantFrom(...people) }), { maxLength: 4 });

test("who holds a schedule is what the oracle says, at any instant and over a window, and a window is whole", () => {
  fc.assert(
    fc.property(
      schedules,
      away,
      minutes,
      fc.array(fc.nat(20 * 24 * 60), { minLength: 12, maxLength: 12 }),
      (schedule, off, from, picked) => {
        const absences = off.map(({ span, personId }) => ({ ...span, personId }));
        const window = { from, until: from + 20 * dayMs };
        const { stretches, gaps } = finalSchedule(schedule, absences, window);
        assert.equal(lengthOf(stretches) + lengthOf(gaps), 20 * dayMs, "nothing left out, nothing twice");
        const edges = [...stretches, ...gaps].flatMap((one) => [one.from, one.until - 1]).slice(0, 24);
        for (const at of [...picked.map((count) => from + count * minuteMs), ...edges].filter(
          (at) => at < window.until,
        )) {
          const wanted = oracle(schedule, absences, at);
          const held = holderAt(schedule, absences, at);
          assert.equal(
            held ? `${held.personId} ${held.by.kind} ${held.by.id}` : "nobody",
            wanted,
            new Date(at).toISOString(),
          );
          const stretch = stretches.find((one) => one.from <= at && at < one.until);
          const seen = stretch ? `${stretch.held.personId} ${stretch.held.by.kind} ${stretch.held.by.id}` : "nobody";
          assert.equal(seen, wanted, new Date(at).toISOString());
          const gap = gaps.find((one) => one.from <= at && at < one.until);
          assert.equal(gap !== undefined, wanted === "nobody");
          if (gap)
            assert.equal(
              gap.declared,
              schedule.declaredGaps.some((one) => one.from <= at && at < one.until),
            );
        }
      },
    ),
    { numRuns: 150 },
  );
});

const daily = (changes: Partial<Extract<Rotation, { kind: "daily" }>> = {}): Rotation => ({
  kind: "daily",
  zone: "America/Montreal",
  startDate: "2026-06-01",
  handoverTime: "09:00",
  lengthDays: 1,
  participants: people,
  ...changes,
});
const workHours: OpeningHours = {
  zone: "America/Montreal",
  openings: [{ days: [1, 2, 3, 4, 5], from: "09:00", until: "17:00" }],
  closedOn: ["2026-06-24"],
};
const layer = (id: string, rotation: Rotation, restriction: OpeningHours | null = null): Layer => ({
  id,
  rotation,
  restriction,
});
const alone = (...layers: Layer[]): LayeredSchedule => ({ layers, overrides: [], declaredGaps: [] });
const at = (text: string): number => instant(`${text}-04:00`);

test("a week-end advances a daily rotation by two, though it shows nobody", () => {
  const schedule = alone(layer("day", daily(), workHours));
  assert.equal(holderAt(schedule, [], at("2026-06-05T10:00"))?.personId, "ben", "Friday is the fifth turn");
  assert.equal(holderAt(schedule, [], at("2026-06-06T10:00")), null);
  assert.equal(holderAt(schedule, [], at("2026-06-08T10:00"))?.personId, "ben", "Monday the eighth, two further");
});

test("a holiday and the night fall through to the layer below", () => {
  const schedule = alone(layer("day", daily(), workHours), layer("rest", daily({ participants: ["dora"] })));
  const { stretches } = finalSchedule(schedule, [], { from: at("2026-06-23T00:00"), until: at("2026-06-26T00:00") });
  assert.deepEqual(
    stretches.map(({ from, held }) => [new Date(from - 4 * hourMs).toISOString().slice(5, 16), held.by.id]),
    [
      ["06-23T00:00", "rest"],
      ["06-23T09:00", "day"],
      ["06-23T17:00", "rest"],
      ["06-25T09:00", "day"],
      ["06-25T17:00", "rest"],
    ],
  );
});

test("an override of somebody absent counts, and of two the later-made wins", () => {
  const day = { from: at("2026-06-02T09:00"), until: at("2026-06-02T17:00") };
  const schedule: LayeredSchedule = {
    ...alone(layer("day", daily())),
    overrides: [
      { ...day, id: "first", personId: "cleo", madeAt: 1 },
      { from: at("2026-06-02T12:00"), until: at("2026-06-02T13:00"), id: "second", personId: "ana", madeAt: 2 },
    ],
  };
  const absences = [
    { ...day, personId: "cleo" },
    { ...day, personId: "ben" },
  ];
  assert.equal(holderAt(schedule, absences, at("2026-06-02T10:00"))?.personId, "cleo");
  assert.equal(holderAt(schedule, absences, at("2026-06-02T12:30"))?.personId, "ana");
});

test("a start that is not a hand-over gives a short first turn; turns of 24 hours drift on the wall clock", () => {
  const short = daily({ beginsAt: at("2026-06-10T15:00") });
  const { stretches } = finalSchedule(alone(layer("a", short)), [], {
    from: at("2026-06-10T00:00"),
    until: at("2026-06-12T09:00"),
  });
  assert.deepEqual(
    stretches.map((one) => [one.from, one.held.personId]),
    [
      [at("2026-06-10T15:00"), "ana"],
      [at("2026-06-11T09:00"), "ben"],
    ],
  );
  const hourly: Rotation = {
    kind: "hourly",
    zone: "America/Montreal",
    startDate: "2026-10-31",
    handoverTime: "09:00",
    lengthHours: 24,
    participants: ["ana", "ben"],
  };
  assert.equal(holderAt(alone(layer("h", hourly)), [], instant("2026-11-01T08:30:00-05:00"))?.personId, "ben");
});

test("a gap that was declared is said to be so, and only as far as it was", () => {
  const nobody = { from: at("2026-06-02T00:00"), until: at("2026-06-03T00:00") };
  const declared = { from: at("2026-06-02T06:00"), until: at("2026-06-02T12:00") };
  const { gaps } = finalSchedule({ layers: [], overrides: [], declaredGaps: [declared] }, [], nobody);
  assert.deepEqual(gaps, [
    { from: nobody.from, until: declared.from, declared: false },
    { ...declared, declared: true },
    { from: declared.until, until: nobody.until, declared: false },
  ]);
});

test("what does not exist is refused by name, and an empty window has nothing", () => {
  const bad = [daily({ zone: "Mars/Olympus" }), daily({ handoverTime: "25:00" }), daily({ startDate: "2026-02-30" })];
  for (const rotation of bad) assert.throws(() => holderAt(alone(layer("x", rotation)), [], 0), RangeError);
  assert.deepEqual(finalSchedule(alone(layer("x", daily())), [], { from: 5, until: 5 }), { stretches: [], gaps: [] });
});
