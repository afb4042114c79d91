/** What the clients of Opsgenie depend on, line by line of our compatibility notes, with what those clients really sent,
 *  against the running server. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { before, beforeEach, test } from "node:test";
import { startDesk } from "../../server/app.ts";
import { upkeepTasks } from "../../server/desk/upkeep.ts";
import { createLog } from "../../server/platform/log.ts";
import { type Answer, type Json, type Method, startWorld, type TestWorld } from "./world.ts";

type Capture = { n: number; method: Method; url: string; rawHeaders: string[]; body: Json };

const captures = (name: string): Capture[] =>
  readFileSync(join(import.meta.dirname, "..", "fixtures", "captures", `${name}.jsonl`), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

let world: TestWorld;
let url: string;
let key: string;
let integrationId: string;

before(async () => {
  world = await startWorld({ mail: false, shared: true });
  url = await world.listen();
});
/* A storm is an integration's, and so are aliases: each test has one of its own. */
beforeEach(async () => {
  ({ key, id: integrationId } = await world.integration("opsgenie"));
});

/** Over the network, and the path as it is written here: what a client does not escape must arrive unescaped. */
function ask(method: Method, path: string, body?: unknown, headers: Record<string, string> = genie()): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  return new Promise((done, failed) => {
    const length = text === "" ? {} : { "content-length": String(Buffer.byteLength(text)) };
    const asking = request({ method, hostname, port, path, headers: { ...headers, ...length } }, (answer) => {
      let said = "";
      answer.on("data", (chunk: Buffer) => {
        said += chunk.toString();
      });
      answer.on("end", () =>
        done({ status: answer.statusCode ?? 0, headers: answer.headers, text: said, body: JSON.parse(said) }),
      );
    });
    asking.on("error", failed);
    asking.end(text);
  });
}

const genie = (): Record<string, string> => ({
  authorization: `GenieKey ${key}`,
  "content-type": "application/json; charset=utf-8",
});

/** The result of a write, asked for at once, as Zabbix does. */
async function done(answer: Answer): Promise<Json> {
  assert.equal(answer.status, 202, answer.text);
  assert.equal(answer.body.result, "Request will be processed");
  assert.equal(typeof answer.body.took, "number");
  const asked = await ask("GET", `/v2/alerts/requests/${answer.body.requestId}`);
  assert.equal(asked.status, 200, asked.text);
  assert.equal(asked.body.data.success, asked.body.data.isSuccess);
  assert.equal(asked.body.data.integrationId, integrationId);
  return asked.body.data;
}

const create = async (body: object): Promise<Json> => done(await ask("POST", "/v2/alerts", body));
const byAlias = (alias: string): Promise<Answer> =>
  ask("GET", `/v2/alerts/${encodeURIComponent(alias)}?identifierType=alias`);
const incidentOf = async (alertId: string): Promise<Json> => {
  const [row] = await world.query<{ incident_id: string }>("select incident_id from alerts where id = $1", [alertId]);
  return (await world.api("GET", `/api/v1/incidents/${row?.incident_id}`)).body;
};
const entriesOf = async (id: string): Promise<Json[]> =>
  (await world.api("GET", `/api/v1/incidents/${id}/timeline`)).body.data;

test("A5 GET /v2/alerts/requests/{requestId} tells the truth at once, and says what it is about", async () => {
  const made = await create({ message: "Disk full", alias: "one" });
  assert.deepEqual([made.success, made.action, made.status, made.alias], [true, "Create", "Created alert", "one"]);
  const { data } = (await byAlias("one")).body;
  assert.equal(made.alertId, data.id);
  const vain = await done(await ask("POST", "/v2/alerts/none/close?identifierType=alias", {}));
  assert.deepEqual([vain.success, vain.status], [false, "Alert does not exist"]);
  const closed = await done(await ask("POST", `/v2/alerts/${data.id}/close`, {}));
  assert.deepEqual([closed.success, closed.status], [true, "Closed alert"]);
  const again = await done(await ask("POST", `/v2/alerts/${data.id}/close`, {}));
  assert.deepEqual([again.success, again.status], [false, "Alert is already closed"]);
});

test("A5 a request that was never made is 404, without the header that says to ask again", async () => {
  for (const id of ["43a29c5c-3dbf-4fa4-9c26-4f4f71023120", "43a29c5c"]) {
    const answer = await ask("GET", `/v2/alerts/requests/${id}`);
    assert.equal(answer.status, 404);
    assert.equal(answer.headers["x-opsgenie-errortype"], undefined);
  }
});

