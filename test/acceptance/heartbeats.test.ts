/** Signs of life that others owe us: silence pages, the next sign resolves, and nothing is said of the past. */
import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { insertToken } from "../../server/access/sessions.ts";
import { startDesk } from "../../server/app.ts";
import { createLog } from "../../server/platform/log.ts";
import { type Answer, type Method, startWorld, type TestWorld } from "./world.ts";

const made = async (world: TestWorld, more: object = {}): Promise<Answer["body"]> => {
  const body = { name: "Nightly backup", intervalSeconds: 600, graceSeconds: 60, ...more };
  const answer = await world.api("POST", "/api/v1/heartbeats", body);
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
};
const ping = (world: TestWorld, key: string, method: Method = "GET"): Promise<Answer> =>
  world.api(method, `/heartbeat/${key}`, method === "POST" ? "anything at all" : undefined, { token: null });
const one = async (world: TestWorld, id: string): Promise<Answer["body"]> =>
  (await world.api("GET", "/api/v1/heartbeats")).body.data.find((each: { id: string }) => each.id === id);
const alerts = async (world: TestWorld): Promise<Answer["body"][]> =>
  (await world.api("GET", "/api/v1/alerts")).body.data;

test("silence pages, and the next sign of life resolves by itself", async () => {
  const world = await startWorld();
  const { id, key, state } = await made(world);
  assert.equal(state, "waiting");
  await world.advance(600);
  assert.deepEqual(await alerts(world), [], "nothing is expected before the first sign");
  for (const method of ["GET", "HEAD", "POST"] as const) assert.equal((await ping(world, key, method)).status, 200);
  assert.equal((await one(world, id)).state, "alive");
  await world.advance(10);
  assert.deepEqual(await alerts(world), [], "the grace runs");
  await world.advance(2);
  const letter = await world.mailbox(world.admin).expectPage();
  assert.match(letter.subject, /No sign of life from Nightly backup/);
  assert.equal((await one(world, id)).state, "late");
  await world.advance(1);
  const [alert, ...others] = await alerts(world);
  assert.deepEqual([alert.status, alert.severity, others.length], ["open", "error", 0], "raised once");
  assert.equal((await ping(world, key)).body.state, "alive");
  assert.equal((await alerts(world))[0].status, "resolved");
  const incident = await world.api("GET", `/api/v1/incidents/${alert.incident.id}`);
  assert.ok(incident.body.milestones.restored, "the service is back");
  await world.advance(15);
  assert.equal((await alerts(world)).filter((each) => each.status === "open").length, 1, "and silent again is news");
  await world.stop({ letters: true });
});

test("a sign is written once in a quarter of its interval, and the latest is known before it could be missed", async () => {
  const world = await startWorld({ mail: false });
  const { id, key } = await made(world, { intervalSeconds: 600, graceSeconds: 0 });
  await world.query("create table written (at bigint)");
  await world.query(
    "create function note() returns trigger language plpgsql security definer as $$ begin insert into written values (new.last_ping_at); return new; end $$",
  );
  await world.query("create trigger note after update on heartbeats for each row execute function note()");
  const from = world.desk.clock.now();
  for (let minute = 0; minute < 10; minute++) {
    assert.equal((await ping(world, key)).status, 200);
    await world.advance(1);
  }
  const written = await world.query<{ at: string }>("select at from written");
  assert.ok(written.length >= 4 && written.length <= 8, `${written.length} writes for ten signs`);
  await world.advance(8);
  assert.equal((await one(world, id)).state, "alive", "its last sign was ten minutes ago, less a moment");
  assert.ok(Date.parse((await one(world, id)).lastPingAt) >= from + 9 * 60_000);
  await world.stop({ altered: true });
});

test("after a stop every interval begins anew, and the desk says so", async () => {
  let id = "";
  const world = await startWorld({
    mail: false,
    before: async (connection, config) => {
      const first = await startDesk({ config, connection, log: createLog("silent") });
      await first.http.ready();
      const { rows } = await first.pools.reading.query<{ id: string }>("select id from people");
      const at = first.clock.now();
      const of = { personId: rows[0]?.id ?? "", name: "test", scopes: ["read", "write"], via: "console" };
      const { token } = await insertToken(first.pools.reading, { ...of, at, expiresAt: at + 3_600_000 });
      const headers = { authorization: `Bearer ${token}` };
      const payload = { name: "Nightly backup", intervalSeconds: 600, graceSeconds: 60 };
      const answer = await first.http.inject({ method: "POST", url: "/api/v1/heartbeats", headers, payload });
      id = answer.json().id;
      await first.http.inject({ url: `/heartbeat/${answer.json().key}` });
      await first.sweep();
      await first.stop();
      const pool = new pg.Pool({ ...connection, max: 1 });
      await pool.query("update heartbeats set due_at = due_at - 3600000, counts_from = counts_from - 3600000");
      await pool.query("update heartbeat_watch set watching_until = watching_until - 3600000");
      await pool.end();
    },
  });
  await world.settle();
  const { data, deaf } = (await world.api("GET", "/api/v1/heartbeats")).body;
  assert.deepEqual([data[0].id, data[0].state], [id, "alive"], "what could not be heard is held against nobody");
  assert.ok(Date.parse(data[0].dueAt) > world.desk.clock.now() + 600_000);
  assert.ok(Date.parse(deaf.until) - Date.parse(deaf.from) >= 3_600_000);
  assert.ok(world.logs.some((line) => line.includes("heartbeats-anew")));
  assert.deepEqual(await alerts(world), []);
  await world.advance(12);
  assert.equal((await alerts(world)).length, 1, "and silent since, it is late");
  await world.stop();
});

