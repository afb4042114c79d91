/** Debian's Alertmanager, through each of its receivers that speaks to us: its webhook, PagerDuty v2 and v1, Opsgenie. One
 *  alert fires, then is over; each way the desk has one incident, and the service is said to be back. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { freePort, type Json } from "../acceptance/world.ts";
import { absent, alertsOf, elsewhere, keepRunning, noMounts, type Place, startPlace, until } from "./clients.ts";

const program = "/usr/bin/prometheus-alertmanager";
const skip = absent(program);

type Alerting = { readonly fire: () => Promise<void>; readonly end: () => Promise<void>; readonly stop: () => void };

/** `around`: the words before the program, when it is to be started in a place of its own. */
async function startAlertmanager(place: Place, receiver: object, around: readonly string[] = []): Promise<Alerting> {
  const port = await freePort();
  const config = join(place.home, "alertmanager.yml");
  const route = { receiver: "desk", group_wait: "0s", group_interval: "1s", repeat_interval: "1h" };
  writeFileSync(config, JSON.stringify({ route, receivers: [{ name: "desk", ...receiver }] }));
  const words = [
    `--config.file=${config}`,
    `--storage.path=${join(place.home, "alertmanager")}`,
    `--web.listen-address=127.0.0.1:${port}`,
    "--cluster.listen-address=",
  ];
  const [first = program, ...rest] = [...around, program, ...words];
  const running = keepRunning(first, rest);
  const startsAt = new Date(Date.now() - 60_000).toISOString();
  const post = async (endsAt: string | null): Promise<void> => {
    const alert = {
      labels: { alertname: "DiskFull", severity: "critical", instance: "n1" },
      annotations: { summary: "Größe 99 % ✓" },
      startsAt,
      ...(endsAt !== null && { endsAt }),
    };
    await until("Alertmanager listens", async () => {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify([alert]);
      return (await fetch(`http://127.0.0.1:${port}/api/v2/alerts`, { method: "POST", headers, body })).ok;
    });
  };
  return { fire: () => post(null), end: () => post(new Date(Date.now() - 1_000).toISOString()), stop: running.stop };
}

const incidentsOf = async (place: Place): Promise<Json[]> =>
  (await place.world.api("GET", "/api/v1/incidents")).body.data;

const tls = (place: Place): object => ({ http_config: { tls_config: { ca_file: place.ca } } });

test("its webhook, its PagerDuty v2 and its Opsgenie tell the desk over TLS that an alert fires, then that it is over", {
  skip,
}, async () => {
  const place = await startPlace();
  const { world, url } = place;
  const webhook = await world.integration("alertmanager");
  const pagerduty = await world.integration("pagerduty");
  const opsgenie = await world.integration("opsgenie");
  const alertmanager = await startAlertmanager(place, {
    webhook_configs: [{ url: `${url}/alertmanager/${webhook.key}/webhook`, ...tls(place) }],
    pagerduty_configs: [{ routing_key: pagerduty.key, url: `${url}/v2/enqueue`, ...tls(place) }],
    opsgenie_configs: [
      {
        api_key: opsgenie.key,
        api_url: `${url}/in/opsgenie/`,
        update_alerts: true,
        priority: "P2",
        tags: "a, c",
        ...tls(place),
      },
    ],
  });
  await alertmanager.fire();
  const titles = await until("three incidents", async () => {
    const all = await incidentsOf(place);
    return all.length === 3 && all.map((one: Json) => one.title).sort();
  });
  assert.deepEqual(titles, ["Größe 99 % ✓", "[FIRING:1] (DiskFull n1 critical)", "[FIRING:1] (DiskFull n1 critical)"]);
  await until("the message and the description are put too", async () => {
    const rows = await world.query<{ n: number }>(
      "select count(*)::int as n from opsgenie_requests where result ->> 'action' like 'Update%' and (result ->> 'success')::boolean",
    );
    return (rows[0]?.n ?? 0) >= 2;
  });
  const asked = { token: null, headers: { authorization: `GenieKey ${opsgenie.key}` } };
  const [shown] = (await world.api("GET", "/v2/alerts?query=status:open", undefined, asked)).body.data;
  assert.deepEqual([shown.tags, shown.priority, shown.count], [["a", " c"], "P2", 1]);
  await alertmanager.end();
  await until("all are back", async () => (await incidentsOf(place)).every((one) => one.stage === "restored"));
  for (const { id } of await incidentsOf(place)) {
    const entries = (await world.api("GET", `/api/v1/incidents/${id}/timeline`)).body.data;
    assert.ok(entries.length < 20, "what is sent again is not written again");
    assert.deepEqual((await alertsOf(place, id)).length, 1);
  }
  alertmanager.stop();
  await place.stop();
});

const address = `127.77.71.${1 + (process.pid % 250)}`;

test("its PagerDuty v1, whose host is hard-coded, is answered 200 in the words of that version", {
  skip: skip || noMounts,
}, async () => {
  const place = await startPlace({ TOCSIN_HOST: address, TOCSIN_PORT: "443" });
  const { key } = await place.world.integration("pagerduty");
  const around = ["unshare", ...elsewhere(place, address)];
  const alertmanager = await startAlertmanager(place, { pagerduty_configs: [{ service_key: key }] }, around);
  await alertmanager.fire();
  const incident = await until("it fires", async () => (await incidentsOf(place))[0]);
  assert.equal(incident.title, "[FIRING:1] (DiskFull n1 critical)");
  const [alert] = await alertsOf(place, incident.id);
  assert.deepEqual([alert.source, alert.details.details.num_firing], ["Alertmanager", "1"]);
  assert.match(alert.key, /^[0-9a-f]{64}$/);
  await alertmanager.end();
  await until("it is over", async () => (await incidentsOf(place))[0]?.stage === "restored");
  alertmanager.stop();
  await place.stop();
});
