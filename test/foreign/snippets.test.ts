/** Snippets of the web that are programs or settings of other people, run by those, as they are written. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type On, type SenderName, sendersOf } from "../../web/intake/senders.ts";
import { shellWords } from "../acceptance/shell.ts";
import { noOpenssl } from "./authority.ts";
import { absent, alertsOf, incidentNamed, type Place, say, startPlace } from "./clients.ts";

const title = "Disque presque plein: « é ✓ »";

async function snippetOf(place: Place, kind: string, name: SenderName): Promise<string> {
  const { id, key } = await place.world.integration(kind, { name });
  const on: On = { origin: place.url, key, title, integration: id, signature: null };
  return (
    sendersOf(kind)
      .find((one) => one.name === name)
      ?.snippet(on) ?? ""
  );
}

for (const [kind, name] of [
  ["pagerduty", "pdjs"],
  ["opsgenie", "opsgenie-sdk"],
] as const) {
  test(`the snippet of ${name} is a module that runs and opens an alert`, { skip: noOpenssl }, async () => {
    const place = await startPlace();
    const code = await snippetOf(place, kind, name);
    const words = ["--input-type=module", "-e", code];
    const { status, err } = await say(process.execPath, words, { NODE_EXTRA_CA_CERTS: place.ca });
    assert.equal(status, 0, err);
    const incident = await incidentNamed(place, /^Disque presque plein/);
    assert.deepEqual((await alertsOf(place, incident.id))[0].key, "db1-disk");
    await place.stop();
  });
}

const amtool = "/usr/bin/amtool";

test("the command of amtool adds an alert, and Alertmanager's settings are settings", {
  skip: absent(amtool),
}, async () => {
  const place = await startPlace();
  const [program = "", ...words] = shellWords(await snippetOf(place, "alertmanager", "amtool"));
  assert.equal(program, "amtool");
  const http = join(place.home, "http.yml");
  writeFileSync(http, JSON.stringify({ tls_config: { ca_file: place.ca } }));
  const added = await say(amtool, [...words, `--http.config.file=${http}`]);
  assert.equal(added.status, 0, added.err);
  const incident = await incidentNamed(place, /^Disque presque plein/);
  assert.deepEqual(incident.alerts, { open: 1, firing: 1 });
  const route = "route:\n  receiver: tocsin\n";
  for (const [kind, name, before] of [
    ["alertmanager", "alertmanager", ""],
    ["pagerduty", "pd-alertmanager", route],
    ["opsgenie", "og-alertmanager", route],
  ] as const) {
    const file = join(place.home, `${name}.yml`);
    writeFileSync(file, `${before}${await snippetOf(place, kind, name)}\n`);
    const checked = await say(amtool, ["check-config", file]);
    assert.equal(checked.status, 0, `${name}: ${checked.err}`);
  }
  await place.stop();
});

const promtool = "/usr/bin/promtool";

test("Prometheus' settings are settings", { skip: absent(promtool) }, async () => {
  const place = await startPlace();
  const file = join(place.home, "prometheus.yml");
  writeFileSync(file, `${await snippetOf(place, "alertmanager", "prometheus")}\n`);
  const { status, out, err } = await say(promtool, ["check", "config", file]);
  assert.equal(status, 0, out + err);
  await place.stop();
});
