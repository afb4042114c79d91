/** PagerDuty Events API v2, as its real clients speak it: one event is one signal. What is refused, and in which words,
 *  matters: Alertmanager prints the errors, Zabbix throws the first one. */
import type { Signal } from "../alerts/decide.ts";
import type { Json, Severity } from "../kernel/vocabulary.ts";
import { type Fields, field, isFields, momentOf, severityOf, wordOf } from "./fields.ts";
import { type Parsed, rejected } from "./parsed.ts";
import { cleanJson, cleanText, cleanTitle, maxKeyLength } from "./text.ts";

const actions = ["trigger", "acknowledge", "resolve"] as const;
type Action = (typeof actions)[number];

/** The key that says which integration this is for; the only credential these events carry. */
export function routingKeyOf(body: unknown): string | null {
  const key = isFields(body) ? field(body, "routing_key") : undefined;
  return typeof key === "string" && key.trim() !== "" ? cleanText(key.trim(), maxKeyLength).text : null;
}

/** `generatedKey` serves a trigger that has no `dedup_key`: each such event is an alert of its own. */
export function parsePagerDutyEvent(body: unknown, context: { readonly generatedKey: string }): Parsed {
  if (!isFields(body)) return rejected("the event is not a JSON object");
  const errors: string[] = [];
  const action = readAction(body, errors);
  const key = readKey(body, action, errors);
  const payload = field(body, "payload");
  const content = isFields(payload) ? payload : {};
  if (action === "trigger") checkContent(payload, errors);
  if (action === null || errors.length > 0) return { ok: false, errors };

  const dedupKey = key ?? context.generatedKey;
  const started = momentOf(field(content, "timestamp"), "timestamp");
  const title = cleanTitle(wordOf(field(content, "summary")) ?? dedupKey);
  const details = detailsOf(body, content, title.cut);
  const warnings = started.warning === null ? [] : [started.warning];
  if (title.cut) warnings.push("'summary' is too long: cut, kept whole in the details");
  if (details.truncated) warnings.push("the details are too large: truncated");
  const source = wordOf(field(content, "source"));
  const signal: Signal = {
    key: dedupKey,
    groupKey: dedupKey,
    action,
    title: title.text,
    severity: knownSeverity(content) ?? "error",
    source: source === null ? null : cleanTitle(source).text,
    stateful: false,
    startsAt: started.at,
    leaseUntil: null,
    by: null,
    details: details.value,
  };
  return { ok: true, signals: [signal], reply: { dedupKey }, warnings };
}

function readAction(body: Fields, errors: string[]): Action | null {
  const word = field(body, "event_action");
  const known = actions.find((action) => action === word);
  if (known !== undefined) return known;
  errors.push("'event_action' is missing or not one of trigger, acknowledge, resolve");
  return null;
}

function readKey(body: Fields, action: Action | null, errors: string[]): string | null {
  const key = cleanText(wordOf(field(body, "dedup_key")) ?? "", maxKeyLength);
  if (key.cut) errors.push(`'dedup_key' is longer than ${maxKeyLength} characters`);
  if (key.text.trim() !== "") return key.text;
  if (action === "acknowledge" || action === "resolve") errors.push("'dedup_key' is missing or blank");
  return null;
}

/** Only a trigger needs content: Zabbix acknowledges and resolves without any. */
function checkContent(payload: unknown, errors: string[]): void {
  if (!isFields(payload)) {
    errors.push("'payload' is missing or not an object");
    return;
  }
  for (const name of ["summary", "source"]) {
    const word = wordOf(field(payload, name));
    if (word === null || cleanTitle(word).text === "") errors.push(`'${name}' is missing or blank`);
  }
  if (knownSeverity(payload) === null) {
    errors.push("'severity' is missing or not one of critical, error, warning, info");
  }
}

/** The four words of the contract, in any case. */
function knownSeverity(payload: Fields): Severity | null {
  const severity = severityOf(field(payload, "severity"));
  return severity === wordOf(field(payload, "severity"))?.trim().toLowerCase() ? severity : null;
}

/** The sender's own names, so that people find again what they configured. */
function detailsOf(body: Fields, content: Fields, titleCut: boolean): { value: Json; truncated: boolean } {
  const kept: Record<string, unknown> = {};
  const keep = (name: string, value: unknown): void => {
    if (value !== undefined && value !== null && value !== "") kept[name] = value;
  };
  if (titleCut) keep("summary", field(content, "summary"));
  for (const name of ["timestamp", "component", "group", "class"]) keep(name, field(content, name));
  const custom = field(content, "custom_details");
  keep("custom_details", custom === null || typeof custom === "object" || custom === undefined ? custom : { custom });
  for (const name of ["client", "client_url", "links", "images"]) keep(name, field(body, name));
  return cleanJson(kept);
}
