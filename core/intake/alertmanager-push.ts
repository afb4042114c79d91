/** Alertmanager's API v2 from the side of those who push to it: Prometheus, Grafana, vmalert, rulers. A list of alerts, each
 *  with labels that are its identity, and `endsAt`: in the past it is over, in the future the sender vouches for it until
 *  then and will say it again before (a lease). A batch re-sends mostly what is known, so only what identifies an alert is
 *  read first; the rest when somebody asks for its signal. */
import type { Signal } from "../alerts/decide.ts";
import { canonicalJson } from "../kernel/hash.ts";
import { minuteMs } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { readAlert } from "./alertmanager.ts";
import { field, isFields, keyOf, momentOf } from "./fields.ts";
import { labelFingerprint } from "./label-fingerprint.ts";
import { cleanText } from "./text.ts";

/** What a missing `endsAt` means: Alertmanager's `resolve_timeout` by default. Never "resolved". */
const resolveTimeoutMs = 5 * minuteMs;
/** By which Prometheus's alerts become one incident, as an Alertmanager in front of us would be told to group them. */
const groupedBy = ["alertname", "cluster", "service"] as const;
/** More labels than any rule has; the whole of an alert is bounded by the body. */
const maxLabels = 256;

export type PushedAlert = Pick<Signal, "key" | "action" | "startsAt" | "leaseUntil"> & {
  /** The whole signal, and what was wrong with it all the same. */
  readonly read: () => { readonly signal: Signal; readonly warnings: readonly string[] };
};

export type Push = {
  readonly alerts: readonly PushedAlert[];
  /** One for each that cannot be an alert, in Alertmanager's words; the others are good. */
  readonly errors: readonly string[];
  /** A label or an annotation that is no text: no client sends that, so its batch is refused in the words of a parser. */
  readonly malformed: boolean;
};

/** `at`: receipt, where the sender gives no time of its own. Null when the body is not a list. */
export function parseAlertmanagerPush(body: unknown, at: Instant): Push | null {
  if (!Array.isArray(body)) return null;
  const alerts: PushedAlert[] = [];
  const errors: string[] = [];
  let malformed = false;
  for (const one of body) {
    const read = readPushed(one, at);
    if (typeof read !== "string") alerts.push(read);
    else {
      errors.push(read);
      malformed ||= read === notText;
    }
  }
  return { alerts, errors, malformed };
}

const notText = "an alert is an object whose labels are text";

function readPushed(alert: unknown, at: Instant): PushedAlert | string {
  const raw = isFields(alert) ? field(alert, "labels") : undefined;
  if (!isFields(alert) || (raw !== undefined && !isFields(raw))) return notText;
  const labels: Record<string, string> = {};
  let count = 0;
  for (const [name, value] of Object.entries(raw ?? {})) {
    if (typeof value !== "string") return notText;
    if (value === "" || name === "__proto__") continue;
    labels[name] = value;
    count += 1;
  }
  if (count === 0) return "at least one label pair required";
  if (count > maxLabels) return `more than ${maxLabels} labels`;
  const started = momentOf(field(alert, "startsAt"), "startsAt");
  const ends = momentOf(field(alert, "endsAt"), "endsAt").at ?? at + resolveTimeoutMs;
  if (started.at !== null && ends < started.at) return "start time must be before end time";
  const key = labelFingerprint(labels);
  const over = ends <= at;
  const times = { startsAt: started.at, leaseUntil: over ? null : ends };
  return {
    key,
    action: over ? "resolve" : "trigger",
    ...times,
    read: () => {
      const warnings: string[] = [];
      const named = { ...alert, labels, fingerprint: key, status: over ? "resolved" : "firing" };
      const group = { key: groupKeyOf(labels), envelope: {} };
      const signal = readAlert(named, group, (warning) => warnings.push(warning));
      /* Its labels and its status were read above; nothing else makes an alert unreadable. */
      if (typeof signal === "string") throw new Error(signal);
      return { signal: { ...signal, ...times }, warnings };
    },
  };
}

export function groupLabelsOf(labels: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of groupedBy) {
    const value = Object.hasOwn(labels, name) ? labels[name] : undefined;
    if (value !== undefined) kept[name] = cleanText(value).text;
  }
  return kept;
}

/** Its own name space, as the groups of an Alertmanager have theirs. */
const groupKeyOf = (labels: Readonly<Record<string, string>>): string | null =>
  keyOf(`prometheus:${canonicalJson(groupLabelsOf(labels))}`);
