/** Legs of legal clocks: what starts them, what is due, what is told beside. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isRefusal } from "../kernel/refusal.ts";
import { hourMs, minuteMs, parseIso, toIso } from "../kernel/time.ts";
import { factsOf, type Known, type Leg, wrongIn } from "./clock.ts";
import { type Due, duesOf, isOverdue } from "./dues.ts";
import { fact, firstOf, hours, lastOf, leg, months } from "./law.ts";
import { forceOf, lawNamed, laws } from "./laws.ts";

const at = (text: string): number => parseIso(text) ?? assert.fail(text);
type Given = {
  readonly facts?: Readonly<Record<string, string>>;
  readonly submissions?: Readonly<Record<string, readonly string[]>>;
  readonly traits?: readonly string[];
  readonly holds?: Known["holds"];
  readonly closedOn?: readonly string[];
  readonly inForce?: Known["inForce"];
};
const known = ({ facts = {}, submissions = {}, traits = [], holds = [], closedOn = [], inForce }: Given): Known => ({
  facts: new Map(Object.entries(facts).map(([name, text]) => [name, at(text)])),
  submissions: new Map(Object.entries(submissions).map(([name, all]) => [name, all.map(at)])),
  traits: new Set(traits),
  holds,
  days: { zone: "Europe/Paris", weekdays: [1, 2, 3, 4, 5], closedOn },
  inForce: inForce ?? "always",
});
const legsOf = (id: string): readonly Leg[] => lawNamed(id)?.legs ?? assert.fail(id);
function due(legs: readonly Leg[], id: string, given: Given): Due {
  return duesOf(legs, known(given)).find((one) => one.leg === id) ?? assert.fail(id);
}
const when = (instant: number | null): string | null => (instant === null ? null : toIso(instant).slice(0, 16));

const dora = legsOf("dora");
test("DORA, classified in time: four hours after, and never more than a day after awareness", () => {
  const aware = "2026-06-01T08:00:00Z";
  const initial = (classified: string) => when(due(dora, "initial", { facts: { aware, classified } }).dueAt);
  assert.equal(initial("2026-06-01T10:00:00Z"), "2026-06-01T14:00");
  assert.equal(initial("2026-06-02T06:00:00Z"), "2026-06-02T08:00", "the day after awareness comes first");
  assert.equal(initial("2026-06-02T08:00:00Z"), "2026-06-02T08:00", "a day after awareness is still within it");
});

test("DORA, classified later than a day after awareness: four hours after that", () => {
  const facts = { aware: "2026-06-01T08:00:00Z", classified: "2026-06-02T08:00:00.001Z" };
  assert.equal(toIso(due(dora, "initial", { facts }).dueAt ?? 0), "2026-06-02T12:00:00.001Z");
});

test("DORA, not classified yet: nothing is due, and until when it would be is told", () => {
  const one = due(dora, "initial", { facts: { aware: "2026-06-01T08:00:00Z" } });
  assert.deepEqual([one.standing, one.dueAt, when(one.atLatest)], ["waiting", null, "2026-06-02T08:00"]);
  assert.deepEqual(one.waitsFor, [{ kind: "fact", name: "classified" }]);
});

test("DORA chains on what was submitted, and its last report restarts with each update", () => {
  const facts = {
    aware: "2026-06-01T08:00:00Z",
    classified: "2026-06-01T09:00:00Z",
    recovered: "2026-06-03T08:00:00Z",
  };
  const submissions = { initial: ["2026-06-01T12:00:00Z"] };
  assert.equal(when(due(dora, "intermediate", { facts, submissions }).dueAt), "2026-06-04T12:00");
  assert.equal(due(dora, "final", { facts, submissions }).standing, "waiting");
  const told = { ...submissions, intermediate: ["2026-06-02T08:00:00Z"] };
  assert.equal(when(due(dora, "final", { facts, submissions: told }).dueAt), "2026-07-02T08:00");
  const again = { ...told, update: ["2026-06-03T09:00:00Z", "2026-06-05T09:00:00Z"] };
  assert.equal(when(due(dora, "final", { facts, submissions: again }).dueAt), "2026-07-05T09:00");
});

test("DORA on days off: noon of the next working day, beside the limit, and not for everybody", () => {
  /* 2026-06-06 is a Saturday. */
  const facts = { aware: "2026-06-05T08:00:00Z", classified: "2026-06-06T07:00:00Z" };
  const initial = (given: Given) => due(dora, "initial", { facts, ...given });
  const { dueAt, extension } = initial({});
  assert.deepEqual(
    [when(dueAt), extension.outcome, when(extension.until)],
    ["2026-06-06T08:00", "extended", "2026-06-08T10:00"],
  );
  assert.equal(when(initial({ closedOn: ["2026-06-08"] }).extension.until), "2026-06-09T10:00");
  for (const trait of ["credit-institution", "nis2-important"])
    assert.deepEqual(initial({ traits: [trait] }).extension, { outcome: "not-for-them", until: null });
  const withdrawn = { ...facts, "extension-withdrawn": "2026-06-07T00:00:00Z" };
  assert.equal(initial({ facts: withdrawn }).extension.outcome, "not-for-them", "not reported yet");
  const before = { initial: ["2026-06-06T12:00:00Z"] };
  assert.equal(initial({ facts: withdrawn, submissions: before }).extension.outcome, "extended", "reported before it");
  /* The last report keeps its extension, whoever it is. */
  const reported = { initial: ["2026-05-06T08:00:00Z"], intermediate: ["2026-05-06T09:00:00Z"] };
  const last = due(dora, "final", { submissions: reported, traits: ["credit-institution"] });
  assert.deepEqual([when(last.dueAt), when(last.extension.until)], ["2026-06-06T09:00", "2026-06-08T10:00"]);
});

