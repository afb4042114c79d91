/** Writes integrations and their keys. A key is 32 letters and digits, shown once; its hash is kept, and its last four
 *  characters, by which people tell two keys apart. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Signature } from "../../core/desk/directory.ts";
import { toIso } from "../../core/kernel/time.ts";
import { hashSecret, randomWord } from "../platform/secrets.ts";

type Mapping = Readonly<Record<string, string>>;

type IntegrationFields = {
  readonly kind: string;
  readonly name: string;
  readonly service: string | null;
  readonly mapping: Mapping | null;
  readonly createdBy: string;
  /** Sealed for the id that it is given. */
  readonly sign: ((id: string) => Signature) | null;
};

export async function insertIntegration(
  client: pg.PoolClient,
  fields: IntegrationFields,
  at: number,
  id: string = randomUUID(),
): Promise<{ id: string; key: string }> {
  await client.query(
    "insert into integrations (id, kind, name, service_id, mapping, created_by, made_at, signature) values ($1, $2, $3, $4, $5, $6, $7, $8)",
    [
      id,
      fields.kind,
      fields.name,
      fields.service,
      documentOf(fields.mapping),
      fields.createdBy,
      toIso(at),
      documentOf(fields.sign?.(id) ?? null),
    ],
  );
  return { id, key: await insertIntegrationKey(client, id, at) };
}

const documentOf = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));

export type ChangedFields = {
  readonly name?: string | undefined;
  readonly service?: string | null | undefined;
  readonly mapping?: Mapping | null | undefined;
  readonly signature?: Signature | null | undefined;
};

/** What is left out stays as it is. */
export async function updateIntegration(client: pg.PoolClient, id: string, fields: ChangedFields): Promise<void> {
  const { name, service, mapping, signature } = fields;
  await client.query(
    `update integrations set name = coalesce($2, name), service_id = case when $3 then $4::uuid else service_id end,
  mapping = case when $5 then $6::jsonb else mapping end, signature = case when $7 then $8::jsonb else signature end
where id = $1`,
    [
      id,
      name ?? null,
      service !== undefined,
      service ?? null,
      mapping !== undefined,
      documentOf(mapping ?? null),
      signature !== undefined,
      documentOf(signature ?? null),
    ],
  );
}

const endingLength = 4;

/** A second key is valid beside the first; a third ends the oldest. */
export async function insertIntegrationKey(client: pg.PoolClient, integrationId: string, at: number): Promise<string> {
  const key = randomWord(32);
  await client.query(
    "insert into integration_keys (key_hash, integration_id, made_at, id, ending) values ($1, $2, $3, $4, $5)",
    [hashSecret(key), integrationId, toIso(at), randomUUID(), key.slice(-endingLength)],
  );
  await client.query(
    `update integration_keys set revoked_at = $2 where integration_id = $1 and revoked_at is null
and key_hash not in (select key_hash from integration_keys where integration_id = $1 and revoked_at is null order by made_at desc, key_hash limit 2)`,
    [integrationId, toIso(at)],
  );
  return key;
}

type Key = {
  readonly id: string;
  readonly ending: string | null;
  readonly madeAt: number;
  readonly usedAt: number | null;
};

/** Those that open the door, newest first. */
export async function readIntegrationKeys(pool: Pick<pg.Pool, "query">, integrationId: string): Promise<Key[]> {
  const { rows } = await pool.query<Key>(
    `select id, ending, made_at as "madeAt", used_at as "usedAt" from integration_keys where integration_id = $1 and revoked_at is null order by made_at desc, id`,
    [integrationId],
  );
  return rows;
}

export type KeyNamed = { readonly integrationId: string; readonly keyId: string; readonly at: number };

/** The ending of the key that was revoked; undefined when there is none to revoke. */
export async function revokeKey(
  client: pg.PoolClient,
  { integrationId, keyId, at }: KeyNamed,
): Promise<string | null | undefined> {
  const { rows } = await client.query<{ ending: string | null }>(
    "update integration_keys set revoked_at = $3 where integration_id = $1 and id = $2 and revoked_at is null returning ending",
    [integrationId, keyId, toIso(at)],
  );
  return rows[0]?.ending;
}

type LastEvent = { readonly id: string; readonly at: number; readonly outcome: string };

export async function readLastEvents(
  pool: Pick<pg.Pool, "query">,
  ids: readonly string[],
): Promise<ReadonlyMap<string, LastEvent>> {
  const { rows } = await pool.query<LastEvent>(
    `select asked.id, newest.at, newest.outcome from unnest($1::uuid[]) as asked (id)
cross join lateral (select at, outcome from intake_log where integration_id = asked.id order by intake_log.id desc limit 1) as newest`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