test("A5 results are kept in the database: another node answers alike, another integration's key sees nothing", async () => {
  const { body } = await ask("POST", "/v2/alerts", { message: "m", alias: "two-nodes" });
  const log = createLog("warn", { write: () => {} });
  const second = await startDesk({ config: world.config, connection: world.database.app, log });
  await second.http.ready();
  const path = `/v2/alerts/requests/${body.requestId}`;
  const there = await second.http.inject({ method: "GET", url: path, headers: genie() });
  assert.deepEqual(JSON.parse(there.payload).data, (await ask("GET", path)).body.data);
  await second.stop();
  const other = await world.integration("opsgenie");
  assert.equal((await ask("GET", path, undefined, { authorization: `GenieKey ${other.key}` })).status, 404);
  assert.equal(
    (
      await ask("GET", "/v2/alerts/two-nodes?identifierType=alias", undefined, {
        authorization: `GenieKey ${other.key}`,
      })
    ).status,
    404,
  );
});

test("A5 results are kept for an hour at least, and not for ever", async () => {
  const made = await ask("POST", "/v2/alerts", { message: "m", alias: "kept" });
  const after = async (hours: number): Promise<number> => {
    const { clock } = world.desk;
    const later = { ...clock, now: () => clock.now() + hours * 3_600_000 };
    for (const [, run] of upkeepTasks({
      pool: world.desk.pools.reading,
      clock: later,
      log: createLog("error"),
      besides: [],
    }))
      await run();
    return (await ask("GET", `/v2/alerts/requests/${made.body.requestId}`)).status;
  };
  assert.deepEqual([await after(1.1), await after(25)], [200, 404]);
});

test("A5 no key is 401, a wrong one 403, one that is none 422, always with a JSON object and its request", async () => {
  const cases = [
    [{}, 401],
    [{ authorization: "Basic eDp5" }, 401],
    [{ authorization: `GenieKey ${"0".repeat(32)}` }, 403],
    [{ authorization: "GenieKey 11111111-2222-3333-4444-555555555555" }, 403],
    [{ authorization: "GenieKey not/a/key" }, 422],
  ] as const;
  for (const [headers, status] of cases)
    for (const [method, path] of [
      ["POST", "/v2/alerts"],
      ["GET", "/v2/alerts/x/y?identifierType=alias"],
      ["POST", "/v1/json/prometheus"],
    ] as const) {
      const answer = await ask(method, path, method === "POST" ? { message: "m" } : undefined, headers);
      assert.equal(answer.status, status, `${method} ${path} ${JSON.stringify(headers)}`);
      assert.equal(typeof answer.body.message, "string");
      assert.equal(typeof answer.body.requestId, "string");
    }
  for (const [headers, more] of [
    [{ authorization: `Bearer ${key}` }, ""],
    [{ authorization: `geniekey ${key}` }, ""],
    [{}, `?apiKey=${key}`],
  ] as const)
    assert.equal((await ask("POST", `/v2/alerts${more}`, { message: "m", alias: "a" }, headers)).status, 202);
  assert.ok(!world.logs.some((line) => line.includes(key)), "a key in the query stays out of the log");
});

test("A5 the headers that opsgenie-go-sdk reads are there, on errors too", async () => {
  for (const answer of [
    await ask("POST", "/v2/alerts", { message: "m" }),
    await ask("GET", "/v2/alerts/none"),
    await ask("GET", "/v2/alerts", undefined, {}),
  ]) {
    assert.equal(answer.headers["x-request-id"], answer.body.requestId);
    assert.match(String(answer.headers["x-response-time"]), /^\d+(\.\d+)?$/);
    assert.equal(answer.headers["x-ratelimit-state"], "OK");
    assert.ok(answer.headers["x-ratelimit-reason"] && answer.headers["x-ratelimit-period-in-sec"]);
  }
});

test("A5 a message is required, and 422 says so by field; a body that is no JSON is 400, an empty one too (A1.7)", async () => {
  const empty = await ask("POST", "/v2/alerts", { message: "" });
  assert.equal(empty.status, 422);
  assert.deepEqual(empty.body.errors, { message: "Message can not be empty." });
  for (const body of ["", "{", "not json"]) assert.equal((await ask("POST", "/v2/alerts", body)).status, 400, body);
  assert.equal((await ask("POST", "/v2/alerts/", [])).status, 422);
});

