/** The open alerts of one integration, as Alertmanager's API shows them. */
import { z } from "zod";
import type { Waiting } from "../../core/alerts/decide.ts";
import { groupLabelsOf } from "../../core/intake/alertmanager-push.ts";
import { labelFingerprint } from "../../core/intake/label-fingerprint.ts";
import { type Matcher, parseMatcher } from "../../core/intake/matcher.ts";
import { toIso } from "../../core/kernel/time.ts";
import { visibleAlerts } from "../access/visible.ts";
import type { Db } from "../platform/database.ts";

export const receiver = { name: "tocsin" };
const maxShown = 1_000;

const texts = z.record(z.string(), z.string()).catch({});
const kept = z
  .object({ labels: texts, annotations: texts, generatorURL: z.string().catch("") })
  .catch({ labels: {}, annotations: {}, generatorURL: "" });
const flag = z.enum(["true", "false"]).default("true").catch("true");
const query = z.object({
  active: flag,
  silenced: flag,
  inhibited: flag,
  muted: flag,
  unprocessed: flag,
  receiver: z.string().max(256).optional().catch(undefined),
  filter: z.union([z.string().transform((one) => [one]), z.array(z.string()).max(50)]).default([]),
});

type Shown = {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly updatedAt: string;
  readonly fingerprint: string;
  readonly generatorURL: string;
  readonly receivers: readonly (typeof receiver)[];
  readonly status: {
    readonly state: "active" | "suppressed";
    readonly silencedBy: readonly string[];
    readonly inhibitedBy: readonly string[];
    readonly mutedBy: readonly string[];
  };
};

/** Null when a matcher or a parameter cannot be read. */
export async function readPushedAlerts(db: Db, integrationId: string, asked: unknown): Promise<Shown[] | null> {
  const parsed = query.safeParse(asked);
  if (!parsed.success) return null;
  const matchers = parsed.data.filter.map(parseMatcher);
  if (matchers.includes(null)) return null;
  if ((parsed.data.receiver ?? receiver.name) !== receiver.name) return [];
  const rows = await visibleAlerts(db, { actor: null })
    .select([
      "alerts.key",
      "alerts.starts_at",
      "alerts.opened_at",
      "alerts.last_at",
      "alerts.lease_until",
      "alerts.details",
      "alerts.waits",
    ])
    .where("alerts.integration_id", "=", integrationId)
    .where("alerts.status", "in", ["open", "quiet"])
    .orderBy("alerts.opened_at", "desc")
    .limit(maxShown)
    .execute();
  return rows
    .map((row): Shown => {
      const { labels, annotations, generatorURL } = kept.parse(row.details);
      return {
        labels,
        annotations,
        startsAt: toIso(row.starts_at ?? row.opened_at),
        endsAt: toIso(row.lease_until ?? row.last_at),
        updatedAt: toIso(row.last_at),
        fingerprint: /^[0-9a-f]{16}$/.test(row.key) ? row.key : labelFingerprint(labels),
        generatorURL,
        receivers: [receiver],
        status: statusOf(row.waits),
      };
    })
    .filter(({ status }) => isWanted(parsed.data, status))
    .filter(({ labels }) => matchers.every((matches) => (matches as Matcher)(labels)));
}

/** What waits is suppressed there: by a silence, by another alert, or by whatever else holds it back. */
function statusOf(waits: Waiting | null): Shown["status"] {
  if (waits === null) return { state: "active", silencedBy: [], inhibitedBy: [], mutedBy: [] };
  const of = (...kinds: Waiting["for"][]): string[] => (kinds.includes(waits.for) ? [waits.rule.id] : []);
  const mutedBy = of("window", "source", "threshold", "wait");
  return { state: "suppressed", silencedBy: of("silence"), inhibitedBy: of("inhibition"), mutedBy };
}

function isWanted(asked: z.output<typeof query>, { state, silencedBy, inhibitedBy }: Shown["status"]): boolean {
  if (state === "active") return asked.active === "true";
  if (silencedBy.length > 0) return asked.silenced === "true";
  return (inhibitedBy.length > 0 ? asked.inhibited : asked.muted) === "true";
}

/** By the labels that make one incident of them. */
export function groupsOf(alerts: readonly Shown[]): object[] {
  const groups = Map.groupBy(alerts, ({ labels }) => JSON.stringify(groupLabelsOf(labels)));
  return [...groups].map(([labels, members]) => ({ labels: JSON.parse(labels), receiver, alerts: members }));
}
