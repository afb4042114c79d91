/** Prometheus and whoever else pushes to an Alertmanager, against the running server in its place. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type Answer, type Json, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let key: string;

before(async () => {
  world = await startWorld({ mail: false, shared: true });
  ({ key } = await world.integration("alertmanager"));
});

const time = (seconds: number): string => new Date(world.desk.clock.now() + seconds * 1_000).toISOString();
const alert = (name: string, changes: object = {}, labels: object = {}): object => ({
  labels: { alertname: name, severity: "critical", ...labels },
  annotations: { summary: `${name} is burning` },
  startsAt: time(-60),
  endsAt: time(240),
  generatorURL: "http://prometheus.example/graph",
  ...changes,
});
const bearer = () => ({ authorization: `Bearer ${key}` });
const push = (alerts: unknown, headers: Record<string, string> = bearer(), path = "/api/v2/alerts"): Promise<Answer> =>
  world.knock(path, alerts, headers);
const ask = (path: string, headers: Record<string, string> = bearer()): Promise<Answer> =>
  world.api("GET", path, undefined, { token: null, headers });
const incidentOf = async (title: string): Promise<Json> =>
  (await world.api("GET", "/api/v1/incidents")).body.data.find((one: Json) => one.title === title);

test("what is pushed is an incident a group, answered with an empty 200", async () => {
  const answer = await push([
    alert("Down", {}, { instance: "n1" }),
    alert("Down", {}, { instance: "n2" }),
    alert("Slow"),
  ]);
  assert.deepEqual([answer.status, answer.text], [200, ""]);
  assert.deepEqual((await incidentOf("Down is burning")).alerts, { open: 2, firing: 2 });
  assert.deepEqual((await incidentOf("Slow is burning")).alerts, { open: 1, firing: 1 });
  assert.deepEqual([(await push([])).status, (await push([])).text], [200, ""]);
});

test("the key is a bearer token, the password of Basic whatever its user, or stands in the path; any other is 401", async () => {
  const basic = (password: string) => ({
    authorization: `Basic ${Buffer.from(`prom:${password}`).toString("base64")}`,
  });
  for (const [headers, path] of [
    [basic(key), "/api/v2/alerts"],
    [bearer(), "/in/acme/api/v2/alerts/"],
    [{}, `/alertmanager/${key}/api/v2/alerts`],
    [{}, `/in/acme/alertmanager/${key}/api/v2/alerts`],
  ] as const)
    assert.equal((await push([], { ...headers }, path)).status, 200, path);
  for (const headers of [{}, basic("wrong"), { authorization: `Bearer ${"x".repeat(32)}` }]) {
    const answer = await push([alert("Nobody")], headers as Record<string, string>);
    assert.equal(answer.status, 401);
    assert.match(String(answer.headers["www-authenticate"]), /^Basic /);
    assert.equal(answer.body.code, "integration-key-unknown");
  }
  assert.equal((await push([alert("Nobody")], {}, `/alertmanager/${"x".repeat(32)}/api/v2/alerts`)).status, 404);
  assert.equal(await incidentOf("Nobody is burning"), undefined);
});

test("re-sent unchanged, as every minute and by both of a pair, it is read and not written", async () => {
  const same = alert("Known");
  await push([same]);
  const rows = () =>
    world.query("select xmin::text, count, last_at, lease_until from alerts where title = 'Known is burning'");
  const before = await rows();
  assert.equal(before.length, 1);
  for (const _ of [1, 2, 3]) await push([same]);
  assert.deepEqual(await rows(), before);
  await world.advance(0.75);
  await push([{ ...same, endsAt: time(240) }]);
  assert.deepEqual(await rows(), before, "less than a quarter of the lease would be gained");
  await world.advance(0.5);
  await push([{ ...same, endsAt: time(240) }]);
  assert.notDeepEqual(await rows(), before);
});

test("endsAt in the past is the end; re-sent for a quarter of an hour, it ends nothing else", async () => {
  const { id } = await pushedIncident("Over");
  await push([alert("Over", { endsAt: time(-1) })]);
  const after = (await world.api("GET", `/api/v1/incidents/${id}`)).body;
  assert.deepEqual([after.alerts.open, after.stage], [0, "restored"]);
  await push([alert("Over", { endsAt: time(-1) })]);
  assert.equal((await world.api("GET", `/api/v1/incidents/${id}`)).body.stage, "restored");
});

test("endsAt is a lease: a source that falls silent has its alerts resolved when it has passed, and a quarter more", async () => {
  const { id } = await pushedIncident("Silent");
  const open = async (): Promise<number> => (await world.api("GET", `/api/v1/incidents/${id}`)).body.alerts.open;
  await world.advance(4.9);
  assert.equal(await open(), 1);
  await world.advance(0.2);
  assert.equal(await open(), 0);
});

async function pushedIncident(name: string): Promise<Json> {
  assert.equal((await push([alert(name)])).status, 200);
  return incidentOf(`${name} is burning`);
}

test("a missing endsAt is five minutes and never the end", async () => {
  assert.equal((await push([alert("Endless", { endsAt: undefined, startsAt: undefined })])).status, 200);
  assert.equal((await incidentOf("Endless is burning")).alerts.open, 1);
});

test("what is no alert is told as Alertmanager tells it, and the good ones of its batch are kept", async () => {
  for (const body of ["", "{", "{}", "3"]) {
    const answer = await push(body);
    assert.deepEqual([answer.status, answer.body.code], [400, 400], body);
    assert.equal(typeof answer.body.message, "string");
  }
  const mixed = await push([{ labels: {} }, alert("Beside")]);
  assert.deepEqual([mixed.status, mixed.text], [400, '"at least one label pair required"']);
  assert.ok(await incidentOf("Beside is burning"));
  assert.equal((await push([{ labels: { alertname: 3 } }])).body.code, 400);
});

test("amtool's questions are answered: status, receivers, alerts by matcher, groups, no silence", async () => {
  await push([
    alert("Asked", {}, { cluster: "c1", instance: "n1" }),
    alert("Asked", {}, { cluster: "c1", instance: "n2" }),
  ]);
  const status = (await ask("/api/v2/status")).body;
  assert.equal(status.cluster.status, "ready");
  assert.equal(Object.keys(status.versionInfo).length, 6);
  assert.equal(typeof status.config.original, "string");
  assert.deepEqual((await ask("/api/v2/receivers")).body, [{ name: "tocsin" }]);
  const matching = async (...filters: string[]): Promise<Json[]> => {
    const query = filters.map((one) => `filter=${encodeURIComponent(one)}`).join("&");
    return (await ask(`/api/v2/alerts?${query}`)).body;
  };
  const [first, ...others] = await matching('alertname="Asked"', 'instance=~"n[12]"');
  assert.equal(others.length, 1);
  assert.match(first.fingerprint, /^[0-9a-f]{16}$/);
  assert.equal(first.status.state, "active");
  assert.equal(first.annotations.summary, "Asked is burning");
  assert.equal(first.generatorURL, "http://prometheus.example/graph");
  assert.ok(Date.parse(first.endsAt) > world.desk.clock.now());
  assert.equal((await matching('alertname="Asked"', 'instance!="n1"')).length, 1);
  assert.deepEqual((await ask("/api/v2/alerts?active=false")).body, []);
  assert.equal((await ask("/api/v2/alerts?filter=%3D%3D")).status, 400);
  const groups = (await ask("/api/v2/alerts/groups?filter=alertname%3DAsked")).body;
  assert.deepEqual(groups[0].labels, { alertname: "Asked", cluster: "c1" });
  assert.equal(groups[0].alerts.length, 2);
  assert.deepEqual((await ask("/api/v2/silences")).body, []);
  assert.equal((await push({}, bearer(), "/api/v2/silences")).status, 403);
  assert.equal((await ask("/api/v2/silence/5b2b5b2b-0000-4000-8000-000000000000")).status, 404);
});

test("one integration never shows another's alerts", async () => {
  const other = await world.integration("alertmanager");
  await push([alert("Mine")]);
  assert.deepEqual((await ask("/api/v2/alerts", { authorization: `Bearer ${other.key}` })).body, []);
});
