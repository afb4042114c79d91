/** Schedules and calendars tried through the API: by the rules of the core, with nothing saved, and refused by name. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startWorld } from "./world.ts";

const world = await startWorld({ mail: false });
after(() => world.stop());

const schedule = (body: object) => world.api("POST", "/api/v1/schedules/preview", body);
const calendar = (body: object) => world.api("POST", "/api/v1/calendars/preview", body);
const rotation = {
  kind: "daily",
  zone: "America/Montreal",
  startDate: "2026-03-01",
  handoverTime: "02:30",
  participants: ["ana", "ben"],
};
const layer = { id: "night", rotation };
const window = { from: "2026-03-07T12:00:00-05:00", until: "2026-03-09T12:00:00-04:00" };

test("who would hold a schedule, over a night without its half past two, with what is over it and what is not held", async () => {
  const { status, body } = await schedule({
    ...window,
    layers: [layer],
    overrides: [
      {
        id: "swap",
        from: "2026-03-08T12:00:00Z",
        until: "2026-03-08T13:00:00Z",
        person: "cleo",
        madeAt: "2026-03-01T00:00:00Z",
      },
    ],
    absences: [{ from: "2026-03-09T06:30:00Z", until: "2026-03-10T00:00:00Z", person: "ana" }],
    declaredGaps: [{ from: "2026-03-09T12:00:00Z", until: "2026-03-09T16:00:00Z" }],
  });
  assert.equal(status, 200);
  const said = body.spans.map((one: { from: string; person: string; by: { id: string } }) => [
    one.from,
    one.person,
    one.by.id,
  ]);
  assert.deepEqual(said, [
    ["2026-03-07T17:00:00.000Z", "ana", "night"],
    ["2026-03-08T07:30:00.000Z", "ben", "night"],
    ["2026-03-08T12:00:00.000Z", "cleo", "swap"],
    ["2026-03-08T13:00:00.000Z", "ben", "night"],
  ]);
  assert.deepEqual(body.gaps, [
    { from: "2026-03-09T06:30:00.000Z", until: "2026-03-09T12:00:00.000Z", declared: false },
    { from: "2026-03-09T12:00:00.000Z", until: "2026-03-09T16:00:00.000Z", declared: true },
  ]);
});

test("when a target would be due, with its warnings, and how it stands at an instant", async () => {
  const office = {
    zone: "Europe/Paris",
    openings: [{ days: [1, 2, 3, 4, 5], from: "09:00", until: "17:00" }],
    closedOn: ["2026-05-01"],
  };
  const pauses = [{ from: "2026-04-30T14:30:00Z", until: "2026-05-04T07:30:00Z" }];
  const asked = { calendar: office, start: "2026-04-30T14:00:00Z", targetMinutes: 120, pauses };
  const { status, body } = await calendar({ ...asked, at: "2026-05-04T08:00:00Z" });
  assert.equal(status, 200);
  assert.equal(body.dueAt, "2026-05-04T09:00:00.000Z");
  assert.deepEqual(
    body.warnings.map((one: { share: number }) => one.share),
    [50, 75, 90, 100],
  );
  assert.deepEqual(body.state, { usedMinutes: 60, leftMinutes: 60, paused: false, overdue: false });
  const lasting = await calendar({
    ...asked,
    pauses: [{ from: "2026-04-30T14:30:00Z", until: null }],
    at: "2027-01-01T00:00:00Z",
  });
  assert.deepEqual([lasting.body.dueAt, lasting.body.state.paused, lasting.body.state.overdue], [null, true, false]);
});

test("an empty schedule is one gap, and nothing is saved by asking", async () => {
  const before = await world.query("select count(*) as count from schedules");
  const { body } = await schedule({ ...window, layers: [] });
  assert.deepEqual(body, {
    spans: [],
    gaps: [{ from: "2026-03-07T17:00:00.000Z", until: "2026-03-09T16:00:00.000Z", declared: false }],
  });
  assert.deepEqual(await world.query("select count(*) as count from schedules"), before);
});

const bad: readonly (readonly [string, object, string, string])[] = [
  [
    "a zone that does not exist",
    { layers: [{ ...layer, rotation: { ...rotation, zone: "Mars/Olympus" } }] },
    "/layers/0/rotation/zone",
    "not-a-time-zone",
  ],
  [
    "a date that does not exist",
    { layers: [{ ...layer, rotation: { ...rotation, startDate: "2026-02-30" } }] },
    "/layers/0/rotation/startDate",
    "not-a-date",
  ],
  [
    "a turn of no length",
    { layers: [{ ...layer, rotation: { ...rotation, lengthDays: 0 } }] },
    "/layers/0/rotation/lengthDays",
    "out-of-range",
  ],
  [
    "an absence that ends before it begins",
    { absences: [{ from: window.until, until: window.from, person: "ana" }] },
    "/absences/0",
    "ends-before-it-begins",
  ],
  ["a window that ends before it begins", { until: "2026-01-01T00:00:00Z" }, "/until", "ends-before-it-begins"],
  ["a window of years", { until: "2036-01-01T00:00:00Z" }, "/until", "out-of-range"],
];
for (const [what, part, pointer, code] of bad)
  test(`${what} is refused by name`, async () => {
    const { status, body } = await schedule({ ...window, layers: [layer], ...part });
    assert.equal(status, 422);
    assert.deepEqual(
      body.errors.map((one: { pointer: string; code: string }) => [one.pointer, one.code]),
      [[pointer, code]],
    );
  });

test("the most that may be asked is answered", async () => {
  const hourly = { ...rotation, kind: "hourly", lengthHours: 1 };
  const layers = Array.from({ length: 20 }, (_, index) => ({
    id: `layer-${index}`,
    rotation: { ...hourly, participants: [index === 19 ? "ana" : null] },
  }));
  const { status, body } = await schedule({ from: "2026-03-02T00:00:00Z", until: "2027-04-01T00:00:00Z", layers });
  assert.equal(status, 200);
  assert.equal(body.spans.length, 1);
});
