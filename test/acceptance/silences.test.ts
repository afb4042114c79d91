/** Silences: nobody is called, everything is seen, and nothing is lost when they end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Answer, startWorld, type TestWorld } from "./world.ts";

const hours = (world: TestWorld, many: number): string =>
  new Date(world.desk.clock.now() + many * 3_600_000).toISOString();
const silence = async (world: TestWorld, more: object = {}): Promise<Answer["body"]> => {
  const body = {
    reason: "The switch is being replaced",
    matchers: [{ label: "site", operator: "=", value: "north" }],
    until: hours(world, 1),
    ...more,
  };
  const answer = await world.api("POST", "/api/v1/silences", body);
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
};
const fires = (world: TestWorld, key: string, title: string, labels: object, status = "firing"): Promise<Answer> =>
  world.knock(`/events/${key}`, { key: title, title, status, labels });
const alerts = async (world: TestWorld, query = ""): Promise<Answer["body"][]> =>
  (await world.api("GET", `/api/v1/alerts${query}`)).body.data;
const incidents = async (world: TestWorld): Promise<number> =>
  (await world.api("GET", "/api/v1/incidents")).body.data.length;

test("what is silenced waits in sight, and is raised when the silence ends", async () => {
  const world = await startWorld();
  const { key } = await world.integration("generic");
  const made = await silence(world);
  assert.deepEqual([made.state, made.version, made.createdBy.id, made.waiting], ["active", 1, world.admin.id, 0]);
  await fires(world, key, "disk full", { site: "north" });
  await fires(world, key, "fan stopped", { site: "north" });
  const [fan, disk] = await alerts(world, "?status=waiting");
  assert.deepEqual([disk.title, disk.status, disk.incident], ["disk full", "waiting", null]);
  assert.deepEqual(
    [disk.waiting.for, disk.waiting.rule.id, disk.waiting.rule.name, disk.waiting.until],
    ["silence", made.id, made.reason, made.until],
  );
  assert.equal((await alerts(world, "?status=open")).length, 0);
  assert.equal((await world.api("GET", `/api/v1/silences/${made.id}`)).body.waiting, 2);
  assert.equal(await incidents(world), 0);
  await fires(world, key, "fan stopped", { site: "north" }, "resolved");
  const over = (await world.api("GET", `/api/v1/alerts/${fan.id}`)).body;
  assert.deepEqual([over.status, over.incident, over.waiting.for], ["resolved", null, "silence"]);
  await world.advance(55);
  const reminder = await world.mailbox(world.admin).expectNotice();
  assert.match(reminder.subject, /silence of yours ends soon/);
  await world.advance(6);
  const page = await world.mailbox(world.admin).expectPage();
  assert.match(page.subject, /disk full/);
  const raised = (await world.api("GET", `/api/v1/alerts/${disk.id}`)).body;
  assert.deepEqual([raised.status, raised.waiting], ["open", null]);
  assert.equal(await incidents(world), 1);
  assert.equal((await world.api("GET", "/api/v1/silences")).body.data[0].state, "over");
  await world.stop();
});

test("somebody raises by hand one that waits, with the reason: it calls once, and the silence holds the others", async () => {
  const world = await startWorld();
  const { key } = await world.integration("generic");
  await silence(world);
  await fires(world, key, "disk full", { site: "north" });
  await fires(world, key, "fan stopped", { site: "north" });
  const [fan, disk] = await alerts(world, "?status=waiting");
  const { token } = await world.person("Nina Park", 2);
  const raise = (body: object, more: object = {}): Promise<Answer> =>
    world.api("POST", `/api/v1/alerts/${disk.id}/raise`, body, more);
  assert.equal((await raise({ reason: "It is not the switch" }, { token })).body.code, "noise-level-needed");
  assert.equal((await raise({})).status, 422);
  const raised = await raise({ reason: "It is not the switch" });
  assert.deepEqual([raised.status, raised.body.status, raised.body.waiting], [200, "open", null], raised.text);
  assert.ok(raised.body.incident.number);
  assert.match((await world.mailbox(world.admin).expectPage()).subject, /disk full/);
  assert.equal((await raise({ reason: "Again" })).body.code, "alert-not-waiting");
  const trace = (await world.api("GET", `/api/v1/alerts/${disk.id}/trace`)).body.data;
  const entry = trace.find((one: { what: string }) => one.what === "raised-by-hand");
  assert.deepEqual(
    [entry.because, entry.values.name, entry.values.reason],
    ["silence", world.admin.name, "It is not the switch"],
  );
  assert.ok(trace.some((one: { what: string }) => one.what === "called"));
  const timeline = (await world.api("GET", `/api/v1/incidents/${raised.body.incident.id}/timeline`)).body.data;
  const recorded = timeline.find((one: { type: string }) => one.type === "alert.raised");
  assert.deepEqual(
    [recorded.actor.name, recorded.reason, recorded.data.key, recorded.data.for],
    [world.admin.name, "It is not the switch", "disk full", "silence"],
  );
  await fires(world, key, "disk full", { site: "north" });
  assert.equal(
    (await world.api("GET", `/api/v1/alerts/${disk.id}`)).body.status,
    "open",
    "said again, it stays raised",
  );
  assert.deepEqual(
    (await alerts(world, "?status=waiting")).map(({ id }) => id),
    [fan.id],
  );
  assert.equal(await incidents(world), 1);
  await world.api("POST", `/api/v1/incidents/${raised.body.incident.number}/accept`, {});
  await fires(world, key, "fan stopped", { site: "north" }, "resolved");
  await world.advance(61);
  assert.equal(await incidents(world), 1, "what ends the silence raises it no second time");
  await world.stop({ letters: true });
});

test("a silence ended early raises at once, and does so once", async () => {
  const world = await startWorld();
  const { key } = await world.integration("generic");
  const { id } = await silence(world);
  await fires(world, key, "disk full", { site: "north" });
  const ended = await world.api("POST", `/api/v1/silences/${id}/end`);
  assert.deepEqual([ended.status, ended.body.state, ended.body.version], [200, "over", 2]);
  await world.advance(0.1);
  await world.mailbox(world.admin).expectPage();
  assert.equal(await incidents(world), 1);
  const again = await world.api("POST", `/api/v1/silences/${id}/end`);
  assert.deepEqual([again.status, again.body.code], [409, "already-over"]);
  await world.advance(0.5);
  await world.mailbox(world.admin).expectNothing();
  assert.equal(await incidents(world), 1);
  await world.stop();
});

test("an alert that waits and that nothing asks about is found, told, and asked about again", async () => {
  const world = await startWorld();
  const { key } = await world.integration("generic");
  await silence(world);
  await fires(world, key, "disk full", { site: "north" });
  await world.query("delete from timers where key like 'waiting/%'");
  await world.desk.watch();
  await world.mailbox(world.admin).expectPage();
  assert.equal((await world.query("select from timers where key like 'waiting/%'")).length, 1);
  const [finding] = await world.query<{ kind: string; healed: boolean }>("select kind, healed from watchdog_findings");
  assert.deepEqual(finding, { kind: "waiting", healed: true });
  await world.stop({ letters: true });
});

test("a preview says what it would have held back, and changes nothing", async () => {
  const world = await startWorld({ mail: false });
  const { key } = await world.integration("generic");
  await fires(world, key, "disk full", { site: "north" });
  await fires(world, key, "disk full again", { site: "north" });
  await fires(world, key, "fan stopped", { site: "south" });
  await fires(world, key, "disk full", { site: "north" }, "resolved");
  const asked = { matchers: [{ label: "site", operator: "=~", value: "no.*" }] };
  const { body } = await world.api("POST", "/api/v1/silences/preview", asked);
  assert.deepEqual([body.looked, body.matched, body.open, body.partly], [3, 2, 1, false]);
  assert.deepEqual(
    body.alerts.map((one: { title: string }) => one.title),
    ["disk full again", "disk full"],
  );
  assert.deepEqual((await world.api("GET", "/api/v1/silences")).body.data, []);
  await world.stop({ letters: true });
});

test("who may not is refused by name, and so is what would hold back everything", async () => {
  const world = await startWorld({ mail: false });
  const two = await world.person("Ana", 2);
  const three = await world.person("Ben", 3);
  const body = { reason: "Work", text: "disk", until: hours(world, 1) };
  const post = (more: object, as = three.token) =>
    world.api("POST", "/api/v1/silences", { ...body, ...more }, { token: as });
  const code = async (answer: Promise<Answer>): Promise<string> => (await answer).body.code;
  assert.equal(await code(post({}, two.token)), "noise-level-needed");
  assert.equal((await post({})).status, 201);
  assert.equal(await code(post({ text: null })), "scope-too-wide");
  assert.equal(await code(post({ matchers: [{ label: "a", operator: "=~", value: "(" }] })), "pattern-invalid");
  assert.equal(await code(post({ until: hours(world, 24 * 40) })), "silence-too-long");
  assert.equal(await code(post({ until: hours(world, -1) })), "already-over");
  assert.equal(await code(post({ service: two.id })), "service-unknown");
  assert.equal(await code(post({ integration: two.id })), "integration-unknown");
  const [made] = (await world.api("GET", "/api/v1/silences", undefined, { token: two.token })).body.data;
  assert.equal(
    await code(world.api("POST", `/api/v1/silences/${made.id}/end`, undefined, { token: two.token })),
    "noise-level-needed",
  );
  assert.equal(await code(world.api("GET", `/api/v1/silences/${two.id}`)), "silence-unknown");
  await world.stop({ letters: true });
});

test("Alertmanager's API shows what labels express, and says that what waits is suppressed", async () => {
  const world = await startWorld({ mail: false });
  const { key } = await world.integration("alertmanager");
  const made = await silence(world, { matchers: [{ label: "alertname", operator: "=", value: "Disk" }] });
  await silence(world, { matchers: [], text: "printer" });
  const token = { token: key };
  const pushed = [{ labels: { alertname: "Disk", site: "north" } }, { labels: { alertname: "Fan" } }];
  assert.equal((await world.api("POST", "/api/v2/alerts", pushed, token)).status, 200);
  const { body } = await world.api("GET", "/api/v2/silences", undefined, token);
  assert.equal(body.length, 1, "the other is about words of a title");
  assert.deepEqual(body[0].matchers, [{ name: "alertname", value: "Disk", isRegex: false, isEqual: true }]);
  assert.deepEqual([body[0].id, body[0].status.state, body[0].comment], [made.id, "active", made.reason]);
  const shown = (await world.api("GET", "/api/v2/alerts", undefined, token)).body;
  const states = new Map(shown.map((one: Answer["body"]) => [one.labels.alertname, one.status]));
  assert.deepEqual((states.get("Disk") as Answer["body"]).silencedBy, [made.id]);
  assert.equal((states.get("Fan") as Answer["body"]).state, "active");
  const active = (await world.api("GET", "/api/v2/alerts?silenced=false", undefined, token)).body;
  assert.deepEqual(active.length, 1);
  const refused = await world.api("POST", "/api/v2/silences", {}, token);
  assert.equal(refused.status, 403);
  await world.stop({ letters: true });
});
