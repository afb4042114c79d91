/** Alertmanager's webhook (version 4) and Grafana's, which has the same shape: one signal an alert. The envelope's own
 *  status is not read: it fires as long as one member does. An alert that is missing from it is not resolved either, it
 *  may have been cut by `max_alerts`. */
import type { Signal } from "../alerts/decide.ts";
import { canonicalJson, sha256Hex } from "../kernel/hash.ts";
import type { JsonObject } from "../kernel/vocabulary.ts";
import { type Fields, field, isFields, keyOf, momentOf, severityOf, wordOf } from "./fields.ts";
import { type Parsed, rejected } from "./parsed.ts";
import { cleanJson, cleanText, cleanTitle } from "./text.ts";

/** Beyond, a body is not one group's alerts. */
const maxAlerts = 5_000;

export type Group = { readonly key: string | null; readonly envelope: Fields };

export function parseAlertmanagerWebhook(body: unknown): Parsed {
  const alerts = isFields(body) ? field(body, "alerts") : undefined;
  if (!isFields(body) || !Array.isArray(alerts)) return rejected("the body is not an object with a list of alerts");
  const group: Group = { key: groupKeyOf(body), envelope: body };
  const signals: Signal[] = [];
  const warnings: string[] = [];
  for (const [index, alert] of alerts.slice(0, maxAlerts).entries()) {
    const read = readAlert(alert, group, (warning) => warnings.push(`alert ${index + 1}: ${warning}`));
    if (typeof read === "string") warnings.push(`alert ${index + 1} is left out: ${read}`);
    else signals.push(read);
  }
  const cut = field(body, "truncatedAlerts");
  if (typeof cut === "number" && cut > 0) warnings.push(`${cut} alerts were left out by the sender (max_alerts)`);
  if (alerts.length > maxAlerts) warnings.push(`${alerts.length - maxAlerts} alerts beyond ${maxAlerts} are left out`);
  if (signals.length === 0 && alerts.length > 0) return rejected(...warnings);
  return { ok: true, signals, reply: null, warnings };
}

/** Its own name space: the alerts that Prometheus posts directly to this integration have other groups. */
function groupKeyOf(envelope: Fields): string | null {
  const key = wordOf(field(envelope, "groupKey"));
  if (key !== null) return keyOf(`alertmanager:${key}`);
  const labels = labelsOf(field(envelope, "groupLabels"));
  return labels === null ? null : keyOf(`alertmanager:${canonicalJson(labels)}`);
}

/** Labels are text by contract; an empty one is the same as none. Null when there is none at all. */
export function labelsOf(value: unknown): Readonly<Record<string, string>> | null {
  if (!isFields(value)) return null;
  const labels: Record<string, string> = {};
  for (const [name, raw] of Object.entries(value)) {
    const word = typeof raw === "boolean" ? String(raw) : wordOf(raw);
    if (word !== null && name !== "__proto__") labels[cleanText(name).text] = cleanText(word).text;
  }
  return Object.keys(labels).length === 0 ? null : labels;
}

export function readAlert(alert: unknown, group: Group, warn: (warning: string) => void): Signal | string {
  if (!isFields(alert)) return "not an object";
  const status = field(alert, "status");
  if (status !== "firing" && status !== "resolved") return "'status' is neither firing nor resolved";
  const fingerprint = keyOf(field(alert, "fingerprint"));
  const labels = labelsOf(field(alert, "labels"));
  if (fingerprint === null && labels === null) return "neither 'fingerprint' nor 'labels'";
  const key = fingerprint ?? sha256Hex(canonicalJson(labels ?? {}));
  const annotations = labelsOf(field(alert, "annotations")) ?? {};
  const started = momentOf(field(alert, "startsAt"), "startsAt");
  if (started.warning !== null) warn(started.warning);
  const details = cleanJson(detailsOf(alert, group.envelope, { labels: labels ?? {}, annotations }));
  if (details.truncated) warn("the details are too large: truncated");
  const source = labels?.instance ?? wordOf(field(alert, "generatorURL"));
  return {
    key,
    groupKey: group.key ?? key,
    action: status === "firing" ? "trigger" : "resolve",
    title: titleOf(annotations, labels ?? {}) ?? key,
    severity: severityOf(labels?.severity) ?? "error",
    source: source === null ? null : cleanTitle(source).text,
    stateful: true,
    startsAt: started.at,
    leaseUntil: null,
    by: null,
    details: details.value,
  };
}

type Labels = Readonly<Record<string, string>>;

function titleOf(annotations: Labels, labels: Labels): string | null {
  // Grafana names its own troubles alike; the rule that has them is in a label.
  const named = [labels.alertname, labels.rulename, labels.instance];
  const candidates = [
    annotations.summary,
    annotations.title,
    named.filter((word) => word !== undefined).join(" "),
    Object.entries(labels)
      .map(([name, value]) => `${name}=${value}`)
      .join(" "),
  ];
  for (const candidate of candidates) {
    const title = cleanTitle(candidate ?? "").text;
    if (title !== "") return title;
  }
  return null;
}

/** What Grafana adds, where present. */
const links = ["generatorURL", "silenceURL", "dashboardURL", "panelURL", "imageURL", "values", "valueString"];

function detailsOf(alert: Fields, envelope: Fields, read: JsonObject): Fields {
  const kept: Record<string, unknown> = { ...read };
  const all = [
    ...links.map((name) => [name, field(alert, name)] as const),
    ...["externalURL", "receiver", "state", "orgId"].map((name) => [name, field(envelope, name)] as const),
  ];
  for (const [name, value] of all) if (value !== undefined && value !== null && value !== "") kept[name] = value;
  return kept;
}
