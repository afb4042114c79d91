/** What-if replay over HTTP, a part at a time. Each part is bounded and gives way to other requests between its pieces; a
 *  caller that has gone is not worked for. */
import { setImmediate as othersFirst } from "node:timers/promises";
import type { FastifyRequest } from "fastify";
import * as contract from "../../contract/reach.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { type Call, inOrder, replaySide } from "../../core/drills/replay.ts";
import { addParts, emptyPart } from "../../core/drills/replay-parts.ts";
import { type Difference, type ReplayPart, replayPiece } from "../../core/drills/replay-sum.ts";
import { dayMs, toIso } from "../../core/kernel/time.ts";
import { spelledSpan } from "../../core/oncall/definition.ts";
import { viewerOf } from "../access/viewer.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/database.ts";
import type { Serve } from "../platform/http.ts";
import { HttpProblem } from "../platform/problems.ts";
import { changedBy } from "./changed-directory.ts";
import { type Past, type Place, readPast } from "./replay-store.ts";

export type ReplayKnown = { readonly db: Db; readonly clock: Clock; readonly directory: () => Directory };

/** Incidents of one part: about twenty parts for ten thousand. */
const partMax = 500;
/** Pagings before others have their turn: some milliseconds. */
const pieceMax = 50;

export function replayRoutes(serve: Serve, { db, clock, directory }: ReplayKnown): void {
  serve(contract.replayPages, async ({ body, request }) => {
    const saved = directory();
    const changed = await changedBy(saved, body.change, clock.now());
    const cursor = readCursor(body.cursor);
    const until = cursor?.until ?? clock.now();
    const period = { from: until - body.days * dayMs, until };
    const past = await readPast(db, viewerOf(request), { period, after: cursor?.place ?? null, limit: partMax });
    const part = await replayInPieces(past, { before: saved, after: changed }, request);
    const next = past.next && writeCursor(until, past.next);
    return { ...spelledSpan(period), incidents: past.incidents, seen: past.seen, next, ...spelledPart(part) };
  });
}

type Both = { readonly before: Directory; readonly after: Directory };

async function replayInPieces(
  { pagings }: Past,
  { before, after }: Both,
  { raw }: FastifyRequest,
): Promise<ReplayPart> {
  const sides = { before: replaySide(before, pagings), after: replaySide(after, pagings) };
  const ordered = inOrder(pagings);
  let part: ReplayPart = emptyPart;
  for (let place = 0; place < ordered.length && !raw.socket.destroyed; place += pieceMax) {
    part = addParts(part, replayPiece(ordered.slice(place, place + pieceMax), sides));
    await othersFirst();
  }
  return { ...part, differences: part.differences.toSorted((a, b) => b.startedAt - a.startedAt) };
}

const spelledCall = (call: Call | null) =>
  call && { person: call.personId, at: toIso(call.at), step: call.step, reason: call.reason, schedule: call.schedule };

const spelledDifference = ({ before, after, startedAt, ...one }: Difference) => ({
  ...one,
  startedAt: toIso(startedAt),
  before: spelledCall(before),
  after: spelledCall(after),
});

const spelledPart = (part: ReplayPart) => ({ ...part, differences: part.differences.map(spelledDifference) });

/** The end of the period goes along, so that all parts are of one period. */
const writeCursor = (until: number, { at, id }: Place): string =>
  Buffer.from(`${until} ${at} ${id}`).toString("base64url");

/** Within what a date can be, so that no cursor made up elsewhere is a fault of ours. */
const cursorShape = /^(\d{1,13}) (\d{1,13}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function readCursor(cursor: string | undefined): { readonly until: number; readonly place: Place } | null {
  if (cursor === undefined) return null;
  const [, until, at, id] = cursorShape.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (id === undefined)
    throw new HttpProblem(422, "invalid-body", {
      errors: [{ pointer: "/cursor", code: "invalid-value", detail: "" }],
    });
  return { until: Number(until), place: { at: Number(at), id } };
}
