/** What a replay keeps of the record of an incident: each time paging began, for the incident, for one of its escalations or for a team
 *  that was activated, and when and by whom it was answered. */
import { type About, aboutNothing } from "../escalation/conditions.ts";
import type { StartedBecause } from "../escalation/events.ts";
import type { Activation } from "../incidents/teams.ts";
import type { CategoryId, Instant, Priority } from "../kernel/vocabulary.ts";

/** Facts that a history is made of; any other is passed over. */
export const replayedFacts = [
  "priority.proposed",
  "priority.confirmed",
  "priority.overridden",
  "category.proposed",
  "incident.categorised",
  "paging.started",
  "page.requested",
  "paging.stopped",
  "assignment.accepted",
  "assignment.declined",
  "escalation.requested",
  "escalation.acknowledged",
  "escalation.returned",
  "escalation.ended",
  "team.activated",
  "team.joined",
  "team.left",
  "team.quorum-met",
  "team.stood-down",
  "service.restored",
  "incident.resolved",
  "incident.closed",
  "incident.dismissed",
  "incident.merged",
] as const;

/** A team as it was activated. */
export type CalledTeam = Pick<Activation, "team" | "name" | "charter">;

/** An entry of the record, without what a replay has no use for. */
export type PastFact = {
  readonly type: string;
  readonly at: Instant;
  readonly personId: string | null;
  readonly priority: number | null;
  readonly categories: readonly CategoryId[];
  /** Why paging began. */
  readonly reason: string | null;
  /** Whom it was assigned to, when that is why. */
  readonly assigned: readonly string[];
  /** Of which of its calls besides those for the incident itself, by their number; null: of the incident itself. */
  readonly escalation?: number | null;
  /** Whom an escalation was addressed to. */
  readonly to?: string | null;
  /** What team was activated. */
  readonly called?: CalledTeam | null;
};

export type PastIncident = { readonly id: string; readonly number: string; readonly serviceId: string | null };

/** Somebody did something so long after they were first called. */
export type Reply = { readonly personId: string; readonly afterMs: number };

export type Learned = { readonly at: Instant; readonly about: About };

export type PastPaging = {
  readonly incident: PastIncident;
  readonly startedAt: Instant;
  readonly reason: StartedBecause;
  /** When it called for an escalation: which, and whom it was addressed to. */
  readonly escalation?: { readonly number: number; readonly to: string };
  /** When it called a team together. */
  readonly team?: CalledTeam & { readonly number: number };
  /** What was known of the incident when paging began, and what was learned while it went on, in order. */
  readonly learned: readonly Learned[];
  readonly assigned: readonly string[];
  /** By each who accepted and had been called, in order. */
  readonly answers: readonly Reply[];
  readonly declined: readonly Reply[];
  /** From then on nobody had to be called, whatever was answered: it was over, somebody came uncalled, or paging began anew. */
  readonly endsAt: Instant;
};

export const isOfIncidentItself = ({ escalation, team }: PastPaging): boolean =>
  escalation === undefined && team === undefined;

type Open = {
  startedAt: Instant;
  reason: StartedBecause;
  learned: Learned[];
  assigned: readonly string[];
  answers: Reply[];
  declined: Reply[];
  endsAt: Instant | null;
  calledAt: Map<string, Instant>;
};

/** In the order of the record. The last resort is part of the paging that came to it. What goes on is looked at until then:
 *  no page of the time to come is one of the past. */
export function pagingsOf(incident: PastIncident, facts: readonly PastFact[], until: Instant): PastPaging[] {
  const asked = facts.flatMap(({ type, escalation, to }) =>
    type === "escalation.requested" && escalation != null && to != null ? [{ number: escalation, to }] : [],
  );
  const teams = facts.flatMap(({ type, escalation, called }) =>
    type === "team.activated" && escalation != null && called ? [{ number: escalation, ...called }] : [],
  );
  return [
    ...pagingsFor(incident, facts.filter(isOfIncident), until),
    ...asked.flatMap((escalation) =>
      pagingsFor(incident, facts.filter(isOfEscalation(escalation.number)), until).map((one) => ({
        ...one,
        escalation,
      })),
    ),
    ...teams.flatMap((team) =>
      pagingsFor(incident, facts.filter(isOfTeam(team.number)), until).map((one) => ({ ...one, team })),
    ),
  ];
}

