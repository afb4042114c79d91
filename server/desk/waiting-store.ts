/** Writes what waits and what was raised, and what was decided about them: apart from other alerts, since most drafts have none. */
import type { Draft } from "../../core/desk/draft.ts";
import type { Late } from "../platform/database.ts";

/** The incident of one that has one already is where a merge may just have moved it. */
const updateWaits = `update alerts set waits = nullif(u.waits, 'null'), placed = u.placed, incident_id = coalesce(alerts.incident_id, u.incident_id)
from rows from (unnest($1::uuid[], $2::uuid[], $3::text[]), jsonb_array_elements($4::jsonb)) as u(id, incident_id, placed, waits)
where alerts.id = u.id`;

const insertDecisions = `insert into alert_decisions (alert_id, at, became, held_for, until_at, rule, "values")
select u.alert_id, u.at, u.became, u.held_for, u.until_at, nullif(u.said -> 'rule', 'null'), u.said -> 'values'
from rows from (unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::bigint[]), jsonb_array_elements($6::jsonb)) as u(alert_id, at, became, held_for, until_at, said)`;

export function writeWaiting(write: Late, { changedAlerts, raised, decisions }: Draft): void {
  const changed = [...changedAlerts.values()]
    .map(({ alert }) => alert)
    .filter(({ id, waits }) => waits !== null || raised.has(id));
  if (changed.length > 0)
    write({
      name: "write-waiting-alerts",
      text: updateWaits,
      values: [
        changed.map((one) => one.id),
        changed.map((one) => one.incidentId),
        changed.map((one) => one.placed),
        JSON.stringify(changed.map((one) => one.waits)),
      ],
    });
  if (decisions.length === 0) return;
  write({
    name: "insert-alert-decisions",
    text: insertDecisions,
    values: [
      decisions.map((one) => one.alertId),
      decisions.map((one) => one.at),
      decisions.map((one) => one.became),
      decisions.map((one) => one.for),
      decisions.map((one) => one.until),
      JSON.stringify(decisions.map(({ rule, values }) => ({ rule, values }))),
    ],
  });
}
