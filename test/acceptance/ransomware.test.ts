/** Ransomware, from the first look to the registers: restricted from the beginning, evidence in hand, three laws each with its own
 *  limit, the threat contained and eradicated, closed by one of level 5 and looked at by another, and nothing of it for anybody else. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type Json, type Method, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let lead: Someone;
let judge: Someone;
let outsider: Someone;
let helper: Someone;
let id: string;

const laws = ["gdpr33", "qc-l25", "dora"] as const;
const title = "Fichiers chiffrés à la comptabilité";

before(async () => {
  world = await startWorld();
  lead = await world.person("Cleo Diop", 5, { language: "fr" });
  judge = await world.person("Dan Roy", 5);
  helper = await world.person("Eve Cole", null);
  outsider = await world.person("Olga Sand", 5);
  for (const law of laws)
    await good("POST", "/api/v1/obligations/laws", {
      law,
      place: "FR",
      zone: "Europe/Paris",
      ...(law === "qc-l25" && { targets: { commission: 72 } }),
    });
  const incident = { title, language: "fr", categories: ["security"], impact: 1, urgency: 1 };
  ({ id } = await good("POST", "/api/v1/incidents", incident));
});

async function good(method: Method, path: string, body?: object, by: Someone = lead): Promise<Json> {
  const answer = await world.api(method, path, body, { token: by.token });
  await world.settle();
  assert.ok(answer.status < 300, `${path}: ${answer.text}`);
  return answer.body;
}
const act = (command: string, body: object, by?: Someone): Promise<Json> =>
  good("POST", `/api/v1/incidents/${id}/${command}`, body, by);
const hence = (hours: number): string => new Date(world.desk.clock.now() + hours * 3_600_000).toISOString();
const lawOf = async (name: string): Promise<Json> =>
  (await good("GET", `/api/v1/incidents/${id}/obligations`)).data.find((one: Json) => one.id === name);

test("it is for those alone who need to know, from its first entry on", async () => {
  await act("accept", {});
  await act("grant-access", { person: judge.id, reason: "Direction" });
  await act("grant-access", { person: helper.id, reason: "A imagé le disque" });
  for (const path of ["", "/security", "/obligations", "/timeline", "/contributions"]) {
    const answer = await world.api("GET", `/api/v1/incidents/${id}${path}`, undefined, { token: outsider.token });
    assert.deepEqual([answer.status, answer.body.code], [404, "incident-unknown"], path);
  }
  const board = await world.api("GET", "/api/v1/board", undefined, { token: outsider.token });
  assert.equal(board.body.counts.open, 0);
});

test("evidence is listed with the hash of its arrival, goes from hand to hand, and is held", async () => {
  const headers = { "content-type": "application/octet-stream" };
  const path = `/api/v1/incidents/${id}/attachments?name=note.txt`;
  const file = (await world.api("POST", path, Buffer.from("pay"), { token: helper.token, headers })).body;
  const listed = await act("security/register-evidence", { attachment: file.id, description: "Demande de rançon" });
  assert.match(listed.evidence[0].file.sha256, /^[0-9a-f]{64}$/);
  await act("security/register-evidence", { description: "Poste 117", place: "Coffre 2" });
  await act("security/hand-over-evidence", { evidence: 2, person: helper.id, reason: "Copie du disque" });
  const received = await act("security/receive-evidence", { evidence: 2 }, helper);
  assert.equal(received.evidence[1].keeper.name, helper.name);
  await act("security/hold-evidence", { evidence: 2, reason: "Plainte déposée" });
  await act("security/add-observables", { values: ["hxxp://paiement[.]bad[.]example"] });
});

test("three laws are assessed, each counts from what it names, and each submission is a named person's", async () => {
  const [seen, classified] = [hence(-3), hence(-1)];
  const facts = { gdpr33: "aware", "qc-l25": "reasons-to-believe", dora: "aware" } as const;
  for (const law of laws) {
    await act("assess-obligation", { law, outcome: "owed", text: "Dossiers de paie copiés" });
    await act("date-obligation", { law, fact: facts[law], at: seen });
  }
  await act("date-obligation", { law: "dora", fact: "classified", at: classified });
  const legOf = async (law: string, leg: string): Promise<Json> =>
    (await lawOf(law)).legs.find((one: Json) => one.id === leg);
  const at = (from: string, hours: number): string => new Date(Date.parse(from) + hours * 3_600_000).toISOString();
  assert.equal((await legOf("gdpr33", "authority")).dueAt, at(seen, 72));
  assert.equal((await legOf("dora", "initial")).dueAt, at(classified, 4));
  const quebec = await legOf("qc-l25", "commission");
  assert.deepEqual(
    [quebec.dueAt, quebec.targetAt, quebec.standing],
    [null, at(seen, 72), "no-period"],
    "the law gives no figure: the target is the organisation's own",
  );
  await act("record-submission", { law: "dora", leg: "initial", at: hence(0), reference: "ACPR-17", way: "OneGate" });
  await act("record-submission", {
    law: "gdpr33",
    leg: "authority",
    at: hence(0),
    reference: "CNIL-9",
    way: "Site",
  });
  const [sent] = (await legOf("gdpr33", "authority")).submissions;
  assert.deepEqual([sent.by, sent.late, sent.reference], [lead.name, false, "CNIL-9"]);
});

/** The commission has heard nothing, and the second report is due within three days: a last one, in a month, is no reason to wait. */
async function refusedUntilTold(): Promise<void> {
  const confirm = (more: object = {}) =>
    world.api(
      "POST",
      `/api/v1/incidents/${id}/confirm-criterion`,
      { criterion: "obligations-settled", text: "Vu", ...more },
      { token: lead.token, headers: { "accept-language": "fr" } },
    );
  const wanted = async (): Promise<string[]> =>
    (await good("GET", `/api/v1/incidents/${id}`)).asks.criteria.find((one: Json) => one.id === "obligations-settled")
      .unsettled;
  const first = await confirm();
  assert.deepEqual([first.status, first.body.code], [409, "obligations-unsettled"]);
  for (const said of ["DORA", "Avis à la Commission", "délai en cours"])
    assert.ok(first.body.detail.includes(said), first.body.detail);
  assert.equal((await wanted()).length, 2, "and the page is told of both");
  assert.equal((await confirm({ notNeeded: true, reason: "Rien à dire" })).body.code, "obligations-unsettled");
  await act("record-submission", { law: "qc-l25", leg: "commission", at: hence(0), reference: "CAI-4" });
  await act("record-submission", { law: "qc-l25", leg: "persons", at: hence(0), way: "Lettres" });
  await act("record-submission", { law: "dora", leg: "intermediate", at: hence(0), reference: "ACPR-18" });
  assert.equal(await wanted(), undefined);
  const confirmed = await confirm();
  assert.equal(confirmed.status, 200, confirmed.text);
  const entries = (await good("GET", `/api/v1/incidents/${id}/timeline?limit=1000`)).data;
  const { left } = entries.findLast(({ type }: Json) => type === "criterion.confirmed").data;
  assert.deepEqual(
    left.map(({ law, leg }: Json) => [law, leg]),
    [["dora", "final"]],
    "what is due later is named as it is confirmed",
  );
}

