/** The response to a security incident, over HTTP: contained and eradicated, what was seen and where else, evidence from hand to
 *  hand with its hash asked again, what must not go, and what is handed to third parties. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { before, test } from "node:test";
import { canonicalJson, sha256Hex } from "../../core/kernel/hash.ts";
import { verifyRecord } from "../../core/kernel/record.ts";
import { type Answer, type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let eve: Someone;
let ben: Someone;
let cleo: Someone;
let dan: Someone;

before(async () => {
  world = await startWorld({ mail: false, shared: true });
  eve = await world.person("Eve Nolevel", null);
  ben = await world.person("Ben Three", 3);
  cleo = await world.person("Cleo Four", 4);
  dan = await world.person("Dan Five", 5);
});

const reason = "As agreed";
/** Of nobody: ids are drawn at random, and never this one. */
const nobody = "00000000-0000-4000-8000-000000000000";

async function open(title: string, more: object = {}): Promise<string> {
  return (await world.api("POST", "/api/v1/incidents", { title, ...more }, { token: cleo.token })).body.id;
}
const ask = (who: Someone, id: string, command: string, body: object): Promise<Answer> =>
  world.api("POST", `/api/v1/incidents/${id}/security/${command}`, body, { token: who.token });
async function done(who: Someone, id: string, command: string, body: object): Promise<Json> {
  const answer = await ask(who, id, command, body);
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}
async function refused(code: string, answer: Promise<Answer>): Promise<Json> {
  const { body, text } = await answer;
  assert.equal(body.code, code, text);
  return body;
}
const read = async (who: Someone, id: string, path = ""): Promise<Json> =>
  (await world.api("GET", `/api/v1/incidents/${id}/security${path}`, undefined, { token: who.token })).body;
async function attach(id: string, content: string, name = "disk.img"): Promise<Json> {
  const path = `/api/v1/incidents/${id}/attachments?name=${name}`;
  const headers = { "content-type": "application/octet-stream" };
  return (await world.api("POST", path, Buffer.from(content), { token: ben.token, headers })).body;
}
const kinds = async (id: string): Promise<string[]> =>
  (await world.api("GET", `/api/v1/incidents/${id}/timeline`)).body.data.map((one: Json) => one.type);

test("an incident with nothing of it says what may be done", async () => {
  const id = await open("Nothing yet");
  const view = await read(ben, id);
  assert.deepEqual([view.observables, view.evidence, view.disclosures, view.tlp], [[], [], [], null]);
  assert.deepEqual(view.threat, { asked: false, contained: null, eradicated: null, reopened: [] });
  assert.deepEqual(view.may, ["add-observables", "change-observable", "register-evidence", "add-note"]);
  assert.deepEqual((await read(eve, id)).may, ["add-note"]);
  assert.ok((await read(cleo, id)).may.includes("declare-contained"));
});

test("contained, then eradicated, meets what closing asks of a security incident; proved false, closing asks again", async () => {
  const id = await open("Ransomware", { categories: ["security"] });
  const missing = async (): Promise<string[]> =>
    (await world.api("GET", `/api/v1/incidents/${id}`, undefined, { token: cleo.token })).body.missing;
  assert.equal((await read(cleo, id)).threat.asked, true);
  const before = await missing();
  assert.ok(before.includes("contained") && before.includes("eradicated"), before.join());
  const held = await done(cleo, id, "declare-contained", { text: "Network cut" });
  assert.deepEqual([held.threat.contained.by, held.threat.contained.text], [cleo.name, "Network cut"]);
  assert.ok(!(await missing()).includes("contained"));
  await refused("threat-already", ask(cleo, id, "declare-contained", { text: "again" }));
  await done(cleo, id, "declare-eradicated", { text: "Reinstalled" });
  assert.ok(!(await missing()).includes("eradicated"));
  await refused("invalid-body", ask(cleo, id, "withdraw-contained", {}));
  const again = await done(cleo, id, "withdraw-contained", { reason: "Seen on another host" });
  assert.deepEqual([again.threat.contained, again.threat.eradicated], [null, null]);
  assert.equal(again.threat.reopened[0].reason, "Seen on another host");
  const left = await missing();
  assert.ok(left.includes("contained") && left.includes("eradicated"), left.join());
  const criterion = { criterion: "contained", text: "Cut again" };
  const path = `/api/v1/incidents/${id}/confirm-criterion`;
  assert.equal((await world.api("POST", path, criterion, { token: cleo.token })).status, 200);
  assert.equal((await read(cleo, id)).threat.contained.text, "Cut again", "confirming it declares it");
  const types = (await world.api("GET", `/api/v1/incidents/${id}/timeline`, undefined, { token: cleo.token })).body
    .data;
  assert.deepEqual(
    types.map((one: Json) => one.type).filter((type: string) => type.startsWith("threat.")),
    ["threat.contained", "threat.eradicated", "threat.reopened", "threat.contained"],
  );
});

