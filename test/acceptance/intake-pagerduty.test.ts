/** What the clients of other products depend on, line by line of our compatibility notes, with what those clients really
 *  sent, against the running server. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { before, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, type Json, pagerDutyEvent, startWorld, type TestWorld } from "./world.ts";

type Capture = { n: number; method: string; url: string; rawHeaders: string[]; body: Json };

const captures = (name: string): Capture[] =>
  readFileSync(join(import.meta.dirname, "..", "fixtures", "captures", `${name}.jsonl`), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

const amCaptures = captures("alertmanager-0.25-webhook-pd-opsgenie");
const pdOfAlertmanager = amCaptures.filter((one) => one.url.endsWith("/v2/enqueue"));

let world: TestWorld;
let key: string;
let url: string;

before(async () => {
  world = await startWorld({ mail: false, shared: true });
  url = await world.listen();
});
/* A storm is an integration's: each test has one of its own. */
beforeEach(async () => {
  ({ key } = await world.integration("pagerduty"));
});

const enqueue = (body: unknown, path = "/v2/enqueue", headers: Record<string, string> = {}): Promise<Answer> =>
  world.knock(path, body, headers);
const event = (dedupKey: string, changes: object = {}): object => pagerDutyEvent(key, dedupKey, changes);
const countIncidents = async (): Promise<number> =>
  Number((await world.query<{ n: number }>("select count(*)::int as n from incidents"))[0]?.n);
const newest = async (): Promise<Json> => (await world.api("GET", "/api/v1/incidents?limit=1")).body.data[0];
const alertsOf = async (id: string): Promise<Json[]> =>
  (await world.api("GET", `/api/v1/incidents/${id}/alerts`)).body.data;

function accepted(answer: Answer, dedupKey?: string): void {
  assert.equal(answer.status, 202, answer.text);
  assert.equal(answer.body.status, "success");
  assert.equal(answer.body.message, "Event processed");
  assert.equal(typeof answer.body.dedup_key, "string");
  if (dedupKey !== undefined) assert.equal(answer.body.dedup_key, dedupKey);
  assert.match(String(answer.headers["content-type"]), /^application\/json/);
}

function isJsonError(answer: Answer, status: number): void {
  assert.equal(answer.status, status, answer.text);
  assert.match(String(answer.headers["content-type"]), /^application\/(problem\+)?json/);
  assert.equal(typeof answer.body, "object", "an object body");
  assert.ok(answer.text.length > 2);
}

test("A1.1 the doors are at the root of the host, and the same under /in/ and any one segment", async () => {
  accepted(await enqueue(event("root")), "root");
  accepted(await enqueue(event("prefixed"), "/in/acme/v2/enqueue"), "prefixed");
  isJsonError(await enqueue(event("deeper"), "/in/a/b/v2/enqueue"), 404);
  isJsonError(await enqueue(event("other"), "/other/v2/enqueue"), 404);
  for (const path of ["/-/healthy", "/-/ready", "/in/acme/-/healthy"])
    assert.equal((await world.api("GET", path, undefined, { token: null })).status, 200);
});

test("A1.3 a trailing slash is the same door, and never a redirection", async () => {
  accepted(await enqueue(event("slash"), "/v2/enqueue/"));
  accepted(await enqueue(event("slash-prefixed"), "/in/acme/v2/enqueue/"));
});

test("A1.4 a wrong content type is read as JSON all the same", async () => {
  for (const type of ["application/x-www-form-urlencoded", "text/plain", "application/octet-stream", "nonsense"])
    accepted(await enqueue(event(`type-${type}`), "/v2/enqueue", { "content-type": type }));
});

test("A1.5 unknown fields are ignored everywhere", async () => {
  accepted(await enqueue(event("unknown", { IdentifierType: 1, class: "", responders: [{ name: "t" }] })));
  const amV1 = { event_action: "trigger", payload: { summary: "s", source: "x", severity: "error", extra: null } };
  accepted(await enqueue({ routing_key: key, ...amV1 }));
});

