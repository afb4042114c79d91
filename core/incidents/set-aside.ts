/** A proposed escalation that somebody who may escalate sets aside, with why. It holds for what proposed it, as that stood then: another
 *  clock, another reopening, another law or another hand proposes anew. What was missed and never escalated stays a gap. */
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope, Stamp } from "../kernel/stamp.ts";
import type { CommandInputs, IncidentCommand } from "./commands.ts";
import type { SetAside } from "./escalations.ts";
import type { EventOf, IncidentEvent } from "./events.ts";
import type { IncidentState } from "./state.ts";

export type SetAsideCommand = Extract<IncidentCommand, { name: "set-aside-escalation" }>;

/** `proposal`: what the desk finds proposed now; null: nothing is. */
export function setAsideEscalation(
  { because, proposal = null }: CommandInputs["set-aside-escalation"],
  { reason }: Envelope,
): IncidentEvent[] | Refusal {
  if (!reason?.trim()) return refuse("reason-required", { command: "set-aside-escalation" });
  if (proposal === null || (because !== undefined && because !== proposal.because))
    return refuse("escalation-not-proposed");
  return [{ type: "escalation.set-aside", data: { ...proposal } }];
}

/** The newest of each reason alone counts: so there are never more than there are reasons. */
export function evolveSetAside(
  { setAside = [] }: Pick<IncidentState, "setAside">,
  { data: { because, about } }: EventOf<"escalation.set-aside">,
  { actor, occurredAt: at, reason }: Stamp,
): { readonly setAside: readonly SetAside[] } {
  const made = { because, about, by: actor.name, at, reason };
  return { setAside: [...setAside.filter((one) => one.because !== because), made] };
}
