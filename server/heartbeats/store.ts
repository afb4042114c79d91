/** Rows of monitors: read, written, and changed under a lock. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import { dueAt, type Watched } from "../../core/heartbeats/monitor.ts";
import type { Priority, Severity } from "../../core/kernel/vocabulary.ts";

export type Client = Pick<pg.PoolClient, "query">;
export type Unit = "minutes" | "hours" | "days";

export type Monitor = {
  readonly id: string;
  readonly integrationId: string;
  readonly name: string;
  readonly description: string | null;
  readonly serviceId: string | null;
  readonly severity: Severity;
  readonly priority: Priority | null;
  readonly message: string | null;
  readonly tags: readonly string[];
  readonly unit: Unit;
  readonly keyEnding: string | null;
  readonly watched: Watched;
};

type Row = Omit<Monitor, "watched"> & Watched;

const columns = `id, integration_id as "integrationId", name, description, service_id as "serviceId", severity, priority, message, tags, unit,
key_ending as "keyEnding", enabled, interval_ms as "intervalMs", grace_ms as "graceMs", last_ping_at as "lastPingAt", counts_from as "countsFrom", late_since as "lateSince"`;

function monitorOf(row: Row): Monitor {
  const { enabled, intervalMs, graceMs, lastPingAt, countsFrom, lateSince, ...named } = row;
  return { ...named, watched: { enabled, intervalMs, graceMs, lastPingAt, countsFrom, lateSince } };
}

const dueMax = 100;
const reading = {
  all: `select ${columns} from heartbeats order by lower(name), id`,
  of: `select ${columns} from heartbeats where integration_id = $1 order by lower(name), id`,
  one: `select ${columns} from heartbeats where id = $1`,
  locked: `select ${columns} from heartbeats where id = $1 for update`,
  named: `select ${columns} from heartbeats where integration_id = $1 and lower(name) = lower($2)`,
  due: `select ${columns} from heartbeats where due_at <= $1 order by due_at limit ${dueMax}`,
  expecting: `select ${columns} from heartbeats where due_at is not null for update`,
} as const;

async function read(client: Client, which: keyof typeof reading, values: unknown[]): Promise<Monitor[]> {
  const { rows } = await client.query<Row>(reading[which], values);
  return rows.map(monitorOf);
}

export const readAll = (client: Client): Promise<Monitor[]> => read(client, "all", []);
export const readOf = (client: Client, integrationId: string): Promise<Monitor[]> =>
  read(client, "of", [integrationId]);
export const readDue = (client: Client, now: number): Promise<Monitor[]> => read(client, "due", [now]);
export const readExpecting = (client: Client): Promise<Monitor[]> => read(client, "expecting", []);

export async function readOne(client: Client, id: string): Promise<Monitor | null> {
  return (await read(client, "one", [id]))[0] ?? null;
}

/** Its row is held until the transaction ends: after those of the desk, as everywhere. */
export async function lockOne(client: Client, id: string): Promise<Monitor | null> {
  return (await read(client, "locked", [id]))[0] ?? null;
}

export async function readNamed(client: Client, integrationId: string, name: string): Promise<Monitor | null> {
  return (await read(client, "named", [integrationId, name]))[0] ?? null;
}

export async function idOfKey(client: Client, keyHash: string): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>({
    name: "read-heartbeat-key",
    text: "select id from heartbeats where key_hash = $1",
    values: [keyHash],
  });
  return rows[0]?.id ?? null;
}

export async function writeWatched(client: Client, id: string, watched: Watched): Promise<void> {
  const { enabled, intervalMs, graceMs, lastPingAt, countsFrom, lateSince } = watched;
  await client.query({
    name: "write-heartbeat",
    text: "update heartbeats set enabled = $2, interval_ms = $3, grace_ms = $4, last_ping_at = $5, counts_from = $6, late_since = $7, due_at = $8 where id = $1",
    values: [id, enabled, intervalMs, graceMs, lastPingAt, countsFrom, lateSince, dueAt(watched)],
  });
}

export type NewMonitor = Omit<Monitor, "id" | "watched"> &
  Pick<Watched, "enabled" | "intervalMs" | "graceMs"> & {
    readonly keyHash: string | null;
    readonly at: number;
    /** Where a story already speaks of it. */
    readonly id?: string;
  };

export async function insertMonitor(client: Client, one: NewMonitor): Promise<string> {
  const { id = randomUUID() } = one;
  await client.query(
    `insert into heartbeats (id, integration_id, name, description, service_id, severity, priority, message, tags, unit, interval_ms, grace_ms, enabled, key_hash, key_ending, made_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      id,
      one.integrationId,
      one.name,
      one.description,
      one.serviceId,
      one.severity,
      one.priority,
      one.message,
      one.tags,
      one.unit,
      one.intervalMs,
      one.graceMs,
      one.enabled,
      one.keyHash,
      one.keyEnding,
      one.at,
    ],
  );
  return id;
}

type Named = Partial<Pick<Monitor, "name" | "description" | "serviceId" | "severity" | "unit">>;

/** What is left out stays as it is. */
export async function renameMonitor(client: Client, id: string, named: Named): Promise<void> {
  await client.query(
    `update heartbeats set name = coalesce($2, name), description = case when $3 then $4 else description end,
  service_id = case when $5 then $6::uuid else service_id end, severity = coalesce($7, severity), unit = coalesce($8, unit) where id = $1`,
    [
      id,
      named.name ?? null,
      named.description !== undefined,
      named.description ?? null,
      named.serviceId !== undefined,
      named.serviceId ?? null,
      named.severity ?? null,
      named.unit ?? null,
    ],
  );
}

export async function deleteMonitor(client: Client, id: string): Promise<void> {
  await client.query("delete from heartbeats where id = $1", [id]);
}

export type Key = { readonly hash: string; readonly ending: string };

export async function setKey(client: Client, id: string, key: Key | null): Promise<void> {
  await client.query("update heartbeats set key_hash = $2, key_ending = $3 where id = $1", [
    id,
    key?.hash ?? null,
    key?.ending ?? null,
  ]);
}

export async function countOf(client: Client, integrationId: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    "select count(*) as count from heartbeats where integration_id = $1",
    [integrationId],
  );
  return rows[0]?.count ?? 0;
}

export type Watch = { readonly until: number; readonly gap: { readonly from: number; readonly until: number } | null };

/** Held until the transaction ends: of several nodes one gives the intervals anew. */
export async function lockWatch(client: Client): Promise<Watch | null> {
  await client.query("select from heartbeat_watch for update");
  return readWatch(client);
}

export async function readWatch(client: Client): Promise<Watch | null> {
  const { rows } = await client.query<{ watching_until: number; gap_from: number | null; gap_until: number | null }>(
    "select watching_until, gap_from, gap_until from heartbeat_watch",
  );
  const [row] = rows;
  if (!row) return null;
  const { watching_until: until, gap_from: from, gap_until } = row;
  return { until, gap: from === null || gap_until === null ? null : { from, until: gap_until } };
}

export async function writeWatch(client: Client, { until, gap }: Watch): Promise<void> {
  await client.query(
    `insert into heartbeat_watch (watching_until, gap_from, gap_until) values ($1, $2, $3)
on conflict (id) do update set watching_until = excluded.watching_until, gap_from = excluded.gap_from, gap_until = excluded.gap_until`,
    [until, gap?.from ?? null, gap?.until ?? null],
  );
}
