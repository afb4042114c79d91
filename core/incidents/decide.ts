/** The decider of an incident. Permission and common guards are asked once here; each command then has its own function
 *  in the file of its moment. Urgent work may skip ahead: what was skipped is listed as missing, and only closing asks
 *  for it. */
import { type AccessFacts, can } from "../access/can.ts";
import { openToAll } from "../access/restriction.ts";
import { type IncidentCommandName, obligationCommands, restrictingCommands } from "../directory/responsibility.ts";
import { assertNever, type Decider } from "../kernel/decider.ts";
import { isRefusal, type Refusal, refuse } from "../kernel/refusal.ts";
import { minuteMs, toIso } from "../kernel/time.ts";
import { type Actor, type Instant, originOf } from "../kernel/vocabulary.ts";
import { futureToleranceMinutes, guardDates, recorded } from "./acting.ts";
import { accept, advisePersons, assign, decline } from "./assigning.ts";
import {
  confirmPriority,
  dismiss,
  lowersPriority,
  merge,
  overridePriority,
  register,
  setImpactUrgency,
} from "./classifying.ts";
import { openPause } from "./clock-history.ts";
import { type ClosingCommand, decideClosing, isClosing, isClosingName, whyNotClosing } from "./closing.ts";
import type { CommandInputs, IncidentCommand } from "./commands.ts";
import { confirmRestored, whyNotConfirmRestored } from "./confirming-restored.ts";
import { whyNotCoordination } from "./coordination.ts";
import { completeRecoveryItem, confirmCriterion, demandsIn, gather, refuseUnasked, setDomains } from "./demands.ts";
import { reviewDerogation, whyNotReview } from "./derogations.ts";
import { type DiagnosisCommand, decideDiagnosis, isDiagnosis, whyNotHypothesis } from "./diagnosis.ts";
import { refuseEnded } from "./ended.ts";
import { answered, decideEscalation, type Escalation } from "./escalations.ts";
import type { IncidentEvent, IncidentFact } from "./events.ts";
import { decideFlags, type FlagCommand, isAboutFlags, isFlagName, whyNotFlags } from "./flags.ts";
import { decideHelp, type HelpCommand, isAboutHelp, isHelpName, whyNotHelp } from "./help.ts";
import { linkKnownError } from "./known-errors.ts";
import { leavesOpen } from "./leaving-category.ts";
import { decideLinks, isOfLinks, type LinkCommand } from "./links.ts";
import { categoriesGiven, decideMajor, isAboutMajor, type MajorCommand, refuseMajor } from "./major.ts";
import {
  decideObligation,
  isObligationName,
  isOfObligation,
  type ObligationCommand,
  whyNotObligation,
} from "./obligations.ts";
import { pauseClock, resumeClock, whyNoPause } from "./pausing.ts";
import { whyNotRevise } from "./periods.ts";
import { pinnedProcess } from "./process.ts";
import { confirmRecovery, declareRelapse, declareResolved, declareRestored, openRecovery } from "./restoring.ts";
import {
  admissionOf,
  decideRestricting,
  isRestricting,
  type RestrictingCommand,
  whyNotRestricting,
} from "./restricting.ts";
import { whyNotRelease } from "./roles.ts";
import { type SetAsideCommand, setAsideEscalation } from "./set-aside.ts";
import { evolveIncident, type IncidentState, initialIncident } from "./state.ts";
import { type LeaveCommand, leaveSwarm, whyNotLeave } from "./swarm.ts";
import { whyNotTask } from "./tasks.ts";
import { activeTeams, decideTeam, isOfTeam, isTeamName, type TeamCommand, whyNotTeam } from "./teams.ts";
import { decideWork, isWork, type WorkCommand } from "./work.ts";
import { decideStream, isOfStreams, isStreamName, type WorkstreamCommand, whyNotStream } from "./workstreams.ts";

export const incidentDecider: Decider<IncidentState, IncidentCommand, IncidentFact> = {
  initial: initialIncident,
  evolve: evolveIncident,
  decide: (state, command) => decideIncident(state, command),
};

