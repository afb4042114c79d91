/** What stands beside an integration: its keys, what came of what it sent, a test sent from here, and what of it changes. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, test } from "node:test";
import { tocsin } from "../../cli/trial.ts";
import { until } from "../e2e/until.ts";
import { type Answer, type Json, pagerDutyEvent, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;

before(async () => {
  world = await startWorld({ mail: false, shared: true });
});

const path = (id: string, rest: string): string => `/api/v1/integrations/${id}/${rest}`;
const keysOf = async (id: string): Promise<Json[]> => (await world.api("GET", path(id, "keys"))).body.data;
const eventsOf = async (id: string): Promise<Json[]> => (await world.api("GET", path(id, "events"))).body.data;
/** What is noted is written a moment later. */
const notedOf = (id: string, count: number): Promise<Json[]> =>
  until(`${count} events are noted`, async () => {
    const events = await eventsOf(id);
    return events.length >= count && events;
  });
const knocked = async (key: string, name = "door"): Promise<number> =>
  (await world.knock("/v2/enqueue", pagerDutyEvent(key, name))).status;
const auditOf = async (id: string): Promise<[string, Json][]> =>
  (
    await world.query<{ type: string; data: Json }>("select type, data from events where stream = $1 order by seq", [
      `integration/${id}`,
    ])
  ).map((one) => [one.type, one.data]);

test("keys are told apart by their ends and their use; one that is revoked is refused within seconds, the other goes on", async () => {
  const { id, key } = await world.integration("pagerduty");
  const [only] = await keysOf(id);
  assert.deepEqual([only.ending, only.usedAt], [key.slice(-4), null]);
  assert.equal(await knocked(key), 202);
  await until("its use is known", async () => (await keysOf(id))[0].usedAt !== null);
  const { key: second } = (await world.api("POST", path(id, "keys"))).body;
  const endings = (await keysOf(id)).map((one) => one.ending);
  assert.deepEqual(new Set(endings), new Set([key.slice(-4), second.slice(-4)]));
  assert.equal((await world.api("DELETE", path(id, `keys/${only.id}`))).status, 200);
  await world.advance(0.1);
  assert.deepEqual([await knocked(key), await knocked(second)], [400, 202]);
  assert.deepEqual(
    (await keysOf(id)).map((one) => one.ending),
    [second.slice(-4)],
  );
  assert.equal((await world.api("DELETE", path(id, `keys/${only.id}`))).status, 404, "only once");
  const other = await world.integration("pagerduty");
  const [theirs] = await keysOf(other.id);
  assert.equal((await world.api("DELETE", path(id, `keys/${theirs.id}`))).status, 404, "only its own");
  assert.equal(await knocked(other.key), 202);
  const audit = await auditOf(id);
  assert.deepEqual(audit.at(-1), ["integration.key-revoked", { ending: key.slice(-4) }]);
  assert.ok(!JSON.stringify([audit, await keysOf(id)]).includes(second));
});

test("the last key may be revoked: then nothing comes in until there is another", async () => {
  const { id, key } = await world.integration("pagerduty");
  const [only] = await keysOf(id);
  assert.equal((await world.api("DELETE", path(id, `keys/${only.id}`))).status, 200);
  assert.deepEqual(await keysOf(id), []);
  assert.equal(await knocked(key), 400);
  const made = (await world.api("POST", path(id, "keys"))).body;
  assert.equal(await knocked(made.key), 202);
});

