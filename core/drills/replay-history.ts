/** What a replay keeps of the record of an incident: each time paging began, and when and by whom it was answered. */
import type { StartedBecause } from "../escalation/events.ts";
import type { Instant, Priority } from "../kernel/vocabulary.ts";

/** Facts that a history is made of; any other is passed over. */
export const replayedFacts = [
  "priority.proposed",
  "priority.confirmed",
  "priority.overridden",
  "paging.started",
  "page.requested",
  "paging.stopped",
  "assignment.accepted",
  "assignment.declined",
  "service.restored",
  "incident.resolved",
  "incident.closed",
  "incident.dismissed",
  "incident.merged",
] as const;

/** An entry of the record, without what a replay has no use for. */
export type PastFact = {
  readonly type: string;
  readonly at: Instant;
  readonly personId: string | null;
  readonly priority: number | null;
  /** Why paging began. */
  readonly reason: string | null;
  /** Whom it was assigned to, when that is why. */
  readonly assigned: readonly string[];
};

export type PastIncident = { readonly id: string; readonly number: string; readonly serviceId: string | null };

/** Somebody did something so long after they were first called. */
export type Reply = { readonly personId: string; readonly afterMs: number };

export type PastPaging = {
  readonly incident: PastIncident;
  readonly startedAt: Instant;
  readonly reason: StartedBecause;
  /** As it was when paging began. */
  readonly priority: Priority | null;
  readonly assigned: readonly string[];
  /** By whoever accepted, if they had been called. */
  readonly answer: Reply | null;
  readonly declined: readonly Reply[];
  /** From then on nobody had to be called, whatever was answered: it was over, somebody came uncalled, or paging began anew. */
  readonly endsAt: Instant;
};

type Open = {
  startedAt: Instant;
  reason: StartedBecause;
  priority: Priority | null;
  assigned: readonly string[];
  answer: Reply | null;
  declined: Reply[];
  endsAt: Instant | null;
  calledAt: Map<string, Instant>;
};

/** In the order of the record. The last resort is part of the paging that came to it. What goes on is looked at until then:
 *  no page of the time to come is one of the past. */
export function pagingsOf(incident: PastIncident, facts: readonly PastFact[], until: Instant): PastPaging[] {
  const found: Open[] = [];
  let priority: Priority | null = null;
  for (const fact of facts) {
    const here = found.at(-1);
    if (fact.type.startsWith("priority.")) priority = (fact.priority as Priority | null) ?? priority;
    else if (fact.type === "paging.started") {
      if (fact.reason === "policy-reached-nobody") continue;
      if (here) here.endsAt ??= fact.at;
      found.push(begun(fact, priority));
    } else if (here && here.endsAt === null) note(here, fact);
  }
  return found.map(({ calledAt: _, ...one }) => ({ incident, ...one, endsAt: one.endsAt ?? until }));
}

const begun = ({ at, reason, assigned }: PastFact, priority: Priority | null): Open => ({
  startedAt: at,
  reason: reason as StartedBecause,
  priority,
  assigned,
  answer: null,
  declined: [],
  endsAt: null,
  calledAt: new Map(),
});

function note(here: Open, { type, at, personId }: PastFact): void {
  const called = personId === null ? undefined : here.calledAt.get(personId);
  switch (type) {
    case "page.requested":
      if (personId !== null && called === undefined) here.calledAt.set(personId, at);
      return;
    case "assignment.accepted":
      if (here.answer !== null) return;
      if (personId === null || called === undefined) here.endsAt = at;
      else here.answer = { personId, afterMs: at - called };
      return;
    case "assignment.declined":
      if (personId !== null && called !== undefined && here.answer === null)
        here.declined.push({ personId, afterMs: at - called });
      return;
    case "paging.stopped":
      /* Stopped by the answer, which is known already. */
      if (here.answer === null) here.endsAt = at;
      return;
    default:
      here.endsAt = at;
  }
}
