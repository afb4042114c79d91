/** Somebody's account is closed while they have incidents: they give them back by that, so that each finds somebody else. */
import type { FastifyRequest } from "fastify";
import { type SqlBool, sql } from "kysely";
import { actorOf } from "../../core/desk/actor.ts";
import type { Directory } from "../../core/desk/directory.ts";
import type { Person } from "../../core/directory/types.ts";
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

/** Restricted ones too: whoever closes the account is told nothing of them. */
export async function giveBackAll(known: LeavingKnown, person: Person, request: FastifyRequest): Promise<void> {
  const held = await anyIncident(known.db)
    .select("id")
    .where("is_open", "=", true)
    .where((where) =>
      where.or([
        where("accepted_by", "=", person.id),
        sql<SqlBool>`incidents.incident -> 'coordinator' ->> 'id' = ${person.id}`,
      ]),
    )
    .execute();
  const directory = known.directory();
  const reason = said[directory.language].t("person.left", { by: viewerOf(request).person.name });
  const actor = actorOf(person, directory, "desk");
  for (const { id } of held) {
    const envelope = { at: known.clock.now(), actor, reason, cause: { kind: "request", id: request.id } };
    await known.submit({ kind: "command", incidentId: id, command: { name: "decline", input: {} }, envelope });
  }
}
