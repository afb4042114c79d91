/** How an incident stands as it ends: restored, fallen again, resolved, recovered, documented, closed, opened again. */
import { assertNever } from "../kernel/decider.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import type { IncidentEvent } from "./events.ts";
import { dated, without } from "./milestone-dates.ts";
import type { IncidentState } from "./state.ts";

/** What was confirmed of an end that was none, and the solution that did not hold. */
function begunAnew({ solution: _, ...state }: IncidentState): IncidentState {
  return { ...state, recoveryDone: {}, confirmed: {} };
}

type EndingEvent = Extract<
  IncidentEvent,
  {
    type:
      | "service.restored"
      | "service.relapsed"
      | "incident.resolved"
      | "recovery.started"
      | "recovery.confirmed"
      | "documentation.completed"
      | "incident.closed"
      | "incident.reopened";
  }
>;

export function evolveEnding(state: IncidentState, event: EndingEvent, at: Instant): IncidentState {
  switch (event.type) {
    case "service.restored":
      return {
        ...state,
        milestones: dated(state, "restored", at),
        firstRestored: state.firstRestored ?? at,
      };
    case "service.relapsed":
      return {
        ...begunAnew(state),
        milestones: without(state, "restored", "resolved", "recovered"),
        recoveryStarted: false,
        relapses: state.relapses + 1,
        sourcesCleared: false,
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
      return { ...state, ended: "closed", milestones: dated(state, "closed", at) };
    case "incident.reopened":
      if (event.data.after === "dismissed") return { ...state, ended: null };
      return {
        ...begunAnew(state),
        ended: null,
        milestones: without(state, "closed", "resolved", "recovered", "documented"),
        recoveryStarted: false,
      };
    default:
      return assertNever(event);
  }
}
