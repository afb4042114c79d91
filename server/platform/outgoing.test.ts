/** S8 to S11: what may be asked, seen from a real receiver on this machine, which the guard forbids until it is listed. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse, setGlobalProxyFromEnv } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, createServer as createSocketServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { answerBytesMax, createOutgoing, type OutgoingKnown, type Resolved } from "./outgoing.ts";

let answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.end("ok");
let asked: string[] = [];
const receiver = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  request.resume();
  request.on("end", () => answer(request, response));
});
let port = 0;
before(async () => {
  await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
  port = (receiver.address() as AddressInfo).port;
});
after(() => {
  receiver.closeAllConnections();
  receiver.close();
});

const here = "127.0.0.1/32";
const post = (url: string, known: Partial<OutgoingKnown> = {}) =>
  createOutgoing({ listed: () => [], ...known }).post({ url, headers: {}, body: "{}" });

const literals = [
  "127.0.0.1",
  "127.1",
  "2130706433",
  "0x7f000001",
  "0177.0.0.1",
  "①②⑦.0.0.1",
  "[::1]",
  "[::ffff:7f00:1]",
  "[::ffff:127.0.0.1]",
  "[::7f00:1]",
  "[64:ff9b::7f00:1]",
  "[64:ff9b:1::7f00:1]",
  "[2002:7f00:1::]",
  "[2001:0:7f00:1::]",
  "[fe80::1]",
  "[fc00::1]",
  "[fd00:ec2::254]",
  "[ff02::1]",
  "0.0.0.0",
  "[::]",
  "10.0.0.1",
  "100.64.0.1",
  "169.254.169.254",
  "172.16.0.1",
  "192.0.0.1",
  "192.168.1.1",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
];

test("S8: an address of this machine or of its network is never asked, however it is written", async () => {
  asked = [];
  for (const host of literals) {
    for (const scheme of ["http", "https"]) {
      const url = `${scheme}://${host}:${port}/`;
      assert.deepEqual(await post(url), { kind: "forbidden", because: "private-address" }, url);
    }
  }
  for (const host of ["localhost", "localhost.", "LOCALHOST", "ip6-localhost"]) {
    const { kind } = await post(`https://${host}:${port}/`);
    assert.notEqual(kind, "answered", host);
  }
  assert.deepEqual(await post(`https://localhost:${port}/`), { kind: "forbidden", because: "private-address" });
  assert.deepEqual(asked, []);
});

test("S8: other schemes, credentials in the address and ports of other protocols are refused before anything is asked", async () => {
  const { judge } = createOutgoing({ listed: () => ["0.0.0.0/0", "::/0"] });
  assert.equal(judge("file:///etc/passwd"), "not-http");
  assert.equal(judge("gopher://example.org/"), "not-http");
  assert.equal(judge("not an address"), "not-http");
  assert.equal(judge("https://user:secret@example.org/"), "credentials-in-address");
  for (const one of [22, 25, 110, 389, 445, 587])
    assert.equal(judge(`https://example.org:${one}/`), "port", String(one));
  for (const one of [443, 1024, 8443]) assert.equal(judge(`https://example.org:${one}/`), null, String(one));
});

test("S9: a name is judged at each connection, by every address it answers", async () => {
  const answers: Resolved[][] = [
    [{ address: "127.0.0.1", family: 4 }],
    [{ address: "127.0.0.2", family: 4 }],
    [
      { address: "127.0.0.1", family: 4 },
      { address: "10.0.0.7", family: 4 },
    ],
    [{ address: "::ffff:127.0.0.3", family: 6 }],
    [],
  ];
  asked = [];
  const outgoing = createOutgoing({ listed: () => [here], resolve: async () => answers.shift() ?? [] });
  const url = `http://rebinds.example.org:${port}/`;
  const ask = () => outgoing.post({ url, headers: {}, body: "{}" });
  assert.equal((await ask()).kind, "answered");
  for (let time = 0; time < 3; time++)
    assert.deepEqual(await ask(), { kind: "forbidden", because: "private-address" }, `answer ${time + 2}`);
  assert.equal((await ask()).kind, "unanswered");
  assert.equal(asked.length, 1, "only the listed address was connected to");
});

test("S10: a redirection is an answer, and is not followed", async () => {
  asked = [];
  for (const location of [`http://127.0.0.1:${port}/inside`, "file:///etc/passwd", "gopher://127.0.0.1/"]) {
    answer = (_, response) => response.writeHead(302, { location }).end();
    const { kind, ...rest } = await post(`http://127.0.0.1:${port}/from`, { listed: () => [here] });
    assert.deepEqual([kind, "status" in rest && rest.status], ["answered", 302]);
  }
  assert.deepEqual([...new Set(asked)], ["POST /from"]);
  answer = (_, response) => response.end("ok");
});

test("S11: only what an administrator listed is opened, and what hands out credentials never is", async () => {
  const known = (...listed: string[]) => ({ listed: () => listed });
  const url = `http://127.0.0.1:${port}/`;
  assert.equal((await post(url, known(here))).kind, "answered");
  assert.equal((await post(url, known("127.0.0.0/8"))).kind, "answered");
  assert.equal((await post(`http://[::ffff:127.0.0.1]:${port}/`, known(here))).kind, "answered");
  for (const listed of ["127.0.0.2/32", "10.0.0.0/8", "nonsense", "127.0.0.1/x", "127.0.0.1/33", ""])
    assert.equal((await post(url, known(listed))).kind, "forbidden", listed);
  for (const host of ["169.254.169.254", "[fd00:ec2::254]", "100.100.100.200", "0.0.0.0", "[64:ff9b::7f00:1]"])
    assert.equal((await post(`https://${host}/`, known("0.0.0.0/0", "::/0"))).kind, "forbidden", host);
});

test("S11: without encryption only to what is listed", async () => {
  const outside = async (): Promise<Resolved[]> => [{ address: "192.0.2.10", family: 4 }];
  assert.deepEqual(await post("http://hooks.example.org/", { resolve: outside }), {
    kind: "forbidden",
    because: "plain-http",
  });
  assert.equal(createOutgoing({ listed: () => [] }).judge("http://93.184.216.34/"), "plain-http");
});

test("S11: an answer is read no further than its bound, and its status counts all the same", async () => {
  let sent = 0;
  let cut: () => void = () => {};
  const wasCut = new Promise<void>((done) => {
    cut = done;
  });
  answer = (_, response) => {
    response.on("close", cut);
    const more = (): void => {
      while (!response.destroyed && sent < 100 * answerBytesMax) {
        sent += 16_384;
        if (!response.write(Buffer.alloc(16_384))) return void response.once("drain", more);
      }
    };
    more();
  };
  const answered = await post(`http://127.0.0.1:${port}/`, { listed: () => [here] });
  assert.deepEqual(answered, { kind: "answered", status: 200, retryAfter: null });
  await wasCut;
  assert.ok(sent < 100 * answerBytesMax, `${sent} bytes were sent`);
  answer = (_, response) => response.end("ok");
});

test("S11: nobody is waited for beyond the limit: silent, dripping, or never connected", async () => {
  const quick = { listed: () => [here], connectTimeoutMs: 100, totalTimeoutMs: 200 };
  answer = () => {};
  const silent = await post(`http://127.0.0.1:${port}/`, quick);
  assert.deepEqual(silent, { kind: "unanswered", error: "no answer in 200 ms", arrived: true });
  answer = (_, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write("."), 10);
    response.on("close", () => clearInterval(drip));
  };
  const closed = new Promise<void>((done) => {
    const before = answer;
    answer = (request, response) => {
      response.on("close", done);
      before(request, response);
    };
  });
  assert.equal((await post(`http://127.0.0.1:${port}/`, quick)).kind, "answered");
  await closed;
  const mute: Server = createSocketServer(() => {});
  await new Promise<void>((done) => mute.listen(0, "127.0.0.1", done));
  const handshake = await post(`https://127.0.0.1:${(mute.address() as AddressInfo).port}/`, quick);
  assert.deepEqual(handshake, { kind: "unanswered", error: "no connection in 100 ms", arrived: false });
  mute.close();
  answer = (_, response) => response.end("ok");
});

test("nobody listens there: said, and known not to have arrived", async () => {
  const answered = await post("http://127.0.0.1:1025/", { listed: () => [here] });
  assert.ok(answered.kind === "unanswered" && !answered.arrived && answered.error.includes("ECONNREFUSED"));
});

test("a proxy of the environment stands not in between: it would resolve the name in our place", async () => {
  const proxy = `http://127.0.0.1:${port}`;
  const restore = setGlobalProxyFromEnv({ http_proxy: proxy, https_proxy: proxy });
  asked = [];
  const answered = await post("http://hooks.invalid/", { listed: () => ["0.0.0.0/0"] });
  restore();
  assert.ok(answered.kind === "unanswered" && answered.error.includes("ENOTFOUND"), JSON.stringify(answered));
  assert.deepEqual(asked, []);
});

const openssl = spawnSync("openssl", ["version"]).status === 0 ? false : "no openssl to make a certificate with";

test("S59: a certificate that nobody vouches for is refused", { skip: openssl }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "tocsin-tls-"));
  const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  assert.equal(spawnSync("openssl", [...made, "-keyout", key, "-out", cert, ...subject]).status, 0);
  const secure = createSecureServer({ cert: readFileSync(cert), key: readFileSync(key) }, (_, response) => {
    asked.push("over TLS");
    response.end();
  });
  await new Promise<void>((done) => secure.listen(0, "127.0.0.1", done));
  asked = [];
  const url = `https://127.0.0.1:${(secure.address() as AddressInfo).port}/`;
  const answered = await post(url, { listed: () => [here] });
  assert.ok(answered.kind === "unanswered" && !answered.arrived && /SELF_SIGNED/.test(answered.error), url);
  assert.deepEqual(asked, []);
  secure.close();
  rmSync(folder, { recursive: true });
});
