/** Duties to notify that keep an incident from being closed, and those that remain afterwards: what is said of them, and refused. */
import { type Refusal, refuse } from "../kernel/refusal.ts";

/** Whichever category asks for it, as with the steps of a threat: one name means one thing. */
export const settlingCriterion = "obligations-settled";

export const unsettledWhys = ["not-assessed", "undecided", "missed", "running", "untold"] as const;
/** `undecided`: its outcome is unknown. `untold`: it is owed, and nothing of it was submitted. */
export type Unsettled = {
  readonly why: (typeof unsettledWhys)[number];
  readonly law: string;
  readonly leg: string | null;
};

/** Owed still, and no reason not to close. Without a limit: as soon as it can be. */
export type LeftToTell = { readonly law: string; readonly leg: string; readonly due: string | null };

export type Duties = { readonly unsettled: readonly Unsettled[]; readonly left: readonly LeftToTell[] };

export const refuseUnsettled = ({ unsettled }: Pick<Duties, "unsettled">): Refusal | null =>
  unsettled.length === 0 ? null : refuse("obligations-unsettled", { unsettled: unsettled.map(({ ...one }) => one) });
