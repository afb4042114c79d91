/** Obligations of an incident on a real desk: a law that binds, an assessment, what is due, what was submitted, what is prepared, and the
 *  registers made of it; and who sees which. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { recordOf } from "./rota.ts";
import { type Answer, type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let cleo: Someone;
let dan: Someone;
let ana: Someone;

before(async () => {
  world = await startWorld({ shared: true });
  [ana, cleo, dan] = [
    await world.person("Ana Two", 2),
    await world.person("Cleo Four", 4),
    await world.person("Dan Five", 5),
  ];
  for (const body of [
    { law: "dora", place: "FR", zone: "Europe/Paris" },
    { law: "gdpr33" },
    { law: "qc-l25", targets: { commission: 72 } },
  ]) {
    const answer = await world.api("POST", "/api/v1/obligations/laws", body, { token: dan.token });
    assert.equal(answer.status, 200, answer.text);
  }
});

const hence = (hours: number): string => new Date(world.desk.clock.now() + hours * 3_600_000).toISOString();
const after = (from: string, hours: number): string => new Date(Date.parse(from) + hours * 3_600_000).toISOString();
const drop = () => {
  world.post.letters.length = 0;
};

async function open(title: string, more: object = {}): Promise<string> {
  const answer = await world.api("POST", "/api/v1/incidents", { title, ...more }, { token: cleo.token });
  assert.equal(answer.status, 201, answer.text);
  await world.settle();
  drop();
  return answer.body.id;
}
const act = async (id: string, command: string, body: object, by: Someone = cleo): Promise<Answer> => {
  const answer = await world.api("POST", `/api/v1/incidents/${id}/${command}`, body, { token: by.token });
  await world.settle();
  return answer;
};
const good = async (id: string, command: string, body: object, by: Someone = cleo): Promise<Json> => {
  const answer = await act(id, command, body, by);
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
};
const read = async (path: string, by: Someone = cleo, headers = {}): Promise<Json> =>
  (await world.api("GET", `/api/v1/${path}`, undefined, { token: by.token, headers })).body;
const law = async (id: string, name: string): Promise<Json> =>
  (await read(`incidents/${id}/obligations`)).data.find((one: Json) => one.id === name);
const leg = async (id: string, name: string, which: string): Promise<Json> =>
  (await law(id, name)).legs.find((one: Json) => one.id === which);

test("what binds is a setting of level 5, said of the organisation in the words of the law, and undone", async () => {
  const bind = (body: object, by: Someone = dan) =>
    world.api("POST", "/api/v1/obligations/laws", body, { token: by.token });
  assert.equal((await bind({ law: "nis2" }, cleo)).body.code, "level-five-needed");
  assert.equal((await bind({ law: "law-of-the-sea" })).body.code, "clock-unknown");
  assert.equal(
    (await bind({ law: "nis2", traits: ["still-ongoing"] })).body.code,
    "trait-unknown",
    "that is of an incident",
  );
  assert.equal(
    (await bind({ law: "nis2", targets: { notification: 12 } })).body.code,
    "leg-unknown",
    "the law has a figure",
  );
  assert.equal((await bind({ law: "nis2", place: "ATLANTIS" })).status, 422);
  const made = await bind({
    law: "nis2",
    traits: ["trust-service-provider"],
    targets: { recipients: 48 },
    place: "BE",
  });
  assert.deepEqual(made.body.bound, {
    traits: ["trust-service-provider"],
    targets: { recipients: 48 },
    zone: null,
    place: "BE",
  });
  const all = await read("obligations/laws", ana);
  assert.deepEqual(
    all.data.filter(({ bound }: Json) => bound).map(({ id }: Json) => id),
    ["nis2", "gdpr33", "dora", "qc-l25"],
  );
  const gone = await world.api("DELETE", "/api/v1/obligations/laws/nis2", undefined, { token: dan.token });
  assert.equal(gone.status, 200);
  assert.equal((await read("obligations/laws")).data.find(({ id }: Json) => id === "nis2").bound, null);
});

test("DORA from classification to the last report: due by what was really submitted, warned of once, in the record", async () => {
  const id = await open("Payments are stopped", { domains: ["information-security"] });
  const shown = await law(id, "dora");
  assert.deepEqual([shown.proposed, shown.assessment, shown.legs, shown.suggested], [true, null, [], "unknown"]);
  assert.equal(
    (await act(id, "assess-obligation", { law: "pci", outcome: "owed", text: "x" })).body.code,
    "law-not-bound",
  );
  const answers = { "ict-incident": "yes", "critical-services": "yes", "malicious-access": "yes" };
  await good(id, "assess-obligation", {
    law: "dora",
    outcome: "owed",
    answers,
    text: "Critical payments, an intruder",
  });
  assert.equal((await law(id, "dora")).suggested, "owed");
  const [aware, classified] = [hence(-2), hence(-1)];
  await good(id, "date-obligation", { law: "dora", fact: "aware", at: aware, toldBy: "Night shift" });
  assert.deepEqual(
    [(await leg(id, "dora", "initial")).standing, (await leg(id, "dora", "initial")).atLatest],
    ["waiting", after(aware, 24)],
  );
  await good(id, "date-obligation", { law: "dora", fact: "classified", at: classified });
  const early = await act(id, "record-submission", { law: "dora", leg: "initial", at: hence(-3) });
  assert.deepEqual([early.status, early.body.code], [422, "occurred-out-of-order"], "before anybody knew of it");
  const initial = await leg(id, "dora", "initial");
  assert.deepEqual(
    [initial.standing, initial.dueAt, initial.limit],
    ["running", after(classified, 4), { unit: "hours", count: 4, afterYearEnd: false }],
  );
  const { soonest } = await read(`incidents/${id}/obligations`, cleo, { "accept-language": "fr" });
  assert.deepEqual([soonest.leg.name, soonest.dueAt], ["Notification initiale", after(classified, 4)]);
  await world.advance(121);
  const warned = world.post.letters.filter(({ to }) => to === cleo.email);
  assert.deepEqual(warned.length, 2, "at 50 and at 75 %");
  assert.match(warned[0]?.text ?? "", /Initial notification/);
  drop();
  const sent = { law: "dora", leg: "initial", at: hence(0), reference: "ACPR-17", way: "OneGate" };
  await good(id, "record-submission", sent);
  const [submission] = (await leg(id, "dora", "initial")).submissions;
  assert.deepEqual(
    [submission.at, submission.by, submission.reference, submission.late, submission.recordedBy],
    [sent.at, cleo.name, "ACPR-17", false, cleo.name],
  );
  assert.equal((await leg(id, "dora", "intermediate")).dueAt, after(sent.at, 72));
  await good(id, "record-submission", { ...sent, withdrawn: true, reason: "Sent to another desk" });
  assert.deepEqual(
    [(await leg(id, "dora", "initial")).standing, (await leg(id, "dora", "intermediate")).standing],
    ["running", "waiting"],
  );
  await good(id, "record-submission", sent);
  await good(id, "dismiss", { reason: "Handled elsewhere" });
  await world.advance(72 * 60 + 1);
  const missed = (await recordOf(world, id)).filter(({ type }) => type === "obligation.missed");
  assert.deepEqual(
    missed.map(({ data }) => (data as Json).leg),
    ["intermediate"],
    "its end ends no obligation",
  );
  assert.equal((await leg(id, "dora", "intermediate")).overdue, true);
  assert.ok((await leg(id, "dora", "intermediate")).fields.includes("reasons-for-delay"));
  drop();
});

test("what is to be submitted is drafted from the record in either language, with what is missing marked", async () => {
  const id = await open("Files were copied", { description: "# Not a heading\nA laptop was stolen." });
  await good(id, "assess-obligation", { law: "qc-l25", outcome: "owed", text: "Serious injury is possible" });
  const believed = hence(-1);
  await good(id, "date-obligation", { law: "qc-l25", fact: "reasons-to-believe", at: believed });
  const notice = await leg(id, "qc-l25", "commission");
  assert.deepEqual([notice.standing, notice.dueAt, notice.targetAt], ["no-period", null, after(believed, 72)]);
  const before = notice.missing;
  await good(id, "describe-obligation", { law: "qc-l25", fields: { "persons-number": "about 400" } });
  assert.equal((await leg(id, "qc-l25", "commission")).missing, before - 1);
  const draft = (language: string) =>
    read(`incidents/${id}/obligation-draft?law=qc-l25&leg=commission&language=${language}`);
  const [fr, en] = [await draft("fr"), await draft("en")];
  assert.match(fr.text, /^# Avis à la Commission\n/);
  assert.match(fr.text, /about 400/);
  assert.match(fr.text, /\*\*À compléter\*\*/);
  assert.match(en.text, /\*\*To be completed\*\*/);
  assert.match(en.text, /\n\\# Not a heading\n/, "what people wrote stays what they wrote");
  assert.equal(en.missing.length, before - 1);
  assert.match(en.fileName, /^INC-\d{4}-\d{6}-qc-l25-commission-en\.md$/);
  const wrong = await world.api("GET", `/api/v1/incidents/${id}/obligation-draft?law=qc-l25&leg=postcard`);
  assert.deepEqual([wrong.status, wrong.body.code], [422, "leg-unknown"]);
  drop();
});

