/** Text messages and calls: carried by one of two providers, answered by a reply or a key, and told of in words that claim no more
 *  than is known. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addProvider,
  type FakeCarrier,
  lastText,
  openFakeTwilio,
  openFakeVonage,
  twilioTells,
  vonageTells,
} from "./carriers.ts";
import { contactsOf, openThisMachine } from "./contacts.ts";
import { makeRota, recordOf } from "./rota.ts";
import { type Json, pagerDutyEvent, type Someone, startWorld, type TestWorld } from "./world.ts";

const number = "+15145550123";

async function openBoth() {
  const world = await startWorld();
  await openThisMachine(world);
  const twilio = await openFakeTwilio();
  const vonage = await openFakeVonage(() => world.desk.clock.now());
  const rota = await makeRota(world);
  const first = await addProvider(world, "twilio", twilio);
  const second = await addProvider(world, "vonage", vonage);
  return { world, twilio, vonage, first, second, ...rota };
}

async function addPhone(world: TestWorld, person: Someone, kind: "sms" | "voice", carrier: FakeCarrier): Promise<Json> {
  const contacts = contactsOf(world, person);
  const point = await contacts.add({ kind, number: "+1 (514) 555-0123" });
  await world.settle();
  const said = kind === "sms" ? lastText(carrier) : (carrier.taken.at(-1)?.fields.Twiml ?? "").replaceAll(", ", "");
  const code = /\d{8}/.exec(said)?.[0];
  const answer = await contacts.ask("POST", `/${point.id}/verify`, { code });
  assert.equal(answer.status, 200, `${said} ${answer.text}`);
  return answer.body;
}

/** Only by this one: what is proved here is the telephone. */
async function onlyBy(world: TestWorld, person: Someone, point: Json): Promise<void> {
  const rules = [{ contactPoint: point.id, afterMinutes: 0 }];
  const answer = await world.api(
    "PATCH",
    "/api/v1/notification-preference",
    { high: rules, low: rules },
    { token: person.token },
  );
  assert.equal(answer.status, 200, answer.text);
}

const incidentOf = async (world: TestWorld): Promise<Json> =>
  (await world.api("GET", "/api/v1/incidents?limit=1")).body.data[0];
const typesSince = async (world: TestWorld, id: string): Promise<string[]> =>
  (await recordOf(world, id)).map((entry) => entry.type);
const shortOf = (incident: Json): string => String(Number(incident.number.slice(-6)));

test("a text message is proved, calls, tells of its delivery, and its answer takes the incident", async () => {
  const { world, twilio, first, ana, key } = await openBoth();
  const point = await addPhone(world, ana, "sms", twilio);
  assert.deepEqual([point.kind, point.address, point.state], ["sms", number, "usable"]);
  await onlyBy(world, ana, point);
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "db-1"));
  await world.settle();
  const { fields } = twilio.taken.at(-1) as { fields: Json };
  const incident = await incidentOf(world);
  assert.equal(fields.To, number);
  assert.match(fields.Body, /Disk full on db-1/);
  assert.match(fields.Body, new RegExp(`A ${shortOf(incident)}\\b`));
  assert.match(fields.Body, /\/ack\//);

  const told = await twilioTells(world, fields.StatusCallback, { MessageSid: "SM1", MessageStatus: "delivered" });
  assert.equal(told.status, 200, told.text);
  await twilioTells(world, fields.StatusCallback, { MessageSid: "SM1", MessageStatus: "delivered" });
  assert.equal((await typesSince(world, incident.id)).filter((type) => type === "page.delivered").length, 1, "once");

  const texts = first.returnUrl;
  await twilioTells(world, texts, { From: number, To: fields.From, Body: "eh ?" });
  assert.match(lastText(twilio), /A 412/);
  await twilioTells(world, texts, { From: number, To: fields.From, Body: `NOTE ${shortOf(incident)} sur la route` });
  await twilioTells(world, texts, { From: number, To: fields.From, Body: `a ${shortOf(incident)}` });
  const after = (await world.api("GET", `/api/v1/incidents/${incident.id}`)).body;
  assert.equal(after.acceptedBy?.id, ana.id);
  assert.match(lastText(twilio), new RegExp(`INC-${shortOf(incident)}: `));
  const noted = (await recordOf(world, incident.id)).find((entry) => entry.type === "observation.noted");
  assert.deepEqual([noted?.actor.id, (noted as Json).data.text], [ana.id, "sur la route"]);
  const before = twilio.taken.length;
  await twilioTells(world, texts, { From: "+15145559999", To: fields.From, Body: `A ${shortOf(incident)}` });
  assert.equal(twilio.taken.length, before, "a stranger is told nothing");
  await world.stop({ letters: true });
});

