/** Paging as people live it: who is called when, who is left in peace, and what happens when mail does not go out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lengthWeeksLater, makeRota, recordOf, typesOf } from "./rota.ts";
import { type Json, pagerDutyEvent, startWorld, type TestWorld } from "./world.ts";

const form = { "content-type": "application/x-www-form-urlencoded" };

async function trigger(world: TestWorld, key: string, dedupKey: string): Promise<Json> {
  const answer = await world.knock("/v2/enqueue", pagerDutyEvent(key, dedupKey));
  assert.equal(answer.status, 202, answer.text);
  const { body } = await world.api("GET", "/api/v1/incidents?limit=1");
  return body.data[0];
}

const outbox = async (world: TestWorld): Promise<Json[]> => (await world.api("GET", "/api/v1/outbox")).body.data;

/** Of each call that left, whether the record says that it may be the second. */
const duplicatesOf = async (world: TestWorld, id: string): Promise<unknown[]> =>
  (await recordOf(world, id)).filter((one) => one.type === "page.sent").map((one) => one.data?.possibleDuplicate);

test("whoever is on call this week is called, then the next step when nobody answers, each once", async () => {
  const world = await startWorld();
  const { ana, ben, cleo, key } = await makeRota(world);
  const { id } = await trigger(world, key, "disk");
  const first = await world.mailbox(ana).expectPage();
  assert.match(first.subject, /Disk full on disk/);
  await world.advance(9);
  await world.mailbox(cleo).expectNothing();
  await world.advance(1.1);
  const second = await world.mailbox(cleo).expectPage();
  assert.match(second.text, /Ana/, "who was silent is named");
  await world.mailbox(ana).expectNothing();
  await world.mailbox(ben).expectNothing();

  const stepped = (await recordOf(world, id)).filter((entry) => entry.type === "paging.stepped");
  assert.deepEqual(
    stepped.map((entry) => entry.data?.because),
    ["started", "silent"],
  );
  assert.ok(String(stepped[0]?.data?.until) <= (stepped[1]?.recordedAt ?? ""), "not before its time");
  await world.advance(15.1);
  await world.mailbox(ana).expectPage();
  await world.advance(10.1);
  await world.mailbox(cleo).expectPage();
  await world.advance(120);
  const ofCalls = (await typesOf(world, id)).filter((type) => type.startsWith("pag"));
  assert.equal(ofCalls.at(-1), "paging.exhausted");
  await world.stop();
});

test("a week later the other one is called", async () => {
  const world = await startWorld();
  const { ana, ben, key } = await makeRota(world);
  await world.advance(lengthWeeksLater(1));
  await trigger(world, key, "disk");
  await world.mailbox(ben).expectPage();
  await world.mailbox(ana).expectNothing();
  await world.stop();
});

test("once somebody has acknowledged nobody is called, and the link then says who has it", async () => {
  const world = await startWorld();
  const { ana, cleo, key } = await makeRota(world);
  await trigger(world, key, "disk");
  const { ack } = await world.mailbox(ana).expectPage();
  await world.advance(10.1);
  const second = await world.mailbox(cleo).expectPage();
  await world.api("POST", ack, "action=accept", { token: null, headers: form });
  const notice = await world.mailbox(cleo).expectNotice();
  assert.match(notice.subject, /coordinate/, "Ana's level takes it and does not coordinate it");
  await world.advance(240);
  await world.mailbox(ana).expectNothing();
  await world.mailbox(cleo).expectNothing();
  const late = await world.api("POST", second.ack, "action=accept", { token: null, headers: form });
  assert.match(late.text, /Ana/);
  const [incident] = (await world.api("GET", "/api/v1/incidents")).body.data;
  assert.equal(incident.acceptedBy.id, ana.id, "the second press changed nothing");
  await world.stop();
});