test("contained, eradicated, closed by one and accepted by another; the registers have it for those whom it admits", async () => {
  await act("security/declare-contained", { text: "Réseau coupé" });
  await act("security/declare-eradicated", { text: "Postes réinstallés" });
  await act("confirm-priority", { impact: 1, urgency: 1 });
  for (const question of ["first-seen", "what-is-exposed", "personal-data", "still-going-on"])
    await act("gather", { question, answer: null });
  await act("declare-restored", { text: "Sauvegardes rechargées" });
  await act("declare-resolved", { solution: "Réinstallation", cause: "Mot de passe volé" });
  for (const item of ["renew-secrets", "restore-access", "watch-closely"])
    await act("complete-recovery-item", { item, text: "Fait" });
  await act("confirm-recovery", { text: "Tout est reparti", confirmedBy: "La paie, au téléphone" });
  await act("confirm-criterion", { criterion: "evidence-listed", text: "Vu" });
  await refusedUntilTold();
  await act("complete-documentation", { language: "fr", summary: "Rançongiciel", impact: "Deux jours de paie" });
  const closed = await act("close", {});
  assert.deepEqual([closed.stage, closed.closure.check], ["closed", "due"]);
  assert.equal((await act("accept-closure", { text: "Complet" }, judge)).closure.check, "accepted");
  for (const register of ["gdpr-breaches", "qc-confidentiality"]) {
    const rows = (by: Someone) => good("GET", `/api/v1/registers/${register}`, undefined, by);
    assert.deepEqual(
      (await rows(lead)).data.map(({ incident }: Json) => incident.number),
      [closed.number],
      register,
    );
    assert.deepEqual((await rows(outsider)).data, [], "a register tells no more than the incident");
  }
  const types = new Set(
    (await good("GET", `/api/v1/incidents/${id}/timeline?limit=1000`)).data.map(({ type }: Json) => type),
  );
  for (const type of ["evidence.registered", "obligation.assessed", "threat.eradicated", "closure.accepted"])
    assert.ok(types.has(type), type);
});
