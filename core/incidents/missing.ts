/** What is still wanting: before closing, and before saying that what the interruption left behind is cleared. */
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Milestone } from "../kernel/vocabulary.ts";
import { openRecoveryItems, unmetCriteria } from "./demands.ts";
import { investigationMissing, uninvestigated } from "./flags.ts";
import { pinnedProcess } from "./process.ts";
import { roleMissing, unmetRoles } from "./roles.ts";
import type { IncidentState } from "./state.ts";

/** Milestones in the order in which they are asked for, then what the categories ask on top, by name: roles that nobody ever
 *  held, criteria; and that somebody of level 5 investigates what is serious or not routine. */
export function missingToClose(state: IncidentState): readonly string[] {
  return [
    ...missingMilestones(state),
    ...(uninvestigated(state) ? [investigationMissing] : []),
    ...unmetRoles(state).map(roleMissing),
    ...unmetCriteria(state),
  ];
}

function missingMilestones(state: IncidentState): readonly Milestone[] {
  if (state.process === "") return [];
  return pinnedProcess(state.process).requiredToClose.filter((name) => state.milestones[name] === undefined);
}

export function refuseUnready(state: IncidentState): Refusal | null {
  const missing = missingToClose(state);
  if (missing.length === 0) return null;
  return { refused: "milestones-missing", missing };
}

export function refuseOpenItems(state: IncidentState): Refusal | null {
  const missing = openRecoveryItems(state);
  return missing.length === 0 ? null : { ...refuse("recovery-items-open", { count: missing.length }), missing };
}
