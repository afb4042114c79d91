/** What has ended is not acted on any more: the refusal that says how it ended. */
import { type Refusal, type RefusalCode, refuse } from "../kernel/refusal.ts";
import type { IncidentState } from "./state.ts";

const codes: Readonly<Record<NonNullable<IncidentState["ended"]>, RefusalCode>> = {
  closed: "already-closed",
  dismissed: "already-dismissed",
  merged: "already-merged",
};

export const refuseEnded = ({ ended, number }: Pick<IncidentState, "ended" | "number">): Refusal | null =>
  ended === null ? null : refuse(codes[ended], { number });
