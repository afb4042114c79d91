/** When what happened proposes to escalate: a person decides, and says to whom and what is expected. Nothing is proposed beside an
 *  escalation that is still with somebody, unless that one is not answered, and for news that are late people are told, not asked. Once
 *  somebody was asked, what had proposed it proposes no more. */
import type { TargetKind } from "../directory/category-process.ts";
import { callsFor, type PagingState } from "../escalation/paging-state.ts";
import { minuteMs } from "../kernel/time.ts";
import type { EscalationReason, Instant } from "../kernel/vocabulary.ts";
import { counts } from "../obligations/assessment.ts";
import type { Clock } from "./clocks.ts";
import { type EscalationKind, toOwner } from "./escalations.ts";
import type { IncidentState } from "./state.ts";
import { safetySaid } from "./weighing-words.ts";

/** Share of the time to restore from which help is wanted, in per cent. */
export const helpWantedFrom = 75;
/** Likewise, when nobody has even supposed what causes it. */
export const hypothesisWantedFrom = 50;
/** Given to somebody else so many times, it belongs to nobody. */
export const handedOnMax = 3;
/** Whoever is asked has so long to take it before somebody else is proposed. */
export const answerWithinMinutes = 15;

export type EscalationProposal = {
  readonly because: EscalationReason;
  /** Whose time says so; null: none does. */
  readonly clock: TargetKind | null;
  readonly kind: EscalationKind;
  /** To whoever keeps the service; null: whoever decides chooses. */
  readonly to: typeof toOwner | null;
  /** The one that nobody answers; null: it is not about one. */
  readonly escalation: number | null;
  /** Missed, and never escalated: what the process lets nobody overlook. */
  readonly gap: boolean;
};

type Facts = Pick<
  IncidentState,
  | "escalations"
  | "ended"
  | "milestones"
  | "hypotheses"
  | "handedOn"
  | "reopenedAt"
  | "title"
  | "description"
  | "obligations"
  | "solution"
>;

/** `owned`: somebody keeps its service. `silent`: its escalations that nobody answers. */
export type Around = { readonly owned: boolean; readonly silent: readonly number[] };

export function proposedEscalation(
  state: Facts,
  clocks: readonly Clock[],
  { owned, silent }: Around,
): EscalationProposal | null {
  const { escalations = [], ended } = state;
  if (ended !== null) return null;
  const found = unanswered(state, silent) ?? (isWithSomebody(state) ? null : wanted(state, clocks));
  if (found === null) return null;
  const asked = escalations.find(({ number }) => number === found.escalation)?.to;
  const to = owned && found.kind === "hierarchical" && asked !== toOwner ? toOwner : null;
  return { clock: null, escalation: null, gap: false, ...found, to };
}

type Found = Pick<EscalationProposal, "because" | "kind"> & Partial<EscalationProposal>;

const isWithSomebody = ({ escalations = [] }: Facts): boolean =>
  escalations.some(({ status }) => status === "requested" || status === "acknowledged");

/** All its calls are made, or its time is over, and nobody has taken it. */
export const silentEscalations = (
  { escalations = [] }: Pick<IncidentState, "escalations">,
  paging: PagingState,
  at: Instant,
): number[] =>
  escalations.flatMap(({ number, status, askedAt }) => {
    const over = callsFor(paging, number).status === "exhausted" || at >= askedAt + answerWithinMinutes * minuteMs;
    return status === "requested" && over ? [number] : [];
  });

/** The newest of all alone: once somebody else is asked, they have their time too. */
function unanswered({ escalations = [] }: Facts, silent: readonly number[]): Found | null {
  const last = escalations.at(-1);
  if (!last || !silent.includes(last.number)) return null;
  return { because: "silent", kind: "hierarchical", escalation: last.number };
}

function wanted(state: Facts, clocks: readonly Clock[]): Found | null {
  const { escalations = [] } = state;
  if (isRisk(state) && escalations.length === 0) return { because: "safety", kind: "hierarchical" };
  const missed = clocks.filter(({ kind, status }) => status === "missed" && kind !== "update");
  /* What is furthest in the life of the incident matters most. */
  const last = missed.at(-1);
  if (last) return { because: "missed", clock: last.kind, kind: "hierarchical", gap: escalations.length === 0 };
  if (isOwedUnasked(state)) return { because: "legal-duty", kind: "hierarchical" };
  const restoring = clocks.find(({ kind, reachedAt }) => kind === "restore" && reachedAt === null);
  if (restoring && restoring.percent >= helpWantedFrom)
    return { because: "nearing", clock: restoring.kind, kind: "functional" };
  return beyond(state) ?? fromHistory(state) ?? unsupposed(state, restoring);
}

const isBack = ({ milestones: { restored, resolved } }: Facts): boolean =>
  restored !== undefined || resolved !== undefined;

const askedSince = ({ escalations = [] }: Facts, since: Instant): boolean =>
  escalations.some(({ askedAt }) => askedAt >= since);

/** Whoever told of it says that somebody may be hurt. */
function isRisk(state: Facts): boolean {
  if (isBack(state)) return false;
  const { title, description } = state;
  return safetySaid([...("text" in title ? [title.text] : []), description ?? ""].join("\n"));
}

/** A law that applies, or may, whatever is back. */
const isOwedUnasked = (state: Facts): boolean =>
  (state.obligations ?? []).some(
    ({ outcome, assessedAt, submissions }) =>
      counts(outcome) && submissions.length === 0 && !askedSince(state, assessedAt),
  );

/** What was chosen asks for more than whoever chose it may decide. */
function beyond(state: Facts): Found | null {
  const { solution } = state;
  if (!solution?.exceeds || isBack(state) || askedSince(state, solution.at)) return null;
  return { because: solution.exceeds, kind: "hierarchical" };
}

/** Of what was escalated since, nothing more. */
function fromHistory(state: Facts): Found | null {
  const { milestones, handedOn, reopenedAt } = state;
  if (reopenedAt !== undefined && milestones.resolved === undefined && !askedSince(state, reopenedAt))
    return { because: "reopened", kind: "functional" };
  if (handedOn !== undefined && handedOn.times >= handedOnMax && !isBack(state) && !askedSince(state, handedOn.at))
    return { because: "handed-on", kind: "hierarchical" };
  return null;
}

function unsupposed({ escalations = [], milestones, hypotheses = [] }: Facts, restoring: Clock | undefined) {
  if (!restoring || restoring.percent < hypothesisWantedFrom) return null;
  if (escalations.length > 0 || hypotheses.length > 0 || milestones.diagnosed !== undefined) return null;
  return { because: "no-hypothesis", clock: restoring.kind, kind: "functional" } as const;
}
