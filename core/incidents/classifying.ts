/** Identify, register, dismiss, merge, categorise and prioritise. */
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope } from "../kernel/stamp.ts";
import { type Impact, usualDetection } from "../kernel/vocabulary.ts";
import type { CommandInputs, IncidentCommand } from "./commands.ts";
import type { IncidentEvent } from "./events.ts";
import { priorityOf, setByPerson, vitalFunction } from "./priority.ts";
import { isRestricted } from "./restricting.ts";
import type { IncidentState } from "./state.ts";
import { openTasks } from "./tasks.ts";

export function register(
  state: IncidentState,
  { detectedAs = usualDetection }: CommandInputs["register"],
  envelope: Envelope,
): IncidentEvent[] | Refusal {
  if (state.milestones.registered !== undefined) return refuse("already-registered");
  return [
    { type: "incident.identified", data: { as: detectedAs } },
    { type: "incident.registered", data: { underRuleOf: envelope.actor.onBehalfOf } },
  ];
}

export function dismiss(envelope: Envelope): IncidentEvent[] | Refusal {
  if (!envelope.reason?.trim()) return refuse("reason-required", { command: "dismiss" });
  return [{ type: "incident.dismissed", data: {} }];
}

export function merge(
  state: IncidentState,
  input: CommandInputs["merge"],
  _envelope: Envelope,
): IncidentEvent[] | Refusal {
  const { into } = input;
  if (into.number === state.number) return refuse("merge-into-itself");
  if (into.ended) return refuse("merge-target-ended", { number: into.number });
  if (into.exercise !== state.exercise) return refuse("merge-exercise-mix");
  /* What one of them tells of the other would be read by those whom it does not admit. */
  if ((into.restricted ?? false) !== isRestricted(state)) return refuse("merge-restricted", { number: into.number });
  const tasks = openTasks(state)
    .slice(0, into.room ?? 0)
    .map(({ number }) => number);
  return [
    { type: "incident.merged", data: { into: into.id, intoNumber: into.number, ...(tasks.length > 0 && { tasks }) } },
  ];
}

/** A proposal is never below what a vital function that is hit asks for; confirming may be, and is then shown so. */
export function setImpactUrgency(input: CommandInputs["set-impact-urgency"]): IncidentEvent[] {
  const { urgency } = input;
  const impact = flooredImpact(input);
  const reasons = impact === input.impact ? [setByPerson] : [setByPerson, vitalFunction];
  return [{ type: "priority.proposed", data: { impact, urgency, priority: priorityOf(impact, urgency), reasons } }];
}

const flooredImpact = ({ impact, floor = impact }: CommandInputs["set-impact-urgency"]): Impact =>
  impact > floor ? floor : impact;

/** Would it be less urgent than somebody who may has held it to be? */
export function lowersPriority({ confirmedPriority }: IncidentState, command: IncidentCommand): boolean {
  if (command.name !== "set-impact-urgency" || confirmedPriority === undefined) return false;
  return priorityOf(flooredImpact(command.input), command.input.urgency) > confirmedPriority;
}

export function confirmPriority(input: CommandInputs["confirm-priority"]): IncidentEvent[] {
  const { impact, urgency } = input;
  return [{ type: "priority.confirmed", data: { impact, urgency, priority: priorityOf(impact, urgency) } }];
}

export function overridePriority(
  state: IncidentState,
  input: CommandInputs["override-priority"],
  envelope: Envelope,
): IncidentEvent[] | Refusal {
  if (!envelope.reason?.trim()) return refuse("reason-required", { command: "override-priority" });
  return [{ type: "priority.overridden", data: { priority: input.priority, proposed: state.priority } }];
}
