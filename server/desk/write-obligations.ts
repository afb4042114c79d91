/** Of which incidents a law was assessed: what registers find them by. Nothing is written where nothing was assessed. */
import type { Case } from "../../core/desk/draft.ts";
import type { Late } from "../platform/database.ts";

export function writeObligations(write: Late, touched: readonly Case[]): void {
  const rows = touched.flatMap(({ id, incident, appended }) =>
    incident.obligations === undefined || !appended.some(({ type }) => type === "obligation.assessed")
      ? []
      : incident.obligations.map((one) => [id, one.law, one.outcome, one.assessedAt] as const),
  );
  if (rows.length === 0) return;
  write({
    name: "write-obligations",
    text: `insert into incident_obligations (incident_id, law, outcome, assessed_at)
select * from unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[])
on conflict (incident_id, law) do update set outcome = excluded.outcome, assessed_at = excluded.assessed_at`,
    values: [0, 1, 2, 3].map((column) => rows.map((row) => row[column])),
  });
}
