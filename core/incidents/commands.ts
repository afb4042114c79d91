/** Commands of an incident, each with its own input. The contract's HTTP bodies parse into exactly these. */
import type { CategoryProcess } from "../directory/category-process.ts";
import type { KnownError } from "../directory/known-errors.ts";
import type { IncidentCommandName } from "../directory/responsibility.ts";
import type { Envelope } from "../kernel/stamp.ts";
import type {
  CategoryId,
  DerogationVerdict,
  DetectionReason,
  EscalationReason,
  EvidenceSide,
  FindingOrigin,
  Flag,
  Impact,
  Language,
  Level,
  LinkKind,
  Priority,
  Tlp,
  Urgency,
  WorkstreamOutcome,
} from "../kernel/vocabulary.ts";
import type { Answers, Outcome } from "../obligations/assessment.ts";
import type { Law } from "../obligations/law.ts";
import type { Brief } from "./brief.ts";
import type { Exceeding } from "./diagnosis.ts";
import type { Standing } from "./escalation-proposals.ts";
import type { EscalationKind } from "./escalations.ts";
import type { Assignee } from "./events.ts";
import type { LinkTarget } from "./links.ts";
import type { Party } from "./restricting.ts";
import type { NamedCharter } from "./teams.ts";
import type { Duties } from "./unsettled.ts";

