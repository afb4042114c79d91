/** What monitors post to Opsgenie's `/v1/json/{type}`: each its own payload. Those that are known are read as what they are;
 *  any other is read by its sensible names, and kept as it came. */
import type { Signal } from "../alerts/decide.ts";
import { canonicalJson, sha256Hex } from "../kernel/hash.ts";
import type { Json } from "../kernel/vocabulary.ts";
import { parseAlertmanagerWebhook } from "./alertmanager.ts";
import { type Fields, field, isFields, keyOf, severityOf, wordOf } from "./fields.ts";
import { parseGeneric } from "./generic.ts";
import type { Parsed } from "./parsed.ts";
import { cleanTitle } from "./text.ts";

export function parseOpsgenieWebhook(type: string, body: unknown): Parsed {
  if (isFields(body) && Array.isArray(field(body, "alerts")) && grouping.has(type))
    return parseAlertmanagerWebhook(body);
  const parsed = parseGeneric(body);
  const refine = refinements[type];
  if (!parsed.ok || !isFields(body) || refine === undefined) return parsed;
  const [signal] = parsed.signals;
  return signal === undefined ? parsed : { ...parsed, signals: [{ ...signal, ...refine(body, signal) }] };
}

/** Whose webhooks have the shape of Alertmanager's. */
const grouping = new Set(["prometheus", "grafana"]);

type Refine = (body: Fields, read: Signal) => Partial<Signal>;

/** Where the sensible names would take two alerts for one, or one for two. */
const refinements: Readonly<Record<string, Refine>> = Object.assign(Object.create(null) as Record<string, Refine>, {
  netdata: (body: Fields) => {
    const words = ["host", "chart", "name"].map((name) => wordOf(field(body, name)) ?? "");
    const status = wordOf(field(body, "status")) ?? "";
    return {
      ...keyed(words),
      title: cleanTitle([words[2], words[1], words[0]].filter(Boolean).join(" · ")).text,
      severity: severityOf(status) ?? "info",
      action: ["CLEAR", "REMOVED", "UNDEFINED", "UNINITIALIZED"].includes(status) ? "resolve" : "trigger",
    };
  },
  /* Grafana before its unified alerting: the title says the state, so it is no key. */
  grafana: (body: Fields) => {
    const rule = keyOf(field(body, "ruleId"));
    const name = wordOf(field(body, "ruleName"));
    return {
      ...(rule !== null && { key: rule, groupKey: rule }),
      ...(name !== null && { title: cleanTitle(name).text }),
      source: wordOf(field(body, "ruleUrl")),
    };
  },
} satisfies Readonly<Record<string, Refine>>);

function keyed(words: readonly Json[]): Pick<Signal, "key" | "groupKey"> {
  const key = keyOf(words.join("/")) ?? sha256Hex(canonicalJson(words));
  return { key, groupKey: key };
}
