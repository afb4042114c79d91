/** What the web proposes to paste is true: each snippet is used as it is written, and the desk has its alert. Programs of
 *  other people run theirs in `test/foreign/snippets.test.ts`. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { exampleMapping, type On, type SenderName, senderNames, sendersOf } from "../../web/intake/senders.ts";
import { readCurl, shellWords } from "./shell.ts";
import { type Json, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;

before(async () => {
  world = await startWorld({ mail: false, shared: true });
});

const origin = "https://tocsin.example.org";
const title = "Disque presque plein sur db1: « é ✓ »";
const kinds = ["pagerduty", "opsgenie", "alertmanager", "generic"];

type Plugged = { readonly on: On; readonly snippet: (name: SenderName) => string };

async function plugged(kind: string, more: object = {}): Promise<Plugged> {
  const made: Json = await world.integration(kind, more);
  const on: On = { origin, key: made.key, title, integration: made.id, signature: made.signature };
  const snippet = (name: SenderName): string =>
    sendersOf(kind)
      .find((one) => one.name === name)
      ?.snippet(on) ?? "";
  return { on, snippet };
}

/** As curl would. */
async function curl(command: string, headers: Readonly<Record<string, string>> = {}): Promise<Json> {
  const { method, url, headers: written, body } = readCurl(command);
  assert.equal(url.origin, origin);
  assert.equal(written["content-type"], "application/json");
  const as = { token: null, headers: { ...written, ...headers } };
  const answer = await world.api(method, `${url.pathname}${url.search}`, body, as);
  assert.ok(answer.status >= 200 && answer.status < 300, `${answer.status} ${answer.text}`);
  return answer.body;
}

const alertsOf = async ({ integration }: On): Promise<Json[]> =>
  (await world.api("GET", `/api/v1/alerts?integration=${integration}`)).body.data;

async function hasOne(on: On, wanted = title): Promise<void> {
  const alerts = await alertsOf(on);
  assert.deepEqual(
    alerts.map((one) => [one.title, one.status]),
    [[wanted, "open"]],
  );
}

test("every sender has its address and its snippet, with the key in one of them, and no other kind has any", () => {
  const on: On = { origin, key: "K".repeat(32), title, integration: "I", signature: null };
  const all = kinds.flatMap((kind) => sendersOf(kind));
  assert.deepEqual(all.map((one) => one.name).toSorted(), senderNames.toSorted());
  for (const sender of all) {
    assert.ok(`${sender.address(on)} ${sender.snippet(on)}`.includes(on.key), sender.name);
    assert.ok(sender.snippet(on).includes("tocsin.example.org"), sender.name);
  }
  assert.deepEqual(sendersOf("email"), []);
});

for (const [kind, name] of [
  ["pagerduty", "events-v2"],
  ["pagerduty", "events-v1"],
  ["opsgenie", "alert-api"],
  ["opsgenie", "og-webhook"],
  ["generic", "curl"],
] as const) {
  test(`the curl of ${name}, as it is written, opens an alert of that title`, async () => {
    const { on, snippet } = await plugged(kind);
    await curl(snippet(name));
    await hasOne(on);
  });
}

test("the curl of a change event is kept as a change, and opens nothing", async () => {
  const service = (await world.api("POST", "/api/v1/services", { nameFr: "BD", nameEn: "DB" })).body.id;
  const { on, snippet } = await plugged("pagerduty", { service });
  await curl(snippet("change"));
  const { data } = (await world.api("GET", `/api/v1/changes?service=${service}`)).body;
  assert.deepEqual([data.length, data[0].links.length, (await alertsOf(on)).length], [1, 1, 0]);
});

test("the mapping is written by its first command and read by it in the second", async () => {
  const { on, snippet } = await plugged("generic");
  const [writes = "", sends = ""] = snippet("mapping").split("\n\n");
  await curl(writes, { authorization: `Bearer ${world.admin.token}` });
  const shown = (await world.api("GET", "/api/v1/integrations")).body.data;
  assert.deepEqual(shown.find((one: Json) => one.id === on.integration).mapping, exampleMapping);
  const { events } = await curl(sends);
  assert.deepEqual(events, [{ key: "db1-disk", became: "opened" }]);
  const [alert] = await alertsOf(on);
  assert.deepEqual([alert.title, alert.severity, alert.source], [`disk: ${title}`, "warning", "db1"]);
  const over = sends.replace('"ok": false', '"ok": true');
  assert.deepEqual((await curl(over)).events, [{ key: "db1-disk", became: "resolved" }]);
});

