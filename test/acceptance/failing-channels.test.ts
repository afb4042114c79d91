/** Every channel that fails in each way that channels fail: the call goes out by the next at once, why is kept in plain words, and what
 *  is still wanted leaves when it works again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { addProvider, type FakeCarrier, openFakeTwilio, openFakeVonage, type Trouble } from "./carriers.ts";
import { addChatProvider, type ChatServices, openChatServices } from "./chat-services.ts";
import { addNtfy, addWebhook, contactsOf, openThisMachine } from "./contacts.ts";
import { openPushService } from "./push-relay.ts";
import { openReceiver, type Receiver } from "./receiver.ts";
import { makeRota } from "./rota.ts";
import { pagerDutyEvent, startWorld, type TestWorld } from "./world.ts";

const kinds = ["ntfy", "webhook", "mattermost", "teams", "telegram", "slack", "push", "sms", "voice"] as const;
type Kind = (typeof kinds)[number];

type Ends = {
  readonly receiver: Receiver;
  readonly services: ChatServices;
  readonly push: Awaited<ReturnType<typeof openPushService>>;
  readonly carriers: readonly FakeCarrier[];
};

/** All of somebody's ways but mail, each proved by its own code. */
async function everyWay() {
  const world = await startWorld();
  await openThisMachine(world);
  const { ana, key } = await makeRota(world);
  const receiver = await openReceiver();
  const services = await openChatServices();
  const push = await openPushService();
  const twilio = await openFakeTwilio();
  const carriers = [twilio, await openFakeVonage(() => world.desk.clock.now())];
  await addProvider(world, "twilio", twilio);
  await addProvider(world, "vonage", carriers[1] as FakeCarrier);
  await addChatProvider(world, "telegram", services);
  await addChatProvider(world, "slack", services);
  push.service.key = (await world.api("GET", "/api/v1/push-key", undefined, { token: ana.token })).body.publicKey;
  const contacts = contactsOf(world, ana);
  const proved = async (body: object, codeFrom: () => unknown): Promise<string> => {
    const { id } = await contacts.add(body);
    await world.settle();
    const said = JSON.stringify(codeFrom()).replaceAll(/(?<=\d)(?:, | )(?=\d)/g, "");
    const answer = await contacts.ask("POST", `/${id}/verify`, { code: /\d{8}/.exec(said)?.[0] });
    assert.equal(answer.status, 200, `${JSON.stringify(body)}: ${answer.text} ${said}`);
    return id;
  };
  const ofChat = () => services.said.at(-1)?.body;
  const number = "+15145550123";
  const points: Record<Kind, string> = {
    ntfy: (await addNtfy(world, ana, receiver)).id,
    webhook: (await addWebhook(world, ana, receiver)).id,
    mattermost: await proved({ kind: "mattermost", url: `${services.url}/hooks/abc` }, ofChat),
    teams: await proved({ kind: "teams", url: `${services.url}/workflows/1?sig=abc` }, ofChat),
    telegram: await proved({ kind: "telegram", to: "777" }, ofChat),
    slack: await proved({ kind: "slack", to: "U0ANA000" }, ofChat),
    push: await proved({ kind: "push", ...push.subscription }, () => push.read.at(-1)),
    sms: await proved({ kind: "sms", number }, () => twilio.taken.at(-1)?.fields.Body),
    voice: await proved({ kind: "voice", number }, () => twilio.taken.at(-1)?.fields.Twiml),
  };
  const mail = (await contacts.list()).find((one) => one.kind === "email").id as string;
  const prefer = async (...first: readonly Kind[]): Promise<void> => {
    const now = first.map((kind) => ({ contactPoint: points[kind], afterMinutes: 0 }));
    const high = [...now, { contactPoint: mail, afterMinutes: 5 }];
    const answer = await world.api("PATCH", "/api/v1/notification-preference", { high }, { token: ana.token });
    assert.equal(answer.status, 200, answer.text);
  };
  const call = async (name: string): Promise<void> => {
    await world.knock("/v2/enqueue", pagerDutyEvent(key, name));
    await world.settle();
  };
  const ends: Ends = { receiver, services, push, carriers };
  const stop = async (): Promise<void> => {
    await world.stop({ letters: true });
    await receiver.close();
  };
  return { world, ana, prefer, call, ends, stop };
}

/** Null: all is well again. */
function breakAll({ receiver, services, push, carriers }: Ends, how: Exclude<Trouble, null> | null): void {
  receiver.script = () => (how === null ? 200 : how === "hang" ? "hang" : how.status);
  services.trouble = () => (how === null || how === "hang" ? how : { status: how.status, body: how.body });
  push.service.status = how === null ? 201 : how === "hang" ? "hang" : how.status;
  for (const one of carriers) one.trouble = () => how;
}

type Row = {
  readonly channel: string;
  readonly status: string;
  readonly error: string | null;
  readonly said: string[];
};

