/** The code that proves a contact point: sent there, typed here. It is made of the key and of when it was sent, so nothing
 *  that opens anything lies in the database; eight figures, five tries, fifteen minutes. */
import { minuteMs } from "../../core/kernel/time.ts";
import { type Secrets, sameBytes } from "../platform/secrets.ts";

export const codeLastsMs = 15 * minuteMs;
export const codeTriesMax = 5;
/** Before another may be asked for. */
export const codeWaitMs = minuteMs;

const purpose = "contact-point-code";
const figures = 8;

export function codeOf(secrets: Secrets, pointId: string, sentAt: number): string {
  const mac = secrets.sign(purpose, Buffer.from(`${pointId}/${sentAt}`));
  return String(mac.readUIntBE(0, 6) % 10 ** figures).padStart(figures, "0");
}

/** However it was spaced. */
export function isCode(
  secrets: Secrets,
  point: { readonly id: string; readonly sentAt: number },
  given: string,
): boolean {
  const typed = Buffer.from(given.replaceAll(/[\s-]/g, ""));
  return sameBytes(typed, Buffer.from(codeOf(secrets, point.id, point.sentAt)));
}
