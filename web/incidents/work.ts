/** What is one's own to do, and why: the heading under which My work shows it. */
import type { Me } from "#contract/account.ts";
import type { IncidentView } from "#contract/shapes.ts";

export const workGroups = ["asked", "held", "team"] as const;
export type WorkGroup = (typeof workGroups)[number];

/** `held`: accepted or coordinated. `asked`: called or assigned, and nobody has it. `team`: for a team or a function of
 *  one's own. Null for what is others'. */
export function workOf(view: IncidentView, me: Me): WorkGroup | null {
  if (view.acceptedBy?.id === me.id || view.coordinator?.id === me.id) return "held";
  const { assigned } = view;
  if (assigned?.kind === "person" && assigned.id === me.id) return "asked";
  const open = view.acceptedBy === null && view.milestones.restored === undefined;
  if (open && view.asked.includes(me.id)) return "asked";
  if (assigned === null) return null;
  const mine = (assigned.kind === "team" ? me.teams : assigned.kind === "function" ? me.functions : []).includes(
    assigned.id,
  );
  return mine ? "team" : null;
}
