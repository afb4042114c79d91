/** Every kind of timer there is, and what waits for it, worked out from what is kept alone. The watchdog sets again what is missing
 *  by this table and no other: a kind that is not in it does not compile. */
import { type Alert, expiryOf, isLive } from "../alerts/decide.ts";
import { entryDue, entryWaits, type StormState } from "../alerts/storm.ts";
import { nextDue } from "../assistance/decide.ts";
import type { AssistanceState } from "../assistance/state.ts";
import type { PagingState } from "../escalation/paging-state.ts";
import { engagementDueAt } from "../incidents/engagement-clocks.ts";
import type { IncidentState } from "../incidents/state.ts";
import type { Instant, JsonObject } from "../kernel/vocabulary.ts";
import { reminderAt } from "../noise/silences.ts";
import { nextNoticeAt } from "../routing/hole-notice.ts";
import { clockDueAt } from "./clocks.ts";
import type { Directory } from "./directory.ts";
import {
  clockTimerKey,
  engagementTimerKey,
  leaseTimerKey,
  majorTimerKey,
  silenceTimerKey,
  stormTimerKey,
  type TimerPayload,
  waitingTimerKey,
} from "./effects.ts";
import { engagementKnown } from "./engaging.ts";
import { nextWeighing } from "./major.ts";
import { ownTimers, type TimerEffect } from "./watchdog.ts";

/** Those that are no input of the desk. */
export const timersBeside = ["assistance", "assistance-call", "hole-notices"] as const;
export type TimerBeside = (typeof timersBeside)[number];
export type TimerKind = TimerPayload["kind"] | TimerBeside;

export type Awaited = { readonly key: string; readonly timer: JsonObject; readonly dueAt: Instant };
export type TimerKnown = { readonly directory: Directory; readonly at: Instant };

type OfIncident = {
  readonly id: string;
  readonly incident: IncidentState;
  readonly paging: PagingState;
  readonly openAlerts: number;
};

/** What may wait for a timer. */
export type Waiting = {
  readonly incident: OfIncident;
  readonly alert: Pick<
    Alert,
    "id" | "integrationId" | "key" | "groupKey" | "status" | "leaseUntil" | "lastAt" | "waits"
  >;
  readonly storm: { readonly integrationId: string; readonly state: StormState };
  readonly silence: { readonly id: string; readonly from: Instant; readonly until: Instant };
  readonly request: { readonly id: string; readonly request: AssistanceState };
  readonly desk: null;
};
export type Waits = keyof Waiting;

type Row = {
  [Of in Waits]: {
    readonly of: Of;
    /** It follows the directory as well: not in motion, the directory may have changed, and nothing need be wrong. */
    readonly quiet?: true;
    readonly wants: (one: Waiting[Of], known: TimerKnown) => readonly Awaited[];
  };
}[Waits];

const at = (key: string, timer: TimerPayload | JsonObject, dueAt: Instant | null): Awaited[] =>
  dueAt === null ? [] : [{ key, timer: timer as JsonObject, dueAt }];

const own = (wants: (one: OfIncident) => readonly TimerEffect[]): Extract<Row, { of: "incident" }> => ({
  of: "incident",
  wants: (one) => wants(one).flatMap(({ key, timer, dueAt }) => at(key, timer, dueAt)),
});

export const timerTable = {
  paging: own(ownTimers.paging),
  acceptance: own(ownTimers.acceptance),
  offer: own(ownTimers.offer),
  task: own(ownTimers.task),
  team: own(ownTimers.team),
  workstream: own(ownTimers.workstream),
  contribution: own(ownTimers.contribution),
  access: own(ownTimers.access),
  clock: {
    of: "incident",
    quiet: true,
    wants: (on, known) => at(clockTimerKey(on.id), { kind: "clock", incidentId: on.id }, clockDueAt(on, known)),
  },
  engagement: {
    of: "incident",
    quiet: true,
    wants: ({ id, incident }, { directory }) =>
      (incident.ended === null ? (incident.engagements ?? []) : []).flatMap((one) => {
        const timer = { kind: "engagement", incidentId: id, number: one.number } as const;
        const dueAt = engagementDueAt(one, engagementKnown(incident, one, directory));
        return at(engagementTimerKey(id, one.number), timer, dueAt);
      }),
  },
  major: {
    of: "incident",
    quiet: true,
    wants: (on, draft) => at(majorTimerKey(on.id), { kind: "major", incidentId: on.id }, nextWeighing({ draft, on })),
  },
  lease: {
    of: "alert",
    wants: (one) =>
      isLive(one as Alert) ? at(leaseTimerKey(one.id), { kind: "lease", ...keysOf(one) }, expiryOf(one)) : [],
  },
  waiting: {
    of: "alert",
    /* What holds it back may be over: it is asked about now. */
    wants: (one, known) =>
      one.waits !== null && one.status === "open"
        ? at(waitingTimerKey(one.id), { kind: "waiting", ...keysOf(one) }, known.at)
        : [],
  },
  storm: {
    of: "storm",
    wants: ({ integrationId, state }, known) =>
      entryWaits(state)
        ? at(stormTimerKey(integrationId), { kind: "storm", integrationId }, entryDue(state, known.at).dueAt)
        : [],
  },
  silence: {
    of: "silence",
    wants: (one, known) => {
      const dueAt = reminderAt(one);
      const told = dueAt === null || dueAt <= known.at;
      return told ? [] : at(silenceTimerKey(one.id), { kind: "silence", silenceId: one.id }, dueAt);
    },
  },
  assistance: {
    of: "request",
    wants: ({ id, request }) => at(`assistance/${id}`, { kind: "assistance", id }, nextDue(request)),
  },
  "assistance-call": {
    of: "request",
    wants: ({ id, request }) => {
      const { status, nextAt, run, cycle, step } = request.paging;
      const timer = { kind: "assistance-call", id, run, cycle, step };
      return at(`assistance-call/${id}`, timer, status === "running" ? nextAt : null);
    },
  },
  "hole-notices": {
    of: "desk",
    wants: (_, { directory, at: now }) =>
      at("hole-notices", { kind: "hole-notices" }, nextNoticeAt(now, directory.zone)),
  },
} as const satisfies Readonly<Record<TimerKind, Row>>;

const keysOf = ({ integrationId, key, groupKey }: Waiting["alert"]) => ({ integrationId, key, groupKey });

/** What of these kinds this waits for. */
export function awaitedBy<Of extends Waits>(
  of: Of,
  one: Waiting[Of],
  known: TimerKnown,
): (Awaited & { readonly kind: TimerKind; readonly quiet: boolean })[] {
  return (Object.entries(timerTable) as [TimerKind, Row][]).flatMap(([kind, row]) =>
    row.of === of
      ? (row.wants as (waiting: Waiting[Of], known: TimerKnown) => readonly Awaited[])(one, known).map((each) => ({
          ...each,
          kind,
          quiet: row.quiet === true,
        }))
      : [],
  );
}