export function decideIncident(state: IncidentState, command: IncidentCommand): readonly IncidentFact[] | Refusal {
  const { envelope } = command;
  const leaves = leavesOpen(state, command);
  const facts = {
    ...accessFacts(state),
    lowers: lowersPriority(state, command) || (leaves && state.milestones.accepted !== undefined),
  };
  const permission = can(command.name, envelope.actor, facts, {
    derogating: envelope.derogation !== undefined,
  });
  if (isRefusal(permission)) return permission;
  const needed = permission.derogated ? neededLevel(facts, command.name) : 0;
  return recorded(state, command, { ...permission, needed }, () => {
    const guarded = guardEnded(state, command.name) ?? guardDates(envelope) ?? guardOrder(state, command);
    if (guarded) return guarded;
    if (leaves && !envelope.reason?.trim()) return refuse("reason-required", { command: command.name });
    return decideCommand(state, command);
  });
}

function decideCommand(state: IncidentState, command: IncidentCommand): readonly IncidentEvent[] | Refusal {
  if (isAboutMajor(command)) return decideMajor(state, command);
  if (isAboutFlags(command)) return decideFlags(state, command);
  if (command.name === "leave") return leaveSwarm(state, command.envelope);
  if (command.name === "set-aside-escalation") return setAsideEscalation(command.input, command.envelope);
  if (isAboutHelp(command)) return decideHelp(state, command);
  if (isWork(command)) return decideWork(state, command);
  if (isOfTeam(command)) return decideTeam(state, command);
  if (isOfStreams(command)) return decideStream(state, command);
  if (isOfLinks(command)) return decideLinks(state, command);
  if (isRestricting(command)) return decideRestricting(state, command);
  if (isDiagnosis(command)) return decideDiagnosis(state, command);
  if (isOfObligation(command)) return decideObligation(state, command);
  if (isClosing(command)) return decideClosing(state, command);
  return decideOther(state, command);
}

type Other = Exclude<
  IncidentCommand,
  | MajorCommand
  | FlagCommand
  | SetAsideCommand
  | HelpCommand
  | LeaveCommand
  | WorkCommand
  | TeamCommand
  | WorkstreamCommand
  | LinkCommand
  | RestrictingCommand
  | DiagnosisCommand
  | ClosingCommand
  | ObligationCommand
>;

function decideOther(state: IncidentState, command: Other): readonly IncidentEvent[] | Refusal {
  switch (command.name) {
    case "register":
      return register(state, command.input, command.envelope);
    case "dismiss":
      return dismiss(command.envelope);
    case "merge":
      return merge(state, command.input, command.envelope);
    case "categorise":
      return categoriesGiven(state, command.input.categories, {
        ...command.input,
        mayDeclare: mayDeclare(state, command),
      });
    case "set-domains":
      return setDomains(state, command.input);
    case "gather":
      return gather(state, command.input);
    case "set-impact-urgency":
      return setImpactUrgency(command.input);
    case "confirm-priority":
      return confirmPriority(command.input);
    case "override-priority":
      return overridePriority(state, command.input, command.envelope);
    case "assign":
      return assign(state, command.input);
    case "accept":
      return accept(state, command.envelope, command.joins);
    case "decline":
      return decline(state, command.input, command.envelope);
    case "advise-persons":
      return advisePersons(command.input);
    case "add-observation":
      return [{ type: "observation.noted", data: { text: command.input.text, ...originOf(command.input) } }];
    case "decide":
      return [decided(command.input)];
    case "escalate":
    case "acknowledge-escalation":
    case "return-escalation":
    case "end-escalation":
      return decideEscalation(state, command);
    case "link-known-error":
      return linkKnownError(state, command.input, command.envelope);
    case "record-cause":
      return [{ type: "cause.recorded", data: command.input }];
    case "declare-restored":
      return declareRestored(command.input);
    case "declare-relapse":
      return declareRelapse(state, command.input);
    case "declare-resolved":
      return declareResolved(command.input, command);
    case "open-recovery":
      return openRecovery();
    case "confirm-restored":
      return confirmRestored(state, command.input, command.envelope);
    case "confirm-recovery":
      return confirmRecovery(state, command.input);
    case "complete-recovery-item":
      return completeRecoveryItem(state, command.input, command.envelope);
    case "confirm-criterion":
      return confirmCriterion(state, command.input, command.envelope);
    case "review-derogation":
      return reviewDerogation(state, command.input, command.envelope);
    case "pause-clock":
      return pauseClock(state, command.input, command.envelope);
    case "resume-clock":
      return resumeClock(state, command.envelope);
    default:
      return assertNever(command);
  }
}

