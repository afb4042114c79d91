/** What goes from one part of a replay to the next: where it goes on, whom policies called in turn so far on either side, and which
 *  incidents have more to come. It stays with whoever asks, so that nothing of it has to be kept here or cleaned up; what comes back
 *  is read as anything from outside is. */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { z } from "zod";
import type { Later, Turns } from "../../core/drills/replay-order.ts";
import type { Instant } from "../../core/kernel/vocabulary.ts";
import { HttpProblem } from "../platform/problems.ts";

export type Place = { readonly at: Instant; readonly id: string };
export type ReplayCursor = {
  /** Of the whole period, so that all parts are of one. */
  readonly until: Instant;
  readonly place: Place;
  readonly turns: { readonly before: Turns; readonly after: Turns };
  readonly later: readonly Later[];
};

/** Incidents that have more to come: beyond it those that come back latest are left out, and with them what began then. */
const laterMax = 4_000;
const unpackedMax = 8 * 1024 * 1024;

/** Within what a date can be, so that no cursor made up elsewhere is a fault of ours. */
const instant = z.int().min(0).max(8_640_000_000_000_000);
const id = z.guid();
const turns = z.array(z.tuple([z.string().max(100), z.array(z.string().max(100)).max(500)])).max(10_000);
const shape = z.strictObject({
  until: instant,
  place: z.strictObject({ at: instant, id }),
  turns: z.strictObject({ before: turns, after: turns }),
  later: z.array(z.strictObject({ id, at: instant })).max(laterMax),
});

export function writeCursor(cursor: ReplayCursor): string {
  const later = cursor.later.toSorted((a, b) => a.at - b.at).slice(0, laterMax);
  return deflateRawSync(JSON.stringify({ ...cursor, later })).toString("base64url");
}

export function readCursor(cursor: string | undefined): ReplayCursor | null {
  if (cursor === undefined) return null;
  const read = shape.safeParse(unpacked(cursor));
  if (read.success) return read.data;
  throw new HttpProblem(422, "invalid-body", {
    errors: [{ pointer: "/cursor", code: "invalid-value", detail: "" }],
  });
}

/** Undefined when it is none of ours. */
function unpacked(cursor: string): unknown {
  try {
    return JSON.parse(inflateRawSync(Buffer.from(cursor, "base64url"), { maxOutputLength: unpackedMax }).toString());
  } catch {
    return undefined;
  }
}
