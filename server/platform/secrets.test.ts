import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { loadSecrets } from "./secrets.ts";

const secrets = loadSecrets(randomBytes(32), ".");

test("what is sealed opens in its own place, and never reads the same twice", () => {
  const [one, other] = [secrets.seal("t/1", "whsec_é"), secrets.seal("t/1", "whsec_é")];
  assert.notEqual(one, other);
  assert.doesNotMatch(one, /whsec/);
  assert.equal(secrets.open("t/1", one), "whsec_é");
  assert.equal(secrets.open("t/1", other), "whsec_é");
});

test("moved to another row, altered anywhere, cut, or under another key, it does not open", () => {
  const sealed = secrets.seal("t/1", "a token");
  assert.throws(() => secrets.open("t/2", sealed));
  assert.throws(() => loadSecrets(randomBytes(32), ".").open("t/1", sealed), /sealed under the key/);
  const body = Buffer.from(sealed.split(".")[1] ?? "", "base64url");
  for (let at = 0; at < body.length; at++) {
    const altered = Buffer.from(body);
    altered[at] = (altered[at] ?? 0) ^ 1;
    assert.throws(() => secrets.open("t/1", `${sealed.split(".")[0]}.${altered.toString("base64url")}`), `byte ${at}`);
  }
  for (const cut of [0, 11, 12, 20, 28]) {
    assert.throws(() => secrets.open("t/1", `${sealed.split(".")[0]}.${body.subarray(0, cut).toString("base64url")}`));
  }
});
