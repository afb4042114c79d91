/** What must be in motion, recomputed from what is kept: paging that runs has a timer, a page that was asked for stands in
 *  the outbox, an alert that waits is asked about again, and what is due leaves. What is not so is raised once, in the desk's own name, to those who keep it; what can
 *  be put right is. */
import type { Signal } from "../alerts/decide.ts";
import { callsFor, type PagingState, whereIs } from "../escalation/paging-state.ts";
import { contributionDueAt } from "../incidents/contributing.ts";
import { nextLapse } from "../incidents/restricting.ts";
import { type IncidentState, watchedUntil } from "../incidents/state.ts";
import { staleAtOf } from "../incidents/tasks.ts";
import { quorumDueAt } from "../incidents/teams.ts";
import { streamDueAt } from "../incidents/workstreams.ts";
import { minuteMs, parseIso } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import {
  acceptanceTimerKey,
  accessTimerKey,
  contributionTimerKey,
  type Effect,
  offerTimerKey,
  pagingTimerKey,
  taskTimerKey,
  teamTimerKey,
  workstreamTimerKey,
} from "./effects.ts";
import { pageKey } from "./reactions.ts";

/** How long what is due may stay before somebody is told: a restart, and a lease or two. */
export const overdueMs = 3 * minuteMs;

export const missingKinds = ["timer", "page", "stuck", "late-timer", "waiting"] as const;
export type MissingKind = (typeof missingKinds)[number];

export type Missing = {
  readonly kind: MissingKind;
  /** Of the incident, or of the timer or the effect that does not move. */
  readonly subject: string;
  readonly incidentId: string | null;
  readonly number: string | null;
};

/** The same fault is the same finding, however often it is seen. */
export const findingKey = ({ kind, subject }: Missing): string => `${kind}/${subject}`;

/** All share one incident: they are one trouble until somebody has looked. */
export function findingSignal(missing: Missing, title: string): Signal {
  return {
    key: `watchdog/${findingKey(missing)}`,
    groupKey: "watchdog",
    action: "trigger",
    title,
    severity: "critical",
    source: "Tocsin",
    stateful: false,
    startsAt: null,
    leaseUntil: null,
    by: null,
    details: { kind: missing.kind, subject: missing.subject, incident: missing.number },
  };
}

/** When paging wants something next: its step ends, or whoever accepted must have done something. */
export function nextPageAt(incident: IncidentState, paging: PagingState): Instant | null {
  const due = timersOf("", incident, paging).map(({ dueAt }) => dueAt);
  return due.length === 0 ? null : Math.min(...due);
}

type TimerEffect = Extract<Effect, { kind: "set-timer" }>;

/** The timers that it waits for, of all that is its own: its calls, those for its escalations, an acceptance that is watched, whoever
 *  broke the glass, and work. Those of clocks, suppliers and criteria depend on the directory too, and are planned anew with it. */
export function timersOf(incidentId: string, incident: IncidentState, paging: PagingState): TimerEffect[] {
  const numbers = Object.keys(paging.escalations ?? {}).map(Number);
  const calls = [undefined, ...numbers].flatMap((escalation) => timerOf(incidentId, paging, escalation) ?? []);
  const timers = [...calls, ...accessTimer(incidentId, incident), ...workTimers(incidentId, incident)];
  const dueAt = watchedUntil(incident, paging);
  const timer = { kind: "acceptance", incidentId } as const;
  const watched = { kind: "set-timer", key: acceptanceTimerKey(incidentId), timer } as const;
  return dueAt === null ? timers : [...timers, { ...watched, dueAt }];
}

export function accessTimer(incidentId: string, incident: IncidentState): TimerEffect[] {
  const dueAt = nextLapse(incident);
  const timer = { kind: "access", incidentId } as const;
  return dueAt === null ? [] : [{ kind: "set-timer", key: accessTimerKey(incidentId), timer, dueAt }];
}

/** Of an offer that nobody has answered, of each task and workstream of which nothing may be heard, of each team that still waits for
 *  its quorum, and of each contributor who is asked. */
export function workTimers(incidentId: string, incident: IncidentState): TimerEffect[] {
  const { offer, tasks = [], workstreams = [], activations = [], contributions = [], ended, priority } = incident;
  if (ended !== null) return [];
  const timers: TimerEffect[] = tasks.flatMap((task) => {
    const dueAt = staleAtOf(task, priority);
    if (dueAt === null) return [];
    const { number } = task;
    return [
      { kind: "set-timer", key: taskTimerKey(incidentId, number), timer: { kind: "task", incidentId, number }, dueAt },
    ];
  });
  for (const one of activations) {
    const dueAt = quorumDueAt(one);
    const timer = { kind: "team", incidentId, number: one.number } as const;
    if (dueAt !== null) timers.push({ kind: "set-timer", key: teamTimerKey(incidentId, one.number), timer, dueAt });
  }
  for (const stream of workstreams) {
    const dueAt = streamDueAt(stream, priority);
    const { number } = stream;
    const timer = { kind: "workstream", incidentId, number } as const;
    if (dueAt !== null) timers.push({ kind: "set-timer", key: workstreamTimerKey(incidentId, number), timer, dueAt });
  }
  for (const one of contributions) {
    const dueAt = contributionDueAt(one);
    const timer = { kind: "contribution", incidentId, number: one.number } as const;
    if (dueAt !== null)
      timers.push({ kind: "set-timer", key: contributionTimerKey(incidentId, one.number), timer, dueAt });
  }
  if (offer === undefined) return timers;
  const answer = { kind: "offer", incidentId } as const;
  return [...timers, { kind: "set-timer", key: offerTimerKey(incidentId), timer: answer, dueAt: offer.until }];
}

function timerOf(incidentId: string, paging: PagingState, escalation: number | undefined): TimerEffect | null {
  const { status, nextAt, run, cycle, step } = callsFor(paging, escalation);
  if (status !== "running" || nextAt === null) return null;
  const of = escalation === undefined ? {} : { escalation };
  const timer = { kind: "paging", incidentId, run, cycle, step, ...of } as const;
  return { kind: "set-timer", key: pagingTimerKey(incidentId, escalation), timer, dueAt: nextAt };
}

/** A page as it was asked for; null when it is not wanted any more, or too late to be of use. */
export function pageOf(
  incidentId: string,
  paging: PagingState,
  { pageId, at }: { readonly pageId: string; readonly at: Instant },
): Extract<Effect, { kind: "page" }> | null {
  const where = whereIs(paging, pageId);
  const page = where?.page;
  const notAfter = parseIso(page?.notAfter ?? "") ?? at;
  if (callsFor(paging, where?.escalation).status !== "running" || page?.status !== "requested" || notAfter <= at)
    return null;
  const { personId, channel, pointId, dueAt, held } = page;
  const due = parseIso(dueAt) ?? at;
  return {
    kind: "page",
    key: pageKey(incidentId, page, where?.escalation),
    incidentId,
    pageId,
    personId,
    channel,
    pointId,
    dueAt: due,
    notAfter,
    ...(held && { held }),
  };
}