for (const kind of ["pagerduty", "opsgenie", "alertmanager", "generic"]) {
  test(`a test of ${kind} opens an incident that says so, as its sender's own event would, and is ended as by it`, async () => {
    const { id } = await world.integration(kind, { name: `Watch ${kind}` });
    const sent = (await world.api("POST", path(id, "trial"), {})).body;
    const [result] = sent.results;
    assert.deepEqual([sent.outcome, sent.trial, sent.count, result.became], ["accepted", true, 1, "opened"]);
    assert.equal(result.alert.title, `Test of Watch ${kind}: nothing is broken`);
    const incident = (await world.api("GET", `/api/v1/incidents/${result.incident.number}`)).body;
    assert.deepEqual([incident.title, incident.paging.status], [result.alert.title, "running"]);
    const [alert] = (await world.api("GET", `/api/v1/incidents/${incident.id}/alerts`)).body.data;
    assert.notEqual(alert.severity, "critical");
    const ended = (await world.api("POST", path(id, "trial"), { ends: sent.key })).body;
    assert.equal(ended.results[0].became, "resolved", JSON.stringify(ended));
    const after = (await world.api("GET", `/api/v1/incidents/${incident.id}`)).body;
    assert.deepEqual([after.stage, after.alerts.open, after.paging.status], ["restored", 0, "stopped"]);
    const again = (await world.api("POST", path(id, "trial"), { ends: sent.key })).body.results[0];
    assert.deepEqual([again.became, again.because], ["ignored", "no-open-alert"]);
    const noted = await notedOf(id, 3);
    assert.deepEqual(
      noted.map((one) => [one.trial, one.results[0].became]),
      [
        [true, "ignored"],
        [true, "resolved"],
        [true, "opened"],
      ],
    );
    const tried = (await auditOf(id)).filter(([type]) => type === "integration.tried");
    assert.deepEqual(
      tried.map(([, data]) => data),
      [{ ends: false }, { ends: true }, { ends: true }],
    );
  });
}

test("a test is one of its own each time, in the language of who sends it; an e-mail integration has none", async () => {
  const { id } = await world.integration("generic", { name: "Veille" });
  const reader = await world.person("Noe Roy", 5, { admin: true, language: "fr" });
  const send = (): Promise<Answer> => world.api("POST", path(id, "trial"), {}, { token: reader.token });
  const [one, two] = [(await send()).body.results[0], (await send()).body.results[0]];
  assert.match(one.alert.title, /^Essai de Veille\s?: rien n’est cassé$/);
  assert.notEqual(one.incident.id, two.incident.id);
  const bad = await world.api("POST", path(id, "trial"), { ends: "disk-of-somebody" });
  assert.equal(bad.status, 422, "only a test can be ended from here");
  const email = await world.integration("email");
  assert.equal((await world.api("POST", path(email.id, "trial"), {})).status, 404);
});

test("a test of a mapped integration goes through its mapping, and says what the mapping could not read", async () => {
  const { id } = await world.integration("generic", { mapping: { title: "'Mapped ' + body.title", key: "body.none" } });
  const sent = (await world.api("POST", path(id, "trial"), {})).body;
  assert.match(sent.results[0].alert.title, /^Mapped Test of generic/);
  assert.equal(sent.warnings.length, 1);
  assert.match(sent.warnings[0], /^'key': /);
});

test("events say what became of each alert and why, with its incident; what was refused says how", async () => {
  const { id, key } = await world.integration("alertmanager", { name: "Mixed" });
  const webhook = (body: unknown): Promise<Answer> => world.knock(`/alertmanager/${key}/webhook`, body);
  const labels = { alertname: "Disk", instance: "n1" };
  const alert = { status: "firing", labels, annotations: { summary: "Disk full" }, startsAt: "2026-01-01T00:00:00Z" };
  await webhook({ groupKey: "g", alerts: [alert] });
  await webhook({ groupKey: "g", alerts: [alert] });
  await webhook({ groupKey: "g", alerts: [{ ...alert, labels: { alertname: "Other" }, status: "resolved" }] });
  await webhook("{");
  await webhook({ none: true });
  await world.knock("/api/v2/alerts", [{ labels: { alertname: "A" } }, { labels: {} }], {
    authorization: `Bearer ${key}`,
  });
  await webhook("x".repeat(21_000_000));
  const events = (await notedOf(id, 8)).toReversed();
  const told = events.map((one) => one.because ?? one.results.map((each: Json) => [each.became, each.because]));
  assert.deepEqual(told, [
    [["opened", null]],
    [["repeated", null]],
    [["ignored", "no-open-alert"]],
    "not-json",
    "invalid",
    [["opened", null]],
    "partly",
    "too-large",
  ]);
  const [first, second, ignored, , invalid] = events;
  assert.equal(first.results[0].alert.title, "Disk full");
  assert.match(first.results[0].incident.number, /^INC-/);
  assert.deepEqual(second.results[0].incident, first.results[0].incident);
  assert.deepEqual([ignored.results[0].alert, ignored.results[0].incident], [null, null]);
  assert.deepEqual(invalid.errors, ["the body is not an object with a list of alerts"]);
  const shown = (await world.api("GET", "/api/v1/integrations")).body.data.find((one: Json) => one.id === id);
  assert.deepEqual(shown.lastEvent, { at: events.at(-1).at, outcome: "rejected" });
});

