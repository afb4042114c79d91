/** What an answer by mail brings back: which message it answers, signed. In lower case figures and letters only, since it may stand
 *  in an address, whose case nobody keeps. */
import { addressTokenLength } from "../platform/addresses.ts";
import { type Secrets, sameBytes } from "../platform/secrets.ts";

const purpose = "mail-reply";
const bodyBytes = 6;
const macBytes = addressTokenLength / 2 - bodyBytes;

export function makeReplyToken(secrets: Secrets, outboxId: number): string {
  const body = Buffer.alloc(bodyBytes);
  body.writeUIntBE(outboxId, 0, bodyBytes);
  return Buffer.concat([body, macOf(secrets, body)]).toString("hex");
}

/** Null for anything that this desk did not sign. */
export function readReplyToken(secrets: Secrets, text: string): number | null {
  if (!tokenForm.test(text)) return null;
  const bytes = Buffer.from(text, "hex");
  const body = bytes.subarray(0, bodyBytes);
  return sameBytes(macOf(secrets, body), bytes.subarray(bodyBytes)) ? body.readUIntBE(0, bodyBytes) : null;
}

const tokenForm = /^[0-9a-f]{40}$/;

const macOf = (secrets: Secrets, body: Buffer): Buffer => secrets.sign(purpose, body).subarray(0, macBytes);

/** Where mail programs and servers hand it back: what is answered, and to which address. */
const carriers = ["in-reply-to", "references", "to", "cc", "delivered-to", "x-original-to", "envelope-to"];
const looked = /(?<![0-9a-z])[0-9a-f]{40}(?![0-9a-z])/g;
const candidatesMax = 20;

export function findReplyToken(secrets: Secrets, headers: Readonly<Record<string, string>>): number | null {
  const text = carriers.map((name) => headers[name] ?? "").join("\n");
  for (const [candidate] of [...text.toLowerCase().matchAll(looked)].slice(0, candidatesMax)) {
    const id = readReplyToken(secrets, candidate);
    if (id !== null) return id;
  }
  return null;
}
