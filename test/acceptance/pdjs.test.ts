/** PagerDuty's own JavaScript client, unchanged, against a desk that serves TLS. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { newDirectory } from "./cluster.ts";
import { startWorld } from "./world.ts";

const skip = spawnSync("openssl", ["version"]).status === 0 ? false : "no openssl to make a certificate with";

const script = `
const { event } = require("@pagerduty/pdjs");
const [server, routing_key] = process.argv.slice(1);
const say = (event_action) => event({ server, data: { routing_key, event_action, dedup_key: "pdjs",
  payload: { summary: "Said by pdjs", source: "pdjs", severity: "error", custom_details: { a: [1, null] } } } });
(async () => {
  for (const action of ["trigger", "acknowledge", "resolve"]) {
    const { response, data } = await say(action);
    console.log(JSON.stringify({ status: response.status, data }));
  }
})().catch((error) => { console.error(error); process.exit(1); });
`;

test("A1.2 clients that speak only TLS: pdjs triggers, acknowledges and resolves over TLS, at the root and under a base path", {
  skip,
}, async () => {
  const home = newDirectory();
  const [cert, key] = [join(home, "cert.pem"), join(home, "key.pem")];
  const made = spawnSync(
    "openssl",
    ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"].concat([
      "-keyout",
      key,
      "-out",
      cert,
      "-subj",
      "/CN=localhost",
      "-addext",
      "subjectAltName=DNS:localhost,IP:127.0.0.1",
    ]),
    { encoding: "utf8" },
  );
  assert.equal(made.status, 0, made.stderr);
  const world = await startWorld({ mail: false, env: { TOCSIN_TLS_CERT: cert, TOCSIN_TLS_KEY: key } });
  const url = await world.listen();
  assert.match(url, /^https:/);
  const { key: routingKey } = await world.integration("pagerduty");
  const host = `localhost:${world.config.port}`;
  for (const server of [host, `${host}/in/acme`]) {
    const said = await run(["-e", script, server, routingKey], { NODE_EXTRA_CA_CERTS: cert });
    const lines = said
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    for (const line of lines)
      assert.deepEqual(line, {
        status: 202,
        data: { status: "success", message: "Event processed", dedup_key: "pdjs" },
      });
    assert.equal(lines.length, 3);
  }
  const { data } = (await world.api("GET", "/api/v1/incidents")).body;
  assert.equal(data[0].title, "Said by pdjs");
  assert.equal(data[0].alerts.open, 0);
  await world.stop();
  rmSync(home, { recursive: true, force: true });
});

/** The desk answers from this process, so it must not be blocked meanwhile. */
function run(args: readonly string[], env: Record<string, string>): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, args, {
      cwd: join(import.meta.dirname, "..", ".."),
      env: { ...process.env, ...env },
    });
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      err += chunk.toString();
    });
    child.on("exit", (code) => (code === 0 ? done(out) : failed(new Error(err))));
  });
}
