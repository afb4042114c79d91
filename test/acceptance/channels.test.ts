/** Calls by ntfy and by webhook, as a phone and a program at the other end live them: what arrives, what is answered from
 *  there, and what happens when it does not arrive. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Webhook } from "standardwebhooks";
import { addNtfy, addWebhook, contactsOf, openThisMachine } from "./contacts.ts";
import { openReceiver, type Received, type Receiver } from "./receiver.ts";
import { makeRota, type Rota, recordOf, typesOf } from "./rota.ts";
import { type Json, pagerDutyEvent, startWorld, type TestWorld } from "./world.ts";

type Place = { readonly world: TestWorld; readonly receiver: Receiver; readonly rota: Rota };

async function place(): Promise<Place> {
  const world = await startWorld();
  const receiver = await openReceiver();
  await openThisMachine(world);
  return { world, receiver, rota: await makeRota(world) };
}

async function leave({ world, receiver }: Place, forget: { readonly letters?: boolean } = {}): Promise<void> {
  await world.stop(forget);
  await receiver.close();
}

/** Ana is of level 2: when she accepts, others are asked to coordinate. */
const coordinatorAsked = { letters: true };

async function trigger({ world, rota }: Place, dedupKey: string, changes: object = {}): Promise<Json> {
  const answer = await world.knock("/v2/enqueue", pagerDutyEvent(rota.key, dedupKey, changes));
  assert.equal(answer.status, 202, answer.text);
  await world.settle();
  return (await world.api("GET", "/api/v1/incidents?limit=1")).body.data[0];
}

const prefer = async ({ world, rota }: Place, high: readonly Json[]): Promise<void> => {
  const answer = await world.api("PATCH", "/api/v1/notification-preference", { high }, { token: rota.ana.token });
  assert.equal(answer.status, 200, answer.text);
};
const turn = (point: Json, afterMinutes: number): Json => ({ contactPoint: point.id, afterMinutes });
const mailOf = async ({ world, rota }: Place): Promise<Json> => (await contactsOf(world, rota.ana).list())[0];
const factsOf = async (world: TestWorld, id: string, type: string): Promise<Json[]> =>
  (await recordOf(world, id)).filter((entry) => entry.type === type).map((entry) => entry.data);

