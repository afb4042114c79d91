/** The part of the watchdog that works out anew what is waited for, of so many at each look, and goes on with the next at the next
 *  look: what an incident waits for depends on calendars, laws and contracts too, which no query knows. */
import type pg from "pg";
import { calm, type StormState } from "../../core/alerts/storm.ts";
import { type Awaited, awaitedBy, type TimerKnown, type Waiting, type Waits } from "../../core/desk/timers.ts";
import type { Missing } from "../../core/desk/watchdog.ts";

/** Of each kind of thing that waits, at one look. */
const roundMax = 100;

/** Where the next look goes on. */
export type Round = Readonly<Record<Source, number>>;
type Source = keyof typeof sources;
export const firstRound: Round = { open: 0, ended: 0, told: 0, storm: 0, silence: 0, request: 0 };

type Row<Of extends Waits = Waits> = {
  readonly one: Waiting[Of];
  readonly incidentId: string | null;
  readonly number: string | null;
};

type Reader<Of extends Waits> = {
  readonly of: Of;
  /** `$1`: how many are passed over; `$2`: how many are wanted. `$3`: now. */
  readonly sql: string;
  readonly read: (row: never) => Row<Of>;
};

const ofIncidents: Pick<Reader<"incident">, "of" | "read"> = {
  of: "incident",
  read: (row: Waiting["incident"] & { readonly number: string | null }) => ({
    one: row,
    incidentId: row.id,
    number: row.number,
  }),
};

const incidentColumns = `r.id, case when not r.restricted then r.number end as number, r.incident, r.paging, r.open_alerts as "openAlerts"`;
/** A trouble told by the way that is in trouble would tell itself again. */
const notOurs =
  "not exists (select from alerts a join integrations s on s.id = a.integration_id where a.incident_id = r.id and s.kind = 'tocsin')";

const sources = {
  open: {
    ...ofIncidents,
    sql: `select ${incidentColumns} from incidents r where is_open and ${notOurs} and $3::bigint is not null
order by coalesce(priority::integer, 3), reported_at desc, id desc offset $1 limit $2`,
  },
  /* Whoever broke the glass is let out of it after the incident has ended too. */
  ended: {
    ...ofIncidents,
    sql: `select ${incidentColumns} from incidents r where not is_open and next_page_at is not null and ${notOurs} and $3::bigint is not null
order by next_page_at, id offset $1 limit $2`,
  },
  /* What laws want told is owed after its incident has ended too. */
  told: {
    ...ofIncidents,
    sql: `select ${incidentColumns} from incidents r where not is_open and ${notOurs} and $3::bigint is not null
and exists (select from incident_obligations o where o.incident_id = r.id) order by id offset $1 limit $2`,
  },
  storm: {
    of: "storm",
    sql: `select substr(key, 7) as id, state from desk_states where key like 'storm/%' and $3::bigint is not null order by key offset $1 limit $2`,
    read: ({ id, state }: { readonly id: string; readonly state: StormState | null }) => ({
      one: { integrationId: id, state: state ?? calm },
      incidentId: null,
      number: null,
    }),
  },
  silence: {
    of: "silence",
    sql: `select id, from_at as "from", until_at as until from silences where until_at > $3::bigint and ended_at is null order by until_at desc, id offset $1 limit $2`,
    read: (one: Waiting["silence"]) => ({ one, incidentId: null, number: null }),
  },
  request: {
    of: "request",
    sql: "select id, request from assistance_requests where is_open and $3::bigint is not null order by asked_at desc, id desc offset $1 limit $2",
    read: (one: Waiting["request"]) => ({ one, incidentId: null, number: null }),
  },
} as const satisfies Readonly<
  Record<string, Reader<"incident"> | Reader<"storm"> | Reader<"silence"> | Reader<"request">>
>;

/** What of these has no timer, all seen at one instant: what fires meanwhile has either its timer still or what it caused. */
export async function readRound(
  pool: pg.Pool,
  round: Round,
  known: TimerKnown & { readonly demonstration: boolean },
): Promise<{ readonly missing: Missing[]; readonly next: Round }> {
  const client = await pool.connect();
  try {
    await client.query("begin isolation level repeatable read read only");
    const wanted: (Missing & { readonly key: string })[] = known.demonstration
      ? []
      : wantedBy("desk", { one: null, incidentId: null, number: null }, known);
    const next: Record<string, number> = {};
    for (const [source, { of, sql, read }] of Object.entries(sources)) {
      const from = round[source as Source];
      const { rows } = await client.query(sql, [from, roundMax, known.at]);
      next[source] = rows.length < roundMax ? 0 : from + roundMax;
      for (const row of rows) wanted.push(...wantedBy(of, (read as (row: unknown) => Row)(row), known));
    }
    const { rows: there } = await client.query<{ key: string }>("select key from timers where key = any($1::text[])", [
      wanted.map(({ key }) => key),
    ]);
    await client.query("commit");
    const set = new Set(there.map(({ key }) => key));
    const missing = wanted.filter(({ key }) => !set.has(key)).map(({ key: _, ...one }) => one);
    return { missing, next: next as Round };
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

function wantedBy(of: Waits, { one, incidentId, number }: Row, known: TimerKnown) {
  return awaitedBy(of, one as never, known).map(({ key, quiet }) => ({
    key,
    kind: incidentId === null ? ("unset" as const) : ("timer" as const),
    subject: incidentId ?? key,
    incidentId,
    number,
    quiet,
  }));
}

/** What waits for a timer of this key, locked: what it waits for is worked out from that. */
const locked: Readonly<
  Record<Exclude<Waits, "incident" | "desk">, { readonly sql: string; readonly read: (row: never) => unknown }>
> = {
  alert: {
    sql: `select id, integration_id as "integrationId", key, coalesce(group_key, key) as "groupKey", status, lease_until as "leaseUntil", last_at as "lastAt", waits
from alerts where id = $1::uuid for update`,
    read: (row: unknown) => row,
  },
  storm: {
    sql: "select substr(key, 7) as id, state from desk_states where key = 'storm/' || $1 for update",
    read: (row: never) => sources.storm.read(row).one,
  },
  silence: {
    sql: `select id, from_at as "from", until_at as until from silences where id = $1::uuid and ended_at is null for update`,
    read: (row: unknown) => row,
  },
  request: {
    sql: "select id, request from assistance_requests where id = $1::uuid and is_open for update",
    read: (row: unknown) => row,
  },
};

const waitsFor: Readonly<Record<string, keyof typeof locked>> = {
  lease: "alert",
  waiting: "alert",
  storm: "storm",
  silence: "silence",
  assistance: "request",
  "assistance-call": "request",
};

export async function awaitedAt(client: pg.PoolClient, key: string, known: TimerKnown): Promise<Awaited[]> {
  const [kind = "", id = ""] = key.split("/");
  const of = waitsFor[kind];
  if (of === undefined) return awaitedBy("desk", null, known);
  const { sql, read } = locked[of];
  const { rows } = await client.query(sql, [id]);
  return rows.flatMap((row) => awaitedBy(of, (read as (row: unknown) => never)(row), known));
}
