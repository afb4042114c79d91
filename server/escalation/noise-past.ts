/** The alerts of the past as a replay brings them once more, and where each really was. */
import { sql } from "kysely";
import type { RealPlace } from "../../core/drills/noise-part.ts";
import type { Life, PastAlert } from "../../core/drills/noise-run.ts";
import type { Span } from "../../core/kernel/spans.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Instant, Json, Milestone, Severity } from "../../core/kernel/vocabulary.ts";
import type { Viewer } from "../access/viewer.ts";
import { visibleAlerts, visibleIncidents } from "../access/visible.ts";
import type { Db } from "../platform/database.ts";
import { firstIdAt } from "../platform/first-id.ts";

/** The newest: memory for a replay is bounded, and whoever asks is told. */
export const pastAlertsMax = 30_000;

export type AlertsPast = {
  readonly partly: boolean;
  readonly alerts: readonly PastAlert[];
  readonly placeOf: (alertId: string) => RealPlace | null;
};

/** Those that came in the period, and those that were there when it began. */
export async function readAlertsPast(db: Db, viewer: Viewer, { from, until }: Span): Promise<AlertsPast> {
  const rows = await visibleAlerts(db, viewer)
    .where("alerts.opened_at", "<", until)
    .where((where) =>
      where.or([
        where("alerts.id", ">=", firstIdAt(from)),
        where("alerts.status", "in", ["open", "quiet"]),
        where("alerts.ended_at", ">=", from),
      ]),
    )
    .selectAll("alerts")
    .orderBy("alerts.id", "desc")
    .limit(pastAlertsMax + 1)
    .execute();
  const partly = rows.length > pastAlertsMax;
  const read = rows.slice(0, pastAlertsMax).reverse();
  const incidents = await readIncidents(db, viewer, from, [
    ...new Set(read.flatMap(({ incident_id }) => incident_id ?? [])),
  ]);
  const places = placesOf(read, incidents);
  const said = await readSaidGroups(db, read);
  const alerts = read.map((row) => ({
    ...pastAlert(row, incidents.get(row.incident_id ?? "")?.service_id ?? null),
    groupKey: said.get(row.id) ?? saidGroup(row),
  }));
  return { partly, alerts, placeOf: (id) => places.get(id) ?? null };
}

type AlertRow = Awaited<ReturnType<ReturnType<typeof alertRows>["execute"]>>[number];
const alertRows = (db: Db, viewer: Viewer) => visibleAlerts(db, viewer).selectAll("alerts");

function pastAlert(row: AlertRow, serviceId: string | null): Omit<PastAlert, "groupKey"> {
  const { id, key, title, source, stateful, count } = row;
  const bySource = row.status === "resolved" || (row.status === "ended" && stateful);
  return {
    id,
    integrationId: row.integration_id,
    key,
    title,
    severity: row.severity as Severity,
    source,
    stateful,
    serviceId: row.waits?.asked.serviceId ?? serviceId,
    details: row.details as Json,
    openedAt: row.opened_at,
    endedAt: bySource ? row.ended_at : null,
    lastAt: row.last_at,
    count,
  };
}

const isOfRule = ({ group_key }: Pick<AlertRow, "group_key">): boolean => /^(rule|across)\//.test(group_key ?? "");

/** As its sender had it: a group that a rule gave it is none of its own. */
const saidGroup = (row: AlertRow): string =>
  isOfRule(row) ? (row.waits?.asked.group ?? row.key) : (row.group_key ?? row.key);

/** What the trace of those that a rule grouped says of it. */
async function readSaidGroups(db: Db, rows: readonly AlertRow[]): Promise<ReadonlyMap<string, string>> {
  const ids = rows.filter(isOfRule).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const said = sql<string>`"values"->>'said'`;
  const found = await db
    .selectFrom("alert_decisions")
    .where("became", "=", "grouped")
    .where(sql<boolean>`alert_id = any(${sql.val(ids)}::uuid[]) and "values"->>'said' is not null`)
    .select(["alert_id", said.as("said")])
    .execute();
  return new Map(found.map((one) => [one.alert_id, one.said]));
}

