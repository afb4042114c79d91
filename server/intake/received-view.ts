/** What came in lately through one door and what became of it, with names instead of keys: what the intake's own log kept,
 *  joined with what its reader may see. */
import { z } from "zod";
import { type Received, rejectedBecause } from "../../contract/integrations.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Viewer } from "../access/viewer.ts";
import { visibleAlerts, visibleIncidents } from "../access/visible.ts";
import type { Db } from "../platform/database.ts";

const words = z.array(z.string()).catch([]);
/** Of one call; of an older version, as far as it can be read. */
const noted = z.object({
  trial: z.literal(true).optional().catch(undefined),
  because: z.enum(rejectedBecause).nullable().catch(null).default(null),
  errors: words.default([]),
  warnings: words.default([]),
  count: z.int().optional().catch(undefined),
  results: z
    .array(
      z.object({
        key: z.string(),
        became: z.string(),
        because: z.string().nullable().catch(null),
        alertId: z.uuid().nullable().catch(null).default(null),
        incidentId: z.uuid().nullable().catch(null),
      }),
    )
    .catch([])
    .default([]),
});

export type Noted = { readonly at: number; readonly outcome: string; readonly detail: object };

export const shownMax = 50;

export async function readNoted(db: Db, integrationId: string): Promise<Noted[]> {
  return db
    .selectFrom("intake_log")
    .select(["at", "outcome", "detail"])
    .where("integration_id", "=", integrationId)
    .orderBy("id", "desc")
    .limit(shownMax)
    .execute();
}

export async function receivedViews(db: Db, viewer: Viewer, rows: readonly Noted[]): Promise<Received[]> {
  const read = rows.map((row) => ({ ...row, detail: noted.parse(row.detail) }));
  const results = read.flatMap(({ detail }) => detail.results);
  const alerts = await alertsById(
    db,
    viewer,
    results.flatMap(({ alertId }) => alertId ?? []),
  );
  const incidents = await incidentsById(
    db,
    viewer,
    results.flatMap(({ incidentId }) => incidentId ?? []),
  );
  /* What became an alert that this reader may not see is not there for them, nor what brought nothing else. */
  const hidden = ({ alertId }: (typeof results)[number]): boolean => alertId !== null && !alerts.has(alertId);
  const shown = read.flatMap((one) => {
    const kept = one.detail.results.filter((result) => !hidden(result));
    if (kept.length === one.detail.results.length) return [one];
    return kept.length === 0 ? [] : [{ ...one, detail: { ...one.detail, results: kept, count: undefined } }];
  });
  return shown.map(({ at, outcome, detail }) => ({
    at: toIso(at),
    outcome: outcome === "accepted" ? "accepted" : "rejected",
    trial: detail.trial === true,
    because: detail.because ?? (outcome === "accepted" ? null : "invalid"),
    errors: detail.errors,
    warnings: detail.warnings,
    results: detail.results.map(({ key, became, because, alertId, incidentId }) => ({
      key,
      became,
      because,
      alert: alerts.get(alertId ?? "") ?? null,
      incident: incidents.get(incidentId ?? "") ?? null,
    })),
    count: detail.count ?? detail.results.length,
  }));
}

async function alertsById(db: Db, viewer: Viewer, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, never>();
  const rows = await visibleAlerts(db, viewer)
    .select(["alerts.id", "alerts.title"])
    .where("alerts.id", "in", [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

async function incidentsById(db: Db, viewer: Viewer, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, never>();
  const rows = await visibleIncidents(db, viewer)
    .select(["incidents.id", "incidents.number"])
    .where("incidents.id", "in", [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}