export type CommandInputs = {
  /** Absent: as nearly always. */
  register: { detectedAs?: DetectionReason | undefined };
  dismiss: Record<string, never>;
  merge: { into: MergeTarget };
  /** `processes`: found by the desk, what each of them asks now. */
  categorise: { categories: readonly CategoryId[]; processes?: readonly CategoryProcess[] };
  "propose-major": Record<string, never>;
  /** `processes`: found by the desk, as for `categorise`. */
  "declare-major": { processes?: readonly CategoryProcess[] };
  "stand-down-major": { processes?: readonly CategoryProcess[] };
  "propose-flag": { flag: Flag };
  "raise-flag": { flag: Flag };
  "lower-flag": { flag: Flag };
  "take-investigation": Record<string, never>;
  "set-domains": { domains: readonly string[] };
  gather: { question: string; answer: string | null };
  /** `floor`: the impact is at least so; the desk finds it. */
  "set-impact-urgency": { impact: Impact; urgency: Urgency; floor?: Impact | undefined };
  "confirm-priority": { impact: Impact; urgency: Urgency };
  "override-priority": { priority: Priority };
  assign: Assignee;
  accept: Record<string, never>;
  /** `only`: given back for somebody who may no longer coordinate; what they accepted besides stays theirs. */
  decline: Record<string, never> | { only: "coordination" };
  leave: Record<string, never>;
  /** `to`, here and below: found by the desk, whom `person` names. */
  "offer-coordination": { person: string; to?: Holding };
  /** `brief`: made by the desk, what is known now. */
  "accept-coordination": { brief?: Brief };
  "decline-coordination": Record<string, never>;
  "withdraw-coordination": Record<string, never>;
  /** `name`: of somebody without an account, for a role that anybody may hold. */
  "fill-role": { role: string; person?: string | undefined; name?: string | undefined; to?: Holding };
  "release-role": { role: string };
  /** `period`: for which of its operational periods; without it, the one in force. */
  "add-task": {
    text: string;
    person?: string | undefined;
    due?: string | null | undefined;
    period?: number | undefined;
    workstream?: number | undefined;
    to?: Holding;
  };
  /** `workstream`: null takes it out of the one it is in. */
  "assign-task": {
    task: number;
    person?: string | undefined;
    due?: string | null | undefined;
    workstream?: number | null | undefined;
    to?: Holding;
  };
  "complete-task": { task: number; text: string | null };
  "cancel-task": { task: number };
  /** `target`: found by the desk, what it knows of the other. */
  link: { incident: string; kind: LinkKind; target?: LinkTarget };
  unlink: { incident: string; target?: LinkTarget };
  /** `tasks`: by their numbers; `person`: who has the new one, else whoever leads the workstream; `into`: made by the desk. */
  split: {
    title: string;
    workstream?: number | undefined;
    tasks?: readonly number[] | undefined;
    alerts?: readonly AlertRef[] | undefined;
    person?: string | undefined;
    into?: string;
    /** It has as many links as it may, of those that whoever asks may see. */
    full?: boolean;
  };
  /** `person`: who is asked to lead it; whoever opens it does until they accept. */
  "open-workstream": {
    title: string;
    purpose: string;
    person?: string | undefined;
    team?: string | undefined;
    due?: string | null | undefined;
    to?: Holding;
  };
  "offer-workstream": { workstream: number; person: string; to?: Holding };
  "accept-workstream": { workstream: number };
  "decline-workstream": { workstream: number };
  /** `text`: what is new, or what it waits for; `on`: for which other one. */
  "update-workstream": {
    workstream: number;
    status: "under-way" | "blocked";
    text: string;
    on?: number | null | undefined;
    due?: string | null | undefined;
  };
  "finish-workstream": { workstream: number; outcome: WorkstreamOutcome; text: string };
  /** `from`: without it, it follows the one before. */
  "plan-period": {
    until: string;
    from?: string | undefined;
    situation: string;
    objectives: readonly string[];
  };
  "revise-period": {
    until?: string | undefined;
    situation?: string | undefined;
    objectives?: readonly string[] | undefined;
  };
  "advise-persons": { persons: readonly string[]; text: string };
  "add-observation": { text: string } & FindingOrigin;
  decide: {
    text: string;
    options: readonly string[];
    why?: string | null | undefined;
    decidedBy?: string | null | undefined;
  };
  escalate: { kind: EscalationKind; to: string; expected: string };
  /** Without a number, the newest that waits for it. */
  "acknowledge-escalation": { escalation?: number | undefined };
  "return-escalation": { escalation?: number | undefined };
  "end-escalation": { escalation?: number | undefined };
  /** `because`: as its reader saw it proposed; `proposal`: what the desk finds proposed. */
  "set-aside-escalation": { because?: EscalationReason | undefined; proposal?: Standing | null };
  "ask-for-help": { text: string };
  "confirm-help": { number: number; kind: EscalationKind; to: string };
  "dismiss-help": { number: number };
  /** `charter`: found by the desk, what the team is for; absent where it has none. */
  "activate-team": { team: string; charter?: NamedCharter };
  /** Without a number, the newest that fits. `called`: found by the desk, by which activations this person is. */
  "join-team": { activation?: number | undefined; role?: string | undefined; called?: readonly number[] };
  "leave-team": { activation?: number | undefined; called?: readonly number[] };
  "stand-down-team": { activation?: number | undefined };
  "open-hypothesis": { text: string };
  "add-evidence": { hypothesis: number; side: EvidenceSide; text: string } & FindingOrigin;
  /** `text`: what shows it. */
  "confirm-hypothesis": { hypothesis: number; text: string };
  "rule-out-hypothesis": { hypothesis: number; text: string };
  /** `ruledOut`: it does not show it after all. `known`: found by the desk; absent where there is none. */
  "link-known-error": {
    knownError: string;
    ruledOut?: boolean | undefined;
    known?: Pick<KnownError, "nameFr" | "nameEn" | "retired">;
  };
  "record-cause": { text: string };
  /** `considered`: weighed, and set aside. */
  "select-solution": {
    text: string;
    considered: readonly string[];
    why?: string | null | undefined;
    exceeds?: Exceeding | null | undefined;
  };
  "declare-restored": { text: string | null };
  "declare-relapse": { text: string };
  "declare-resolved": { solution: string; cause: string | null; causeUnknown: boolean };
  "open-recovery": Record<string, never>;
  "complete-recovery-item": { item: string; text: string | null; notNeeded: boolean };
  /** `owns`: found by the desk, whether they own a service that it concerns. */
  "confirm-restored": { working: boolean; text: string | null; owns?: boolean };
  /** `confirmedBy`: who said that it works again, and how, where they did not say so here. */
  "confirm-recovery": { text: string; notNeeded: boolean; confirmedBy?: string | null | undefined };
  "complete-documentation": {
    language: Language;
    summary: string;
    impact: string;
    workaround: string | null;
    lessons: string | null;
    /** Why it was found to be an incident, where that was something else than was said. */
    detectedAs?: DetectionReason | undefined;
  };
  /** `duties`: found by the desk, how those stand that laws lay on the incident. */
  "confirm-criterion": { criterion: string; text: string | null; notNeeded: boolean; duties?: Duties };
  /** `allowed`, `runs`: found by the desk, what its categories let stop the clocks, and whether there is one to be stopped. */
  "pause-clock": {
    pause: string;
    until?: string | null | undefined;
    allowed?: readonly { readonly id: string; readonly minutes: number }[];
    runs?: boolean;
  };
  "resume-clock": Record<string, never>;
  /** `also`: found by the desk, who is told of it besides whoever restricts it. */
  restrict: { also?: readonly Party[] };
  "lift-restriction": Record<string, never>;
  "grant-access": PartyNamed;
  "revoke-access": PartyNamed;
  mark: { tlp: Tlp | null };
  /** `bound`: found by the desk, what the law says and how the organisation says that it is its own; absent where it does not. */
  "assess-obligation": {
    law: string;
    outcome: Outcome;
    answers: Answers;
    traits: readonly string[];
    text: string;
    bound?: Bound;
  };
  "date-obligation": { law: string; fact: string; at: string | null; toldBy?: string | null | undefined };
  /** `asked`: found by the desk, all that its submissions and registers have to say. */
  "describe-obligation": {
    law: string;
    fields: Readonly<Record<string, string | null>>;
    asked?: readonly string[];
  };
  "record-submission": {
    law: string;
    leg: string;
    at: string;
    by?: string | undefined;
    reference?: string | null | undefined;
    way?: string | null | undefined;
    attachment?: string | null | undefined;
    /** It was recorded by mistake. */
    withdrawn?: boolean | undefined;
  };
  "withhold-notice": {
    law: string;
    legs: readonly string[];
    authority: string;
    from?: string | undefined;
    until?: string | null | undefined;
  };
  /** `duties`: as of `confirm-criterion`. */
  close: { duties?: Duties };
  /** `text`: what was looked at, or is to be kept from it. */
  "accept-closure": { text: string | null };
  "return-closure": Record<string, never>;
  "review-derogation": { number: number; verdict: DerogationVerdict; text: string | null };
  reopen: Record<string, never>;
  "request-reopen": Record<string, never>;
  "decline-reopen": Record<string, never>;
};

