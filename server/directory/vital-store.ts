/** Vital business functions, which services support them, and what services need of each other. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Dependency } from "../../core/directory/dependencies.ts";
import type { Criticality } from "../../core/kernel/impact-words.ts";
import { toIso } from "../../core/kernel/time.ts";
import { refused } from "../platform/problems.ts";

type Given<T> = { readonly [Field in keyof T]?: T[Field] | undefined };

export type VitalFields = {
  readonly nameFr: string;
  readonly nameEn: string;
  readonly owner: string | null;
  readonly criticality: Criticality;
  readonly tolerableMinutes: number | null;
};
export type VitalRow = VitalFields & { readonly id: string; readonly retired: boolean };

const vitalMax = 500;

export async function readVitalFunctions(client: Pick<pg.PoolClient, "query">): Promise<VitalRow[]> {
  const { rows } = await client.query<VitalRow>(
    `select id, name_fr as "nameFr", name_en as "nameEn", owner_id as owner, criticality, tolerable_minutes as "tolerableMinutes", retired
from vital_functions order by retired, name_fr, id limit ${vitalMax}`,
  );
  return rows;
}

export async function insertVitalFunction(
  client: pg.PoolClient,
  fields: VitalFields,
  at: number,
  id: string = randomUUID(),
): Promise<string> {
  await client.query(
    "insert into vital_functions (id, name_fr, name_en, owner_id, criticality, tolerable_minutes, made_at) values ($1, $2, $3, $4, $5, $6, $7)",
    [id, fields.nameFr, fields.nameEn, fields.owner, fields.criticality, fields.tolerableMinutes, toIso(at)],
  );
  return id;
}

export async function updateVitalFunction(
  client: pg.PoolClient,
  id: string,
  fields: Given<VitalFields & { readonly retired: boolean }>,
): Promise<void> {
  const { nameFr, nameEn, owner, criticality, tolerableMinutes, retired } = fields;
  const { rowCount } = await client.query(
    `update vital_functions set name_fr = coalesce($2, name_fr), name_en = coalesce($3, name_en),
  owner_id = case when $4::boolean then $5::uuid else owner_id end, criticality = coalesce($6, criticality),
  tolerable_minutes = case when $7::boolean then $8::integer else tolerable_minutes end, retired = coalesce($9, retired)
where id = $1`,
    [
      id,
      nameFr ?? null,
      nameEn ?? null,
      owner !== undefined,
      owner ?? null,
      criticality ?? null,
      tolerableMinutes !== undefined,
      tolerableMinutes ?? null,
      retired ?? null,
    ],
  );
  if (rowCount === 0) throw refused("vital-function-unknown", { vitalFunction: id });
}

/** What a retired function was supported by stays known: it is neither taken away nor given anew. */
export async function linkFunctions(client: pg.PoolClient, service: string, vital: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `select id from vital_functions where retired and id = any($2::uuid[])
  and not exists (select 1 from service_vital_functions where service_id = $1 and vital_function_id = id)`,
    [service, vital],
  );
  if (rows[0]) throw refused("vital-function-retired", { vitalFunction: rows[0].id });
  await client.query(
    "delete from service_vital_functions x using vital_functions v where x.service_id = $1 and v.id = x.vital_function_id and not v.retired",
    [service],
  );
  await client.query(
    "insert into service_vital_functions (service_id, vital_function_id) select $1, unnest($2::uuid[]) on conflict do nothing",
    [service, vital],
  );
}

export async function linkServices(
  client: pg.PoolClient,
  service: string,
  dependsOn: readonly Dependency[],
): Promise<void> {
  await client.query("delete from service_dependencies where service_id = $1", [service]);
  await client.query(
    "insert into service_dependencies (service_id, on_id, kind) select $1, * from unnest($2::uuid[], $3::text[])",
    [service, dependsOn.map(({ on }) => on), dependsOn.map(({ kind }) => kind)],
  );
}
