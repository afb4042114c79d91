/** What is known of an incident: dated milestones and a few facts. The stage shown is derived, never stored as truth. */
import type { About } from "../escalation/conditions.ts";
import { isPagingFact, type PagingEvent } from "../escalation/events.ts";
import type { PagingState } from "../escalation/paging-state.ts";
import { assertNever } from "../kernel/decider.ts";
import type { Stamp } from "../kernel/stamp.ts";
import type {
  CategoryId,
  DetectionReason,
  Impact,
  Instant,
  Language,
  Milestone,
  Priority,
  Severity,
  Stage,
  Tlp,
  Urgency,
} from "../kernel/vocabulary.ts";
import { askedAnew, evolveAssignment, type HandedOn } from "./assignment-state.ts";
import { type ClockEvent, type ClockHistory, evolveClocks, isOfClocks } from "./clock-history.ts";
import {
  evolveRestoration,
  isOfRestoration,
  type RestorationEvent,
  type RestorationWord,
} from "./confirming-restored.ts";
import type { Contribution } from "./contributing.ts";
import type { ContributionEvent } from "./contribution-events.ts";
import { evolveContributions, isOfContributions } from "./contribution-state.ts";
import type { CoordinationOffer } from "./coordination.ts";
import {
  type Answered,
  type Confirmed,
  type DemandEvent,
  type Demands,
  evolveDemands,
  isOfDemands,
} from "./demands.ts";
import { type Derogation, evolveDerogations } from "./derogations.ts";
import { type DiagnosisEvent, evolveDiagnosis, type Hypothesis, isOfDiagnosis, type Solution } from "./diagnosis.ts";
import { type Closure, type EndingEvent, evolveEnding, isOfEnding, type Reopening } from "./ending-state.ts";
import type { EngagementEvent } from "./engagement-events.ts";
import { type Engagement, evolveEngagements, isOfEngagements } from "./engagement-state.ts";
import { type Escalation, evolveEscalations, isEscalation, type SetAside } from "./escalations.ts";
import type { Assignee, IncidentEvent, IncidentFact, Origin, Title } from "./events.ts";
import { evolveFlags, type FlagEvent, type Flags, type Investigator, isOfFlags } from "./flags.ts";
import { evolveHelp, type HelpAsked, type HelpEvent, isOfHelp } from "./help.ts";
import type { ImpactEvent } from "./impact-events.ts";
import { evolveImpact, type ImpactState, isOfImpact, type Turn } from "./impact-state.ts";
import { evolveKnownErrors, isOfKnownErrors, type KnownErrorEvent, type ShownError } from "./known-errors.ts";
import { type Recategorised, recategorised } from "./leaving-category.ts";
import type { LinkEvent } from "./link-events.ts";
import { evolveLinks, isOfLinkage, type Link } from "./links.ts";
import { evolveMajor, isOfMajor, type Major, type MajorEvent } from "./major.ts";
import { dated, firstDated } from "./milestone-dates.ts";
import { evolveNotices, type Untold } from "./notices.ts";
import { evolveObligations, isOfObligations, type Obligation, type ObligationEvent } from "./obligations.ts";
import type { Period } from "./periods.ts";
import { evolvePriority } from "./priority-state.ts";
import { evolveRestricting, isOfRestricting, type RestrictingEvent, type Restriction } from "./restricting.ts";
import type { RoleHeld } from "./roles.ts";
import type { SecurityEvent } from "./security-events.ts";
import { isOfSecurity, type SecurityState } from "./security-state.ts";
import type { Joined } from "./swarm.ts";
import { movedTasks, type Task } from "./tasks.ts";
import type { TeamEvent } from "./team-events.ts";
import { type Activation, evolveTeams, isOfTeams } from "./teams.ts";
import { evolveThreat } from "./threat.ts";
import { evolveWork, isOfWork, settled, type WorkEvent } from "./work-state.ts";
import type { Workstream } from "./workstreams.ts";

