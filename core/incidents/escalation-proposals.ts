/** When what happened proposes to escalate: a person decides, and says to whom and what is expected. Nothing is proposed beside an
 *  escalation that is still with somebody, unless that one is not answered, and for news that are late people are told, not asked. Once
 *  somebody was asked, what had proposed it proposes no more; nor once somebody has set it aside, until it newly arises. */
import type { TargetKind } from "../directory/category-process.ts";
import { callsFor, type PagingState } from "../escalation/paging-state.ts";
import { sha256Hex } from "../kernel/hash.ts";
import { minuteMs } from "../kernel/time.ts";
import type { EscalationReason, Instant } from "../kernel/vocabulary.ts";
import { counts } from "../obligations/assessment.ts";
import type { Clock } from "./clocks.ts";
import { type EscalationKind, type SetAside, toOwner } from "./escalations.ts";
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
  | "setAside"
>;

/** `owned`: somebody keeps its service. `silent`: its escalations that nobody answers. */
export type Around = { readonly owned: boolean; readonly silent: readonly number[] };

export function proposedEscalation(state: Facts, clocks: readonly Clock[], around: Around): EscalationProposal | null {
  const found = standing(state, clocks, around);
  if (found === undefined) return null;
  const { about: _, ...proposal } = found;
  const asked = state.escalations?.find(({ number }) => number === found.escalation)?.to;
  const to = around.owned && found.kind === "hierarchical" && asked !== toOwner ? toOwner : null;
  return { clock: null, escalation: null, gap: false, ...proposal, to };
}

export type Standing = Pick<EscalationProposal, "because" | "clock"> & { readonly about: string };

/** What setting it aside is about. */
export function standingProposal(state: Facts, clocks: readonly Clock[], around: Around): Standing | null {
  const found = standing(state, clocks, around);
  return found ? { because: found.because, about: found.about, clock: found.clock ?? null } : null;
}

export type Aside = SetAside & Pick<EscalationProposal, "clock" | "escalation" | "gap">;

/** What would be proposed, had nobody set it aside. */
export function asideNow(state: Facts, clocks: readonly Clock[], around: Around): Aside | null {
  for (const found of candidates(state, clocks, around)) {
    const aside = asideOf(state, found);
    const { clock = null, escalation = null, gap = false } = found;
    if (aside) return { ...aside, clock, escalation, gap };
  }
  return null;
}

const standing = (state: Facts, clocks: readonly Clock[], around: Around): Found | undefined =>
  candidates(state, clocks, around).find((one) => asideOf(state, one) === undefined);

const asideOf = ({ setAside = [] }: Facts, { because, about }: Found): SetAside | undefined =>
  setAside.find((one) => one.because === because && one.about === about);

/** `about`: the circumstances; while they are the same, what was set aside stays so. */
type Found = Pick<EscalationProposal, "because" | "kind"> & Partial<EscalationProposal> & { readonly about: string };

/** The first counts. */
function candidates(state: Facts, clocks: readonly Clock[], { silent }: Around): Found[] {
  if (state.ended !== null) return [];
  const unheard = unanswered(state, silent);
  if (unheard) return [unheard];
  return isWithSomebody(state) ? [] : wanted(state, clocks);
}

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
  return { because: "silent", about: String(last.number), kind: "hierarchical", escalation: last.number };
}

const aboutClock = ({ kind, startedAt }: Clock): string => `${kind} ${startedAt}`;

function wanted(state: Facts, clocks: readonly Clock[]): Found[] {
  const { escalations = [] } = state;
  const missed = clocks.filter(({ kind, status }) => status === "missed" && kind !== "update");
  /* What is furthest in the life of the incident matters most. */
  const last = missed.at(-1);
  const gap = escalations.length === 0;
  const restoring = clocks.find(({ kind, reachedAt, status }) => {
    return kind === "restore" && reachedAt === null && status !== "missed";
  });
  return [
    gap && fromDanger(state),
    last && { because: "missed", about: aboutClock(last), clock: last.kind, kind: "hierarchical", gap },
    owedUnasked(state),
    restoring && restoring.percent >= helpWantedFrom && ofRestoring("nearing", restoring),
    beyond(state),
    fromHistory(state),
    unsupposed(state, restoring),
  ].filter((one): one is Found => Boolean(one));
}

const ofRestoring = (because: "nearing" | "no-hypothesis", clock: Clock): Found => ({
  ...{ because, about: aboutClock(clock), clock: clock.kind, kind: "functional" },
});

const isBack = ({ milestones: { restored, resolved } }: Facts): boolean =>
  restored !== undefined || resolved !== undefined;

const askedSince = ({ escalations = [] }: Facts, since: Instant): boolean =>
  escalations.some(({ askedAt }) => askedAt >= since);

/** Whoever told of it says that somebody may be hurt. */
function fromDanger(state: Facts): Found | null {
  if (isBack(state)) return null;
  const { title, description, reopenedAt = "" } = state;
  const told = [...("text" in title ? [title.text] : []), description ?? ""].join("\n");
  if (!safetySaid(told)) return null;
  return { because: "safety", about: `${sha256Hex(told).slice(0, 16)} ${reopenedAt}`, kind: "hierarchical" };
}

/** A law that applies, or may, whatever is back. */
function owedUnasked(state: Facts): Found | null {
  const owed = (state.obligations ?? []).filter(
    ({ outcome, assessedAt, submissions }) =>
      counts(outcome) && submissions.length === 0 && !askedSince(state, assessedAt),
  );
  if (owed.length === 0) return null;
  const about = String(Math.max(...owed.map(({ assessedAt }) => assessedAt)));
  return { because: "legal-duty", about, kind: "hierarchical" };
}

/** What was chosen asks for more than whoever chose it may decide. */
function beyond(state: Facts): Found | null {
  const { solution } = state;
  if (!solution?.exceeds || isBack(state) || askedSince(state, solution.at)) return null;
  return { because: solution.exceeds, about: String(solution.at), kind: "hierarchical" };
}

/** Of what was escalated since, nothing more. */
function fromHistory(state: Facts): Found | null {
  const { milestones, handedOn, reopenedAt } = state;
  if (reopenedAt !== undefined && milestones.resolved === undefined && !askedSince(state, reopenedAt))
    return { because: "reopened", about: String(reopenedAt), kind: "functional" };
  if (handedOn !== undefined && handedOn.times >= handedOnMax && !isBack(state) && !askedSince(state, handedOn.at))
    return { because: "handed-on", about: String(handedOn.times), kind: "hierarchical" };
  return null;
}

function unsupposed({ escalations = [], milestones, hypotheses = [] }: Facts, restoring: Clock | undefined) {
  if (!restoring || restoring.percent < hypothesisWantedFrom) return null;
  if (escalations.length > 0 || hypotheses.length > 0 || milestones.diagnosed !== undefined) return null;
  return ofRestoring("no-hypothesis", restoring);
}
