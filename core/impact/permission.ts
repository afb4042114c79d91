/** Who may say what an incident hurts: one pure question, asked before deciding, and for the page to say what it offers. Whom the
 *  incident does not admit is answered as for one that is not there. */
import { maySee } from "../access/restriction.ts";
import type { GrantedLevel } from "../directory/responsibility.ts";
import { type Granted, grantFrom } from "../incidents/acting.ts";
import { admissionOf } from "../incidents/restricting.ts";
import type { IncidentState } from "../incidents/state.ts";
import type { ImpactCommandName } from "../kernel/impact-words.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Actor } from "../kernel/vocabulary.ts";

export const impactLevels: Readonly<Record<ImpactCommandName, GrantedLevel>> = {
  "state-affected": 2,
  "rule-out-affected": 3,
  "measure-impact": 2,
  "withdraw-impact": 3,
};

export function grantImpact(
  state: IncidentState,
  name: ImpactCommandName,
  actor: Actor,
  derogating = false,
): Granted | Refusal {
  if (!maySee(admissionOf(state), actor)) return refuse("incident-unknown");
  return grantFrom(name, impactLevels[name], actor, derogating);
}
