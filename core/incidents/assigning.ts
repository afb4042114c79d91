/** Assign, accept, decline and advise: who has it, and who must know. */
import { sfia8 } from "../directory/responsibility.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope } from "../kernel/stamp.ts";
import { type Level, usualDetection } from "../kernel/vocabulary.ts";
import type { CommandInputs } from "./commands.ts";
import type { IncidentEvent } from "./events.ts";
import type { IncidentState } from "./state.ts";

export function assign(state: IncidentState, input: CommandInputs["assign"]): IncidentEvent[] | Refusal {
  const targets = [input.person, input.team, input.function].filter((one) => one !== undefined);
  if (targets.length === 0) return refuse("target-required", { command: "assign" });
  if (targets.length > 1) return refuse("target-ambiguous");
  const events: IncidentEvent[] = [{ type: "incident.assigned", data: input }];
  if (state.milestones.registered === undefined) {
    events.unshift(
      { type: "incident.identified", data: { as: usualDetection } },
      { type: "incident.registered", data: { underRuleOf: null } },
    );
  }
  return events;
}

/** Whoever accepts at level 3 or above coordinates until a hand-over; below, a coordinator is asked for at once. A
 *  second person may accept too: the first date stays, the person in charge changes, unless both were wanted. */
export function accept(state: IncidentState, envelope: Envelope, joins = false): IncidentEvent[] | Refusal {
  const { actor } = envelope;
  if (actor.id === null) return refuse("not-asked", { command: "accept", level: sfia8.coordinatesFrom });
  if (state.acceptedBy?.id === actor.id) return refuse("already-accepted", { name: state.acceptedBy.name });
  return acceptance(state, { id: actor.id, name: actor.name, level: actor.level }, joins);
}

/** What it records, however it reached us: here, or through the source. */
export function acceptance(
  state: IncidentState,
  person: { readonly id: string; readonly name: string; readonly level: Level },
  joins = false,
): IncidentEvent[] {
  const able = person.level !== null && person.level >= sfia8.coordinatesFrom;
  const coordinates = able && state.coordinator === null;
  const beside = joins ? ({ joins } as const) : {};
  const events: IncidentEvent[] = [
    ...(coordinates ? overtaken(state, person.id) : []),
    { type: "assignment.accepted", data: { personId: person.id, name: person.name, coordinates, ...beside } },
  ];
  if (!joins && !coordinates && state.coordinator === null) {
    events.push({ type: "coordination.requested", data: { acceptedBy: person.id, level: person.level } });
  }
  return events;
}

/** An offer to somebody else says nothing any more once another holds what was offered. */
export function overtaken({ offer }: IncidentState, personId: string): IncidentEvent[] {
  if (offer === undefined || offer.to.id === personId) return [];
  const { id, name } = offer.to;
  return [{ type: "coordination.withdrawn", data: { personId: id, name, because: "taken" } }];
}

/** Also after having accepted: what one had is then nobody's, or the coordinator's, and is not left as if it were held. */
export function decline(
  state: IncidentState,
  { only }: CommandInputs["decline"],
  envelope: Envelope,
): IncidentEvent[] | Refusal {
  const { id, name } = envelope.actor;
  if (!envelope.reason?.trim()) return refuse("reason-required", { command: "decline" });
  const accepted = id !== null && state.acceptedBy?.id === id && only === undefined;
  const held = id === null ? null : accepted ? "incident" : coordinates(state, id);
  if (only !== undefined && held === null) return refuse("nothing-changes");
  return [
    { type: "assignment.declined", data: { personId: id ?? "", name, ...(held === null ? {} : { gave: held }) } },
  ];
}

const coordinates = (state: IncidentState, id: string) => (state.coordinator?.id === id ? "coordination" : null);

export function advisePersons(input: CommandInputs["advise-persons"]): IncidentEvent[] {
  return [{ type: "person.advised", data: { persons: [...input.persons], text: input.text } }];
}
