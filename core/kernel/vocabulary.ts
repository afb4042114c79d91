/** Plain types that many capabilities share: they carry no rule, so that each rule has one home elsewhere. */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Milliseconds since 1970-01-01T00:00:00Z. Text form (RFC 3339) exists only at the edges and inside hashes. */
export type Instant = number;

export type Language = "fr" | "en";

/** What a person reads: a language, or its variety in a place, where spacing, hours, dates and a few words differ. Data are
 *  in a language; only what is shown to somebody is in a locale. */
export const locales = ["fr", "fr-CA", "fr-FR", "en", "en-CA"] as const;
export type Locale = (typeof locales)[number];

export const languageOfLocale = (locale: Locale): Language => (locale.startsWith("en") ? "en" : "fr");
export type Priority = 1 | 2 | 3 | 4 | 5;
export type Impact = 1 | 2 | 3 | 4;
export type Urgency = 1 | 2 | 3 | 4;
/** Open list, edited by people of level 5: never an enumeration in code. */
/** The category that is declared and stood down, and not only given. */
/** In which somebody says whether it works again. `responder`: whoever holds the incident says so of their own work, which confirms
 *  nothing. */
export const capacities = ["owner", "user", "responder"] as const;
export type Capacity = (typeof capacities)[number];

/** Why something awaits somebody. `called`, `offered`, `addressed`, `yours`: by name, or by a team or function of theirs. `level`: theirs and that of others of
 *  their level. `owner`: they own its service. `holds`: they coordinate it, or have it. */
export const awaitedWhys = ["called", "offered", "addressed", "yours", "owner", "holds", "level"] as const;
export type AwaitedWhy = (typeof awaitedWhys)[number];

export const derogationVerdicts = ["justified", "not-justified"] as const;
export type DerogationVerdict = (typeof derogationVerdicts)[number];

/** Why it was found to be an incident (ITIL 4): what it does to a service; that users see what is not as it should be; that a target was
 *  missed and nobody saw it; that a part is not as specified; that somebody who knows says so. */
export const detectionReasons = [
  "interruption-or-degradation",
  "perceived",
  "target-missed",
  "out-of-specification",
  "expert-opinion",
] as const;
export type DetectionReason = (typeof detectionReasons)[number];
export const usualDetection = detectionReasons[0];

/** Where a finding comes from. `seen`: whoever writes it saw it; `system`: a log, a tool, a measurement. */
export const findingSources = ["seen", "person", "system", "document", "supplier"] as const;
export type FindingSource = (typeof findingSources)[number];
/** Which one: who said it, which log. */
export type FindingOrigin = {
  readonly source?: FindingSource | undefined;
  readonly sourceName?: string | undefined;
};
/** As it stands in the record: nothing, where nobody said. */
export const originOf = ({ source, sourceName }: FindingOrigin): FindingOrigin => ({
  ...(source && { source }),
  ...(sourceName && { sourceName }),
});

/** What speaks for a hypothesis, or against it. */
export const evidenceSides = ["for", "against"] as const;
export type EvidenceSide = (typeof evidenceSides)[number];

/** What a contributor is asked by a link. `working`: is it working again? */
/** What an incident is of another that it is linked to. */
export const linkKinds = ["related", "caused-by", "causes", "part-of", "has-part"] as const;
export type LinkKind = (typeof linkKinds)[number];

/** How a workstream ends where it is not split off. */
export const workstreamOutcomes = ["done", "dropped"] as const;
export type WorkstreamOutcome = (typeof workstreamOutcomes)[number];

/* `ticket`: of a supplier, under what number they have it, and how it stands. */
export const contributionKinds = ["question", "task", "file", "working", "ticket"] as const;
export type ContributionKind = (typeof contributionKinds)[number];

/** What an incident may be besides its categories. */
export const flags = ["serious", "non-routine"] as const;
export type Flag = (typeof flags)[number];

export const majorCategory = "major";
export type CategoryId = string;

/** What a step of an escalation policy may ask before it counts. */
export const conditionKinds = ["priority", "category", "service", "hours"] as const;
export type ConditionKind = (typeof conditionKinds)[number];

/** Categories that the conditions of one policy may name: a proof goes through every set of them. */
export const conditionCategoriesMax = 6;