test("a call is answered by its keys, in the person's language; a test by one key", async () => {
  const { world, twilio, ana, key } = await openBoth();
  await world.api("PATCH", `/api/v1/people/${ana.id}`, { language: "fr" });
  const point = await addPhone(world, ana, "voice", twilio);
  await onlyBy(world, ana, point);
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "db-1"));
  await world.settle();
  const { fields } = twilio.taken.at(-1) as { fields: Json };
  assert.match(fields.Twiml, /<Say language="fr-CA">Ici Tocsin\.<\/Say>/);
  assert.match(fields.Twiml, /faites le 1/);
  const action = /action="([^"]+)"/.exec(fields.Twiml)?.[1] ?? "";
  const incident = await incidentOf(world);
  await twilioTells(world, fields.StatusCallback, { CallSid: "CA1", CallStatus: "in-progress" });
  const wrong = await twilioTells(world, action, { CallSid: "CA1", Digits: "7" });
  assert.match(wrong.text, /pas un choix/);
  const again = /action="([^"]+)"/.exec(wrong.text)?.[1] ?? "";
  assert.match(again, /\/1$/);
  assert.match((await twilioTells(world, again, { CallSid: "CA1", Digits: "3" })).text, /Disk full on db-1/);
  const taken = await twilioTells(world, action, { CallSid: "CA1", Digits: "1" });
  assert.match(taken.text, /c’est à vous/);
  assert.equal((await world.api("GET", `/api/v1/incidents/${incident.id}`)).body.acceptedBy?.id, ana.id);
  assert.ok((await typesSince(world, incident.id)).includes("page.delivered"));

  await world.api("POST", "/api/v1/test-page", {}, { token: ana.token });
  await world.settle();
  await world.mailbox(ana).expectNotice();
  const trial = twilio.taken.at(-1)?.fields;
  const key1 = /action="([^"]+)"/.exec(trial.Twiml)?.[1] ?? "";
  assert.match((await twilioTells(world, key1, { CallSid: "CA2", Digits: "1" })).text, /bien reçu/);
  const states = (await world.api("GET", "/api/v1/test-page", undefined, { token: ana.token })).body.data;
  assert.equal(states.find((one: Json) => one.kind === "voice").state, "acknowledged");
  await world.stop({ letters: true });
});

test("not me, by key: the next person is called at once", async () => {
  const { world, twilio, ana, cleo, key } = await openBoth();
  const point = await addPhone(world, ana, "voice", twilio);
  await onlyBy(world, ana, point);
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "db-1"));
  await world.settle();
  const action = /action="([^"]+)"/.exec(twilio.taken.at(-1)?.fields.Twiml)?.[1] ?? "";
  await twilioTells(world, action, { CallSid: "CA1", Digits: "2" });
  await world.mailbox(cleo).expectPage();
  await world.stop({ letters: true });
});

