/** Who may do what for the response to a security incident: one pure question, asked by the server before acting, and for the
 *  page to say what it offers. Whom the incident does not admit is answered as for one that is not there. */
import { maySee } from "../access/restriction.ts";
import type { GrantedLevel } from "../directory/responsibility.ts";
import { type Granted, grantFrom } from "../incidents/acting.ts";
import { admissionOf } from "../incidents/restricting.ts";
import type { IncidentState } from "../incidents/state.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { SecurityCommandName } from "../kernel/security-words.ts";
import type { Actor } from "../kernel/vocabulary.ts";

/** Lowest level for each; null: whomever it admits, the decider asking whether it is theirs. */
export const securityLevels: Readonly<Record<SecurityCommandName, GrantedLevel | null>> = {
  "declare-contained": 4,
  "declare-eradicated": 4,
  "withdraw-contained": 3,
  "withdraw-eradicated": 3,
  "add-observables": 3,
  "change-observable": 3,
  "register-evidence": 3,
  "verify-evidence": 3,
  "hand-over-evidence": 3,
  "receive-evidence": null,
  "keep-evidence": null,
  "hold-evidence": 5,
  "release-evidence": 5,
  "mark-evidence": 3,
  "add-note": null,
  "prepare-disclosure": 4,
  "approve-disclosure": 4,
  "withdraw-disclosure": 4,
};

/** What lets something out of the house, or be destroyed, waits for whoever may: no emergency lowers its level. */
const neverDerogated: ReadonlySet<SecurityCommandName> = new Set(["release-evidence", "approve-disclosure"]);

/** Whoever coordinates declares, from this level on. */
export const coordinatorDeclaresFrom = 3;
/** From this level on, what somebody else keeps may be handed over, or kept after all. */
export const overseesCustodyFrom = 4;
/** What is handed to third parties is read from this level on. */
export const readsDisclosuresFrom = 4;

export const hasLevel = ({ level }: Pick<Actor, "level">, needed: number): boolean => level !== null && level >= needed;

export function grant(
  state: IncidentState,
  name: SecurityCommandName,
  actor: Actor,
  derogating = false,
): Granted | Refusal {
  if (!maySee(admissionOf(state), actor)) return refuse("incident-unknown");
  const needed = securityLevels[name] ?? 0;
  if (needed === 0) return { derogated: false, needed };
  const coordinates = actor.id !== null && state.coordinator?.id === actor.id;
  if (name.startsWith("declare-") && coordinates && hasLevel(actor, coordinatorDeclaresFrom))
    return { derogated: false, needed };
  return grantFrom(name, needed, actor, derogating, neverDerogated.has(name));
}
