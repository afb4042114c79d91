/** The desk asks no address that somebody wrote but a contact point's: no picture is fetched, nothing is discovered. Proved
 *  by what is not done: with addresses of this machine and its network in every field of every endpoint and every door, the
 *  process connects to its database and its mail server, and to nothing else. What a contact point may be is judged by
 *  server/platform/outgoing.ts, whose tests stand beside it. */
import assert from "node:assert/strict";
import diagnostics from "node:diagnostics_channel";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import type pg from "pg";
import { described } from "./hostile.ts";
import { type Json, pagerDutyEvent, startWorld } from "./world.ts";

const addresses = [
  "http://127.0.0.1:9/",
  "http://127.1/",
  "http://2130706433/",
  "http://0x7f000001/",
  "http://0177.0.0.1/",
  "http://①②⑦.0.0.1/",
  "http://[::1]/",
  "http://[::ffff:7f00:1]/",
  "http://[64:ff9b::7f00:1]/",
  "http://0.0.0.0/",
  "http://169.254.169.254/latest/meta-data/",
  "http://localhost./",
  "https://rebind.example/",
  "file:///etc/passwd",
  "gopher://127.0.0.1:25/_HELO",
  "//127.0.0.1/x",
];

/** Puts an address wherever a text stands. */
function filled(value: Json, address: string): Json {
  if (typeof value === "string") return /^[\w-]{36}$|^\d{4}-|^\d\d:/.test(value) ? value : address;
  if (Array.isArray(value)) return value.map((one) => filled(one, address));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one, address)]));
}

test("addresses in every field of every endpoint and door: nothing is asked but the database and the mail server", async () => {
  const world = await startWorld();
  const asked = new Set<string>();
  const requests: unknown[] = [];
  const onSocket = (message: unknown): void => {
    const { socket } = message as { socket: Socket };
    socket.on("connectionAttempt", (ip: string, port?: number) => asked.add(port === undefined ? ip : `${ip}:${port}`));
  };
  const onRequest = (message: unknown): void => void requests.push(message);
  diagnostics.subscribe("net.client.socket", onSocket);
  for (const name of ["http.client.request.created", "undici:request:create"]) diagnostics.subscribe(name, onRequest);
  const { id } = (await world.api("POST", "/api/v1/incidents", { title: "x" })).body;
  const doors = {
    pagerduty: await world.integration("pagerduty"),
    alertmanager: await world.integration("alertmanager"),
    generic: await world.integration("generic"),
  };
  for (const address of addresses) {
    for (const one of described()) {
      const path = one.path.replaceAll(/:\w+/g, id);
      /* A name that an administrator gives is asked through the guarded door, where it is resolved: as contact points are. */
      if (one.id === "signOut" || (one.id === "setOutgoingHeartbeat" && /rebind|localhost/.test(address))) continue;
      const query = one.query.map((name) => `${name}=${encodeURIComponent(address)}`).join("&");
      await world.api(one.method, `${path}?${query}`, filled(one.body, address));
      if (one.body) await world.api(one.method, path, { ...one.body, title: address, name: address, text: address });
    }
    for (const point of [
      { kind: "webhook", url: address },
      { kind: "ntfy", server: address, topic: "x" },
    ]) {
      /* A name tells only when it is resolved, where the socket connects: other tests look there. */
      if (/rebind|localhost/.test(address)) continue;
      const added = await world.api("POST", "/api/v1/contact-points", point);
      assert.equal(added.status, 422, `${address}: ${added.text}`);
    }
    const links = { client: address, client_url: address, links: [{ href: address, text: address }] };
    const images = { images: [{ src: address, href: address, alt: address }] };
    const event = pagerDutyEvent(doors.pagerduty.key, address, { ...links, ...images });
    assert.equal((await world.knock("/v2/enqueue", event)).status, 202);
    const alert = {
      status: "firing",
      labels: { alertname: address },
      generatorURL: address,
      startsAt: "2026-01-01T00:00:00Z",
    };
    const group = {
      externalURL: address,
      groupKey: address,
      alerts: [{ ...alert, annotations: { runbook_url: address } }],
    };
    assert.equal((await world.knock(`/alertmanager/${doors.alertmanager.key}/webhook`, group)).status, 200);
    const generic = { title: address, url: address, callback: address, webhook: address, image: address };
    assert.equal((await world.knock(`/events/${doors.generic.key}`, generic)).status, 202);
  }
  await world.settle();
  assert.ok(world.post.letters.length > 0, "mail went out meanwhile");
  diagnostics.unsubscribe("net.client.socket", onSocket);
  for (const name of ["http.client.request.created", "undici:request:create"]) diagnostics.unsubscribe(name, onRequest);
  const mail = new URL(world.post.url);
  assert.ok(asked.has(`127.0.0.1:${mail.port}`), "what is asked would be seen");
  const isKnown = (one: string): boolean => one.endsWith(`:${mail.port}`) || isDatabase(one, world.database.app);
  assert.deepEqual(
    [...asked].filter((one) => !isKnown(one)),
    [],
  );
  assert.deepEqual(requests, [], "no request by HTTP at all");
  await world.stop({ letters: true });
});

/** By a socket in its directory, or by a port. */
function isDatabase(asked: string, { host, port, connectionString }: pg.PoolConfig): boolean {
  const url = connectionString === undefined ? null : new URL(connectionString);
  return asked.startsWith(`${host ?? url?.searchParams.get("host")}/`) || asked.endsWith(`:${port ?? url?.port}`);
}

const assets = join(import.meta.dirname, "..", "..", "web", "dist", "assets");
const skip = existsSync(assets) ? false : "the web is not built";

/** The schema library asks whether it might, unless it is told not to: it is. */
const probe = /\.jitless\|\|[^;]{0,120};try\{return Function\(``\)/;

test("the web as built makes no code from text", { skip }, () => {
  const scripts = readdirSync(assets).filter((name) => name.endsWith(".js"));
  assert.ok(scripts.length > 0);
  const maker =
    /(?<![\w$.])eval\s*\(|(?<![\w$])Function\s*\(|\bset(?:Timeout|Interval)\s*\(\s*["'`]|\bimportScripts\b|document\.write\b/;
  for (const name of scripts) {
    const found = maker.exec(readFileSync(join(assets, name), "utf8").replace(probe, ""));
    assert.equal(found?.[0], undefined, `${name} at ${found?.index}`);
  }
});