test("A5 dedup: a repeat counts, its message is not taken; after a close the same alias is another alert", async () => {
  const first = await create({ message: "first", alias: "dedup", priority: "P2" });
  const second = await create({ message: "second", alias: "dedup" });
  assert.equal(second.alertId, first.alertId);
  const { data } = (await byAlias("dedup")).body;
  assert.deepEqual([data.count, data.message, data.priority, data.status], [2, "first", "P2", "open"]);
  await done(await ask("POST", "/v2/alerts/dedup/close?identifierType=alias", { source: "s" }));
  assert.equal((await byAlias("dedup")).status, 404, "an alias finds what is open");
  assert.equal((await ask("GET", `/v2/alerts/${first.alertId}`)).body.data.status, "closed");
  const third = await create({ message: "third", alias: "dedup" });
  assert.notEqual(third.alertId, first.alertId);
});

test("A5 without an alias, each create is an alert of its own, whose alias is its id", async () => {
  const [one, two] = [await create({ message: "m" }), await create({ message: "m" })];
  assert.notEqual(one.alertId, two.alertId);
  assert.equal(one.alias, one.alertId);
  assert.equal((await byAlias(one.alertId)).body.data.alias, one.alertId);
  await done(await ask("POST", `/v2/alerts/${one.alertId}/close?identifierType=alias`, {}));
  assert.equal((await ask("GET", `/v2/alerts/${one.alertId}`)).body.data.status, "closed");
});

test("A5 found by id, by alias and by tiny id; P1 to P5 propose a priority; tags, responders and details are kept", async () => {
  const sent = captures("go-sdks-opsgenie-pagerduty")[0]?.body;
  const { alertId } = await create(sent);
  const { data } = (await ask("GET", `/v2/alerts/${alertId}`)).body;
  for (const path of [`${data.tinyId}?identifierType=tiny`, "event_573?identifierType=alias"])
    assert.deepEqual((await ask("GET", `/v2/alerts/${path}`)).body.data, data);
  assert.deepEqual(
    [data.message, data.description, data.tags, data.details, data.entity, data.source, data.priority, data.actions],
    ["m", "d", ["a"], { k: "v" }, "e", "s", "P1", ["Restart"]],
  );
  assert.equal(data.responders[1].username, "u@x");
  const incident = await incidentOf(alertId);
  assert.deepEqual([incident.priority, incident.priorityReasons], [1, ["asked-p1"]]);
  assert.ok((await entriesOf(incident.id)).some((one) => one.type === "observation.noted" && one.data.text === "n"));
  const four = await create({ message: "low", priority: "P4" });
  assert.equal((await incidentOf(four.alertId)).priority, 4);
});

test("A1.10 an alias with slashes, blanks and any script is found whether its client escapes it or not", async () => {
  const alias = "event 573/é/close";
  const { alertId } = await create({ message: "m", alias });
  for (const path of ["event%20573/%C3%A9/close", "event%20573%2F%C3%A9%2Fclose"])
    assert.equal((await ask("GET", `/v2/alerts/${path}?identifierType=alias`)).body.data.id, alertId, path);
  await done(await ask("POST", "/v2/alerts/event%20573/%C3%A9/close/notes/?identifierType=alias", { note: "n" }));
  assert.equal((await byAlias(alias)).body.data.status, "open", "a note at an alias that ends like an action");
  const closed = await done(await ask("POST", "/v2/alerts/event%20573/%C3%A9/close/close?identifierType=alias", {}));
  assert.equal(closed.alertId, alertId);
  const web = await create({ message: "m", alias: "http://db1/x" });
  const found = await ask("GET", "/in/acme/v2/alerts/http://db1/x?identifierType=alias");
  assert.equal(found.body.data.id, web.alertId, "two slashes are two slashes");
  const long = "é".repeat(512);
  const kept = await create({ message: "m", alias: long });
  const again = await byAlias(long);
  assert.deepEqual([again.body.data.id, again.body.data.alias], [kept.alertId, long]);
});