test("a key is shown once, kept hashed, replaced and revoked; a wrong one is told nothing", async () => {
  const world = await startWorld({ mail: false });
  const { id, key, keyEnding } = await made(world);
  assert.equal(keyEnding, key.slice(-4));
  assert.ok(!JSON.stringify(await world.query("select * from heartbeats")).includes(key));
  assert.equal((await one(world, id)).key, undefined);
  const other = await world.api("POST", `/api/v1/heartbeats/${id}/key`);
  assert.equal(other.status, 201);
  assert.equal((await ping(world, key)).status, 404);
  assert.equal((await ping(world, other.body.key)).status, 200);
  const revoked = await world.api("DELETE", `/api/v1/heartbeats/${id}/key`);
  assert.deepEqual([revoked.status, revoked.body.keyEnding], [200, null]);
  assert.equal((await ping(world, other.body.key)).status, 404);
  const wrong = await ping(world, "../nothing");
  assert.equal(wrong.status, 404);
  assert.ok(!world.logs.some((line) => line.includes(other.body.key)), "no key is in the log");
  await world.stop();
});

test("paused, changed or removed, it leaves nothing open; each change is audited", async () => {
  const world = await startWorld({ mail: false });
  const { id, key } = await made(world);
  await ping(world, key);
  await world.advance(12);
  assert.equal((await alerts(world))[0].status, "open");
  const paused = await world.api("PATCH", `/api/v1/heartbeats/${id}`, { enabled: false });
  assert.deepEqual([paused.body.state, paused.body.dueAt], ["paused", null]);
  assert.equal((await alerts(world))[0].status, "resolved");
  await world.advance(60);
  const resumed = await world.api("PATCH", `/api/v1/heartbeats/${id}`, { enabled: true, intervalSeconds: 60 });
  assert.equal(resumed.body.state, "alive");
  assert.ok(Date.parse(resumed.body.dueAt) > world.desk.clock.now(), "nothing about the past");
  await world.advance(3);
  assert.equal((await alerts(world)).filter(({ status }) => status === "open").length, 1);
  assert.equal((await world.api("DELETE", `/api/v1/heartbeats/${id}`)).status, 200);
  assert.equal((await alerts(world)).filter(({ status }) => status === "open").length, 0);
  assert.equal((await world.api("DELETE", `/api/v1/heartbeats/${id}`)).status, 404);
  const audit = await world.query<{ type: string }>("select type from events where stream = $1 order by seq", [
    `heartbeat/${id}`,
  ]);
  const types = audit.map(({ type }) => type);
  assert.deepEqual(types, ["heartbeat.added", "heartbeat.changed", "heartbeat.changed", "heartbeat.removed"]);
  await world.stop();
});

test("it may belong to a source and be about a service; what is wrong is refused", async () => {
  const world = await startWorld({ mail: false });
  const source = await world.integration("generic");
  const service = await world.api("POST", "/api/v1/services", { nameFr: "Paie", nameEn: "Payroll" });
  const { id, key, integration } = await made(world, { integration: source.id, service: service.body.id });
  assert.equal(integration.id, source.id);
  await ping(world, key);
  await world.advance(12);
  const [alert] = await alerts(world);
  const incident = await world.api("GET", `/api/v1/incidents/${alert.incident.id}`);
  assert.equal(incident.body.service.id, service.body.id);
  const again = { name: "nightly BACKUP", intervalSeconds: 60, integration: source.id };
  assert.equal((await world.api("POST", "/api/v1/heartbeats", again)).body.code, "name-taken");
  const nowhere = "00000000-0000-4000-8000-000000000000";
  const wrong: [object, string][] = [
    [{ integration: nowhere }, "integration-unknown"],
    [{ service: nowhere }, "service-unknown"],
    [{ intervalSeconds: 1 }, "invalid-body"],
  ];
  for (const [more, code] of wrong) {
    const answer = await world.api("POST", "/api/v1/heartbeats", { name: "x", intervalSeconds: 60, ...more });
    assert.deepEqual([answer.status, answer.body.code], [422, code]);
  }
  const member = await world.person("Ana Roy", 3);
  const theirs = await world.api("PATCH", `/api/v1/heartbeats/${id}`, { name: "mine" }, { token: member.token });
  assert.equal(theirs.body.code, "not-administrator");
  assert.deepEqual(
    (await world.api("GET", "/api/v1/integrations")).body.data.map((each: { kind: string }) => each.kind),
    ["generic"],
  );
  await world.stop();
});
