/** Grafana's webhook contact point, signed or not, against the running server. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { type Answer, type Json, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;

before(async () => {
  world = await startWorld({ mail: false, shared: true });
});

const newest = async (): Promise<Json> => (await world.api("GET", "/api/v1/incidents?limit=1")).body.data[0];
const grafana = readFileSync(join(import.meta.dirname, "..", "fixtures", "samples", "grafana-webhook.json"));
const secret = "shared by Grafana and Tocsin";
const mac = (text: string | Buffer): string => createHmac("sha256", secret).update(text).digest("hex");

const grafanaWith = (signature: object | null): Promise<Json> =>
  world.integration("alertmanager", { signature }) as Promise<Json>;

async function send(key: string, headers: Record<string, string>, method: "POST" | "PUT" = "POST"): Promise<number> {
  const asked = { token: null, headers: { ...headers, "content-type": "application/json" } };
  return (await world.api(method, `/alertmanager/${key}/webhook`, grafana, asked)).status;
}

test("A8 Grafana's webhook, POST or PUT: each alert by its own status, with its values and links", async () => {
  const { key } = await world.integration("alertmanager");
  assert.equal(await send(key, {}, "PUT"), 200);
  assert.equal(await send(key, {}), 200);
  const { id, title, alerts } = await newest();
  assert.deepEqual([title, alerts.open], ["mem > 90 %", 1]);
  const [alert] = (await world.api("GET", `/api/v1/incidents/${id}/alerts`)).body.data;
  assert.deepEqual(alert.details.values, { B: 44.23943737541908, C: 1 });
  for (const name of ["silenceURL", "dashboardURL", "panelURL", "valueString", "generatorURL"])
    assert.equal(typeof alert.details[name], "string", name);
  assert.equal(alert.details.state, "alerting");
});

test("A8 DatasourceNoData and DatasourceError name the rule that has them", async () => {
  const { key } = await world.integration("alertmanager");
  const body = JSON.parse(grafana.toString());
  for (const [alertname, fingerprint] of [
    ["DatasourceNoData", "00000000000000a1"],
    ["DatasourceError", "00000000000000a2"],
  ]) {
    const alert = { ...body.alerts[0], labels: { alertname, rulename: "Disk of db1" }, annotations: {}, fingerprint };
    const sent = { ...body, groupKey: alertname, alerts: [alert] };
    assert.equal((await world.knock(`/alertmanager/${key}/webhook`, sent)).status, 200);
    assert.equal((await newest()).title, `${alertname} Disk of db1`);
  }
});

test("A8 the signature is the body's HMAC in hexadecimal; without it, or with another, nothing is read", async () => {
  const { id, key, signature } = await grafanaWith({ secret });
  assert.deepEqual(signature, { header: "X-Grafana-Alerting-Signature", timestampHeader: null });
  const name = "x-grafana-alerting-signature";
  assert.equal(await send(key, { [name]: mac(grafana) }), 200);
  assert.equal(await send(key, { [name]: mac(grafana).toUpperCase() }, "PUT"), 200);
  for (const headers of [{}, { [name]: mac("another body") }, { [name]: "not hex" }, { [name]: "" }])
    assert.equal(await send(key, headers as Record<string, string>), 401);
  const pushed = await world.knock("/api/v2/alerts", [], { authorization: `Bearer ${key}` });
  assert.equal(pushed.status, 401, "the other door of the same key asks for a signature that nobody can give there");
  const [row] = await world.query<{ signature: Json }>("select signature from integrations where id = $1", [id]);
  assert.ok(row && !JSON.stringify(row).includes(secret), "sealed at rest");
  const shown = await world.api("GET", "/api/v1/integrations");
  assert.ok(!shown.text.includes(secret) && !shown.text.includes(row.signature.sealed));
  assert.ok(!world.logs.some((line) => line.includes(secret)));
});

test("A8 with a timestamp header the time is signed too, and may be five minutes off", async () => {
  const { key } = await grafanaWith({ secret, header: "X-Sig", timestampHeader: "X-Time" });
  const at = (seconds: number): Record<string, string> => {
    const time = String(Math.floor(world.desk.clock.now() / 1_000) + seconds);
    return { "x-time": time, "x-sig": mac(`${time}:${grafana}`) };
  };
  for (const seconds of [0, -290, 290]) assert.equal(await send(key, at(seconds)), 200, `${seconds}`);
  for (const seconds of [-310, 310]) assert.equal(await send(key, at(seconds)), 401, `${seconds}`);
  assert.equal(await send(key, { ...at(0), "x-time": String(Math.floor(world.desk.clock.now() / 1_000) - 1) }), 401);
  assert.equal(await send(key, { "x-sig": mac(grafana) }), 401);
});

test("a signature is asked for later, changed, and given up; only where a sender signs", async () => {
  const { id, key } = await grafanaWith(null);
  assert.equal(await send(key, {}), 200);
  const change = (signature: object | null): Promise<Answer> =>
    world.api("PATCH", `/api/v1/integrations/${id}`, { signature });
  assert.equal((await change({ secret })).body.signature.header, "X-Grafana-Alerting-Signature");
  assert.equal(await send(key, {}), 401);
  assert.equal((await change(null)).body.signature, null);
  assert.equal(await send(key, {}), 200);
  const wrong = await world.api("POST", "/api/v1/integrations", { kind: "generic", name: "g", signature: { secret } });
  assert.deepEqual([wrong.status, wrong.body.errors[0].pointer], [422, "/signature"]);
  const audited = await world.query<{ data: Json }>("select data from events where stream = $1 order by seq", [
    `integration/${id}`,
  ]);
  assert.deepEqual(audited.map((one) => one.data).slice(1), [{ signed: true }, { signed: false }]);
});
