/** Incidents over HTTP: record, list, read, act, export. Every command goes to the desk; nothing is decided here. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type pg from "pg";
import type { z } from "zod";
import * as contract from "../../contract/incidents.ts";
import { commandEndpoints } from "../../contract/incidents.ts";
import type { IncidentView } from "../../contract/shapes.ts";
import type { Directory } from "../../core/desk/directory.ts";
import type { DeskInput } from "../../core/desk/inputs.ts";
import { type IncidentCommandName, incidentCommands } from "../../core/directory/responsibility.ts";
import type { Condition } from "../../core/incidents/conditions.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import { yearOf } from "../../core/kernel/time.ts";
import { endedStages, openStages } from "../../core/kernel/vocabulary.ts";
import { type ActBody, actEnvelope, actRefused, noteSeen } from "../access/acting.ts";
import { type Viewer, viewerOf } from "../access/viewer.ts";
import { visibleAlerts } from "../access/visible.ts";
import type { Submit } from "../desk/commit.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/database.ts";
import { languageOf, type Serve } from "../platform/http.ts";
import type { Log } from "../platform/log.ts";
import { HttpProblem, refusalProblem, refused } from "../platform/problems.ts";
import { badCursor, readCursor, readQuery, writeCursor } from "./asking.ts";
import { processView } from "./asks.ts";
import { type BoardOrdering, placeIn, writePlace } from "./board-order.ts";
import { bounded, findIds, narrowing } from "./finding.ts";
import { asSeen } from "./merged-views.ts";
import { exportRecord, readTold } from "./record-views.ts";
import { countBoard, findIncident, type IncidentRow, type Reading, readBoard, readRows, viewOf } from "./views.ts";

export type IncidentsKnown = {
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly submit: Submit;
  readonly directory: () => Directory;
};

const pageDefault = 50;

export function incidentRoutes(serve: Serve, known: IncidentsKnown): void {
  readingRoutes(serve, known);
  serve(contract.recordIncident, async ({ request, reply, body }) => {
    const viewer = viewerOf(request);
    const envelope = actEnvelope(known.clock, request, { occurredAt: body.occurredAt });
    const outcome = await known.submit({
      kind: "open",
      envelope,
      incident: {
        title: body.title,
        description: body.description ?? null,
        language: body.language ?? languageOf(request),
        service: body.service ?? null,
        categories: body.categories ?? [],
        domains: body.domains ?? [],
        impact: body.impact ?? null,
        urgency: body.urgency ?? null,
        severity: null,
        exercise: body.exercise ?? false,
        detectedAs: body.detectedAs,
        origin: { kind: "person", personId: viewer.person.id },
      },
    });
    if (isRefusal(outcome)) throw refusalProblem(outcome);
    if (outcome.kind !== "incident") throw new HttpProblem(500, "internal");
    return answer(known, request, reply, outcome.incidentId);
  });
  for (const [index, endpoint] of commandEndpoints.entries()) {
    const name = incidentCommands[index];
    if (!name) continue;
    serve(endpoint, async ({ request, reply, params, body }) => {
      const ifSeq = seqOfTag(request.headers["if-match"]);
      const acting = { request, name, id: (params as { id: string }).id, body: body as CommandBody, ifSeq };
      return answer(known, request, reply, await act(known, acting));
    });
  }
}

export type CommandBody = ActBody & {
  readonly into?: string;
  readonly incident?: string;
  readonly alerts?: readonly string[];
};

export type Acting = {
  readonly request: FastifyRequest;
  readonly name: IncidentCommandName;
  readonly id: string;
  readonly body: CommandBody;
  /** How many entries the record must have still; null when it does not matter. */
  readonly ifSeq: number | null;
};

