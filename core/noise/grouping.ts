/** Which alerts are one incident, by rule, and what kind of failure each is. */
import { evaluate } from "../kernel/condition.ts";
import type { Json } from "../kernel/vocabulary.ts";
import type { Noise } from "./compiled.ts";
import type { GroupingRule } from "./rules.ts";
import type { Subject } from "./subject.ts";

export type Grouped = {
  readonly rule: GroupingRule;
  readonly groupKey: string;
  readonly kind: string;
  /** How its sender called its group, where that is not its key: kept, since a rule may be taken away. */
  readonly said?: string;
};

const nameMax = 500;

/** By the first rule that is about it; null: as its source says. What has none of a rule's labels is not alike by them. An expression that fails on an alert leaves it to the next
 *  rule, so that a mistake costs a grouping and never an alert. */
export function groupedBy({ groupings }: Noise, subject: Subject): Grouped | null {
  for (const { rule, matches, expression } of groupings) {
    if (!matches(subject)) continue;
    const parts: Json[] = rule.labels.map((label) => subject.labels[label] ?? "");
    if (parts.length > 0 && parts.every((part) => part === "")) continue;
    if (expression !== null) {
      const given = evaluate(expression, valuesOf(subject));
      if ("error" in given || given.value === null) continue;
      parts.push(typeof given.value === "string" ? given.value : JSON.stringify(given.value));
    }
    const groupKey = `${rule.across ? acrossPrefix : "rule/"}${rule.id}/${JSON.stringify(parts)}`.slice(0, nameMax);
    return { rule, groupKey, kind: kindOf(rule, subject) };
  }
  return null;
}

const acrossPrefix = "across/";

/** A group of all integrations together; any other is of its own. */
export const isAcross = (groupKey: string): boolean => groupKey.startsWith(acrossPrefix);

function valuesOf({ key, title, severity, source, serviceId, labels, details }: Subject): Record<string, Json> {
  return { key, title, severity, source: source ?? "", service: serviceId ?? "", labels: { ...labels }, details };
}

/** Names of what is wrong, in the order in which they are believed. */
const usualKinds = ["alertname", "class", "event_class", "check"];

/** The same failure elsewhere is the same kind: numbers and names of machines in a title do not tell kinds apart. */
export function kindOf({ kindBy }: Pick<GroupingRule, "kindBy">, { labels, title }: Subject): string {
  const said = kindBy.map((label) => labels[label] ?? "");
  if (said.some((one) => one !== "")) return said.join(" · ").slice(0, kindMax);
  const usual = usualKinds.map((label) => labels[label]).find((one) => one);
  return (usual ?? title.replaceAll(/[0-9]+/g, "#")).slice(0, kindMax);
}

const kindMax = 200;
