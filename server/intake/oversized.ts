/** A body of more than is read is refused, and raises an alert about its integration: a lost page must not be lost
 *  silently. */
import type { Readable } from "node:stream";
import type { Signal } from "../../core/alerts/decide.ts";
import type { Integration } from "../../core/desk/directory.ts";

/** One alert an integration, however often it happens. */
const key = "tocsin/oversized-body";

export const oversizedSignal = (integration: Integration, title: string, bytes: number): Signal => ({
  key,
  groupKey: key,
  action: "trigger",
  title,
  severity: "error",
  source: integration.name,
  stateful: false,
  startsAt: null,
  leaseUntil: null,
  by: null,
  details: { bytes },
});

/** Where the key is in the body, clients write it near its beginning. Anybody can make us hold this much. */
const lookedAtBytes = 64 * 1024;

/** The key of a body that is not parsed, found by its spelling. */
export const sniffKey = (bytes: Buffer): string =>
  /"(?:routing|service)_key"\s*:\s*"([A-Za-z0-9]{16,64})"/.exec(bytes.toString("latin1"))?.[1] ?? "";

/** Of a body that nobody has begun to read; what is left of it is let past. */
export async function sniffKeyOf(body: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let read = 0;
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      read += chunk.length;
      if (read >= lookedAtBytes) break;
    }
  } catch {
    /* Its sender went away: what came of it may do. */
  }
  return sniffKey(Buffer.concat(chunks).subarray(0, lookedAtBytes));
}
