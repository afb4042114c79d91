/** Somebody asks that their turn be taken, in return for another or not; whoever accepts first has it. Those concerned are told. */
import { randomUUID } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type pg from "pg";
import * as contract from "../../contract/oncall.ts";
import { intersect, type Span } from "../../core/kernel/spans.ts";
import { toIso } from "../../core/kernel/time.ts";
import { type CoverAct, type CoverEnd, coverRefusal, coverStateAt, toldOfCover } from "../../core/oncall/cover.ts";
import { finalSchedule } from "../../core/oncall/final-schedule.ts";
import { layersOf } from "../../core/oncall/schedule.ts";
import { viewerOf } from "../access/viewer.ts";
import { everything, type Serve } from "../platform/http.ts";
import { refusalProblem, refused } from "../platform/problems.ts";
import { insertCover, type NewCover } from "./cover-store.ts";
import { datedFor } from "./holiday-routes.ts";
import type { OnCallKnown } from "./known.ts";
import { insertOverride, stretchOf } from "./schedule-store.ts";

type Row = NewCover & {
  readonly withdrawn_at: number | null;
  readonly accepted_at: number | null;
  readonly accepted_by: string | null;
  readonly declined_at: number | null;
};

const columns =
  "id, schedule_id, person_id, from_at, until_at, asked_person, return_from, return_until, message, made_at, withdrawn_at, accepted_at, accepted_by, declined_at";

function endOf(row: Row): CoverEnd | null {
  if (row.accepted_at !== null) return "accepted";
  if (row.declined_at !== null) return "declined";
  return row.withdrawn_at === null ? null : "withdrawn";
}

const requestOf = (row: Row) => ({
  personId: row.person_id,
  asked: row.asked_person,
  from: row.from_at,
  until: row.until_at,
  ended: endOf(row),
});

const viewOf = (row: Row, now: number) => ({
  id: row.id,
  schedule: row.schedule_id,
  person: row.person_id,
  from: toIso(row.from_at),
  until: toIso(row.until_at),
  asked: row.asked_person,
  inReturn: isSwap(row) ? { from: toIso(row.return_from), until: toIso(row.return_until) } : null,
  message: row.message,
  madeAt: toIso(row.made_at),
  state: coverStateAt(requestOf(row), now),
  acceptedBy: row.accepted_by,
});

const isSwap = (row: Row): row is Row & { readonly return_from: number; readonly return_until: number } =>
  row.return_from !== null && row.return_until !== null;

export function coverRoutes(serve: Serve, known: OnCallKnown): void {
  const { pool, clock } = known;
  serve(contract.listCoverRequests, async ({ query }) => {
    const now = clock.now();
    const { rows } = await pool.query<Row>(
      `select ${columns} from cover_requests where until_at > $1 and ($2::uuid is null or schedule_id = $2) order by from_at, id limit 500`,
      [now, query.schedule ?? null],
    );
    return everything(rows.map((row) => viewOf(row, now)));
  });
  askRoute(serve, known);
  acceptRoute(serve, known);
  endingRoutes(serve, known);
}

const declining = "update cover_requests set declined_at = $2 where id = $1";
const withdrawing = "update cover_requests set withdrawn_at = $2 where id = $1";

function endingRoutes(serve: Serve, known: OnCallKnown): void {
  const end = async (request: FastifyRequest, id: string, act: "decline" | "withdraw") => {
    const at = known.clock.now();
    const row = await known.change(request, async (client) => {
      const found = await lockFor(client, { id, act, request, at });
      await client.query(act === "decline" ? declining : withdrawing, [id, at]);
      const ended = act === "decline" ? "declined" : "withdrawn";
      await tell(known, client, found, ended, viewerOf(request).person.id);
      const result = act === "decline" ? { ...found, declined_at: at } : { ...found, withdrawn_at: at };
      const type = `schedule.cover-${ended}`;
      return { id: found.schedule_id, kind: "schedule", type, data: { request: id }, result };
    });
    return viewOf(row, at);
  };
  serve(contract.declineCover, async ({ request, params }) => end(request, params.id, "decline"));
  serve(contract.withdrawCover, async ({ request, params }) => end(request, params.id, "withdraw"));
}

type Locking = {
  readonly id: string;
  readonly act: CoverAct;
  readonly request: FastifyRequest;
  readonly at: number;
};

/** Locked, and refused to whoever may not do that with it now. */
async function lockFor(client: pg.PoolClient, { id, act, request, at }: Locking): Promise<Row> {
  const row = await lockRequest(client, id);
  const refusal = coverRefusal(requestOf(row), act, viewerOf(request).person, at);
  if (refusal !== null) throw refusalProblem(refusal);
  return row;
}

