/** Somebody's account is closed while they have incidents, or their level no longer lets them coordinate: they give back by that what
 *  is no longer theirs, so that each finds somebody else. */
import type { FastifyRequest } from "fastify";
import { type SqlBool, sql } from "kysely";
import { actorOf } from "../../core/desk/actor.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { sfia8 } from "../../core/directory/responsibility.ts";
import type { Person } from "../../core/directory/types.ts";
import { coordinationLevel } from "../../core/incidents/coordination.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import type { Cause } from "../../core/kernel/stamp.ts";
import type { Level } from "../../core/kernel/vocabulary.ts";
import { api } from "../../languages/api.ts";
import { inEachLocale } from "../../languages/messages.ts";
import { viewerOf } from "../access/viewer.ts";
import { anyIncident } from "../access/visible.ts";
import type { Submit } from "../desk/commit.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/database.ts";

export type LeavingKnown = {
  readonly db: Db;
  readonly clock: Clock;
  readonly submit: Submit;
  readonly directory: () => Directory;
};

const said = inEachLocale(api);

/** `seq`: as it was read; `only`: they keep what they accepted. */
type Held = {
  readonly id: string;
  readonly seq: number;
  readonly personId: string;
  readonly only: boolean;
  readonly reason: string;
};

const coordinatorId = sql<string>`incidents.incident -> 'coordinator' ->> 'id'`;

/** Restricted ones too: whoever closes the account is told nothing of them. */
const open = ({ db }: LeavingKnown) => anyIncident(db).where("incidents.is_open", "=", true);

export function giveBackAll(known: LeavingKnown, person: Person, request: FastifyRequest): Promise<void> {
  const { t } = said[known.directory().language];
  const reason = t("person.left", { by: viewerOf(request).person.name });
  return giveBack(known, { kind: "request", id: request.id }, async () => {
    const rows = await open(known)
      .select(["id", "seq"])
      .where((where) => where.or([where("accepted_by", "=", person.id), sql<SqlBool>`${coordinatorId} = ${person.id}`]))
      .execute();
    return rows.map((row) => ({ ...row, personId: person.id, only: false, reason }));
  });
}

/** What they could coordinate at the level that they had, and cannot now. What they have by derogation stays theirs. */
export function giveBackCoordination(
  known: LeavingKnown,
  { before, level }: { readonly before: Person; readonly level: Level },
  request: FastifyRequest,
): Promise<void> {
  const { t } = said[known.directory().language];
  const reason = t("person.lowered", { by: viewerOf(request).person.name });
  return giveBack(known, { kind: "request", id: request.id }, async () => {
    const rows = await open(known)
      .select(["id", "seq", "incident"])
      .where(sql<SqlBool>`${coordinatorId} = ${before.id}`)
      .execute();
    return rows.flatMap(({ incident, ...row }) => {
      const needed = coordinationLevel(incident as IncidentState);
      const loses = (before.level ?? 0) >= needed && (level ?? 0) < needed;
      return loses ? [{ ...row, personId: before.id, only: true, reason }] : [];
    });
  });
}

/** A desk that died once the account was closed, or the level lowered, has given back nothing, or not all: whichever node keeps up
 *  finds what is left. */
export function giveBackForgotten(known: LeavingKnown): Promise<void> {
  const { t } = said[known.directory().language];
  const closed = sql`(select id::text from people where not active)`;
  const low = sql`(select id::text from people where coalesce(level, 0) < ${sfia8.coordinatesFrom})`;
  return giveBack(known, { kind: "upkeep" }, async () => {
    const held = sql<SqlBool>`accepted_by::text in ${closed}`;
    const rows = await open(known)
      .select(["id", "seq", "accepted_by", held.as("gone"), coordinatorId.as("coordinator")])
      .select(sql<SqlBool>`${coordinatorId} in ${closed}`.as("coordinator_gone"))
      .where((where) =>
        where.or([held, sql<SqlBool>`${coordinatorId} in ${closed}`, sql<SqlBool>`${coordinatorId} in ${low}`]),
      )
      .execute();
    return rows.map(({ id, seq, accepted_by, gone, coordinator, coordinator_gone }) => {
      const isGone = gone === true || coordinator_gone === true;
      return {
        id,
        seq,
        personId: (gone ? accepted_by : coordinator) ?? "",
        only: !isGone,
        reason: t(isGone ? "person.gone" : "person.low"),
      };
    });
  });
}

/** So often is it looked again for what somebody else's act came before; upkeep finds the rest. */
const attempts = 5;

/** Each as it was read: what somebody else gave back meanwhile is not given back twice. */
async function giveBack(known: LeavingKnown, cause: Cause, find: () => Promise<readonly Held[]>): Promise<void> {
  const refused = new Set<string>();
  for (let attempt = 0; attempt < attempts; attempt++) {
    const held = (await find()).filter(({ id }) => !refused.has(id));
    if (held.length === 0) return;
    const directory = known.directory();
    for (const { id: incidentId, seq: ifSeq, personId, only, reason } of held) {
      const person = directory.people.get(personId);
      const input = only ? ({ only: "coordination" } as const) : {};
      const outcome =
        person &&
        (await known.submit({
          kind: "command",
          incidentId,
          command: { name: "decline", input },
          envelope: { at: known.clock.now(), actor: actorOf(person, directory, "desk"), reason, cause },
          ifSeq,
        }));
      if (outcome === undefined || isRefusal(outcome)) refused.add(incidentId);
    }
  }
}
