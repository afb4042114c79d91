/** Alertmanager's webhook and any tool's JSON, against the running server. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { type Json, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let key: string;

before(async () => {
  world = await startWorld({ mail: false, shared: true });
  ({ key } = await world.integration("alertmanager"));
});

const captured = (): Json[] =>
  readFileSync(
    join(import.meta.dirname, "..", "fixtures", "captures", "alertmanager-0.25-webhook-pd-opsgenie.jsonl"),
    "utf8",
  )
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
    .filter((one) => one.url.startsWith("/hook/"))
    .map((one) => one.body);

const incidents = async (): Promise<Json[]> => (await world.api("GET", "/api/v1/incidents")).body.data;
const read = async (id: string): Promise<Json> => (await world.api("GET", `/api/v1/incidents/${id}`)).body;

test("A6 a group of two that fires is one incident with two alerts; when both resolve, the service is said to be back", async () => {
  const firing = captured().find((body) => body.status === "firing" && body.alerts.length === 2);
  assert.ok(firing, "a group of two was captured");
  const answer = await world.knock(`/alertmanager/${key}/webhook`, firing);
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.body.alerts, 2);
  const [incident] = await incidents();
  assert.deepEqual(incident.alerts, { open: 2, firing: 2 });
  await world.knock(`/in/acme/alertmanager/${key}/webhook/`, firing);
  assert.equal((await incidents()).length, 1, "a state sent again adds nothing");

  const resolved = (count: number): Json => ({
    ...firing,
    status: count === 2 ? "resolved" : "firing",
    alerts: firing.alerts.map((alert: Json, index: number) =>
      index < count ? { ...alert, status: "resolved", endsAt: new Date().toISOString() } : alert,
    ),
  });
  await world.knock(`/alertmanager/${key}/webhook`, resolved(1));
  assert.equal((await read(incident.id)).alerts.open, 1);
  await world.knock(`/alertmanager/${key}/webhook`, resolved(2));
  const after = await read(incident.id);
  assert.equal(after.alerts.open, 0);
  assert.ok(after.milestones.restored);
});

test("resolving over what still fires is refused unless a reason is given, and it then stays quiet until it resolved once", async () => {
  const firing = structuredClone(captured().find((body) => body.status === "firing"));
  firing.groupKey = '{}:{alertname="still"}';
  for (const alert of firing.alerts) {
    alert.labels.instance = `${alert.labels.instance}-still`;
    alert.fingerprint = `${alert.fingerprint}5`;
  }
  const path = `/alertmanager/${key}/webhook`;
  await world.knock(path, firing);
  const [incident] = await incidents();
  const before = (await incidents()).length;
  const resolve = (body: object) =>
    world.api("POST", `/api/v1/incidents/${incident.id}/declare-resolved`, {
      solution: "s",
      causeUnknown: true,
      ...body,
    });
  const refused = await resolve({});
  assert.equal(refused.status, 409);
  assert.equal(refused.body.code, "still-firing");
  const done = await resolve({ reason: "The probe itself is broken." });
  assert.equal(done.status, 200, done.text);
  await world.knock(path, firing);
  assert.equal((await incidents()).length, before, "quiet");
});

const openOf = async (id: string): Promise<number> =>
  (
    await world.query<{ n: number }>(
      "select count(*)::int as n from alerts where integration_id = $1 and status = 'open'",
      [id],
    )
  )[0]?.n ?? -1;

test("A6 every webhook that Alertmanager really sent is taken, in its order and with its headers; one group is one incident", async () => {
  const mine = await world.integration("alertmanager", { name: "captured" });
  const before = (await incidents()).length;
  const fingerprints = new Set<string>();
  const groups = new Set<string>();
  for (const body of captured()) {
    const answer = await world.knock(`/alertmanager/${mine.key}/webhook`, body, {
      "user-agent": "Alertmanager/0.25.0",
      authorization: "Basic YTpi",
    });
    assert.deepEqual([answer.status, answer.body.alerts], [200, body.alerts.length], answer.text);
    const last = new Map<string, string>(body.alerts.map((one: Json) => [one.fingerprint, one.status]));
    for (const [fingerprint, status] of last) {
      fingerprints.add(fingerprint);
      const kept = await world.query<{ status: string }>(
        "select status from alerts where integration_id = $1 and key = $2 order by opened_at desc, id desc limit 1",
        [mine.id, fingerprint],
      );
      assert.equal(kept[0]?.status, status === "firing" ? "open" : "resolved", fingerprint);
    }
    groups.add(body.groupKey);
  }
  assert.ok(fingerprints.size >= 2 && groups.size >= 1);
  assert.equal((await incidents()).length, before + groups.size);
});

test("A6 an alert that max_alerts cut from its group is not resolved, and one that is named resolved is", async () => {
  const mine = await world.integration("alertmanager", { name: "cut" });
  const path = `/alertmanager/${mine.key}/webhook`;
  const whole = captured().find((body) => body.status === "firing" && body.alerts.length === 2);
  await world.knock(path, whole);
  assert.equal(await openOf(mine.id), 2);
  const cut = { ...whole, alerts: whole.alerts.slice(0, 1), truncatedAlerts: 1 };
  assert.equal((await world.knock(path, cut)).status, 200);
  assert.equal(await openOf(mine.id), 2);
  const [one] = whole.alerts;
  await world.knock(path, { ...cut, alerts: [{ ...one, status: "resolved", endsAt: new Date().toISOString() }] });
  assert.equal(await openOf(mine.id), 1, "its own status counts, in an envelope that still fires");
});

test("A6 the other one of a pair repeats, and comes late: nothing is opened, called or closed twice", async () => {
  const mine = await world.integration("alertmanager", { name: "pair" });
  const path = `/alertmanager/${mine.key}/webhook`;
  const firing = structuredClone(captured().find((body) => body.status === "firing" && body.alerts.length === 1));
  const of = (status: string, startsAt: string): Json => ({
    ...firing,
    status,
    alerts: firing.alerts.map((alert: Json) => ({ ...alert, status, startsAt })),
  });
  const [earlier, start, later] = ["2026-10-01T00:00:00Z", "2026-10-02T00:00:00.5Z", "2026-10-03T00:00:00Z"];
  await world.knock(path, of("firing", start));
  await world.knock(path, of("resolved", earlier));
  assert.equal(await openOf(mine.id), 1, "the end of an older episode ends nothing");
  await world.knock(path, of("firing", start));
  await world.knock(path, of("resolved", start));
  await world.knock(path, of("resolved", start));
  await world.knock(path, of("firing", start));
  await world.knock(path, of("firing", earlier));
  assert.equal(await openOf(mine.id), 0, "what fires late is not news");
  const [incident] = await incidents();
  const started = (await world.api("GET", `/api/v1/incidents/${incident.id}/timeline`)).body.data.filter(
    (entry: Json) => entry.type === "paging.started",
  );
  assert.equal(started.length, 1);
  await world.knock(path, of("firing", later));
  assert.equal(await openOf(mine.id), 1, "a later start is");
});

test("an unknown key is 404, a body that is no group is 400, each as JSON", async () => {
  const unknown = await world.knock(`/alertmanager/${"x".repeat(32)}/webhook`, {});
  assert.equal(unknown.status, 404);
  assert.equal(typeof unknown.body.message, "string");
  for (const body of ["", "{", "[]", "3", '{"alerts":3}'])
    assert.equal((await world.knock(`/alertmanager/${key}/webhook`, body)).status, 400, body);
});

test("A2 a desk that is too busy says 503 and never 429, since Alertmanager drops what gets a 429", async () => {
  const other = await startWorld({ mail: false });
  const made = await other.integration("alertmanager");
  const pd = await other.integration("pagerduty");
  await other.knock(`/alertmanager/${made.key}/webhook`, captured()[0]);
  const lock = await other.desk.pools.reading.connect();
  await other.query("revoke insert on events from tocsin_app");
  await other.query("alter table events rename to events_away");
  lock.release();
  const firing = structuredClone(captured()[0]);
  firing.groupKey = "other";
  for (const alert of firing.alerts) alert.fingerprint = `${alert.fingerprint}9`;
  for (const [path, body] of [
    [`/alertmanager/${made.key}/webhook`, firing],
    [
      "/v2/enqueue",
      { routing_key: pd.key, event_action: "trigger", payload: { summary: "s", source: "x", severity: "info" } },
    ],
  ] as const) {
    const answer = await other.knock(path, body);
    assert.equal(answer.status, 503, answer.text);
    assert.equal(answer.headers["retry-after"], "2");
    assert.equal(typeof answer.body.message, "string");
  }
  await other.query("alter table events_away rename to events");
  await other.stop({ errors: true, letters: true });
});

test("any JSON is taken by a mapping of expressions, and each event says what became of it", async () => {
  const mapping = {
    items: "body.problems",
    title: "item.host + ': ' + item.what",
    key: "item.host",
    severity: "item.level > 3 ? 'critical' : 'info'",
    action: "item.ok ? 'resolve' : 'trigger'",
  };
  const { key: mine } = await world.integration("generic", { mapping });
  const problems = [
    { host: "n1", what: "no heartbeat", level: 5, ok: false },
    { host: "n2", what: "slow", level: 1, ok: false },
  ];
  const answer = await world.knock(`/events/${mine}`, { problems });
  assert.equal(answer.status, 202, answer.text);
  assert.deepEqual(
    answer.body.events.map((one: Json) => one.key),
    ["n1", "n2"],
  );
  const titles = (await incidents()).map((one) => one.title);
  assert.ok(titles.includes("n1: no heartbeat"));
  await world.knock(`/events/${mine}`, { problems: problems.map((one) => ({ ...one, ok: true })) });
  const [open] = await world.query<{ n: number }>(
    "select count(*)::int as n from alerts where key in ('n1', 'n2') and status = 'open'",
  );
  assert.equal(open?.n, 0);
});

test("a mapping that cannot work is refused when it is written", async () => {
  for (const mapping of [{ title: "body.(" }, { nonsense: "body.x" }]) {
    const answer = await world.api("POST", "/api/v1/integrations", { kind: "generic", name: "n", mapping });
    assert.equal(answer.status, 422);
    assert.equal(answer.body.code, "mapping-invalid");
  }
});
