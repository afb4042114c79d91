/** Who may say what an incident hurts: one pure question, asked before deciding, and for the page to say what it offers. Whom the
 *  incident does not admit is answered as for one that is not there. */
import { maySee } from "../access/restriction.ts";
import { type GrantedLevel, sfia8 } from "../directory/responsibility.ts";
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

/** `derogated`: below the level that it takes, with a reason, as for any other command. */
export type Granted = { readonly derogated: boolean; readonly needed: number };

export function grantImpact(
  state: IncidentState,
  name: ImpactCommandName,
  actor: Actor,
  derogating = false,
): Granted | Refusal {
  if (!maySee(admissionOf(state), actor)) return refuse("incident-unknown");
  const needed = impactLevels[name];
  const { level } = actor;
  if (level !== null && level >= needed) return { derogated: false, needed };
  if (derogating && level !== null && level >= sfia8.derogationFrom) return { derogated: true, needed };
  if (derogating) return refuse("derogation-not-possible", { command: name, level: sfia8.derogationFrom });
  return level === null
    ? refuse("level-missing", { command: name, needed })
    : refuse("level-too-low", { command: name, needed, level });
}