test("a call that is queued when somebody acknowledges is not sent, and the record says that it was withdrawn", async () => {
  const world = await startWorld();
  const { ana, cleo, key } = await makeRota(world);
  const { id } = await trigger(world, key, "disk");
  await world.mailbox(ana).expectPage();
  world.post.script = () => "later";
  await world.advance(10.05);
  const accepted = await world.api("POST", `/api/v1/incidents/${id}/accept`, {}, { token: ana.token });
  assert.equal(accepted.status, 200, accepted.text);
  world.post.script = () => "ok";
  await world.advance(30);
  assert.match((await world.mailbox(cleo).expectNotice()).subject, /coordinate/);
  await world.mailbox(cleo).expectNothing();
  const types = await typesOf(world, id);
  assert.equal(types.filter((type) => type === "page.sent").length, 1);
  assert.equal(types.filter((type) => type === "page.withdrawn").length, 1);
  const rows = await outbox(world);
  const pages = rows.filter((row) => row.kind === "page").map((row) => row.status);
  assert.deepEqual(pages.sort(), ["sent", "withdrawn"]);
  await world.stop();
});

test("who declines is left in peace, and the next step is called at once", async () => {
  const world = await startWorld();
  const { ana, cleo, key } = await makeRota(world);
  await trigger(world, key, "disk");
  const { ack } = await world.mailbox(ana).expectPage();
  const answer = await world.api("POST", ack, "action=decline&reason=driving", { token: null, headers: form });
  assert.equal(answer.status, 200);
  await world.mailbox(cleo).expectPage();
  await world.stop();
});

test("whoever declines reads who is called now, and is not called again while others are left", async () => {
  const world = await startWorld();
  const people = { ana: await world.person("Ana Roy", 3), ben: await world.person("Ben Roy", 3) };
  const cleo = await world.person("Cleo Noel", 3);
  const to = (...who: { id: string }[]) => ({
    targets: who.map(({ id }) => ({ kind: "person", id })),
    timeoutMinutes: 5,
  });
  const steps = [to(people.ana), to(people.ana, people.ben), to(cleo)];
  const policy = await world.api("POST", "/api/v1/escalation-policies", { name: "Shared", repeat: 1, steps });
  const names = { nameFr: "Paie", nameEn: "Payroll", policy: policy.body.id };
  const { body: service } = await world.api("POST", "/api/v1/services", names);
  const { key } = await world.integration("pagerduty", { service: service.id });
  await trigger(world, key, "disk");
  const { ack } = await world.mailbox(people.ana).expectPage();
  const answer = await world.api("POST", ack, "action=decline", { token: null, headers: form });
  assert.match(answer.text, /Ben Roy is being called/);
  await world.mailbox(people.ben).expectPage();
  await world.advance(5.1);
  await world.mailbox(cleo).expectPage();
  await world.mailbox(people.ana).expectNothing();
  await world.stop();
});

test("a link that is a day old, or altered, or another's, says nothing of any incident", async () => {
  const world = await startWorld();
  const { ana, cleo, key } = await makeRota(world);
  const { id } = await trigger(world, key, "disk");
  const { ack } = await world.mailbox(ana).expectPage();
  const altered = await world.api("GET", `${ack.slice(0, -2)}AA`, undefined, { token: null });
  assert.equal(altered.status, 404);
  assert.doesNotMatch(altered.text, /Disk full/);
  await world.advance(24 * 60 + 1);
  for (const person of [cleo, ana, cleo]) await world.mailbox(person).expectPage();
  const old = await world.api("GET", ack, undefined, { token: null });
  assert.equal(old.status, 404);
  const pressed = await world.api("POST", ack, "action=accept", { token: null, headers: form });
  assert.equal(pressed.status, 404);
  assert.equal((await world.api("GET", `/api/v1/incidents/${id}`)).body.acceptedBy, null);
  await world.stop();
});

test("the mail server is busy: the call is tried again and arrives once", async () => {
  const world = await startWorld();
  const { ana, key } = await makeRota(world);
  world.post.script = (_to, attempt) => (attempt <= 2 ? "later" : "ok");
  const { id } = await trigger(world, key, "disk");
  await world.advance(1);
  await world.mailbox(ana).expectPage();
  assert.equal(world.post.attempts(), 3);
  assert.deepEqual(await duplicatesOf(world, id), [false]);
  await world.stop();
});

