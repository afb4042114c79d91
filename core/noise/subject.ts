/** What rules about noise look at: an alert as its source described it, whatever the source. */
import type { Json, Severity } from "../kernel/vocabulary.ts";

export type Subject = {
  readonly integrationId: string;
  readonly serviceId: string | null;
  readonly key: string;
  readonly title: string;
  readonly severity: Severity;
  readonly source: string | null;
  readonly labels: Labels;
  readonly details: Json;
};

export type Labels = Readonly<Record<string, string>>;

type Described = Pick<Subject, "key" | "title" | "severity" | "source" | "details">;

export function subjectOf(
  said: Described,
  { integrationId, serviceId }: Pick<Subject, "integrationId" | "serviceId">,
): Subject {
  const { key, title, severity, source, details } = said;
  return { integrationId, serviceId, key, title, severity, source, labels: labelsOf(said), details };
}

/** Where senders put what tells their alerts apart: labels of Prometheus, custom details of PagerDuty, details of Opsgenie. */
const places = ["labels", "custom_details", "details"] as const;
const labelsMax = 256;

/** The sender's own words hide ours of the same name. */
export function labelsOf({ key, title, severity, source, details }: Described): Labels {
  const found: Record<string, string> = Object.create(null);
  Object.assign(found, { key, title, severity, source: source ?? "" });
  if (!isObject(details)) return found;
  const inside = places.map((place) => details[place]).filter(isObject);
  let many = 0;
  for (const from of [plain(details), ...inside.map(plain)])
    for (const [name, value] of from) if (many++ < labelsMax) found[name] = value;
  return found;
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const plain = (from: { readonly [key: string]: Json }): [string, string][] =>
  Object.entries(from).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? [[name, String(value)]] : [],
  );
