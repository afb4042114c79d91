/** A changed rule about noise over HTTP, before it is saved: alerts are run once for the whole of a period, then who is called, a part
 *  at a time. */
import { setImmediate as othersFirst } from "node:timers/promises";
import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import * as contract from "../../contract/noise-replay.ts";
import type { IncidentChange, PairedPaging } from "../../core/drills/noise-change.ts";
import { type NoiseRun, neededFor, noisePart, noiseRun } from "../../core/drills/noise-part.ts";
import { type NoisePast, type NoiseSide, runNoise } from "../../core/drills/noise-run.ts";
import { replaySide } from "../../core/drills/replay.ts";
import { calledBy, turnsOf } from "../../core/drills/replay-order.ts";
import { addParts, type Both, emptyPart } from "../../core/drills/replay-parts.ts";
import { type ReplayPart, replayPairs } from "../../core/drills/replay-sum.ts";
import type { Span } from "../../core/kernel/spans.ts";
import { dayMs, minuteMs, toIso } from "../../core/kernel/time.ts";
import type { Instant } from "../../core/kernel/vocabulary.ts";
import type { Noise } from "../../core/noise/compiled.ts";
import { spelledSpan } from "../../core/oncall/definition.ts";
import { viewerOf } from "../access/viewer.ts";
import type { Serve } from "../platform/http.ts";
import { readAlertsPast } from "./noise-past.ts";
import { readCursor, writeCursor } from "./replay-cursor.ts";
import { type ReplayKnown, spelledDifference } from "./replay-routes.ts";
import { readPast } from "./replay-store.ts";

type Change = z.output<typeof contract.replayNoise.body>["change"];
export type NoiseReplayKnown = ReplayKnown & {
  /** As it is, and as a change would make it. */
  readonly noisesOf: (change: Change) => Promise<Both<Noise | null>>;
};

const partMax = 500;
const pieceMax = 50;

/** What a part needs of the alerts of a whole period. */
type Whole = NoiseRun & { readonly partly: boolean; readonly titles: ReadonlyMap<string, string> };

/** The whole is worked out at the first part and kept for the next ones; a node that does not have it works it out anew. */
type Kept = { readonly asked: string; readonly at: Instant; readonly whole: Whole };
const keptMax = 3;
const keptMs = 2 * minuteMs;

export function noiseReplayRoutes(serve: Serve, known: NoiseReplayKnown): void {
  const { db, clock, directory } = known;
  let kept: readonly Kept[] = [];
  serve(contract.replayNoise, async ({ body, request }) => {
    const saved = directory();
    const viewer = viewerOf(request);
    const noises = await known.noisesOf(body.change);
    const cursor = readCursor(body.cursor);
    const until = cursor?.until ?? clock.now();
    const period = { from: until - body.days * dayMs, until };
    const asked = JSON.stringify([viewer.person.id, period, body.change]);
    const now = clock.now();
    kept = kept.filter(({ at }) => now - at < keptMs);
    const found = kept.find((one) => one.asked === asked)?.whole;
    const whole = found ?? (await wholeOf(known, { period, noises }, request));
    if (!found) kept = [...kept, { asked, at: now, whole }].slice(-keptMax);
    const from = cursor?.place ?? null;
    const begins = from?.at ?? period.from;
    const later = cursor?.later ?? [];
    const reading = { period, from, limit: partMax, later: [...later, ...neededFor(whole, begins)] };
    const past = await readPast(db, viewer, reading);
    const part = noisePart(whole, past.read, { from: begins, until: past.next?.at ?? until });
    const turns = cursor?.turns ?? { before: [], after: [] };
    const sideOf = (side: "before" | "after") =>
      replaySide(
        saved,
        part.due.flatMap((one) => one[side] ?? []),
        calledBy(turns[side]),
      );
    const sides = { before: sideOf("before"), after: sideOf("after") };
    const sums = await replayInPieces(part.due, sides, request);
    const read = new Set(past.read.map(({ id }) => id));
    const next = past.next && {
      until,
      place: past.next,
      turns: { before: turnsOf(sides.before.calledInTurn), after: turnsOf(sides.after.calledInTurn) },
      later: [...later.filter(({ id }) => !read.has(id)), ...part.later],
    };
    const { incidents, seen } = past;
    const told = { incidents, seen, partly: whole.partly, opened: part.opened, next: next && writeCursor(next) };
    const changes = part.changes.map((one) => spelledChange(whole, one));
    return { ...spelledSpan(period), ...told, changes, ...spelledSums(whole, sums) };
  });
}

type Asked = { readonly period: Span; readonly noises: Both<Noise | null> };

async function wholeOf(
  { db, directory }: NoiseReplayKnown,
  { period, noises }: Asked,
  request: FastifyRequest,
): Promise<Whole> {
  const saved = directory();
  const { partly, alerts, placeOf } = await readAlertsPast(db, viewerOf(request), period);
  const past: NoisePast = { alerts, lifeOf: (id) => placeOf(id)?.life ?? null, until: period.until };
  const run = (noise: Noise | null): Promise<NoiseSide> => inPieces(runNoise(past, saved, noise), request);
  const sides = { before: await run(noises.before), after: await run(noises.after) };
  const titles = new Map(alerts.map(({ id, title }) => [id, title]));
  const alertIds = alerts.map(({ id }) => id);
  return { ...noiseRun(sides, { alertIds, placeOf, until: period.until }), partly, titles };
}

/** Between pieces others have their turn; for a caller that has gone no more is done. */
async function inPieces(run: Generator<void, NoiseSide>, { raw }: FastifyRequest): Promise<NoiseSide> {
  for (;;) {
    const { done, value } = run.next();
    if (done) return value;
    await othersFirst();
    if (raw.socket.destroyed) throw new Error("nobody waits for this replay any more");
  }
}

async function replayInPieces(
  pagings: readonly PairedPaging[],
  sides: Parameters<typeof replayPairs>[1],
  { raw }: FastifyRequest,
): Promise<ReplayPart> {
  let part: ReplayPart = emptyPart;
  for (let place = 0; place < pagings.length && !raw.socket.destroyed; place += pieceMax) {
    part = addParts(part, replayPairs(pagings.slice(place, place + pieceMax), sides));
    await othersFirst();
  }
  return { ...part, differences: part.differences.toSorted((a, b) => b.startedAt - a.startedAt) };
}

const alertOf = ({ titles }: Whole, id: string) => ({ id, title: titles.get(id) ?? "" });

function incidentOf({ placeOf }: Whole, alertId: string): { id: string; number: string } | null {
  const opened = placeOf(alertId)?.opened;
  return opened ? { id: opened.id, number: opened.number } : null;
}

const spelledChange = (whole: Whole, { kind, leader, before, after, into, rule }: IncidentChange) => ({
  kind,
  alert: alertOf(whole, leader),
  incident: incidentOf(whole, leader),
  before: before === null ? null : toIso(before),
  after: after === null ? null : toIso(after),
  into: into === null ? null : { ...alertOf(whole, into), incident: incidentOf(whole, into) },
  rule,
});

const spelledSums = (whole: Whole, sums: ReplayPart) => ({
  ...sums,
  differences: sums.differences.map(({ incident, ...one }) => {
    const isReal = incident.number !== "";
    const told = { incident: isReal ? incident : null, alert: isReal ? null : alertOf(whole, incident.id) };
    return { ...spelledDifference({ incident, ...one }), ...told };
  }),
});
