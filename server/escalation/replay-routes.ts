/** What-if replay over HTTP, a part at a time. Each part is bounded and gives way to other requests between its pieces; a
 *  caller that has gone is not worked for. */
import { setImmediate as othersFirst } from "node:timers/promises";
import type { FastifyRequest } from "fastify";
import * as contract from "../../contract/reach.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { type Call, type ReplaySide, replaySide } from "../../core/drills/replay.ts";
import type { PastPaging } from "../../core/drills/replay-history.ts";
import { calledBy, dueIn, turnsOf } from "../../core/drills/replay-order.ts";
import { addParts, type Both, emptyPart } from "../../core/drills/replay-parts.ts";
import { type Difference, type ReplayPart, replayPiece } from "../../core/drills/replay-sum.ts";
import { dayMs, toIso } from "../../core/kernel/time.ts";
import { spelledSpan } from "../../core/oncall/definition.ts";
import { viewerOf } from "../access/viewer.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/database.ts";
import type { Serve } from "../platform/http.ts";
import { changedBy } from "./changed-directory.ts";
import { readCursor, writeCursor } from "./replay-cursor.ts";
import { readPast } from "./replay-store.ts";

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
    const [from, known] = [cursor?.place ?? null, cursor?.later ?? []];
    const past = await readPast(db, viewerOf(request), { period, from, limit: partMax, later: known });
    const { due, later } = dueIn(past.read, { from: from?.at ?? period.from, until: past.next?.at ?? until });
    const turns = cursor?.turns ?? { before: [], after: [] };
    const sides = {
      before: replaySide(saved, due, calledBy(turns.before)),
      after: replaySide(changed, due, calledBy(turns.after)),
    };
    const part = await replayInPieces(due, sides, request);
    const read = new Set(past.read.map(({ id }) => id));
    const next = past.next && {
      until,
      place: past.next,
      turns: { before: turnsOf(sides.before.calledInTurn), after: turnsOf(sides.after.calledInTurn) },
      later: [...known.filter(({ id }) => !read.has(id)), ...later],
    };
    return {
      ...spelledSpan(period),
      incidents: past.incidents,
      seen: past.seen,
      next: next && writeCursor(next),
      ...spelledPart(part),
    };
  });
}

async function replayInPieces(
  pagings: readonly PastPaging[],
  sides: Both<ReplaySide>,
  { raw }: FastifyRequest,
): Promise<ReplayPart> {
  let part: ReplayPart = emptyPart;
  for (let place = 0; place < pagings.length && !raw.socket.destroyed; place += pieceMax) {
    part = addParts(part, replayPiece(pagings.slice(place, place + pieceMax), sides));
    await othersFirst();
  }
  return { ...part, differences: part.differences.toSorted((a, b) => b.startedAt - a.startedAt) };
}

const spelledCall = (call: Call | null) =>
  call && { person: call.personId, at: toIso(call.at), step: call.step, reason: call.reason, schedule: call.schedule };

export const spelledDifference = ({ before, after, startedAt, ...one }: Difference) => ({
  ...one,
  startedAt: toIso(startedAt),
  before: spelledCall(before),
  after: spelledCall(after),
});

const spelledPart = (part: ReplayPart) => ({ ...part, differences: part.differences.map(spelledDifference) });