/** Gives the id of the incident it was done to; refusals are thrown. */
export async function act(known: IncidentsKnown, acting: Acting): Promise<string> {
  const { request, name, body, ifSeq } = acting;
  const viewer = viewerOf(request);
  const row = await find(known, request, acting.id);
  const { reason: _reason, occurredAt: _occurredAt, derogation: _derogation, ...input } = body;
  if (name === "merge") Object.assign(input, { into: (await find(known, request, body.into ?? "")).id });
  if (name === "link" || name === "unlink")
    Object.assign(input, { incident: (await find(known, request, body.incident ?? "")).id });
  if (name === "split") Object.assign(input, { alerts: await alertRefs(known, viewer, row.id, body.alerts ?? []) });
  const outcome = await known.submit({
    kind: "command",
    incidentId: row.id,
    command: { name, input } as unknown as Extract<DeskInput, { kind: "command" }>["command"],
    envelope: actEnvelope(known.clock, request, body),
    ...(ifSeq === null ? {} : { ifSeq }),
  });
  if (isRefusal(outcome)) throw actRefused(known.log, request, outcome, { name, incident: row.id });
  if (outcome.kind === "nothing") throw new HttpProblem(412, "precondition-failed");
  return row.id;
}

/** Those of this incident, by how the desk finds them; any other is refused as what is not here. */
async function alertRefs({ db }: IncidentsKnown, viewer: Viewer, incidentId: string, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const rows = await visibleAlerts(db, viewer)
    .where("alerts.incident_id", "=", incidentId)
    .where("alerts.id", "in", [...ids])
    .select(["alerts.integration_id", "alerts.key", "alerts.group_key"])
    .execute();
  if (rows.length < new Set(ids).size) throw refused("alert-not-here");
  return rows.map((row) => ({ integrationId: row.integration_id, key: row.key, groupKey: row.group_key ?? row.key }));
}

/** `If-Match` with the entity tag that was read; any (`*`) is no condition, and one that is none of ours never matches. */
function seqOfTag(tag: string | undefined): number | null {
  if (tag === undefined || tag === "*") return null;
  return Number(/^"(\d{1,9})"$/.exec(tag)?.[1] ?? -1);
}

export const readingOf = (known: IncidentsKnown, request: FastifyRequest): Reading => ({
  db: known.db,
  viewer: viewerOf(request),
  directory: known.directory(),
  language: languageOf(request),
});

export async function find(known: IncidentsKnown, request: FastifyRequest, idOrNumber: string): Promise<IncidentRow> {
  const reading = readingOf(known, request);
  const row = await findIncident(reading, idOrNumber, yearOf(known.clock.now(), reading.directory.zone));
  if (!row) throw refused("incident-unknown");
  return row;
}

export async function idSeenBy(known: IncidentsKnown, viewer: Viewer, idOrNumber: string): Promise<string | undefined> {
  const directory = known.directory();
  const reading: Reading = { db: known.db, viewer, directory, language: viewer.person.language };
  return (await findIncident(reading, idOrNumber, yearOf(known.clock.now(), directory.zone)))?.id;
}

export async function answer(
  known: IncidentsKnown,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
): Promise<unknown> {
  return shown(known, request, reply, await find(known, request, id));
}

async function shown(
  known: IncidentsKnown,
  request: FastifyRequest,
  reply: FastifyReply,
  row: IncidentRow,
): Promise<unknown> {
  void reply.header("etag", `"${row.seq}"`);
  return viewFor(known, request, row);
}

export async function viewFor(known: IncidentsKnown, request: FastifyRequest, row: IncidentRow): Promise<IncidentView> {
  const view = viewOf(row, known.directory(), languageOf(request));
  const [seen = view] = await asSeen(readingOf(known, request), [view]);
  return seen;
}

const viewsFor = (reading: Reading, rows: readonly IncidentRow[]): Promise<IncidentView[]> =>
  asSeen(
    reading,
    rows.map((row) => viewOf(row, reading.directory, reading.language)),
  );

