/** What npm has for PagerDuty and Opsgenie, unchanged, against a desk that serves TLS: what each is told, and what the desk
 *  then records. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../acceptance/world.ts";
import { noOpenssl } from "./authority.ts";
import { alertsOf, elsewhere, incidentNamed, noMounts, type Place, say, script, startPlace } from "./clients.ts";

const skip = noOpenssl;

const pdjs = `
const { event, change } = require("@pagerduty/pdjs");
const [server, routing_key] = process.argv.slice(1);
const payload = { summary: "Said by pdjs", source: "pdjs", severity: "error", custom_details: { a: [1, null] } };
const say = (event_action) => event({ server, data: { routing_key, event_action, dedup_key: "pdjs", payload } });
(async () => {
  const all = [() => say("trigger"), () => say("acknowledge"), () => say("resolve"),
    () => change({ server, data: { routing_key, payload: { summary: "Changed by pdjs", source: "ci" }, links: [{ href: "https://ci.example/7" }] } })];
  for (const one of all) {
    const { response, data } = await one();
    console.log(JSON.stringify({ status: response.status, data }));
  }
})().catch((error) => { console.error(error); process.exit(1); });
`;

test("pdjs triggers, acknowledges, resolves and tells of a change, at the root and under a base path", {
  skip,
}, async () => {
  const place = await startPlace();
  const { key } = await place.world.integration("pagerduty");
  for (const server of [place.host, `${place.host}/in/acme`]) {
    const [trigger, acknowledge, resolve, change] = await script(place, pdjs, [server, key]);
    for (const one of [trigger, acknowledge, resolve])
      assert.deepEqual(one, {
        status: 202,
        data: { status: "success", message: "Event processed", dedup_key: "pdjs" },
      });
    assert.deepEqual(change, { status: 202, data: { status: "success", message: "Change event processed" } });
  }
  const incident = await incidentNamed(place, /Said by pdjs/);
  assert.equal(incident.stage, "restored");
  assert.equal((await alertsOf(place, incident.id)).length, 2);
  const { data } = (await place.world.api("GET", `/api/v1/incidents/${incident.id}/changes`)).body;
  assert.deepEqual(
    data.map((one: Json) => [one.summary, one.source, one.links[0].href]),
    Array(2).fill(["Changed by pdjs", "ci", "https://ci.example/7"]),
  );
  await place.stop();
});

/** One call a line; what it is told, or the error that its caller gets. */
const opsgenie = `
const og = require("opsgenie-sdk");
const [host, api_key] = process.argv.slice(1);
og.configure({ host, api_key, maxAttempts: 1 });
const ask = (name, ...words) => new Promise((done) =>
  og.alertV2[name](...words, (error, answer) => {
    console.log(JSON.stringify({ name, error: error && { message: error.message, status: error.httpStatusCode }, answer }));
    done(answer);
  }));
const alias = { identifier: "event%2F573%20%C3%A9", identifierType: "alias" };
(async () => {
  const made = await ask("create", { message: "Said by opsgenie-sdk", alias: "event/573 é", tags: ["a"], details: { k: "v" },
    priority: "P1", responders: [{ name: "t", type: "team" }] });
  await ask("getRequestStatus", made.requestId);
  await ask("get", alias);
  await ask("list", { query: "status:open", offset: 0, limit: 10, sort: "createdAt", order: "desc" });
  await ask("acknowledge", alias, { user: "camille.roy@example.org", note: "on it" });
  await ask("unacknowledge", alias, { user: "camille.roy@example.org" });
  await ask("addNote", alias, { note: "it smells of smoke", user: "Ana" });
  await ask("addTags", alias, { tags: ["x", "y"], user: "Ana" });
  await ask("removeTags", alias, { tags: ["a", "x"] });
  await ask("get", alias);
  await ask("snooze", alias, { endTime: "2027-01-01T00:00:00Z" });
  const closed = await ask("close", alias, { source: "s", note: "replaced" });
  await ask("getRequestStatus", closed.requestId);
  await ask("get", alias);
})().catch((error) => { console.error(error); process.exit(1); });
`;

test("opsgenie-sdk creates, asks, acknowledges, notes, tags and closes; what is not served is an error that it can read", {
  skip,
}, async () => {
  const place = await startPlace();
  const { key } = await place.world.integration("opsgenie");
  const said = await script(place, opsgenie, [place.url, key]);
  const told = (name: string): Json[] => said.filter((one) => one.name === name).map((one) => one.answer);
  const refused = said.filter((one) => one.error).map((one) => one.name);
  /* Its list sends no key at all, whatever it is asked: Opsgenie refuses it too. */
  assert.deepEqual(refused, ["list", "snooze", "get"], JSON.stringify(said.filter((one) => one.error)));
  assert.deepEqual(
    said.filter((one) => one.error).map((one) => one.error.status),
    [401, 404, 404],
  );
  assert.equal(told("create")[0].result, "Request will be processed");
  const results = told("getRequestStatus").map((one) => [one.data.success, one.data.action, one.data.alias]);
  assert.deepEqual(results, [
    [true, "Create", "event/573 é"],
    [true, "Close", "event/573 é"],
  ]);
  const [first, second] = told("get");
  assert.deepEqual([first.data.message, first.data.tags, first.data.priority], ["Said by opsgenie-sdk", ["a"], "P1"]);
  assert.deepEqual([second.data.tags, second.data.owner], [["y"], "camille.roy@example.org"]);
  const incident = await incidentNamed(place, /Said by opsgenie-sdk/);
  assert.deepEqual([incident.priority, incident.acceptedBy.id], [1, place.world.admin.id]);
  const { data } = (await place.world.api("GET", `/api/v1/incidents/${incident.id}/timeline`)).body;
  const notes = data.filter((one: Json) => one.type === "observation.noted").map((one: Json) => one.data.text);
  assert.deepEqual(notes, ["on it", "it smells of smoke\n— Ana", "replaced"]);
  await place.stop();
});

