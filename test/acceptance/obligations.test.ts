/** Legal clocks tried through the API: those that are written down and one's own, with nothing saved, and refused by name. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { type Json, startWorld } from "./world.ts";

const world = await startWorld({ mail: false });
after(() => world.stop());

const preview = (body: object) => world.api("POST", "/api/v1/obligations/preview", { zone: "Europe/Paris", ...body });
async function legs(body: object): Promise<Record<string, Json>> {
  const answer = await preview(body);
  assert.equal(answer.status, 200, answer.text);
  return Object.fromEntries(answer.body.legs.map((one: { leg: string }) => [one.leg, one]));
}

test("a law by its name: its limit, and which reading of it that is", async () => {
  const { status, body } = await preview({
    clock: "gdpr33",
    facts: { aware: "2026-05-01T18:00:00+02:00" },
    at: "2026-05-04T16:00:00Z",
  });
  assert.equal(status, 200);
  const { clock } = body;
  assert.deepEqual(
    [clock.id, clock.status, clock.inForceFrom, clock.certainty],
    ["gdpr33", "in-force", "2018-05-25", "text"],
  );
  assert.match(clock.checkedOn, /^\d{4}-\d\d-\d\d$/);
  assert.deepEqual(body.legs[0], {
    leg: "authority",
    standing: "running",
    waitsFor: [],
    startedAt: "2026-05-01T16:00:00.000Z",
    dueAt: "2026-05-04T16:00:00.000Z",
    atLatest: null,
    extension: { outcome: "none", until: null },
    submitted: null,
    withheld: [],
    overdue: true,
  });
  assert.deepEqual(body.legs[1].waitsFor, [{ kind: "fact", name: "processor-aware" }]);
});

test("DORA over a week-end and a holiday of the place, beside the limit, and chained on what was submitted", async () => {
  /* The 8th of May of 2026, a Friday, is a holiday in France. */
  const facts = { aware: "2026-05-07T10:00:00Z", classified: "2026-05-08T07:00:00Z" };
  const submissions = { initial: ["2026-05-08T09:30:00Z"] };
  const found = await legs({ clock: "dora", facts, submissions, place: "FR" });
  assert.equal(found.initial.dueAt, "2026-05-08T10:00:00.000Z", "a day after awareness comes first");
  assert.deepEqual(found.initial.extension, { outcome: "extended", until: "2026-05-11T10:00:00.000Z" });
  assert.equal(found.initial.submitted.late, false);
  assert.equal(found.intermediate.dueAt, "2026-05-11T09:30:00.000Z");
  assert.deepEqual(found.intermediate.extension, { outcome: "not-needed", until: null });
  assert.equal(found.final.standing, "waiting");
  const without = await legs({ clock: "dora", facts });
  assert.deepEqual(without.initial.extension, { outcome: "not-needed", until: null }, "no place, no holidays");
  const bank = await legs({ clock: "dora", facts, place: "FR", traits: ["credit-institution"] });
  assert.deepEqual(bank.initial.extension, { outcome: "not-for-them", until: null });
});

test("business days of the United States, over Thanksgiving, and a filing that may be withheld", async () => {
  const asked = {
    clock: "us-sec",
    zone: "America/New_York",
    place: "US",
    facts: { material: "2026-11-23T10:00:00-05:00" },
  };
  const { filing } = await legs(asked);
  assert.equal(filing.dueAt, "2026-11-30T22:30:00.000Z");
  const hold = {
    legs: ["filing"],
    reason: "National security",
    authority: "Attorney General",
    from: "2026-11-25T15:00:00Z",
  };
  const held = await legs({ ...asked, holds: [hold], at: "2026-12-15T00:00:00Z" });
  assert.deepEqual([held.filing.dueAt, held.filing.overdue], [filing.dueAt, false]);
  const ended = await legs({ ...asked, holds: [{ ...hold, until: "2026-12-21T15:00:00Z" }] });
  assert.equal(ended.filing.withheld[0].dueAfter, "2026-12-28T22:30:00.000Z", "Christmas is no business day");
});

test("one's own clock, whole: months that end on their last day, and a chain", async () => {
  const own = [
    { id: "notice", start: { fact: "found" }, limit: { unit: "months", count: 1 }, extension: { to: "end" } },
    { id: "report", start: { submissionOf: ["notice"] }, limit: { unit: "business-days", count: 2 } },
  ];
  const facts = { found: "2026-01-31T09:00:00+01:00" };
  const { notice, report } = await legs({ legs: own, facts });
  assert.equal(notice.dueAt, "2026-02-28T08:00:00.000Z");
  assert.deepEqual(notice.extension, { outcome: "extended", until: "2026-03-02T23:00:00.000Z" });
  assert.deepEqual(report.waitsFor, [{ kind: "submission", name: "notice" }]);
  const sent = await legs({ legs: own, facts, submissions: { notice: ["2026-02-27T09:00:00+01:00"] } });
  assert.equal(sent.report.dueAt, "2026-03-03T08:00:00.000Z");
  assert.equal((await preview({ legs: own, facts })).body.clock, null);
});