const mayDeclare = (state: IncidentState, { envelope }: IncidentCommand): boolean =>
  !isRefusal(can("declare-major", envelope.actor, accessFacts(state)));

function decided({ text, options, why, decidedBy }: CommandInputs["decide"]): IncidentEvent {
  const more = { ...(why && { why }), ...(decidedBy && { decidedBy }) };
  return { type: "decision.made", data: { text, options: [...options], ...more } };
}

export function accessFacts(state: IncidentState): AccessFacts {
  return {
    categories: state.categories,
    accepted: state.milestones.accepted !== undefined,
    dismissed: state.ended === "dismissed",
    unjudged: isUnjudged(state),
    asked: withHolders(state),
    assignedTeam: state.assigned?.team ?? null,
    assignedFunction: state.assigned?.function ?? null,
    activeTeams: activeTeams(state).map(({ team }) => team),
    admission: admissionOf(state),
    overrides: state.process === "" ? [] : [...demandsIn(state).levels, ...pinnedProcess(state.process).levels],
  };
}

/** The least experienced do not throw away what a client may have told, or what seems grave: they register it, or ask. */
const isUnjudged = ({ milestones, origin, priority }: IncidentState): boolean =>
  milestones.registered === undefined && (origin?.kind === "report" || (priority !== null && priority <= graveFrom));
const graveFrom = 2;

/** Whoever took it unasked holds it all the same, and may give it back. */
function withHolders({ asked, acceptedBy, coordinator }: IncidentState): readonly string[] {
  const holders = [acceptedBy?.id, coordinator?.id].filter((id) => id !== undefined && !asked.includes(id));
  return holders.length === 0 ? asked : [...asked, ...(holders as string[])];
}

/** Who may open it, how far it may be told on, and what is to be said of an emergency, is decided as long as it is there; and
 *  what laws want told of it is often told after its end. */
const staysOpen: ReadonlySet<IncidentCommandName> = new Set([
  "add-observation",
  "review-derogation",
  "link",
  "unlink",
  ...restrictingCommands,
  ...obligationCommands,
]);

/** What only makes sense after the end, and says itself where it does not. */
const ofTheEnd: ReadonlySet<IncidentCommandName> = new Set([
  "reopen",
  "accept-closure",
  "return-closure",
  "request-reopen",
  "decline-reopen",
]);

/** After the end only notes may be added, what was closed looked at by somebody else, and what was closed or dismissed
 *  reopened. */
function guardEnded(state: IncidentState, name: IncidentCommandName): Refusal | null {
  return ofTheEnd.has(name) || staysOpen.has(name) ? null : refuseEnded(state);
}

/** What only makes sense after something else is not dated before it. Everything else may be: an incident is often recorded
 *  when it is nearly over. */
function guardOrder(state: IncidentState, { name, envelope }: IncidentCommand): Refusal | null {
  const { occurredAt } = envelope;
  /* Time that has run is not taken back. */
  const now = name === "pause-clock" ? envelope.at - futureToleranceMinutes * minuteMs : undefined;
  const after = now ?? followed(state, name);
  if (occurredAt === undefined || after === undefined || occurredAt >= after) return null;
  return refuse("occurred-out-of-order", { after: toIso(after) });
}

