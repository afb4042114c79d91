/** Somebody outside hears that this desk works, and hears nothing when it does not. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { type Json, startWorld, type TestWorld } from "./world.ts";

async function outside() {
  const heard: string[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`);
    response.writeHead(status).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ping/a-secret-key`;
  const close = (): Promise<void> => new Promise((done) => void server.close(() => done()));
  const answer = (next: number): void => {
    status = next;
  };
  return { heard, url, close, answer };
}
const row = async (world: TestWorld): Promise<Json> =>
  (await world.api("GET", "/api/v1/doctor")).body.checks.find((one: Json) => one.id === "outgoing-heartbeat");

test("an address outside is told after a full cycle, by its interval; its key is sealed; the checklist knows", async () => {
  const world = await startWorld({ mail: false });
  const there = await outside();
  assert.equal((await row(world)).because, "none");
  const body = { url: there.url, intervalSeconds: 60 };
  const refused = await world.api("POST", "/api/v1/outgoing-heartbeat", body);
  assert.equal(refused.status, 422, "a private address that nobody opened");
  await world.api("PATCH", "/api/v1/settings", { privateAddresses: ["127.0.0.1/32"] });
  const set = await world.api("POST", "/api/v1/outgoing-heartbeat", body);
  assert.deepEqual([set.status, set.body.outgoing.host], [200, new URL(there.url).host]);
  assert.ok(!set.text.includes("a-secret-key"));
  assert.ok(!JSON.stringify(await world.query("select * from outgoing_heartbeat")).includes("a-secret-key"));
  await world.settle();
  await world.settle();
  assert.deepEqual(there.heard, ["POST /ping/a-secret-key"], "once in its interval");
  assert.equal((await row(world)).state, "ok");
  const { text } = await world.api("GET", "/metrics");
  assert.match(text, /^tocsin_outgoing_heartbeat_age_seconds 0/m);
  there.answer(500);
  await world.advance(2);
  assert.equal(there.heard.length, 2);
  const failing = await row(world);
  assert.deepEqual([failing.state, failing.because, failing.facts.error], ["warning", "failing", "HTTP 500"]);
  assert.equal((await world.api("DELETE", "/api/v1/outgoing-heartbeat")).status, 200);
  await world.advance(5);
  assert.equal(there.heard.length, 2);
  assert.ok(!world.logs.some((line) => line.includes("a-secret-key")));
  await there.close();
  await world.stop();
});

test("a desk that cannot write tells nobody that it works", async () => {
  const world = await startWorld({ mail: false });
  const there = await outside();
  await world.api("PATCH", "/api/v1/settings", { privateAddresses: ["127.0.0.1/32"] });
  await world.query("revoke insert, update on nodes from tocsin_app");
  await world.api("POST", "/api/v1/outgoing-heartbeat", { url: there.url, intervalSeconds: 10 });
  await new Promise((done) => setTimeout(done, 1_500));
  await world.settle();
  assert.deepEqual(there.heard, []);
  await world.query("grant insert, update on nodes to tocsin_app");
  await new Promise((done) => setTimeout(done, 1_500));
  await world.settle();
  assert.equal(there.heard.length, 1);
  await there.close();
  await world.stop({ errors: true });
});
