/** Levels of responsibility as data. The default profile follows the SFIA 8 reading of the skill (levels 2 to 5; 1, 6 and
 *  7 are not practised in it), kept as a table so that another reading is another table, never another code path. */
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Level } from "../kernel/vocabulary.ts";

/** Those that share the work of an incident out. */
export const workCommands = [
  "offer-coordination",
  "accept-coordination",
  "decline-coordination",
  "withdraw-coordination",
  "fill-role",
  "release-role",
  "add-task",
  "assign-task",
  "complete-task",
  "cancel-task",
  "plan-period",
  "revise-period",
] as const;

/** Those that bring a specialised team together on an incident, and send it home. */
export const teamCommands = ["activate-team", "join-team", "leave-team", "stand-down-team"] as const;
/** Those about the workstreams of an incident. */
export const workstreamCommands = [
  "open-workstream",
  "offer-workstream",
  "accept-workstream",
  "decline-workstream",
  "update-workstream",
  "finish-workstream",
] as const;

/** Those about two incidents that hang together. */
export const linkCommands = ["link", "unlink", "split"] as const;

/** Those that say who may open an incident, and how far it may be told on. */
export const restrictingCommands = ["restrict", "lift-restriction", "grant-access", "revoke-access", "mark"] as const;

/** Those that say what laws want told of an incident, and what was told. */
export const obligationCommands = [
  "assess-obligation",
  "date-obligation",
  "describe-obligation",
  "record-submission",
  "withhold-notice",
] as const;

/** Those that say that an incident is serious or not routine, and who looks for its causes. */
export const flagCommands = ["propose-flag", "raise-flag", "lower-flag", "take-investigation"] as const;

/** Help that anybody asks for, and what becomes of it. */
export const helpCommands = ["ask-for-help", "confirm-help", "dismiss-help"] as const;

export const incidentCommands = [
  "register",
  "dismiss",
  "merge",
  "categorise",
  "propose-major",
  "declare-major",
  "stand-down-major",
  ...flagCommands,
  "set-domains",
  "gather",
  "set-impact-urgency",
  "confirm-priority",
  "override-priority",
  "assign",
  "accept",
  "decline",
  "leave",
  ...workCommands,
  ...workstreamCommands,
  ...linkCommands,
  "advise-persons",
  "add-observation",
  "decide",
  "escalate",
  "acknowledge-escalation",
  "return-escalation",
  "end-escalation",
  "set-aside-escalation",
  ...helpCommands,
  ...teamCommands,
  "open-hypothesis",
  "add-evidence",
  "confirm-hypothesis",
  "rule-out-hypothesis",
  "link-known-error",
  "record-cause",
  "select-solution",
  "declare-restored",
  "declare-relapse",
  "declare-resolved",
  "open-recovery",
  "complete-recovery-item",
  "confirm-restored",
  "confirm-recovery",
  "complete-documentation",
  "confirm-criterion",
  "pause-clock",
  "resume-clock",
  ...restrictingCommands,
  ...obligationCommands,
  "close",
  "accept-closure",
  "return-closure",
  "review-derogation",
  "reopen",
  "request-reopen",
  "decline-reopen",
] as const;
export type IncidentCommandName = (typeof incidentCommands)[number];

/** Those that may await somebody. */
export const awaitedCommands = [
  "accept",
  "accept-coordination",
  "acknowledge-escalation",
  "confirm-help",
  "join-team",
  "complete-task",
  "accept-workstream",
  "update-workstream",
  "declare-major",
  "raise-flag",
  "take-investigation",
  "confirm-restored",
  "accept-closure",
  "review-derogation",
  "record-submission",
  "reopen",
] as const satisfies readonly IncidentCommandName[];
export type AwaitedCommand = (typeof awaitedCommands)[number];

/** A level that one holds, and not its absence. */
export type GrantedLevel = Exclude<Level, null>;

/** `anyone`: whoever is admitted to the incident. `asked`: whoever was paged or assigned; also, when it may be taken
 *  unasked, whoever has the level named. */
export type Requirement =
  | { readonly kind: "anyone" }
  | { readonly kind: "asked"; readonly takenFrom: GrantedLevel | null }
  | {
      readonly kind: "level";
      readonly level: GrantedLevel;
      /** Needed instead once somebody has accepted the incident. */
      readonly onceAccepted?: GrantedLevel;
      /** Needed instead of what somebody outside reported, or is grave, until somebody has registered it. */
      readonly unjudged?: GrantedLevel;
      /** Needed instead to make it less urgent than somebody of that level held it to be, or to take off what is still asked of it
       *  once somebody has taken charge; more, anybody may propose. */
      readonly lowering?: GrantedLevel;
    };

export type ResponsibilityProfile = {
  readonly id: string;
  readonly grantable: readonly number[];
  /** Lowest level that may act outside its level in an emergency, with a reason. */
  readonly derogationFrom: GrantedLevel;
  /** What is judged afterwards presses nobody: no emergency lowers its level. */
  readonly neverDerogated: readonly IncidentCommandName[];
  /** Lowest level that may open what does not admit them, with a reason that all whom it admits are told. */
  readonly breaksGlassFrom: GrantedLevel;
  /** Who accepts at this level or above coordinates; below it a coordinator is asked for at once. */
  readonly coordinatesFrom: GrantedLevel;
  /** Lowest level that writes down that a team was exercised. */
  readonly notesExercisesFrom: GrantedLevel;
  /** Who is asked for first when a coordinator is wanted. */
  readonly askedToCoordinateFrom: GrantedLevel;
  readonly commands: Readonly<Record<IncidentCommandName, Requirement>>;
};