test("business days end at the wall clock of the start unless another is said, over a week-end and a change of clock", async () => {
  const limit = { unit: "business-days", count: 2 };
  const own = [
    { id: "plain", start: { fact: "found" }, limit },
    { id: "until-noon", start: { fact: "found" }, limit: { ...limit, dayEndsAt: "12:00" } },
  ];
  const due = async (found: string) => {
    const { plain, "until-noon": noon } = await legs({ legs: own, facts: { found } });
    return [plain.dueAt, noon.dueAt];
  };
  /* The 29th of March of 2026, a Sunday, has 23 hours in Paris. */
  const tuesday = ["2026-03-31T07:00:00.000Z", "2026-03-31T10:00:00.000Z"];
  assert.deepEqual(await due("2026-03-27T09:00:00+01:00"), tuesday, "from a Friday on, Monday is the first");
  assert.deepEqual(await due("2026-03-28T09:00:00+01:00"), tuesday, "and from a Saturday on");
});

test("every law that is listed is told in both languages, and can be named as it is", async () => {
  const { body } = await world.api("GET", "/api/v1/obligations/clocks");
  const ids = body.data.map(({ id }: { id: string }) => id);
  for (const id of [
    "nis2",
    "gdpr33",
    "dora",
    "cra",
    "qc-l25",
    "qc-amf",
    "ca-pipeda",
    "ca-osfi",
    "us-sec",
    "us-hipaa",
    "fr-lopmi",
    "pci",
  ])
    assert.ok(ids.includes(id), id);
  for (const law of body.data) {
    assert.notEqual(law.name.fr, law.name.en, law.id);
    for (const leg of law.legs) assert.ok(leg.name.fr && leg.name.en && leg.recipient.fr && leg.recipient.en, law.id);
    const facts = Object.fromEntries(law.facts.map(({ id }: { id: string }) => [id, "2026-10-01T08:00:00Z"]));
    const named = await preview({ clock: law.id, facts });
    assert.equal(named.status, 200, `${law.id}: ${named.text}`);
    const again = law.legs.map(({ name: _, recipient: __, ...leg }: Json) => leg);
    const given = await preview({ legs: again, facts });
    assert.equal(given.status, 200, `${law.id}: ${given.text}`);
    if (law.status === "in-force") assert.deepEqual(given.body.legs, named.body.legs, law.id);
    else for (const one of named.body.legs) assert.equal(one.standing, "not-in-force", law.id);
  }
});

test("nothing is saved by asking", async () => {
  const count = () => world.query("select count(*) as count from events");
  const before = await count();
  await preview({ clock: "dora", facts: { aware: "2026-05-07T10:00:00Z" } });
  assert.deepEqual(await count(), before);
});

const leg = { id: "one", start: { fact: "found" }, limit: { unit: "hours", count: 1 } };
const bad: readonly (readonly [string, object, string, string])[] = [
  ["a name and a definition together", { clock: "dora", legs: [leg] }, "/clock", "clock-or-legs"],
  ["neither of them", {}, "/clock", "clock-or-legs"],
  ["a leg that stands there twice", { legs: [leg, leg] }, "/legs", "same-leg-twice"],
  [
    "a limit that is too long",
    { legs: [{ ...leg, limit: { unit: "months", count: 121 } }] },
    "/legs/0/limit/count",
    "out-of-range",
  ],
  ["a zone that does not exist", { clock: "dora", zone: "Mars/Olympus" }, "/zone", "not-a-time-zone"],
  [
    "a time of which nobody knows the holidays",
    { clock: "dora", facts: { aware: "2190-01-01T00:00:00Z" } },
    "/facts/aware",
    "out-of-range",
  ],
  ["a week without a working day", { clock: "dora", weekdays: [] }, "/weekdays", "out-of-range"],
];
for (const [what, part, pointer, code] of bad)
  test(`${what} is refused by name`, async () => {
    const { status, body } = await preview(part);
    assert.equal(status, 422);
    assert.deepEqual(
      body.errors.map((one: { pointer: string; code: string }) => [one.pointer, one.code]),
      [[pointer, code]],
    );
  });

test("a place that nobody knows is refused, as everywhere", async () => {
  const { status, body } = await preview({ clock: "dora", place: "CA-ZZ" });
  assert.deepEqual([status, body.code], [422, "place-unknown"]);
});
