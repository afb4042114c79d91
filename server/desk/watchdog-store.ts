/** What the watchdog reads, and what it puts right. */
import type pg from "pg";
import { type Awaited, awaitedBy, type TimerKnown } from "../../core/desk/timers.ts";
import { type Missing, pageOf } from "../../core/desk/watchdog.ts";
import type { PagingState } from "../../core/escalation/paging-state.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { transact } from "../platform/database.ts";
import { insertOutbox } from "../platform/outbox.ts";
import { awaitedAt } from "./watchdog-round-store.ts";

const foundMax = 50;

/** Timers are sought here of what calls somebody alone, of every incident at once: all others are the round's. `$1`: what was due before
 *  this is overdue. `$2`: channels of this desk; what has none waits, and the checklist says so.
 *  What the desk says of itself is left out: a trouble told by the way that is in trouble would tell itself again. */
export const missingSql = `select found.kind, found.subject, found.incident_id as "incidentId", case when not i.restricted then i.number end as number from (
  select 'timer' as kind, r.id::text as subject, r.id as incident_id from incidents r
    where r.next_page_at is not null and exists (select from (
      select 'paging/' || r.id as key where r.paging ->> 'status' = 'running'
      union all select 'paging/' || r.id || '/' || e.key from jsonb_each(r.paging -> 'escalations') as e where e.value ->> 'status' = 'running'
      union all select 'acceptance/' || r.id where r.paging ? 'watchedUntil' and r.is_open and r.accepted_by is not null
        and not r.incident @> '{"actedOn": true}' and not r.incident @> '{"sourcesCleared": true}'
        and not r.incident -> 'milestones' ?| array['restored', 'resolved']
      union all select 'team/' || r.id || '/' || (a ->> 'number') from jsonb_array_elements(r.incident -> 'activations') as a
        where r.is_open and a ->> 'metAt' is null and a ->> 'missedAt' is null and not a ? 'left'
    ) as wanted where not exists (select from timers t where t.key = wanted.key))
  union all
  select 'page', p.page ->> 'pageId', r.id from incidents r cross join lateral jsonb_array_elements(r.paging -> 'pages') as p (page)
    where r.next_page_at is not null and p.page ->> 'status' = 'requested'
      and not exists (select from outbox o where o.incident_id = r.id and o.page_id = (p.page ->> 'pageId')::uuid)
  union all
  select 'stuck', o.id::text, o.incident_id from unnest($2::text[]) as c (channel) join outbox o on o.channel = c.channel
    where o.status = 'pending' and greatest(o.due_at, o.lease_until) < $1::bigint
  union all
  select 'waiting', a.id::text, null from alerts a where a.waits is not null and a.status = 'open'
    and not exists (select from timers t where t.key = 'waiting/' || a.id)
  union all
  select 'unset', 'lease/' || a.id, null from alerts a where a.status in ('open', 'quiet') and a.lease_until is not null
    and not exists (select from timers t where t.key = 'lease/' || a.id)
  union all
  select 'late-timer', t.key, null from timers t where greatest(t.due_at, t.lease_until) < $1::bigint
) as found left join incidents i on i.id = found.incident_id
where not exists (select from alerts a join integrations s on s.id = a.integration_id where a.incident_id = found.incident_id and s.kind = 'tocsin')
limit ${foundMax}`;

export async function readMissing(
  pool: pg.Pool,
  asked: { readonly overdueBefore: number; readonly channels: readonly string[] },
): Promise<Missing[]> {
  const { rows } = await pool.query<Missing>(missingSql, [asked.overdueBefore, asked.channels]);
  return rows;
}

type Kept = { readonly incident: IncidentState; readonly paging: PagingState; readonly openAlerts: number };

/** False: it was not to be put right, or is in motion already. */
export async function heal(pool: pg.Pool, { kind, subject, incidentId }: Missing, known: TimerKnown): Promise<boolean> {
  if (kind === "waiting" || kind === "unset")
    return transact(pool, 8_000, async (client) =>
      setTimers(client, await awaitedAt(client, kind === "waiting" ? `waiting/${subject}` : subject, known)),
    );
  if (incidentId === null || (kind !== "timer" && kind !== "page")) return false;
  return transact(pool, 8_000, async (client) => {
    const { rows } = await client.query<Kept>(
      `select incident, paging, open_alerts as "openAlerts" from incidents where id = $1 for update`,
      [incidentId],
    );
    const [row] = rows;
    if (!row) return false;
    return kind === "timer"
      ? setTimers(client, awaitedBy("incident", { id: incidentId, ...row }, known))
      : sendAgain(client, incidentId, row.paging, { pageId: subject, at: known.at });
  });
}

async function setTimers(client: pg.PoolClient, timers: readonly Awaited[]): Promise<boolean> {
  if (timers.length === 0) return false;
  const { rowCount } = await client.query(
    "insert into timers (key, payload, due_at) select * from unnest($1::text[], $2::jsonb[], $3::bigint[]) on conflict do nothing",
    [timers.map(({ key }) => key), timers.map(({ timer }) => JSON.stringify(timer)), timers.map(({ dueAt }) => dueAt)],
  );
  return (rowCount ?? 0) > 0;
}

async function sendAgain(
  client: pg.PoolClient,
  incidentId: string,
  paging: PagingState,
  asked: { readonly pageId: string; readonly at: number },
): Promise<boolean> {
  const page = pageOf(incidentId, paging, asked);
  if (page === null) return false;
  const { rowCount } = await client.query("select from outbox where key = $1", [page.key]);
  if (rowCount !== 0) return false;
  const { dueAt, held, ...same } = page;
  await insertOutbox(client, { ...same, payload: held ? { held } : {}, now: Math.max(dueAt, asked.at) });
  return true;
}
