/** Debian's Prometheus, which pushes to us as to an Alertmanager: the state it re-sends, its end, and its silence. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { freePort } from "../acceptance/world.ts";
import { absent, alertsOf, incidentNamed, keepRunning, type Place, startPlace, until } from "./clients.ts";

const program = "/usr/bin/prometheus";
const skip = absent(program);

/** Something to watch, which is well or is not. */
async function startTarget(): Promise<{ readonly port: number; well: boolean; readonly stop: () => Promise<void> }> {
  const server = createServer((_request, answer) => {
    answer.statusCode = target.well ? 200 : 500;
    answer.end(target.well ? "watched 1\n" : "");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise<void>((done) => server.close(() => done()));
  };
  const target = { port: (server.address() as AddressInfo).port, well: true, stop };
  return target;
}

async function startPrometheus(place: Place, key: string, watched: number): Promise<{ readonly stop: () => void }> {
  const at = (name: string): string => join(place.home, name);
  const desk = {
    scheme: "https",
    tls_config: { ca_file: place.ca },
    static_configs: [{ targets: [place.host] }],
  };
  const config = {
    global: { scrape_interval: "1s", scrape_timeout: "1s", evaluation_interval: "1s" },
    rule_files: [at("rules.yml")],
    scrape_configs: [{ job_name: "watched", static_configs: [{ targets: [`127.0.0.1:${watched}`] }] }],
    /* Both ways in which a key may come: what both send is the same alert. */
    alerting: {
      alertmanagers: [
        { ...desk, path_prefix: `/alertmanager/${key}` },
        { ...desk, authorization: { credentials: key } },
      ],
    },
  };
  const rule = {
    alert: "WatchedDown",
    expr: 'up{job="watched"} == 0',
    labels: { severity: "critical" },
    annotations: { summary: "{{ $labels.job }} is down — é" },
  };
  writeFileSync(at("prometheus.yml"), JSON.stringify(config));
  writeFileSync(at("rules.yml"), JSON.stringify({ groups: [{ name: "watched", rules: [rule] }] }));
  return keepRunning(program, [
    `--config.file=${at("prometheus.yml")}`,
    `--storage.tsdb.path=${at("prometheus")}`,
    `--web.listen-address=127.0.0.1:${await freePort()}`,
    "--rules.alert.resend-delay=1s",
  ]);
}

test("what it watches goes down and comes back, and goes down again: one alert each time, however often it is re-sent", {
  skip,
}, async () => {
  const place = await startPlace();
  const target = await startTarget();
  const { key } = await place.world.integration("alertmanager");
  target.well = false;
  const prometheus = await startPrometheus(place, key, target.port);
  const read = async () => incidentNamed(place, /watched is down — é/);
  const { id } = await until("it fires", read);
  const unchanged = async (): Promise<number> => {
    const text = await place.world.desk.metrics.registry.metrics();
    return Number(/became="unchanged"\} (\d+)/.exec(text)?.[1] ?? 0);
  };
  await until("it is re-sent and changes nothing", async () => (await unchanged()) >= 4);
  const firing = await alertsOf(place, id);
  assert.deepEqual(
    firing.map((one) => [one.status, one.count, one.severity]),
    [["open", 1, "critical"]],
  );
  target.well = true;
  await until("it is over", async () => (await read())?.stage === "restored");
  target.well = false;
  await until("it fires again", async () => (await read())?.relapses === 1);
  prometheus.stop();
  assert.equal((await read()).alerts.open, 1);
  await place.world.advance(10);
  assert.equal((await read()).alerts.open, 0, "a source that fell silent is no longer believed");
  await target.stop();
  await place.stop();
});
