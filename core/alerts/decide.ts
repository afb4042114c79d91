/** A machine's signal, deduplicated by key, with a life: open, then resolved by its source or ended by the closure of its
 *  incident. An alert is a row and not a stream: at thousands a second its history is its dates and its count, and what
 *  matters to people is in the record of the incident it joins.
 *
 *  Two kinds of source. An *event* source (PagerDuty, Opsgenie, generic) says when something happens; once its alert is
 *  ended, the same key is news. A *stateful* source (Prometheus, Alertmanager) re-sends what is still true; an alert over
 *  which people closed stays `quiet` until it has resolved once.
 *
 *  Prometheus re-sends every alert each minute or so, and says until when this holds: a lease. Most of what it sends
 *  therefore changes nothing, and is not written: the lease in the row is renewed at most once a quarter of its length,
 *  and the alert is over when the lease as written, and a quarter more, have passed. */
import type { Instant, Json, JsonObject, Priority, Severity } from "../kernel/vocabulary.ts";

export type Signal = {
  readonly key: string;
  /** Alerts with one group key share one incident. */
  readonly groupKey: string;
  /** `expire`: our own timer asks whether the lease was renewed. `recheck`: it asks whether what waits still has to. `update`:
   *  more is said of an open alert. */
  readonly action: "trigger" | "acknowledge" | "unacknowledge" | "resolve" | "expire" | "recheck" | "update";
  readonly title: string;
  readonly severity: Severity;
  /** Where it comes from, in the sender's words: host, URL. */
  readonly source: string | null;
  readonly stateful: boolean;
  /** Start of the episode according to the sender; orders what arrives out of order. */
  readonly startsAt: Instant | null;
  /** Until when the sender vouches for it; null when it will say itself that it is over. */
  readonly leaseUntil: Instant | null;
  /** E-mail of the person who acknowledged at the source, when it says so. */
  readonly by: string | null;
  /** What somebody says with it: an observation of its incident. */
  readonly note?: string | null;
  /** What the sender asks for, when its priorities are ours; proposed, as everything a machine says of it. */
  readonly priority?: Priority;
  /** What it is about, where that is not what its integration is about. */
  readonly serviceId?: string | null;
  readonly details: Json;
};

export type AlertStatus = "open" | "quiet" | "resolved" | "ended";

export type Placed = "new" | "same-group" | "same-key" | "storm";

/** Why no incident was made of it yet: what holds it back, as it stood then, and what its incident will need. Kept when it
 *  ends without ever having been raised. */
export type Waiting = {
  readonly for: "silence" | "window" | "inhibition" | "source" | "threshold" | "wait";
  readonly rule: { readonly id: string; readonly version: number; readonly name: string };
  /** All that wait on one thing are asked about together when it changes. */
  readonly on: string;
  /** Until when, as far as is known. */
  readonly until: Instant | null;
  readonly values: JsonObject;
  /** What its signal asked of the incident to come. */
  readonly asked: {
    readonly serviceId: string | null;
    readonly priority: Priority | null;
    /** How its sender called its group, where a rule gave it another. */
    readonly group?: string;
  };
  /** Where its key was last: what comes back is a relapse of it. */
  readonly after: string | null;
};

export type Alert = {
  readonly id: string;
  readonly integrationId: string;
  readonly key: string;
  readonly groupKey: string;
  readonly status: AlertStatus;
  /** Null for one that waits, or ended while it did. */
  readonly incidentId: string | null;
  readonly waits: Waiting | null;
  /** Why it is in that incident. */
  readonly placed: Placed | null;
  readonly title: string;
  readonly severity: Severity;
  readonly source: string | null;
  readonly stateful: boolean;
  readonly startsAt: Instant | null;
  readonly leaseUntil: Instant | null;
  readonly openedAt: Instant;
  readonly lastAt: Instant;
  readonly endedAt: Instant | null;
  readonly count: number;
  readonly details: Json;
};

/** What one signal means for what is known of its key. */
export type Observation =
  | { readonly kind: "open"; readonly again: boolean }
  | { readonly kind: "repeat"; readonly alert: Alert }
  /** Known already: nothing to write. */
  | { readonly kind: "same"; readonly alert: Alert }
  | { readonly kind: "resolve"; readonly alert: Alert; readonly wasQuiet: boolean }
  | { readonly kind: "acknowledge" | "unacknowledge" | "update" | "recheck"; readonly alert: Alert }
  | { readonly kind: "ignore"; readonly reason: IgnoredBecause };

export type IgnoredBecause = "no-open-alert" | "older-episode" | "late-duplicate" | "lease-renewed" | "waits-no-more";

export const isWaiting = (alert: Alert | null): alert is Alert & { readonly waits: Waiting } =>
  isLive(alert) && alert.waits !== null;

export const isLive = (alert: Alert | null): alert is Alert =>
  alert !== null && (alert.status === "open" || alert.status === "quiet");