/** From when it was reported until it ended, or now. */
export async function periodOf(
  known: IncidentsKnown,
  request: FastifyRequest,
  idOrNumber: string,
): Promise<{ readonly service: string | null; readonly from: number; readonly until: number }> {
  const { incident } = await find(known, request, idOrNumber);
  const { service, milestones, ended, updatedAt } = incident as IncidentState;
  const now = known.clock.now();
  return { service, from: milestones.reported ?? now, until: ended === null ? now : (milestones.closed ?? updatedAt) };
}

/** What the list's own parameters ask, in the terms of a query. */
function chosen(query: z.infer<typeof contract.incidentsFilter>): Condition[] {
  const conditions: Condition[] = [];
  const { stage, open, service } = query;
  if (stage !== undefined)
    conditions.push({ kind: "stage", negated: false, stages: Array.isArray(stage) ? stage : [stage] });
  if (open !== undefined)
    conditions.push({ kind: "stage", negated: false, stages: open === "true" ? openStages : endedStages });
  if (service !== undefined) conditions.push({ kind: "service", negated: false, ids: [service] });
  return conditions;
}

function readingRoutes(serve: Serve, known: IncidentsKnown): void {
  serve(contract.listIncidents, async ({ request, query }) => {
    const limit = query.limit ?? pageDefault;
    const reading = readingOf(known, request);
    const asked = readQuery(query.q ?? "", { ...reading, now: known.clock.now() });
    const conditions = [...asked.conditions, ...chosen(query)];
    const { ids, rows } = await bounded(known.db, async (db) => {
      const finding = { ...asked, conditions, limit: limit + 1, cursor: readCursor(query.cursor) };
      const found = await findIds(db, reading.viewer, finding);
      const page = found.slice(0, limit).map(({ id }) => id);
      return { ids: found, rows: await readRows({ ...reading, db }, page) };
    });
    const last = ids[limit - 1];
    return {
      data: await viewsFor(reading, rows),
      nextCursor: ids.length > limit && last ? writeCursor(last.reported_at, last.id) : null,
      problems: asked.problems,
    };
  });
  serve(contract.readIncident, async ({ request, reply, params }) => {
    const row = await find(known, request, params.id);
    await noteSeen(known, request, row, "page");
    return shown(known, request, reply, row);
  });
  serve(contract.readTimeline, async ({ request, params, query }) => {
    const row = await find(known, request, params.id);
    await noteSeen(known, request, row, "page");
    return { data: await readTold(readingOf(known, request), row.id, query.after ?? 0, query.limit ?? 1_000) };
  });
  serve(contract.readIncidentProcess, async ({ request, params }) => {
    const row = await find(known, request, params.id);
    const { directory, language } = readingOf(known, request);
    return processView(row.incident as IncidentState, directory, language);
  });
  serve(contract.exportIncident, async ({ request, params }) => {
    const row = await find(known, request, params.id);
    await noteSeen(known, request, row, "export");
    known.log.info({ event: "exported", person: viewerOf(request).person.id, incident: row.id }, "record exported");
    return exportRecord(readingOf(known, request), row, known.clock.now());
  });
  serve(contract.readBoard, async ({ request, query }) => {
    const reading = readingOf(known, request);
    const limit = query.limit ?? 200;
    const asked = readQuery(query.q ?? "", { ...reading, now: known.clock.now() });
    const by: BoardOrdering["by"] = query.by ?? "attention";
    const after = query.cursor === undefined ? null : placeIn(query.cursor, by);
    if (after === undefined) throw badCursor();
    const order = { by, after };
    const wanted = { mine: query.mine === "true", ids: query.ids ?? null, order };
    const [rows, counts] = await Promise.all([
      readBoard(reading, { ...wanted, narrowed: narrowing(known.db, asked), limit: limit + 1 }),
      countBoard(reading),
    ]);
    const last = rows[limit - 1];
    const truncated = rows.length > limit;
    return {
      data: await viewsFor(reading, rows.slice(0, limit)),
      counts,
      truncated,
      nextCursor: truncated && last ? writePlace(last, by) : null,
      problems: asked.problems,
    };
  });
}
