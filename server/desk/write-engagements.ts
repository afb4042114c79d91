/** On which incidents suppliers were called: what their pages find them by. Nothing is written where none was. */
import type { Case } from "../../core/desk/draft.ts";
import type { Late } from "../platform/database.ts";

export function writeEngagements(write: Late, touched: readonly Case[]): void {
  const rows = touched.flatMap(({ id, incident, appended }) =>
    incident.engagements === undefined
      ? []
      : appended.flatMap(({ type, data, stamp }) =>
          type === "supplier.asked" ? [[id, data.number, data.supplier, stamp.occurredAt] as const] : [],
        ),
  );
  if (rows.length === 0) return;
  write({
    name: "write-engagements",
    text: `insert into incident_engagements (incident_id, number, supplier_id, asked_at)
select * from unnest($1::uuid[], $2::int[], $3::uuid[], $4::bigint[]) on conflict do nothing`,
    values: [0, 1, 2, 3].map((column) => rows.map((row) => row[column])),
  });
}