test("what was submitted is late by the limit, and within the extension or not", () => {
  const facts = { aware: "2026-06-05T08:00:00Z", classified: "2026-06-06T07:00:00Z" };
  const submitted = (text: string) => due(dora, "initial", { facts, submissions: { initial: [text] } }).submitted;
  assert.deepEqual(submitted("2026-06-06T08:00:00Z"), {
    at: at("2026-06-06T08:00:00Z"),
    late: false,
    withinExtension: false,
  });
  assert.deepEqual(submitted("2026-06-08T09:00:00Z"), {
    at: at("2026-06-08T09:00:00Z"),
    late: true,
    withinExtension: true,
  });
  assert.deepEqual(submitted("2026-06-08T11:00:00Z"), {
    at: at("2026-06-08T11:00:00Z"),
    late: true,
    withinExtension: false,
  });
});

test("NIS 2: a provider of trust services has a day only where they are affected; the last report follows what was submitted", () => {
  const nis2 = legsOf("nis2");
  const facts = { aware: "2026-06-01T08:00:00Z" };
  const notification = (traits: string[]) => when(due(nis2, "notification", { facts, traits }).dueAt);
  assert.equal(notification([]), "2026-06-04T08:00");
  assert.equal(notification(["trust-service-provider"]), "2026-06-04T08:00");
  assert.equal(notification(["trust-service-provider", "trust-services-affected"]), "2026-06-02T08:00");
  const submissions = { notification: ["2026-01-31T08:00:00Z"] };
  assert.equal(when(due(nis2, "final", { facts, submissions }).dueAt), "2026-02-28T08:00");
  const lasting = { facts: { ...facts, handled: "2026-08-31T08:00:00Z" }, submissions, traits: ["still-ongoing"] };
  assert.deepEqual(
    ["final", "progress", "final-after-handling"]
      .map((id) => due(nis2, id, lasting))
      .map((one) => [one.standing, when(one.dueAt)]),
    [
      ["not-owed", null],
      ["running", "2026-02-28T08:00"],
      ["running", "2026-09-30T08:00"],
    ],
  );
});

