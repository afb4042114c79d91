/** Appends to the record: one statement for any number of entries of any number of streams, inside the transaction that
 *  made them. The primary key (stream, seq) is the optimistic lock: two writers cannot both be the next. */
import type pg from "pg";
import { genesis } from "../../core/kernel/hash.ts";
import { type SealedEntry, seal, type ToSeal } from "../../core/kernel/record.ts";
import type { Stamp } from "../../core/kernel/stamp.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import { someBytes } from "./secrets.ts";

export type Unsealed = Omit<ToSeal, "seq" | "salt">;

/** Numbers and chains entries after `from`. */
export function sealAll(
  from: { readonly seq: number; readonly head: string },
  entries: readonly Unsealed[],
): SealedEntry[] {
  let previous = from.head;
  return entries.map((entry, index) => {
    const sealed = seal(previous, { ...entry, seq: from.seq + index + 1, salt: someBytes(16).toString("hex") });
    previous = sealed.hash;
    return sealed;
  });
}

const columns = [
  ["stream", "text"],
  ["seq", "int"],
  ["type", "text"],
  ["version", "smallint"],
  ["occurred_at", "timestamptz"],
  ["recorded_at", "timestamptz"],
  ["actor", "jsonb"],
  ["level", "smallint"],
  ["role", "text"],
  ["on_behalf_of", "text"],
  ["derogation", "text"],
  ["process", "text"],
  ["exercise", "boolean"],
  ["cause", "jsonb"],
  ["reason", "text"],
  ["data", "jsonb"],
  ["salt", "text"],
  ["data_hash", "text"],
  ["hash", "text"],
] as const;

const insertEvents = `insert into events (${columns.map(([name]) => name).join(", ")})
select * from unnest(${columns.map(([, type], index) => `$${index + 1}::${type}[]`).join(", ")})`;

export function appending(entries: readonly SealedEntry[]): pg.QueryConfig {
  const row = (entry: SealedEntry): unknown[] => [
    entry.stream,
    entry.seq,
    entry.type,
    entry.version,
    entry.occurredAt,
    entry.recordedAt,
    JSON.stringify(entry.actor),
    entry.level,
    entry.role,
    entry.onBehalfOf,
    entry.derogation,
    entry.process,
    entry.exercise,
    JSON.stringify(entry.cause),
    entry.reason,
    JSON.stringify(entry.data),
    entry.salt,
    entry.dataHash,
    entry.hash,
  ];
  const rows = entries.map(row);
  return {
    name: "append-events",
    text: insertEvents,
    values: columns.map((_, column) => rows.map((one) => one[column])),
  };
}

/** Changes of configuration are audited in streams of their own: `person/<id>`, `integration/<id>`… */
export async function appendAudit(
  client: pg.PoolClient,
  entry: { readonly stream: string; readonly type: string; readonly stamp: Stamp; readonly data: JsonObject },
): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 7420))", [entry.stream]);
  const { rows } = await client.query<{ seq: number; hash: string }>(
    "select seq, hash from events where stream = $1 order by seq desc limit 1",
    [entry.stream],
  );
  const from = { seq: rows[0]?.seq ?? 0, head: rows[0]?.hash ?? genesis };
  await client.query(appending(sealAll(from, [{ ...entry, version: 1, process: "", exercise: false }])));
}

type Asked = { readonly requestId: string; readonly from: number; readonly until: number };

/** The stream that a request added to, among what was recorded between two instants (milliseconds); null: none. */
export async function streamWrittenBy(
  client: Pick<pg.PoolClient, "query">,
  { requestId, from, until }: Asked,
): Promise<string | null> {
  const { rows } = await client.query<{ stream: string }>(
    "select stream from events where recorded_at between $1 and $2 and cause ->> 'id' = $3 order by tx, position limit 1",
    [toIso(from), toIso(until), requestId],
  );
  return rows[0]?.stream ?? null;
}

/** One signal a flush: NOTIFY takes a lock shared by all commits, so it is sent once, with nothing in it. */
export const recordChannel = "tocsin_record";
export const effectsChannel = "tocsin_effects";