test("Storm after recovery: a mail server that was away brings one call for an incident, not one for each step meanwhile", async () => {
  const world = await startWorld();
  const ana = await world.person("Ana Roy", 3);
  const steps = [{ targets: [{ kind: "person", id: ana.id }], timeoutMinutes: 1 }];
  const policy = await world.api("POST", "/api/v1/escalation-policies", { name: "Again", repeat: 3, steps });
  const service = await world.api("POST", "/api/v1/services", {
    nameFr: "Paie",
    nameEn: "Payroll",
    policy: policy.body.id,
  });
  const { key } = await world.integration("pagerduty", { service: service.body.id });
  world.post.script = () => "later";
  const { id } = await trigger(world, key, "disk");
  await world.advance(1.2);
  assert.deepEqual(
    await world.query("select status from outbox where kind = 'page' order by id"),
    [{ status: "pending" }, { status: "pending" }],
    "two steps wait for it",
  );
  world.post.script = () => "ok";
  await world.advance(0.6);
  await world.mailbox(ana).expectPage();
  await world.mailbox(ana).expectNothing();
  const { data } = (await world.api("GET", `/api/v1/incidents/${id}/timeline`)).body;
  const withdrawn = (data as Json[]).filter(({ type }) => type === "page.withdrawn");
  assert.deepEqual(
    withdrawn.map((one) => one.data.because),
    ["newer-call"],
    "the record says so, once",
  );
  await world.stop();
});

const duplicateWords = /may have received this call already/;

test("a mail server that hangs is given up after a while, and the call that is tried again says that it may be the second", async () => {
  const world = await startWorld();
  const { ana, key } = await makeRota(world);
  world.post.script = (_to, attempt) => (attempt === 1 ? "hang" : "ok");
  const { id } = await trigger(world, key, "disk");
  await world.advance(0.5);
  assert.match((await world.mailbox(ana).expectPage()).text, duplicateWords);
  assert.equal(world.post.attempts(), 2);
  assert.deepEqual(await duplicatesOf(world, id), [true]);
  await world.stop();
});

test("a mail server that takes a call and goes away before its answer: the second says that it may be one, and is the same mail", async () => {
  const world = await startWorld();
  const { ana, key } = await makeRota(world);
  world.post.script = (_to, attempt) => (attempt === 1 ? "drop" : "ok");
  const { id } = await trigger(world, key, "disk");
  await world.advance(0.5);
  const [first, second] = [await world.mailbox(ana).expectPage(), await world.mailbox(ana).expectPage()];
  assert.doesNotMatch(first.text, duplicateWords);
  assert.match(second.text, duplicateWords);
  assert.equal(second.messageId, first.messageId, "a mail program can see that they are one");
  assert.deepEqual(await duplicatesOf(world, id), [true]);
  await world.stop();
});

test("a mail server that goes away before it takes anything: the call is tried again and is no duplicate", async () => {
  const world = await startWorld();
  const { ana, key } = await makeRota(world);
  world.post.script = (_to, attempt) => (attempt === 1 ? "closed" : "ok");
  const { id } = await trigger(world, key, "disk");
  await world.advance(0.5);
  assert.doesNotMatch((await world.mailbox(ana).expectPage()).text, duplicateWords);
  assert.deepEqual(await duplicatesOf(world, id), [false]);
  await world.stop();
});

test("a mail server that is away for twenty minutes costs no call: those still wanted leave when it is back", async () => {
  const world = await startWorld();
  const { key } = await world.integration("pagerduty");
  world.post.script = () => "closed";
  const { id } = await trigger(world, key, "disk");
  await world.advance(20);
  assert.deepEqual(
    (await outbox(world)).filter((row) => row.status === "dead"),
    [],
  );
  const { checks } = (await world.api("GET", "/api/v1/doctor")).body;
  assert.equal(checks.find((one: Json) => one.id === "mail").state, "ok", "it answers, and takes nothing");
  world.post.script = () => "ok";
  await world.advance(1.1);
  const letter = await world.mailbox(world.admin).expectPage();
  assert.doesNotMatch(letter.text, duplicateWords);
  assert.ok((await typesOf(world, id)).includes("page.sent"));
  await world.stop({ letters: true });
});

