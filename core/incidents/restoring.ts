/** Restoration, resolution and recovery are three facts with three dates: the service is back, the cause is dealt with,
 *  what the interruption left behind is cleared. */
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { CommandInputs, IncidentCommand } from "./commands.ts";
import { refuseUnconfirmed } from "./confirming-restored.ts";
import type { IncidentEvent } from "./events.ts";
import { refuseOpenItems } from "./missing.ts";
import type { IncidentState } from "./state.ts";

export function declareRestored(input: CommandInputs["declare-restored"]): IncidentEvent[] {
  return [{ type: "service.restored", data: { text: input.text, because: "declared" } }];
}

export function declareRelapse(
  state: IncidentState,
  input: CommandInputs["declare-relapse"],
): IncidentEvent[] | Refusal {
  if (state.milestones.restored === undefined) return refuse("not-restored");
  return [{ type: "service.relapsed", data: { text: input.text, because: "declared" } }];
}

export function declareResolved(
  input: CommandInputs["declare-resolved"],
  command: IncidentCommand,
): IncidentEvent[] | Refusal {
  if (input.cause === null && !input.causeUnknown) return refuse("cause-or-unknown");
  const firing = refuseOverFiring(command);
  if (firing) return firing;
  const { solution, cause, causeUnknown } = input;
  return [{ type: "incident.resolved", data: { solution, cause, causeUnknown } }];
}

export function openRecovery(): IncidentEvent[] {
  return [{ type: "recovery.started", data: {} }];
}

export function confirmRecovery(
  state: IncidentState,
  input: CommandInputs["confirm-recovery"],
): IncidentEvent[] | Refusal {
  const { text, notNeeded } = input;
  const open = notNeeded ? null : refuseOpenItems(state);
  if (open) return open;
  const secondHand = input.confirmedBy?.trim();
  const unconfirmed = secondHand ? null : refuseUnconfirmed(state);
  if (unconfirmed) return unconfirmed;
  return [{ type: "recovery.confirmed", data: { text, notNeeded, ...(secondHand && { confirmedBy: secondHand }) } }];
}

/** A source that re-sends its state and has not stopped firing: going over it needs a reason. */
export function refuseOverFiring(command: IncidentCommand): Refusal | null {
  const firing = command.firing ?? 0;
  if (firing === 0 || command.envelope.reason?.trim()) return null;
  return refuse("still-firing", { firing });
}
