/** Cleaning of text at the door, once: what comes in here is stored by PostgreSQL (no NUL, no lone surrogate), shown to
 *  people (no control, no bidirectional override in titles), compared (NFC) and hashed. */
import type { Json } from "../kernel/vocabulary.ts";

/** In code points. */
export const maxTitleLength = 1_024;
export const maxTextLength = 16_000;
export const maxKeyLength = 255;
/** Of a JSON value kept as details. */
export const maxDepth = 32;
export const maxNodes = 5_000;
const maxNameLength = 255;
/** Stands where something was left out. */
export const truncationMark = "[truncated]";

const printable = /^[\x20-\x7e]*$/;
const plainLine = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;
/** C0, DEL and C1, except tab and line feed: terminals obey some of them. */
const controls = /[\p{Cc}--[\t\n]]/gv;
/** UAX 9 explicit embeddings, overrides and isolates: they make a title read otherwise than it is. */
const bidirectional = /[\u202a-\u202e\u2066-\u2069]/gu;
const blanks = /\s+/gu;

export type Cleaned = { readonly text: string; readonly cut: boolean };

export function cleanText(raw: string, max = maxTextLength): Cleaned {
  if (raw.length <= max && printable.test(raw)) return { text: raw, cut: false };
  // First cut: what follows costs in proportion, and nothing beyond can be kept.
  const bounded = cutCodePoints(raw, maxTextLength);
  const text = bounded.text
    .toWellFormed()
    .replaceAll("\u0000", "\ufffd")
    .replace(/\r\n?/g, "\n")
    .replace(controls, "")
    .normalize("NFC");
  const kept = cutCodePoints(text, max);
  return { text: kept.text, cut: bounded.cut || kept.cut };
}

/** One line, without override characters. */
export function cleanTitle(raw: string, max = maxTitleLength): Cleaned {
  if (raw.length <= max && plainLine.test(raw)) return { text: raw, cut: false };
  const { text, cut } = cleanText(raw);
  const line = text.replace(bidirectional, "").replace(blanks, " ").trim();
  const kept = cutCodePoints(line, max);
  return { text: kept.text, cut: cut || kept.cut };
}

function cutCodePoints(text: string, max: number): Cleaned {
  if (text.length <= max) return { text, cut: false };
  let units = 0;
  let count = 0;
  for (const character of text) {
    if (count === max) return { text: text.slice(0, units), cut: true };
    units += character.length;
    count += 1;
  }
  return { text, cut: false };
}

/** Rebuilds any value as JSON that is safe to keep: bounded in depth, number of values and length of text. */
export function cleanJson(value: unknown): { readonly value: Json; readonly truncated: boolean } {
  const state = { nodes: 0, truncated: false };
  return { value: cleanValue(value, 0, state), truncated: state.truncated };
}

type Walk = { nodes: number; truncated: boolean };

/** These names reach an object's prototype in code that copies carelessly, ours or a reader's. */
const unsafeNames = new Set(["__proto__", "constructor", "prototype"]);

function cleanValue(value: unknown, depth: number, walk: Walk): Json {
  walk.nodes += 1;
  if (typeof value === "string") {
    const { text, cut } = cleanText(value);
    if (!cut) return text;
    walk.truncated = true;
    return `${text}${truncationMark}`;
  }
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "boolean") return value;
  if (typeof value !== "object" || value === null) return null;
  if (depth >= maxDepth) {
    walk.truncated = true;
    return truncationMark;
  }
  return Array.isArray(value) ? cleanList(value, depth, walk) : cleanObject(value, depth, walk);
}

function cleanList(list: readonly unknown[], depth: number, walk: Walk): Json {
  const kept: Json[] = [];
  for (const item of list) {
    if (walk.nodes >= maxNodes) {
      walk.truncated = true;
      kept.push(truncationMark);
      break;
    }
    kept.push(cleanValue(item, depth + 1, walk));
  }
  return kept;
}

function cleanObject(source: object, depth: number, walk: Walk): Json {
  const kept: Record<string, Json> = {};
  for (const [name, member] of Object.entries(source)) {
    if (walk.nodes >= maxNodes) {
      walk.truncated = true;
      kept[truncationMark] = truncationMark;
      break;
    }
    const { text } = cleanText(name, maxNameLength);
    if (!unsafeNames.has(text)) kept[text] = cleanValue(member, depth + 1, walk);
  }
  return kept;
}
