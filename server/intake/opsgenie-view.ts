/** Alerts of one integration as Opsgenie's API shows them, and its search language made SQL. */
import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import type { Directory, Integration } from "../../core/desk/directory.ts";
import { keyOf } from "../../core/intake/fields.ts";
import { withoutAlias } from "../../core/intake/opsgenie.ts";
import type { Identifier } from "../../core/intake/opsgenie-path.ts";
import type { OpsgenieQuery } from "../../core/intake/opsgenie-query.ts";
import { toIso } from "../../core/kernel/time.ts";
import { visibleAlerts, visibleIncidents } from "../access/visible.ts";
import type { Db } from "../platform/database.ts";
import { aliasOf } from "./opsgenie-store.ts";

const machine = { actor: null };

function alertsOf(db: Db, integrationId: string) {
  return visibleAlerts(db, machine)
    .innerJoin("opsgenie_alerts as known", "known.alert_id", "alerts.id")
    .leftJoin(
      visibleIncidents(db, machine).select(["incidents.id", "incidents.accepted_by"]).as("incident"),
      "incident.id",
      "alerts.incident_id",
    )
    .where("known.integration_id", "=", integrationId)
    .where("alerts.integration_id", "=", integrationId);
}

const columns = [
  "alerts.id",
  "alerts.key",
  "alerts.status",
  "alerts.title",
  "alerts.severity",
  "alerts.source",
  "alerts.opened_at",
  "alerts.last_at",
  "alerts.ended_at",
  "alerts.count",
  "alerts.details",
  "known.tiny_id",
  "known.acknowledged",
  "known.updated_at",
  "incident.accepted_by",
] as const;

const isLive = sql<boolean>`alerts.status in ('open', 'quiet')`;
const isAcknowledged = sql<boolean>`(known.acknowledged or incident.accepted_by is not null)`;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** By alias, only what is open; what has no alias has its id for one. */
export async function findAlert({ db, integration }: Looking, of: Identifier): Promise<Row | undefined> {
  const query = alertsOf(db, integration.id).select(columns);
  const { kind, value } = of;
  if (kind === "tiny")
    return /^\d{1,15}$/.test(value) ? query.where("known.tiny_id", "=", Number(value)).executeTakeFirst() : undefined;
  const byId = uuid.test(value) ? query.where("alerts.id", "=", value.toLowerCase()) : null;
  if (kind === "id") return byId?.executeTakeFirst();
  const found = await query
    .where("alerts.key", "=", keyOf(value) ?? "")
    .where(isLive)
    .executeTakeFirst();
  return found ?? byId?.where(isLive).where("alerts.key", "like", `${withoutAlias}%`).executeTakeFirst();
}

export type Looking = { readonly db: Db; readonly integration: Integration; readonly directory: Directory };
export type Row = Awaited<ReturnType<ReturnType<typeof rowsOf>["executeTakeFirstOrThrow"]>>;
const rowsOf = (db: Db) => alertsOf(db, "").select(columns);

export const isOpen = ({ status }: Pick<Row, "status">): boolean => status === "open" || status === "quiet";
export const isTaken = (row: Pick<Row, "acknowledged" | "accepted_by">): boolean =>
  row.acknowledged || row.accepted_by !== null;

const texts = z.array(z.string()).catch([]);
const kept = z
  .looseObject({
    alias: z.string().optional().catch(undefined),
    message: z.string().optional().catch(undefined),
    description: z.string().catch(""),
    entity: z.string().catch(""),
    priority: z.string().catch(""),
    tags: texts,
    actions: texts,
    responders: z.array(z.unknown()).catch([]),
    details: z.record(z.string(), z.unknown()).catch({}),
  })
  .catch({ description: "", entity: "", priority: "", tags: [], actions: [], responders: [], details: {} });
/** Of what no priority was said: a webhook of another tool. */
const priorityOf: Readonly<Record<string, string>> = { critical: "P1", error: "P2", warning: "P3", info: "P5" };

export function listedView({ integration, directory }: Looking, row: Row): object {
  const sent = kept.parse(row.details);
  return {
    id: row.id,
    tinyId: String(row.tiny_id),
    alias: sent.alias ?? aliasOf(row.key, row.id),
    message: sent.message ?? row.title,
    status: isOpen(row) ? "open" : "closed",
    acknowledged: isTaken(row),
    isSeen: isTaken(row),
    tags: sent.tags,
    snoozed: false,
    count: row.count,
    lastOccurredAt: toIso(row.last_at),
    createdAt: toIso(row.opened_at),
    updatedAt: toIso(Math.max(row.last_at, row.updated_at)),
    source: row.source ?? "",
    owner: directory.people.get(row.accepted_by ?? "")?.email ?? "",
    priority: sent.priority || (priorityOf[row.severity] ?? "P3"),
    responders: sent.responders,
    integration: { id: integration.id, name: integration.name, type: "API" },
    report: row.ended_at === null ? {} : { closeTime: row.ended_at - row.opened_at },
  };
}

