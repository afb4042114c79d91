/** Tasks of an incident: one piece of work, one owner, one due date; done, or dropped with a reason. One that is late and of which
 *  nothing is heard is raised once to whoever coordinates; one without a date, when nothing is heard since it was given. */
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope, Stamp } from "../kernel/stamp.ts";
import { minuteMs, parseIso, toIso } from "../kernel/time.ts";
import type { Actor, Instant, Priority } from "../kernel/vocabulary.ts";
import type { CommandInputs } from "./commands.ts";
import type { Named } from "./coordination.ts";
import type { IncidentEvent } from "./events.ts";
import { periodOfTask } from "./periods.ts";
import { silenceMinutes } from "./silence.ts";
import type { IncidentState } from "./state.ts";
import { streamOfTask } from "./workstreams.ts";

export type Task = {
  /** From 1, by incident. */
  readonly number: number;
  readonly text: string;
  readonly owner: Named | null;
  readonly due: Instant | null;
  /** Of the action plan, for which it was given. */
  readonly period?: number;
  /** Of which it is, while it is of one. */
  readonly workstream?: number;
  readonly by: { readonly id: string | null; readonly name: string };
  readonly at: Instant;
  /** When it was last given to another, or for another date; absent while it never was. */
  readonly givenAt?: Instant;
  /** `moved`: into another incident, by a split or with a merge. */
  readonly status: "open" | "done" | "cancelled" | "moved";
  /** When it was raised, for the due date that it has; without one, for whoever has it. */
  readonly staleAt?: Instant;
  /** How it ended: by whom, when, and what they said. */
  readonly left?: { readonly by: string; readonly at: Instant; readonly text: string | null };
};

/** Of one incident: beyond this, its work is an incident of its own. */
export const tasksMax = 200;

/** Theirs who own it; below it, nobody else's. */
const settlesFrom = 2;

export const openTasks = ({ tasks = [] }: Pick<IncidentState, "tasks">): Task[] =>
  tasks.filter(({ status }) => status === "open");

export const isOverdue = ({ status, due }: Pick<Task, "status" | "due">, now: Instant): boolean =>
  status === "open" && due !== null && due < now;

export function addTask(
  state: IncidentState,
  input: CommandInputs["add-task"],
  { at }: Envelope,
): IncidentEvent[] | Refusal {
  const number = (state.tasks?.length ?? 0) + 1;
  if (number > tasksMax) return refuse("tasks-full", { max: tasksMax });
  const { text, due = null, to } = input;
  const period = periodOfTask(state, input.period, at);
  if (typeof period === "object" && period !== null) return period;
  const workstream = streamOfTask(state, input.workstream);
  if (typeof workstream === "object" && workstream !== null) return workstream;
  const owned = { personId: to?.id ?? null, name: to?.name ?? null };
  const of = { ...(period !== null && { period }), ...(workstream !== null && { workstream }) };
  return [{ type: "task.created", data: { number, text, ...owned, due, ...of } }];
}

/** To somebody else, or for another date, or both. */
export function assignTask(state: IncidentState, input: CommandInputs["assign-task"]): IncidentEvent[] | Refusal {
  const { task: number, to } = input;
  const task = openTask(state, number);
  if ("refused" in task) return task;
  const due = input.due === undefined ? isoOf(task.due) : input.due;
  const owner = to ?? task.owner;
  const workstream = streamOfTask(state, input.workstream ?? undefined);
  if (typeof workstream === "object" && workstream !== null) return workstream;
  const moves = input.workstream !== undefined && workstream !== (task.workstream ?? null);
  if (owner?.id === task.owner?.id && due === isoOf(task.due) && !moves) return refuse("nothing-changes");
  const data = { number, personId: owner?.id ?? null, name: owner?.name ?? null, due };
  return [{ type: "task.assigned", data: { ...data, ...(moves && { workstream }) } }];
}

export function completeTask(
  state: IncidentState,
  { task: number, text }: CommandInputs["complete-task"],
  { actor }: Envelope,
): IncidentEvent[] | Refusal {
  const task = openTask(state, number);
  if ("refused" in task) return task;
  return refuseOthers(task, actor) ?? [{ type: "task.done", data: { number, text } }];
}

export function cancelTask(
  state: IncidentState,
  { task: number }: CommandInputs["cancel-task"],
  { reason }: Envelope,
): IncidentEvent[] | Refusal {
  const task = openTask(state, number);
  if ("refused" in task) return task;
  if (!reason?.trim()) return refuse("reason-required", { command: "cancel-task" });
  return [{ type: "task.cancelled", data: { number } }];
}

export function openTask({ tasks = [] }: IncidentState, number: number): Task | Refusal {
  const task = tasks.find((one) => one.number === number);
  if (!task) return refuse("task-unknown", { task: number });
  return task.status === "open" ? task : refuse("task-over", { task: number });
}

const refuseOthers = ({ owner, number }: Task, { id, level }: Actor): Refusal | null =>
  (id !== null && owner?.id === id) || (level ?? 0) >= settlesFrom
    ? null
    : refuse("task-not-yours", { task: number, level: settlesFrom });