type IncidentRow = {
  readonly id: string;
  readonly number: string;
  readonly service_id: string | null;
  readonly reported_at: Instant;
  readonly updated_at: Instant;
  readonly milestones: Partial<Record<Milestone, Instant>>;
  readonly accepted_by: string | null;
  readonly ended: string | null;
  readonly merged_into: string | null;
  readonly from_integration: string | null;
  readonly from_group: string | null;
};

async function readIncidents(
  db: Db,
  viewer: Viewer,
  from: Instant,
  ids: readonly string[],
): Promise<ReadonlyMap<string, IncidentRow>> {
  const rows = await visibleIncidents(db, viewer)
    .where("exercise", "=", false)
    .where(
      sql<boolean>`(reported_at >= ${toIso(from)}::timestamptz or id = any(${sql.val([...ids])}::uuid[])) and incident->'origin'->>'kind' = 'integration'`,
    )
    .select([
      "id",
      "number",
      "service_id",
      "reported_at",
      "updated_at",
      sql<IncidentRow["milestones"]>`incident->'milestones'`.as("milestones"),
      sql<string | null>`incident->'acceptedBy'->>'id'`.as("accepted_by"),
      sql<string | null>`incident->>'ended'`.as("ended"),
      sql<string | null>`incident->>'mergedInto'`.as("merged_into"),
      sql<string | null>`incident->'origin'->>'integrationId'`.as("from_integration"),
      sql<string | null>`incident->'origin'->>'groupKey'`.as("from_group"),
    ])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

const originOf = (integrationId: string | null, group: string | null, at: Instant): string =>
  JSON.stringify([integrationId, group, at]);

/** An incident was opened by the alert that came, or was raised, when it was reported, in its group: also when it was merged since,
 *  and its alerts are elsewhere. */
function placesOf(
  rows: readonly AlertRow[],
  incidents: ReadonlyMap<string, IncidentRow>,
): ReadonlyMap<string, RealPlace> {
  const byOrigin = new Map(
    [...incidents.values()].map((one) => [originOf(one.from_integration, one.from_group, one.reported_at), one]),
  );
  const found = new Map<string, RealPlace>();
  for (const { id, integration_id, key, group_key, opened_at, placed, incident_id } of rows) {
    const isIn = incidents.get(incident_id ?? "");
    if (!isIn) continue;
    const own =
      byOrigin.get(originOf(integration_id, group_key ?? key, opened_at)) ?? (placed === "new" ? isIn : undefined);
    const opened = own ? { id: own.id, number: own.number, reportedAt: own.reported_at } : null;
    found.set(id, { opened, incidentId: isIn.id, life: lifeOf(own ?? isIn, incidents) });
  }
  return found;
}

function lifeOf(one: IncidentRow, incidents: ReadonlyMap<string, IncidentRow>): Life {
  const { milestones, accepted_by, reported_at } = one;
  const after = (at: Instant | null | undefined): number | null => (at == null ? null : Math.max(0, at - reported_at));
  const acceptedMs = after(milestones.accepted);
  return {
    acceptedBy: accepted_by !== null && acceptedMs !== null ? { id: accepted_by, afterMs: acceptedMs } : null,
    restoredMs: after(milestones.restored),
    resolvedMs: after(milestones.resolved),
    endedMs: after(endOf(one, incidents)),
  };
}

/** How many merges are followed. */
const mergesMax = 4;

/** One that was merged lives as long as the one that it went into. */
function endOf(one: IncidentRow, incidents: ReadonlyMap<string, IncidentRow>): Instant | null {
  let last = one;
  for (let left = mergesMax; left > 0 && last.ended === "merged"; left -= 1) {
    const into = incidents.get(last.merged_into ?? "");
    if (!into) return last.updated_at;
    last = into;
  }
  if (last.ended === null) return null;
  return last.milestones.closed ?? last.updated_at;
}
