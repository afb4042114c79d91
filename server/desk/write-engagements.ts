/** On which incidents suppliers were called, and what became of each call: what their pages find them by, and count. Nothing is written
 *  where no supplier said or was said anything. */
import type { Case } from "../../core/desk/draft.ts";
import { becameOf } from "../../core/incidents/engagement-counts.ts";
import { isOfEngagements } from "../../core/incidents/engagement-state.ts";
import type { Late } from "../platform/database.ts";

export function writeEngagements(write: Late, touched: readonly Case[]): void {
  const rows = touched.flatMap(({ id, incident, appended }) => {
    if (incident.engagements === undefined) return [];
    const changed = new Set(appended.flatMap((fact) => (isOfEngagements(fact) ? [fact.data.number] : [])));
    return incident.engagements
      .filter(({ number }) => changed.has(number))
      .map((one) => [
        ...[id, one.number, one.supplier, one.at, one.status],
        ...[becameOf(one, "respond"), becameOf(one, "restore")],
      ]);
  });
  if (rows.length === 0) return;
  write({
    name: "write-engagements",
    text: `insert into incident_engagements (incident_id, number, supplier_id, asked_at, status, respond, restore)
select * from unnest($1::uuid[], $2::int[], $3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::text[])
on conflict (incident_id, number) do update
set status = excluded.status, respond = excluded.respond, restore = excluded.restore`,
    values: [0, 1, 2, 3, 4, 5, 6].map((column) => rows.map((row) => row[column])),
  });
}