test("A1.6 every error is a JSON object: unknown path, wrong method, too large, wrong key, malformed HTTP", async () => {
  isJsonError(await enqueue(event("x"), "/v2/nothing"), 404);
  isJsonError(await world.api("GET", "/v2/enqueue", undefined, { token: null }), 405);
  isJsonError(await world.api("DELETE", "/v2/enqueue", undefined, { token: null }), 405);
  isJsonError(await world.api("GET", "/%E0%A4%A", undefined, { token: null }), 400);
  isJsonError(await enqueue(pagerDutyEvent("0".repeat(32), "x")), 400);
  isJsonError(await enqueue("{"), 400);
  isJsonError(
    await world.api("POST", "/api/v1/reports", "<x/>", { token: null, headers: { "content-type": "text/xml" } }),
    415,
  );
  const raw = await speak("NOT HTTP AT ALL\r\n\r\n");
  assert.match(raw, /^HTTP\/1\.1 400 /);
  assert.match(raw, /content-type: application\/(problem\+)?json/i);
  const [, body = ""] = raw.split("\r\n\r\n");
  assert.equal(typeof JSON.parse(body), "object");
  const long = await speak(`GET /${"x".repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`);
  assert.match(long, /^HTTP\/1\.1 4\d\d /);
  assert.equal(typeof JSON.parse(long.split("\r\n\r\n")[1] ?? ""), "object");
  for (const bytes of [3_000_000, 600_000]) {
    const incidents = await countIncidents();
    const payload = { summary: "s", source: "x", severity: "info", custom_details: "x".repeat(bytes) };
    isJsonError(await overNetwork("/v2/enqueue", JSON.stringify(event("large", { payload }))), 413);
    assert.equal(await countIncidents(), incidents + (bytes === 3_000_000 ? 1 : 0), "it raises one alert in all");
  }
});

test("A1.7 an empty body is refused with 400 and never taken for an event", async () => {
  const before = await countIncidents();
  for (const capture of captures("go-pagerduty-retry-empty-body")) {
    if (capture.body !== "") continue;
    const answer = await enqueue("", capture.url, { "content-type": "application/json" });
    isJsonError(answer, 400);
    assert.ok(Array.isArray(answer.body.errors));
  }
  isJsonError(await overNetwork("/v2/enqueue"), 400);
  assert.equal(await countIncidents(), before);
});

test("A1.8 the success codes are exact, and the body names the key", async () => {
  accepted(await enqueue(event("exact")), "exact");
  for (const event_action of ["acknowledge", "resolve"])
    accepted(await enqueue({ routing_key: key, event_action, dedup_key: "exact" }), "exact");
  const generated = [
    await enqueue(event("none", { dedup_key: undefined })),
    await enqueue(event("none", { dedup_key: "" })),
  ];
  for (const answer of generated) {
    accepted(answer);
    assert.ok(answer.body.dedup_key.length >= 16);
  }
  assert.equal(new Set(generated.map((one) => one.body.dedup_key)).size, 2, "each is an alert of its own");
  const others = [await world.integration("alertmanager"), await world.integration("generic")];
  assert.equal((await world.knock(`/alertmanager/${others[0]?.key}/webhook`, { alerts: [] })).status, 200);
  assert.equal((await world.knock(`/events/${others[1]?.key}`, { title: "t" })).status, 202);
});

test("A1.9 nothing is asked in a header: any authorization beside a good key is ignored", async () => {
  for (const authorization of ["Token token=abc", "Bearer abc", "Basic YTpi", "GenieKey abc", "nonsense"]) {
    accepted(await enqueue(event("header"), "/v2/enqueue", { authorization, cookie: "a=b" }));
    const made = await world.integration("alertmanager", { name: `for ${authorization}` });
    const answer = await world.knock(`/alertmanager/${made.key}/webhook`, { alerts: [] }, { authorization });
    assert.equal(answer.status, 200, authorization);
  }
});