test("where the law gives no figure none is given", () => {
  const one = due(legsOf("qc-l25"), "commission", { facts: { "reasons-to-believe": "2026-06-01T08:00:00Z" } });
  assert.deepEqual([one.standing, one.dueAt], ["no-period", null]);
  const last = due(legsOf("qc-amf"), "final", { facts: { "under-control": "2026-06-01T08:00:00Z" } });
  assert.deepEqual([last.standing, last.dueAt], ["no-period", null]);
});

test("what is owed again and again follows its own submissions, until it is owed no more", () => {
  const amf = legsOf("qc-amf");
  const submissions = { report: ["2026-06-01T08:00:00Z"], "follow-up": ["2026-06-03T08:00:00Z"] };
  assert.equal(when(due(amf, "follow-up", { submissions }).dueAt), "2026-06-06T08:00");
  const ended = (text: string) => due(amf, "follow-up", { submissions, facts: { "under-control": text } });
  assert.deepEqual([ended("2026-06-05T08:00:00Z").standing, ended("2026-06-05T08:00:00Z").dueAt], ["over", null]);
  assert.equal(ended("2026-06-09T08:00:00Z").standing, "running", "it was due before that");
});

test("what is withheld by law runs on, and is not overdue meanwhile", () => {
  const hold = { reason: "Investigation", authority: "FBI", legs: ["filing"] };
  const facts = { material: "2026-06-01T14:00:00Z" };
  const from = at("2026-06-02T00:00:00Z");
  const withheld = (until: string | null) =>
    due(legsOf("us-sec"), "filing", { facts, holds: [{ ...hold, from, until: until === null ? null : at(until) }] });
  assert.equal(when(withheld(null).dueAt), "2026-06-05T15:30");
  assert.equal(isOverdue(withheld(null), at("2026-07-01T00:00:00Z")), false);
  const ended = withheld("2026-07-01T14:00:00Z");
  assert.equal(when(ended.dueAt), "2026-06-05T15:30", "the clock ran on");
  assert.equal(when(ended.withheld[0]?.dueAfter ?? null), "2026-07-07T15:30");
  assert.equal(isOverdue(ended, at("2026-07-07T15:29:00Z")), false);
  assert.equal(isOverdue(ended, at("2026-07-07T15:30:00Z")), true);
});

test("HIPAA: the department hears together with individuals, and in any event within their sixty days", () => {
  const hipaa = legsOf("us-hipaa");
  const facts = { discovered: "2026-06-01T08:00:00Z" };
  const traits = ["500-or-more"];
  const department = (submissions: Given["submissions"]) =>
    when(due(hipaa, "department", { facts, traits, ...(submissions && { submissions }) }).dueAt);
  assert.equal(department(undefined), "2026-07-31T08:00");
  assert.equal(department({ persons: ["2026-06-10T08:00:00Z"] }), "2026-06-10T08:00");
  assert.equal(
    department({ persons: ["2026-09-10T08:00:00Z"] }),
    "2026-07-31T08:00",
    "late with one is late with both",
  );
  assert.equal(due(hipaa, "department", { facts }).standing, "not-owed");
});

test("nothing runs of what is not in force, nor for what began before", () => {
  const cra = lawNamed("cra") ?? assert.fail();
  const began = (text: string) =>
    due(cra.legs, "incident-warning", { facts: { "incident-aware": text }, inForce: forceOf(cra, "Europe/Paris") });
  assert.equal(began("2026-09-10T21:59:00Z").standing, "not-in-force");
  assert.equal(when(began("2026-09-10T22:00:00Z").dueAt), "2026-09-11T22:00", "from midnight on, in its place");
  for (const { id, status, legs } of laws.filter((one) => one.status !== "in-force")) {
    const facts = Object.fromEntries(factsOf(legs).map((name) => [name, "2026-10-01T08:00:00Z"]));
    const law = lawNamed(id) ?? assert.fail();
    for (const one of duesOf(legs, known({ facts, inForce: forceOf(law, "UTC") })))
      assert.deepEqual([one.standing, one.dueAt], ["not-in-force", null], `${id} is ${status}`);
  }
});