test("an address that will never work gives way to the next step at once, and the outbox shows the dead letter", async () => {
  const world = await startWorld();
  const { ana, cleo, key } = await makeRota(world);
  world.post.script = (to) => (to === ana.email ? "never" : "ok");
  const { id } = await trigger(world, key, "disk");
  await world.mailbox(cleo).expectPage();
  const types = await typesOf(world, id);
  assert.ok(types.includes("page.failed"));
  const dead = (await outbox(world)).filter((row) => row.status === "dead");
  assert.deepEqual(
    dead.map((row) => [row.kind, row.to, row.incident, row.attempts]),
    [["page", ana.email, id, 1]],
  );
  assert.match(dead[0].lastError, /scripted: never/);
  const doctor = (await world.api("GET", "/api/v1/doctor")).body.checks;
  assert.equal(doctor.find((one: Json) => one.id === "dead-letters").state, "warning");
  await world.stop();
});

test("a timer that fails each time holds up no other, is tried less and less often, and is shown", async () => {
  const world = await startWorld();
  const { ana, cleo, key } = await makeRota(world);
  await trigger(world, key, "disk");
  await world.mailbox(ana).expectPage();
  const poison = { kind: "paging", incidentId: "no-id-at-all", run: 1, cycle: 1, step: 1 };
  await world.query("insert into timers (key, payload, due_at) values ('poison', $1, $2)", [
    JSON.stringify(poison),
    world.desk.clock.now(),
  ]);
  const attempts = async (): Promise<number> =>
    (await world.query<{ attempts: number }>("select attempts from timers where key = 'poison'"))[0]?.attempts ?? 0;
  for (let second = 0; second < 60; second++) {
    world.desk.clock.advance(1_000);
    await world.desk.sweep();
  }
  assert.equal(await attempts(), 5);
  const { checks } = (await world.api("GET", "/api/v1/doctor")).body;
  assert.equal(checks.find((one: Json) => one.id === "timers").state, "warning");
  await world.query("delete from timers where key = 'poison'");
  await world.advance(15);
  await world.mailbox(cleo).expectPage();
  await world.stop({ errors: true, letters: true });
});

test("a mail server that stays busy costs the call after its last attempt, and the next is called", async () => {
  const world = await startWorld();
  const { ana, cleo, key } = await makeRota(world);
  world.post.script = (to) => (to === ana.email ? "later" : "ok");
  const { id } = await trigger(world, key, "disk");
  await world.advance(5);
  await world.mailbox(cleo).expectPage();
  const failed = (await recordOf(world, id)).filter((entry) => entry.type === "page.failed");
  assert.equal(failed.length, 1);
  assert.equal(world.post.attempts(), 7, "six for Ana, one for Cleo");
  await world.stop();
});

test("a call that could not leave in time is recorded as expired and never sent", async () => {
  const world = await startWorld();
  const { ana, cleo, key } = await makeRota(world);
  world.post.script = () => "later";
  const { id } = await trigger(world, key, "disk");
  await world.settle();
  /* The whole desk slept: everything is found late at once. */
  world.post.script = () => "ok";
  world.desk.clock.advance(31 * 60_000);
  await world.settle();
  const record = await recordOf(world, id);
  const expired = record.filter((entry) => entry.type === "page.expired");
  assert.equal(expired.length, 1);
  await world.mailbox(ana).expectNothing();
  await world.mailbox(cleo).expectPage();
  const rows = (await outbox(world)).filter((row) => row.to === ana.email);
  assert.deepEqual(
    rows.map((row) => row.status),
    ["expired"],
  );
  await world.stop();
});