test("level 3 does not declare, unless by derogation, which the record says", async () => {
  const id = await open("By whom");
  await refused("level-too-low", ask(ben, id, "declare-contained", { text: "x" }));
  await done(ben, id, "declare-contained", { text: "x", derogation: { reason: "Nobody answers" } });
  assert.ok((await kinds(id)).includes("derogation.used"));
});

test("observables are accepted defanged, kept whole, shown defanged, changed in the record, found by search", async () => {
  const id = await open("Phishing");
  const values = ["hxxps://login[.]bad.example/a?b=1", "203[.]0[.]113[.]77", "Billing[@]bad[.]example"];
  const view = await done(ben, id, "add-observables", { values, note: "From the letter" });
  assert.deepEqual(
    view.observables.map(({ kind, value, defanged }: Json) => [kind, value, defanged]),
    [
      ["url", "https://login.bad.example/a?b=1", "hxxps://login[.]bad[.]example/a?b=1"],
      ["ip", "203.0.113.77", "203[.]0[.]113[.]77"],
      ["email", "billing@bad.example", "billing[@]bad[.]example"],
    ],
  );
  const invalid = await refused(
    "observable-invalid",
    ask(ben, id, "add-observables", { values: ["nope"], kind: "ip" }),
  );
  assert.match(invalid.detail, /“nope” is not an IP address/);
  await refused("observable-known", ask(ben, id, "add-observables", { values: ["203.0.113.77"] }));
  const changed = await done(ben, id, "change-observable", { observable: 2, status: "confirmed", reason: "Sandbox" });
  assert.deepEqual(
    [changed.observables[1].status, changed.observables[1].changed.by, changed.observables[1].changed.reason],
    ["confirmed", ben.name, "Sandbox"],
  );
  await refused("nothing-changes", ask(ben, id, "change-observable", { observable: 2, status: "confirmed" }));
  await refused("level-missing", ask(eve, id, "add-observables", { values: ["a.example"] }));
  const found = await world.api("GET", "/api/v1/search?kind=incident&q=203.0.113.77");
  assert.equal(found.body.data[0]?.id, id);
});

test("the same is shown on others that the reader may see, and nothing of one that they may not", async () => {
  const first = await open("Seen here", { categories: ["low-impact"] });
  const second = await open("And there");
  const secret = await open("Quokka", { categories: ["security"] });
  const values = ["shared.bad.example"];
  await done(ben, first, "add-observables", { values });
  await done(ben, second, "add-observables", { values: ["shared[.]bad[.]example"] });
  await done(cleo, secret, "add-observables", { values });
  const seenBy = async (who: Someone): Promise<string[]> =>
    (await read(who, first)).observables[0].alsoOn.map((one: Json) => one.id).sort();
  assert.deepEqual(await seenBy(ben), [second]);
  assert.deepEqual(await seenBy(dan), [second], "no level opens it");
  assert.deepEqual(await seenBy(cleo), [second, secret].sort());
  const text = JSON.stringify(await read(dan, first));
  assert.ok(!text.includes("Quokka") && !text.includes(secret));
  const lookups = await world.query<{ n: number }>("select count(*)::int as n from incident_observables");
  assert.ok((lookups[0]?.n ?? 0) >= 3);
  await refused("incident-unknown", ask(dan, secret, "add-observables", { values: ["x.example"] }));
});

