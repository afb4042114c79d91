/** What must be in motion, recomputed from what is kept: paging that runs has a timer, a page that was asked for stands in
 *  the outbox, an alert that waits is asked about again, and what is due leaves. What is not so is raised once, in the desk's own name, to those who keep it; what can
 *  be put right is. */
import type { Signal } from "../alerts/decide.ts";
import { callsFor, type PagingState, whereIs } from "../escalation/paging-state.ts";
import { type Contribution, contributionDueAt } from "../incidents/contributing.ts";
import { nextLapse } from "../incidents/restricting.ts";
import { type IncidentState, watchedUntil } from "../incidents/state.ts";
import { staleAtOf } from "../incidents/tasks.ts";
import { quorumDueAt } from "../incidents/teams.ts";
import { streamDueAt } from "../incidents/workstreams.ts";
import { sha256Hex } from "../kernel/hash.ts";
import { minuteMs, parseIso } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import {
  acceptanceTimerKey,
  accessTimerKey,
  contributionTimerKey,
  type Effect,
  offerTimerKey,
  pagingTimerKey,
  type TimerPayload,
  taskTimerKey,
  teamTimerKey,
  workstreamTimerKey,
} from "./effects.ts";
import { pageKey } from "./reactions.ts";

/** How long what is due may stay before somebody is told: a restart, and a lease or two. */
export const overdueMs = 3 * minuteMs;

export const missingKinds = ["timer", "page", "stuck", "late-timer", "waiting", "unset"] as const;
export type MissingKind = (typeof missingKinds)[number];

export type Missing = {
  readonly kind: MissingKind;
  /** Of the incident, or of the timer or the effect that does not move. */
  readonly subject: string;
  readonly incidentId: string | null;
  readonly number: string | null;
  /** Put right, and told to nobody. */
  readonly quiet?: boolean;
};

/** The same fault is the same finding, however often it is seen. */
export const findingKey = ({ kind, subject }: Missing): string => `${kind}/${subject}`;

/** An alert is there for everybody: of an incident that may be restricted not even its id is said, and the log has the rest. */
function toldSubject({ kind, subject, incidentId, number }: Missing): string {
  const untold = kind === "late-timer" || (incidentId !== null && number === null);
  return untold ? sha256Hex(subject).slice(0, 16) : subject;
}

/** All share one incident: they are one trouble until somebody has looked. */
export function findingSignal(missing: Missing, title: string): Signal {
  const subject = toldSubject(missing);
  return {
    key: `watchdog/${findingKey({ ...missing, subject })}`,
    groupKey: "watchdog",
    action: "trigger",
    title,
    severity: "critical",
    source: "Tocsin",
    stateful: false,
    startsAt: null,
    leaseUntil: null,
    by: null,
    details: { kind: missing.kind, subject, incident: missing.number },
  };
}

/** When paging wants something next: its step ends, or whoever accepted must have done something. */
export function nextPageAt(incident: IncidentState, paging: PagingState): Instant | null {
  const due = timersOf("", incident, paging).map(({ dueAt }) => dueAt);
  return due.length === 0 ? null : Math.min(...due);
}

export type TimerEffect = Extract<Effect, { kind: "set-timer" }>;

type Own = { readonly id: string; readonly incident: IncidentState; readonly paging: PagingState };

/** Of what is its own alone: its calls and those for its escalations, work of which something must be heard, an offer, an acceptance
 *  that is watched, and whoever broke the glass. Those that follow the directory too are in `timers.ts`, with all others. */
export const ownTimers = {
  paging: ({ id, paging }) =>
    [undefined, ...Object.keys(paging.escalations ?? {}).map(Number)].flatMap(
      (escalation) => timerOf(id, paging, escalation) ?? [],
    ),
  task: ({ id, incident: { tasks = [], priority, ended } }) =>
    ended === null ? tasks.flatMap((one) => numbered("task", taskTimerKey, id, one, staleAtOf(one, priority))) : [],
  team: ({ id, incident: { activations = [], ended } }) =>
    ended === null ? activations.flatMap((one) => numbered("team", teamTimerKey, id, one, quorumDueAt(one))) : [],
  workstream: ({ id, incident: { workstreams = [], priority, ended } }) =>
    ended === null
      ? workstreams.flatMap((one) => numbered("workstream", workstreamTimerKey, id, one, streamDueAt(one, priority)))
      : [],
  contribution: ({ id, incident: { contributions = [], ended, tlp } }) => {
    if (ended !== null) return [];
    const dueAt = (one: Contribution) => contributionDueAt({ tlp }, one);
    return contributions.flatMap((one) => numbered("contribution", contributionTimerKey, id, one, dueAt(one)));
  },
  offer: ({ id, incident: { offer, ended } }) =>
    ended === null ? single("offer", offerTimerKey, id, offer?.until ?? null) : [],
  acceptance: ({ id, incident, paging }) =>
    single("acceptance", acceptanceTimerKey, id, watchedUntil(incident, paging)),
  access: ({ id, incident }) => single("access", accessTimerKey, id, nextLapse(incident)),
} as const satisfies Readonly<Record<string, (one: Own) => readonly TimerEffect[]>>;

type Of<Kind extends TimerPayload["kind"]> = Extract<TimerPayload, { kind: Kind }>["kind"];

const single = (
  kind: Of<"offer" | "acceptance" | "access">,
  keyOf: (incidentId: string) => string,
  incidentId: string,
  dueAt: Instant | null,
): TimerEffect[] =>
  dueAt === null ? [] : [{ kind: "set-timer", key: keyOf(incidentId), timer: { kind, incidentId }, dueAt }];

const numbered = (
  kind: Of<"task" | "team" | "workstream" | "contribution">,
  keyOf: (incidentId: string, number: number) => string,
  incidentId: string,
  { number }: { readonly number: number },
  dueAt: Instant | null,
): TimerEffect[] =>
  dueAt === null
    ? []
    : [{ kind: "set-timer", key: keyOf(incidentId, number), timer: { kind, incidentId, number }, dueAt }];

export const timersOf = (id: string, incident: IncidentState, paging: PagingState): TimerEffect[] =>
  Object.values(ownTimers).flatMap((wants) => wants({ id, incident, paging }));

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
