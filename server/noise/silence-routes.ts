/** Silences over HTTP: made with a reason, seen by all, ended before their time by whoever may make one. */
import { randomUUID } from "node:crypto";
import type { FastifyRequest } from "fastify";
import * as contract from "../../contract/noise.ts";
import { silenceTimerKey, type TimerPayload } from "../../core/desk/effects.ts";
import { parseIso, toIso } from "../../core/kernel/time.ts";
import type { JsonObject, Language } from "../../core/kernel/vocabulary.ts";
import { onSilence } from "../../core/noise/judge.ts";
import { reminderAt, type Silence, silenceMaxMs, silenceState } from "../../core/noise/silences.ts";
import { viewerOf } from "../access/viewer.ts";
import { languageOf, type Serve } from "../platform/http.ts";
import { refused } from "../platform/problems.ts";
import { type NoiseKnown, refuseStrangers, refuseUnlessMay, scopeOf, shownScope } from "./known.ts";
import { previewOf } from "./preview.ts";
import {
  countWaiting,
  endRow,
  insertSilence,
  readSilence,
  readSilences,
  recheckAll,
  type SilenceRow,
} from "./store.ts";

/** Not over at one time: more are rules that nobody wrote down. */
const silencesMax = 500;

export function silenceRoutes(serve: Serve, known: NoiseKnown): void {
  const { pool, clock, directory } = known;
  serve(contract.listSilences, async ({ request }) => {
    const rows = await readSilences(pool);
    const waiting = await countWaiting(
      pool,
      rows.map(({ id }) => onSilence(id)),
    );
    return {
      data: rows.map((row) => viewOf(known, row, waiting.get(onSilence(row.id)) ?? 0, languageOf(request))),
      nextCursor: null,
    };
  });
  serve(contract.readSilence, async ({ request, params }) => show(known, request, params.id));
  serve(contract.addSilence, async ({ request, body }) => {
    refuseUnlessMay("silence", request);
    const scope = scopeOf(body);
    refuseStrangers(directory(), scope);
    const at = clock.now();
    const from = Math.max(at, parseIso(body.from ?? "") ?? at);
    const until = parseIso(body.until) ?? at;
    if (until <= from) throw refused("already-over");
    if (until - from > silenceMaxMs) throw refused("silence-too-long");
    if ((await readSilences(pool)).filter((one) => one.until > at).length >= silencesMax)
      throw refused("silences-full", { max: silencesMax });
    const createdBy = viewerOf(request).person.id;
    const made = { id: randomUUID(), version: 1, reason: body.reason, createdBy, scope, from, until };
    await known.change(request, async (client) => {
      await insertSilence(client, made, at);
      await remind(client, made);
      const data = { ...body, matchers: body.matchers.map((one) => ({ ...one })), from: toIso(from) } as JsonObject;
      return { id: made.id, kind: "silence", type: "silence.added", data, result: null };
    });
    return show(known, request, made.id);
  });
  serve(contract.endSilence, async ({ request, params }) => {
    refuseUnlessMay("silence", request);
    const at = clock.now();
    await known.change(request, async (client) => {
      const row = await readSilence(client, params.id, "locked");
      if (!row) throw refused("silence-unknown");
      if (row.until <= at) throw refused("already-over");
      await endRow(client, row.id, { at, by: viewerOf(request).person.id });
      await client.query("delete from timers where key = $1", [silenceTimerKey(row.id)]);
      await recheckAll(client, onSilence(row.id), at);
      return { id: row.id, kind: "silence", type: "silence.ended", data: {}, result: null };
    });
    return show(known, request, params.id);
  });
  serve(contract.previewSilence, async ({ request, body }) => {
    const { days, ...said } = body;
    return previewOf(known, viewerOf(request), scopeOf(said), days);
  });
}

type Client = Parameters<Parameters<NoiseKnown["change"]>[1]>[0];

async function remind(client: Client, silence: Silence): Promise<void> {
  const dueAt = reminderAt(silence);
  if (dueAt === null) return;
  const payload: TimerPayload = { kind: "silence", silenceId: silence.id };
  await client.query("insert into timers (key, payload, due_at) values ($1, $2, $3)", [
    silenceTimerKey(silence.id),
    JSON.stringify(payload),
    dueAt,
  ]);
}

async function show(known: NoiseKnown, request: FastifyRequest, id: string): Promise<contract.Silence> {
  const row = await readSilence(known.pool, id);
  if (!row) throw refused("silence-unknown");
  const waiting = await countWaiting(known.pool, [onSilence(id)]);
  return viewOf(known, row, waiting.get(onSilence(id)) ?? 0, languageOf(request));
}

function viewOf({ clock, directory }: NoiseKnown, row: SilenceRow, waiting: number, language: Language) {
  const { id, version, reason, scope, from, until, createdBy, endedAt } = row;
  const reminds = endedAt === null ? reminderAt(row) : null;
  return {
    id,
    version,
    reason,
    ...shownScope(scope, directory(), language),
    from: toIso(from),
    until: toIso(until),
    state: silenceState(row, clock.now()),
    createdBy: { id: createdBy, name: directory().people.get(createdBy)?.name ?? createdBy },
    remindsAt: reminds === null ? null : toIso(reminds),
    endedAt: endedAt === null ? null : toIso(endedAt),
    waiting,
  };
}