test("a register holds what was assessed, notified or not, of what its reader may see; and is safe in a spreadsheet", async () => {
  const rows = async (by: Someone = cleo): Promise<Json[]> => (await read("registers/gdpr-breaches", by)).data;
  const start = (await rows()).length;
  const id = await open("=cmd|'/C calc'!A0");
  await good(id, "assess-obligation", { law: "gdpr33", outcome: "not-owed", text: "A risk is unlikely" });
  const aware = hence(-5);
  await good(id, "date-obligation", { law: "gdpr33", fact: "aware", at: aware });
  const gone = await open("Nothing of ours");
  await good(gone, "assess-obligation", { law: "gdpr33", outcome: "out-of-scope", text: "No personal data" });
  const rehearsed = await open("Rehearsal", { exercise: true });
  await good(rehearsed, "assess-obligation", { law: "gdpr33", outcome: "owed", text: "Rehearsed" });
  assert.equal((await rows()).length, start + 1, "out of scope and exercises are in none");
  const [row] = await rows();
  assert.deepEqual(
    [row.outcome, row.reasons, row.facts[0].at, row.keepUntil],
    ["not-owed", "A risk is unlikely", aware, null],
  );
  const { text, fileName } = await read("registers/gdpr-breaches/export?language=fr");
  assert.match(text, /^\ufeffIncident,Titre,/);
  assert.match(text, /,'=cmd/);
  assert.match(fileName, /^gdpr-breaches-\d{4}-\d\d-\d\d\.csv$/);
  const low = await world.api("GET", "/api/v1/registers/gdpr-breaches", undefined, { token: ana.token });
  assert.deepEqual([low.status, low.body.code], [403, "register-level-needed"]);
  await good(id, "restrict", { reason: "Personal data" });
  assert.equal((await rows(cleo)).length, start + 1, "whoever restricted it is admitted");
  assert.equal((await rows(dan)).length, start, "level 5 does not admit");
  assert.doesNotMatch((await read("registers/gdpr-breaches/export", dan)).text, /cmd/);
  const hidden = await world.api("GET", `/api/v1/incidents/${id}/obligations`, undefined, { token: dan.token });
  assert.deepEqual([hidden.status, hidden.body.code], [404, "incident-unknown"]);
  drop();
});

test("a register is read page by page, the newest assessment first, each row once", async () => {
  for (let one = 0; one < 3; one++) {
    const id = await open(`Lost key ${one}`);
    await good(id, "assess-obligation", { law: "qc-l25", outcome: "not-owed", text: "No serious injury" });
  }
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Json = await read(`registers/qc-confidentiality?limit=2${cursor ? `&cursor=${cursor}` : ""}`);
    seen.push(...page.data.map(({ incident }: Json) => incident.number));
    cursor = page.nextCursor;
  } while (cursor !== null);
  const whole = (await read("registers/qc-confidentiality?limit=50")).data.map(({ incident }: Json) => incident.number);
  assert.deepEqual(seen, whole);
  assert.ok(seen.length >= 4 && new Set(seen).size === seen.length);
});

test("whoever reads of a restricted incident by its obligations, a register or its contributors has opened it", async () => {
  const id = await open("A quiet leak");
  await good(id, "assess-obligation", { law: "gdpr33", outcome: "owed", text: "names", answers: {} });
  await good(id, "restrict", { reason: "a person is named" });
  const opened = (what: string): Promise<object[]> =>
    world.query("select from incident_opened where incident_id = $1 and what = $2", [id, what]);
  for (const [path, what] of [
    [`incidents/${id}/obligations`, "page"],
    [`incidents/${id}/contributions`, "page"],
    ["registers/gdpr-breaches", "page"],
    ["registers/gdpr-breaches/export", "export"],
  ] as const) {
    await world.advance(11);
    const before = (await opened(what)).length;
    await read(path);
    assert.equal((await opened(what)).length, before + 1, path);
  }
});