/** What the phone does when its button is pressed. */
async function press({ world }: Place, action: Json) {
  assert.deepEqual([action.action, action.method, action.clear], ["http", "POST", true]);
  const headers = Object.fromEntries(
    Object.entries(action.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return world.api("POST", new URL(action.url).pathname, action.body, {
    token: null,
    headers: headers as Record<string, string>,
  });
}

test("ntfy: “not me” on the phone calls the next; that a link was opened is kept with that message alone", async () => {
  const here = await place();
  const { world, receiver, rota } = here;
  await addNtfy(world, rota.ana, receiver);
  const incident = await trigger(here, "disk");
  await world.mailbox(rota.ana).expectPage();
  const push = receiver.received.at(-1)?.body;
  const states = async (): Promise<Record<string, string[]>> => {
    const rows = await world.query<{ channel: string; state: string }>(
      "select o.channel, e.state from delivery_evidence e join outbox o on o.id = e.outbox_id where o.kind = 'page' and o.person_id = $1 order by e.id",
      [rota.ana.id],
    );
    return Object.fromEntries(
      ["email", "ntfy"].map((one) => [one, rows.filter(({ channel }) => channel === one).map(({ state }) => state)]),
    );
  };
  const { pathname, search } = new URL(push.click);
  const look = (method: "GET" | "HEAD", query: string) =>
    world.api(method, `${pathname}${query}`, undefined, { token: null });
  await look("HEAD", search);
  await look("GET", "?via=999999");
  await look("GET", "?via=1;drop");
  await look("GET", "");
  assert.deepEqual(await states(), { email: ["accepted"], ntfy: ["accepted"] });
  assert.equal((await look("GET", search)).status, 200);
  await look("GET", search);
  assert.deepEqual(await states(), { email: ["accepted"], ntfy: ["accepted", "opened"] });
  const [, decline] = push.actions;
  assert.equal(decline.body, "action=decline");
  assert.equal((await press(here, decline)).status, 200);
  await world.mailbox(rota.cleo).expectPage();
  const after = (await world.api("GET", `/api/v1/incidents/${incident.id}`)).body;
  assert.equal(after.acceptedBy, null);
  await world.stop({ letters: true });
});

test("ntfy: a call has its title, why you, and a button that takes the incident from the phone", async () => {
  const here = await place();
  const { world, receiver, rota } = here;
  await addNtfy(world, rota.ana, receiver, { token: "tk_secret" });
  const incident = await trigger(here, "disk");
  await world.mailbox(rota.ana).expectPage();
  const push = receiver.received.at(-1);
  assert.equal(push?.path, "/", "the JSON form is posted to the root");
  assert.equal(push?.headers.authorization, "Bearer tk_secret");
  const { topic, title, message, priority, tags, click, actions } = push?.body ?? {};
  assert.deepEqual([topic, priority, tags], ["ana-phone", 5, ["rotating_light"]]);
  assert.match(title, /^P1 Payroll: Disk full on disk · INC-1$/);
  assert.match(message, /Why you: You are on call, Primary/);
  assert.match(message, /Cleo Diop/, "who is next");
  assert.equal(click, actions[0].url);
  assert.deepEqual([actions[2].action, actions[2].url], ["view", `${click}&note=1`], "a note is typed on that page");
  assert.match(
    (await world.api("GET", actions[2].url.replace(world.config.url, ""), undefined, { token: null })).text,
    /<details open>/,
  );
  const opened = await world.api("GET", new URL(click).pathname, undefined, { token: null });
  assert.equal(opened.status, 200);
  assert.equal(
    (await world.api("GET", `/api/v1/incidents/${incident.id}`)).body.acceptedBy,
    null,
    "opening is not taking",
  );
  assert.equal((await press(here, actions[0])).status, 200);
  const taken = (await world.api("GET", `/api/v1/incidents/${incident.id}`)).body;
  assert.deepEqual([taken.acceptedBy.name, taken.paging.status], ["Ana Roy", "stopped"]);
  assert.deepEqual(
    (await factsOf(world, incident.id, "page.requested")).map((data) => data.channel),
    ["email", "ntfy"],
  );
  assert.equal((await factsOf(world, incident.id, "page.sent")).length, 2);
  await leave(here, coordinatorAsked);
});

test("ntfy: what is less pressing is less loud, an exercise says so, and the longest stays a message", async () => {
  const here = await place();
  const { world, receiver, rota } = here;
  await addNtfy(world, rota.ana, receiver);
  const low = { summary: "x", source: "s", severity: "info" };
  await trigger(here, "low", { payload: low });
  assert.equal(receiver.received.at(-1)?.body.priority, 4);
  const long = { summary: `${"é👩‍🚒".repeat(3_000)}`, source: "s", severity: "critical" };
  await trigger(here, "long", { payload: long });
  const { title, message } = receiver.received.at(-1)?.body ?? {};
  assert.ok(Buffer.byteLength(title) <= 250 && Buffer.byteLength(message) <= 4_000);
  assert.ok(title.isWellFormed() && message.isWellFormed());
  await leave(here, { letters: true });
});

test("ntfy: French is spoken to whoever reads French", async () => {
  const here = await place();
  const { world, receiver, rota } = here;
  await addNtfy(world, rota.ana, receiver);
  await world.api("PATCH", "/api/v1/session", { language: "fr" }, { token: rota.ana.token });
  await trigger(here, "disk");
  const { title, actions } = receiver.received.at(-1)?.body ?? {};
  assert.match(title, /^P1 Paie\u00a0: Disk full/);
  assert.deepEqual(
    actions.map((one: Json) => one.label),
    ["Prendre en charge", "Pas moi, faire remonter", "Écrire une note"],
  );
  await leave(here, { letters: true });
});

const verified = (secret: string, one: Received | undefined): Json =>
  new Webhook(secret).verify(one?.raw ?? "", one?.headers as Record<string, string>);

test("S52: a webhook is signed as its standard says, by the judgement of another's library; two secrets during a change", async () => {
  const here = await place();
  const { world, receiver, rota } = here;
  const { id, secret } = await addWebhook(world, rota.ana, receiver);
  assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
  assert.equal(verified(secret, receiver.received.at(-1)).type, "contact-point.verification");
  const incident = await trigger(here, "disk");
  const call = receiver.received.at(-1);
  assert.equal(call?.path, "/hooks/a-secret-path");
  const event = verified(secret, call);
  assert.equal(event.type, "incident.page");
  assert.deepEqual(
    [
      event.data.incident.number,
      event.data.incident.priority,
      event.data.page.why.reason,
      event.data.page.possibleDuplicate,
    ],
    [incident.number, 1, "on-call", false],
  );
  assert.match(event.data.page.ackUrl, /\/ack\//);
  assert.throws(() => verified(secret, { ...(call as Received), raw: `${call?.raw} ` }));

  const renewed = (await contactsOf(world, rota.ana).ask("POST", `/${id}/secret`)).body;
  assert.notEqual(renewed.secret, secret);
  await trigger(here, "second");
  const during = receiver.received.at(-1);
  assert.equal(String(during?.headers["webhook-signature"]).split(" ").length, 2);
  for (const one of [secret, renewed.secret]) assert.equal(verified(one, during).type, "incident.page");
  world.desk.clock.advance(24 * 3_600_000 + 1_000);
  await world.settle();
  await trigger(here, "third");
  const after = receiver.received.findLast((one) => one.body.data.message.includes("third"));
  assert.equal(String(after?.headers["webhook-signature"]).split(" ").length, 1);
  await leave(here, { letters: true });
});

test("a webhook that is busy is tried again with its id, and waited for as it asks; the next way is called at once", async () => {
  const here = await place();
  const { world, receiver, rota } = here;
  const webhook = await addWebhook(world, rota.ana, receiver);
  await prefer(here, [turn(webhook, 0), turn(await mailOf(here), 5)]);
  receiver.script = (_, attempt) => (attempt === 2 ? { status: 429, headers: { "retry-after": "90" } } : 200);
  const incident = await trigger(here, "disk");
  await world.mailbox(rota.ana).expectPage();
  assert.deepEqual(
    (await factsOf(world, incident.id, "page.delayed")).map((data) => data.error),
    ["HTTP 429"],
  );
  await world.advance(1.4);
  assert.equal(receiver.received.length, 2, "it asked for ninety seconds");
  await world.advance(0.2);
  const [, first, second] = receiver.received;
  assert.equal(first?.headers["webhook-id"], second?.headers["webhook-id"]);
  assert.equal(second?.body.data.page.possibleDuplicate, false, "it had said no");
  await world.advance(6);
  assert.equal((await factsOf(world, incident.id, "page.sent")).length, 2, "each once");
  await world.mailbox(rota.ana).expectNothing();
  await leave(here);
});

test("a connection that broke after the request may have delivered it: what comes again says so", async () => {
  const here = await place();
  const { world, receiver, rota } = here;
  await addWebhook(world, rota.ana, receiver);
  receiver.script = (_, attempt) => (attempt === 2 ? "cut" : 200);
  const incident = await trigger(here, "disk");
  await world.advance(0.2);
  assert.equal(receiver.received.length, 3);
  assert.equal(receiver.received[2]?.body.data.page.possibleDuplicate, true);
  const sent = await factsOf(world, incident.id, "page.sent");
  assert.deepEqual(sent.map((data) => data.possibleDuplicate).sort(), [false, true]);
  await leave(here, { letters: true });
});

test("an ntfy server that is away costs no call: silence passes it on, and what is still wanted leaves when it is back", async () => {
  const here = await place();
  const { world, receiver, rota } = here;
  const ntfy = await addNtfy(world, rota.ana, receiver);
  const contacts = contactsOf(world, rota.ana);
  const mail = await mailOf(here);
  assert.equal((await contacts.ask("PATCH", `/${mail.id}`, { enabled: false })).status, 200);
  await receiver.close();
  const incident = await trigger(here, "disk");
  await world.advance(9);
  assert.deepEqual(await factsOf(world, incident.id, "page.failed"), []);
  await world.mailbox(rota.cleo).expectNothing();
  await world.advance(1.1);
  await world.mailbox(rota.cleo).expectPage();
  const stepped = await factsOf(world, incident.id, "paging.stepped");
  assert.deepEqual(
    stepped.map((data) => data.because),
    ["started", "silent"],
  );
  const back = await openReceiver(Number(new URL(receiver.url).port));
  await world.advance(2.2);
  assert.equal(back.received.length, 1);
  const sent = (await factsOf(world, incident.id, "page.sent")).map((data) => data.possibleDuplicate);
  assert.deepEqual(sent, [false, false], "it never arrived before");
  assert.equal((await contacts.list()).find((one) => one.id === ntfy.id).state, "usable");
  await back.close();
  await world.stop();
});

test("whoever left the desk while their calls waited is reached by none of their ways, and the next is called at once", async () => {
  const here = await place();
  const { world, receiver, rota } = here;
  const [ntfy, webhook] = [await addNtfy(world, rota.ana, receiver), await addWebhook(world, rota.ana, receiver)];
  await prefer(here, [turn(ntfy, 0), turn(webhook, 3), turn(await mailOf(here), 6)]);
  receiver.script = () => 503;
  world.post.script = (to) => (to === rota.ana.email ? "later" : "ok");
  const incident = await trigger(here, "disk");
  const left = await world.api("PATCH", `/api/v1/people/${rota.ana.id}`, { active: false });
  assert.equal(left.status, 200, left.text);
  receiver.script = () => 200;
  world.post.script = () => "ok";
  const before = receiver.received.length;
  await world.advance(1);
  await world.mailbox(rota.cleo).expectPage();
  await world.mailbox(rota.ana).expectNothing();
  assert.equal(receiver.received.length, before);
  const failed = await factsOf(world, incident.id, "page.failed");
  assert.deepEqual([...new Set(failed.map((data) => data.error))], ["inactive"]);
  await leave(here);
});

test("S10: a redirection is not followed: the call has failed, and the next way is called at once", async () => {
  const here = await place();
  const { world, receiver, rota } = here;
  const ntfy = await addNtfy(world, rota.ana, receiver);
  await prefer(here, [turn(ntfy, 0), turn(await mailOf(here), 10)]);
  receiver.script = () => ({ status: 302, headers: { location: `${receiver.url}/elsewhere` } });
  const incident = await trigger(here, "disk");
  await world.mailbox(rota.ana).expectPage();
  assert.ok(receiver.received.every((one) => one.path === "/"));
  assert.deepEqual(
    (await factsOf(world, incident.id, "page.failed")).map((data) => data.error),
    ["HTTP 302"],
  );
  const [row] = (await world.api("GET", "/api/v1/outbox")).body.data.filter((one: Json) => one.status === "dead");
  assert.deepEqual([row.kind, row.channel, row.lastError], ["page", "ntfy", "HTTP 302"]);
  await leave(here);
});

test("410: nothing more is wanted there; it is switched off, recorded, shown and told, and may be switched on again", async () => {
  const here = await place();
  const { world, receiver, rota } = here;
  const webhook = await addWebhook(world, rota.ana, receiver);
  receiver.script = () => 410;
  await trigger(here, "disk");
  await world.mailbox(rota.ana).expectPage();
  const told = await world.mailbox(rota.ana).expectNotice();
  assert.match(told.text, /\(410\)/);
  const contacts = contactsOf(world, rota.ana);
  const stateNow = async (): Promise<string> => (await contacts.list()).find((one) => one.id === webhook.id).state;
  assert.equal(await stateNow(), "gone");
  const { checks } = (await world.api("GET", "/api/v1/doctor")).body;
  assert.equal(checks.find((one: Json) => one.id === "contact-points").state, "warning");
  const types = await world.query<{ type: string }>("select type from events where stream = $1 order by seq", [
    `contact-point/${webhook.id}`,
  ]);
  assert.equal(types.at(-1)?.type, "contact-point.switched-off");
  const before = receiver.received.length;
  await trigger(here, "second");
  await world.mailbox(rota.ana).expectPage();
  assert.equal(receiver.received.length, before, "it is left alone");
  receiver.script = () => 200;
  assert.equal((await contacts.ask("PATCH", `/${webhook.id}`, { enabled: true })).body.state, "usable");
  await trigger(here, "third");
  await world.mailbox(rota.ana).expectPage();
  assert.equal(receiver.received.length, before + 1);
  await leave(here);
});

test("five failures in a row: nothing is asked of it for a minute, the page says it is paused, and one attempt tries again", async () => {
  const here = await place();
  const { world, receiver, rota } = here;
  const webhook = await addWebhook(world, rota.ana, receiver);
  receiver.script = () => 500;
  await trigger(here, "disk");
  await world.advance(1.5);
  const state = async (): Promise<Json> =>
    (await contactsOf(world, rota.ana).list()).find((one) => one.id === webhook.id);
  assert.deepEqual([(await state()).state, (await state()).lastError], ["paused", "HTTP 500"]);
  assert.equal(receiver.received.length, 6, "a code, then five attempts");
  await trigger(here, "second");
  assert.equal(receiver.received.length, 6, "nothing more is asked");
  receiver.script = () => 200;
  await world.advance(2);
  assert.ok(receiver.received.length > 6);
  assert.deepEqual([(await state()).state, (await state()).lastError], ["usable", null]);
  await leave(here, { letters: true });
});

test("all ways fail for good: the next step is called at once, and the dead letters are raised", async () => {
  const here = await place();
  const { world, receiver, rota } = here;
  const webhook = await addWebhook(world, rota.ana, receiver);
  await prefer(here, [turn(webhook, 0), turn(await mailOf(here), 8)]);
  receiver.script = () => 403;
  world.post.script = (to) => (to === rota.ana.email ? "never" : "ok");
  const incident = await trigger(here, "disk");
  await world.mailbox(rota.cleo).expectPage();
  const stepped = await factsOf(world, incident.id, "paging.stepped");
  assert.deepEqual(
    stepped.map((data) => data.because),
    ["started", "undeliverable"],
  );
  const { checks } = (await world.api("GET", "/api/v1/doctor")).body;
  const dead = checks.find((one: Json) => one.id === "dead-letters");
  assert.deepEqual([dead.state, dead.detail], ["warning", "2"]);
  await leave(here);
});

test("turns come at their minute, and those of who accepted meanwhile are withdrawn", async () => {
  const here = await place();
  const { world, receiver, rota } = here;
  const ntfy = await addNtfy(world, rota.ana, receiver);
  await prefer(here, [turn(ntfy, 0), turn(await mailOf(here), 3)]);
  const first = await trigger(here, "disk");
  await world.advance(2.9);
  await world.mailbox(rota.ana).expectNothing();
  await world.advance(0.2);
  await world.mailbox(rota.ana).expectPage();
  await press(here, receiver.received.at(-1)?.body.actions[0]);

  const second = await trigger(here, "second");
  await press(here, receiver.received.at(-1)?.body.actions[0]);
  await world.advance(5);
  await world.mailbox(rota.ana).expectNothing();
  assert.ok((await typesOf(world, second.id)).includes("page.withdrawn"));
  assert.ok(!(await typesOf(world, first.id)).includes("page.withdrawn"));
  await leave(here, coordinatorAsked);
});

test("#16, #17: receivers that hang hold up neither mail nor the other receivers of their channel", async () => {
  const here = await place();
  const { world, receiver, rota } = here;
  const slow = await openReceiver();
  const people = await Promise.all(Array.from({ length: 12 }, (_, i) => world.person(`Slow ${i}`, 2)));
  for (const one of people) await addWebhook(world, one, slow);
  await addWebhook(world, rota.ana, receiver);
  const targets = [...people, rota.ana].map((one) => ({ kind: "person", id: one.id }));
  const steps = [{ targets, timeoutMinutes: 60 }];
  const policy = (await world.api("POST", "/api/v1/escalation-policies", { name: "All", steps })).body.id;
  const service = (await world.api("POST", "/api/v1/services", { nameFr: "S", nameEn: "S", policy })).body.id;
  const { key } = await world.integration("pagerduty", { service, name: "all" });
  slow.script = () => "hang";
  const [hung, mine, letters] = [slow.received.length, receiver.received.length, world.post.letters.length];
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "slow"));
  await world.desk.committer.drain();
  /* The first of those that hang are given up after ten seconds: by then the others have had their call. */
  await world.desk.sweep();
  assert.equal(receiver.received.length, mine + 1);
  assert.equal(world.post.letters.length, letters + 13);
  const tried = slow.received.length - hung;
  assert.ok(tried >= 4 && tried < 12, `four at once to one receiver, and not all: ${tried}`);
  slow.script = () => 200;
  await world.advance(3);
  assert.ok(slow.received.length >= hung + 12);
  await slow.close();
  await leave(here, { letters: true });
});

test("a delivery is sent again on demand, with its first id, and only one's own", async () => {
  const here = await place();
  const { world, receiver, rota } = here;
  const webhook = await addWebhook(world, rota.ana, receiver);
  receiver.script = (_, attempt) => (attempt === 2 ? 403 : 200);
  const incident = await trigger(here, "disk");
  const contacts = contactsOf(world, rota.ana);
  const [last] = (await contacts.ask("GET", `/${webhook.id}/deliveries`)).body.data;
  assert.deepEqual(
    [last.kind, last.status, last.number, last.lastError],
    ["page", "dead", incident.number, "HTTP 403"],
  );
  const again = await contacts.ask("POST", `/${webhook.id}/deliveries/${last.id}/redeliver`);
  assert.equal(again.status, 201, again.text);
  await world.settle();
  const [, first, copy] = receiver.received;
  assert.equal(copy?.headers["webhook-id"], first?.headers["webhook-id"]);
  assert.equal(verified(webhook.secret, copy).type, "incident.page");
  const [newest] = (await contacts.ask("GET", `/${webhook.id}/deliveries`)).body.data;
  assert.deepEqual([newest.kind, newest.status], ["copy", "sent"]);
  const copied = await contacts.ask("POST", `/${webhook.id}/deliveries/${newest.id}/redeliver`);
  assert.equal(copied.status, 201);
  await world.settle();
  assert.equal(receiver.received.at(-1)?.headers["webhook-id"], first?.headers["webhook-id"]);
  const mail = await mailOf(here);
  assert.equal((await contacts.ask("POST", `/${mail.id}/deliveries/${last.id}/redeliver`)).body.code, "not-a-webhook");
  assert.equal((await contacts.ask("POST", `/${webhook.id}/deliveries/999999/redeliver`)).status, 404);
  await leave(here, { letters: true });
});

test("test my page: accepted is not delivered, and only what was pressed is acknowledged", async () => {
  const here = await place();
  const { world, receiver, rota } = here;
  const as = { token: rota.ana.token };
  const ntfy = await addNtfy(world, rota.ana, receiver);
  const webhook = await addWebhook(world, rota.ana, receiver);
  receiver.script = (one) => (one.headers["webhook-id"] ? 403 : 200);
  const asked = await world.api("POST", "/api/v1/test-page", {}, as);
  assert.equal(asked.status, 201);
  assert.deepEqual([...new Set(asked.body.data.map((one: Json) => one.state))], ["pending"]);
  const again = await world.api("POST", "/api/v1/test-page", {}, as);
  assert.deepEqual(
    again.body.data.map((one: Json) => one.id),
    asked.body.data.map((one: Json) => one.id),
    "pressed twice is one test",
  );
  await world.settle();
  const evidence = async (): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await world.api("GET", "/api/v1/test-page", undefined, as)).body.data.map((one: Json) => [one.kind, one.state]),
    );
  assert.deepEqual(await evidence(), { email: "accepted", ntfy: "accepted", webhook: "failed" });
  const letter = await world.mailbox(rota.ana).expectNotice();
  const link = /\/test\/[\w-]+/.exec(letter.text)?.[0] ?? "";
  const opened = await world.api("GET", link, undefined, { token: null });
  assert.equal(opened.status, 200);
  assert.deepEqual(
    await evidence(),
    { email: "accepted", ntfy: "accepted", webhook: "failed" },
    "opening says nothing",
  );
  const push = receiver.received.find((one) => one.body.topic && one.body.priority === 5);
  assert.equal((await press(here, push?.body.actions[0])).status, 200);
  assert.deepEqual(await evidence(), { email: "accepted", ntfy: "acknowledged", webhook: "failed" });
  const forged = await world.api("POST", `${link.slice(0, -2)}AA`, "action=received", {
    token: null,
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  assert.equal(forged.status, 404);
  assert.ok(!world.logs.some((line) => line.includes(link.slice("/test/".length))), "the link is in no log");
  await world.advance(24 * 60 + 1);
  assert.equal((await world.api("GET", link, undefined, { token: null })).status, 404);
  const dead = (await world.api("GET", "/api/v1/doctor")).body.checks.find((one: Json) => one.id === "dead-letters");
  assert.equal(dead.state, "ok", "a test that fails is shown to who asked for it");
  assert.ok(ntfy.id && webhook.id);
  await leave(here);
});

test("without a mail server, ntfy and webhooks leave all the same, and what is for mail waits", async () => {
  const world = await startWorld({ mail: false });
  const receiver = await openReceiver();
  await openThisMachine(world);
  await addNtfy(world, world.admin, receiver);
  const { key } = await world.integration("pagerduty");
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "disk"));
  await world.settle();
  assert.match(receiver.received.at(-1)?.body.title, /Disk full on disk/);
  const rows = (await world.api("GET", "/api/v1/outbox")).body.data;
  assert.deepEqual(rows.map((row: Json) => `${row.kind} ${row.channel} ${row.status}`).sort(), [
    "code ntfy sent",
    "page email pending",
    "page ntfy sent",
  ]);
  await world.stop();
  await receiver.close();
});

test("the checklist says that none of these surely wakes a muted phone", async () => {
  const world = await startWorld({ mail: false });
  const { checks } = (await world.api("GET", "/api/v1/doctor")).body;
  assert.equal(checks.find((one: Json) => one.id === "wakes").state, "limit");
  await world.stop();
});