/** `last` is the newest alert of this key, live or not. */
export function observe(last: Alert | null, signal: Signal, at: Instant): Observation {
  const live = isLive(last);
  if (signal.action === "recheck")
    return isWaiting(last) ? { kind: "recheck", alert: last } : { kind: "ignore", reason: "waits-no-more" };
  if (signal.action === "acknowledge" || signal.action === "unacknowledge" || signal.action === "update") {
    return live ? { kind: signal.action, alert: last } : { kind: "ignore", reason: "no-open-alert" };
  }
  if (signal.action === "resolve" || signal.action === "expire") {
    if (!live) return { kind: "ignore", reason: "no-open-alert" };
    if (isOlder(signal, last)) return { kind: "ignore", reason: "older-episode" };
    if (signal.action === "expire" && (expiryOf(last) ?? at + 1) > at)
      return { kind: "ignore", reason: "lease-renewed" };
    const resolved: Alert = {
      ...last,
      status: last.status === "quiet" ? "ended" : "resolved",
      lastAt: at,
      endedAt: at,
    };
    return { kind: "resolve", alert: resolved, wasQuiet: last.status === "quiet" };
  }
  if (live) {
    if (isOlder(signal, last)) return { kind: "ignore", reason: "older-episode" };
    if (isHeld(last, signal)) return { kind: "same", alert: last };
    const { leaseUntil } = signal;
    /* A lease renewed is no other occurrence. */
    const count = leaseUntil === null ? last.count + 1 : last.count;
    return { kind: "repeat", alert: { ...last, count, lastAt: at, startsAt: newer(last, signal), leaseUntil } };
  }
  if (last !== null && isLateDuplicate(signal, last)) return { kind: "ignore", reason: "late-duplicate" };
  return { kind: "open", again: last !== null };
}

export function openAlert(
  signal: Signal,
  known: { readonly id: string; readonly integrationId: string; readonly at: Instant } & Pick<
    Alert,
    "incidentId" | "waits" | "placed"
  >,
): Alert {
  return {
    id: known.id,
    integrationId: known.integrationId,
    key: signal.key,
    groupKey: signal.groupKey,
    status: "open",
    incidentId: known.incidentId,
    waits: known.waits,
    placed: known.placed,
    title: signal.title,
    severity: signal.severity,
    source: signal.source,
    stateful: signal.stateful,
    startsAt: signal.startsAt,
    leaseUntil: signal.leaseUntil,
    openedAt: known.at,
    lastAt: known.at,
    endedAt: null,
    count: 1,
    details: signal.details,
  };
}

/** What the end of its incident makes of a live alert: an event is over; a state that is still true stays quiet until its
 *  source has resolved it once. */
export function endAlert(alert: Alert, at: Instant): Alert {
  return alert.stateful ? { ...alert, status: "quiet" } : { ...alert, status: "ended", endedAt: at };
}

/** When an alert under a lease is over unless its source says more: the lease as written, and a quarter of its length. */
export function expiryOf({ leaseUntil, lastAt }: Pick<Alert, "leaseUntil" | "lastAt">): Instant | null {
  return leaseUntil === null ? null : leaseUntil + Math.max(0, Math.floor((leaseUntil - lastAt) / 4));
}

/** What the row needs to say whether a signal would change anything. */
export type HeldAlert = Pick<Alert, "status" | "startsAt" | "leaseUntil" | "lastAt">;

/** The same episode, under a lease that needs no writing yet. */
export function isHeld(known: HeldAlert, signal: Pick<Signal, "startsAt" | "leaseUntil">): boolean {
  const expiry = expiryOf(known);
  if (expiry === null || signal.leaseUntil === null || signal.leaseUntil > expiry) return false;
  return (signal.startsAt ?? known.startsAt) === known.startsAt;
}

/** Whether a signal under a lease changes nothing at all, from what is live of its key: then nothing is decided, and no
 *  transaction is needed to say so. */
export function changesNothing(
  live: HeldAlert | null,
  signal: Pick<Signal, "action" | "startsAt" | "leaseUntil">,
): boolean {
  if (signal.action === "resolve") return live === null;
  return signal.action === "trigger" && live !== null && isHeld(live, signal);
}

function isOlder(signal: Signal, known: Alert): boolean {
  return signal.stateful && signal.startsAt !== null && known.startsAt !== null && signal.startsAt < known.startsAt;
}

/** A pair of Alertmanagers may deliver "firing" after "resolved" for the same episode: a new one has a later start. Asked
 *  of an alert that is over, whether its incident was still open then or it had been quiet. */
function isLateDuplicate(signal: Signal, known: Alert): boolean {
  return signal.stateful && signal.startsAt !== null && known.startsAt !== null && signal.startsAt <= known.startsAt;
}

function newer(known: Alert, signal: Signal): Instant | null {
  if (signal.startsAt === null || known.startsAt === null) return known.startsAt ?? signal.startsAt;
  return Math.max(known.startsAt, signal.startsAt);
}
