import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { loadSecrets } from "../platform/secrets.ts";
import { makeAckToken, readAckToken } from "./ack-token.ts";

const secrets = loadSecrets(Buffer.alloc(32, 7), "");
const token = {
  incidentId: "01999999-0000-7000-8000-00000000000a",
  personId: "01999999-0000-7000-8000-00000000000b",
  issuedAt: 1_800_000_000_000,
};

test("a link says for which incident, for whom and since when, and nothing else opens it", () => {
  const text = makeAckToken(secrets, token);
  assert.match(text, /^[\w-]+$/);
  assert.deepEqual(readAckToken(secrets, text), token);
});

test("any bit changed, any other desk's key, another purpose, more or less text: nothing", () => {
  const text = makeAckToken(secrets, token);
  const bytes = Buffer.from(text, "base64url");
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    assert.equal(readAckToken(secrets, changed.toString("base64url")), null, `bit ${bit}`);
  }
  assert.equal(readAckToken(loadSecrets(randomBytes(32), ""), text), null);
  const body = bytes.subarray(0, 36);
  const otherPurpose = Buffer.concat([body, secrets.sign("report", body).subarray(0, 20)]);
  assert.equal(readAckToken(secrets, otherPurpose.toString("base64url")), null);
  for (const other of [`${text}A`, text.slice(1), ` ${text}`, `${text}=`, `${text}\n`, "", text.toLowerCase()])
    assert.equal(readAckToken(secrets, other), null, JSON.stringify(other));
});

test("one person's link is not another's, nor one incident's another's", () => {
  const mine = Buffer.from(makeAckToken(secrets, token), "base64url");
  const theirs = Buffer.from(
    makeAckToken(secrets, { ...token, personId: "01999999-0000-7000-8000-00000000000c" }),
    "base64url",
  );
  const swapped = Buffer.concat([theirs.subarray(0, 36), mine.subarray(36)]);
  assert.equal(readAckToken(secrets, swapped.toString("base64url")), null);
});