test("a file is evidence with the hash of its arrival; asked again, what it gives is an entry, altered or not", async () => {
  const id = await open("Evidence");
  const file = await attach(id, "bytes of a disk");
  const view = await done(ben, id, "register-evidence", {
    ...{ attachment: file.id, description: "Image of the disk", source: "Host 7", how: "Write blocker" },
  });
  const sha256 = createHash("sha256").update("bytes of a disk").digest("hex");
  assert.deepEqual([view.evidence[0].file.sha256, view.evidence[0].keeper.name], [sha256, ben.name]);
  await refused("evidence-listed", ask(ben, id, "register-evidence", { attachment: file.id, description: "Twice" }));
  const other = await open("Another");
  await refused(
    "attachment-unknown",
    ask(ben, other, "register-evidence", { attachment: file.id, description: "Of another incident" }),
  );
  const checked = await done(ben, id, "verify-evidence", { evidence: 1 });
  assert.deepEqual(
    checked.evidence[0].checks.map((one: Json) => [one.sha256, one.matches]),
    [[sha256, true]],
  );
  await world.query("update attachment_chunks set content = 'bytes of a dusk' where attachment_id = $1", [file.id]);
  const altered = await done(ben, id, "verify-evidence", { evidence: 1 });
  assert.equal(altered.evidence[0].checks[1].matches, false);
  await world.query("update attachment_chunks set content = 'bytes of a disk' where attachment_id = $1", [file.id]);
  assert.ok((await kinds(id)).includes("evidence.verified"));
});

test("evidence goes from hand to hand, and is held", async () => {
  const id = await open("Custody");
  const file = await attach(id, "log");
  await done(ben, id, "register-evidence", { attachment: file.id, description: "Log" });
  await done(ben, id, "register-evidence", { description: "Laptop", place: "Safe 2", collectedBy: "The user" });
  await refused("evidence-place", ask(ben, id, "register-evidence", { description: "Somewhere" }));
  const handed = await done(ben, id, "hand-over-evidence", { evidence: 2, person: eve.id, place: "Lab", reason });
  assert.deepEqual([handed.evidence[1].keeper.name, handed.evidence[1].handOvers[0].status], [ben.name, "waiting"]);
  assert.deepEqual((await read(eve, id)).evidence[1].may, ["receive-evidence", "keep-evidence"]);
  await refused("hand-over-not-yours", ask(dan, id, "receive-evidence", { evidence: 2 }));
  const received = await done(eve, id, "receive-evidence", { evidence: 2, text: "Seal 41 intact" });
  assert.deepEqual([received.evidence[1].keeper.name, received.evidence[1].place], [eve.name, "Lab"]);
  await refused("hand-over-receipt", ask(cleo, id, "hand-over-evidence", { evidence: 2, name: "Police", reason }));
  const gone = await done(cleo, id, "hand-over-evidence", {
    ...{ evidence: 2, name: "Sgt. Roy, police", receipt: "Form 12", reason },
  });
  assert.deepEqual(gone.evidence[1].keeper, { id: null, name: "Sgt. Roy, police" });
  await refused("person-unknown", ask(ben, id, "hand-over-evidence", { evidence: 1, person: nobody, reason }));
  await refused("level-too-low", ask(cleo, id, "hold-evidence", { evidence: 1, reason }));
  await done(dan, id, "hold-evidence", { evidence: 1, reason: "Lawsuit" });
  await assert.rejects(world.query("delete from attachments where id = $1", [file.id]), /held as evidence/);
  await assert.rejects(world.query("delete from attachment_chunks where attachment_id = $1", [file.id]), /held/);
  await assert.rejects(
    world.query("update attachment_chunks set content = 'x' where attachment_id = $1", [file.id]),
    /held/,
  );
  await done(dan, id, "release-evidence", { evidence: 1, reason: "Settled" });
  await world.query("begin");
  await world.query("delete from attachments where id = $1", [file.id]);
  await world.query("rollback");
  await refused("hold-none", ask(dan, id, "release-evidence", { evidence: 1, reason }));
});

test("evidence of a restricted incident is handed to nobody whom it does not admit", async () => {
  const id = await open("Closed circle", { categories: ["security"] });
  await done(cleo, id, "register-evidence", { description: "Key", place: "Safe" });
  await refused("not-admitted", ask(cleo, id, "hand-over-evidence", { evidence: 1, person: eve.id, reason }));
});