export type IncidentState = {
  readonly number: string;
  readonly title: Title;
  readonly description: string | null;
  readonly language: Language;
  readonly service: string | null;
  readonly severity: Severity | null;
  readonly origin: Origin | null;
  readonly process: string;
  readonly exercise: boolean;
  readonly milestones: Readonly<Partial<Record<Milestone, Instant>>>;
  readonly ended: "closed" | "dismissed" | "merged" | null;
  readonly mergedInto: string | null;
  readonly categories: readonly CategoryId[];
  readonly proposedCategories: readonly CategoryId[];
  readonly impact: Impact | null;
  readonly urgency: Urgency | null;
  readonly priority: Priority | null;
  /** What was confirmed last, or set: whatever is proposed since. */
  readonly confirmedPriority?: Priority;
  readonly prioritySource: "proposed" | "confirmed" | "overridden" | null;
  readonly priorityReasons: readonly string[];
  readonly assigned: Assignee | null;
  /** To whom it was assigned last, and how often from one to another; absent while it was to nobody. */
  readonly handedOn?: HandedOn;
  /** Paged, or assigned by name: they may accept or decline whatever their level. */
  readonly asked: readonly string[];
  readonly acceptedBy: { readonly id: string; readonly name: string } | null;
  /** Beside whoever accepted first; absent while nobody joined them. */
  readonly joined?: readonly Joined[];
  readonly coordinator: { readonly id: string; readonly name: string } | null;
  readonly coordinationWanted: boolean;
  /** Why it was found to be an incident; absent while nobody said that it is one. */
  readonly detectedAs?: DetectionReason;
  /** Whether a person did anything since it was accepted. */
  readonly actedOn: boolean;
  readonly recoveryStarted: boolean;
  readonly firstRestored: Instant | null;
  readonly relapses: number;
  readonly openEscalations: number;
  /** In the order of their numbers; absent while there was none. */
  readonly escalations?: readonly Escalation[];
  readonly setAside?: readonly SetAside[];
  /** Help that was asked for, in the order of its numbers; absent while none was. */
  readonly help?: readonly HelpAsked[];
  /** Teams, with those that were stood down; absent while none was activated. */
  readonly activations?: readonly Activation[];
  readonly sourcesCleared: boolean;
  readonly attachments: number;
  /** Absent while no category asks anything. */
  readonly demands?: Demands;
  readonly recategorised?: Recategorised;
  readonly answers?: Readonly<Record<string, Answered>>;
  /** When enough was known for somebody to begin resolving. */
  readonly readyAt?: Instant;
  /** What suffers, which is not how it is handled. */
  readonly domains?: readonly string[];
  readonly recoveryDone?: Readonly<Record<string, Confirmed>>;
  readonly confirmed?: Readonly<Record<string, Confirmed>>;
  /** Absent while nobody and nothing has proposed that it be major. */
  readonly major?: Major;
  /** Absent while nobody and nothing has proposed any. */
  readonly flags?: Flags;
  /** Who looks for the causes of what is serious or not routine. */
  readonly investigator?: Investigator;
  /** Of failure, where a rule groups: those that its record names. */
  readonly kinds?: readonly string[];
  /** Absent while coordination is offered to nobody. */
  readonly offer?: CoordinationOffer;
  /** By role: who holds it, or that somebody did. */
  readonly roles?: Readonly<Record<string, RoleHeld>>;
  readonly tasks?: readonly Task[];
  /** To others, as this record says them; absent while there was none. */
  readonly links?: readonly Link[];
  /** Incidents that may still say that they are linked to it, and are not. */
  readonly apart?: readonly string[];
  /** In the order of their numbers; absent while there was none. */
  readonly workstreams?: readonly Workstream[];
  /** Absent while none was planned. */
  readonly periods?: readonly Period[];
  /** In the order of their numbers; absent while there was none. */
  readonly hypotheses?: readonly Hypothesis[];
  /** What was chosen last, and has not failed since. */
  readonly solution?: Solution;
  readonly lastUpdate?: LastSaid;
  readonly lastDecision?: LastSaid;
  /** Actions of which nobody was told since; absent while there is none. */
  readonly untold?: readonly Untold[];
  /** When a person or a source last said anything. */
  readonly heardAt?: Instant;
  /** Absent while nothing stopped a clock or was said of one. */
  readonly clocks?: ClockHistory;
  /** Absent while it never was restricted. */
  readonly restriction?: Restriction;
  readonly tlp?: Tlp | null;
  readonly contributions?: readonly Contribution[];
  /** What suppliers were asked; absent while none was. */
  readonly engagements?: readonly Engagement[];
  /** In the order in which they were assessed; absent while none was. */
  readonly obligations?: readonly Obligation[];
  /** When it was last opened again after having been closed; absent while it never was. */
  readonly reopenedAt?: Instant;
  /** How it was closed last; absent while it never was, or since it was reopened. */
  readonly closure?: Closure;
  /** That it be opened again, as was asked last; absent while nobody did since it was closed. */
  readonly reopening?: Reopening | undefined;
  /** In the order of their numbers; absent while nobody acted above their level. */
  readonly derogations?: readonly Derogation[];
  /** Absent while nothing was done for its security. */
  readonly security?: SecurityState;
  /** Absent while nobody said what it hurts. */
  readonly impactSeen?: ImpactState;
  /** Each time that service came back or fell again, in the order of their instants. */
  readonly turns?: readonly Turn[];
  /** Since service came back last, whether it does; absent while nobody said. */
  /** That it shows, as somebody said. */
  readonly knownErrors?: readonly ShownError[];
  readonly restorationWords?: readonly RestorationWord[];
  readonly updatedAt: Instant;
};