test("A5 an acknowledgement by somebody we know accepts in their name; by anybody else it only stops the calls", async () => {
  const ana = await world.person("Ana Ops", 3);
  const { alertId } = await create({ message: "m", alias: "acked" });
  const body = { user: ana.email.toUpperCase(), note: "on it" };
  assert.ok((await done(await ask("POST", "/v2/alerts/acked/acknowledge/?identifierType=alias", body))).success);
  const incident = await incidentOf(alertId);
  assert.equal(incident.acceptedBy.id, ana.id);
  assert.equal(incident.paging.status, "stopped");
  const { data } = (await byAlias("acked")).body;
  assert.deepEqual([data.acknowledged, data.owner], [true, ana.email]);
  const again = await done(await ask("POST", "/v2/alerts/acked/acknowledge?identifierType=alias", body));
  assert.deepEqual([again.success, again.status], [false, "Alert is already acknowledged"]);
  const other = await create({ message: "m", alias: "unknown-person" });
  await done(await ask("POST", `/v2/alerts/${other.alertId}/acknowledge`, { user: "somebody@else" }));
  const after = await incidentOf(other.alertId);
  assert.deepEqual([after.acceptedBy, after.paging.status], [null, "stopped"]);
  await done(await ask("POST", `/v2/alerts/${other.alertId}/unacknowledge`, {}));
  assert.equal((await incidentOf(other.alertId)).paging.status, "running");
  assert.equal((await ask("GET", `/v2/alerts/${other.alertId}`)).body.data.acknowledged, false);
});

test("A5 Alertmanager's PUT of message and description after every create changes the alert, and never fills the record", async () => {
  const sent = captures("alertmanager-0.25-webhook-pd-opsgenie").filter((one) => one.url.startsWith("/og/"));
  const replay = async (capture: Capture): Promise<Json> =>
    done(await ask(capture.method, capture.url.replace("/og/", "/in/og/"), capture.body));
  const [first, message, description, close] = sent;
  assert.ok(first && message && description && close);
  const { alertId } = await replay(first);
  const incident = await incidentOf(alertId);
  const { length } = await entriesOf(incident.id);
  for (let round = 0; round < 3; round++) {
    await replay(first);
    await replay({ ...message, body: { message: `[FIRING:${round}] DiskFull` } });
    assert.ok((await replay(description)).success);
  }
  assert.equal((await entriesOf(incident.id)).length, length, "no entry more");
  const [shown] = (await world.api("GET", `/api/v1/incidents/${incident.id}/alerts`)).body.data;
  assert.deepEqual([shown.title, shown.count], ["[FIRING:2] DiskFull", 4]);
  assert.equal(shown.details.description, description.body.description.replaceAll("\r", ""));
  await replay(close);
  assert.equal((await incidentOf(alertId)).stage, "restored");
});

test("A5 tags and details are added and removed, in the way of either SDK; a priority changed proposes another", async () => {
  const { alertId } = await create({ message: "m", alias: "tags", tags: ["a", " c"] });
  const at = (rest: string): string => `/v2/alerts/tags/${rest}${rest.includes("?") ? "&" : "?"}identifierType=alias`;
  const tags = async (): Promise<string[]> => (await byAlias("tags")).body.data.tags;
  await done(await ask("POST", at("tags"), { IdentifierType: 1, tags: ["x", "y", "z", "a"] }));
  assert.deepEqual(await tags(), ["a", " c", "x", "y", "z"]);
  await done(await ask("DELETE", at("tags?tags=x%2Cy")));
  await done(await ask("DELETE", at("tags/?tags=z&tags=a&user=u")));
  assert.deepEqual(await tags(), [" c"]);
  await done(await ask("POST", at("details"), { details: { a: "b", c: "d" } }));
  await done(await ask("DELETE", at("details?keys=c")));
  assert.deepEqual((await byAlias("tags")).body.data.details, { a: "b" });
  await done(await ask("PUT", at("priority"), { priority: "P1" }));
  assert.equal((await byAlias("tags")).body.data.priority, "P1");
  assert.equal((await incidentOf(alertId)).priority, 1);
  assert.equal((await ask("PUT", at("priority"), { priority: "P7" })).status, 422);
});

