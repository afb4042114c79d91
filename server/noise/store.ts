/** Rows of silences, and of the alerts that wait: read, written, ended. */
import type pg from "pg";
import type { Silence } from "../../core/noise/silences.ts";

export type Client = Pick<pg.PoolClient, "query">;

export type SilenceRow = Silence & { readonly endedAt: number | null };

const columns = `id, version, reason, created_by as "createdBy", scope, from_at as "from", until_at as "until", ended_at as "endedAt"`;
const shownMax = 1_000;

export async function readSilences(client: Client): Promise<SilenceRow[]> {
  const { rows } = await client.query<SilenceRow>(
    `select ${columns} from silences order by until_at desc, id limit ${shownMax}`,
  );
  return rows;
}

const reading = {
  one: `select ${columns} from silences where id = $1`,
  locked: `select ${columns} from silences where id = $1 for update`,
} as const;

export async function readSilence(
  client: Client,
  id: string,
  how: keyof typeof reading = "one",
): Promise<SilenceRow | undefined> {
  const { rows } = await client.query<SilenceRow>(reading[how], [id]);
  return rows[0];
}

export async function insertSilence(client: Client, one: Silence, at: number): Promise<void> {
  await client.query(
    "insert into silences (id, version, reason, scope, from_at, until_at, created_by, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
    [one.id, one.version, one.reason, JSON.stringify(one.scope), one.from, one.until, one.createdBy, at],
  );
}

/** One that had not begun never does. */
export async function endRow(
  client: Client,
  id: string,
  { at, by }: { readonly at: number; readonly by: string },
): Promise<void> {
  await client.query(
    "update silences set until_at = $2, from_at = least(from_at, $2), ended_at = $2, ended_by = $3, version = version + 1 where id = $1",
    [id, at, by],
  );
}

/** Whatever waits on this is asked about now: in the transaction of the change that may free it. What arrives at that very moment
 *  and is decided by the former state is asked about within the hour, as everything that waits. */
export const recheckAll = (client: Client, on: string, now: number): Promise<unknown> =>
  client.query(
    `update timers set due_at = $2, attempts = 0, lease_until = 0, fence = fence + 1 from alerts
where alerts.waits is not null and alerts.status = 'open' and (alerts.waits ->> 'on' = $1 or starts_with(alerts.waits ->> 'on', $1 || '/'))
  and timers.key = 'waiting/' || alerts.id and timers.due_at > $2`,
    [on, now],
  );

/** How many alerts wait on each. */
export async function countWaiting(client: Client, ons: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ on: string; many: number }>(
    `select waits ->> 'on' as "on", count(*)::int as many from alerts where waits is not null and status = 'open' and waits ->> 'on' = any($1) group by 1`,
    [ons],
  );
  return new Map(rows.map((row) => [row.on, row.many]));
}
