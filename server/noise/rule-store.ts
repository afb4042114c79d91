/** Rows of standing rules. */
import type { Definition } from "../../contract/noise-rules.ts";
import type { Scope } from "../../core/noise/matching.ts";
import type { Client } from "./store.ts";

export type RuleRow = {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly enabled: boolean;
  readonly scope: Scope;
  readonly definition: Definition;
};

const columns = "id, version, name, enabled, scope, definition";

export async function readRules(client: Client): Promise<RuleRow[]> {
  const { rows } = await client.query<RuleRow>(`select ${columns} from noise_rules order by made_at, id`);
  return rows;
}

export async function readRule(client: Client, id: string): Promise<RuleRow | undefined> {
  const { rows } = await client.query<RuleRow>(`select ${columns} from noise_rules where id = $1`, [id]);
  return rows[0];
}

export async function isNameTaken(client: Client, name: string, besides: string): Promise<boolean> {
  const { rows } = await client.query("select from noise_rules where lower(name) = lower($1) and id <> $2", [
    name,
    besides,
  ]);
  return rows.length > 0;
}

export async function insertRule(client: Client, one: RuleRow, at: number): Promise<void> {
  await client.query(
    "insert into noise_rules (id, version, kind, name, enabled, scope, definition, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
    [
      one.id,
      one.version,
      one.definition.kind,
      one.name,
      one.enabled,
      JSON.stringify(one.scope),
      JSON.stringify(one.definition),
      at,
    ],
  );
}

export async function updateRule(client: Client, one: RuleRow): Promise<void> {
  await client.query(
    "update noise_rules set version = $2, name = $3, enabled = $4, scope = $5, definition = $6 where id = $1",
    [one.id, one.version, one.name, one.enabled, JSON.stringify(one.scope), JSON.stringify(one.definition)],
  );
}

export async function deleteRule(client: Client, id: string): Promise<void> {
  await client.query("delete from noise_rules where id = $1", [id]);
}
