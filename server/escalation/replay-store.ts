/** What a replay reads of the past: incidents as they were reported, a part at a time and again when more begins, and of their
 *  records only what it needs. */
import { sql } from "kysely";
import { type CalledTeam, type PastFact, pagingsOf, replayedFacts } from "../../core/drills/replay-history.ts";
import type { Later, Reread } from "../../core/drills/replay-order.ts";
import type { Span } from "../../core/kernel/spans.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Viewer } from "../access/viewer.ts";
import { visibleEntriesOf, visibleIncidents } from "../access/visible.ts";
import type { Db } from "../platform/database.ts";
import type { Place } from "./replay-cursor.ts";

export type Past = {
  /** Of the whole period. */
  readonly incidents: number;
  readonly seen: number;
  /** The first of the next part. */
  readonly next: Place | null;
  readonly read: readonly Reread[];
};

/** `later`: those of earlier parts that have more to come, and when. */
export type Reading = {
  readonly period: Span;
  readonly from: Place | null;
  readonly limit: number;
  readonly later: readonly Later[];
};

export async function readPast(db: Db, viewer: Viewer, { period, from, limit, later }: Reading): Promise<Past> {
  const within = visibleIncidents(db, viewer)
    .where("exercise", "=", false)
    .where(
      sql<boolean>`reported_at >= ${toIso(period.from)}::timestamptz and reported_at < ${toIso(period.until)}::timestamptz`,
    );
  const { count } = await within.select(({ fn }) => fn.countAll<string>().as("count")).executeTakeFirstOrThrow();
  const columns = ["id", "number", "service_id", "reported_at"] as const;
  let oldest = within
    .select(columns)
    .orderBy("reported_at")
    .orderBy("id")
    .limit(limit + 1);
  if (from)
    oldest = oldest.where(sql<boolean>`(reported_at, id) >= (${toIso(from.at)}::timestamptz, ${from.id}::uuid)`);
  const rows = await oldest.execute();
  const here = rows.slice(0, limit);
  const next = rows[limit];
  const isHere = new Set(here.map(({ id }) => id));
  const due = later.filter(({ id, at }) => at < (next?.reported_at ?? period.until) && !isHere.has(id));
  const again = [...new Set(due.map(({ id }) => id))];
  const more = again.length === 0 ? [] : await within.where("id", "in", again).select(columns).execute();
  const all = [...more, ...here];
  const facts = await readFacts(
    db,
    viewer,
    all.map(({ id }) => id),
  );
  return {
    incidents: Number(count),
    seen: here.length,
    next: next ? { at: next.reported_at, id: next.id } : null,
    read: all.map(({ id, number, service_id, reported_at }) => ({
      id,
      reportedAt: reported_at,
      pagings: pagingsOf({ id, number, serviceId: service_id }, facts.get(id) ?? [], period.until),
    })),
  };
}

/** A policy is written into the record each time paging begins: of it, only whom an incident was assigned to is read. */
const assignedIn = sql<string[] | null>`case when type = 'paging.started' and data->>'reason' = 'assigned' then
  array(select target->>'id' from jsonb_array_elements(data#>'{policy,steps,0,targets}') as target where target ? 'assigned') end`;

const categoriesIn = sql<string[] | null>`case when type in ('category.proposed', 'incident.categorised') then
  array(select jsonb_array_elements_text(data->'categories')) end`;

/** Which escalation or team it is about: their own facts have the number under another name. */
const escalationIn = sql<
  number | null
>`(case when type like 'escalation.%' or type like 'team.%' then data->>'number' else data->>'escalation' end)::int`;
const addresseeIn = sql<string | null>`case when type = 'escalation.requested' then data->>'to' end`;

const calledIn = sql<CalledTeam | null>`case when type = 'team.activated' then
  jsonb_build_object('team', data->'team', 'name', data->'name', 'charter', data->'charter') end`;

async function readFacts(db: Db, viewer: Viewer, ids: readonly string[]): Promise<Map<string, PastFact[]>> {
  const found = new Map<string, PastFact[]>();
  if (ids.length === 0) return found;
  const rows = await visibleEntriesOf(db, viewer, ids)
    .where("events.type", "in", replayedFacts)
    .select([
      "incidents.id",
      "events.type",
      "events.recorded_at",
      sql<string | null>`data->>'personId'`.as("person"),
      sql<string | null>`data->>'priority'`.as("priority"),
      sql<string | null>`data->>'reason'`.as("because"),
      assignedIn.as("assigned"),
      categoriesIn.as("categories"),
      escalationIn.as("escalation"),
      addresseeIn.as("to"),
      calledIn.as("called"),
    ])
    .orderBy("events.stream")
    .orderBy("events.seq")
    .execute();
  for (const {
    id,
    type,
    recorded_at,
    person,
    priority,
    because,
    assigned,
    categories,
    escalation,
    to,
    called,
  } of rows) {
    const known = found.get(id) ?? [];
    known.push({
      type,
      at: recorded_at,
      personId: person,
      priority: priority === null ? null : Number(priority),
      categories: categories ?? [],
      reason: because,
      assigned: assigned ?? [],
      escalation,
      to,
      called,
    });
    found.set(id, known);
  }
  return found;
}
