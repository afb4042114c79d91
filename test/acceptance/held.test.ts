/** What quiet hours and a telephone that sounded too often hold back: told in one message, as it stands by then, once, and never
 *  what presses. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { hourMs } from "../../core/kernel/time.ts";
import { takeTogether } from "../../server/notification/held-store.ts";
import { inspect } from "../../server/notification/store.ts";
import { claimOutbox } from "../../server/platform/outbox.ts";
import { addProvider, type FakeCarrier, lastText, openFakeTwilio, twilioTells } from "./carriers.ts";
import { contactsOf, openThisMachine } from "./contacts.ts";
import { makeRota, recordOf } from "./rota.ts";
import { type Json, pagerDutyEvent, type Someone, startWorld, type TestWorld } from "./world.ts";

const number = "+15145550123";

async function openNight({ kind = "sms" }: { readonly kind?: "sms" | "voice" } = {}) {
  const world = await startWorld();
  await openThisMachine(world);
  const twilio = await openFakeTwilio();
  const rota = await makeRota(world);
  const provider = await addProvider(world, "twilio", twilio);
  const contacts = contactsOf(world, rota.ana);
  const point = await contacts.add({ kind, number });
  await world.settle();
  const said = kind === "sms" ? lastText(twilio) : (twilio.taken.at(-1)?.fields.Twiml ?? "").replaceAll(", ", "");
  const proved = await contacts.ask("POST", `/${point.id}/verify`, { code: /\d{8}/.exec(said)?.[0] });
  assert.equal(proved.status, 200, proved.text);
  twilio.taken.length = 0;
  return { world, twilio, provider, point: proved.body, ...rota };
}

/** From now for two hours, by the clock where Ana lives. */
async function inPeace(world: TestWorld, ana: Someone): Promise<void> {
  const { zone } = (await world.api("GET", `/api/v1/people/${ana.id}`)).body;
  const wall = (at: number): string =>
    new Date(at).toLocaleTimeString("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
  const now = world.desk.clock.now();
  await prefer(world, ana, { quiet: { from: wall(now - hourMs), to: wall(now + 2 * hourMs) } });
}

async function prefer(world: TestWorld, { token }: Someone, body: object): Promise<void> {
  const answer = await world.api("PATCH", "/api/v1/notification-preference", body, { token });
  assert.equal(answer.status, 200, answer.text);
}

async function warn(world: TestWorld, key: string, name: string): Promise<Json> {
  const event = pagerDutyEvent(key, name) as Json;
  await world.knock("/v2/enqueue", { ...event, payload: { ...event.payload, severity: "warning" } });
  await world.settle();
  const { data } = (await world.api("GET", "/api/v1/incidents?limit=1")).body;
  return data[0];
}

const shortOf = (incident: Json): string => `INC-${Number(incident.number.slice(-6))}`;
const textsOf = (twilio: FakeCarrier): string[] => twilio.taken.map(({ fields }) => fields.Body);
const accept = (world: TestWorld, incident: Json, { token }: Someone) =>
  world.api("POST", `/api/v1/incidents/${incident.id}/accept`, {}, { token });
const typesOf = async (world: TestWorld, { id }: Json, type: string): Promise<Json[]> =>
  (await recordOf(world, id)).filter((entry) => entry.type === type);

test("at the end of quiet hours, one text message names each incident as it stands by then", async () => {
  const { world, twilio, ana, ben, key } = await openNight();
  await inPeace(world, ana);
  const waits = await warn(world, key, "db-1");
  const taken = await warn(world, key, "db-2");
  const closed = await warn(world, key, "db-3");
  const mine = await warn(world, key, "db-4");
  assert.deepEqual(twilio.taken, []);
  const asked = (await typesOf(world, waits, "page.requested")).filter(({ data }) => data.held === "quiet");
  assert.equal(asked.length, 1, "the record says that it is held, and until when");
  assert.equal((await accept(world, taken, ben)).status, 200);
  assert.equal((await accept(world, mine, ana)).status, 200);
  const away = { reason: "duplicate" };
  assert.equal((await world.api("POST", `/api/v1/incidents/${closed.id}/dismiss`, away)).status, 200);
  await world.advance(2 * 60 + 1);
  const texts = textsOf(twilio);
  assert.equal(texts.length, 1, texts.join("\n--\n"));
  const [text = ""] = texts;
  assert.match(text, new RegExp(`${shortOf(waits)} P\\d .*db-1.*: nobody has it`));
  assert.match(text, new RegExp(`${shortOf(taken)} P\\d .*db-2.*: taken by ${ben.name}`));
  assert.match(text, new RegExp(`${shortOf(closed)} .*db-3.*: ended`));
  assert.doesNotMatch(text, /db-4/, "they know what they did themselves");
  assert.match(text, /quiet hours\. 1 still waits/);
  const sent = (await typesOf(world, waits, "page.sent")).at(-1);
  assert.equal(sent?.data.with, 2);
  assert.equal((await typesOf(world, taken, "page.withdrawn")).length > 0, true);
  await world.advance(24 * 60);
  assert.equal(textsOf(twilio).filter((one) => /quiet hours/.test(one)).length, 1, "once");
  await world.stop({ letters: true });
});

test("news waits with the calls and comes in the same message; its mail has left already, and alone it comes as what it is", async () => {
  const { world, twilio, ana, ben, point, key } = await openNight();
  await prefer(world, ana, { low: [{ contactPoint: point.id, afterMinutes: 0 }] });
  await inPeace(world, ana);
  const [{ id: schedule }] = (await world.api("GET", "/api/v1/schedules")).body.data;
  const iso = (days: number): string => new Date(world.desk.clock.now() + days * 24 * hourMs).toISOString();
  const askCover = async (days: number): Promise<void> => {
    const body = { schedule, from: iso(days), until: iso(days + 1), asked: ana.id };
    const answer = await world.api("POST", "/api/v1/cover-requests", body, { token: ben.token });
    assert.equal(answer.status, 201, answer.text);
    await world.settle();
  };
  await warn(world, key, "db-1");
  await warn(world, key, "db-2");
  await askCover(6);
  const asked = `${ben.name} asks to be covered`;
  for (const _ of [1, 2]) await world.mailbox(ana).expectPage();
  assert.equal((await world.mailbox(ana).expectNotice()).subject, asked);
  assert.deepEqual(twilio.taken, []);
  await world.advance(2 * 60 + 1);
  assert.equal(twilio.taken.length, 1, textsOf(twilio).join("\n--\n"));
  assert.match(lastText(twilio), new RegExp(`db-1[^]*db-2[^]*\n${asked} in Primary, from `));
  assert.match(lastText(twilio), /2 still wait/);
  twilio.taken.length = 0;
  for (const incident of (await world.api("GET", "/api/v1/incidents")).body.data) await accept(world, incident, ana);
  await inPeace(world, ana);
  await askCover(8);
  assert.deepEqual(twilio.taken, []);
  await world.advance(2 * 60 + 1);
  assert.deepEqual(
    textsOf(twilio).map((text) => text.startsWith(asked)),
    [true],
    "one that is alone is no list",
  );
  await world.stop({ letters: true });
});

test("one incident alone comes as the call that it is; where nothing waits any more, nothing comes", async () => {
  const { world, twilio, ana, key } = await openNight();
  await inPeace(world, ana);
  const alone = await warn(world, key, "db-1");
  await world.advance(2 * 60 + 1);
  assert.deepEqual(
    textsOf(twilio).map((text) => /Reply A/.test(text) && /db-1/.test(text)),
    [true],
  );
  await accept(world, alone, ana);
  twilio.taken.length = 0;
  await inPeace(world, ana);
  for (const name of ["db-2", "db-3"]) await accept(world, await warn(world, key, name), ana);
  await world.advance(2 * 60 + 1);
  assert.deepEqual(textsOf(twilio), []);
  await world.stop({ letters: true });
});

test("what begins to press leaves at once; hours of peace that are over let go of what they kept", async () => {
  const { world, twilio, ana, key } = await openNight();
  await inPeace(world, ana);
  const worse = await warn(world, key, "db-1");
  await warn(world, key, "db-2");
  await warn(world, key, "db-3");
  const told = { priority: 1, reason: "it spreads" };
  const answer = await world.api("POST", `/api/v1/incidents/${worse.id}/override-priority`, told);
  assert.equal(answer.status, 200, answer.text);
  await world.settle();
  assert.deepEqual(
    textsOf(twilio).map((text) => /^P1 .*db-1/.test(text)),
    [true],
  );
  await prefer(world, ana, { quiet: null });
  await world.settle();
  assert.equal(twilio.taken.length, 2);
  assert.match(lastText(twilio), /2 still wait/);
  await world.stop({ letters: true });
});

test("a telephone that sounded too often is told the rest together; what is undelivered passes each of them on", async () => {
  const { world, twilio, ana, point, key } = await openNight();
  const rules = [{ contactPoint: point.id, afterMinutes: 0 }];
  await prefer(world, ana, { high: rules, low: rules });
  for (const name of ["1", "2", "3", "4", "5"]) await warn(world, key, `db-${name}`);
  assert.equal(twilio.taken.length, 5);
  const sixth = await warn(world, key, "db-6");
  const seventh = await warn(world, key, "db-7");
  assert.equal(twilio.taken.length, 5);
  await world.advance(5.1);
  assert.equal(twilio.taken.length, 6);
  assert.match(lastText(twilio), /five calls in five minutes/);
  for (const name of ["db-6", "db-7"]) assert.match(lastText(twilio), new RegExp(name));
  const { StatusCallback } = twilio.taken.at(-1)?.fields ?? {};
  await twilioTells(world, StatusCallback, { MessageSid: "SM9", MessageStatus: "undelivered", ErrorCode: "30003" });
  const { data: sent } = (await contactsOf(world, ana).ask("GET", `/${point.id}/deliveries`)).body;
  for (const { number: of } of [sixth, seventh])
    assert.deepEqual(
      sent.find((one: Json) => one.number === of).evidence.map((one: Json) => one.state),
      ["accepted", "undelivered"],
      "what is known of the message is known of each",
    );
  for (const incident of [sixth, seventh])
    assert.equal((await typesOf(world, incident, "page.undelivered")).length, 1, incident.number);
  await world.stop({ letters: true });
});

test("a provider that is away keeps them together: tried again, and told once", async () => {
  const { world, twilio, ana, key } = await openNight();
  await inPeace(world, ana);
  const first = await warn(world, key, "db-1");
  const second = await warn(world, key, "db-2");
  let refusals = 0;
  twilio.trouble = () => (refusals++ < 2 ? { status: 503, body: "" } : null);
  await world.advance(2 * 60 + 3);
  assert.deepEqual(
    textsOf(twilio).map((text) => /db-1/.test(text) && /db-2/.test(text)),
    [true],
  );
  for (const incident of [first, second])
    assert.equal((await typesOf(world, incident, "page.sent")).filter(({ data }) => data.with === 1).length, 1);
  await world.stop({ letters: true });
});

test("by voice, what was held back is read out, in the person's language", async () => {
  const { world, twilio, ana, key } = await openNight({ kind: "voice" });
  await world.api("PATCH", `/api/v1/people/${ana.id}`, { language: "fr" });
  await inPeace(world, ana);
  await warn(world, key, "db-1");
  await warn(world, key, "db-2");
  await world.advance(2 * 60 + 1);
  assert.equal(twilio.taken.length, 1);
  const { Twiml } = twilio.taken[0]?.fields ?? {};
  assert.match(Twiml, /pendant vos heures calmes/);
  assert.match(Twiml, /db-1.*db-2/s);
  await world.stop({ letters: true });
});

test("of several nodes that claim what is held for one telephone, one takes it all and the others let go", async () => {
  const { world, twilio, ana, key } = await openNight();
  await inPeace(world, ana);
  for (const name of ["db-1", "db-2", "db-3", "db-4"]) await warn(world, key, name);
  const pool = world.desk.pools.engine;
  /* At the end of the hours of peace, by the clock of the nodes alone: this desk itself sees nothing due. */
  const now = world.desk.clock.now() + 2 * hourMs;
  const claims = await Promise.all(
    [1, 2, 3, 4].map(() => claimOutbox(pool, { now, limit: 1, channel: "sms" }, inspect)),
  );
  const claimed = claims.flat().map((one) => one.claimed);
  assert.equal(claimed.length, 4);
  const taken = await Promise.all(claimed.map((one) => takeTogether(pool, one, now)));
  const leads = taken.filter((one) => one !== null);
  assert.deepEqual(
    leads.map((one) => one.length),
    [3],
    "whoever has the first leads, whatever the order",
  );
  assert.equal(taken[claimed.indexOf(claimed.toSorted((a, b) => a.id - b.id)[0] as (typeof claimed)[0])]?.length, 3);
  const late = await Promise.all(claimed.map((one) => takeTogether(pool, one, now)));
  assert.equal(late.filter((one) => one !== null).length, 1, "those that were taken stay taken");
  assert.deepEqual(textsOf(twilio), []);
  await world.stop({ letters: true });
});
