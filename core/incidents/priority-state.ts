/** What the facts about its weight change of an incident. */
import { assertNever } from "../kernel/decider.ts";
import type { Impact, Instant, Priority, Urgency } from "../kernel/vocabulary.ts";
import type { IncidentEvent } from "./events.ts";
import { firstDated } from "./milestone-dates.ts";
import type { IncidentState } from "./state.ts";

type PriorityEvent = Extract<IncidentEvent, { type: `priority.${string}` }>;

export function evolvePriority(state: IncidentState, event: PriorityEvent, at: Instant): IncidentState {
  switch (event.type) {
    case "priority.proposed":
      return { ...state, ...rated(event.data), prioritySource: "proposed", priorityReasons: event.data.reasons };
    case "priority.confirmed":
      return {
        ...state,
        ...rated(event.data),
        confirmedPriority: event.data.priority,
        prioritySource: "confirmed",
        priorityReasons: [],
        milestones: firstDated(state, "prioritised", at),
      };
    case "priority.overridden":
      return {
        ...state,
        priority: event.data.priority,
        confirmedPriority: event.data.priority,
        prioritySource: "overridden",
        priorityReasons: [],
        milestones: firstDated(state, "prioritised", at),
      };
    default:
      return assertNever(event);
  }
}

const rated = (data: { impact: Impact; urgency: Urgency; priority: Priority }) => ({
  impact: data.impact,
  urgency: data.urgency,
  priority: data.priority,
});