const rowsOf = (world: TestWorld, name: string): Promise<Row[]> =>
  world.query<Row>(
    `select o.channel, o.status, o.last_error as error, array(select e.state || ' ' || coalesce(e.detail, '') from delivery_evidence e where e.outbox_id = o.id order by e.id) as said
from outbox o join incidents i on i.id = o.incident_id where o.kind = 'page' and o.channel <> 'email' and strpos(i.title, $1) > 0 order by o.channel`,
    [name],
  );

for (const status of [429, 503] as const)
  test(`a channel that answers ${status} gives way to the next at once, whichever it is, and is tried again`, async () => {
    const { world, ana, prefer, call, ends, stop } = await everyWay();
    for (const kind of kinds) {
      await prefer(kind);
      breakAll(ends, { status, body: "" });
      await call(`db-${kind}`);
      await world.mailbox(ana).expectPage();
      const [row, ...others] = await rowsOf(world, `db-${kind}`);
      assert.deepEqual([row?.channel, row?.status, others.length], [kind, "pending", 0]);
      assert.match(row?.error ?? "", new RegExp(`HTTP ${status}`));
      assert.match(row?.said[0] ?? "", new RegExp(`^refused .*HTTP ${status}`));
      breakAll(ends, null);
      await world.advance(1.2);
      assert.equal((await rowsOf(world, `db-${kind}`))[0]?.status, "sent", `${kind}, once it works again`);
    }
    await stop();
  });

test("channels that answer nothing at all: mail leaves at once, and what comes again later says that it may be the second", async () => {
  const { world, ana, prefer, call, ends, stop } = await everyWay();
  await prefer(...kinds);
  breakAll(ends, "hang");
  await call("db-1");
  await world.mailbox(ana).expectPage();
  const rows = await rowsOf(world, "db-1");
  assert.deepEqual(rows.map((row) => row.channel).toSorted(), [...kinds].toSorted());
  for (const row of rows) {
    assert.equal(row.status, "pending", row.channel);
    assert.match(row.said[0] ?? "", /^refused .*(?:no answer|timed? ?out|timeout)/i, row.channel);
  }
  breakAll(ends, null);
  await world.advance(1.2);
  for (const row of await rowsOf(world, "db-1")) assert.equal(row.status, "sent", row.channel);
  assert.equal(ends.receiver.received.findLast((one) => one.body.data?.page)?.body.data.page.possibleDuplicate, true);
  await stop();
});

/** As each says no inside a yes; those whose yes has no inside are not asked. */
const noInYes: readonly (readonly [Kind, string, RegExp])[] = [
  ["telegram", '{"ok":false,"error_code":500,"description":"Internal"}', /Internal/],
  ["slack", '{"ok":false,"error":"fatal_error"}', /fatal_error/],
  ["mattermost", '{"message":"Channel error","status_code":500}', /error/],
  ["teams", "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429", /failed/],
  ["sms", '{"code":30001,"message":"Queue overflow"}', /Queue overflow/],
  ["voice", '{"code":20429,"title":"Busy","message":"Too many"}', /Too many|Busy/],
];

test("a yes with a no inside is a no: the next way has its turn at once, and the words are kept", async () => {
  const { world, ana, prefer, call, ends, stop } = await everyWay();
  for (const [kind, body, words] of noInYes) {
    await prefer(kind);
    breakAll(ends, { status: 200, body });
    await call(`db-${kind}`);
    await world.mailbox(ana).expectPage();
    const [row] = await rowsOf(world, `db-${kind}`);
    assert.equal(row?.status, "pending", kind);
    assert.match(row?.error ?? "", words, kind);
    breakAll(ends, null);
    await world.advance(1.2);
  }
  await stop();
});

test("ntfy: an error in its own form, or the page of a portal before it, is no yes", async () => {
  const world = await startWorld();
  await openThisMachine(world);
  const { ana, key } = await makeRota(world);
  const receiver = await openReceiver();
  const { id } = await addNtfy(world, ana, receiver);
  const contacts = contactsOf(world, ana);
  const mail = (await contacts.list()).find((one) => one.kind === "email");
  const high = [
    { contactPoint: id, afterMinutes: 0 },
    { contactPoint: mail.id, afterMinutes: 5 },
  ];
  await world.api("PATCH", "/api/v1/notification-preference", { high }, { token: ana.token });
  for (const [name, body, words] of [
    ["own", '{"code":42909,"http":429,"error":"limit reached: daily message quota"}', /daily message quota/],
    ["portal", "<html>Please accept our terms</html>", /unreadable/],
  ] as const) {
    receiver.script = () => ({ status: 200, headers: {}, body });
    await world.knock("/v2/enqueue", pagerDutyEvent(key, `db-${name}`));
    await world.mailbox(ana).expectPage();
    const [row] = await rowsOf(world, `db-${name}`);
    assert.match(row?.error ?? "", words);
    receiver.script = () => 200;
    await world.advance(1);
    assert.equal((await rowsOf(world, `db-${name}`))[0]?.status, "sent");
  }
  await world.stop({ letters: true });
  await receiver.close();
});
