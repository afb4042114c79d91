/** While an incident is written: what is proposed and why, what it may be a duplicate of, and the templates to begin from. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type Answer, type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let [ana, dan]: Someone[] = [];
const ids: Record<string, string> = {};

before(async () => {
  world = await startWorld({ mail: false, shared: true });
  ana = await world.person("Ana Two", 2);
  dan = await world.person("Dan Five", 5);
  const made = async (path: string, body: object): Promise<string> => {
    const answer = await world.api("POST", `/api/v1/${path}`, body);
    assert.equal(answer.status, 201, answer.text);
    return answer.body.id;
  };
  ids.team = await made("teams", { name: "Finance", members: [ana.id] });
  ids.vital = await made("vital-functions", { nameFr: "Salaires", nameEn: "Wages" });
  ids.pay = await made("services", { nameFr: "Paie", nameEn: "Payroll", team: ids.team, vital: [ids.vital] });
  ids.permits = await made("services", { nameFr: "Permis en ligne", nameEn: "Online permits" });
});

const record = async (title: string, more: object = {}): Promise<Json> => {
  const answer = await world.api("POST", "/api/v1/incidents", { title, ...more });
  assert.equal(answer.status, 201, answer.text);
  world.desk.clock.advance(1_000);
  return answer.body;
};
const propose = async (title: string, more: object = {}, as = ana): Promise<Json> => {
  const answer = await world.api(
    "POST",
    "/api/v1/incidents/proposals",
    { title, ...more },
    { token: as?.token ?? null },
  );
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.body.complete, true);
  return answer.body;
};
const numbers = (answer: Json): string[] => answer.duplicates.map((one: Json) => one.number);
const codes = (reasons: Json): string[] => reasons.map((one: Json) => one.code);

test("service, weight and team are proposed with their reasons, and other words for a service are learnt at once", async () => {
  const before = await propose("Ma fiche de salaire est vide");
  assert.equal(before.proposals.service?.reasons[0].code, "own-team", "her team has one service");
  const changed = await world.api("PATCH", `/api/v1/services/${ids.pay}`, {
    aliases: { fr: ["fiche de salaire"], en: ["payslip"] },
  });
  assert.deepEqual([changed.status, changed.body.aliases.en, changed.body.team], [200, ["payslip"], ids.team]);
  const { proposals } = await propose("Ma fiche de salaire est vide, urgent");
  assert.deepEqual(proposals.service, {
    value: ids.pay,
    reasons: [{ code: "service-named", values: { name: "fiche de salaire" } }],
  });
  assert.deepEqual([proposals.impact.value, codes(proposals.impact.reasons)], [2, ["vital-function"]]);
  assert.deepEqual([proposals.urgency.value, proposals.priority], [1, 1]);
  assert.deepEqual(proposals.assignee.value, { kind: "team", id: ids.team });
});

test("categories come from keywords, which level 5 keeps", async () => {
  const found = async (title: string): Promise<string[]> =>
    (await propose(title)).proposals.categories.map((one: Json) => one.value);
  assert.deepEqual(await found("Courriels d’hameçonnage à la paie"), ["security"]);
  assert.deepEqual(await found("Phishing mails"), ["security"]);
  assert.deepEqual(await found("Badge perdu"), []);
  const change = (as: Someone | undefined): Promise<Answer> =>
    world.api(
      "PATCH",
      "/api/v1/categories/security",
      { keywords: { fr: ["badge perdu"] } },
      { token: as?.token ?? null },
    );
  assert.deepEqual([(await change(ana)).status, (await change(ana)).body.code], [403, "level-five-needed"]);
  assert.deepEqual((await change(dan)).body.keywords, { fr: ["badge perdu"], en: [] });
  assert.deepEqual(await found("Badge perdu"), ["security"]);
  const audit = await world.query("select type from events where stream = 'category/security'");
  assert.deepEqual(audit, [{ type: "category.changed" }]);
});

test("the same title is found first, then titles alike in the service, then words of the record", async () => {
  const same = await record("Erreur 502 à la confirmation des permis", { service: ids.permits });
  const alike = await record("Confirmations de permis bloquées", { service: ids.permits });
  const noted = await record("Guichet fermé", { service: ids.permits });
  await world.api("POST", `/api/v1/incidents/${noted.id}/add-observation`, {
    text: "La page de confirmation renvoie 502 depuis midi",
  });
  const answer = await propose("502 CONFIRMATION PERMIS", { service: ids.permits });
  assert.equal(numbers(answer)[0], same.number);
  assert.deepEqual(codes(answer.duplicates[0].reasons), ["same-title"]);
  const found = await propose("La confirmation des permis reste bloquée", { service: ids.permits });
  assert.equal(numbers(found)[0], alike.number);
  assert.ok(codes(found.duplicates[0].reasons).includes("similar-title"));
  const inRecord = await propose("502 quand on attend la confirm", { service: ids.permits });
  assert.ok(numbers(inRecord).includes(noted.number), "words of an observation, the last one unfinished");
  assert.deepEqual((await propose("Permis en ligne")).duplicates, [], "the name of a service says where, not what");
});

test("open ones come before those that ended; one that ended long ago, or an exercise, is none", async () => {
  const first = await record("Climatisation arrêtée salle serveurs");
  await world.api("POST", `/api/v1/incidents/${first.id}/dismiss`, { reason: "Entretien prévu" });
  assert.deepEqual(numbers(await propose("Climatisation arrêtée")), [first.number]);
  const second = await record("Climatisation arrêtée bureau 4");
  await record("Climatisation arrêtée pour exercice", { exercise: true });
  const both = await propose("Climatisation arrêtée");
  assert.deepEqual(numbers(both), [second.number, first.number]);
  assert.deepEqual(
    both.duplicates.map((one: Json) => one.open),
    [true, false],
  );
  assert.equal((await propose("Climatisation arrêtée", { exercise: true })).duplicates.length, 1);
  await world.advance(31 * 24 * 60);
  assert.deepEqual(numbers(await propose("Climatisation arrêtée")), [second.number]);
});

test("an incident shows what resembles it, how that was resolved, and nothing of another world", async () => {
  const similar = async (id: string): Promise<Json> => {
    const answer = await world.api("GET", `/api/v1/incidents/${id}/similar`, undefined, { token: ana?.token ?? null });
    assert.deepEqual([answer.status, answer.body.complete], [200, true], answer.text);
    return answer.body.data;
  };
  const title = "Le certificat du relais est expiré";
  const solved = await record(title);
  const said = { solution: "Certificat renouvelé", cause: "Renouvellement arrêté" };
  const resolved = await world.api("POST", `/api/v1/incidents/${solved.id}/declare-resolved`, said);
  assert.equal(resolved.status, 200, resolved.text);
  await record(title, { exercise: true });
  const merged = await record("Certificat du relais expiré");
  await world.api("POST", `/api/v1/incidents/${merged.id}/merge`, { into: solved.id });
  await world.advance(40 * 24 * 60);
  const again = await record("Certificat du relais expiré depuis minuit");
  const found = await similar(again.number);
  assert.deepEqual(
    found.map((one: Json) => [one.number, one.solution, one.cause]),
    [[solved.number, said.solution, said.cause]],
  );
  assert.ok(codes(found[0].reasons).includes("shared-words"));
  assert.deepEqual(
    (await similar(solved.id)).map((one: Json) => [one.number, one.solution]),
    [[again.number, null]],
  );
  assert.equal((await world.api("GET", "/api/v1/incidents/INC-99999/similar")).status, 404);
});

test("past incidents that share words speak for service, category and priority, and are named", async () => {
  for (const n of [1, 2, 3]) {
    const { id } = await record(`Jeton OAuth périmé ${n}`, { service: ids.permits, categories: ["complex"] });
    await world.api("POST", `/api/v1/incidents/${id}/confirm-priority`, { impact: 1, urgency: 2 });
  }
  const { proposals } = await propose("Jeton OAuth refusé", {}, dan);
  assert.equal(proposals.service.value, ids.permits);
  const [reason] = proposals.service.reasons;
  assert.deepEqual([reason.code, reason.values.count, reason.values.of], ["history", 3, 3]);
  assert.match(reason.values.numbers[0], /^INC-/);
  assert.deepEqual(
    proposals.categories.map((one: Json) => one.value),
    ["complex"],
  );
  assert.deepEqual([proposals.impact.value, proposals.urgency.value, proposals.priority], [1, 2, 1]);
});

test("nothing is kept of what is only being written", async () => {
  const count = () =>
    world.query("select (select count(*) from incidents)::int as i, (select count(*) from events)::int as e");
  const all = await count();
  await propose("Quelque chose de nouveau");
  assert.deepEqual(await count(), all);
  const unknown = await world.api("POST", "/api/v1/incidents/proposals", { title: "x", service: ids.team });
  assert.deepEqual([unknown.status, unknown.body.code], [422, "service-unknown"]);
});

test("templates are kept by level 5 and administrators, audited, and read by all", async () => {
  const body = {
    nameFr: "Panne d’imprimante",
    nameEn: "Printer failure",
    title: "L’imprimante ne répond plus",
    service: ids.pay,
    categories: ["low-impact"],
    impact: 4,
    urgency: 4,
  };
  const as = (someone: Someone | undefined) => ({ token: someone?.token ?? null });
  for (const [method, path] of [
    ["POST", "templates"],
    ["PATCH", `templates/${ids.pay}`],
    ["DELETE", `templates/${ids.pay}`],
  ] as const) {
    const answer = await world.api(method, `/api/v1/${path}`, method === "POST" ? body : {}, as(ana));
    assert.deepEqual([answer.status, answer.body.code], [403, "level-five-needed"], method);
  }
  const made = await world.api("POST", "/api/v1/templates", body, as(dan));
  assert.deepEqual([made.status, made.body], [201, { id: made.body.id, description: null, ...body }]);
  const changed = await world.api("PATCH", `/api/v1/templates/${made.body.id}`, { urgency: 3, service: null });
  assert.deepEqual(changed.body, { ...made.body, urgency: 3, service: null });
  assert.deepEqual((await world.api("GET", "/api/v1/templates", undefined, as(ana))).body.data, [changed.body]);
  for (const [part, code] of [
    [{ service: ids.team }, "service-unknown"],
    [{ categories: ["nowhere"] }, "category-unknown"],
  ] as const) {
    const answer = await world.api("PATCH", `/api/v1/templates/${made.body.id}`, part, as(dan));
    assert.deepEqual([answer.status, answer.body.code], [422, code]);
  }
  assert.equal((await world.api("DELETE", `/api/v1/templates/${made.body.id}`, undefined, as(dan))).status, 200);
  const gone = await world.api("DELETE", `/api/v1/templates/${made.body.id}`, undefined, as(dan));
  assert.deepEqual([gone.status, gone.body.code], [404, "template-unknown"]);
  const audit = await world.query("select type from events where stream = $1 order by seq", [
    `template/${made.body.id}`,
  ]);
  assert.deepEqual(
    audit.map((one: Json) => one.type),
    ["template.added", "template.changed", "template.removed"],
  );
});
