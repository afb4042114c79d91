/** What was decided about one alert, gathered from beside it and from the record of its incident. */
import type { TraceEntry } from "../../contract/alerts.ts";
import type { Alert, Placed } from "../../core/alerts/decide.ts";
import { traceOf } from "../../core/desk/tracing.ts";
import type { IncidentFact } from "../../core/incidents/events.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Decision } from "../../core/noise/trace.ts";
import type { Viewer } from "../access/viewer.ts";
import { visibleAlerts, visibleEntries } from "../access/visible.ts";
import type { Db } from "../platform/database.ts";

/** Those that say whom it called, and why nobody: of a long incident the first are enough. */
const told = [
  "routing.decided",
  "paging.started",
  "page.requested",
  "paging.unreachable",
  "assignment.accepted",
  "assignment.declined",
  "paging.stopped",
  "paging.exhausted",
] as const;
const entriesMax = 2_000;

/** Null when there is no such alert to be seen. */
export async function readTrace(db: Db, viewer: Viewer, id: string): Promise<TraceEntry[] | null> {
  const alert = await visibleAlerts(db, viewer).selectAll("alerts").where("alerts.id", "=", id).executeTakeFirst();
  if (!alert) return null;
  const [decisions, facts] = await Promise.all([
    db.selectFrom("alert_decisions").selectAll().where("alert_id", "=", id).orderBy("id").execute(),
    alert.incident_id === null ? [] : readFacts(db, viewer, alert.incident_id),
  ]);
  const traced: Pick<Alert, "openedAt" | "incidentId" | "placed" | "endedAt" | "key" | "groupKey"> = {
    openedAt: alert.opened_at,
    incidentId: alert.incident_id,
    placed: alert.placed as Placed | null,
    endedAt: alert.ended_at,
    key: alert.key,
    groupKey: alert.group_key ?? alert.key,
  };
  const decided = decisions.map((row) => ({
    at: row.at,
    became: row.became as Decision["became"],
    for: row.held_for as Decision["for"],
    rule: row.rule as Decision["rule"],
    until: row.until_at,
    values: row.values,
  }));
  return traceOf(traced, decided, facts).map(({ at, until, ...entry }) => ({
    ...entry,
    at: toIso(at),
    until: until === null ? null : toIso(until),
  }));
}

async function readFacts(db: Db, viewer: Viewer, incidentId: string): Promise<IncidentFact[]> {
  const rows = await visibleEntries(db, viewer, incidentId)
    .select(["type", "data", "recorded_at"])
    .where("type", "in", [...told])
    .orderBy("seq")
    .limit(entriesMax)
    .execute();
  return rows.map(({ type, data, recorded_at: recordedAt }) => ({ type, data, stamp: { recordedAt } }) as IncidentFact);
}