const isOfIncident = ({ type, escalation = null }: PastFact): boolean =>
  escalation === null && !type.startsWith("escalation.");

/** Its own, and what is learned of the incident, or ends it: whoever takes the incident answers no escalation. */
const isOfEscalation =
  (number: number) =>
  ({ type, escalation = null }: PastFact): boolean =>
    escalation === number || (escalation === null && !/^(paging|page|assignment|escalation)\./.test(type));

/** It is called until it is stood down, also when the service is back: that its calls were stopped for it is a fact of its own. */
const isOfTeam =
  (number: number) =>
  ({ type, escalation = null }: PastFact): boolean =>
    escalation === number ||
    (escalation === null && /^(priority\.|category\.|incident\.(categorised|closed|dismissed|merged)$)/.test(type));

function pagingsFor(incident: PastIncident, facts: readonly PastFact[], until: Instant): PastPaging[] {
  const found: Open[] = [];
  let about: About = { ...aboutNothing, service: incident.serviceId };
  let categorised = false;
  for (const fact of facts) {
    const here = found.at(-1);
    if (fact.type.startsWith("priority.") || fact.type.endsWith("categorised") || fact.type === "category.proposed") {
      about = learnedOf(about, fact, categorised);
      categorised ||= fact.type === "incident.categorised";
      if (here && here.endsAt === null) here.learned.push({ at: fact.at, about });
    } else if (fact.type === "paging.started") {
      if (fact.reason === "policy-reached-nobody") continue;
      if (here) here.endsAt ??= fact.at;
      found.push(begun(fact, about));
    } else if (here && here.endsAt === null) note(here, fact);
  }
  return found.map(({ calledAt: _, ...one }) => ({ incident, ...one, endsAt: one.endsAt ?? until }));
}

/** A category that somebody said stands before any that was proposed. */
function learnedOf(about: About, { type, priority, categories }: PastFact, categorised: boolean): About {
  if (type.startsWith("priority.")) return { ...about, priority: (priority as Priority | null) ?? about.priority };
  return type === "category.proposed" && categorised ? about : { ...about, categories };
}

const begun = ({ at, reason, assigned }: PastFact, about: About): Open => ({
  startedAt: at,
  reason: reason as StartedBecause,
  learned: [{ at, about }],
  assigned,
  answers: [],
  declined: [],
  endsAt: null,
  calledAt: new Map(),
});

/** As it was known at that instant. */
export const knownAt = ({ learned }: PastPaging, at: Instant): About =>
  learned.findLast((one) => one.at <= at)?.about ?? learned[0]?.about ?? aboutNothing;

function note(here: Open, { type, at, personId }: PastFact): void {
  const called = personId === null ? undefined : here.calledAt.get(personId);
  switch (type) {
    case "page.requested":
      if (personId !== null && called === undefined) here.calledAt.set(personId, at);
      return;
    case "assignment.accepted":
    case "escalation.acknowledged":
      if (personId !== null && called !== undefined) here.answers.push({ personId, afterMs: at - called });
      else if (here.answers.length === 0) here.endsAt = at;
      return;
    case "team.joined":
      if (personId !== null && called !== undefined) here.answers.push({ personId, afterMs: at - called });
      return;
    case "escalation.requested":
    case "team.activated":
      return;
    case "team.left":
      if (personId !== null && called !== undefined && !here.answers.some((one) => one.personId === personId))
        here.declined.push({ personId, afterMs: at - called });
      return;
    case "assignment.declined":
      if (personId !== null && called !== undefined && here.answers.length === 0)
        here.declined.push({ personId, afterMs: at - called });
      return;
    case "escalation.returned":
    case "escalation.ended":
    case "team.quorum-met":
    case "paging.stopped":
      /* Stopped by the answer, which is known already. */
      if (here.answers.length === 0) here.endsAt = at;
      return;
    default:
      here.endsAt = at;
  }
}
