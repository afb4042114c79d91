/** How single fields of outside payloads are read: liberally in form, never trusting a type. */
import { sha256Hex } from "../kernel/hash.ts";
import { parseIso } from "../kernel/time.ts";
import type { Instant, Severity } from "../kernel/vocabulary.ts";
import { cleanText, maxKeyLength } from "./text.ts";

export type Fields = { readonly [name: string]: unknown };

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Own fields only: a body may well name a field "constructor". */
export function field(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** Text or a number as text; null when absent or blank. */
export function wordOf(value: unknown): string | null {
  if (typeof value === "string") return value.trim() === "" ? null : value;
  return typeof value === "number" && Number.isFinite(value) ? String(value) : null;
}

/** Keys are compared, never read: one that is too long is replaced by its hash, so that it stays itself. Null as above. */
export function keyOf(value: unknown): string | null {
  const word = wordOf(value);
  if (word === null) return null;
  const clean = cleanText(word, maxKeyLength);
  if (clean.cut) return `sha256:${sha256Hex(word.toWellFormed())}`;
  return clean.text.trim() === "" ? null : clean.text;
}

const severities: Readonly<Record<Severity, readonly string[]>> = {
  critical: ["critical", "crit", "page", "fatal", "emergency", "emerg", "disaster", "sev1", "p1"],
  error: ["error", "err", "major", "high", "severe", "sev2", "p2"],
  warning: ["warning", "warn", "minor", "average", "medium", "moderate", "sev3", "p3"],
  info: ["info", "information", "informational", "notice", "none", "low", "debug", "sev4", "sev5", "p4", "p5"],
};
const severityByWord = new Map(
  Object.entries(severities).flatMap(([severity, words]) => words.map((word) => [word, severity as Severity])),
);

/** Null when the word is not one we know. */
export function severityOf(value: unknown): Severity | null {
  return severityByWord.get(wordOf(value)?.trim().toLowerCase() ?? "") ?? null;
}

/** Go's zero time, which Alertmanager sends for "none". */
const zeroTime = "0001-01-01T00:00:00Z";
const earliest = parseIso("2000-01-01T00:00:00Z") ?? 0;
const latest = parseIso("2100-01-01T00:00:00Z") ?? 0;
const longestTime = 64;

/** A time without a zone is somebody's local time, and a wrong one orders alerts wrongly: ignored, with a warning. The
 *  caller's clock serves instead. */
export function momentOf(
  value: unknown,
  name: string,
): { readonly at: Instant | null; readonly warning: string | null } {
  if (value === undefined || value === null || value === "" || value === zeroTime) return { at: null, warning: null };
  const at = typeof value === "string" && value.length <= longestTime ? parseIso(value) : undefined;
  if (at !== undefined && at >= earliest && at <= latest) return { at, warning: null };
  return { at: null, warning: `'${name}' is not an RFC 3339 time with a zone: ignored` };
}