for (const [what, trouble] of [
  ["answers 500", { status: 500, body: "oops" }],
  ["is busy", { status: 429, body: JSON.stringify({ code: 20429, message: "Too Many Requests", status: 429 }) }],
  ["says 200 with an error inside", { status: 200, body: JSON.stringify({ code: 30001, message: "Queue overflow" }) }],
  ["says 201 and failed", { status: 201, body: JSON.stringify({ sid: "SM1", status: "failed", error_code: 30007 }) }],
  ["says 201 and nothing readable", { status: 201, body: "<html>" }],
  ["refuses our account", { status: 401, body: JSON.stringify({ code: 20003, message: "Authenticate", status: 401 }) }],
  ["answers nothing at all", "hang"],
] as const)
  test(`when one provider ${what}, the other carries the call, and both are kept with their outcome`, async () => {
    const { world, twilio, vonage, second, ana, key } = await openBoth();
    const point = await addPhone(world, ana, "sms", twilio);
    await onlyBy(world, ana, point);
    twilio.trouble = () => trouble;
    await world.knock("/v2/enqueue", pagerDutyEvent(key, "db-1"));
    await world.settle();
    assert.equal(vonage.taken.length, 1);
    assert.equal(vonage.taken[0]?.fields.to, "15145550123");
    const evidence = await world.query<{ provider: string; state: string; detail: string }>(
      "select provider, state, detail from delivery_evidence e join outbox o on o.id = e.outbox_id where o.kind = 'page' order by e.id",
    );
    assert.deepEqual(
      evidence.map((one) => [one.provider, one.state]),
      [
        ["Twilio", "refused"],
        ["Vonage", "accepted"],
      ],
    );
    assert.ok(evidence[0]?.detail);
    const incident = await incidentOf(world);
    const { fields } = vonage.taken.at(-1) as { fields: Json };
    const told = await vonageTells(world, fields.webhook_url, { status: "delivered", message_uuid: "x" });
    assert.equal(told.status, 200);
    assert.ok((await typesSince(world, incident.id)).includes("page.delivered"));
    await vonageTells(world, second.returnUrl, { channel: "sms", from: "15145550123", text: "A" });
    assert.equal((await world.api("GET", `/api/v1/incidents/${incident.id}`)).body.acceptedBy?.id, ana.id);
    await world.stop({ letters: true });
  });

test("what neither provider takes goes out by the next way at once; a number that does not exist is given up", async () => {
  const { world, twilio, vonage, ana, key } = await openBoth();
  const point = await addPhone(world, ana, "sms", twilio);
  const mail = (await contactsOf(world, ana).list()).find((one) => one.kind === "email");
  const rules = [
    { contactPoint: point.id, afterMinutes: 0 },
    { contactPoint: mail.id, afterMinutes: 5 },
  ];
  await world.api("PATCH", "/api/v1/notification-preference", { high: rules }, { token: ana.token });
  for (const carrier of [twilio, vonage]) carrier.trouble = () => ({ status: 503, body: "" });
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "db-1"));
  await world.mailbox(ana).expectPage();
  const incident = await incidentOf(world);
  const delayed = (await recordOf(world, incident.id)).find((entry) => entry.type === "page.delayed");
  assert.match((delayed as Json).data.error, /Twilio: HTTP 503.*; Vonage: HTTP 503/);
  assert.equal((await contactsOf(world, ana).list())[1].state, "usable", "it is not the telephone's fault");

  const gone = JSON.stringify({ code: 21211, message: "The 'To' number is not a valid phone number.", status: 400 });
  twilio.trouble = () => ({ status: 400, body: gone });
  const wrong = { title: "Invalid params", detail: "Invalid", invalid_parameters: [{ name: "to" }] };
  vonage.trouble = () => ({ status: 422, body: JSON.stringify(wrong) });
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "db-2"));
  await world.mailbox(ana).expectPage();
  const [row] = await world.query<{ status: string; last_error: string }>(
    "select status, last_error from outbox where kind = 'page' and channel = 'sms' order by id desc limit 1",
  );
  assert.equal(row?.status, "dead");
  assert.match(row?.last_error ?? "", /21211/);
  await world.stop({ letters: true });
});

test("accepted and then undelivered: the next way has its turn at once, and a busy line counts as such", async () => {
  const { world, twilio, ana, key } = await openBoth();
  const point = await addPhone(world, ana, "voice", twilio);
  const mail = (await contactsOf(world, ana).list()).find((one) => one.kind === "email");
  const rules = [
    { contactPoint: point.id, afterMinutes: 0 },
    { contactPoint: mail.id, afterMinutes: 5 },
  ];
  await world.api("PATCH", "/api/v1/notification-preference", { high: rules }, { token: ana.token });
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "db-1"));
  await world.settle();
  await world.mailbox(ana).expectNothing();
  const { fields } = twilio.taken.at(-1) as { fields: Json };
  await twilioTells(world, fields.StatusCallback, { CallSid: "CA1", CallStatus: "busy" });
  await world.mailbox(ana).expectPage();
  await world.stop({ letters: true });
});

