/** The far end of notifications: the service of a browser's maker, and the browser behind it, which alone reads what comes. */
import { createDecipheriv, createECDH, createPublicKey, createVerify, hkdfSync, randomBytes } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { closeAtEnd } from "./cluster.ts";
import type { Json } from "./world.ts";

/** A push service and the browser behind it: it judges the signature, and reads what only it can. */
export async function openPushService() {
  const browser = createECDH("prime256v1");
  browser.generateKeys();
  const auth = randomBytes(16);
  const read: Json[] = [];
  const heads: IncomingHttpHeaders[] = [];
  const service: { status: number | "hang"; key: string } = { status: 201, key: "" };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (service.status === "hang") return undefined;
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
