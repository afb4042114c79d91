/** Somebody asks that their turn be taken, in return for another or not; whoever accepts first has it. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import * as contract from "../../contract/oncall.ts";
import { intersect, type Span } from "../../core/kernel/spans.ts";
import { toIso } from "../../core/kernel/time.ts";
import { finalSchedule } from "../../core/oncall/final-schedule.ts";
import { viewerOf } from "../access/viewer.ts";
import type { Serve } from "../platform/http.ts";
import { refused } from "../platform/problems.ts";
import { everything, type OnCallKnown, refuseForOthers } from "./known.ts";
import { insertOverride, stretchOf } from "./schedule-store.ts";

type Row = {
  readonly id: string;
  readonly schedule_id: string;
  readonly person_id: string;
  readonly from_at: number;
  readonly until_at: number;
  readonly asked_person: string | null;
  readonly return_from: number | null;
  readonly return_until: number | null;
  readonly message: string | null;
  readonly made_at: number;
  readonly withdrawn_at: number | null;
  readonly accepted_at: number | null;
  readonly accepted_by: string | null;
};

const columns =
  "id, schedule_id, person_id, from_at, until_at, asked_person, return_from, return_until, message, made_at, withdrawn_at, accepted_at, accepted_by";

function stateOf(row: Row, now: number): "open" | "accepted" | "withdrawn" | "over" {
  if (row.accepted_at !== null) return "accepted";
  if (row.withdrawn_at !== null) return "withdrawn";
  return row.until_at <= now ? "over" : "open";
}

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
  state: stateOf(row, now),
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
  serve(contract.withdrawCover, async ({ request, params }) => {
    const at = clock.now();
    const row = await known.change(request, async (client) => {
      const found = await lockRequest(client, params.id);
      refuseForOthers(request, found.person_id);
      if (stateOf(found, at) !== "open") throw refused("cover-settled");
      await client.query("update cover_requests set withdrawn_at = $2 where id = $1", [params.id, at]);
      const data = { request: params.id };
      const result = { ...found, withdrawn_at: at };
      return { id: found.schedule_id, kind: "schedule", type: "schedule.cover-withdrawn", data, result };
    });
    return viewOf(row, at);
  });
}

async function lockRequest(client: pg.PoolClient, id: string): Promise<Row> {
  const { rows } = await client.query<Row>(`select ${columns} from cover_requests where id = $1 for update`, [id]);
  const [row] = rows;
  if (!row) throw refused("cover-request-unknown");
  return row;
}

/** When somebody has a schedule, within a time. */
function held({ directory }: OnCallKnown, scheduleId: string, personId: string, period: Span): Span[] {
  const schedule = directory().schedules.get(scheduleId);
  if (!schedule) throw refused("schedule-unknown", { schedule: scheduleId });
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
    if (held(known, body.schedule, person.id, span).length === 0) throw refused("not-on-call-then");
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
    };
    await known.change(request, async (client) => {
      if (body.asked) await known.refuseUnknownPeople(client, [{ id: body.asked, pointer: "/asked" }]);
      await client.query(
        "insert into cover_requests (id, schedule_id, person_id, from_at, until_at, asked_person, return_from, return_until, message, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        [
          row.id,
          row.schedule_id,
          row.person_id,
          row.from_at,
          row.until_at,
          row.asked_person,
          row.return_from,
          row.return_until,
          row.message,
          row.made_at,
        ],
      );
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
      const found = await lockRequest(client, params.id);
      refuseAcceptance(found, person.id, at);
      const scheduleId = found.schedule_id;
      const taken = held(known, scheduleId, found.person_id, {
        from: Math.max(at, found.from_at),
        until: found.until_at,
      });
      if (taken.length === 0) throw refused("not-on-call-then");
      const given = isSwap(found)
        ? held(known, scheduleId, person.id, { from: Math.max(at, found.return_from), until: found.return_until })
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
      const data = { request: params.id, person: found.person_id, by: person.id };
      const result = { ...found, accepted_at: at, accepted_by: person.id };
      return { id: scheduleId, kind: "schedule", type: "schedule.cover-accepted", data, result };
    });
    return viewOf(row, at);
  });
}

function refuseAcceptance(row: Row, personId: string, at: number): void {
  if (row.person_id === personId) throw refused("own-request");
  if (row.asked_person !== null && row.asked_person !== personId) throw refused("not-asked-for");
  const state = stateOf(row, at);
  if (state === "over") throw refused("already-over");
  if (state !== "open") throw refused("cover-settled");
}
