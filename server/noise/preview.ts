/** What a scope is about among the alerts that came lately, and what a rule would have made of them: asked before either is
 *  written. */
import type { z } from "zod";
import type { previewSilence } from "../../contract/noise.ts";
import type { previewNoiseRule } from "../../contract/noise-rules.ts";
import type { Waiting } from "../../core/alerts/decide.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { dayMs, toIso } from "../../core/kernel/time.ts";
import type { Json, Severity } from "../../core/kernel/vocabulary.ts";
import { type Foreseen, foresee } from "../../core/noise/foresee.ts";
import { compileScope, type Scope } from "../../core/noise/matching.ts";
import type { NoiseRule } from "../../core/noise/rules.ts";
import { type Subject, subjectOf } from "../../core/noise/subject.ts";
import type { Viewer } from "../access/viewer.ts";
import { visibleAlerts, visibleIncidents } from "../access/visible.ts";
import { firstIdAt } from "../platform/first-id.ts";
import type { NoiseKnown } from "./known.ts";

const lookedMax = 5_000;
const shownMax = 50;

type Preview = z.output<typeof previewSilence.output>;

export async function previewOf(known: NoiseKnown, viewer: Viewer, scope: Scope, days: number): Promise<Preview> {
  const rows = await latest(known, viewer, known.clock.now() - days * dayMs);
  const matches = compileScope(scope);
  const directory = known.directory();
  const looked = rows.slice(0, lookedMax);
  const matched = looked.filter((row) => matches(subjectOfRow(directory, row)));
  const open = matched.filter(isOpen);
  const some = [...open, ...matched.filter((row) => !isOpen(row))].slice(0, shownMax);
  return {
    days,
    looked: looked.length,
    partly: rows.length > lookedMax,
    matched: matched.length,
    open: open.length,
    alerts: some.map((row) => shown(directory, row)),
  };
}

type RulePreview = z.output<typeof previewNoiseRule.output>;

export async function previewRuleOf(
  known: NoiseKnown,
  viewer: Viewer,
  rule: NoiseRule,
  days: number,
): Promise<RulePreview> {
  const now = known.clock.now();
  const rows = await latest(known, viewer, now - days * dayMs);
  const directory = known.directory();
  const looked = rows.slice(0, lookedMax);
  const past = looked.map((row) => ({
    id: row.id,
    subject: subjectOfRow(directory, row),
    openedAt: row.opened_at,
    endedAt: row.ended_at,
  }));
  const foreseen = foresee(rule, past.toReversed(), now);
  const byId = new Map(looked.map((row) => [row.id, row]));
  const many = (became: Foreseen["became"]): number => foreseen.filter((one) => one.became === became).length;
  return {
    days,
    looked: looked.length,
    partly: rows.length > lookedMax,
    matched: foreseen.length,
    became: {
      calls: many("calls"),
      callsLater: many("calls-later"),
      neverCalls: many("never-calls"),
      waits: many("waits"),
      joins: many("joins"),
    },
    alerts: foreseen
      .slice(-shownMax)
      .reverse()
      .flatMap(({ id, became, by }) => {
        const [row, other] = [byId.get(id), byId.get(by ?? "")];
        if (!row) return [];
        const because = other
          ? { id: other.id, title: other.title, integration: integrationOf(directory, other) }
          : null;
        return [{ ...shown(directory, row), became, by: because }];
      }),
  };
}

type Row = Awaited<ReturnType<typeof latest>>[number];

function subjectOfRow({ integrations }: Directory, row: Row): Subject {
  const { integration_id: integrationId, key, title, source } = row;
  const own = integrations.get(integrationId)?.serviceId ?? null;
  const serviceId = row.service_id ?? (row.waits as Waiting | null)?.asked.serviceId ?? own;
  const said = { key, title, source, severity: row.severity as Severity, details: row.details as Json };
  return subjectOf(said, { integrationId, serviceId });
}

const integrationOf = ({ integrations }: Directory, { integration_id: id }: Pick<Row, "integration_id">) => ({
  id,
  name: integrations.get(id)?.name ?? id,
});

const shown = (directory: Directory, row: Row): Preview["alerts"][number] => ({
  id: row.id,
  title: row.title,
  severity: row.severity,
  status: row.status === "open" && row.waits !== null ? "waiting" : row.status,
  integration: integrationOf(directory, row),
  incident: row.incident_id === null || row.number === null ? null : { id: row.incident_id, number: row.number },
  openedAt: toIso(row.opened_at),
});

const isOpen = ({ status }: { readonly status: string }): boolean => status === "open" || status === "quiet";

/** Open ones belong to it however long ago they came. */
function latest({ db }: NoiseKnown, viewer: Viewer, since: number) {
  return visibleAlerts(db, viewer)
    .leftJoin(
      visibleIncidents(db, viewer).select(["incidents.id", "incidents.number", "incidents.service_id"]).as("seen"),
      "seen.id",
      "alerts.incident_id",
    )
    .where((where) =>
      where.or([where("alerts.id", ">=", firstIdAt(since)), where("alerts.status", "in", ["open", "quiet"])]),
    )
    .selectAll("alerts")
    .select(["seen.number", "seen.service_id"])
    .orderBy("alerts.id", "desc")
    .limit(lookedMax + 1)
    .execute();
}
