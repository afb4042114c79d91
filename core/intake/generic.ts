/** Any JSON that a tool can post: sensible names by default, or one expression a field, written by whoever sets the
 *  integration up. An expression that fails on a payload costs its field, never the alert. */
import type { Signal } from "../alerts/decide.ts";
import { type Condition, compile, evaluate, type Variables } from "../kernel/condition.ts";
import { canonicalJson, sha256Hex } from "../kernel/hash.ts";
import type { Json, Severity } from "../kernel/vocabulary.ts";
import { type Fields, field, isFields, keyOf, severityOf, wordOf } from "./fields.ts";
import { type Parsed, rejected } from "./parsed.ts";
import { cleanJson, cleanTitle } from "./text.ts";

const singleFields = ["key", "title", "severity", "action", "source", "group"] as const;
type SingleField = (typeof singleFields)[number];
export type MappingField = SingleField | "items";

/** One expression a field, over `body`; and over `item`, one of the list that `items` gives, where it is set. */
export type Mapping = Readonly<Record<string, string>>;
export type CompiledMapping = Readonly<Partial<Record<MappingField, Condition>>>;

/** Alerts in one body. */
const maxItems = 1_000;
const previewLength = 200;

const overBody: Variables = { body: "dyn" };
const overItem: Variables = { body: "dyn", item: "dyn" };
const textTypes = ["string", "dyn", "int", "double", "bool", "null", "timestamp"];
const listTypes = ["list", "dyn"];

export type MappingCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly field: string; readonly error: string };

/** For the moment it is written: unknown field, wrong expression, or one that cannot give text (or a list). */
export function checkMapping(mapping: Mapping): MappingCheck {
  const compiled = compileMapping(mapping);
  return compiled.ok ? { ok: true } : compiled;
}

/** Compiled once, when the integration is loaded. */
export function compileMapping(
  mapping: Mapping,
): { readonly ok: true; readonly mapping: CompiledMapping } | Exclude<MappingCheck, { ok: true }> {
  const compiled: Partial<Record<MappingField, Condition>> = {};
  const hasItems = (field(mapping, "items") ?? "") !== "";
  for (const [name, source] of Object.entries(mapping)) {
    const known = ["items", ...singleFields].find((one): one is MappingField => one === name);
    if (known === undefined) return { ok: false, field: name, error: "unknown field" };
    if (typeof source !== "string") return { ok: false, field: name, error: "not an expression" };
    if (source.trim() === "") continue;
    const condition = compile(source, hasItems && known !== "items" ? overItem : overBody);
    if ("error" in condition) return { ok: false, field: name, error: condition.error };
    const wanted = known === "items" ? listTypes : textTypes;
    if (!wanted.some((type) => condition.type === type || condition.type.startsWith(`${type}<`))) {
      const expected = known === "items" ? "a list" : "text";
      return { ok: false, field: name, error: `gives ${condition.type}, not ${expected}` };
    }
    compiled[known] = condition;
  }
  return { ok: true, mapping: compiled };
}

export function parseGeneric(body: unknown, mapping: CompiledMapping = {}): Parsed {
  if (typeof body !== "object" || body === null) return rejected("the body is not a JSON object");
  const clean = cleanJson(body);
  const warnings = clean.truncated ? ["the body is too large: truncated"] : [];
  const items = itemsOf(clean.value, mapping, warnings);
  const signals: Signal[] = [];
  const several = items.length > 1;
  for (const [index, item] of items.slice(0, maxItems).entries()) {
    const place = several ? `item ${index + 1}: ` : "";
    const signal = readItem({ body: clean.value, item }, mapping, (text) => warnings.push(`${place}${text}`));
    if (signal !== null) signals.push(signal);
  }
  if (items.length > maxItems) warnings.push(`${items.length - maxItems} items beyond ${maxItems} are left out`);
  const only = signals.length === 1 ? signals[0] : undefined;
  if (signals.length === 0 && items.length > 0) return rejected("nothing in the body says what is wrong");
  return { ok: true, signals, reply: only === undefined ? null : { dedupKey: only.key }, warnings };
}

function itemsOf(body: Json, mapping: CompiledMapping, warnings: string[]): readonly Json[] {
  if (mapping.items === undefined) return Array.isArray(body) ? body : [body];
  const found = evaluate(mapping.items, { body });
  if ("value" in found && Array.isArray(found.value)) return found.value;
  warnings.push(`'items': ${"error" in found ? found.error : "not a list"}; the body is read as one`);
  return [body];
}