export type LastSaid = { readonly at: Instant; readonly by: string; readonly text: string };

export const initialIncident: IncidentState = {
  number: "",
  title: { text: "" },
  description: null,
  language: "en",
  service: null,
  severity: null,
  origin: null,
  process: "",
  exercise: false,
  milestones: {},
  ended: null,
  mergedInto: null,
  categories: [],
  proposedCategories: [],
  impact: null,
  urgency: null,
  priority: null,
  prioritySource: null,
  priorityReasons: [],
  assigned: null,
  asked: [],
  acceptedBy: null,
  coordinator: null,
  coordinationWanted: false,
  actedOn: false,
  recoveryStarted: false,
  firstRestored: null,
  relapses: 0,
  openEscalations: 0,
  sourcesCleared: false,
  attachments: 0,
  updatedAt: 0,
};

export function evolveIncident(state: IncidentState, fact: IncidentFact): IncidentState {
  const changed =
    evolveApart(state, fact) ?? settled(evolveFact(state, fact as Plain, fact.stamp.occurredAt, fact.stamp));
  return {
    ...evolveNotices(evolveClocks(state, changed, fact), fact),
    actedOn: changed.acceptedBy !== null && (changed.actedOn || isAct(fact)),
    ...(fact.stamp.actor.kind !== "system" && { heardAt: fact.stamp.recordedAt }),
    updatedAt: fact.stamp.recordedAt,
  };
}

/** Of a subject that has its own file; null: of none. */
function evolveApart(state: IncidentState, fact: IncidentFact): IncidentState | null {
  const { stamp } = fact;
  const put = (part: Partial<IncidentState>): IncidentState => ({ ...state, ...part });
  if (isPagingFact(fact)) return evolveAsked(state, fact);
  if (isOfDemands(fact)) return put(evolveDemands(state, fact, stamp));
  if (isOfMajor(fact)) return put({ major: evolveMajor(state, fact, stamp) });
  if (isOfFlags(fact)) return put(evolveFlags(state, fact, stamp));
  if (isEscalation(fact)) return put(evolveEscalations(state, fact, stamp));
  if (isOfHelp(fact)) return put(evolveHelp(state, fact, stamp));
  if (isOfWork(fact)) return evolveWork(state, fact, stamp);
  if (isOfClocks(fact)) return state;
  if (isOfRestricting(fact)) return put(evolveRestricting(state, fact, stamp));
  if (isOfDiagnosis(fact)) return evolveDiagnosis(state, fact, stamp);
  if (isOfObligations(fact)) return put(evolveObligations(state, fact, stamp));
  if (isOfEnding(fact)) return settled(evolveEnding(state, fact, stamp));
  if (isOfSecurity(fact)) return put(evolveThreat(state, fact, stamp));
  if (isOfContributions(fact)) return put(evolveContributions(state, fact, stamp));
  if (isOfTeams(fact)) return put(evolveTeams(state, fact, stamp));
  if (isOfEngagements(fact)) return put(evolveEngagements(state, fact, stamp));
  if (isOfLinkage(fact)) return put(evolveLinks(state, fact, stamp));
  if (isOfImpact(fact)) return put(evolveImpact(state, fact, stamp));
  if (isOfKnownErrors(fact)) return put(evolveKnownErrors(state, fact, stamp));
  if (isOfRestoration(fact)) return put(evolveRestoration(state, fact, stamp));
  return null;
}

/** Saying who has it is not yet doing anything about it. */
const saysWho: ReadonlySet<string> = new Set([
  "assignment.accepted",
  "assignment.declined",
  "participant.left",
  "coordination.requested",
  "coordination.offered",
  "coordination.handed-over",
  "coordination.declined",
  "coordination.withdrawn",
  "derogation.used",
]);
const isAct = ({ stamp, type }: IncidentFact): boolean => stamp.actor.kind === "person" && !saysWho.has(type);

/** Ended, or back: nobody is called for it. */
export const isOver = ({ ended, milestones }: Pick<IncidentState, "ended" | "milestones">): boolean =>
  ended !== null || milestones.restored !== undefined || milestones.resolved !== undefined;

