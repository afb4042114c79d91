/** Notifications of a browser: subscribed, proved, encrypted so that only that browser reads them, signed as this desk, and given up
 *  when its service says that the subscription has ended. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { contactsOf, openThisMachine } from "./contacts.ts";
import { openPushService } from "./push-relay.ts";
import { makeRota } from "./rota.ts";
import { pagerDutyEvent, startWorld } from "./world.ts";

test("a browser is proved, called with a button that acts, and given up when its subscription has ended", async () => {
  const world = await startWorld();
  await openThisMachine(world);
  const { ana, key } = await makeRota(world);
  const { read, heads, service, subscription } = await openPushService();
  service.key = (await world.api("GET", "/api/v1/push-key", undefined, { token: ana.token })).body.publicKey;
  const again = (await world.api("GET", "/api/v1/push-key", undefined, { token: ana.token })).body.publicKey;
  assert.equal(again, service.key, "one pair for all");
  const [kept] = await world.query<{ sealed: string }>("select sealed from channel_keys");
  assert.match(kept?.sealed ?? "", /^[0-9a-f]{8}\./);
  const contacts = contactsOf(world, ana);
  const point = await contacts.add({ kind: "push", ...subscription });
  assert.ok(!JSON.stringify(point).includes("/send/abc"), "its address is a secret");
  await world.settle();
  const code = /\d{4} \d{4}/.exec(read.at(-1)?.title)?.[0];
  assert.equal((await contacts.ask("POST", `/${point.id}/verify`, { code })).status, 200);
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "db-1"));
  await world.mailbox(ana).expectPage();
  const pushed = read.at(-1);
  assert.match(pushed.title, /Disk full on db-1/);
  assert.match(pushed.url, /\/ack\//);
  assert.equal(heads.at(-1)?.urgency, "high");
  const [take] = pushed.actions;
  const pressed = await world.api("POST", take.url.replace(world.config.url, ""), take.form, {
    token: null,
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  assert.equal(pressed.status, 200);
  const [incident] = (await world.api("GET", "/api/v1/incidents?limit=1")).body.data;
  assert.equal(incident.acceptedBy.id, ana.id);
  service.status = 410;
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "db-2"));
  await world.settle();
  assert.equal((await contacts.list()).find((one) => one.id === point.id).state, "gone");
  await world.stop({ letters: true });
});

test("a subscription that is none is refused by its fields", async () => {
  const world = await startWorld();
  const { ask } = contactsOf(world, await world.person("Ana Roy", 2));
  const p256dh = "B".repeat(87);
  const auth = "A".repeat(22);
  for (const body of [
    { endpoint: "https://127.0.0.1/x", p256dh, auth },
    { endpoint: "file:///x", p256dh, auth },
    { endpoint: "https://push.example.org/x", p256dh: "short", auth },
    { endpoint: "https://push.example.org/x", p256dh, auth: "?" },
  ])
    assert.equal((await ask("POST", "", { kind: "push", ...body })).status, 422, JSON.stringify(body));
  await world.stop();
});
