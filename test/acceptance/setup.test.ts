/** What the guided set-up proves, and what it does not: a mail that came back, an alert that somebody took, a fortnight without
 *  a gap. A proof has its time, and does not outlive the settings it was made under. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { tocsin } from "../../cli/trial.ts";
import type { Letter } from "./mail.ts";
import { type Json, startWorld, type TestWorld } from "./world.ts";

const rowOf = async (world: TestWorld, id: string): Promise<Json> =>
  (await world.api("GET", "/api/v1/doctor")).body.checks.find((one: Json) => one.id === id);

async function trialMail(world: TestWorld): Promise<{ letter: Letter; code: string; path: string }> {
  const before = world.post.letters.length;
  const sent = await world.api("POST", "/api/v1/setup/mail");
  assert.equal(sent.status, 200, sent.text);
  const letter = world.post.letters[before];
  assert.ok(letter, "it left at once");
  const code = /\b([A-Z2-9]{3}) ([A-Z2-9]{3})\b/.exec(letter.text)?.slice(1).join("") ?? "";
  const path = /\/proof\/\w+/.exec(letter.text)?.[0] ?? "";
  return { letter, code, path };
}

test("mail is proved by the code that came back, typed in any way, and the proof keeps its time", async () => {
  const world = await startWorld();
  assert.equal((await rowOf(world, "mail-returned")).state, "missing");
  const { letter, code } = await trialMail(world);
  assert.equal(letter.to, world.admin.email);
  assert.match(letter.html, /<html lang="en"/);
  const wrong = await world.api("POST", "/api/v1/setup/mail/proof", { code: "AAAAAA" });
  assert.equal(wrong.body.code, "proof-code-wrong");
  await world.advance(1);
  const spaced = `${code.slice(0, 3)}-${code.slice(3)} `.toLowerCase();
  const proved = await world.api("POST", "/api/v1/setup/mail/proof", { code: spaced });
  assert.ok(proved.body.mail.returnedAt, proved.text);
  const row = await rowOf(world, "mail-returned");
  assert.equal(row.state, "ok");
  assert.equal(row.provedAt, proved.body.mail.returnedAt);
  assert.equal(row.facts.to, world.admin.email);
  assert.ok(row.facts.tookMs >= 60_000, "a minute there and back");
  await world.query("update proofs set proved_at = proved_at - $1", [91 * 24 * 3_600_000]);
  assert.deepEqual((await rowOf(world, "mail-returned")).because, "old");
  await world.query("update proofs set facts = facts || $1", [JSON.stringify({ server: "another.example" })]);
  assert.deepEqual((await rowOf(world, "mail-returned")).because, "changed");
  await world.stop({ letters: true });
});

test("its link proves only when somebody presses the button: filters follow links by themselves", async () => {
  const world = await startWorld();
  const { path } = await trialMail(world);
  const as = { token: null, headers: { "accept-language": "fr" } };
  const opened = await world.api("GET", path, undefined, as);
  assert.equal(opened.status, 200);
  assert.match(opened.text, /Oui, je l’ai reçu/);
  assert.equal((await rowOf(world, "mail-returned")).state, "missing", "opening it changed nothing");
  const pressed = await world.api("POST", path, "", {
    ...as,
    headers: { ...as.headers, "content-type": "application/x-www-form-urlencoded" },
  });
  assert.match(pressed.text, /C’est prouvé/);
  assert.equal((await rowOf(world, "mail-returned")).state, "ok");
  assert.equal((await world.api("GET", "/proof/0000", undefined, as)).status, 404);
  await world.stop({ letters: true });
});

test("a code ends after five wrong ones, and after an hour; trials are few", async () => {
  const world = await startWorld();
  const guess = (code: string) => world.api("POST", "/api/v1/setup/mail/proof", { code });
  assert.equal((await guess("AAAAAA")).body.code, "proof-code-over", "before any was sent");
  const first = await trialMail(world);
  for (let tries = 0; tries < 5; tries += 1) assert.equal((await guess("222222")).body.code, "proof-code-wrong");
  assert.equal((await guess(first.code)).body.code, "proof-code-over");
  const second = await trialMail(world);
  await world.advance(61);
  assert.equal((await guess(second.code)).body.code, "proof-code-over");
  assert.equal((await world.api("GET", second.path, undefined, { token: null })).status, 404);
  for (let sent = 0; sent < 5; sent += 1) await trialMail(world);
  assert.equal((await world.api("POST", "/api/v1/setup/mail")).status, 429);
  await world.stop({ letters: true });
});

test("a mail server that refuses is quoted, and nothing is proved", async () => {
  const world = await startWorld();
  world.post.script = () => "never";
  const refused = await world.api("POST", "/api/v1/setup/mail");
  assert.deepEqual([refused.status, refused.body.code], [409, "mail-not-taken"]);
  assert.match(refused.body.detail, /scripted/);
  const { mail } = (await world.api("GET", "/api/v1/setup")).body;
  assert.match(mail.refused, /scripted/);
  await world.stop({ letters: true });
});

test("an empty desk brings its first administrator to the set-up, until it is left or no longer empty", async () => {
  const world = await startWorld({ mail: false });
  const lands = async () => (await world.api("GET", "/api/v1/setup")).body.lands;
  assert.equal(await lands(), true);
  const second = await world.person("Second Roy", 5, { admin: true });
  assert.equal((await world.api("GET", "/api/v1/setup", undefined, { token: second.token })).body.lands, false);
  const skipped = await world.api("PATCH", "/api/v1/setup", { skip: "mail" });
  assert.deepEqual(skipped.body.skipped, ["mail"]);
  assert.deepEqual((await world.api("PATCH", "/api/v1/setup", { resume: "mail" })).body.skipped, []);
  await world.api("PATCH", "/api/v1/setup", { left: true });
  assert.equal(await lands(), false);
  await world.api("PATCH", "/api/v1/setup", { left: false });
  await world.api("POST", "/api/v1/setup/service", { nameFr: "Paie", nameEn: "Payroll", team: "Applications" });
  assert.equal(await lands(), false);
  await world.stop();
});

test("a zone, a service and its team, people on call: each act is whole, audited, and refused whole", async () => {
  const world = await startWorld({ mail: false });
  await world.api("PATCH", `/api/v1/people/${world.admin.id}`, { zone: "UTC" });
  await world.api("PATCH", "/api/v1/settings", { zone: "UTC" });
  await world.api("POST", "/api/v1/setup/organisation", { language: "fr-CA", zone: "America/Toronto" });
  assert.equal((await world.api("GET", "/api/v1/session")).body.zone, "America/Toronto", "who stood there moved along");
  assert.deepEqual((await rowOf(world, "organisation")).facts, { language: "fr-CA", zone: "America/Toronto" });

  await world.api("POST", "/api/v1/setup/service", { nameFr: "Paie", nameEn: "Payroll", team: "Applications" });
  const taken = await world.api("POST", "/api/v1/setup/service", { nameFr: "B", nameEn: "B", team: "Applications" });
  assert.equal(taken.body.code, "name-taken");
  assert.equal((await world.api("GET", "/api/v1/services")).body.data.length, 1, "no service without its team");
  assert.equal((await rowOf(world, "service")).state, "ok");

  const onCall = { name: "Garde", weekday: 1, handoverTime: "09:00", minutes: 5 };
  const people = [{ name: "Élise Tremblay", email: "elise@example.org" }, { id: world.admin.id }];
  const nobody = [...people, { id: "00000000-0000-4000-8000-000000000000" }];
  const unknown = await world.api("POST", "/api/v1/setup/on-call", { ...onCall, people: nobody });
  assert.equal(unknown.body.code, "person-unknown");
  assert.equal((await world.api("GET", "/api/v1/people")).body.data.length, 1, "nobody was added");
  assert.equal((await world.api("POST", "/api/v1/setup/on-call", { ...onCall, people })).status, 200);
  const elise = (await world.api("GET", "/api/v1/people")).body.data.find((one: Json) => one.name === "Élise Tremblay");
  assert.deepEqual([elise.language, elise.zone], ["fr-CA", "America/Toronto"]);
  assert.equal((await rowOf(world, "on-call")).state, "ok");
  assert.deepEqual((await rowOf(world, "fallback")).facts, { name: "Camille Roy", others: 0 });
  const audited = await world.query<{ type: string }>(
    "select type from events where stream not like 'incident/%' and type like '%.added' order by position",
  );
  assert.deepEqual(
    audited.map((one) => one.type),
    ["team.added", "service.added", "person.added", "schedule.added", "policy.added"],
  );
  await world.stop();
});

test("who is called by the schedule made there is the first of the list, at once", async () => {
  const world = await startWorld();
  const elise = { name: "Élise Tremblay", email: "elise@example.org" };
  const body = {
    name: "Garde",
    weekday: 3,
    handoverTime: "09:00",
    minutes: 5,
    people: [elise, { id: world.admin.id }],
  };
  await world.api("POST", "/api/v1/setup/on-call", body);
  const { key } = await world.integration("generic");
  await world.knock(`/events/${key}`, { title: "Disk", key: "disk", status: "firing" });
  const letter = await world.mailbox(elise).expectPage();
  const before = (await world.api("GET", "/api/v1/setup")).body.alert;
  assert.equal(before.title, "Disk");
  assert.deepEqual(
    before.sentTo.map((one: Json) => one.name),
    [elise.name],
  );
  assert.equal(before.takenAt, null);
  await world.api("POST", "/api/v1/setup/alert");
  assert.equal((await rowOf(world, "alert")).state, "warning", "nobody has it yet");
  await world.api("POST", letter.ack, "action=accept", {
    token: null,
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  await world.api("POST", "/api/v1/setup/alert");
  const row = await rowOf(world, "alert");
  assert.deepEqual([row.state, row.facts.number], ["ok", before.number]);
  await world.stop({ letters: true });
});

test("a gap within a fortnight is named with its hours; one beyond is not; a policy that ends with nobody is missing", async () => {
  const world = await startWorld({ mail: false });
  const ana = await world.person("Ana Roy", 3);
  const today = Temporal.Instant.fromEpochMilliseconds(world.desk.clock.now()).toZonedDateTimeISO("UTC").toPlainDate();
  const startDate = today.subtract({ days: 1 }).toString();
  const rotation = {
    kind: "weekly",
    zone: "UTC",
    startDate,
    handoverTime: "00:00",
    lengthWeeks: 1,
    participants: [ana.id, null],
  };
  await world.api("POST", "/api/v1/schedules", { name: "Nuit", layers: [{ rotation }] });
  const gap = await rowOf(world, "on-call");
  assert.deepEqual([gap.state, gap.because, gap.facts.schedule], ["warning", "gap", "Nuit"]);
  assert.equal(gap.facts.from, `${today.add({ days: 6 })}T00:00:00.000Z`);
  const weeks = [ana.id, ana.id, ana.id, null];
  const steps = [{ targets: [{ kind: "person", id: ana.id }], timeoutMinutes: 5 }];
  await world.query("update schedules set layers = jsonb_set(layers, '{0,rotation,participants}', $1)", [
    JSON.stringify(weeks),
  ]);
  await world.api("POST", "/api/v1/escalation-policies", { name: "Tout", steps, default: true });
  assert.equal((await rowOf(world, "on-call")).state, "ok");
  assert.deepEqual((await rowOf(world, "fallback")).facts, { name: "Ana Roy", others: 0 });
  await world.api("PATCH", `/api/v1/people/${ana.id}`, { active: false });
  const row = await rowOf(world, "fallback");
  assert.deepEqual([row.state, row.because, row.facts], ["missing", "nobody", { policy: "Tout" }]);
  assert.equal((await rowOf(world, "on-call")).because, "gap", "a turn of somebody who left is a gap");
  await world.stop();
});

test("a backup is known when it is told, and older than a day it is to be seen to", async () => {
  const world = await startWorld({ mail: false });
  assert.equal((await rowOf(world, "backup")).because, "unknown");
  const url = await world.listen();
  const environment = { LANG: "fr_CA.UTF-8", TOCSIN_URL: url, TOCSIN_TOKEN: world.admin.token };
  const noted = await tocsin(["backup", "noted"], { environment, now: () => world.desk.clock.now() });
  assert.deepEqual([noted.exit, noted.out], [0, ""], noted.said);
  assert.match(noted.said, /Copie notée/);
  assert.equal((await rowOf(world, "backup")).state, "ok");
  const doctor = await tocsin(["doctor"], { environment, now: () => world.desk.clock.now() });
  assert.equal(doctor.exit, 6);
  assert.match(doctor.out, /Limite\s+Réveiller un téléphone en sourdine/);
  assert.match(doctor.out, /Manque\s+Courriel parti et revenu/);
  await world.advance(25 * 60);
  assert.equal((await rowOf(world, "backup")).because, "old");
  const ahead = new Date(world.desk.clock.now() + 3_600_000).toISOString();
  assert.equal((await world.api("POST", "/api/v1/backups", { madeAt: ahead })).body.code, "occurred-in-future");
  await world.stop();
});

test("an address is proved by a browser that has it open there, in HTTPS, and only as long as it stays the same", async () => {
  const world = await startWorld({ mail: false, env: { TOCSIN_URL: "https://tocsin.example.org" } });
  assert.deepEqual(
    [(await rowOf(world, "address")).state, (await rowOf(world, "address")).because],
    ["warning", "unopened"],
  );
  await world.api("POST", "/api/v1/setup/address", { origin: "http://tocsin.example.org" });
  assert.equal((await rowOf(world, "address")).state, "warning");
  await world.api("POST", "/api/v1/setup/address", { origin: "https://tocsin.example.org" });
  assert.equal((await rowOf(world, "address")).state, "ok");
  await world.query("update proofs set facts = $1 where id = 'address'", [
    JSON.stringify({ url: "https://other.example" }),
  ]);
  assert.equal((await rowOf(world, "address")).state, "warning");
  await world.stop();
});
