/** What answers come to, what is asked of a submission, and how long registers keep. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseIso, toIso } from "../kernel/time.ts";
import { type Answers, answers, entityTraits, questionIds, questionsOf, suggested } from "./assessment.ts";
import { targetable } from "./bound.ts";
import { traitsOf } from "./clock.ts";
import { fieldsOf } from "./fields.ts";
import { lawNamed, laws } from "./laws.ts";
import { keptUntil, registerNamed, registers } from "./registers.ts";

const comes = (law: string, given: Answers) => suggested(questionsOf(law), given);

test("a breach of personal data is to be notified unless a risk is unlikely, and is documented all the same", () => {
  assert.equal(comes("gdpr33", {}), "unknown");
  assert.equal(comes("gdpr33", { "personal-data-breach": "no" }), "out-of-scope");
  assert.equal(comes("gdpr33", { "personal-data-breach": "yes" }), "unknown", "nobody has said that a risk is likely");
  assert.equal(comes("gdpr33", { "personal-data-breach": "yes", "risk-unlikely": "no" }), "owed");
  assert.equal(comes("gdpr33", { "personal-data-breach": "yes", "risk-unlikely": "yes" }), "not-owed");
});

test("DORA: critical services, and a malicious access or two of six thresholds", () => {
  const hit = { "ict-incident": "yes", "critical-services": "yes" } as const;
  const none = {
    "malicious-access": "no",
    reputation: "no",
    "duration-threshold": "no",
    "member-states": "no",
  } as const;
  const rest = { "data-losses": "no", "costs-threshold": "no", "clients-threshold": "no" } as const;
  assert.equal(comes("dora", { ...hit, "malicious-access": "yes" }), "owed");
  assert.equal(comes("dora", { ...hit, ...none, ...rest, "clients-threshold": "yes" }), "not-owed", "one is not two");
  assert.equal(comes("dora", { ...hit, ...none, ...rest, "clients-threshold": "yes", reputation: "yes" }), "owed");
  assert.equal(comes("dora", { ...hit, ...none, "clients-threshold": "yes" }), "unknown", "another may be reached");
  assert.equal(comes("dora", { ...hit, "critical-services": "no", "malicious-access": "yes" }), "not-owed");
});

test("Québec: a confidentiality incident without a risk of serious injury is told to nobody, and registered", () => {
  assert.equal(comes("qc-l25", { "confidentiality-incident": "yes", "serious-injury": "no" }), "not-owed");
  assert.equal(comes("qc-l25", { "confidentiality-incident": "yes", "serious-injury": "yes" }), "owed");
  assert.ok(registerNamed("qc-confidentiality")?.holds.includes("not-owed"));
});

test("each law asks something, each leg has something to say, and nothing is asked of no law", () => {
  for (const { id, legs } of laws) {
    assert.ok(questionIds(questionsOf(id)).length > 0, id);
    for (const leg of legs) assert.ok(fieldsOf(id, leg.id).length > 0, `${id} ${leg.id}`);
    const asked = legs.flatMap((leg) => fieldsOf(id, leg.id).filter((one, at, all) => all.indexOf(one) !== at));
    assert.deepEqual(asked, [], `${id}: nothing twice`);
  }
  const traits = new Set(laws.flatMap(({ legs }) => traitsOf(legs)));
  for (const trait of entityTraits) assert.ok(traits.has(trait), trait);
  for (const { laws: named } of registers) for (const law of named) assert.ok(lawNamed(law), law);
  assert.deepEqual(targetable(lawNamed("qc-l25")?.legs ?? []), ["commission", "persons"]);
});

const law = fc.constantFrom(...laws.map(({ id }) => id));
const given = (id: string) =>
  fc.record(Object.fromEntries(questionIds(questionsOf(id)).map((one) => [one, fc.constantFrom(...answers)])));

test("what is not known is never a reason to tell nobody: an answer learned later only settles what was unknown", () => {
  fc.assert(
    fc.property(
      law.chain((id) => fc.tuple(fc.constant(id), given(id))),
      ([id, known]) => {
        const outcome = comes(id, known);
        const open = Object.keys(known).filter((one) => known[one] === "unknown");
        if (open.length === 0) assert.notEqual(outcome, "unknown", "all was answered");
        const [one] = open;
        if (one === undefined || outcome === "unknown") return;
        const later = new Set((["yes", "no"] as const).map((answer) => comes(id, { ...known, [one]: answer })));
        if (outcome === "not-owed" || outcome === "owed") assert.ok([...later].every((each) => each !== "unknown"));
        if (outcome === "owed") assert.deepEqual([...later], ["owed"]);
      },
    ),
  );
});

test("a register keeps until the end of a day, counted from the fact that its law names", () => {
  const at = parseIso("2026-02-28T23:30:00-05:00") ?? 0;
  const register = registerNamed("qc-confidentiality") ?? assert.fail();
  const until = keptUntil(register, { "reasons-to-believe": { at } }, "America/Montreal");
  assert.equal(until === null ? null : toIso(until), "2031-03-01T05:00:00.000Z");
  assert.equal(keptUntil(register, {}, "America/Montreal"), null, "what it counts from is not known");
  const withoutPeriod = registerNamed("gdpr-breaches") ?? assert.fail();
  assert.equal(keptUntil(withoutPeriod, { aware: { at } }, "UTC"), null);
});
