/** What no client of ours sends, over real connections: requests that two programs could read in two ways, methods that
 *  nobody serves, addresses that cannot be read. Each is refused in the usual form, with the usual headers. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { before, test } from "node:test";
import { type Json, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let address: URL;
before(async () => {
  world = await startWorld({ mail: false, shared: true });
  address = new URL(await world.listen());
});

type Heard = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: Json };

/** Everything the desk says until it has nothing more to say on this connection. */
async function say(text: string): Promise<readonly Heard[]> {
  const all = await new Promise<string>((done, failed) => {
    let heard = "";
    const socket = connect(Number(address.port), address.hostname, () => void socket.write(text));
    socket.setEncoding("utf8");
    socket.on("data", (chunk) => {
      heard += chunk;
      /* A connection that stays open has said what it had to say. */
      setTimeout(() => socket.end(), 200);
    });
    socket.on("error", failed);
    socket.on("close", () => done(heard));
  });
  return all.split(/(?=HTTP\/1\.1 \d{3} )/).flatMap((one) => (one === "" ? [] : [read(one)]));
}

function read(text: string): Heard {
  const [head = "", body = ""] = text.split(/\r\n\r\n/, 2);
  const [first = "", ...lines] = head.split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => [line.split(":", 1)[0]?.toLowerCase() ?? "", line.replace(/^[^:]*:\s*/, "")]),
  );
  const json = /\{.*\}/s.exec(body)?.[0];
  return { status: Number(first.split(" ")[1]), headers, body: json === undefined ? undefined : JSON.parse(json) };
}

const host = "Host: desk.example\r\n";
const post = `POST /api/v1/reports HTTP/1.1\r\n${host}Content-Type: application/json\r\n`;
const twice: readonly (readonly [string, string])[] = [
  ["a length and chunks", `${post}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ["two lengths", `${post}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
  ["a length that is a list", `${post}Content-Length: 2, 2\r\n\r\n{}`],
  ["a length with a sign", `${post}Content-Length: +2\r\n\r\n{}`],
  ["chunks that are not last", `${post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
  ["an unknown coding", `${post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
  ["a chunk of nonsense", `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`],
  ["a folded header", `GET /livez HTTP/1.1\r\n${host}X: a\r\n b\r\n\r\n`],
  ["a bare line feed", `GET /livez HTTP/1.1\n${host}\r\n`],
  ["a bare line feed in the head", "GET /livez HTTP/1.1\r\nHost: x\nX: y\r\n\r\n"],
  ["a blank before the colon", "GET /livez HTTP/1.1\r\nHost : x\r\n\r\n"],
  ["NUL in a header", `GET /livez HTTP/1.1\r\n${host}X: a\u0000b\r\n\r\n`],
  ["no host", "GET /livez HTTP/1.1\r\n\r\n"],
  ["two hosts", `GET /livez HTTP/1.1\r\n${host}Host: evil.example\r\n\r\n`],
  ["the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
];

function isPlainRefusal({ status, headers, body }: Heard, wanted: number, code: string): void {
  assert.deepEqual([status, body?.code, body?.status], [wanted, code, wanted]);
  assert.match(headers["content-type"] ?? "", /^application\/(problem\+)?json/);
  assert.match(headers["content-security-policy"] ?? "", /default-src 'none'.*require-trusted-types-for 'script'/);
  assert.deepEqual(
    [
      "x-content-type-options",
      "referrer-policy",
      "cache-control",
      "cross-origin-opener-policy",
      "server",
      "x-powered-by",
    ].map((name) => headers[name]),
    ["nosniff", "no-referrer", "no-store", "same-origin", undefined, undefined],
  );
}

for (const [what, text] of twice)
  test(`${what}: 400, and nothing after it is read as another request`, async () => {
    const heard = await say(`${text}GET /livez HTTP/1.1\r\n${host}X-Smuggled: 1\r\n\r\n`);
    assert.ok(heard[0]);
    isPlainRefusal(heard[0], 400, "malformed-request");
    const smuggled = heard.slice(1).filter(({ status }) => status === 200);
    assert.ok(smuggled.length <= (/host/.test(what) ? 1 : 0), "a whole request after a whole one is its own");
  });

test("methods that nobody serves are told so and echo nothing; a head too large and a wrong expectation too", async () => {
  for (const method of ["TRACE", "PROPFIND", "PURGE", "LINK"]) {
    const [heard] = await say(`${method} /livez HTTP/1.1\r\n${host}Cookie: tocsin=canary\r\nConnection: close\r\n\r\n`);
    assert.ok(heard);
    isPlainRefusal(heard, 405, "method-not-allowed");
    assert.equal(heard.headers.allow, "GET, HEAD");
    assert.ok(!JSON.stringify(heard).includes("canary"));
  }
  const [large] = await say(`GET /livez HTTP/1.1\r\n${host}X: ${"a".repeat(20_000)}\r\n\r\n`);
  assert.ok(large);
  isPlainRefusal(large, 431, "malformed-request");
  const [expects] = await say(`${post}Expect: the-impossible\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`);
  assert.ok(expects);
  isPlainRefusal(expects, 417, "malformed-request");
  assert.deepEqual(await say(`CONNECT evil.example:443 HTTP/1.1\r\n${host}\r\n`), [], "no proxy");
});

test("an address that cannot be read is refused, one too long for any id is not found, and both as everything else", async () => {
  for (const [path, status] of [
    ["/%zz", 400],
    ["/%", 400],
    ["/api/v1/incidents/%ff", 400],
    ["/%c0%ae%c0%ae/etc", 400],
    [`/report/${"a".repeat(600)}`, 404],
    [`/api/v1/incidents/${"a".repeat(600)}`, 404],
  ] as const) {
    const [heard] = await say(`GET ${path} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
    assert.ok(heard, path);
    assert.equal(heard.status, status, path);
    if (status === 400) isPlainRefusal(heard, 400, "malformed-request");
    assert.match(heard.headers["content-security-policy"] ?? "", /default-src 'none'/, path);
  }
});

test("another site may not ask by script: no preflight is answered, no origin reflected", async () => {
  for (const origin of ["https://evil.example", "null", address.origin]) {
    const ask = `Origin: ${origin}\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization\r\n`;
    for (const path of ["/api/v1/incidents", "/api/v1/session", "/v2/enqueue", "/metrics", "/api/openapi.json"]) {
      const [heard] = await say(`OPTIONS ${path} HTTP/1.1\r\n${host}${ask}Connection: close\r\n\r\n`);
      assert.equal(heard?.status, 405, path);
      assert.deepEqual(
        Object.keys(heard?.headers ?? {}).filter((name) => name.startsWith("access-control")),
        [],
      );
    }
  }
});