/** Before a number is known: whether there is any that it could be about. */
export function whyNotTask(
  state: IncidentState,
  name: "assign-task" | "complete-task" | "cancel-task",
  actor: Actor,
  number?: number,
): Refusal | null {
  const open = openTasks(state);
  if (number === undefined && open.length === 0) return refuse("task-unknown", { task: 0 });
  const about = number === undefined ? open : [openTask(state, number)];
  const [first] = about;
  if (first && "refused" in first) return first;
  if (name !== "complete-task") return null;
  const refusals = (about as Task[]).map((task) => refuseOthers(task, actor));
  return refusals.includes(null) ? null : (refusals[0] ?? null);
}

const awaitedFrom = ({ due, givenAt, at }: Task): Instant => due ?? givenAt ?? at;

/** When somebody must hear that nothing is heard of it; null for what is over, or was raised already. */
export function staleAtOf(task: Task, priority: Priority | null): Instant | null {
  if (task.status !== "open" || task.staleAt !== undefined) return null;
  return awaitedFrom(task) + silenceMinutes(priority) * minuteMs;
}

/** `told`: whoever coordinates, else whoever has the incident, else whoever asked for it. */
export function staleTask(state: IncidentState, number: number, now: Instant): IncidentEvent[] {
  const task = state.tasks?.find((one) => one.number === number);
  const from = task && staleAtOf(task, state.priority);
  if (!task || from === null || from === undefined || from > now || state.ended !== null) return [];
  const told = state.coordinator?.id ?? state.acceptedBy?.id ?? task.by.id;
  const minutes = Math.floor((now - awaitedFrom(task)) / minuteMs);
  return [{ type: "task.stale", data: { number, minutes, told, ...(task.due === null && { undated: true }) } }];
}

const isoOf = (at: Instant | null): string | null => (at === null ? null : toIso(at));

const taskEvents = ["task.created", "task.assigned", "task.done", "task.cancelled", "task.stale"] as const;
export type TaskEvent = Extract<IncidentEvent, { type: (typeof taskEvents)[number] }>;

export const isOfTasks = <Fact extends IncidentEvent>(event: Fact): event is Fact & TaskEvent =>
  taskEvents.some((type) => type === event.type);

export function evolveTasks(
  { tasks = [] }: IncidentState,
  event: TaskEvent,
  { actor, occurredAt: at, reason }: Stamp,
): Partial<IncidentState> {
  const { number } = event.data;
  if (event.type === "task.created") {
    const { text, period, workstream } = event.data;
    const planned = { ...(period !== undefined && { period }), ...(workstream !== undefined && { workstream }) };
    const by = { id: actor.id, name: actor.name };
    return { tasks: [...tasks, { number, text, ...ownedAs(event.data), ...planned, by, at, status: "open" }] };
  }
  return {
    tasks: tasks.map((one) => (one.number === number ? changed(one, event, { by: actor.name, at, reason }) : one)),
  };
}

/** What left, by a split or with a merge, is kept where it was, as what it was, and is nothing to be done there any more. */
export const movedTasks = (
  { tasks = [] }: IncidentState,
  moved: readonly number[],
  said: { readonly at: Instant; readonly by: string },
): readonly Task[] =>
  tasks.map((one) => (moved.includes(one.number) ? { ...one, status: "moved", left: { ...said, text: null } } : one));

function ownedAs(data: {
  readonly personId: string | null;
  readonly name: string | null;
  readonly due: string | null;
}) {
  const { personId: id, name, due } = data;
  return { owner: id === null ? null : { id, name: name ?? id }, due: due === null ? null : (parseIso(due) ?? null) };
}

type Acted = { readonly by: string; readonly at: Instant; readonly reason: string | null };

function changed(task: Task, event: Exclude<TaskEvent, { type: "task.created" }>, { by, at, reason }: Acted): Task {
  switch (event.type) {
    case "task.assigned": {
      const { staleAt, givenAt, workstream: was, ...rest } = task;
      const owned = ownedAs(event.data);
      const redated = owned.due !== task.due;
      const given = redated || owned.owner?.id !== task.owner?.id ? at : givenAt;
      /* Without a date, what was raised is raised anew of whoever it is given to. */
      const anew = redated || (owned.due === null && given === at);
      const workstream = event.data.workstream === undefined ? was : (event.data.workstream ?? undefined);
      /* Another date may be missed anew; of the same one, nobody hears twice. */
      const of = workstream !== undefined && { workstream };
      return {
        ...{ ...rest, ...owned, ...of },
        ...(given !== undefined && { givenAt: given }),
        ...(staleAt !== undefined && !anew && { staleAt }),
      };
    }
    case "task.done":
      return { ...task, status: "done", left: { by, at, text: event.data.text } };
    case "task.cancelled":
      return { ...task, status: "cancelled", left: { by, at, text: reason } };
    case "task.stale":
      return { ...task, staleAt: at };
  }
}
