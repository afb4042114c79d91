/** Alerts over HTTP, newest first: those of the whole desk, a list that filters; one alone; those of one incident. */
import * as contract from "../../contract/alerts.ts";
import { readIncidentAlerts } from "../../contract/incidents.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import { type Viewer, viewerOf } from "../access/viewer.ts";
import type { Submit } from "../desk/commit.ts";
import type { Db } from "../platform/database.ts";
import { languageOf, type Serve } from "../platform/http.ts";
import { HttpProblem, refusalProblem, refused } from "../platform/problems.ts";
import { readTrace } from "./tracing.ts";
import { type IncidentTitle, listAlerts, listAlertsOf, placedViewOf, type Reading, viewOf } from "./views.ts";

export type AlertsKnown = {
  readonly db: Db;
  readonly directory: () => Directory;
  readonly titleOf: IncidentTitle;
  /** Its id, when this viewer may see it. */
  readonly incidentOf: (viewer: Viewer, idOrNumber: string) => Promise<string | undefined>;
  readonly submit: Submit;
};

const pageDefault = 50;

export function alertRoutes(serve: Serve, { db, directory, titleOf, incidentOf, submit }: AlertsKnown): void {
  const readingOf = (request: Parameters<typeof viewerOf>[0]): Reading => ({
    db,
    viewer: viewerOf(request),
    directory: directory(),
    language: languageOf(request),
    titleOf,
  });
  serve(contract.listAlerts, async ({ request, query }) => {
    const reading = readingOf(request);
    const limit = query.limit ?? pageDefault;
    const { status = [], integration = null, service = null, cursor = null } = query;
    const rows = await listAlerts(reading, {
      id: null,
      statuses: Array.isArray(status) ? status : [status],
      integration,
      service,
      before: cursor,
      limit: limit + 1,
    });
    return pageOf(rows, limit, (row) => placedViewOf(row, reading));
  });
  serve(contract.readAlert, async ({ request, params }) => {
    const reading = readingOf(request);
    return placedViewOf(await oneOf(reading, params.id), reading);
  });
  serve(contract.raiseAlert, async ({ request, params, body }) => {
    const reading = readingOf(request);
    const row = await oneOf(reading, params.id);
    const outcome = await submit({
      kind: "raise",
      alertId: row.id,
      integrationId: row.integration_id,
      key: row.key,
      groupKey: row.group_key ?? row.key,
      actor: reading.viewer.actor,
      reason: body.reason,
    });
    if (isRefusal(outcome)) throw refusalProblem(outcome);
    return placedViewOf(await oneOf(reading, params.id), reading);
  });
  serve(contract.readAlertTrace, async ({ request, params }) => {
    const trace = await readTrace(db, viewerOf(request), params.id);
    if (trace === null) throw new HttpProblem(404, "not-found");
    return { data: trace, nextCursor: null };
  });
  serve(readIncidentAlerts, async ({ request, params, query }) => {
    const reading = readingOf(request);
    const incident = await incidentOf(reading.viewer, params.id);
    if (incident === undefined) throw refused("incident-unknown");
    const limit = query.limit ?? pageDefault;
    const rows = await listAlertsOf(reading, incident, { before: query.cursor ?? null, limit: limit + 1 });
    return pageOf(rows, limit, (row) => viewOf(row, reading));
  });
}

async function oneOf(reading: Reading, id: string) {
  const one = { id, statuses: [], integration: null, service: null, before: null, limit: 1 };
  const [row] = await listAlerts(reading, one);
  if (!row) throw new HttpProblem(404, "not-found");
  return row;
}

/** `rows`: one more than fit, when there are more. */
function pageOf<Row extends { readonly id: string }, View>(
  rows: readonly Row[],
  limit: number,
  view: (row: Row) => View,
) {
  return {
    data: rows.slice(0, limit).map(view),
    nextCursor: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null,
  };
}