test("a mark is never looser than the incident's; red is in nothing that leaves", async () => {
  const id = await open("Marked");
  const mark = (tlp: string) => world.api("POST", `/api/v1/incidents/${id}/mark`, { tlp }, { token: cleo.token });
  assert.equal((await mark("green")).status, 200);
  await refused("tlp-looser", ask(eve, id, "add-note", { text: "x", tlp: "clear" }));
  await done(eve, id, "add-note", { text: "For few", tlp: "red" });
  await done(ben, id, "add-observables", { values: ["open.example"], status: "confirmed" });
  await done(ben, id, "add-observables", { values: ["named.example"], tlp: "red" });
  const bundle = await read(ben, id, "/observables");
  const text = JSON.stringify(bundle);
  assert.ok(text.includes("open.example") && !text.includes("named.example"));
  assert.equal(bundle.x_tocsin_left_out, 1);
  assert.ok(bundle.objects.some((one: Json) => one.type === "note" && /TLP:RED/.test(one.content)));
  assert.ok(bundle.objects.some((one: Json) => one.name === "TLP:GREEN"));
  await mark("red");
  assert.deepEqual((await read(ben, id, "/observables")).objects, []);
});

test("a disclosure is prepared by one and approved by another; its manifest has the hash of each thing and of the whole", async () => {
  const id = await open("Complaint");
  const file = await attach(id, "log");
  await done(ben, id, "register-evidence", { attachment: file.id, description: "Log" });
  await done(ben, id, "add-observables", { values: ["a.example"] });
  await done(ben, id, "add-observables", { values: ["b.example"], tlp: "red" });
  await done(ben, id, "add-note", { text: "What we saw" });
  const { data } = (await world.api("GET", `/api/v1/incidents/${id}/timeline`)).body;
  const noted = data.find((one: Json) => one.type === "observation.noted");
  const chosen = { evidence: [1], observables: [1], entries: [noted.seq] };
  const body = { to: "Police", purpose: "Complaint 12", limit: "amber", ...chosen };
  const prepare = (more: object) => ask(cleo, id, "prepare-disclosure", { ...body, ...more });
  await refused("tlp-too-strict", prepare({ observables: [1, 2] }));
  await refused("disclosure-content-unknown", prepare({ entries: [1, 9_999] }));
  await refused("level-too-low", ask(ben, id, "prepare-disclosure", body));
  const prepared = await done(cleo, id, "prepare-disclosure", body);
  assert.deepEqual(
    [prepared.disclosures[0].status, prepared.disclosures[0].may],
    ["prepared", ["withdraw-disclosure"]],
  );
  const manifest = (who: Someone) =>
    world.api("GET", `/api/v1/incidents/${id}/security/manifest?disclosure=1`, undefined, { token: who.token });
  await refused("disclosure-not-approved", manifest(cleo));
  await refused("disclosure-own", ask(cleo, id, "approve-disclosure", { disclosure: 1 }));
  await done(dan, id, "approve-disclosure", { disclosure: 1 });
  await refused("level-too-low", manifest(ben));
  const { sha256, ...made } = (await manifest(cleo)).body;
  assert.equal(sha256, sha256Hex(canonicalJson(made)));
  assert.deepEqual([made.evidence[0].file.sha256, made.entries[0].hash], [file.sha256, noted.hash]);
  assert.deepEqual([made.disclosure.approvedBy, made.leftOut], [dan.name, 0]);
  await done(ben, id, "mark-evidence", { evidence: 1, tlp: "red" });
  const later = (await manifest(cleo)).body;
  assert.deepEqual([later.evidence, later.leftOut], [[], 1]);
  assert.match(later.note, /marked more strictly/);
  await done(cleo, id, "withdraw-disclosure", { disclosure: 1, reason: "Settled" });
  await refused("disclosure-not-approved", manifest(cleo));
  await refused("disclosure-unknown", ask(dan, id, "approve-disclosure", { disclosure: 9 }));
});

test("after the end evidence still moves, nothing is declared, and the whole record verifies", async () => {
  const id = await open("A slip");
  await done(ben, id, "register-evidence", { description: "Key", place: "Safe" });
  const path = `/api/v1/incidents/${id}/dismiss`;
  assert.equal((await world.api("POST", path, { reason }, { token: cleo.token })).status, 200);
  await refused("already-dismissed", ask(cleo, id, "declare-contained", { text: "x" }));
  await done(ben, id, "hand-over-evidence", { evidence: 1, person: dan.id, reason });
  await done(dan, id, "receive-evidence", { evidence: 1 });
  const exported = (await world.api("GET", `/api/v1/incidents/${id}/export`)).body;
  assert.equal(verifyRecord(exported).whole, true);
});

test("two who add the same at once add it once", async () => {
  const id = await open("At once");
  const answers = await Promise.all(
    [ben, cleo].map((who) => ask(who, id, "add-observables", { values: ["race.example"] })),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
  assert.equal((await read(ben, id)).observables.length, 1);
});