test("A1.10 what is an identifier may hold a slash, a space or an accent: whole in a key, and no fault in an address", async () => {
  const keys = ["event 573/é", "a%2Fb", "?x=1#y", "\u{1f4a5}"];
  for (const dedupKey of keys) accepted(await enqueue(event(dedupKey)), dedupKey);
  const kept = await world.query<{ key: string }>("select key from alerts where key = any($1)", [keys]);
  assert.deepEqual(kept.map((one) => one.key).sort(), keys.toSorted());
  for (const dedupKey of keys)
    accepted(await enqueue({ routing_key: key, event_action: "resolve", dedup_key: dedupKey }), dedupKey);
  const [open] = await world.query<{ n: number }>(
    "select count(*)::int as n from alerts where key = any($1) and status = 'open'",
    [keys],
  );
  assert.equal(open?.n, 0);
  for (const path of [
    "/v2/alerts/event%20573/%C3%A9?identifierType=alias",
    "/v2/alerts/a%2Fb/close/",
    "/events/%E0%A4",
  ])
    for (const method of ["GET", "POST"] as const) {
      const answer = await world.api(method, path, method === "GET" ? undefined : {}, { token: null });
      isJsonError(answer, answer.status);
      assert.ok(answer.status >= 400 && answer.status < 500, `${path}: ${answer.status}`);
    }
});

test("A1.11 times of every shape are taken, and garbage is replaced by the time of receipt, with a warning", async () => {
  const shapes: readonly (readonly [string | undefined, string | null, boolean])[] = [
    ["2026-10-22T06:37:47.949324892Z", "2026-10-22T06:37:47.949Z", false],
    ["2015-07-17T08:42:58.315+0000", "2015-07-17T08:42:58.315Z", false],
    ["2026-10-22T06:00:00+02:00", "2026-10-22T04:00:00.000Z", false],
    ["2026-10-22T06:00:00.000", null, true],
    ["yesterday", null, true],
    ["", null, false],
    [undefined, null, false],
  ];
  for (const [index, [timestamp, startsAt, warned]] of shapes.entries()) {
    const { key: mine, id } = await world.integration("pagerduty", { name: `clock ${index}` });
    const payload = { summary: "t", source: "s", severity: "info", timestamp };
    const before = world.desk.clock.now();
    accepted(await enqueue(pagerDutyEvent(mine, "time", { payload })));
    const [alert] = await world.query<{ starts_at: number | null; opened_at: number }>(
      "select starts_at, opened_at from alerts where integration_id = $1",
      [id],
    );
    const kept = alert?.starts_at ?? null;
    assert.equal(kept === null ? null : new Date(kept).toISOString(), startsAt, String(timestamp));
    assert.ok((alert?.opened_at ?? 0) >= before, "it opens when it is received");
    const [log] = (await seenBy(id)).filter((one) => one.outcome === "accepted");
    assert.equal(log.warnings.length, warned ? 1 : 0, String(timestamp));
  }
});

/** What is shown beside an integration; written a moment later. */
async function seenBy(id: string): Promise<Json[]> {
  for (;;) {
    const { data } = (await world.api("GET", `/api/v1/integrations/${id}/events`)).body;
    if (data.length > 0) return data;
    await sleep(50);
  }
}

test("A3 what Alertmanager, go-pagerduty and pdjs really sent is taken: trigger, then resolve", async () => {
  assert.ok(pdOfAlertmanager.length >= 2);
  const all = [
    ...pdOfAlertmanager,
    ...["go-sdks-opsgenie-pagerduty", "npm-pdjs-nodepagerduty-opsgeniesdk-and-am-pdv1"].flatMap((name) =>
      captures(name).filter((one) => one.method === "POST" && one.url.endsWith("/v2/enqueue")),
    ),
  ];
  for (const capture of all) {
    const headers: Record<string, string> = {};
    for (let index = 0; index < capture.rawHeaders.length; index += 2)
      headers[(capture.rawHeaders[index] ?? "").toLowerCase()] = capture.rawHeaders[index + 1] ?? "";
    delete headers["content-length"];
    delete headers["transfer-encoding"];
    const body = typeof capture.body === "string" ? JSON.parse(capture.body) : capture.body;
    accepted(await enqueue({ ...body, routing_key: key }, "/v2/enqueue", headers), body.dedup_key);
  }
  const resolved = pdOfAlertmanager.find((one) => one.body.event_action === "resolve");
  assert.ok(resolved, "a resolve was captured");
});

