/** Who may hold calls back, or let one go before its time: for a while, by whoever handles incidents; on a plan, by whoever coordinates; by rule, by whoever
 *  answers for the process. Administrators set up what machines may do, and may too. */
import { type Refusal, refuse } from "../kernel/refusal.ts";

export const noiseLevels = { silence: 3, raise: 3, window: 4, rule: 5 } as const;
export type NoiseAct = keyof typeof noiseLevels;

export function mayHoldBack(
  act: NoiseAct,
  { level, admin }: { readonly level: number | null; readonly admin: boolean },
): Refusal | null {
  if (admin || (level ?? 0) >= noiseLevels[act]) return null;
  return refuse("noise-level-needed", { needed: noiseLevels[act] });
}
