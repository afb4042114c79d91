/** Who opened a restricted incident, and when. A page that follows the record reads it again and again: one row in ten
 *  minutes says so. */
import type pg from "pg";
import type { Db } from "../platform/database.ts";

export type Opened = {
  readonly incidentId: string;
  readonly personId: string;
  readonly via: string;
  readonly what: "page" | "export" | "file";
  readonly at: number;
};

const againMs = 600_000;
const shownMax = 200;

export async function noteOpened(client: Pick<pg.Pool, "query">, opened: Opened): Promise<void> {
  const { incidentId, personId, via, what, at } = opened;
  await client.query({
    name: "note-opened",
    text: `insert into incident_opened (incident_id, person_id, via, what, at) select $1::uuid, $2::uuid, $3::text, $4::text, $5::bigint
where exists (select from incidents where id = $1 and restricted)
  and not exists (select from incident_opened where incident_id = $1 and person_id = $2 and via = $3 and what = $4 and at > $5::bigint - ${againMs})`,
    values: [incidentId, personId, via, what, at],
  });
}

export const readOpened = (db: Db, incidentId: string) =>
  db
    .selectFrom("incident_opened")
    .innerJoin("people", "people.id", "incident_opened.person_id")
    .select(["people.id", "people.name", "incident_opened.at", "incident_opened.via", "incident_opened.what"])
    .where("incident_id", "=", incidentId)
    .orderBy("incident_opened.id", "desc")
    .limit(shownMax)
    .execute();