const opsgenieHeartbeats = `
const opsgenie = require("opsgenie-sdk");
const [host, api_key] = process.argv.slice(1);
opsgenie.configure({ host, api_key });
const ask = (name, ...given) => new Promise((done) =>
  opsgenie.heartbeat[name](...given, (error, answer) => {
    console.log(JSON.stringify({ name, error: error && { status: error.httpStatusCode, message: error.message }, answer }));
    done(answer ?? {});
  }));
const one = { identifier: "nightly" };
(async () => {
  await ask("create", { name: "nightly", interval: 10, intervalUnit: "minutes", enabled: true, alertPriority: "P2" });
  await ask("get", one);
  await ask("ping", one, {});
  await ask("ping", { identifier: "nobody knows" }, {});
  await ask("update", one, { interval: 1, intervalUnit: "hours" });
  await ask("disable", one);
  await ask("enable", one);
  await ask("get", one);
  await ask("list", {});
  await ask("delete", one);
  await ask("get", one);
})().catch((error) => { console.error(error); process.exit(1); });
`;

test("opsgenie-sdk makes, pings, changes, pauses and removes a heartbeat", { skip }, async () => {
  const place = await startPlace();
  const { key } = await place.world.integration("opsgenie");
  const said = await script(place, opsgenieHeartbeats, [place.url, key]);
  const told = said.map((one) => [one.name, one.error?.status ?? one.answer?.result ?? one.answer?.data?.enabled]);
  assert.deepEqual(told, [
    ["create", "Created"],
    ["get", true],
    ["ping", "PONG - Heartbeat received"],
    ["ping", "PONG - Heartbeat received"],
    ["update", true],
    ["disable", false],
    ["enable", true],
    ["get", true],
    ["list", undefined],
    ["delete", "Deleted"],
    ["get", 404],
  ]);
  const [first, second] = said.filter((one) => one.name === "get").map((one) => one.answer?.data);
  assert.deepEqual([first.interval, first.intervalUnit, first.lastPingTime], [10, "minutes", undefined]);
  assert.deepEqual([second.interval, second.intervalUnit, second.alertPriority], [1, "hours", "P2"]);
  assert.ok(second.lastPingTime, "its sign was heard");
  const listed = said.find((one) => one.name === "list").answer.data.heartbeats;
  assert.deepEqual(listed, [second]);
  await place.stop();
});

/* An address of this machine that nothing else uses, so that the port they insist on is free. */
const address = `127.77.70.${1 + (process.pid % 250)}`;
const onItsPort = { TOCSIN_HOST: address, TOCSIN_PORT: "443" };

const nodePagerduty = `
const PagerDuty = require("node-pagerduty");
const pd = new PagerDuty("token");
const [routing_key] = process.argv.slice(1);
const payload = { summary: "Said by node-pagerduty", source: "h", severity: "critical" };
(async () => {
  for (const event_action of ["trigger", "resolve"]) {
    const answer = await pd.events.sendEvent({ routing_key, event_action, dedup_key: "np", payload });
    console.log(JSON.stringify(answer));
  }
})().catch((error) => { console.error(error); process.exit(1); });
`;

test("node-pagerduty, whose host is hard-coded, triggers and resolves", { skip: noMounts }, async () => {
  const place = await startPlace(onItsPort);
  const { key } = await place.world.integration("pagerduty");
  const there: typeof say = (program, words, env) =>
    say("unshare", [...elsewhere(place, address), program, ...words], env);
  for (const one of await script(place, nodePagerduty, [key], there))
    assert.deepEqual(one, { status: "success", message: "Event processed", dedup_key: "np" });
  const incident: Json = await incidentNamed(place, /Said by node-pagerduty/);
  assert.deepEqual([incident.stage, incident.alerts.open], ["restored", 0]);
  await place.stop();
});

test("a client that is told another certificate does not say anything", { skip }, async () => {
  const place: Place = await startPlace();
  const { key } = await place.world.integration("pagerduty");
  const { status } = await say(process.execPath, ["-e", pdjs, place.host, key]);
  assert.notEqual(status, 0);
  assert.equal(await incidentNamed(place, /./), undefined);
  await place.stop();
});
