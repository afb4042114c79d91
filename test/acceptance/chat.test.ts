/** Conversations and rooms: proved like any other way, with buttons where the service lets them come back, and honest about what it
 *  answers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addChatProvider,
  type ChatServices,
  openChatServices,
  type Reply,
  slackTells,
  telegramTells,
} from "./chat-services.ts";
import { contactsOf, openThisMachine } from "./contacts.ts";
import { makeRota } from "./rota.ts";
import { type Json, pagerDutyEvent, type Someone, startWorld, type TestWorld } from "./world.ts";

async function open() {
  const world = await startWorld();
  await openThisMachine(world);
  const services = await openChatServices();
  return { world, services, ...(await makeRota(world)) };
}

async function addOnly(world: TestWorld, person: Someone, services: ChatServices, body: object): Promise<Json> {
  const contacts = contactsOf(world, person);
  const point = await contacts.add(body);
  await world.settle();
  const code = /\d{4} \d{4}|\d{8}/.exec(JSON.stringify(services.said.at(-1)?.body))?.[0];
  const answer = await contacts.ask("POST", `/${point.id}/verify`, { code });
  assert.equal(answer.status, 200, answer.text);
  const rules = [{ contactPoint: point.id, afterMinutes: 0 }];
  await world.api("PATCH", "/api/v1/notification-preference", { high: rules, low: rules }, { token: person.token });
  return answer.body;
}

const incidentOf = async (world: TestWorld): Promise<Json> =>
  (await world.api("GET", "/api/v1/incidents?limit=1")).body.data[0];

test("Telegram: the bot tells the number of a conversation, and its button takes the incident", async () => {
  const { world, services, ana, ben, key } = await open();
  await addChatProvider(world, "telegram", services);
  const told = await telegramTells(world, services, { message: { chat: { id: 777 }, text: "/start" } });
  assert.match(told.body.text, /777/);
  await addOnly(world, ana, services, { kind: "telegram", to: "777" });
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "db-1"));
  await world.settle();
  const { body } = services.said.at(-1) as { body: Json };
  assert.equal(body.chat_id, "777");
  assert.match(body.text, /Disk full on db-1/);
  const [[take]] = body.reply_markup.inline_keyboard;
  const press = (id: number) =>
    telegramTells(world, services, { callback_query: { id: "1", from: { id }, data: take.callback_data } });
  assert.match((await press(999)).body.text, /not for you/);
  assert.equal((await incidentOf(world)).acceptedBy, null);
  assert.match((await press(777)).body.text, /it is yours/);
  assert.equal((await incidentOf(world)).acceptedBy.id, ana.id);
  const unsigned = { callback_query: { id: "1", from: { id: 777 }, data: take.callback_data } };
  const path = services.webhook.url.replace(world.config.url, "");
  assert.equal((await world.api("POST", path, unsigned, { token: null })).status, 403);
  assert.ok(ben);
  await world.stop({ letters: true });
});

test("Slack: a signed button passes the call on; a stranger’s, or one not signed, does nothing", async () => {
  const { world, services, ana, cleo, key } = await open();
  const account = await addChatProvider(world, "slack", services);
  await addOnly(world, ana, services, { kind: "slack", to: "U0ANA000" });
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "db-1"));
  await world.settle();
  const { body } = services.said.at(-1) as { body: Json };
  const decline = body.blocks[1].elements.find((one: Json) => one.action_id === "decline");
  const payload = (id: string) => ({
    type: "block_actions",
    user: { id },
    actions: [{ action_id: "decline", value: decline.value }],
    response_url: `${services.url}/answered/1`,
  });
  assert.equal((await slackTells(world, account.returnUrl, payload("U0ANA000"), "another-secret")).status, 403);
  assert.equal((await slackTells(world, account.returnUrl, payload("U0NOBODY"))).status, 200);
  await world.mailbox(cleo).expectNothing();
  assert.equal((await slackTells(world, account.returnUrl, payload("U0ANA000"))).status, 200);
  await world.mailbox(cleo).expectPage();
  await world.stop({ letters: true });
});

test("Mattermost: its button comes back with what was given along, and answers whoever pressed", async () => {
  const { world, services, ana, key } = await open();
  await addOnly(world, ana, services, { kind: "mattermost", url: `${services.url}/hooks/abc` });
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "db-1 @channel"));
  await world.settle();
  const { body } = services.said.at(-1) as { body: Json };
  assert.ok(!/(^|[^\\])@channel/.test(body.text), "nobody is mentioned by a title");
  const [take] = body.attachments[0].actions;
  const url = take.integration.url.replace(world.config.url, "");
  const forged = { user_id: "u", context: { ...take.integration.context, token: "A".repeat(32) } };
  assert.equal((await world.api("POST", url, forged, { token: null })).status, 403);
  const pressed = await world.api("POST", url, { user_id: "u", context: take.integration.context }, { token: null });
  assert.match(pressed.body.ephemeral_text, /it is yours/);
  assert.equal((await incidentOf(world)).acceptedBy.id, ana.id);
  await world.stop({ letters: true });
});

test("Microsoft Teams: an Adaptive Card whose button opens the signed page", async () => {
  const { world, services, ana, key } = await open();
  await addOnly(world, ana, services, { kind: "teams", url: `${services.url}/workflows/1/triggers/manual?sig=abc` });
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "db-1"));
  await world.settle();
  const card = services.said.at(-1)?.body.attachments[0].content;
  assert.match(card.body[0].text, /Disk full on db/);
  assert.match(card.actions[0].url, /\/ack\//);
  await world.stop({ letters: true });
});

const cases: readonly (readonly [string, Reply, RegExp, "dead" | "pending"])[] = [
  [
    "says 200 with an error inside",
    { status: 200, body: '{"ok":false,"error":"channel_not_found"}' },
    /channel_not_found/,
    "dead",
  ],
  [
    "says 200 with a fault of its own",
    { status: 200, body: '{"ok":false,"error":"fatal_error"}' },
    /fatal_error/,
    "pending",
  ],
  ["is busy", { status: 429, body: '{"ok":false,"error":"ratelimited"}' }, /429: ratelimited/, "pending"],
  ["answers 503", { status: 503, body: "" }, /HTTP 503/, "pending"],
];
for (const [what, reply, error, status] of cases)
  test(`Slack ${what}: it is named, and the next way has its turn at once`, async () => {
    const { world, services, ana, key } = await open();
    await addChatProvider(world, "slack", services);
    const point = await addOnly(world, ana, services, { kind: "slack", to: "U0ANA000" });
    const mail = (await contactsOf(world, ana).list()).find((one) => one.kind === "email");
    const high = [
      { contactPoint: point.id, afterMinutes: 0 },
      { contactPoint: mail.id, afterMinutes: 10 },
    ];
    await world.api("PATCH", "/api/v1/notification-preference", { high }, { token: ana.token });
    services.trouble = () => reply;
    await world.knock("/v2/enqueue", pagerDutyEvent(key, "db-1"));
    await world.mailbox(ana).expectPage();
    const [row] = await world.query<{ status: string; last_error: string }>(
      "select status, last_error from outbox where kind = 'page' and channel = 'slack'",
    );
    assert.equal(row?.status, status);
    assert.match(row?.last_error ?? "", error);
    await world.stop({ letters: true, errors: true });
  });
