/** A desk after years: a million incidents, of which 2,000 are open, in the rows that lists and searches read. Their records
 *  are not made: no list reads them. */
import pg from "pg";
import { initialPaging } from "../../core/escalation/paging-state.ts";
import { baseProcess, pin } from "../../core/incidents/process.ts";
import { type IncidentState, initialIncident } from "../../core/incidents/state.ts";
import { seedSearch, services, titleSql } from "./seed-search.ts";

export const seeded = { incidents: 1_000_000, open: 2_000 } as const;

const minute = 60_000;
/** Between two incidents: about two years for all. */
const apart = 63_000;

function openState(at: number, personId: string): IncidentState {
  return {
    ...initialIncident,
    description: "Three callers since eight o'clock. Payments are accepted, confirmation takes about a minute.",
    severity: "error",
    origin: { kind: "person", personId },
    process: pin(baseProcess),
    milestones: { reported: at, registered: at, prioritised: at + minute },
    impact: 2,
    urgency: 2,
    priority: 2,
    prioritySource: "proposed",
    asked: [personId],
    updatedAt: at + minute,
  };
}

function closedState(at: number, personId: string): IncidentState {
  const open = openState(at, personId);
  const [accepted, restored, resolved, closed] = [2, 15, 30, 120].map((minutes) => at + minutes * minute);
  return {
    ...open,
    ended: "closed",
    acceptedBy: { id: personId, name: "Bench" },
    milestones: { ...open.milestones, ...dates({ accepted, restored, resolved, closed }) },
  };
}

const dates = (known: Record<string, number | undefined>): IncidentState["milestones"] => known;

const insertSql = `insert into incidents (id, number, seq, head, exercise, title, service_id, stage, is_open, priority, categories, accepted_by,
  open_alerts, firing_alerts, incident, paging, reported_at, updated_at)
select uuidv7(), number, 12, repeat('0', 64), false, title, service_id, case when is_open then 'registered' else 'closed' end, is_open, (n % 5) + 1, '{}',
  case when is_open then null else $4::uuid end, case when is_open then n % 5 else 0 end, 0,
  case when is_open then $5::jsonb else $6::jsonb end
    || jsonb_build_object('number', number, 'title', jsonb_build_object('text', title), 'priority', (n % 5) + 1, 'service', service_id),
  $7, to_timestamp(at / 1000.0), to_timestamp(at / 1000.0)
from (select n, n > $1::int - $2::int as is_open, ${titleSql} as title, ($8::uuid[])[n % ${services.length} + 1] as service_id,
    'INC-2001-' || lpad(n::text, 7, '0') as number, $3::bigint - ($1::int - n) * ${apart}::bigint as at
  from generate_series(1, $1::int) as n) as made`;

/** Indexes are made again after the rows: six times as fast, the same in the end. */
const listIndexes = [
  "incidents_open",
  "incidents_newest",
  "incidents_stage",
  "incidents_service",
  "incidents_accepted_by",
];

export async function seedIncidents(connection: pg.ClientConfig, at: number): Promise<number> {
  const began = performance.now();
  const client = new pg.Client(connection);
  await client.connect();
  try {
    /* What the load opened would come on top of the open ones. */
    await client.query("truncate incidents, incident_search, timers, outbox cascade");
    const { rows: people } = await client.query<{ id: string }>("select id from people limit 1");
    const { rows: indexes } = await client.query<{ indexname: string; indexdef: string }>(
      "select indexname, indexdef from pg_indexes where schemaname = 'public' and indexname = any($1)",
      [listIndexes],
    );
    for (const { indexname } of indexes) await client.query(`drop index ${client.escapeIdentifier(indexname)}`);
    const personId = people[0]?.id ?? "";
    const states = [openState(at, personId), closedState(at, personId), initialPaging].map((one) =>
      JSON.stringify(one),
    );
    const serviceIds = await seedServices(client);
    await client.query(insertSql, [seeded.incidents, seeded.open, at, personId, ...states, serviceIds]);
    for (const { indexdef } of indexes) await client.query(indexdef);
    await client.query("vacuum analyze incidents");
    await seedSearch(client);
    await client.query("checkpoint").catch(() => {});
    return performance.now() - began;
  } finally {
    await client.end();
  }
}

async function seedServices(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    "insert into services (id, name_fr, name_en, made_at) select gen_random_uuid(), name, name, '2026-01-01T00:00:00Z' from unnest($1::text[]) as name returning id",
    [services],
  );
  await client.query("update settings set directory_version = directory_version + 1");
  return rows.map(({ id }) => id);
}
