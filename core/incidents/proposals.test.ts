/** What is proposed while an incident is written, and why. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { firstProcess } from "../directory/default-processes.ts";
import type { Category, Service } from "../directory/types.ts";
import { type PastIncident, type ProposalKnown, type Proposals, proposeFor, type Written } from "./proposals.ts";

const service = (id: string, nameFr: string, nameEn: string, changes: Partial<Service> = {}): Service => ({
  id,
  nameFr,
  nameEn,
  ownerId: null,
  teamId: null,
  policyId: null,
  vital: [],
  aliases: { fr: [], en: [] },
  ...changes,
});
const category = (id: string, fr: string[], en: string[]): Category => ({
  id,
  nameFr: id,
  nameEn: id,
  keywords: { fr, en },
  process: firstProcess(id),
  retired: false,
});

const pay = service("pay", "Paie", "Payroll", {
  teamId: "finance",
  aliases: { fr: ["bulletin de salaire", "fiche de paie"], en: ["payslip"] },
  vital: [{ id: "wages", nameFr: "Salaires", nameEn: "Wages" }],
});
const permits = service("permits", "Permis en ligne", "Online permits", { teamId: "web" });
const booking = service("booking", "Réservation en ligne", "Online booking");
const known: ProposalKnown = {
  services: [pay, permits, booking],
  categories: [
    category("security", ["hameçonnage", "fuite de données"], ["phishing"]),
    category("low-impact", ["imprimante"], ["printer"]),
  ],
  history: [],
  ownTeams: [],
};
const propose = (written: Partial<Written> & { title: string }, changes: Partial<ProposalKnown> = {}): Proposals =>
  proposeFor(written, { ...known, ...changes });
const codes = (reasons: readonly { code: string }[] | undefined): string[] => (reasons ?? []).map(({ code }) => code);

test("a service is proposed by its name, by any of its aliases, in either language", () => {
  for (const title of ["Paie en retard", "PAYROLL is late", "Ma fiche de paie est vide", "Payslips missing"]) {
    const { service: found } = propose({ title });
    assert.equal(found?.value, "pay", title);
    assert.deepEqual(codes(found?.reasons), ["service-named"]);
  }
  assert.deepEqual(propose({ title: "Les bulletins de salaires sont faux" }).service?.reasons, [
    { code: "service-named", values: { name: "bulletin de salaire" } },
  ]);
});

test("a word that only one service has is enough; one that two have is offered for both and chosen for none", () => {
  const one = propose({ title: "La réservation répond 502" });
  assert.deepEqual(one.service, {
    value: "booking",
    reasons: [{ code: "service-word", values: { words: ["reservation"] } }],
  });
  const both = propose({ title: "Réservation et permis répondent 502" });
  assert.equal(both.service, null);
  assert.deepEqual(both.otherServices.map(({ value }) => value).sort(), ["booking", "permits"]);
  assert.equal(propose({ title: "Tout en ligne est lent" }).service, null, "“online” is not a service");
});

test("what was chosen is not proposed otherwise, and what follows from it is", () => {
  const { service: chosen, assignee, impact } = propose({ title: "Réservation lente", service: "pay" });
  assert.deepEqual(chosen, { value: "pay", reasons: [{ code: "said", values: {} }] });
  assert.deepEqual(assignee, {
    value: { kind: "team", id: "finance" },
    reasons: [{ code: "service-team", values: {} }],
  });
  assert.deepEqual([impact.value, codes(impact.reasons)], [2, ["vital-function"]]);
});

test("categories come from their keywords, in either language, whole phrases only", () => {
  const found = (title: string) => propose({ title }).categories.map(({ value }) => value);
  assert.deepEqual(found("Courriel d’hameçonnage reçu par dix personnes"), ["security"]);
  assert.deepEqual(found("Phishing again"), ["security"]);
  assert.deepEqual(found("Fuite d’eau près des données"), []);
  assert.deepEqual(found("L’imprimante du 3e"), ["low-impact"]);
});

test("how grave it is comes from the words, the gravest first, and a longer phrase hides what it holds", () => {
  const weight = (title: string) => {
    const { impact, urgency, priority } = propose({ title });
    return [impact.value, urgency.value, priority];
  };
  assert.deepEqual(weight("Le portail est hors service pour tout le monde"), [1, 1, 1]);
  assert.deepEqual(weight("The portal is slow for several teams"), [2, 3, 3]);
  assert.deepEqual(weight("Pas urgent: coquille sur mon écran"), [4, 4, 5]);
  assert.deepEqual(weight("Fumée dans la salle des serveurs"), [1, 1, 1]);
  assert.deepEqual(weight("Something odd"), [3, 3, 3]);
  assert.deepEqual(codes(propose({ title: "Something odd" }).urgency.reasons), ["nothing-known"]);
  assert.deepEqual(propose({ title: "Pas urgent" }).urgency.reasons, [
    { code: "words", values: { words: ["pas urgent"] } },
  ]);
  const given = propose({ title: "Hors service pour tout le monde", impact: 4, urgency: 4 });
  assert.deepEqual([given.impact.value, given.urgency.value, given.priority], [4, 4, 5]);
});

const past = (n: number, changes: Partial<PastIncident> = {}): PastIncident => ({
  number: `INC-2026-00000${n}`,
  service: "permits",
  categories: ["security"],
  impact: 2,
  urgency: 2,
  team: null,
  function: "legal",
  ...changes,
});

test("past incidents of the same words speak when most of them say the same, and are named", () => {
  const three = propose({ title: "Jeton refusé" }, { history: [past(1), past(2), past(3, { service: "pay" })] });
  assert.deepEqual(three.service, {
    value: "permits",
    reasons: [{ code: "history", values: { count: 2, of: 3, numbers: ["INC-2026-000001", "INC-2026-000002"] } }],
  });
  assert.deepEqual(
    three.categories.map(({ value }) => value),
    ["security"],
  );
  assert.deepEqual([three.impact.value, three.urgency.value, three.priority], [2, 2, 2]);
  assert.deepEqual(three.assignee?.value, { kind: "team", id: "web" }, "the service's team, before history");
  const alone = propose({ title: "Jeton refusé" }, { history: [past(1)] });
  assert.deepEqual([alone.service, alone.categories, alone.assignee], [null, [], null], "one is an anecdote");
  const split = propose(
    { title: "Jeton refusé" },
    { services: [], history: [past(1), past(2), past(3, { function: "it" }), past(4, { function: "it" })] },
  );
  assert.equal(split.assignee, null);
});

test("whose team has one service writes of that one, when nothing else speaks", () => {
  const own = propose({ title: "Encore un souci de certificat" }, { ownTeams: ["web"] });
  assert.deepEqual(own.service, { value: "permits", reasons: [{ code: "own-team", values: {} }] });
  assert.equal(propose({ title: "Paie en retard" }, { ownTeams: ["web"] }).service?.value, "pay");
});

test("whatever is written, there is an answer, and it is the same each time", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.string({ maxLength: 500 }), (title, description) => {
      const once = propose({ title, description });
      assert.deepEqual(propose({ title, description }), once);
      assert.ok(once.priority >= 1 && once.priority <= 5);
    }),
  );
});