/** A law that is one's own. */
export type Bound = {
  readonly law: Pick<Law, "version" | "status" | "inForceFrom" | "legs">;
  readonly questions: readonly string[];
  readonly traits: readonly string[];
  readonly targets: Readonly<Record<string, number>>;
};

/** One of the three; `to`: found by the desk. */
export type PartyNamed = {
  person?: string | undefined;
  team?: string | undefined;
  function?: string | undefined;
  to?: Party;
};

/** Whom a command names, with the level they have now. */
export type Holding = { readonly id: string; readonly name: string; readonly level: Level };

/** A live alert, as the desk finds it. */
export type AlertRef = { readonly integrationId: string; readonly key: string; readonly groupKey: string };

/** Resolved by the desk before deciding: the decider of one incident knows no other. */
export type MergeTarget = {
  id: string;
  number: string;
  ended: boolean;
  exercise: boolean;
  restricted?: boolean;
  /** How many of the open tasks it takes over: none where whoever reads it may not read them. */
  room?: number;
};

export type IncidentCommand = {
  [Name in IncidentCommandName]: {
    readonly name: Name;
    readonly input: CommandInputs[Name];
    readonly envelope: Envelope;
    /** Alerts of a source that re-sends its state and has not stopped firing (Prometheus, Alertmanager). */
    readonly firing?: number;
    /** More people are wanted than have accepted, and this is one of them. */
    readonly joins?: boolean;
  };
}[IncidentCommandName];