type Values = { readonly body: Json; readonly item: Json };

function readItem(values: Values, mapping: CompiledMapping, warn: (warning: string) => void): Signal | null {
  const fields: Fields = isFields(values.item) ? values.item : {};
  const read = (name: SingleField): string | null =>
    mapped(mapping[name], values, (text) => warn(`'${name}': ${text}`));
  const title = titleOf(read("title") ?? firstWord(fields, defaults.title), values.item, warn);
  if (title === null) return null;
  const action = actionOf(mapping.action === undefined ? null : read("action"), fields);
  const source = read("source") ?? firstWord(fields, defaults.source);
  const given = keyOf(read("key")) ?? keyOf(firstWord(fields, defaults.key));
  const key = given ?? sha256Hex(`${title.text}\n${source?.toWellFormed() ?? ""}`);
  return {
    key,
    groupKey: keyOf(read("group")) ?? key,
    action,
    title: title.text,
    severity: severityFrom(read("severity"), fields, warn),
    source: source === null ? null : cleanTitle(source).text,
    stateful: false,
    startsAt: null,
    leaseUntil: null,
    by: null,
    details: title.cut && !isFields(values.item) ? { item: values.item } : values.item,
  };
}

/** Null when there is no expression, when it fails, and when it gives nothing. */
function mapped(condition: Condition | undefined, values: Values, warn: (error: string) => void): string | null {
  if (condition === undefined) return null;
  const result = evaluate(condition, values);
  if ("error" in result) {
    warn(result.error);
    return null;
  }
  const { value } = result;
  if (typeof value === "object" && value !== null) warn("gives neither text nor a number");
  return typeof value === "boolean" ? String(value) : wordOf(value);
}

const defaults = {
  title: ["title", "summary", "message", "name"],
  severity: ["severity", "priority", "level"],
  action: ["status", "state", "action", "event_action"],
  key: ["key", "id", "dedup_key", "alias", "fingerprint"],
  source: ["source", "host", "hostname", "instance", "service", "url"],
} as const;

function firstWord(fields: Fields, names: readonly string[]): string | null {
  for (const name of names) {
    const word = wordOf(field(fields, name));
    if (word !== null) return word;
  }
  return null;
}

/** A body that says nothing we recognise still pages: its beginning is its title. An empty one says nothing. */
function titleOf(
  word: string | null,
  item: Json,
  warn: (warning: string) => void,
): { readonly text: string; readonly cut: boolean } | null {
  const title = cleanTitle(word ?? "");
  if (title.text !== "") {
    if (title.cut) warn("the title is too long: cut, kept whole in the details");
    return title;
  }
  const text = typeof item === "string" ? item : canonicalJson(item);
  const preview = cleanTitle(text, previewLength);
  if (["", "{}", "[]", "null"].includes(preview.text)) {
    warn("empty: left out");
    return null;
  }
  warn("no title: the beginning of the content is used");
  return preview;
}

const acknowledging = ["acknowledge", "acknowledged", "ack"];
const resolving = ["resolve", "resolved", "ok", "okay", "close", "closed", "recovery", "recovered", "recover"];
const alsoResolving = ["up", "normal", "clear", "cleared", "healthy", "inactive", "success", "fixed", "done"];
const actionByWord = new Map<string, Signal["action"]>([
  ...acknowledging.map((word) => [word, "acknowledge"] as const),
  ...[...resolving, ...alsoResolving].map((word) => [word, "resolve"] as const),
]);

/** Anything else triggers: what is not understood must not be silent. */
function actionOf(word: string | null, fields: Fields): Signal["action"] {
  const words = word === null ? defaults.action.map((name) => wordOf(field(fields, name))) : [word];
  for (const one of words) {
    const action = actionByWord.get(one?.trim().toLowerCase() ?? "");
    if (action !== undefined) return action;
  }
  return "trigger";
}

function severityFrom(word: string | null, fields: Fields, warn: (warning: string) => void): Severity {
  const severity = severityOf(word ?? firstWord(fields, defaults.severity));
  if (severity === null && word !== null) warn(`'severity': unknown word, error is used`);
  return severity ?? "error";
}
