/** Who has an incident, as it is assigned, accepted, given back and asked anew. */
import { assertNever } from "../kernel/decider.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import type { Assignee, IncidentEvent } from "./events.ts";
import { firstDated, without } from "./milestone-dates.ts";
import type { IncidentState } from "./state.ts";
import { joinedWith, leftBy } from "./swarm.ts";

type AssignmentEvent = Extract<
  IncidentEvent,
  {
    type:
      | "incident.assigned"
      | "assignment.accepted"
      | "assignment.declined"
      | "assignment.lapsed"
      | "participant.left"
      | "coordination.requested";
  }
>;

export function evolveAssignment(state: IncidentState, event: AssignmentEvent, at: Instant): IncidentState {
  switch (event.type) {
    case "incident.assigned": {
      const person = event.data.person;
      const asked = person && !state.asked.includes(person) ? [...state.asked, person] : state.asked;
      const handedOn = handedOnTo(state, event.data, at);
      return { ...state, assigned: event.data, asked, handedOn, milestones: firstDated(state, "assigned", at) };
    }
    case "assignment.accepted": {
      const who = { id: event.data.personId, name: event.data.name };
      return {
        ...state,
        acceptedBy: event.data.joins && state.acceptedBy ? state.acceptedBy : who,
        actedOn: event.data.joins ? state.actedOn : false,
        coordinator: event.data.coordinates ? who : state.coordinator,
        coordinationWanted: event.data.coordinates ? false : state.coordinationWanted,
        ...joinedWith(state, { ...who, at }, event.data.joins === true && state.acceptedBy !== null),
        milestones: { ...firstDated(state, "assigned", at), accepted: state.milestones.accepted ?? at },
      };
    }
    case "assignment.declined": {
      /* Who gives the coordination alone keeps what they accepted. */
      if (event.data.gave === "coordination" && state.acceptedBy?.id === event.data.personId)
        return { ...state, ...left(state, event.data) };
      const assigned = state.assigned?.person === event.data.personId ? null : state.assigned;
      return { ...state, assigned, ...leftBy(state, event.data.personId), ...left(state, event.data) };
    }
    case "participant.left":
      return { ...state, ...leftBy(state, event.data.personId) };
    case "assignment.lapsed":
      return { ...state, ...nobodyHas(state) };
    case "coordination.requested":
      return { ...state, coordinationWanted: true };
    default:
      return assertNever(event);
  }
}

export type HandedOn = { readonly to: string; readonly times: number; readonly at: Instant };

/** Also when whoever had it had given it back meanwhile. */
function handedOnTo({ handedOn }: IncidentState, { person, team, function: duty }: Assignee, at: Instant): HandedOn {
  const to = person ?? team ?? duty ?? "";
  if (handedOn === undefined) return { to, times: 0, at };
  return handedOn.to === to ? handedOn : { to, times: handedOn.times + 1, at };
}

/** Accepted for what was known then: nobody has what is new until somebody says so. */
export const askedAnew = ({ asked }: IncidentState, asks: string | null): Partial<IncidentState> =>
  asks === null ? {} : { acceptedBy: null, asked: asked.includes(asks) ? asked : [...asked, asks] };

/** Who has it once somebody gave back what they had accepted: the coordinator, or nobody. */
function left(
  state: IncidentState,
  { personId, gave }: { readonly personId: string; readonly gave?: "incident" | "coordination" },
): Partial<IncidentState> {
  if (gave === "coordination") return { coordinator: null, coordinationWanted: true };
  if (gave === undefined) return {};
  if (state.coordinator !== null && state.coordinator.id !== personId) return { acceptedBy: state.coordinator };
  return nobodyHas(state);
}

function nobodyHas(state: IncidentState): Partial<IncidentState> {
  /* Where it was assigned to nobody, taking it had assigned it. */
  const milestones = state.assigned === null ? without(state, "accepted", "assigned") : without(state, "accepted");
  return { acceptedBy: null, coordinator: null, coordinationWanted: false, milestones };
}
