/** Documentation, closure and reopening. */
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope } from "../kernel/stamp.ts";
import type { CommandInputs, IncidentCommand } from "./commands.ts";
import type { IncidentEvent } from "./events.ts";
import { refuseUnready } from "./missing.ts";
import { refuseOverFiring } from "./restoring.ts";
import type { IncidentState } from "./state.ts";

export function completeDocumentation(input: CommandInputs["complete-documentation"]): IncidentEvent[] {
  return [{ type: "documentation.completed", data: input }];
}

export function close(state: IncidentState, command: IncidentCommand): IncidentEvent[] | Refusal {
  const unready = refuseUnready(state);
  if (unready) return unready;
  const firing = refuseOverFiring(command);
  if (firing) return firing;
  return [{ type: "incident.closed", data: { overFiring: command.firing ?? 0 } }];
}

export function reopen(state: IncidentState, envelope: Envelope): IncidentEvent[] | Refusal {
  if (!isReopenable(state)) return refuse("not-closed");
  if (!envelope.reason?.trim()) return refuse("reason-required", { command: "reopen" });
  return [{ type: "incident.reopened", data: state.ended === "dismissed" ? { after: "dismissed" } : {} }];
}

/** What was merged lives on in another record; what was closed, or dismissed by mistake, may come back. */
export const isReopenable = ({ ended }: IncidentState): boolean => ended === "closed" || ended === "dismissed";