const level = (value: GrantedLevel): Requirement => ({ kind: "level", level: value });

export const sfia8: ResponsibilityProfile = {
  id: "sfia8",
  grantable: [2, 3, 4, 5],
  derogationFrom: 2,
  neverDerogated: [
    "lower-flag",
    "take-investigation",
    "accept-closure",
    "return-closure",
    "review-derogation",
    "link",
    "unlink",
    "request-reopen",
    "decline-reopen",
  ],
  breaksGlassFrom: 5,
  coordinatesFrom: 3,
  notesExercisesFrom: 4,
  askedToCoordinateFrom: 4,
  commands: {
    "add-observation": { kind: "anyone" },
    accept: { kind: "asked", takenFrom: 3 },
    decline: { kind: "asked", takenFrom: null },
    /* Of whoever joined: its decider says who did. */
    leave: { kind: "anyone" },
    "offer-coordination": level(3),
    "accept-coordination": { kind: "asked", takenFrom: 3 },
    "decline-coordination": { kind: "asked", takenFrom: 3 },
    "withdraw-coordination": level(3),
    "fill-role": level(3),
    "release-role": level(3),
    "add-task": level(2),
    "assign-task": level(2),
    /* Of their own by anybody: its decider says whose it is. */
    "complete-task": { kind: "anyone" },
    "cancel-task": level(3),
    "open-workstream": level(3),
    /* Of whoever leads it by anybody: its decider says whose it is. */
    "offer-workstream": { kind: "anyone" },
    "accept-workstream": { kind: "anyone" },
    "decline-workstream": { kind: "anyone" },
    "update-workstream": { kind: "anyone" },
    "finish-workstream": { kind: "anyone" },
    "plan-period": level(4),
    "revise-period": level(4),
    register: level(2),
    dismiss: { kind: "level", level: 2, unjudged: 3 },
    merge: { kind: "level", level: 2, onceAccepted: 4 },
    link: level(2),
    unlink: level(3),
    split: { kind: "level", level: 3, onceAccepted: 4 },
    categorise: { kind: "level", level: 2, lowering: 4 },
    "propose-major": level(2),
    "declare-major": level(4),
    "stand-down-major": level(4),
    "propose-flag": level(4),
    "raise-flag": level(5),
    "lower-flag": level(5),
    "take-investigation": level(5),
    "set-domains": level(2),
    gather: level(2),
    "set-impact-urgency": { kind: "level", level: 2, lowering: 4 },
    assign: level(2),
    "advise-persons": level(3),
    "declare-relapse": level(3),
    "confirm-priority": level(4),
    "override-priority": level(4),
    decide: level(4),
    escalate: level(4),
    "acknowledge-escalation": { kind: "asked", takenFrom: 4 },
    "return-escalation": { kind: "asked", takenFrom: 4 },
    "end-escalation": level(4),
    "set-aside-escalation": level(4),
    "ask-for-help": { kind: "anyone" },
    "confirm-help": level(4),
    /* Of their own by anybody: its decider says whose it is. */
    "dismiss-help": { kind: "anyone" },
    "activate-team": level(4),
    "join-team": { kind: "asked", takenFrom: null },
    "leave-team": { kind: "asked", takenFrom: null },
    "stand-down-team": level(4),
    "open-hypothesis": level(3),
    "add-evidence": level(3),
    "confirm-hypothesis": level(4),
    "rule-out-hypothesis": level(4),
    "link-known-error": level(3),
    "record-cause": level(4),
    "select-solution": level(4),
    "declare-restored": level(4),
    "declare-resolved": level(4),
    "open-recovery": level(4),
    "complete-recovery-item": level(3),
    "confirm-restored": { kind: "anyone" },
    "confirm-recovery": level(4),
    "complete-documentation": level(4),
    "confirm-criterion": level(4),
    "pause-clock": level(4),
    "resume-clock": level(4),
    restrict: level(3),
    "lift-restriction": level(5),
    "grant-access": level(4),
    "revoke-access": level(4),
    mark: level(3),
    "assess-obligation": level(4),
    "date-obligation": level(4),
    "describe-obligation": level(3),
    "record-submission": level(4),
    "withhold-notice": level(4),
    close: level(4),
    "accept-closure": level(5),
    "return-closure": level(5),
    "review-derogation": level(5),
    reopen: level(4),
    "request-reopen": level(3),
    "decline-reopen": level(4),
  },
};

/** The level that it takes where nothing asks more; 0 for what is not given by level. */
export function usualLevel(command: IncidentCommandName): number {
  const asked = sfia8.commands[command];
  return asked.kind === "level" ? asked.level : 0;
}

/** A level that may be granted, or why not. Null is a person without incident skills. */
export function grantLevel(value: number | null, profile: ResponsibilityProfile = sfia8): Level | Refusal {
  if (value === null) return null;
  if (profile.grantable.includes(value)) return value as GrantedLevel;
  return refuse("level-not-granted", { level: value, allowed: [...profile.grantable] });
}
