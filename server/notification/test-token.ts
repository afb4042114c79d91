/** The link in a test: for one test on one contact point. Signed and not stored, like that of a call; it opens nothing. */
import { dayMs } from "../../core/kernel/time.ts";
import { type Secrets, sameBytes } from "../platform/secrets.ts";

export const testTokenMs = dayMs;
const purpose = "test-page";
const macBytes = 16;
const bodyBytes = 12;

export type TestToken = { readonly outboxId: number; readonly issuedAt: number };

export function makeTestToken(secrets: Secrets, { outboxId, issuedAt }: TestToken): string {
  const body = Buffer.alloc(bodyBytes);
  body.writeBigUInt64BE(BigInt(outboxId));
  body.writeUInt32BE(Math.floor(issuedAt / 1_000), 8);
  return Buffer.concat([body, secrets.sign(purpose, body).subarray(0, macBytes)]).toString("base64url");
}

export function readTestToken(secrets: Secrets, text: string): TestToken | null {
  if (!/^[\w-]{36,40}$/.test(text)) return null;
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length !== bodyBytes + macBytes) return null;
  const body = bytes.subarray(0, bodyBytes);
  if (!sameBytes(secrets.sign(purpose, body).subarray(0, macBytes), bytes.subarray(bodyBytes))) return null;
  return { outboxId: Number(body.readBigUInt64BE()), issuedAt: body.readUInt32BE(8) * 1_000 };
}