const pathIn = (snippet: string, field: string): string => {
  const [, url = ""] = new RegExp(`${field}: (\\S+)`).exec(snippet) ?? [];
  assert.ok(url.startsWith(`${origin}/`), url);
  return new URL(url).pathname;
};
const sample = (name: string): Buffer =>
  readFileSync(join(import.meta.dirname, "..", "fixtures", "samples", `${name}.json`));
const alert = { status: "firing", labels: { alertname: "A" }, annotations: { summary: title }, fingerprint: "f" };

test("Alertmanager's webhook, its PagerDuty and its Opsgenie are given addresses that take what it sends", async () => {
  const webhook = await plugged("alertmanager");
  await world.knock(pathIn(webhook.snippet("alertmanager"), "url"), { groupKey: "g", alerts: [alert] });
  await hasOne(webhook.on);
  const pagerduty = await plugged("pagerduty");
  const [, routing_key] = /routing_key: (\S+)/.exec(pagerduty.snippet("pd-alertmanager")) ?? [];
  const payload = { summary: title, source: "am", severity: "error" };
  const event = { routing_key, event_action: "trigger", dedup_key: "d", payload };
  await world.knock(pathIn(pagerduty.snippet("pd-alertmanager"), "url"), event);
  await hasOne(pagerduty.on);
  const opsgenie = await plugged("opsgenie");
  const [, genieKey] = /api_key: (\S+)/.exec(opsgenie.snippet("og-alertmanager")) ?? [];
  const base = pathIn(opsgenie.snippet("og-alertmanager"), "api_url");
  await world.knock(`${base}v2/alerts`, { message: title, alias: "d" }, { authorization: `GenieKey ${genieKey}` });
  await hasOne(opsgenie.on);
});

test("Prometheus and amtool are given the base of an Alertmanager API that takes what they push", async () => {
  const prometheus = await plugged("alertmanager");
  const [, prefix = ""] = /path_prefix: (\S+)/.exec(prometheus.snippet("prometheus")) ?? [];
  assert.match(prometheus.snippet("prometheus"), /scheme: https\n.*\n.*\n\s+- targets: \["tocsin\.example\.org"\]$/);
  const pushed = [{ labels: { alertname: "A" }, annotations: { summary: title } }];
  await world.knock(`${prefix}/api/v2/alerts`, pushed);
  await hasOne(prometheus.on);
  const amtool = await plugged("alertmanager");
  const words = shellWords(amtool.snippet("amtool"));
  const url = words.find((word) => word.startsWith("--alertmanager.url="))?.split("=")[1] ?? "";
  const annotation = words.find((word) => word.startsWith("--annotation="))?.replace("--annotation=summary=", "");
  await world.knock(`${new URL(url).pathname}/api/v2/alerts`, [
    { labels: { alertname: words[4] }, annotations: { summary: annotation } },
  ]);
  await hasOne(amtool.on);
});

test("Grafana is given the address of its webhook and, once a signature is asked for, the headers to sign with", async () => {
  const plain = await plugged("alertmanager");
  assert.ok(!plain.snippet("grafana").includes("hmacConfig"));
  await world.knock(pathIn(plain.snippet("grafana"), "url"), sample("grafana-webhook"));
  await hasOne(plain.on, "mem > 90 %");
  const secret = "shared-with-grafana";
  const signed = await plugged("alertmanager", { signature: { secret, header: "X-Sig", timestampHeader: "X-At" } });
  const snippet = signed.snippet("grafana");
  const [, header = ""] = / header: (\S+)/.exec(snippet) ?? [];
  const [, timestampHeader = ""] = /timestampHeader: (\S+)/.exec(snippet) ?? [];
  const body = sample("grafana-webhook");
  const at = String(Math.floor(world.desk.clock.now() / 1_000));
  const mac = createHmac("sha256", secret).update(`${at}:`).update(body).digest("hex");
  const headers = { [header.toLowerCase()]: mac, [timestampHeader.toLowerCase()]: at };
  assert.equal((await world.knock(pathIn(snippet, "url"), body, headers)).status, 200);
  assert.equal((await world.knock(pathIn(snippet, "url"), body)).status, 401);
  await hasOne(signed.on, "mem > 90 %");
});
