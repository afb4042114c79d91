/** What a team is for, when it was exercised, and when it was last activated on an incident that the reader may see. */
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type pg from "pg";
import type { Charter } from "../../core/directory/team-charter.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Viewer } from "../access/viewer.ts";
import { visibleIncidents } from "../access/visible.ts";
import type { Db } from "../platform/database.ts";
import { refused } from "../platform/problems.ts";

export async function updateCharter(client: pg.PoolClient, id: string, charter: Charter | null): Promise<void> {
  const { rowCount } = await client.query("update teams set charter = $2::jsonb where id = $1", [
    id,
    charter === null ? null : JSON.stringify(charter),
  ]);
  if (rowCount === 0) throw refused("team-unknown", { team: id });
}

export type Exercise = { readonly on: string; readonly what: string };

export async function insertExercise(
  client: pg.PoolClient,
  team: string,
  { on, what, by, at }: Exercise & { readonly by: string; readonly at: number },
): Promise<void> {
  await client.query(
    "insert into team_exercises (id, team_id, held_on, what, noted_by, noted_at) values ($1, $2, $3, $4, $5, $6)",
    [randomUUID(), team, on, what, by, at],
  );
}

const exercisesShown = 5;

export async function readExercises(pool: pg.Pool, teams: readonly string[]) {
  const { rows } = await pool.query<{ id: string; team: string; on: string; what: string; by: string; at: number }>(
    `select id, team_id as team, to_char(held_on, 'YYYY-MM-DD') as "on", what, noted_by as by, noted_at as at from (
  select *, row_number() over (partition by team_id order by held_on desc, noted_at desc) as place from team_exercises where team_id = any($1::uuid[])
) as e where place <= ${exercisesShown} order by held_on desc, noted_at desc`,
    [teams],
  );
  return rows.map((row) => ({ ...row, at: toIso(Number(row.at)) }));
}

type Activated = { readonly team: string; readonly number: string; readonly at: number; readonly exercise: boolean };

/** The latest of each team. */
export async function readActivated(db: Db, viewer: Viewer): Promise<ReadonlyMap<string, Activated>> {
  const rows = await visibleIncidents(db, viewer)
    .innerJoin(
      sql<{ one: { team: string; at: number } }>`jsonb_array_elements(incidents.incident -> 'activations')`.as<"a">(
        sql`a (one)`,
      ),
      (join) => join.onTrue(),
    )
    .where(sql<boolean>`incidents.incident ? 'activations'`)
    .distinctOn(sql`a.one ->> 'team'`)
    .select([
      "incidents.number as number",
      sql<string>`a.one ->> 'team'`.as("team"),
      sql<string>`(a.one ->> 'at')::bigint`.as("at"),
      sql<boolean>`(incidents.incident ->> 'exercise')::boolean`.as("exercise"),
    ])
    .orderBy(sql`a.one ->> 'team'`)
    .orderBy(sql`(a.one ->> 'at')::bigint`, "desc")
    .execute();
  return new Map(rows.map((row) => [row.team, { ...row, at: Number(row.at) }]));
}
