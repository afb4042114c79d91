/** How an incident stands as it ends: restored, fallen again, resolved, recovered, documented, closed, opened again. */
import { assertNever } from "../kernel/decider.ts";
import type { Stamp } from "../kernel/stamp.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { demandsIn } from "./demands.ts";
import type { IncidentEvent } from "./events.ts";
import { flagsRaised } from "./flags.ts";
import type { Turn } from "./impact-state.ts";
import { dated, without } from "./milestone-dates.ts";
import type { IncidentState } from "./state.ts";

export type Closure = {
  /** Who closed it: they do not check it. */
  readonly by: { readonly id: string | null; readonly name: string };
  /** `due`: its categories ask for it, and nobody has yet. `none`: they do not. */
  readonly check: "none" | "due" | "accepted" | "returned";
  /** By whom, and what they say of it. */
  readonly checked?: { readonly at: Instant; readonly by: string; readonly text: string | null } | undefined;
};

/** Somebody asks for it to be opened again; declined, by whom and why. */
export type Reopening = {
  readonly by: { readonly id: string | null; readonly name: string };
  readonly at: Instant;
  readonly reason: string | null;
  readonly declined?: { readonly by: string; readonly at: Instant; readonly reason: string | null } | undefined;
};

/** What was confirmed of an end that was none, and the solution that did not hold. */
function begunAnew({ solution: _, restorationWords: __, ...state }: IncidentState): IncidentState {
  return { ...state, recoveryDone: {}, confirmed: {} };
}

const endingEvents = [
  "service.restored",
  "service.relapsed",
  "incident.resolved",
  "recovery.started",
  "recovery.confirmed",
  "documentation.completed",
  "incident.closed",
  "closure.accepted",
  "closure.returned",
  "incident.reopened",
  "reopening.requested",
  "reopening.declined",
] as const;
export type EndingEvent = Extract<IncidentEvent, { type: (typeof endingEvents)[number] }>;

export const isOfEnding = <Fact extends IncidentEvent>(event: Fact): event is Fact & EndingEvent =>
  endingEvents.some((type) => type === event.type);

export function evolveEnding(state: IncidentState, event: EndingEvent, stamp: Stamp): IncidentState {
  const at = stamp.occurredAt;
  switch (event.type) {
    case "service.restored":
      return {
        ...state,
        milestones: dated(state, "restored", at),
        firstRestored: state.firstRestored ?? at,
        turns: turned(state, at, true),
      };
    case "service.relapsed":
      return {
        ...begunAnew(state),
        milestones: without(state, "restored", "resolved", "recovered"),
        recoveryStarted: false,
        relapses: state.relapses + 1,
        sourcesCleared: false,
        turns: turned(state, at, false),
      };
    case "incident.resolved": {
      const milestones = dated(state, "resolved", at);
      return {
        ...state,
        milestones: event.data.cause === null ? milestones : { ...milestones, diagnosed: milestones.diagnosed ?? at },
      };
    }
    case "recovery.started":
      return { ...state, recoveryStarted: true };
    case "recovery.confirmed":
      return { ...state, recoveryStarted: true, milestones: dated(state, "recovered", at) };
    case "documentation.completed":
      return { ...state, milestones: dated(state, "documented", at) };
    case "incident.closed":
      return { ...state, ended: "closed", milestones: dated(state, "closed", at), closure: closedBy(state, stamp) };
    case "closure.accepted":
      return { ...state, ...checked(state, stamp, "accepted", event.data.text) };
    case "closure.returned":
      return {
        ...state,
        ...checked(state, stamp, "returned", stamp.reason),
        reopening: undefined,
        ended: null,
        milestones: without(state, "closed", "documented"),
      };
    case "reopening.requested": {
      const { id, name } = stamp.actor;
      return { ...state, reopening: { by: { id, name }, at, reason: stamp.reason } };
    }
    case "reopening.declined": {
      const { reopening } = state;
      const declined = { by: stamp.actor.name, at, reason: stamp.reason };
      return reopening ? { ...state, reopening: { ...reopening, declined } } : state;
    }
    case "incident.reopened":
      if (event.data.after === "dismissed") return { ...state, ended: null };
      return {
        ...begunAnew(neverClosed(state)),
        ended: null,
        reopenedAt: at,
        milestones: without(state, "closed", "resolved", "recovered", "documented"),
        recoveryStarted: false,
      };
    default:
      return assertNever(event);
  }
}

const turned = ({ turns = [] }: IncidentState, at: Instant, back: boolean): readonly Turn[] =>
  [...turns, { at, back }].toSorted((a, b) => a.at - b.at);

const closedBy = (state: IncidentState, { actor: { id, name } }: Stamp): Closure => ({
  by: { id, name },
  /* Standing it down does not let what was major past whoever checks. */
  check: demandsIn(state).closureCheck || state.major?.was || flagsRaised(state).length > 0 ? "due" : "none",
});

const checked = (
  { closure }: IncidentState,
  { actor, recordedAt: at }: Stamp,
  check: Closure["check"],
  text: string | null,
): Pick<IncidentState, "closure"> =>
  closure ? { closure: { ...closure, check, checked: { at, by: actor.name, text } } } : {};

const neverClosed = ({ closure: _, reopening: __, ...state }: IncidentState): IncidentState => state;
