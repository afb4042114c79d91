/** Debian's amtool, asked as an operator asks it: it works only where status, alerts and silences answer as an Alertmanager. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { absent, incidentNamed, say, startPlace } from "./clients.ts";

const program = "/usr/bin/amtool";

test("amtool adds an alert, asks for it by matcher, reads the configuration and finds no silence", {
  skip: absent(program),
}, async () => {
  const place = await startPlace();
  const { key } = await place.world.integration("alertmanager");
  const http = join(place.home, "http.yml");
  writeFileSync(http, JSON.stringify({ tls_config: { ca_file: place.ca } }));
  const amtool = (...words: string[]) =>
    say(program, [`--alertmanager.url=${place.url}/alertmanager/${key}`, `--http.config.file=${http}`, ...words]);
  const added = await amtool(
    "alert",
    "add",
    "DiskFull",
    "instance=n1",
    "severity=critical",
    "--annotation=summary=Full",
  );
  assert.equal(added.status, 0, added.err);
  const incident = await incidentNamed(place, /^Full$/);
  assert.deepEqual(incident.alerts, { open: 1, firing: 1 });
  const found = await amtool("alert", "query", 'instance=~"n[12]"', "-o", "json");
  assert.equal(found.status, 0, found.err);
  const [alert] = JSON.parse(found.out);
  assert.deepEqual(alert.labels, { alertname: "DiskFull", instance: "n1", severity: "critical" });
  assert.equal(alert.status.state, "active");
  const none = await amtool("alert", "query", "instance=n9", "-o", "json");
  assert.deepEqual(JSON.parse(none.out || "[]"), []);
  const config = await amtool("config", "show");
  assert.equal(config.status, 0, config.err);
  assert.match(config.out, /Tocsin/);
  const silences = await amtool("silence", "query", "-o", "json");
  assert.deepEqual(JSON.parse(silences.out || "[]"), []);
  const silenced = await amtool("silence", "add", "alertname=DiskFull", "--comment=test", "--author=test");
  assert.notEqual(silenced.status, 0, "what is not kept is not said to be");
  await place.stop();
});