/** How calls come to a policy whose reach is proved: by the service of an incident, or since it has none; by an escalation that
 *  names it; or when everybody else was out of reach. */
export const provedThrough = ["service", "escalation", "last-resort"] as const;
export type ProvedThrough = (typeof provedThrough)[number];

/** What becomes of a page in a replay: `nobody` when the policy reaches none at all, even if administrators are called as a last resort;
 *  `moved` when the same person is called in the same step, sooner or later. */
export const differenceKinds = ["someone-else", "nobody", "unsent", "new", "moved"] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

/** `turn`: of the same schedule, somebody else has the turn. `in-turn`: the step calls one after the other, and it is somebody
 *  else's turn. `step`: the steps name others, or other times. From `not-opened` on, what a rule about noise makes of its incident. */
export const differenceReasons = [
  "turn",
  "in-turn",
  "step",
  "unreached",
  "answered-sooner",
  "answered-later",
  "no-more-steps",
  "more-steps",
  "not-opened",
  "still-waits",
  "joined",
  "opened",
  "opened-later",
  "opened-sooner",
  "asked-anew",
  "not-asked-anew",
] as const;
export type DifferenceReason = (typeof differenceReasons)[number];

/** What becomes of an incident of machines when rules about noise change. `not-opened`: over before anything was raised.
 *  `still-waits`: it would still. `joined`: its alerts are in the incident of another. */
export const incidentChangeKinds = ["not-opened", "still-waits", "joined", "later", "sooner", "opened"] as const;
export type IncidentChangeKind = (typeof incidentChangeKinds)[number];

/** SFIA responsibility level of this skill; null is a person without incident skills, who still takes part. */
export type Level = 2 | 3 | 4 | 5 | null;

export const milestones = [
  "reported",
  "registered",
  "categorised",
  "prioritised",
  "assigned",
  "accepted",
  "diagnosed",
  "restored",
  "resolved",
  "recovered",
  "documented",
  "closed",
] as const;
export type Milestone = (typeof milestones)[number];

export const stages = [
  "reported",
  "registered",
  "categorised",
  "assigned",
  "investigating",
  "diagnosing",
  "resolving",
  "restored",
  "resolved",
  "recovering",
  "closed",
  "dismissed",
  "merged",
] as const;
export type Stage = (typeof stages)[number];

export const endedStages: readonly Stage[] = ["closed", "dismissed", "merged"];
export const openStages: readonly Stage[] = stages.filter((stage) => !endedStages.includes(stage));

/** Who acted. `system` is Tocsin itself, always with the cause that made it act. */
export type ActorKind = "person" | "integration" | "anonymous" | "system";

/** How the act reached us, kept in the record as part of its cause. */
export type Via =
  | "session"
  | "token"
  | "ack-link"
  /** Of a contributor. */
  | "link"
  | "console"
  | "integration"
  | "form"
  | "timer"
  | "channel"
  | "desk";

export type Actor = {
  readonly kind: ActorKind;
  readonly id: string | null;
  readonly name: string;
  readonly level: Level;
  /** Administration is not a level: it gives no right over incidents. */
  readonly admin: boolean;
  readonly teams: readonly string[];
  /** Duty functions this person belongs to. */
  readonly functions: readonly string[];
  /** The person under whose rule a machine acts: whoever set the integration up. */
  readonly onBehalfOf: string | null;
  readonly via: Via;
};

export type Severity = "critical" | "error" | "warning" | "info";

/** How far something may be told on, from the widest to the narrowest: FIRST's Traffic Light Protocol 2.0. */
export const tlps = ["clear", "green", "amber", "amber+strict", "red"] as const;
export type Tlp = (typeof tlps)[number];

/** Nothing of it goes to another organisation: not in a letter, not behind a link, not on being asked. */
export const staysInside = (tlp: Tlp | null | undefined): boolean => tlp === "amber+strict" || tlp === "red";

/** Why a known error may be what an incident shows. */
export const likelyReasons = ["service", "words"] as const;
export type LikelyReason = (typeof likelyReasons)[number];

/** Why escalating is proposed, the most pressing first. */
export const escalationReasons = [
  "safety",
  "silent",
  "missed",
  "legal-duty",
  "nearing",
  "cost",
  "authority",
  "reopened",
  "handed-on",
  "no-hypothesis",
] as const;
export type EscalationReason = (typeof escalationReasons)[number];
