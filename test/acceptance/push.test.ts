/** Notifications of a browser: subscribed, proved, encrypted so that only that browser reads them, signed as this desk, and given up
 *  when its service says that the subscription has ended. */
import assert from "node:assert/strict";
import { createDecipheriv, createECDH, createPublicKey, createVerify, hkdfSync, randomBytes } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { closeAtEnd } from "./cluster.ts";
import { contactsOf, openThisMachine } from "./contacts.ts";
import { makeRota } from "./rota.ts";
import { type Json, pagerDutyEvent, startWorld } from "./world.ts";

/** A push service and the browser behind it: it judges the signature, and reads what only it can. */
async function openPushService() {
  const browser = createECDH("prime256v1");
  browser.generateKeys();
  const auth = randomBytes(16);
  const read: Json[] = [];
  const heads: IncomingHttpHeaders[] = [];
  const service = { status: 201, key: "" };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (service.status !== 201) return response.writeHead(service.status).end();
      const wrong = judge(request.headers, service.key);
      if (wrong !== null) return response.writeHead(403).end(wrong);
      read.push(JSON.parse(decrypt(Buffer.concat(chunks), browser, auth)));
      heads.push(request.headers);
      return response.writeHead(201, { location: "/message/1" }).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ended = closeAtEnd(async () => {
    ended();
    server.closeAllConnections();
    await new Promise<void>((done) => server.close(() => done()));
  });
  const subscription = {
    endpoint: `${url}/send/abc`,
    p256dh: browser.getPublicKey().toString("base64url"),
    auth: auth.toString("base64url"),
  };
  return { read, heads, service, subscription };
}

/** RFC 8292: a token of the desk's own key, for this service, that has not run out. */
function judge(headers: IncomingHttpHeaders, expected: string): string | null {
  const [, token = "", key = ""] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(headers.authorization ?? "") ?? [];
  if (key !== expected) return "another key";
  const point = Buffer.from(key, "base64url");
  const jwk = {
    kty: "EC",
    crv: "P-256",
    x: point.subarray(1, 33).toString("base64url"),
    y: point.subarray(33).toString("base64url"),
  };
  const [head = "", claims = "", mac = ""] = token.split(".");
  const signed = createVerify("SHA256").update(`${head}.${claims}`);
  const publicKey = createPublicKey({ key: jwk, format: "jwk" });
  if (!signed.verify({ key: publicKey, dsaEncoding: "ieee-p1363" }, Buffer.from(mac, "base64url"))) return "not signed";
  const { exp, aud, sub } = JSON.parse(Buffer.from(claims, "base64url").toString());
  if (exp < Date.now() / 1_000 || exp > Date.now() / 1_000 + 86_400) return "expired";
  if (!String(aud).startsWith("http://127.0.0.1:") || !/^(https:|mailto:)/.test(sub)) return "not for us";
  if (headers["content-encoding"] !== "aes128gcm" || !(Number(headers.ttl) > 0)) return "not a push";
  return null;
}

/** RFC 8291, as a browser does it. */
function decrypt(body: Buffer, browser: ReturnType<typeof createECDH>, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const length = body.readUInt8(20);
  const sender = body.subarray(21, 21 + length);
  const sealed = body.subarray(21 + length);
  const derive = (secret: Buffer, with_: Buffer, info: Buffer, bytes: number): Buffer =>
    Buffer.from(hkdfSync("sha256", secret, with_, info, bytes));
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), browser.getPublicKey(), sender]);
  const secret = derive(browser.computeSecret(sender), auth, info, 32);
  const key = derive(secret, salt, Buffer.from("Content-Encoding: aes128gcm\0"), 16);
  const nonce = derive(secret, salt, Buffer.from("Content-Encoding: nonce\0"), 12);
  const decipher = createDecipheriv("aes-128-gcm", key, nonce).setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return plain.subarray(0, plain.lastIndexOf(2)).toString("utf8");
}

test("a browser is proved, called with a button that acts, and given up when its subscription has ended", async () => {
  const world = await startWorld();
  await openThisMachine(world);
  const { ana, key } = await makeRota(world);
  const { read, heads, service, subscription } = await openPushService();
  service.key = (await world.api("GET", "/api/v1/push-key", undefined, { token: ana.token })).body.publicKey;
  const again = (await world.api("GET", "/api/v1/push-key", undefined, { token: ana.token })).body.publicKey;
  assert.equal(again, service.key, "one pair for all");
  const [kept] = await world.query<{ sealed: string }>("select sealed from channel_keys");
  assert.match(kept?.sealed ?? "", /^[0-9a-f]{8}\./);
  const contacts = contactsOf(world, ana);
  const point = await contacts.add({ kind: "push", ...subscription });
  assert.ok(!JSON.stringify(point).includes("/send/abc"), "its address is a secret");
  await world.settle();
  const code = /\d{4} \d{4}/.exec(read.at(-1)?.title)?.[0];
  assert.equal((await contacts.ask("POST", `/${point.id}/verify`, { code })).status, 200);
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "db-1"));
  await world.mailbox(ana).expectPage();
  const pushed = read.at(-1);
  assert.match(pushed.title, /Disk full on db-1/);
  assert.match(pushed.url, /\/ack\//);
  assert.equal(heads.at(-1)?.urgency, "high");
  const [take] = pushed.actions;
  const pressed = await world.api("POST", take.url.replace(world.config.url, ""), take.form, {
    token: null,
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  assert.equal(pressed.status, 200);
  const [incident] = (await world.api("GET", "/api/v1/incidents?limit=1")).body.data;
  assert.equal(incident.acceptedBy.id, ana.id);
  service.status = 410;
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "db-2"));
  await world.settle();
  assert.equal((await contacts.list()).find((one) => one.id === point.id).state, "gone");
  await world.stop({ letters: true });
});

test("a subscription that is none is refused by its fields", async () => {
  const world = await startWorld();
  const { ask } = contactsOf(world, await world.person("Ana Roy", 2));
  const p256dh = "B".repeat(87);
  const auth = "A".repeat(22);
  for (const body of [
    { endpoint: "https://127.0.0.1/x", p256dh, auth },
    { endpoint: "file:///x", p256dh, auth },
    { endpoint: "https://push.example.org/x", p256dh: "short", auth },
    { endpoint: "https://push.example.org/x", p256dh, auth: "?" },
  ])
    assert.equal((await ask("POST", "", { kind: "push", ...body })).status, 422, JSON.stringify(body));
  await world.stop();
});