function evolveAsked(state: IncidentState, fact: IncidentFact): IncidentState {
  if (fact.type !== "page.requested" || state.asked.includes(fact.data.personId)) return state;
  return { ...state, asked: [...state.asked, fact.data.personId] };
}

/** Of a subject that has its own file. */
type Apart = PagingEvent | DemandEvent | MajorEvent | WorkEvent | ClockEvent | ContributionEvent | EngagementEvent;
type AlsoApart =
  | TeamEvent
  | FlagEvent
  | Extract<IncidentEvent, { type: `escalation.${string}` }>
  | HelpEvent
  | DiagnosisEvent
  | RestrictingEvent
  | ObligationEvent
  | EndingEvent
  | SecurityEvent
  | LinkEvent
  | KnownErrorEvent
  | RestorationEvent
  | ImpactEvent;

type Plain = Exclude<IncidentEvent, Apart | AlsoApart>;

function evolveFact(state: IncidentState, event: Plain, at: Instant, stamp: Stamp): IncidentState {
  switch (event.type) {
    case "incident.reported":
      return { ...state, ...event.data, milestones: dated(state, "reported", at) };
    case "incident.registered":
      return { ...state, milestones: firstDated(state, "registered", at) };
    case "incident.dismissed":
      return { ...state, ended: "dismissed" };
    case "incident.merged":
      return {
        ...{ ...state, ended: "merged", mergedInto: event.data.into },
        ...(event.data.tasks && { tasks: movedTasks(state, event.data.tasks, { at, by: stamp.actor.name }) }),
      };
    case "incident.retitled":
      return { ...state, title: event.data.title };
    case "category.proposed":
      return { ...state, proposedCategories: event.data.categories };
    case "incident.categorised":
      return { ...recategorised(state, event.data, stamp), milestones: firstDated(state, "categorised", at) };
    case "priority.proposed":
    case "priority.confirmed":
    case "priority.overridden":
      return evolvePriority(state, event, at);
    case "incident.assigned":
    case "assignment.accepted":
    case "assignment.declined":
    case "assignment.lapsed":
    case "participant.left":
    case "coordination.requested":
      return evolveAssignment(state, event, at);
    case "derogation.used":
    case "derogation.reviewed":
      return { ...state, ...evolveDerogations(state, event, stamp) };
    case "alert.kind-joined":
      return { ...state, kinds: [...(state.kinds ?? []), event.data.kind], ...askedAnew(state, event.data.asks) };
    case "alerts.cleared":
      return { ...state, sourcesCleared: true };
    case "attachment.added":
      return { ...state, attachments: state.attachments + 1 };
    case "incident.identified":
      return { ...state, detectedAs: event.data.as };
    case "incident.absorbed":
    case "notice.overdue":
    case "observation.noted":
    case "alert.grouped":
    case "alert.raised":
    case "alert.resolved":
    case "alert.acknowledged":
    case "alert.unacknowledged":
    case "routing.decided":
      return state;
    default:
      return assertNever(event);
  }
}

/** Until when whoever accepted must do something: null once they have, once it is over or all its sources say so, or where no
 *  policy asks for it. */
export function watchedUntil(incident: IncidentState, { watchedUntil: until }: PagingState): Instant | null {
  const { acceptedBy, actedOn, sourcesCleared } = incident;
  const watched = acceptedBy !== null && !actedOn && !sourcesCleared && !isOver(incident);
  return watched && until !== undefined ? until : null;
}

/** What conditions of a policy ask of it: of its categories, those proposed while nobody has said. */
export const aboutOf = ({ priority, categories, proposedCategories, service }: IncidentState): About => ({
  priority,
  categories: categories.length > 0 ? categories : proposedCategories,
  service,
});

/** The stage shown: the furthest fact reached, read in the order of the life cycle. */
export function stageOf(state: IncidentState): Stage {
  if (state.ended) return state.ended;
  const reached = state.milestones;
  if (reached.resolved !== undefined) return state.recoveryStarted ? "recovering" : "resolved";
  if (reached.restored !== undefined) return "restored";
  if (reached.diagnosed !== undefined || state.solution !== undefined) return "resolving";
  if (reached.accepted !== undefined) return reached.prioritised !== undefined ? "diagnosing" : "investigating";
  if (reached.assigned !== undefined) return "assigned";
  if (reached.categorised !== undefined) return "categorised";
  return reached.registered !== undefined ? "registered" : "reported";
}