test("A3 one key is one alert: a second trigger adds nothing, a resolve ends it, a trigger after it is another", async () => {
  const before = await countIncidents();
  accepted(await enqueue(event("one-key")));
  accepted(await enqueue(event("one-key")));
  assert.equal(await countIncidents(), before + 1);
  const first = await newest();
  assert.equal((await alertsOf(first.id))[0]?.count, 2);
  accepted(await enqueue({ routing_key: key, event_action: "resolve", dedup_key: "one-key" }));
  assert.equal((await world.api("GET", `/api/v1/incidents/${first.id}`)).body.alerts.open, 0);
  accepted(await enqueue(event("one-key")));
  const alerts = await world.query<{ n: number }>("select count(*)::int as n from alerts where key = 'one-key'");
  assert.equal(alerts[0]?.n, 2);
});

test("A3 an acknowledge or a resolve of what is not open is taken and changes nothing", async () => {
  const before = await countIncidents();
  for (const event_action of ["acknowledge", "resolve"])
    accepted(await enqueue({ routing_key: key, event_action, dedup_key: "never-opened" }), "never-opened");
  assert.equal(await countIncidents(), before);
});

test("A3 an acknowledge at the source stops paging and is recorded as the source's", async () => {
  accepted(await enqueue(event("acked")));
  const { id } = await newest();
  accepted(await enqueue({ routing_key: key, event_action: "acknowledge", dedup_key: "acked" }));
  const incident = (await world.api("GET", `/api/v1/incidents/${id}`)).body;
  assert.equal(incident.paging.status, "stopped");
  assert.equal(incident.acceptedBy, null, "it names nobody we know");
  const [sources] = (await world.api("GET", `/api/v1/incidents/${id}/timeline`)).body.data.filter(
    (one: Json) => one.type === "alert.acknowledged",
  );
  assert.equal(sources.actor.kind, "integration");
  accepted(await enqueue(event("acked")));
  const again = (await world.api("GET", `/api/v1/incidents/${id}`)).body;
  assert.equal(again.paging.status, "stopped", "A3: what fires again over an acknowledgement calls nobody");
});

test("A3 a key is scoped to its integration", async () => {
  const other = await world.integration("pagerduty");
  accepted(await enqueue(event("scoped")));
  const { id } = await newest();
  accepted(await enqueue({ routing_key: other.key, event_action: "resolve", dedup_key: "scoped" }));
  assert.equal((await world.api("GET", `/api/v1/incidents/${id}`)).body.alerts.open, 1);
});

test("A3 what is missing is said in an array of sentences", async () => {
  const answer = await enqueue({ routing_key: key, event_action: "trigger", payload: { summary: "" } });
  isJsonError(answer, 400);
  assert.equal(answer.body.status, "invalid event");
  assert.ok(answer.body.errors.length >= 2);
  for (const error of answer.body.errors) assert.equal(typeof error, "string");
  isJsonError(await enqueue({ event_action: "trigger" }), 400);
});

test("A3 a string where an object is expected in custom_details is kept", async () => {
  const payload = { summary: "wrapped", source: "s", severity: "INFO", custom_details: "a string" };
  accepted(await enqueue(event("wrapped", { payload })));
  const [alert] = await alertsOf((await newest()).id);
  assert.deepEqual(alert?.details.custom_details, { custom: "a string" });
});

function speak(text: string): Promise<string> {
  return new Promise((done, failed) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let said = "";
    socket.on("data", (chunk) => {
      said += chunk.toString();
    });
    socket.on("end", () => done(said));
    socket.on("error", failed);
  });
}

/** Without a body, as a client that has already read its buffer sends it. */
function overNetwork(path: string, body = ""): Promise<Answer> {
  return new Promise((done, failed) => {
    const asking = request(`${url}${path}`, { method: "POST" }, (answer) => {
      let text = "";
      answer.on("data", (chunk: Buffer) => {
        text += chunk.toString();
      });
      answer.on("end", () =>
        done({ status: answer.statusCode ?? 0, headers: answer.headers, text, body: JSON.parse(text) }),
      );
    });
    asking.on("error", failed);
    asking.end(body);
  });
}
