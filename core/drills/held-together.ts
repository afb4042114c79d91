/** What of a drill leaves in one message, as `server/notification/held-store.ts` has it: all that was held back for one contact point
 *  and is due there, and does not press by now. */
import type { Effect } from "../desk/effects.ts";
import { urgencyOf } from "../notification/turns.ts";
import type { Memory } from "./memory.ts";

type Sent = Extract<Effect, { kind: "page" | "notice" | "post" }>;

/** Attempts that failed together come back some milliseconds apart. */
export const togetherWithinMs = 5_000;

/** What presses by now leaves by itself; news presses nobody. */
export function isHeld({ cases }: Pick<Memory, "cases">, effect: Sent): boolean {
  if (effect.kind === "post" || effect.held === undefined) return false;
  const priority = cases.get(effect.incidentId)?.incident.priority ?? null;
  return effect.kind === "notice" || urgencyOf(priority) === "low";
}

export const pointOf = (effect: Sent): string | null => (effect.kind === "post" ? null : effect.pointId);
