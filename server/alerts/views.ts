/** Alerts as the API shows them, each with the incident it belongs to. Ids are made in the order of time, so the newest are
 *  the last of the primary key: any page costs the same. */
import { sql } from "kysely";
import type { PlacedAlert } from "../../contract/alerts.ts";
import type { Directory } from "../../core/desk/directory.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Language, Stage } from "../../core/kernel/vocabulary.ts";
import type { Viewer } from "../access/viewer.ts";
import { visibleAlerts, visibleIncidents } from "../access/visible.ts";
import type { Db } from "../platform/database.ts";

export type IncidentTitle = (incident: IncidentState, language: Language) => string;

export type Reading = {
  readonly db: Db;
  readonly viewer: Viewer;
  readonly directory: Directory;
  readonly language: Language;
  readonly titleOf: IncidentTitle;
};

export type Filter = {
  readonly id: string | null;
  readonly statuses: readonly string[];
  readonly integration: string | null;
  readonly service: string | null;
  /** Older than this one. */
  readonly before: string | null;
  readonly limit: number;
};

export function listAlerts({ db, viewer }: Reading, filter: Filter) {
  let query = visibleAlerts(db, viewer).leftJoin(
    visibleIncidents(db, viewer)
      .select(["incidents.id", "incidents.number", "incidents.stage", "incidents.incident", "incidents.service_id"])
      .as("seen"),
    "seen.id",
    "alerts.incident_id",
  );
  if (filter.id !== null) query = query.where("alerts.id", "=", filter.id);
  if (filter.statuses.length > 0) query = query.where(shownStatus, "in", [...filter.statuses]);
  if (filter.integration !== null) query = query.where("alerts.integration_id", "=", filter.integration);
  if (filter.service !== null)
    query = query.where(
      sql<string>`coalesce(seen.service_id::text, alerts.waits -> 'asked' ->> 'serviceId')`,
      "=",
      filter.service,
    );
  if (filter.before !== null) query = query.where("alerts.id", "<", filter.before);
  return query
    .selectAll("alerts")
    .select(["seen.number", "seen.stage", "seen.incident", "seen.service_id"])
    .orderBy("alerts.id", "desc")
    .limit(filter.limit)
    .execute();
}

/** Of one incident that may be seen, newest first. */
export async function listAlertsOf(
  { db, viewer }: Reading,
  incidentId: string,
  page: Pick<Filter, "before" | "limit">,
) {
  let query = visibleAlerts(db, viewer).selectAll("alerts").where("incident_id", "=", incidentId);
  if (page.before !== null) query = query.where("id", "<", page.before);
  return query.orderBy("id", "desc").limit(page.limit).execute();
}

type Row = Awaited<ReturnType<typeof listAlertsOf>>[number];
type PlacedRow = Awaited<ReturnType<typeof listAlerts>>[number];

/** One that waits is open, and calls nobody. */
const shownStatus = sql<string>`case when alerts.status = 'open' and alerts.waits is not null then 'waiting' else alerts.status end`;

const statusOf = ({ status, waits }: Pick<Row, "status" | "waits">): PlacedAlert["status"] =>
  status === "open" && waits !== null ? "waiting" : (status as PlacedAlert["status"]);

function waitingOf(waits: Row["waits"]): PlacedAlert["waiting"] {
  if (waits === null) return null;
  const { for: why, rule, until, values } = waits;
  return { for: why, rule, until: until === null ? null : toIso(until), values };
}

export function viewOf(row: Row, { directory }: Pick<Reading, "directory">) {
  return {
    id: row.id,
    key: row.key,
    status: statusOf(row),
    waiting: waitingOf(row.waits),
    title: row.title,
    severity: row.severity,
    source: row.source,
    integration: {
      id: row.integration_id,
      name: directory.integrations.get(row.integration_id)?.name ?? row.integration_id,
    },
    openedAt: toIso(row.opened_at),
    lastAt: toIso(row.last_at),
    endedAt: row.ended_at === null ? null : toIso(row.ended_at),
    count: row.count,
    details: row.details,
  };
}

export function placedViewOf(row: PlacedRow, { directory, language, titleOf }: Reading): PlacedAlert {
  const service = directory.services.get(row.service_id ?? row.waits?.asked.serviceId ?? "");
  return {
    ...viewOf(row, { directory }),
    incident:
      row.incident_id === null || row.number === null
        ? null
        : {
            id: row.incident_id,
            number: row.number,
            title: titleOf(row.incident as IncidentState, language),
            stage: row.stage as Stage,
          },
    service: service ? { id: service.id, name: language === "fr" ? service.nameFr : service.nameEn } : null,
  };
}
