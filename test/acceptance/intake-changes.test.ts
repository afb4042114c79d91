/** Changes that tools tell of, and PagerDuty's version 1, against the running server. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { upkeepTasks } from "../../server/desk/upkeep.ts";
import { createLog } from "../../server/platform/log.ts";
import { type Answer, type Json, pagerDutyEvent, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;

before(async () => {
  world = await startWorld({ mail: false, shared: true });
});

const fixtures = join(import.meta.dirname, "..", "fixtures");
const captured = (name: string): Json[] =>
  readFileSync(join(fixtures, "captures", `${name}.jsonl`), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
const service = async (name: string): Promise<string> =>
  (await world.api("POST", "/api/v1/services", { nameFr: name, nameEn: name })).body.id;
const changed = (key: string, summary: string, more: object = {}): Promise<Answer> =>
  world.knock("/v2/change/enqueue", { routing_key: key, payload: { summary, ...more } });
const summaries = async (path: string): Promise<string[]> =>
  (await world.api("GET", path)).body.data.map((one: Json) => one.summary);
const newest = async (): Promise<Json> => (await world.api("GET", "/api/v1/incidents?limit=1")).body.data[0];
const ago = (hours: number): string => new Date(world.desk.clock.now() - hours * 3_600_000).toISOString();

test("A3 a change is 202 and kept; it opens nothing, and shows beside the incidents of its service", async () => {
  const [mine, theirs] = [await service("Pay"), await service("Mail")];
  const { key } = await world.integration("pagerduty", { service: mine });
  const other = await world.integration("pagerduty", { service: theirs });
  const before = (await world.api("GET", "/api/v1/incidents")).body.data.length;
  const sent = captured("go-sdks-opsgenie-pagerduty").find((one) => one.url === "/v2/change/enqueue")?.body;
  const answer = await world.knock("/in/acme/v2/change/enqueue/", { ...sent, routing_key: key });
  assert.deepEqual([answer.status, answer.body], [202, { status: "success", message: "Change event processed" }]);
  await changed(key, "an hour ago", { timestamp: ago(1), source: "ci", custom_details: { build: 7 } });
  await changed(key, "two days ago", { timestamp: ago(48) });
  await changed(other.key, "elsewhere");
  assert.equal((await world.api("GET", "/api/v1/incidents")).body.data.length, before);
  assert.equal((await world.knock("/v2/enqueue", pagerDutyEvent(key, "down"))).status, 202);
  const { id, number } = await newest();
  await changed(key, "while it burns");
  assert.deepEqual(await summaries(`/api/v1/incidents/${number}/changes`), ["while it burns", "an hour ago"]);
  assert.deepEqual(await summaries(`/api/v1/changes?service=${mine}`), [
    "s",
    "while it burns",
    "an hour ago",
    "two days ago",
  ]);
  const [, kept] = (await world.api("GET", `/api/v1/incidents/${id}/changes`)).body.data;
  assert.deepEqual([kept.source, kept.details, kept.at], ["ci", { build: 7 }, kept.at]);
  await world.api("POST", `/api/v1/incidents/${id}/dismiss`, { reason: "test" });
  await world.advance(10);
  await changed(key, "after it ended");
  assert.deepEqual(await summaries(`/api/v1/incidents/${id}/changes`), ["while it burns", "an hour ago"]);
});

test("what is no change is said in an array, by PagerDuty's form; an empty body is never 2xx (A1.7)", async () => {
  const { key } = await world.integration("pagerduty");
  for (const body of ["", "{", { routing_key: key }, { routing_key: key, payload: { summary: "" } }, { payload: {} }]) {
    const answer = await world.knock("/v2/change/enqueue", body);
    assert.equal(answer.status, 400, JSON.stringify(body));
    assert.ok(answer.body.errors.every((one: unknown) => typeof one === "string"));
  }
});

test("changes page by cursor, and those of ninety days ago are forgotten", async () => {
  const of = await service("Paged");
  const { key } = await world.integration("pagerduty", { service: of });
  for (const hour of [1, 2, 3]) await changed(key, `${hour} h ago`, { timestamp: ago(hour) });
  const first = (await world.api("GET", `/api/v1/changes?service=${of}&limit=2`)).body;
  assert.deepEqual(await summaries(`/api/v1/changes?service=${of}&limit=2&cursor=${first.nextCursor}`), ["3 h ago"]);
  assert.equal((await world.api("GET", "/api/v1/changes?cursor=eA")).status, 422);
  const upkeep = async (days: number): Promise<void> => {
    const { clock } = world.desk;
    const later = { ...clock, now: () => clock.now() + days * 86_400_000 };
    const known = { pool: world.desk.pools.reading, clock: later, log: createLog("error"), besides: [] };
    for (const [, run] of upkeepTasks(known)) await run();
  };
  await upkeep(89);
  assert.equal((await summaries(`/api/v1/changes?service=${of}`)).length, 3);
  await upkeep(91);
  assert.deepEqual(await summaries(`/api/v1/changes?service=${of}`), []);
});

test("A3 version 1: what Alertmanager sent is 200 with incident_key, never 403, and the same alert as it goes on", async () => {
  const { key } = await world.integration("pagerduty");
  const sent = captured("npm-pdjs-nodepagerduty-opsgeniesdk-and-am-pdv1").filter((one) => /create_event/.test(one.url));
  assert.deepEqual(
    sent.map((one) => one.body.event_type),
    ["trigger", "resolve"],
  );
  for (const { url, body } of sent) {
    const answer = await world.knock(url, { ...body, service_key: key });
    assert.deepEqual(
      [answer.status, answer.body],
      [200, { status: "success", message: "Event processed", incident_key: body.incident_key }],
    );
    const { alerts, title } = await newest();
    assert.deepEqual([alerts.open, title], [body.event_type === "trigger" ? 1 : 0, "[FIRING:1] (V1)"]);
  }
  const acknowledge = { service_key: key, event_type: "acknowledge", incident_key: "none" };
  assert.equal((await world.knock("/generic/2010-04-15/create_event.json", acknowledge)).status, 200);
  for (const body of [
    "",
    {},
    { service_key: "0".repeat(32) },
    { service_key: key },
    { service_key: key, event_type: "trigger" },
  ]) {
    const answer = await world.knock("/generic/2010-04-15/create_event.json", body);
    assert.equal(answer.status, 400, JSON.stringify(body));
    assert.ok(Array.isArray(answer.body.errors));
  }
});