test("a quiet integration keeps its latest events however much others send", async () => {
  const quiet = await world.integration("generic", { name: "Quiet" });
  const busy = await world.integration("generic", { name: "Busy" });
  await world.knock(`/events/${quiet.key}`, "{");
  await notedOf(quiet.id, 1);
  const row =
    "insert into intake_log (integration_id, at, outcome, detail) select $1, 0, 'rejected', '{}' from generate_series(1, 1500)";
  await world.query(row, [busy.id]);
  await world.knock(`/events/${busy.key}`, "{");
  await world.knock(`/events/${quiet.key}`, "{");
  await notedOf(quiet.id, 2);
  await until("the busy one is cut to its last", async () => {
    const [{ n } = { n: 0 }] = await world.query<{ n: number }>(
      "select count(*)::int as n from intake_log where integration_id = $1",
      [busy.id],
    );
    return n === 1_000;
  });
});

test("name, service and mapping change one by one; what is left out stays, and a wrong mapping is refused", async () => {
  const { id } = await world.integration("generic", { name: "Before" });
  const change = (body: object): Promise<Answer> => world.api("PATCH", `/api/v1/integrations/${id}`, body);
  const service = (await world.api("POST", "/api/v1/services", { nameFr: "Paie", nameEn: "Payroll" })).body.id;
  assert.equal((await change({ name: "After" })).body.name, "After");
  assert.equal((await change({ service })).body.service, service);
  const mapping = { title: "body.what" };
  assert.deepEqual((await change({ mapping })).body.mapping, mapping);
  const wrong = await change({ mapping: { title: "body." } });
  assert.deepEqual([wrong.status, wrong.body.code], [422, "mapping-invalid"]);
  const unknown = await change({ service: "00000000-0000-4000-8000-000000000000" });
  assert.deepEqual([unknown.status, unknown.body.code], [422, "service-unknown"]);
  const kept = (await change({})).body;
  assert.deepEqual([kept.name, kept.service, kept.mapping], ["After", service, mapping]);
  const cleared = (await change({ mapping: null, service: null })).body;
  assert.deepEqual([cleared.name, cleared.service, cleared.mapping], ["After", null, null]);
  const changes = (await auditOf(id)).slice(1);
  assert.deepEqual(changes, [
    ["integration.changed", { name: "After" }],
    ["integration.changed", { service }],
    ["integration.changed", { mapping }],
    ["integration.changed", { service: null, mapping: null }],
  ]);
});

test("the terminal lists integrations, sends a test and ends it, and tells what became of each event", async () => {
  const desk = await startWorld({ mail: false });
  await desk.listen();
  const { id } = await desk.integration("opsgenie", { name: "Old Opsgenie" });
  const environment = { LANG: "en_CA.UTF-8", TOCSIN_URL: desk.config.url, TOCSIN_TOKEN: desk.admin.token };
  const say = (...words: string[]) => tocsin(["integration", ...words], { environment, newKey: randomUUID });
  const listed = await say("list");
  assert.match(listed.out, /Opsgenie\s+Old Opsgenie\s+nothing received/);
  const sent = await say("test", "old opsgenie");
  assert.equal(sent.exit, 0, sent.said);
  assert.match(sent.out, /Test of Old Opsgenie: nothing is broken\s+opened an incident INC-/);
  const [, key = ""] = /--ends (\S+)/.exec(sent.said) ?? [];
  const ended = await say("test", id, "--ends", key);
  assert.equal(ended.exit, 0, ended.said);
  assert.match(ended.out, /resolved its alert INC-/);
  await until("both are noted", async () => (await desk.api("GET", path(id, "events"))).body.data.length === 2);
  assert.match((await say("events", "Old Opsgenie")).out, /resolved its alert INC-[\s\S]*opened an incident INC-/);
  const unknown = await say("events", "nothing like it");
  assert.equal(unknown.exit, 3, unknown.said);
  await desk.stop();
});
