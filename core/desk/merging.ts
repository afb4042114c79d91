/** What becomes of the open tasks of an incident that is merged: they go on where it went, with who has them and until when, and their
 *  owners hear of it there. Where whoever reads that one may not read them, they end here, and their owners hear of that and of no other. */
import { mayName } from "../access/restriction.ts";
import type { IncidentEvent } from "../incidents/events.ts";
import { admissionOf } from "../incidents/restricting.ts";
import type { IncidentState } from "../incidents/state.ts";
import { openTasks, tasksMax } from "../incidents/tasks.ts";
import { toIso } from "../kernel/time.ts";
import { forgetTasks } from "./coordinating.ts";
import { appendCaused, dataOf, type Reacting, type ReactionTable } from "./draft.ts";
import { onceOf, tellSoon } from "./telling.ts";

/** None where one of them admits somebody whom the other does not: a task says what its incident is about. None out of a mark that the
 *  other does not bear either. */
export function roomForTasks(from: IncidentState, into: IncidentState): number {
  const [here, there] = [admissionOf(from), admissionOf(into)];
  const marked = (from.tlp ?? null) !== null && from.tlp !== into.tlp;
  if (marked || !mayName(here, there) || !mayName(there, here)) return 0;
  return tasksMax - (into.tasks?.length ?? 0);
}

export const mergingReactions: ReactionTable = {
  "incident.merged": [endTasks],
  "task.cancelled": [tellEnded],
};

/** As they are written there: numbered after its own. */
export function carriedTasks(
  { tasks = [] }: IncidentState,
  carried: readonly number[],
  into: IncidentState,
): Extract<IncidentEvent, { type: "task.created" }>[] {
  const next = (into.tasks?.length ?? 0) + 1;
  return tasks
    .filter(({ number }) => carried.includes(number))
    .map(({ text, owner, due }, index) => ({
      type: "task.created",
      data: {
        ...{ number: next + index, text, personId: owner?.id ?? null, name: owner?.name ?? null },
        ...{ due: due === null ? null : toIso(due), carried: true },
      },
    }));
}

/** Those that went on are waited for there, and not here. */
function endTasks(reacting: Reacting): void {
  forgetTasks(reacting, dataOf(reacting, "incident.merged").tasks ?? []);
  const left = openTasks(reacting.on.incident);
  if (left.length === 0) return;
  appendCaused(
    reacting,
    left.map(({ number }) => ({ type: "task.cancelled", data: { number, because: "merged" } })),
  );
}

/** What somebody drops they settle with whoever has it; a merge is made without a thought of each. */
function tellEnded(reacting: Reacting): void {
  const { number, because } = dataOf(reacting, "task.cancelled");
  const task = reacting.on.incident.tasks?.find((one) => one.number === number);
  if (because === undefined || !task?.owner) return;
  tellSoon(reacting, task.owner.id, "task-ended", onceOf(reacting), { quote: task.text });
}