test("a word that no leg knows is refused, and so is withholding what may not be", () => {
  const refusedFor = (given: Given): string | null => {
    const wrong = wrongIn(dora, known(given));
    return isRefusal(wrong) ? wrong.refused : null;
  };
  assert.equal(refusedFor({ facts: { aware: "2026-06-01T08:00:00Z" }, traits: ["nis2-essential"] }), null);
  assert.equal(refusedFor({ facts: { awareness: "2026-06-01T08:00:00Z" } }), "fact-unknown");
  assert.equal(refusedFor({ submissions: { first: ["2026-06-01T08:00:00Z"] } }), "leg-unknown");
  assert.equal(refusedFor({ traits: ["bank"] }), "trait-unknown");
  const hold = { reason: "R", authority: "A", from: 0, until: null };
  assert.equal(refusedFor({ holds: [{ ...hold, legs: ["initial"] }] }), "leg-not-withheld");
  assert.equal(refusedFor({ holds: [{ ...hold, legs: ["other"] }] }), "leg-unknown");
  assert.equal(isRefusal(wrongIn([leg("late", lastOf("never"), hours(1))], known({}))), true);
});

test("each law is written right: names once, starts that exist, a version", () => {
  assert.equal(new Set(laws.map(({ id }) => id)).size, laws.length);
  for (const law of laws) {
    assert.equal(wrongIn(law.legs, known({})), null, law.id);
    assert.equal(new Set(law.legs.map(({ id }) => id)).size, law.legs.length, law.id);
    assert.ok(law.version >= 1 && law.legs.length > 0, law.id);
    if (law.certainty !== "unchecked") assert.ok(law.checkedOn !== null, law.id);
    if (law.status !== "in-force") assert.equal(law.inForceFrom, null, law.id);
  }
});

const moments = fc.integer({ min: 0, max: 40 * 24 * 60 }).map((count) => at("2026-03-01T00:00:00Z") + count * minuteMs);

test("the earlier of two, unless the first comes after the second is over, whenever they are", () => {
  fc.assert(
    fc.property(
      moments,
      moments,
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 1, max: 100 }),
      (a, b, own, cap) => {
        const atLatest = { start: fact("b"), limit: hours(cap), lateStart: "lifts" } as const;
        const legs = [leg("one", fact("a"), hours(own), { atLatest })];
        const facts = new Map([
          ["a", a],
          ["b", b],
        ]);
        const [one] = duesOf(legs, { ...known({}), facts });
        const [first, second] = [a + own * hourMs, b + cap * hourMs];
        assert.equal(one?.dueAt, a > second ? first : Math.min(first, second));
        const holding = [leg("one", fact("a"), hours(own), { atLatest: { ...atLatest, lateStart: "holds" } })];
        assert.equal(duesOf(holding, { ...known({}), facts })[0]?.dueAt, Math.min(first, second));
      },
    ),
  );
});

test("a chain follows what was submitted, whatever was due, and no leg moves another", () => {
  fc.assert(
    fc.property(fc.array(moments, { minLength: 1, maxLength: 5 }), (sent) => {
      const legs = [
        leg("a", fact("start"), hours(24)),
        leg("first", firstOf("a"), months(1)),
        leg("last", lastOf("a"), months(1)),
      ];
      const submissions = new Map([["a", sent]]);
      const [, first, last] = duesOf(legs, { ...known({}), submissions });
      assert.ok((first?.dueAt ?? 0) <= (last?.dueAt ?? 0));
      assert.equal(first?.startedAt, Math.min(...sent));
      assert.equal(last?.startedAt, Math.max(...sent));
      const alone = duesOf(legs.toReversed(), { ...known({}), submissions });
      assert.deepEqual(alone.toReversed(), [...duesOf(legs, { ...known({}), submissions })]);
    }),
  );
});
