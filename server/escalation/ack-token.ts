/** The link in a page: for one person, one incident, this action. It is signed, not stored, so nothing usable lies in the
 *  database; it carries no session, and is good until somebody has accepted or the incident ended, at most 24 hours. */
import { type Secrets, sameBytes } from "../platform/secrets.ts";

export type AckToken = { readonly incidentId: string; readonly personId: string; readonly issuedAt: number };

export const ackTokenMs = 24 * 3_600_000;
const purpose = "acknowledge";
const macBytes = 20;

const bytesOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll("-", ""), "hex");
const uuidOf = (bytes: Buffer): string =>
  bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

export function makeAckToken(secrets: Secrets, token: AckToken): string {
  const seconds = Buffer.alloc(4);
  seconds.writeUInt32BE(Math.floor(token.issuedAt / 1_000));
  const body = Buffer.concat([bytesOf(token.incidentId), bytesOf(token.personId), seconds]);
  const mac = secrets.sign(purpose, body).subarray(0, macBytes);
  return Buffer.concat([body, mac]).toString("base64url");
}

/** Null for anything that this desk did not sign. Whether it is still good is for the caller to ask. */
export function readAckToken(secrets: Secrets, text: string): AckToken | null {
  if (!/^[\w-]{70,80}$/.test(text)) return null;
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length !== 36 + macBytes) return null;
  const body = bytes.subarray(0, 36);
  if (!sameBytes(secrets.sign(purpose, body).subarray(0, macBytes), bytes.subarray(36))) return null;
  return {
    incidentId: uuidOf(body.subarray(0, 16)),
    personId: uuidOf(body.subarray(16, 32)),
    issuedAt: body.readUInt32BE(32) * 1_000,
  };
}
