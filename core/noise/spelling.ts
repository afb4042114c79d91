/** Matchers as people write them, as Alertmanager does: `alertname="Disk", instance=~"db.*", severity!=critical`. */
import type { Matcher } from "./matching.ts";

const form = /^("(?:[^"\\]|\\.)*"|[^=!~"\s]+)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|[^"]*)$/u;

/** Null: it is none. */
export function readMatcher(text: string): Matcher | null {
  const [, label = "", operator = "", value = ""] = form.exec(text.trim().replace(/,$/, "")) ?? [];
  if (label === "") return null;
  return { label: unquoted(label), operator: operator as Matcher["operator"], value: unquoted(value.trim()) };
}

const unquoted = (text: string): string => (text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/gu, "$1") : text);

export const spelled = ({ label, operator, value }: Matcher): string =>
  `${/^[^=!~"\s]+$/.test(label) ? label : JSON.stringify(label)}${operator}${JSON.stringify(value)}`;
