/** Those who joined whoever has an incident, where more than one was wanted: each may leave again, with why. Whoever coordinates hands over
 *  first, so that no instant has nobody. */
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope } from "../kernel/stamp.ts";
import type { Actor, Instant } from "../kernel/vocabulary.ts";
import type { IncidentCommand } from "./commands.ts";
import type { IncidentEvent } from "./events.ts";
import type { IncidentState } from "./state.ts";

export type LeaveCommand = Extract<IncidentCommand, { name: "leave" }>;

export type Joined = { readonly id: string; readonly name: string; readonly at: Instant };

export function leaveSwarm(state: IncidentState, envelope: Envelope): IncidentEvent[] | Refusal {
  const { actor, reason } = envelope;
  const refused = whyNotLeave(state, actor);
  if (refused) return refused;
  if (!reason?.trim()) return refuse("reason-required", { command: "leave" });
  return [{ type: "participant.left", data: { personId: actor.id ?? "", name: actor.name } }];
}

export function whyNotLeave({ joined = [], coordinator }: IncidentState, { id }: Pick<Actor, "id">): Refusal | null {
  if (id === null || !joined.some((one) => one.id === id)) return refuse("not-joined");
  return coordinator?.id === id ? refuse("hand-over-first") : null;
}

/** Whoever takes charge is beside nobody. */
export const joinedWith = (
  { joined = [] }: Pick<IncidentState, "joined">,
  who: Joined,
  beside: boolean,
): Pick<IncidentState, "joined"> => {
  const others = without(joined, who.id);
  return beside || others.length < joined.length ? { joined: beside ? [...others, who] : others } : {};
};

export const leftBy = ({ joined = [] }: Pick<IncidentState, "joined">, id: string): Pick<IncidentState, "joined"> =>
  joined.some((one) => one.id === id) ? { joined: without(joined, id) } : {};

const without = (joined: readonly Joined[], id: string): Joined[] => joined.filter((one) => one.id !== id);
