/** Changes of what the directory holds. A field that is not given stays; a list that is given replaces the former. */
import type pg from "pg";
import { refused } from "../platform/problems.ts";
import { unlessTaken } from "./store.ts";

type Names = { readonly nameFr?: string | undefined; readonly nameEn?: string | undefined };
type Members = { readonly members?: readonly string[] | undefined };

export async function updateTeam(
  client: pg.PoolClient,
  id: string,
  { name, members }: Members & { readonly name?: string | undefined },
): Promise<void> {
  const { rowCount } = await unlessTaken("name-taken", () =>
    client.query("update teams set name = coalesce($2, name) where id = $1", [id, name ?? null]),
  );
  if (rowCount === 0) throw refused("team-unknown", { team: id });
  if (members === undefined) return;
  await client.query("delete from team_members where team_id = $1", [id]);
  await client.query(
    "insert into team_members (team_id, person_id) select $1, unnest($2::uuid[]) on conflict do nothing",
    [id, members],
  );
}

export async function updateFunction(
  client: pg.PoolClient,
  id: string,
  { nameFr, nameEn, members }: Names & Members,
): Promise<void> {
  const { rowCount } = await client.query(
    "update functions set name_fr = coalesce($2, name_fr), name_en = coalesce($3, name_en) where id = $1",
    [id, nameFr ?? null, nameEn ?? null],
  );
  if (rowCount === 0) throw refused("function-unknown", { function: id });
  if (members === undefined) return;
  await client.query("delete from function_members where function_id = $1", [id]);
  await client.query(
    "insert into function_members (function_id, person_id) select $1, unnest($2::uuid[]) on conflict do nothing",
    [id, members],
  );
}

type PolicyChanges = {
  readonly name?: string | undefined;
  readonly steps?: readonly object[] | undefined;
  readonly repeat?: number | undefined;
  readonly zone?: string | undefined;
  readonly actWithinMinutes?: number | null | undefined;
  readonly default?: boolean | undefined;
};

export async function updatePolicy(client: pg.PoolClient, id: string, fields: PolicyChanges): Promise<void> {
  const { name, steps, repeat, zone, actWithinMinutes } = fields;
  const { rowCount } = await client.query(
    `update escalation_policies set name = coalesce($2, name), steps = coalesce($3, steps), repeat = coalesce($4, repeat),
  zone = coalesce($5, zone), act_within_minutes = case when $6 then $7 else act_within_minutes end where id = $1`,
    [
      id,
      name ?? null,
      steps === undefined ? null : JSON.stringify(steps),
      repeat ?? null,
      zone ?? null,
      actWithinMinutes !== undefined,
      actWithinMinutes ?? null,
    ],
  );
  if (rowCount === 0) throw refused("policy-unknown", { policy: id });
  if (fields.default === true) await client.query("update settings set default_policy_id = $1", [id]);
  if (fields.default === false)
    await client.query("update settings set default_policy_id = null where default_policy_id = $1", [id]);
}