test("A5 lists and counts speak the search language, page, and say what they do not understand", async () => {
  for (const [alias, priority] of [
    ["p1", "P1"],
    ["p2", "P2"],
    ["shut", "P1"],
  ])
    await create({ message: `Disk 100%_full of ${alias}`, alias, priority, tags: [`tag-${alias}`], entity: "db" });
  await done(await ask("POST", "/v2/alerts/shut/close?identifierType=alias", {}));
  await done(await ask("POST", "/v2/alerts/p2/acknowledge?identifierType=alias", {}));
  const found = async (query: string, more = ""): Promise<string[]> => {
    const answer = await ask("GET", `/v2/alerts/?query=${encodeURIComponent(query)}${more}`);
    assert.equal(answer.status, 200, answer.text);
    return answer.body.data.map((one: Json) => one.alias);
  };
  assert.deepEqual(await found(""), ["shut", "p2", "p1"]);
  assert.deepEqual(await found("status: open AND priority: P1"), ["p1"]);
  assert.deepEqual(await found("status:open", "&sort=createdAt&order=asc"), ["p1", "p2"]);
  assert.deepEqual(await found("status: closed OR tag: tag-p1"), ["shut", "p1"]);
  assert.deepEqual(await found("acknowledged: true"), ["p2"]);
  assert.deepEqual(await found("NOT alias: p* AND entity: DB"), ["shut"]);
  assert.deepEqual(await found('message: "100%_full" createdAt > 1470394841148 count: 1'), ["shut", "p2", "p1"]);
  assert.deepEqual(await found("message: 100x"), [], "no wildcard of ours");
  assert.deepEqual(await found("", "&limit=1&offset=1"), ["p2"]);
  const page = (await ask("GET", "/v2/alerts?limit=1&offset=1")).body.paging;
  for (const name of ["first", "prev", "next", "last"])
    assert.ok(page[name].startsWith(`${world.config.url}/v2/`), name);
  const next = new URL(page.next);
  assert.equal((await ask("GET", `${next.pathname}${next.search}`)).body.data[0].alias, "p1");
  assert.equal((await ask("GET", "/v2/alerts/count?query=status%3A+open")).body.data.count, 2);
  for (const path of ["/v2/alerts?query=nonsense%3Ax", "/v2/alerts/count?query=(", "/v2/alerts?offset=20000"])
    assert.equal((await ask("GET", path)).status, 422, path);
});

