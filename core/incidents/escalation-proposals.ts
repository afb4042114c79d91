/** When the clocks themselves propose to escalate: a person decides, and says to whom and what is expected. Nothing is proposed
 *  beside an escalation that is still with somebody, and for news that are late people are told, not asked. */
import type { TargetKind } from "../directory/category-process.ts";
import type { Clock } from "./clocks.ts";
import type { EscalationKind } from "./escalations.ts";
import type { IncidentState } from "./state.ts";

/** Share of the time to restore from which help is wanted, in per cent. */
export const helpWantedFrom = 75;

export type EscalationProposal = {
  readonly because: "nearing" | "missed";
  readonly clock: TargetKind;
  readonly kind: EscalationKind;
  /** Missed, and never escalated: what the process lets nobody overlook. */
  readonly gap: boolean;
};

type Facts = Pick<IncidentState, "escalations" | "ended">;

export function proposedEscalation(
  { escalations = [], ended }: Facts,
  clocks: readonly Clock[],
): EscalationProposal | null {
  const withSomebody = escalations.some(({ status }) => status === "requested" || status === "acknowledged");
  if (withSomebody || ended !== null) return null;
  const missed = clocks.filter(({ kind, status }) => status === "missed" && kind !== "update");
  const gap = escalations.length === 0;
  /* What is furthest in the life of the incident matters most. */
  const last = missed.at(-1);
  if (last) return { because: "missed", clock: last.kind, kind: "hierarchical", gap };
  const nearing = clocks.find(
    ({ kind, percent, reachedAt }) => kind === "restore" && reachedAt === null && percent >= helpWantedFrom,
  );
  return nearing ? { because: "nearing", clock: nearing.kind, kind: "functional", gap: false } : null;
}
