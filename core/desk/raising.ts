/** Somebody raises by hand an alert that waits: it is given its incident as if nothing held it back; its trace and the record of its
 *  incident say who and why. */
import { isWaiting } from "../alerts/decide.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Actor } from "../kernel/vocabulary.ts";
import { mayHoldBack } from "../noise/permission.ts";
import { type Draft, lookupAlert } from "./draft.ts";
import type { SignalsOutcome } from "./handling.ts";
import { ourSignals } from "./leases.ts";
import { handleSignals } from "./signals.ts";

export type RaiseInput = {
  readonly alertId: string;
  readonly integrationId: string;
  readonly key: string;
  readonly groupKey: string;
  readonly actor: Actor;
  readonly reason: string;
};

export function raiseByHand(draft: Draft, input: RaiseInput): SignalsOutcome | Refusal {
  const { alertId, integrationId, key, actor } = input;
  const refusal = mayHoldBack("raise", actor);
  if (refusal) return refusal;
  const reason = input.reason.trim();
  if (reason === "") return refuse("reason-required", { command: "raise" });
  const { last } = lookupAlert(draft, integrationId, key);
  if (!isWaiting(last) || last.id !== alertId) return refuse("alert-not-waiting");
  return handleSignals(draft, { ...ourSignals(input, "recheck"), byHand: { actor, reason } });
}
