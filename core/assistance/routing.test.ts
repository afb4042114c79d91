import assert from "node:assert/strict";
import { test } from "node:test";
import { deserted, deskOf, facilities, known, legal, settings, technicians, wanted } from "./given.ts";
import { routeAssistance } from "./routing.ts";
import { answerMinutesFor, firstSettings, type Party, settingsFault } from "./settings.ts";

const { roster } = known;
const routed = (more: Partial<typeof wanted> | object, tried: readonly Party[] = []) =>
  routeAssistance({ ...wanted, ...more }, { settings, roster, tried });

test("the first rule that matches wins, and says what made it match", () => {
  const { to, because } = routed({
    title: "A water main burst in the WATER room",
    kind: "technical",
    service: "payroll",
  });
  assert.deepEqual(to, facilities);
  assert.deepEqual(because, { code: "rule", version: 3, rule: 1, by: [{ what: "words", value: "water main" }] });
});

test("words are found without accents, in either language, and only word for word", () => {
  assert.deepEqual(routed({ title: "Une FUITE D'EAU au sous-sol", kind: "other" }).to, facilities);
  assert.deepEqual(routed({ title: "Watermains", kind: "other" }).because.code, "fallback");
});

test("of what a rule names all must hold", () => {
  assert.deepEqual(routed({ kind: "technical", service: "payroll" }).to, technicians);
  assert.equal(routed({ kind: "technical", service: "mail" }).because.code, "fallback");
  const office = { kind: "other", domains: ["customers"], site: "head  OFFICE" };
  assert.deepEqual(routed(office).to, legal);
  assert.deepEqual(routed(office).because, {
    code: "rule",
    version: 3,
    rule: 4,
    by: [
      { what: "domain", value: "customers" },
      { what: "site", value: "Head office" },
    ],
  });
  assert.equal(routed({ ...office, site: null }).because.code, "fallback");
});

test("where no rule matches the fall-back is asked; without one, nobody, and it is said", () => {
  assert.deepEqual(routed({ kind: "legal" }).to, deskOf);
  const none = routeAssistance({ ...wanted, kind: "legal" }, { settings: firstSettings, roster, tried: [] });
  assert.deepEqual(none, { to: null, because: { code: "nobody", version: 0 }, passed: [] });
});

test("whoever had it, or has nobody to answer, is passed over by name", () => {
  const passed = routed({}, [facilities]);
  assert.deepEqual(passed.to, deskOf);
  assert.deepEqual(passed.passed, [{ party: facilities, rule: 3, because: "had-it" }]);
  assert.deepEqual(routed({ kind: "supplier" }).passed, [{ party: deserted, rule: 5, because: "nobody-there" }]);
  assert.equal(routed({}, [facilities, deskOf]).to, null);
});

test("whoever is asked has the strictest of the times that their kind and they have; else the usual", () => {
  assert.equal(answerMinutesFor(settings, facilities, { kind: "facilities", urgent: false }), 120);
  assert.equal(answerMinutesFor(settings, facilities, { kind: "facilities", urgent: true }), 10);
  assert.equal(answerMinutesFor(settings, legal, { kind: "legal", urgent: false }), 480);
  const kinds = settings.kinds.map((one) => ({ ...one, answerMinutes: 30 }));
  assert.equal(answerMinutesFor({ ...settings, kinds }, facilities, { kind: "facilities", urgent: false }), 30);
});

test("rules that cannot be are refused with the one that is meant", () => {
  assert.equal(settingsFault(settings), null);
  assert.equal(settingsFault(firstSettings), null);
  const [first] = settings.rules;
  const [kind] = settings.kinds;
  assert.ok(first && kind);
  const faulty = (more: Partial<typeof settings>) => settingsFault({ ...settings, ...more });
  assert.deepEqual(faulty({ rules: [first, { ...first, words: [] }] }), { fault: "nothing", rule: 2, name: "" });
  assert.deepEqual(faulty({ rules: [{ ...first, kinds: ["none"] }] }), { fault: "kind", rule: 1, name: "none" });
  assert.deepEqual(faulty({ rules: [{ ...first, words: ["…"] }] }), { fault: "word", rule: 1, name: "…" });
  assert.deepEqual(faulty({ rules: [], kinds: [kind, kind] }), { fault: "twice", rule: 0, name: kind.id });
  assert.deepEqual(faulty({ rules: [], kinds: [{ ...kind, retired: true }] }), { fault: "none", rule: 0, name: "" });
  assert.equal(faulty({ terms: [...settings.terms, ...settings.terms] })?.fault, "terms");
});
