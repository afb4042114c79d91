/** PagerDuty's Events API v1, which old agents and Alertmanager's `service_key` still speak: the same three actions under
 *  other names. Alertmanager sends the names of v2 beside them, empty: they are not read. */
import type { Signal } from "../alerts/decide.ts";
import { type Fields, field, isFields, severityOf, wordOf } from "./fields.ts";
import { type Parsed, rejected } from "./parsed.ts";
import { cleanJson, cleanText, cleanTitle, maxKeyLength } from "./text.ts";

const actions = ["trigger", "acknowledge", "resolve"] as const;

export function serviceKeyOf(body: unknown): string | null {
  const key = isFields(body) ? field(body, "service_key") : undefined;
  return typeof key === "string" && key.trim() !== "" ? cleanText(key.trim(), maxKeyLength).text : null;
}

export function parsePagerDutyV1Event(body: unknown, context: { readonly generatedKey: string }): Parsed {
  if (!isFields(body)) return rejected("the event is not a JSON object");
  const errors: string[] = [];
  const action = actions.find((one) => one === field(body, "event_type"));
  if (action === undefined) errors.push("'event_type' is missing or not one of trigger, acknowledge, resolve");
  const key = cleanText(wordOf(field(body, "incident_key")) ?? "", maxKeyLength);
  if (key.cut) errors.push(`'incident_key' is longer than ${maxKeyLength} characters`);
  const named = key.text.trim() !== "";
  if (!named && action !== undefined && action !== "trigger") errors.push("'incident_key' is missing or blank");
  const title = cleanTitle(wordOf(field(body, "description")) ?? "");
  if (action === "trigger" && title.text === "") errors.push("'description' is missing or blank");
  if (action === undefined || errors.length > 0) return { ok: false, errors };
  const dedupKey = named ? key.text : context.generatedKey;
  const details = cleanJson(detailsOf(body, title.cut));
  const warnings = details.truncated ? ["the details are too large: truncated"] : [];
  if (title.cut) warnings.push("'description' is too long: cut, kept whole in the details");
  const source = wordOf(field(body, "client"));
  const signal: Signal = {
    key: dedupKey,
    groupKey: dedupKey,
    action,
    title: title.text || dedupKey,
    severity: severityIn(field(body, "details")) ?? "error",
    source: source === null ? null : cleanTitle(source).text,
    stateful: false,
    startsAt: null,
    leaseUntil: null,
    by: null,
    details: details.value,
  };
  return { ok: true, signals: [signal], reply: { dedupKey }, warnings };
}

/** Version 1 has no field for it; some senders put it among the details. */
const severityIn = (details: unknown) => (isFields(details) ? severityOf(field(details, "severity")) : null);

function detailsOf(body: Fields, titleCut: boolean): Fields {
  const kept: Record<string, unknown> = {};
  const names = ["details", "client", "client_url", "contexts", ...(titleCut ? ["description"] : [])];
  for (const name of names) {
    const value = field(body, name);
    if (value !== undefined && value !== null && value !== "") kept[name] = value;
  }
  return kept;
}
