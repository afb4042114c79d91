/** Alerts of the whole desk over HTTP, newest first: a list that filters, and one alone. */
import * as contract from "../../contract/alerts.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { viewerOf } from "../access/viewer.ts";
import type { Db } from "../platform/database.ts";
import { languageOf, type Serve } from "../platform/http.ts";
import { HttpProblem } from "../platform/problems.ts";
import { type IncidentTitle, listAlerts, type Reading, viewOf } from "./views.ts";

export type AlertsKnown = {
  readonly db: Db;
  readonly directory: () => Directory;
  readonly titleOf: IncidentTitle;
};

const pageDefault = 50;

export function alertRoutes(serve: Serve, { db, directory, titleOf }: AlertsKnown): void {
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
    const data = rows.slice(0, limit).map((row) => viewOf(row, reading));
    return { data, nextCursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null };
  });
  serve(contract.readAlert, async ({ request, params }) => {
    const reading = readingOf(request);
    const [row] = await listAlerts(reading, {
      id: params.id,
      statuses: [],
      integration: null,
      service: null,
      before: null,
      limit: 1,
    });
    if (!row) throw new HttpProblem(404, "not-found");
    return viewOf(row, reading);
  });
}