export function wholeView(looking: Looking, row: Row): object {
  const { actions, entity, description, details } = kept.parse(row.details);
  return { ...listedView(looking, row), actions, entity, description, details };
}

export type Asked = {
  readonly query: OpsgenieQuery;
  readonly sort: string;
  readonly ascending: boolean;
  readonly offset: number;
  readonly limit: number;
};

const sorts: Readonly<Record<string, RawBuilder<unknown>>> = {
  createdAt: sql`alerts.id`,
  updatedAt: sql`greatest(alerts.last_at, known.updated_at)`,
  lastOccurredAt: sql`alerts.last_at`,
  tinyId: sql`known.tiny_id`,
  count: sql`alerts.count`,
  message: sql`alerts.title`,
  alias: sql`alerts.key`,
  status: sql`alerts.status`,
};

/** Ids are in the order of their time. */
export async function listAlerts({ db, integration }: Looking, asked: Asked): Promise<Row[]> {
  const order = Object.hasOwn(sorts, asked.sort) ? sorts[asked.sort] : undefined;
  const way = asked.ascending ? "asc" : "desc";
  return alertsOf(db, integration.id)
    .select(columns)
    .where(matching(asked.query))
    .orderBy(order ?? sql`alerts.id`, way)
    .orderBy("alerts.id", way)
    .offset(asked.offset)
    .limit(asked.limit)
    .execute();
}

export async function countAlerts({ db, integration }: Looking, query: OpsgenieQuery): Promise<number> {
  const row = await alertsOf(db, integration.id)
    .where(matching(query))
    .select((select) => select.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

function matching(query: OpsgenieQuery): RawBuilder<boolean> {
  if (query.is === "not") return sql<boolean>`not ${matching(query.of)}`;
  if (query.is === "term") return sql<boolean>`coalesce(${term(query)}, false)`;
  if (query.of.length === 0) return sql<boolean>`true`;
  return sql<boolean>`(${sql.join(query.of.map(matching), query.is === "and" ? sql` and ` : sql` or `)})`;
}

type Term = Extract<OpsgenieQuery, { is: "term" }>;

function term({ field, by, value }: Term): RawBuilder<boolean> {
  switch (field) {
    case "any":
      return sql<boolean>`(${contains(sql`alerts.title`, value)} or ${contains(sql`alerts.details ->> 'description'`, value)})`;
    case "message":
      return contains(sql`alerts.title`, value);
    case "description":
      return contains(sql`alerts.details ->> 'description'`, value);
    case "alias":
      return like(sql`alerts.key`, value);
    case "source":
      return like(sql`alerts.source`, value);
    case "entity":
      return like(sql`alerts.details ->> 'entity'`, value);
    case "tag":
      return sql<boolean>`jsonb_exists(alerts.details -> 'tags', ${value})`;
    case "id":
      return sql<boolean>`alerts.id::text = ${value.toLowerCase()}`;
    case "tinyid":
      return sql<boolean>`known.tiny_id::text = ${value}`;
    case "owner":
      return sql<boolean>`incident.accepted_by in (select id from people where lower(email) = lower(${value}))`;
    case "priority":
      return sql<boolean>`alerts.details ->> 'priority' = ${value.toUpperCase()}`;
    case "acknowledged":
      return value.toLowerCase() === "true" ? isAcknowledged : sql<boolean>`not ${isAcknowledged}`;
    case "status":
      return statusIs(value.toLowerCase());
    default:
      return sql<boolean>`${numbers[field]} ${comparisons[by]} ${Number(value)}`;
  }
}

const numbers = {
  createdat: sql`alerts.opened_at`,
  lastoccurredat: sql`alerts.last_at`,
  updatedat: sql`greatest(alerts.last_at, known.updated_at)`,
  count: sql`alerts.count`,
} as const;
const comparisons = { "=": sql`=`, "<": sql`<`, "<=": sql`<=`, ">": sql`>`, ">=": sql`>=` } as const;

function statusIs(value: string): RawBuilder<boolean> {
  if (value === "open") return isLive;
  if (value === "closed") return sql<boolean>`not ${isLive}`;
  if (value === "acked") return sql<boolean>`(${isLive} and ${isAcknowledged})`;
  return value === "unacked" ? sql<boolean>`(${isLive} and not ${isAcknowledged})` : sql<boolean>`false`;
}

const escaped = (value: string): string => value.replace(/[\\%_]/g, "\\$&");

/** `*` stands for anything, as there. */
const like = (text: RawBuilder<unknown>, value: string): RawBuilder<boolean> =>
  sql<boolean>`${text} ilike ${escaped(value).replaceAll("*", "%")}`;
const contains = (text: RawBuilder<unknown>, value: string): RawBuilder<boolean> => like(text, `*${value}*`);