function followed(state: IncidentState, name: IncidentCommandName): Instant | undefined {
  const { milestones } = state;
  if (name === "resume-clock") return openPause(state)?.from;
  if (name === "declare-relapse" || name === "confirm-restored") return milestones.restored;
  /* What was down again is not back before that. */
  if (name === "declare-restored" || name === "declare-resolved") return state.clocks?.gaps?.restore?.at(-1)?.until;
  if (ofTheEnd.has(name)) return milestones.closed;
  return name === "close" ? Math.max(...Object.values(milestones)) : undefined;
}

function neededLevel(facts: AccessFacts, name: IncidentCommandName): number {
  /* Of a restricted incident too, which admits nobody by their level. */
  const refused = can(name, { ...nobody, level: null }, { ...facts, admission: openToAll });
  const needed = isRefusal(refused) ? refused.values?.needed : 0;
  return typeof needed === "number" ? needed : 0;
}

const nobody: Actor = {
  kind: "person",
  id: null,
  name: "",
  level: null,
  admin: false,
  teams: [],
  functions: [],
  onBehalfOf: null,
  via: "desk",
};

/** Would this command be refused now, and why? What the browser asks to disable a button with a reason. `about`: the number
 *  of the escalation, the task or the hypothesis, where it is about one. */
export function whyNot(state: IncidentState, name: IncidentCommandName, actor: Actor, about?: number): Refusal | null {
  const permission = can(name, actor, accessFacts(state));
  if (isRefusal(permission)) return permission;
  const ended = guardEnded(state, name);
  if (ended) return ended;
  if (isObligationName(name)) return whyNotObligation(state, name);
  if (isFlagName(name)) return whyNotFlags(state, name, actor);
  if (isClosingName(name)) return whyNotClosing(state, name, actor);
  if (isHelpName(name)) return whyNotHelp(state, name, actor, about);
  if (isStreamName(name)) return whyNotStream(state, name, actor, about);
  if (isTeamName(name)) return whyNotTeam(state, name, about);
  switch (name) {
    case "register":
      return state.milestones.registered === undefined ? null : refuse("already-registered");
    case "propose-major":
    case "declare-major":
    case "stand-down-major":
      return refuseMajor(state, name);
    case "accept":
      return state.acceptedBy?.id === actor.id && actor.id !== null ? refuse("already-accepted") : null;
    case "leave":
      return whyNotLeave(state, actor);
    case "acknowledge-escalation":
      return noneOf(state, about, "requested");
    case "return-escalation":
    case "end-escalation":
      return noneOf(state, about, "requested", "acknowledged");
    case "declare-relapse":
    case "confirm-restored":
      return whyNotConfirmRestored(state);
    case "gather":
    case "complete-recovery-item":
    case "confirm-criterion":
    case "fill-role":
      return refuseUnasked(state, name);
    case "release-role":
      return whyNotRelease(state);
    case "offer-coordination":
    case "accept-coordination":
    case "decline-coordination":
    case "withdraw-coordination":
      return whyNotCoordination(state, name, actor);
    case "assign-task":
    case "complete-task":
    case "cancel-task":
      return whyNotTask(state, name, actor, about);
    case "revise-period":
      return whyNotRevise(state);
    case "add-evidence":
    case "confirm-hypothesis":
    case "rule-out-hypothesis":
      return whyNotHypothesis(state, about);
    case "pause-clock":
      return whyNoPause(state);
    case "resume-clock":
      return openPause(state) ? null : refuse("not-paused");
    case "restrict":
    case "lift-restriction":
    case "grant-access":
    case "revoke-access":
      return whyNotRestricting(state, name);
    case "review-derogation":
      return whyNotReview(state, actor, about);
    default:
      return null;
  }
}

function noneOf(
  { escalations = [] }: IncidentState,
  named: number | undefined,
  ...wanted: readonly Escalation["status"][]
): Refusal | null {
  const about = escalations.filter(({ number }) => named === undefined || number === named);
  if (about.some(({ status }) => wanted.includes(status))) return null;
  const [one] = about;
  return named === undefined || !one ? refuse("escalation-unknown", { escalation: named ?? 0 }) : answered(one);
}