test("what opsgenie-go-sdk and opsgenie-sdk really sent is taken, or told apart as not served, never with a false 2xx", async () => {
  const all = ["go-sdks-opsgenie-pagerduty", "npm-pdjs-nodepagerduty-opsgeniesdk-and-am-pdv1"]
    .flatMap(captures)
    .filter((one) => /^\/v[12]\//.test(one.url) && !/enqueue/.test(one.url));
  const unserved = /\/(snooze|assign|escalate|logs)\b|GET .*\/notes\b|DELETE \/v2\/alerts\/[^/]+\?/;
  const absent = /\/v2\/schedules|\/v2\/heartbeats\/hb$|\/v1\/incidents|\/requests\/|GET \/v2\/alerts\/event/;
  let taken = 0;
  for (const { method, url: path, body } of all) {
    const answer = await ask(method, path, body === "" ? undefined : body);
    const what = `${method} ${path}`;
    if (unserved.test(what))
      assert.deepEqual([answer.status, /not served/.test(answer.body.message)], [404, true], what);
    else if (/GET \/v2\/alerts\/event_573\?/.test(what)) assert.equal(answer.status, 200, what);
    else if (absent.test(what)) assert.equal(answer.status, 404, what);
    else {
      assert.equal(answer.status, method === "GET" && !path.endsWith("/ping") ? 200 : 202, `${what}: ${answer.text}`);
      taken += 1;
    }
    assert.equal(typeof answer.body.message === "string" || answer.status < 300, true, what);
  }
  assert.ok(taken >= 15, `${taken}`);
});

test("A1.3, A1.6: a trailing slash is the same door; another method, or too much, is a JSON object in their form", async () => {
  assert.equal((await ask("POST", "/v2/alerts/", { message: "m" })).status, 202);
  const wrong = await ask("DELETE", "/v2/alerts");
  assert.deepEqual([wrong.status, typeof wrong.body.requestId, wrong.body.errors], [405, "string", undefined]);
  const large = await ask("POST", "/v2/alerts", { message: "m", description: "x".repeat(600_000) });
  assert.deepEqual([large.status, typeof large.body.message, large.body.errors], [413, "string", undefined]);
  const [raised] = await world.query<{ n: number }>(
    "select count(*)::int as n from alerts where key = 'tocsin/oversized-body' and integration_id = $1",
    [integrationId],
  );
  assert.equal(raised?.n, 1);
});

test("A5 the webhooks of its integrations answer 200, and their alerts are found by the API", async () => {
  const prometheus = captures("alertmanager-0.25-webhook-pd-opsgenie").find((one) => one.url === "/hook/plain")?.body;
  const netdata = { host: "n1", chart: "disk._", name: "disk_space", status: "CRITICAL", info: "full", value: 99 };
  for (const [path, body] of [
    [`/v1/json/prometheus?apiKey=${key}`, prometheus],
    [`/v1/json/integrations/webhooks/netdata?apiKey=${key}`, netdata],
    [`/in/acme/v1/json/datadog/?apiKey=${key}`, { title: "CPU", id: "7", nested: { kept: true } }],
  ] as const) {
    const answer = await ask("POST", path, body, {});
    assert.deepEqual([answer.status, answer.body.result], [200, "Request will be processed"], path);
  }
  const { data } = (await ask("GET", "/v2/alerts?query=status%3Aopen")).body;
  assert.equal(data.length, 4);
  assert.ok(data.some((one: Json) => one.alias === "n1/disk._/disk_space" && one.priority === "P1"));
  const cpu = data.find((one: Json) => one.alias === "7");
  const [alert] = (await world.api("GET", `/api/v1/incidents/${(await incidentOf(cpu.id)).id}/alerts`)).body.data;
  assert.deepEqual(alert.details.nested, { kept: true });
  await ask("POST", `/v1/json/netdata?apiKey=${key}`, { ...netdata, status: "CLEAR" }, {});
  assert.equal((await ask("GET", "/v2/alerts/count?query=status%3Aopen")).body.data.count, 3);
  for (const body of ["", "{"])
    assert.equal((await ask("POST", `/v1/json/datadog?apiKey=${key}`, body, {})).status, 400);
  assert.equal((await ask("POST", `/v1/json/datadog?apiKey=${key}`, "3", {})).status, 422);
});

test("A5 Grafana's contact point: details of any JSON, tags k:v, an alias of 64 digits, and a close that only says its source", async () => {
  const alias = "c6eadffa33fcdf37".repeat(4);
  const details = { url: "https://grafana.example/x", value: 91.5, nested: { a: [1] } };
  const body = { message: "[FIRING:1] Disk", alias, description: "", details, tags: ["team:blue"], priority: "P3" };
  const { alertId } = await create({ ...body, source: "Grafana" });
  assert.deepEqual((await byAlias(alias)).body.data.details, details);
  await done(await ask("POST", `/v2/alerts/${alias}/close?identifierType=alias`, { source: "Grafana" }));
  assert.equal((await incidentOf(alertId)).stage, "restored");
});

test("a heartbeat of Opsgenie's API that stays silent raises its own alert, with its message and priority", async () => {
  const world = await startWorld({ mail: false });
  const { key } = await world.integration("opsgenie");
  const headers = { authorization: `GenieKey ${key}` };
  const ask = (method: Method, path: string, body?: unknown) =>
    world.api(method, `/v2/heartbeats${path}`, body, { token: null, headers });
  const made = { name: "hb", interval: 10, intervalUnit: "minutes", alertMessage: "No backup", alertPriority: "P1" };
  const created = await ask("POST", "", made);
  assert.deepEqual([created.status, created.body.data.expired], [201, false]);
  assert.equal((await ask("POST", "/", made)).status, 422, "one of a name");
  for (const method of ["GET", "POST", "PUT", "PATCH"] as const) {
    const ponged = await ask(method, "/hb/ping");
    assert.deepEqual([ponged.status, ponged.body.result], [202, "PONG - Heartbeat received"]);
  }
  await world.advance(9);
  assert.equal((await ask("GET", "/hb")).body.data.expired, false);
  await world.advance(2);
  assert.equal((await ask("GET", "/hb")).body.data.expired, true);
  const [alert] = (await world.api("GET", "/api/v1/alerts")).body.data;
  assert.deepEqual([alert.title, alert.severity, alert.status], ["No backup", "critical", "open"]);
  await ask("GET", "/hb/ping");
  assert.equal((await world.api("GET", "/api/v1/alerts")).body.data[0].status, "resolved");
  assert.equal((await ask("GET", "/nobody/ping")).status, 202);
  assert.equal((await ask("GET", "/nobody")).status, 404);
  assert.equal((await ask("POST", "/hb")).status, 404);
  assert.equal((await world.api("GET", "/v2/heartbeats", undefined, { token: null })).status, 401);
  const other = await world.integration("opsgenie", { name: "another" });
  const theirs = { token: null, headers: { authorization: `GenieKey ${other.key}` } };
  assert.deepEqual((await world.api("GET", "/v2/heartbeats", undefined, theirs)).body.data.heartbeats, []);
  await world.stop();
});
