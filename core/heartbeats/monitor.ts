/** A dead man's switch for somebody else's work: as long as it gives a sign of life within its interval nothing is said;
 *  when the interval and its grace have passed without one, an alert is raised, and the next sign resolves it.
 *
 *  Until the first sign nothing is expected, so that one may be set up before its sender. Nothing is said of the past
 *  either: whatever we could not have heard (a pause, a stop of our own, an interval just changed) gives the interval anew.
 *
 *  Most signs change nothing but a time, and are written at most once in a quarter of the interval; whoever holds one back
 *  writes the latest when the quarter is over, long before it could be missed. */
import type { Signal } from "../alerts/decide.ts";
import { hourMs, secondMs } from "../kernel/time.ts";
import type { Instant, JsonObject, Priority, Severity } from "../kernel/vocabulary.ts";

export type Watched = {
  readonly enabled: boolean;
  readonly intervalMs: number;
  readonly graceMs: number;
  readonly lastPingAt: Instant | null;
  /** From when the interval runs; null while nothing is expected. */
  readonly countsFrom: Instant | null;
  /** When it became late; null when it is not. */
  readonly lateSince: Instant | null;
};

export const heartbeatStates = ["waiting", "alive", "late", "paused"] as const;
export type HeartbeatState = (typeof heartbeatStates)[number];

export const intervalMinSeconds = 10;
export const intervalMaxSeconds = 366 * 86_400;

/** A fifth of the interval, half a minute at least and an hour at most: cron and networks are never exact. */
export function usualGraceMs(intervalMs: number): number {
  return Math.min(hourMs, Math.max(30 * secondMs, Math.floor(intervalMs / 5)));
}

export function stateOf({ enabled, lateSince, lastPingAt }: Watched): HeartbeatState {
  if (!enabled) return "paused";
  if (lateSince !== null) return "late";
  return lastPingAt === null ? "waiting" : "alive";
}

/** When it will be late; null while it cannot become so. */
export function dueAt(watched: Watched): Instant | null {
  const { countsFrom, intervalMs, graceMs } = watched;
  return stateOf(watched) === "alive" && countsFrom !== null ? countsFrom + intervalMs + graceMs : null;
}

export type Pinged = {
  readonly watched: Watched;
  /** An alert of it is open, and is over. */
  readonly returned: boolean;
};

/** A sign may be older than one that is known: nodes write theirs in any order. */
export function pinged(before: Watched, at: Instant): Pinged {
  const lastPingAt = Math.max(at, before.lastPingAt ?? at);
  if (!before.enabled) return { watched: { ...before, lastPingAt }, returned: false };
  /* Given before it was late, and written after: what was said of it stands until the next one. */
  if (before.lateSince !== null && at < before.lateSince) return { watched: before, returned: false };
  const countsFrom = Math.max(lastPingAt, before.countsFrom ?? lastPingAt);
  return { watched: { ...before, lastPingAt, countsFrom, lateSince: null }, returned: before.lateSince !== null };
}

/** Null: not yet, or not any more. */
export function becomesLate(watched: Watched, at: Instant): Watched | null {
  const due = dueAt(watched);
  return due === null || due > at ? null : { ...watched, lateSince: due };
}

/** From now on, and nothing of before. */
export function anew(watched: Watched, at: Instant): Watched {
  return { ...watched, countsFrom: watched.lastPingAt === null ? null : at, lateSince: null };
}

/** What was given back counts from now; what is paused is not late. */
export function changed(
  before: Watched,
  change: Partial<Pick<Watched, "enabled" | "intervalMs" | "graceMs">>,
  at: Instant,
): Watched {
  const after = { ...before, ...change };
  const same =
    after.enabled === before.enabled && after.intervalMs === before.intervalMs && after.graceMs === before.graceMs;
  return same ? before : anew(after, at);
}

/** Until when a sign that comes after one just written need not be. */
export const heldUntil = (writtenAt: Instant, { intervalMs }: Pick<Watched, "intervalMs">): Instant =>
  writtenAt + Math.floor(intervalMs / 4);

export type Saying = {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly priority: Priority | null;
  readonly serviceId: string | null;
  readonly details: JsonObject;
};

/** Its alert, by the way of all alerts. `stateful`: people may close over it, and while it stays silent it is not news. */
export function heartbeatSignal(saying: Saying, action: "trigger" | "resolve", since: Instant): Signal {
  const key = heartbeatKey(saying.id);
  return {
    key,
    groupKey: key,
    action,
    title: saying.title,
    severity: saying.severity,
    source: null,
    stateful: true,
    startsAt: since,
    leaseUntil: null,
    by: null,
    ...(saying.priority !== null && { priority: saying.priority }),
    serviceId: saying.serviceId,
    details: saying.details,
  };
}

export const heartbeatKey = (id: string): string => `heartbeat/${id}`;
