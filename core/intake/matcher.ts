/** Matchers of Alertmanager's query language (`alertname="Disk", instance=~"db.*"`), as its own clients write them in
 *  `filter`. Patterns are anchored, as there, and run in linear time. */
import { compilePattern } from "../kernel/pattern.ts";

export type Matcher = (labels: Readonly<Record<string, string>>) => boolean;

/** Characters of a label that a pattern is asked about: it may be asked of every open alert. */
const maxLookedAt = 1_024;

const form = /^\s*("(?:[^"\\]|\\.)*"|[^=!~"\s]+)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|[^"]*?)\s*,?\s*$/u;

/** Null when the text is no matcher. A label that is absent is an empty text. */
export function parseMatcher(text: string): Matcher | null {
  const [, name = "", operator = "", value = ""] = form.exec(text) ?? [];
  if (name === "") return null;
  const label = unquoted(name);
  const wanted = unquoted(value);
  const negated = operator.startsWith("!");
  if (!operator.endsWith("~")) return (labels) => ((labels[label] ?? "") === wanted) !== negated;
  const pattern = compilePattern(`^(?:${wanted})$`);
  return pattern === null ? null : (labels) => pattern((labels[label] ?? "").slice(0, maxLookedAt)) !== negated;
}

const unquoted = (text: string): string =>
  text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/gu, (_all, one) => (one === "n" ? "\n" : one)) : text;
