/** In the addresses at which providers tell what became of something: which one, signed, so that nobody can ask about another.
 *  Their own signature is asked besides. */
import { type Secrets, sameBytes } from "../platform/secrets.ts";

const purpose = "provider-return";
const macBytes = 16;
const bodyBytes = 8;

export function makeReturnToken(secrets: Secrets, outboxId: number): string {
  const body = Buffer.alloc(bodyBytes);
  body.writeBigUInt64BE(BigInt(outboxId));
  return Buffer.concat([body, secrets.sign(purpose, body).subarray(0, macBytes)]).toString("base64url");
}

export function readReturnToken(secrets: Secrets, text: string): number | null {
  if (!/^[\w-]{32}$/.test(text)) return null;
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length !== bodyBytes + macBytes) return null;
  const body = bytes.subarray(0, bodyBytes);
  if (!sameBytes(secrets.sign(purpose, body).subarray(0, macBytes), bytes.subarray(bodyBytes))) return null;
  return Number(body.readBigUInt64BE());
}