test("three failures in a row: a provider is left alone for a minute, then asked again", async () => {
  const { world, twilio, vonage, ana, key } = await openBoth();
  const point = await addPhone(world, ana, "sms", twilio);
  await onlyBy(world, ana, point);
  twilio.trouble = () => ({ status: 500, body: "" });
  const before = twilio.asked();
  for (const name of ["1", "2", "3", "4", "5"]) {
    await world.knock("/v2/enqueue", pagerDutyEvent(key, `db-${name}`));
    await world.settle();
  }
  assert.equal(twilio.asked() - before, 3);
  assert.equal(vonage.taken.length, 5);
  const [paused] = (await world.api("GET", "/api/v1/providers")).body.data;
  assert.deepEqual([paused.state, paused.lastError], ["paused", "HTTP 500"]);
  twilio.trouble = () => null;
  await world.advance(1.1);
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "db-6"));
  await world.settle();
  assert.equal((await world.api("GET", "/api/v1/providers")).body.data[0].state, "usable");
  assert.equal(vonage.taken.length, 5);
  await world.stop({ letters: true });
});

test("what is not signed as they sign is refused, whatever it says", async () => {
  const { world, twilio, first, second, ana, key } = await openBoth();
  const point = await addPhone(world, ana, "voice", twilio);
  await onlyBy(world, ana, point);
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "db-1"));
  await world.settle();
  const { fields } = twilio.taken.at(-1) as { fields: Json };
  const action = /action="([^"]+)"/.exec(fields.Twiml)?.[1] ?? "";
  const path = action.replace(world.config.url, "");
  const post = async (url: string, raw: string, headers: Record<string, string>): Promise<number> =>
    (await world.api("POST", url, raw, { token: null, headers })).status;
  const form = { "content-type": "application/x-www-form-urlencoded" };
  assert.equal(await post(path, "Digits=1", form), 403);
  assert.equal(await post(path, "Digits=1", { ...form, "x-twilio-signature": "AAAA" }), 403);
  assert.equal(await post("/channels/nobody/texts", "Digits=1", form), 403);
  /* Signed for another address, or for another account. */
  const elsewhere = await twilioTells(world, action.replace(first.id, second.id), { Digits: "1" });
  assert.equal(elsewhere.status, 403);
  const other = await vonageTells(world, second.returnUrl, { from: "15145550123", text: "A" }, { payload_hash: "0" });
  assert.equal(other.status, 403);
  const late = await vonageTells(world, second.returnUrl, { from: "15145550123", text: "A" }, { iat: 1 });
  assert.equal(late.status, 403);
  const foreign = await vonageTells(world, second.returnUrl, { text: "A" }, { application_id: "another" });
  assert.equal(foreign.status, 403);
  /* Theirs, but about something that we never sent. */
  const forged = action.replace(/keys\/[\w-]+/, `keys/${"A".repeat(32)}`);
  assert.equal((await twilioTells(world, forged, { Digits: "1" })).status, 404);
  assert.equal((await incidentOf(world)).acceptedBy, null);
  await world.stop({ letters: true });
});

test("accounts are for administrators, sealed at rest, tried by a real request, and need a number and a key", async () => {
  const { world, twilio, first, second, ana } = await openBoth();
  const rows = await world.query<{ sealed: string }>("select sealed from channel_providers");
  const seen = JSON.stringify([rows, (await world.api("GET", "/api/v1/providers")).body, first, second]);
  for (const secret of ["twilio-token-of-tests", "vonage-signature-secret", "PRIVATE KEY"])
    assert.ok(!seen.includes(secret), secret);
  for (const [method, path] of [
    ["GET", ""],
    ["POST", ""],
    ["PATCH", `/${first.id}`],
    ["DELETE", `/${first.id}`],
    ["POST", `/${first.id}/try`],
  ] as const)
    assert.equal((await world.api(method, `/api/v1/providers${path}`, {}, { token: ana.token })).status, 403, path);
  const tried = async (id: string): Promise<Json> => (await world.api("POST", `/api/v1/providers/${id}/try`)).body;
  assert.deepEqual([(await tried(first.id)).lastError, (await tried(second.id)).lastError], [null, null]);
  twilio.trouble = () => ({ status: 401, body: JSON.stringify({ code: 20003, message: "Authenticate" }) });
  assert.equal((await tried(first.id)).lastError, "HTTP 401: 20003 Authenticate");
  const account = { kind: "twilio", server: twilio.url, accountSid: `AC${"0".repeat(32)}`, authToken: "0123456789" };
  const number = await world.api("POST", "/api/v1/providers", { ...account, from: "555-0100" });
  assert.deepEqual(
    [number.status, number.body.errors[0].pointer, number.body.errors[0].code],
    [422, "/from", "not-a-phone"],
  );
  await world.api("PATCH", `/api/v1/providers/${second.id}`, { first: true });
  assert.equal((await world.api("GET", "/api/v1/providers")).body.data[0].id, second.id);
  for (const one of [first, second]) await world.api("DELETE", `/api/v1/providers/${one.id}`);
  const alone = await contactsOf(world, ana).ask("POST", "", { kind: "sms", number: "+15145550123" });
  assert.equal(alone.body.code, "no-provider");
  await world.stop({ letters: true });
});

