/** When what happened proposes to escalate: a person decides, and says to whom and what is expected. Nothing is proposed beside an
 *  escalation that is still with somebody, and for news that are late people are told, not asked. */
import type { TargetKind } from "../directory/category-process.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import type { Clock } from "./clocks.ts";
import type { EscalationKind } from "./escalations.ts";
import type { IncidentState } from "./state.ts";

/** Share of the time to restore from which help is wanted, in per cent. */
export const helpWantedFrom = 75;
/** Likewise, when nobody has even supposed what causes it. */
export const hypothesisWantedFrom = 50;
/** Given to somebody else so many times, it belongs to nobody. */
export const handedOnMax = 3;

export type EscalationProposal = {
  readonly because: "nearing" | "missed" | "reopened" | "handed-on" | "no-hypothesis";
  /** Whose time says so; null: none does. */
  readonly clock: TargetKind | null;
  readonly kind: EscalationKind;
  /** Missed, and never escalated: what the process lets nobody overlook. */
  readonly gap: boolean;
};

type Facts = Pick<IncidentState, "escalations" | "ended" | "milestones" | "hypotheses" | "handedOn" | "reopenedAt">;

export function proposedEscalation(state: Facts, clocks: readonly Clock[]): EscalationProposal | null {
  const { escalations = [], ended } = state;
  const withSomebody = escalations.some(({ status }) => status === "requested" || status === "acknowledged");
  if (withSomebody || ended !== null) return null;
  const missed = clocks.filter(({ kind, status }) => status === "missed" && kind !== "update");
  const gap = escalations.length === 0;
  /* What is furthest in the life of the incident matters most. */
  const last = missed.at(-1);
  if (last) return { because: "missed", clock: last.kind, kind: "hierarchical", gap };
  const restoring = clocks.find(({ kind, reachedAt }) => kind === "restore" && reachedAt === null);
  if (restoring && restoring.percent >= helpWantedFrom)
    return { because: "nearing", clock: restoring.kind, kind: "functional", gap: false };
  return fromHistory(state) ?? unsupposed(state, restoring);
}

/** Of what was escalated since, nothing more. */
function fromHistory({ escalations = [], milestones, handedOn, reopenedAt }: Facts): EscalationProposal | null {
  const asked = (since: Instant): boolean => escalations.some(({ askedAt }) => askedAt >= since);
  const { restored, resolved } = milestones;
  if (reopenedAt !== undefined && resolved === undefined && !asked(reopenedAt))
    return { because: "reopened", clock: null, kind: "functional", gap: false };
  const over = restored !== undefined || resolved !== undefined;
  if (handedOn !== undefined && handedOn.times >= handedOnMax && !over && !asked(handedOn.at))
    return { because: "handed-on", clock: null, kind: "hierarchical", gap: false };
  return null;
}

function unsupposed(
  { escalations = [], milestones, hypotheses = [] }: Facts,
  restoring: Clock | undefined,
): EscalationProposal | null {
  if (!restoring || restoring.percent < hypothesisWantedFrom) return null;
  if (escalations.length > 0 || hypotheses.length > 0 || milestones.diagnosed !== undefined) return null;
  return { because: "no-hypothesis", clock: restoring.kind, kind: "functional", gap: false };
}
