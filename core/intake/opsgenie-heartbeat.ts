/** Opsgenie's heartbeats from the side of those who call its API: what an address names, what a body asks for, and how one
 *  is shown. The interval has no grace there. */
import { dayMs, hourMs, minuteMs, toIso } from "../kernel/time.ts";
import type { Instant, JsonObject, Priority, Severity } from "../kernel/vocabulary.ts";
import { type Fields, field, isFields, wordOf } from "./fields.ts";
import { type FieldErrors, priorityOf, severityOf, tagsOf } from "./opsgenie.ts";
import { cleanText, cleanTitle } from "./text.ts";

export type HeartbeatUnit = "minutes" | "hours" | "days";
export type SourceHeartbeat = {
  readonly name: string;
  readonly description: string | null;
  readonly intervalMs: number;
  readonly unit: HeartbeatUnit;
  readonly enabled: boolean;
  readonly severity: Severity;
  readonly priority: Priority | null;
  readonly message: string | null;
  readonly tags: readonly string[];
};
export type KeptHeartbeat = SourceHeartbeat & { readonly expired: boolean; readonly lastPingAt: Instant | null };
export type HeartbeatChange = Partial<Pick<SourceHeartbeat, "description" | "intervalMs" | "unit" | "enabled">>;

export type HeartbeatAddress =
  | { readonly is: "all" | "nothing" }
  | { readonly is: "one" | "ping" | "enable" | "disable"; readonly name: string };

const acts = ["ping", "enable", "disable"] as const;
const unitMs = { minutes: minuteMs, hours: hourMs, days: dayMs } as const;
const intervalMaxMs = 366 * dayMs;
const nameMax = 200;

/** `rest`: what follows `/v2/heartbeats`, as it was sent. A slash that a name holds may come as it is. */
export function readHeartbeatAddress(rest: string): HeartbeatAddress {
  const segments = rest.replace(/^\/+|\/+$/g, "").split("/");
  if (segments.length === 1 && segments[0] === "") return { is: "all" };
  const act = acts.find((one) => segments.length > 1 && one === segments.at(-1));
  const name = (act === undefined ? segments : segments.slice(0, -1)).map(decoded).join("/").trim();
  if (name === "" || name.length > nameMax || cleanText(name).text !== name) return { is: "nothing" };
  return { is: act ?? "one", name };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

type Parsed<T> = { readonly ok: true; readonly asked: T } | { readonly ok: false; readonly errors: FieldErrors };

export function parseHeartbeat(body: unknown): Parsed<SourceHeartbeat> {
  if (!isFields(body)) return { ok: false, errors: { body: "Body should be a JSON object." } };
  const errors: Record<string, string> = {};
  const name = cleanTitle(wordOf(field(body, "name")) ?? "").text.trim();
  if (name === "") errors.name = "Name can not be empty.";
  else if (name.length > nameMax) errors.name = `Name can have ${nameMax} characters at most.`;
  const timing = timingOf(body, "minutes", errors);
  if (timing.intervalMs === undefined && errors.interval === undefined) errors.interval = "Interval can not be empty.";
  const priority = priorityOf(field(body, "alertPriority"));
  if (priority === null) errors.alertPriority = "Priority should be one of [P1, P2, P3, P4, P5].";
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const message = cleanTitle(wordOf(field(body, "alertMessage")) ?? "").text;
  return {
    ok: true,
    asked: {
      name,
      description: descriptionOf(body) ?? null,
      intervalMs: timing.intervalMs ?? minuteMs,
      unit: timing.unit,
      enabled: enabledOf(body) ?? true,
      severity: severityOf[priority ?? 3],
      priority,
      message: message === "" ? null : message,
      tags: tagsOf(field(body, "alertTags")),
    },
  };
}

/** What is left out stays as it is; an interval without its unit is in that of before. */
export function parseHeartbeatChange(body: unknown, before: HeartbeatUnit): Parsed<HeartbeatChange> {
  if (!isFields(body)) return { ok: false, errors: { body: "Body should be a JSON object." } };
  const errors: Record<string, string> = {};
  const { intervalMs, unit } = timingOf(body, before, errors);
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const description = descriptionOf(body);
  const enabled = enabledOf(body);
  return {
    ok: true,
    asked: {
      ...(description !== undefined && { description }),
      ...(enabled !== undefined && { enabled }),
      ...(intervalMs !== undefined && { intervalMs, unit }),
    },
  };
}

function timingOf(body: Fields, before: HeartbeatUnit, errors: Record<string, string>) {
  const word = wordOf(field(body, "intervalUnit"))?.trim().toLowerCase() ?? before;
  const unit = (Object.keys(unitMs) as HeartbeatUnit[]).find((one) => one === word);
  if (unit === undefined) errors.intervalUnit = "Interval unit should be one of [minutes, hours, days].";
  const given = wordOf(field(body, "interval"));
  if (given === null) return { unit: unit ?? before };
  const interval = Number(given);
  const intervalMs = interval * unitMs[unit ?? before];
  if (!Number.isInteger(interval) || interval < 1 || intervalMs > intervalMaxMs)
    errors.interval = "Interval should be a whole number, from 1 to a year.";
  return { unit: unit ?? before, intervalMs };
}

function descriptionOf(body: Fields): string | null | undefined {
  const given = field(body, "description");
  if (given === undefined) return undefined;
  const text = cleanText(wordOf(given) ?? "", 10_000).text.trim();
  return text === "" ? null : text;
}

function enabledOf(body: Fields): boolean | undefined {
  const given = field(body, "enabled");
  return typeof given === "boolean" ? given : given === "true" ? true : given === "false" ? false : undefined;
}

export function heartbeatView(one: KeptHeartbeat): JsonObject {
  return {
    name: one.name,
    description: one.description ?? "",
    interval: Math.round(one.intervalMs / unitMs[one.unit]),
    enabled: one.enabled,
    intervalUnit: one.unit,
    expired: one.expired,
    alertMessage: one.message ?? "",
    alertTags: [...one.tags],
    alertPriority: `P${one.priority ?? 3}`,
    ...(one.lastPingAt !== null && { lastPingTime: toIso(one.lastPingAt) }),
  };
}

export const heartbeatMeta = ({ name, enabled, expired }: KeptHeartbeat): JsonObject => ({ name, enabled, expired });
