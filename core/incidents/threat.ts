/** Whether the threat is held where it is, and then gone: declared with what was done for it, and taken back with a reason where
 *  that proves false. Source: NIST SP 800-61r3 (2025), RS.MI-01 and RS.MI-02. */

import { type Refusal, refuse } from "../kernel/refusal.ts";
import { type ThreatStep, threatSteps } from "../kernel/security-words.ts";
import type { Stamp } from "../kernel/stamp.ts";
import type { Confirmed } from "./demands.ts";
import type { IncidentEvent } from "./events.ts";
import type { SecurityEvent } from "./security-events.ts";
import { evolveSecurity } from "./security-state.ts";
import type { IncidentState } from "./state.ts";

type Standing = Pick<IncidentState, "security">;

export const isThreatStep = (text: string): text is ThreatStep => threatSteps.some((step) => step === text);

/** What is gone is held as well: what was not said of that is said with it. */
export function declareThreat(
  { security }: Standing,
  step: ThreatStep,
  text: string | null,
): IncidentEvent[] | Refusal {
  if (security?.[step]) return refuse("threat-already", { step });
  const held: IncidentEvent = { type: "threat.contained", data: { text } };
  if (step === "contained") return [held];
  return [...(security?.contained ? [] : [held]), { type: "threat.eradicated", data: { text } }];
}

/** Not held, it is not gone either. */
export const reopenThreat = ({ security }: Standing, was: ThreatStep): IncidentEvent[] | Refusal =>
  security?.[was] ? [{ type: "threat.reopened", data: { was } }] : refuse("threat-not", { step: was });

/** The categories of the incident ask for it before closing. */
export const asksForThreat = ({ demands }: Pick<IncidentState, "demands">): boolean =>
  demands?.criteria.some(isThreatStep) ?? false;

/** A criterion of closing that asks whether it is contained, or eradicated, is met by that being declared, and is no longer when it
 *  is withdrawn. */
export function evolveThreat(state: IncidentState, event: SecurityEvent, stamp: Stamp): Partial<IncidentState> {
  const security = evolveSecurity(state.security, event, stamp);
  if (event.type === "threat.reopened") {
    const gone: readonly string[] = event.data.was === "contained" ? ["contained", "eradicated"] : ["eradicated"];
    const left = Object.entries(state.confirmed ?? {}).filter(([id]) => !gone.includes(id));
    return { security, confirmed: Object.fromEntries(left) };
  }
  if (event.type !== "threat.contained" && event.type !== "threat.eradicated") return { security };
  const met: Confirmed = { at: stamp.occurredAt, by: stamp.actor.name, text: event.data.text, notNeeded: false };
  const criterion = event.type === "threat.contained" ? "contained" : "eradicated";
  return { security, confirmed: { ...state.confirmed, [criterion]: met } };
}