test("what was learned of each attempt is shown to whoever was called, step by step", async () => {
  const { world, twilio, vonage, ana, key } = await openBoth();
  const point = await addPhone(world, ana, "sms", twilio);
  await onlyBy(world, ana, point);
  twilio.trouble = () => ({ status: 503, body: "" });
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "db-1"));
  await world.settle();
  const { fields } = vonage.taken.at(-1) as { fields: Json };
  await vonageTells(world, fields.webhook_url, { status: "delivered", message_uuid: "x" });
  const [call] = (await contactsOf(world, ana).ask("GET", `/${point.id}/deliveries`)).body.data;
  assert.deepEqual(
    call.evidence.map((one: Json) => [one.provider, one.state]),
    [
      ["Twilio", "refused"],
      ["Vonage", "accepted"],
      ["Vonage", "delivered"],
    ],
  );
  await world.stop({ letters: true });
});

test("quiet hours: what does not press leaves the telephone in peace, what presses calls it all the same", async () => {
  const { world, twilio, ana, key } = await openBoth();
  await addPhone(world, ana, "sms", twilio);
  const all = { from: "00:00", to: "23:59" };
  const wrong = { quiet: { from: "24:00", to: "7:00" } };
  const change = (body: object) => world.api("PATCH", "/api/v1/notification-preference", body, { token: ana.token });
  assert.equal((await change(wrong)).status, 422);
  const kept = await change({ quiet: all });
  assert.deepEqual([kept.body.quiet, kept.body.high], [all, []]);
  const before = twilio.taken.length;
  const event = pagerDutyEvent(key, "db-1") as Json;
  await world.knock("/v2/enqueue", { ...event, payload: { ...event.payload, severity: "warning" } });
  await world.mailbox(ana).expectPage();
  const { priority } = await incidentOf(world);
  assert.ok(priority > 2, String(priority));
  assert.equal(twilio.taken.length, before, "by mail alone");
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "db-2"));
  await world.mailbox(ana).expectPage();
  assert.equal(twilio.taken.length, before + 1);
  assert.equal((await change({ quiet: null })).body.quiet, null);
  await world.stop({ letters: true });
});

test("a telephone that sounds too often is left a moment for what does not press, and the record says so", async () => {
  const { world, twilio, ana, key } = await openBoth();
  const point = await addPhone(world, ana, "sms", twilio);
  await onlyBy(world, ana, point);
  const before = twilio.taken.length;
  const warn = async (name: string): Promise<void> => {
    const event = pagerDutyEvent(key, name) as Json;
    await world.knock("/v2/enqueue", { ...event, payload: { ...event.payload, severity: "warning" } });
    await world.settle();
  };
  for (const name of ["1", "2", "3", "4", "5", "6"]) await warn(`db-${name}`);
  assert.equal(twilio.taken.length - before, 5);
  const held = (await recordOf(world, (await incidentOf(world)).id)).find((entry) => entry.type === "page.delayed");
  assert.equal((held as Json).data.error, "throttled");
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "urgent"));
  await world.settle();
  assert.match(lastText(twilio), /urgent/, "what presses never waits");
  await world.advance(5.1);
  assert.ok(twilio.taken.some((one) => /db-6/.test(one.fields.Body)));
  await world.stop({ letters: true });
});
