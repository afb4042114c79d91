/** Which requests somebody may see: asked of the core for each that is read, and of the database where a list is. */
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import { type OfIncident, overseesFrom } from "../../core/assistance/permission.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import type { Actor, Stage } from "../../core/kernel/vocabulary.ts";
import type { Viewer } from "../access/viewer.ts";
import { visibleIncidents } from "../access/visible.ts";
import type { Db } from "../platform/database.ts";
import type { Schema } from "../platform/schema.ts";

export type SeenIncident = {
  readonly id: string;
  readonly number: string;
  readonly stage: Stage;
  readonly incident: IncidentState;
};

/** Those of these incidents that the reader may see. */
export async function incidentsSeen(
  db: Db,
  viewer: Viewer,
  ids: readonly string[],
): Promise<ReadonlyMap<string, SeenIncident>> {
  if (ids.length === 0) return new Map();
  const rows = await visibleIncidents(db, viewer)
    .select(["incidents.id", "incidents.number", "incidents.stage", "incidents.incident"])
    .where("incidents.id", "in", [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row as unknown as SeenIncident]));
}

/** What somebody has to do with an incident that they may see. */
export function partIn({ id, teams, functions }: Actor, incident: IncidentState | null): OfIncident {
  if (incident === null || id === null) return null;
  const { coordinator, acceptedBy, asked, assigned, roles = {} } = incident;
  const takesPart =
    acceptedBy?.id === id ||
    Object.values(roles).some(({ holder }) => holder?.id === id) ||
    asked.includes(id) ||
    assigned?.person === id ||
    teams.includes(assigned?.team ?? "") ||
    functions.includes(assigned?.function ?? "");
  return { coordinates: (coordinator ?? acceptedBy)?.id === id, takesPart };
}

type Of = ExpressionBuilder<Schema, "assistance_requests">;

/** As `maySee` has it. */
export function seenBy(db: Db, { actor, ...viewer }: Viewer) {
  return (where: Of): Expression<SqlBool> => {
    const { id, level, teams, functions } = actor;
    if ((level ?? 0) >= overseesFrom) return where.val(true);
    const mine = [...teams, ...functions];
    const ofMine = visibleIncidents(db, { actor, ...viewer })
      .select("incidents.id")
      .where((one) =>
        one.or([
          one("incidents.accepted_by", "=", id),
          one("incidents.assigned_person", "=", id),
          one("incidents.assigned_team", "=", sql<string>`any(${teams as string[]}::uuid[])`),
          one("incidents.assigned_function", "=", sql<string>`any(${functions as string[]}::uuid[])`),
          sql<SqlBool>`incidents.incident->'asked' ? ${id}`,
          sql<SqlBool>`incidents.incident#>>'{coordinator,id}' = ${id}`,
          sql<SqlBool>`jsonb_path_exists(incidents.incident, '$.roles.*.holder ? (@.id == $me)', jsonb_build_object('me', ${id}::text))`,
        ]),
      );
    return where.or([
      where("asker_id", "=", id),
      sql<SqlBool>`parties && ${mine}::uuid[]`,
      sql<SqlBool>`people @> ${[id]}::uuid[]`,
      where("incident_id", "in", ofMine),
    ]);
  };
}

/** What waits for this person: asked of theirs and not taken, theirs to end, or theirs to decide. */
export function awaiting({ actor: { id, teams, functions } }: Viewer) {
  const mine = [...teams, ...functions];
  return (where: Of): Expression<SqlBool> =>
    where.and([
      where("status", "in", ["waiting", "accepted"]),
      where.or([
        where.and([where("status", "=", "waiting"), where("asked_party", "=", sql<string>`any(${mine}::uuid[])`)]),
        sql<SqlBool>`request#>>'{holder,id}' = ${id}`,
        where.and([
          where("status", "=", "waiting"),
          sql<SqlBool>`people @> ${[id]}::uuid[]`,
          sql<SqlBool>`(asked_party is null or (request->>'late')::boolean or (request->>'urgent')::boolean)`,
        ]),
      ]),
    ]);
}