/** In the transaction of what happened. Whoever has turns in the schedule was asked, when nobody was by name. */
async function tell(
  known: OnCallKnown,
  client: pg.PoolClient,
  row: Row,
  happened: CoverEnd | "asked",
  by: string,
): Promise<void> {
  const schedule = known.directory().schedules.get(row.schedule_id);
  const members = (schedule ? layersOf(schedule) : []).flatMap(({ rotation }) =>
    rotation.participants.filter((one) => one !== null),
  );
  const told = toldOfCover({ personId: row.person_id, asked: row.asked_person }, happened, { by, members });
  await known.tellOfCover(
    client,
    told.map((one) => ({
      ...one,
      request: row.id,
      schedule: row.schedule_id,
      owner: row.person_id,
      by,
      from: row.from_at,
      until: row.until_at,
      inReturn: isSwap(row) ? { from: row.return_from, until: row.return_until } : null,
      message: row.message,
      named: row.asked_person !== null,
    })),
  );
}

async function lockRequest(client: pg.PoolClient, id: string): Promise<Row> {
  const { rows } = await client.query<Row>(`select ${columns} from cover_requests where id = $1 for update`, [id]);
  const [row] = rows;
  if (!row) throw refused("cover-request-unknown");
  return row;
}

/** When somebody has a schedule, within a time. */
async function held({ directory }: OnCallKnown, scheduleId: string, personId: string, period: Span): Promise<Span[]> {
  const known = directory().schedules.get(scheduleId);
  if (!known) throw refused("schedule-unknown", { schedule: scheduleId });
  const schedule = await datedFor(known, period);
  const { stretches } = finalSchedule(schedule, directory().absences, period);
  return intersect(
    stretches.filter((one) => one.held.personId === personId),
    [period],
  );
}

function askRoute(serve: Serve, known: OnCallKnown): void {
  serve(contract.askForCover, async ({ request, body }) => {
    const at = known.clock.now();
    const { person } = viewerOf(request);
    const span = stretchOf(body);
    const back = body.inReturn === undefined ? null : stretchOf(body.inReturn);
    if (span.until <= at || (back !== null && back.until <= at)) throw refused("already-over");
    await known.changed();
    if ((await held(known, body.schedule, person.id, span)).length === 0) throw refused("not-on-call-then");
    const row: Row = {
      id: randomUUID(),
      schedule_id: body.schedule,
      person_id: person.id,
      from_at: span.from,
      until_at: span.until,
      asked_person: body.asked ?? null,
      return_from: back?.from ?? null,
      return_until: back?.until ?? null,
      message: body.message ?? null,
      made_at: at,
      withdrawn_at: null,
      accepted_at: null,
      accepted_by: null,
      declined_at: null,
    };
    await known.change(request, async (client) => {
      if (body.asked) await known.refuseUnknownPeople(client, [{ id: body.asked, pointer: "/asked" }]);
      await insertCover(client, row);
      await tell(known, client, row, "asked", person.id);
      const data = { request: row.id, person: person.id, from: body.from, until: body.until };
      return { id: row.schedule_id, kind: "schedule", type: "schedule.cover-asked", data, result: null };
    });
    return viewOf(row, at);
  });
}

function acceptRoute(serve: Serve, known: OnCallKnown): void {
  serve(contract.acceptCover, async ({ request, params }) => {
    const at = known.clock.now();
    const { person } = viewerOf(request);
    await known.changed();
    const row = await known.change(request, async (client) => {
      const found = await lockFor(client, { id: params.id, act: "accept", request, at });
      const scheduleId = found.schedule_id;
      const taken = await held(known, scheduleId, found.person_id, {
        from: Math.max(at, found.from_at),
        until: found.until_at,
      });
      if (taken.length === 0) throw refused("not-on-call-then");
      const given = isSwap(found)
        ? await held(known, scheduleId, person.id, { from: Math.max(at, found.return_from), until: found.return_until })
        : [];
      if (isSwap(found) && given.length === 0) throw refused("nothing-in-return");
      const by = { at, by: person.id };
      for (const span of taken) await insertOverride(client, { ...span, scheduleId, personId: person.id }, by);
      for (const span of given) await insertOverride(client, { ...span, scheduleId, personId: found.person_id }, by);
      await client.query("update cover_requests set accepted_at = $2, accepted_by = $3 where id = $1", [
        params.id,
        at,
        person.id,
      ]);
      await tell(known, client, found, "accepted", person.id);
      const data = { request: params.id, person: found.person_id, by: person.id };
      const result = { ...found, accepted_at: at, accepted_by: person.id };
      return { id: scheduleId, kind: "schedule", type: "schedule.cover-accepted", data, result };
    });
    return viewOf(row, at);
  });
}
