import assert from "node:assert/strict";
import { test } from "node:test";
import { createLog, maskUrl } from "./log.ts";

function written(say: (log: ReturnType<typeof createLog>) => void): string[] {
  const lines: string[] = [];
  say(createLog("info", { write: (line) => void lines.push(line) }));
  return lines;
}

test("whatever is logged is one line of JSON that no terminal obeys, and reads back as it was", () => {
  const odd = 'a"\r\n{"level":"fatal"}\u001b[31m\u009b2J\u0085\u2028\u202e\u0000\ud800';
  const lines = written((log) => {
    log.info({ account: odd, [odd]: 1 }, odd);
    log.error({ err: new Error(odd, { cause: new Error(odd) }) }, "x");
  });
  assert.equal(lines.length, 2);
  for (const line of lines) {
    assert.match(line, /^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e]*\n$/u);
    assert.equal(JSON.parse(line).level, line === lines[0] ? "info" : "error");
  }
  assert.equal(JSON.parse(lines[0] ?? "").account, odd);
});

test("fields that hold a secret are cut, and of an error only its words are kept", () => {
  const secret = "canary-of-this-test";
  const error = Object.assign(new Error("words"), { connection: { password: secret }, code: "57P01" });
  const request = { headers: { authorization: secret, cookie: secret } };
  const all = written((log) =>
    log.info({ err: error, req: request, a: { password: secret, token: secret, key: secret, secret } }, "x"),
  ).join("");
  assert.ok(all.includes("words") && all.includes("57P01"));
  assert.ok(!all.includes(secret), all);
});

test("a key in an address is cut however the address is written, and what is no key stays readable", () => {
  const keys = ["kPq7".repeat(8), "Aa1_-".repeat(15), "abcdefghijklmnopqrstuvwxyzabcdef", "Ab3dEf6hJk9mNp2rStUvWxYz"];
  for (const key of keys)
    for (const path of [
      `/ack/${key}`,
      `//ack//${key}/`,
      `/%61ck/${key}`,
      `/ACK/${key}`,
      `/in/x/events/${key}`,
      `/in/a/b/events/${key}`,
      `/alertmanager/${key}/api/v2/alerts`,
      `/api/v1/reports/${key}`,
      `/api/v1/reports%2f${key}`,
      `/report;${key}`,
      `http://desk.example/ack/${key}`,
      `/v1/json/integrations/webhooks/x?apiKey=${key}`,
      `/x#${key}`,
      `/%zz/${key}`,
    ])
      assert.ok(!maskUrl(path).includes(key.slice(0, 16)), maskUrl(path));
  for (const path of [
    "/api/v1/incidents/INC-2026-000123/complete-documentation",
    "/api/v1/people/7f0c2c3e-0000-4000-8000-000000000000",
    "/alertmanager/…/webhook",
    "/v2/enqueue",
    "/",
  ])
    assert.equal(maskUrl(path.replace("…", keys[0] ?? "")), path);
  assert.equal(maskUrl("/api/v1/incidents?q=somebody"), "/api/v1/incidents?…");
});
