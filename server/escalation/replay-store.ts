/** What a replay reads of the past: incidents newest first, a part at a time, and of their records only what it needs. */
import { sql } from "kysely";
import {
  type PastFact,
  type PastIncident,
  type PastPaging,
  pagingsOf,
  replayedFacts,
} from "../../core/drills/replay-history.ts";
import type { Span } from "../../core/kernel/spans.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Instant } from "../../core/kernel/vocabulary.ts";
import type { Viewer } from "../access/viewer.ts";
import { visibleEntriesOf, visibleIncidents } from "../access/visible.ts";
import type { Db } from "../platform/database.ts";

export type Place = { readonly at: Instant; readonly id: string };
export type Past = {
  /** Of the whole period. */
  readonly incidents: number;
  readonly seen: number;
  readonly next: Place | null;
  readonly pagings: readonly PastPaging[];
};

export type Reading = { readonly period: Span; readonly after: Place | null; readonly limit: number };

export async function readPast(db: Db, viewer: Viewer, { period, after, limit }: Reading): Promise<Past> {
  const within = visibleIncidents(db, viewer)
    .where("exercise", "=", false)
    .where(
      sql<boolean>`reported_at >= ${toIso(period.from)}::timestamptz and reported_at < ${toIso(period.until)}::timestamptz`,
    );
  const { count } = await within.select(({ fn }) => fn.countAll<string>().as("count")).executeTakeFirstOrThrow();
  let newest = within
    .select(["id", "number", "service_id", "reported_at"])
    .orderBy("reported_at", "desc")
    .orderBy("id", "desc")
    .limit(limit + 1);
  if (after)
    newest = newest.where(sql<boolean>`(reported_at, id) < (${toIso(after.at)}::timestamptz, ${after.id}::uuid)`);
  const rows = await newest.execute();
  const here = rows.slice(0, limit);
  const last = here.at(-1);
  const facts = await readFacts(
    db,
    viewer,
    here.map(({ id }) => id),
  );
  return {
    incidents: Number(count),
    seen: here.length,
    next: rows.length > limit && last ? { at: last.reported_at, id: last.id } : null,
    pagings: here.flatMap(({ id, number, service_id }) => {
      const incident: PastIncident = { id, number, serviceId: service_id };
      return pagingsOf(incident, facts.get(id) ?? [], period.until);
    }),
  };
}

/** A policy is written into the record each time paging begins: of it, only whom an incident was assigned to is read. */
const assignedIn = sql<string[] | null>`case when type = 'paging.started' and data->>'reason' = 'assigned' then
  array(select target->>'id' from jsonb_array_elements(data#>'{policy,steps,0,targets}') as target where target ? 'assigned') end`;

const categoriesIn = sql<string[] | null>`case when type in ('category.proposed', 'incident.categorised') then
  array(select jsonb_array_elements_text(data->'categories')) end`;

/** Which escalation it is about: its own facts have its number under another name. */
const escalationIn = sql<
  number | null
>`(case when type like 'escalation.%' then data->>'number' else data->>'escalation' end)::int`;
const addresseeIn = sql<string | null>`case when type = 'escalation.requested' then data->>'to' end`;

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
    ])
    .orderBy("events.stream")
    .orderBy("events.seq")
    .execute();
  for (const { id, type, recorded_at, person, priority, because, assigned, categories, escalation, to } of rows) {
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
    });
    found.set(id, known);
  }
  return found;
}
