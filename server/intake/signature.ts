/** Signatures of those who sign what they send (Grafana): hexadecimal HMAC-SHA256 under a secret that both know, over the
 *  body, or over `<seconds>:<body>` where a header says when. A key that leaks from an address is then not enough. */
import { createHmac } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { minuteMs } from "../../core/kernel/time.ts";
import { sameBytes } from "../platform/secrets.ts";
import { type IntakeKnown, integrationOf, noteRejected, plain, refuse } from "./doors.ts";

/** How far the sender's clock and ours may be apart, and how long what was seen can be sent again. */
const toleranceMs = 5 * minuteMs;

/** True of an integration that asks for no signature. */
export function isSigned(known: IntakeKnown, request: FastifyRequest, body: Buffer): boolean {
  const { id, signature } = integrationOf(request);
  if (!signature) return true;
  const { header, timestampHeader, sealed } = signature;
  const given = request.headers[header.toLowerCase()];
  if (typeof given !== "string" || !/^[0-9a-f]{64}$/i.test(given)) return false;
  const mac = createHmac("sha256", known.openSecret(id, sealed));
  if (timestampHeader !== null) {
    const at = request.headers[timestampHeader.toLowerCase()];
    if (typeof at !== "string" || !/^\d{1,12}$/.test(at)) return false;
    if (Math.abs(Number(at) * 1_000 - known.now()) > toleranceMs) return false;
    mac.update(`${at}:`);
  }
  return sameBytes(mac.update(body).digest(), Buffer.from(given, "hex"));
}

export function unsigned(known: IntakeKnown, request: FastifyRequest, to: FastifyReply): FastifyReply {
  const { id, kind } = integrationOf(request);
  const wrong = "the signature is missing, wrong, or too old";
  noteRejected(known, id, "signature", [wrong]);
  const answer = plain(401, "signature-invalid", wrong);
  return refuse(known, to, { kind, reason: "signature" }, answer);
}
