/** What the facts of sharing work out change: coordination, roles, tasks, periods, and what was last decided or told. */
import type { Stamp } from "../kernel/stamp.ts";
import { type CoordinationEvent, evolveCoordination, isOfCoordination } from "./coordination.ts";
import type { EventOf, IncidentEvent } from "./events.ts";
import { evolvePeriods, isOfPeriods, type PeriodEvent } from "./periods.ts";
import { evolveRoles, isOfRoles, type RoleEvent } from "./roles.ts";
import type { IncidentState } from "./state.ts";
import { evolveTasks, isOfTasks, type TaskEvent } from "./tasks.ts";
import type { WorkstreamEvent } from "./workstream-events.ts";
import { evolveStreams, hearOfTask, isOfWorkstreams } from "./workstreams.ts";

type SaidEvent = EventOf<"person.advised"> | EventOf<"decision.made">;
export type WorkEvent = CoordinationEvent | RoleEvent | TaskEvent | PeriodEvent | SaidEvent | WorkstreamEvent;

const isSaid = <Fact extends IncidentEvent>(event: Fact): event is Fact & SaidEvent =>
  event.type === "person.advised" || event.type === "decision.made";

export const isOfWork = <Fact extends IncidentEvent>(event: Fact): event is Fact & WorkEvent =>
  isOfCoordination(event) ||
  isOfRoles(event) ||
  isOfTasks(event) ||
  isOfPeriods(event) ||
  isOfWorkstreams(event) ||
  isSaid(event);

export function evolveWork(state: IncidentState, event: WorkEvent, stamp: Stamp): IncidentState {
  if (isOfCoordination(event)) return evolveCoordination(state, event, stamp);
  if (isOfRoles(event)) return { ...state, ...evolveRoles(state, event, stamp) };
  if (isOfTasks(event)) {
    const changed = { ...state, ...evolveTasks(state, event, stamp) };
    const task = changed.tasks?.find(({ number }) => number === event.data.number);
    const heard = event.type === "task.stale" ? undefined : task?.workstream;
    return { ...changed, ...hearOfTask(changed, heard, stamp.recordedAt) };
  }
  if (isOfWorkstreams(event)) return { ...state, ...evolveStreams(state, event, stamp) };
  if (isOfPeriods(event)) return { ...state, ...evolvePeriods(state, event, stamp) };
  return { ...state, ...lastSaid(event, stamp) };
}

function lastSaid({ type, data }: SaidEvent, { actor, occurredAt: at }: Stamp): Partial<IncidentState> {
  const { text } = data;
  if (type === "person.advised") return { lastUpdate: { at, by: actor.name, text } };
  return { lastDecision: { at, by: data.decidedBy ?? actor.name, text } };
}

/** What is over is offered to nobody, nor to whoever coordinates already. Asked after every fact: a copy is made only to take
 *  something away. */
export function settled(state: IncidentState): IncidentState {
  if (state.offer === undefined || (state.ended === null && state.coordinator?.id !== state.offer.to.id)) return state;
  const { offer: _, ...rest } = state;
  return rest;
}
