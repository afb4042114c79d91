/** The commands that share the work of an incident out: who coordinates, who holds which role, who does what, and what is
 *  to be reached by when. */
import { workCommands } from "../directory/responsibility.ts";
import type { Refusal } from "../kernel/refusal.ts";
import type { IncidentCommand } from "./commands.ts";
import { acceptCoordination, declineCoordination, offerCoordination, withdrawCoordination } from "./coordination.ts";
import type { IncidentEvent } from "./events.ts";
import { planPeriod, revisePeriod } from "./periods.ts";
import { fillRole, releaseRole } from "./roles.ts";
import type { IncidentState } from "./state.ts";
import { addTask, assignTask, cancelTask, completeTask } from "./tasks.ts";

export type WorkCommand = Extract<IncidentCommand, { name: (typeof workCommands)[number] }>;

export const isWork = (command: IncidentCommand): command is WorkCommand =>
  workCommands.some((name) => name === command.name);

export function decideWork(state: IncidentState, command: WorkCommand): readonly IncidentEvent[] | Refusal {
  switch (command.name) {
    case "offer-coordination":
      return offerCoordination(state, command.input, command.envelope);
    case "accept-coordination":
      return acceptCoordination(state, command.input, command.envelope);
    case "decline-coordination":
      return declineCoordination(state, command.envelope);
    case "withdraw-coordination":
      return withdrawCoordination(state, command.envelope);
    case "fill-role":
      return fillRole(state, command.input, command.envelope);
    case "release-role":
      return releaseRole(state, command.input);
    case "add-task":
      return addTask(state, command.input, command.envelope);
    case "assign-task":
      return assignTask(state, command.input);
    case "complete-task":
      return completeTask(state, command.input, command.envelope);
    case "cancel-task":
      return cancelTask(state, command.input, command.envelope);
    case "plan-period":
      return planPeriod(state, command.input, command.envelope);
    case "revise-period":
      return revisePeriod(state, command.input, command.envelope);
  }
}