test("a week without anybody is said in the record, and the administrators are called instead", async () => {
  const world = await startWorld();
  const startDate = new Date(world.desk.clock.now() - 86_400_000).toISOString().slice(0, 10);
  const rotation = {
    kind: "weekly",
    zone: "UTC",
    startDate,
    handoverTime: "00:00",
    lengthWeeks: 1,
    participants: [null],
  };
  const schedule = (await world.api("POST", "/api/v1/schedules", { name: "Holidays", layers: [{ rotation }] })).body.id;
  const steps = [{ targets: [{ kind: "schedule", id: schedule }], timeoutMinutes: 5 }];
  const policy = (await world.api("POST", "/api/v1/escalation-policies", { name: "Alone", steps })).body.id;
  const named = { nameFr: "Seul", nameEn: "Alone", policy };
  const alone = (await world.api("POST", "/api/v1/services", named)).body.id;
  const { key } = await world.integration("pagerduty", { service: alone });
  const { id } = await trigger(world, key, "disk");
  await world.mailbox(world.admin).expectPage();
  const record = await recordOf(world, id);
  const unreachable = record.find((entry) => entry.type === "paging.unreachable");
  assert.deepEqual([unreachable?.data?.target, unreachable?.data?.reason], ["Holidays", "nobody-on-call"]);
  const reasons = record.filter((entry) => entry.type === "paging.started").map((entry) => entry.data?.reason);
  assert.deepEqual(reasons, ["registered", "policy-reached-nobody"]);
  await world.stop();
});

test("whoever left the desk while their call was waiting is not written to, and the next is called at once", async () => {
  const world = await startWorld();
  const { ana, cleo, key } = await makeRota(world);
  world.post.script = (to) => (to === ana.email ? "later" : "ok");
  await trigger(world, key, "disk");
  await world.settle();
  const left = await world.api("PATCH", `/api/v1/people/${ana.id}`, { active: false });
  assert.equal(left.status, 200, left.text);
  world.post.script = () => "ok";
  await world.advance(0.1);
  await world.mailbox(cleo).expectPage();
  await world.mailbox(ana).expectNothing();
  await world.stop();
});

test("with nothing set up an alert calls the first administrator, then all of them", async () => {
  const world = await startWorld();
  const { key } = await world.integration("pagerduty");
  const second = await world.person("Zoe Martin", null, { admin: true });
  await trigger(world, key, "disk");
  await world.mailbox(world.admin).expectPage();
  await world.mailbox(second).expectNothing();
  await world.advance(5.1);
  await world.mailbox(world.admin).expectPage();
  await world.mailbox(second).expectPage();
  await world.stop({ letters: true });
});

test("without a mail server calls wait in the outbox, and the checklist says so", async () => {
  const world = await startWorld({ mail: false });
  const { key } = await world.integration("pagerduty");
  await trigger(world, key, "disk");
  await world.advance(1);
  assert.deepEqual(
    (await outbox(world)).map((row) => row.status),
    ["pending"],
  );
  const { checks } = (await world.api("GET", "/api/v1/doctor")).body;
  assert.equal(checks.find((one: Json) => one.id === "mail").state, "missing");
  await world.stop();
});

test("a call carries one link, threads with the others of its incident, and hides nothing in its headers", async () => {
  const world = await startWorld();
  const { ana, cleo, key } = await makeRota(world);
  const dedupKey = "disk\r\nBcc: everybody@example.org";
  await trigger(world, key, dedupKey);
  const first = await world.mailbox(ana).expectPage();
  assert.doesNotMatch(first.raw.split("\r\n\r\n")[0] ?? "", /^Bcc:/im);
  assert.equal(first.email.from?.address, "tocsin@example.org");
  assert.equal(first.email.to?.length, 1);
  assert.equal(new Set(first.text.match(/\/ack\/[\w.-]+/g)).size, 1);
  await world.advance(10.1);
  await world.mailbox(cleo).expectPage();
  await world.advance(15.1);
  const again = await world.mailbox(ana).expectPage();
  assert.ok(again.email.inReplyTo, "the second call answers the first thread");
  assert.notEqual(again.messageId, first.messageId);
  await world.stop();
});
