/** The legal clocks of an incident: how each leg of each law that was assessed stands, and what is to be said of it. No priority,
 *  no pause and no end of the incident moves any of them. */
import { hourMs } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { counts } from "../obligations/assessment.ts";
import type { Known } from "../obligations/clock.ts";
import { type Due, duesOf } from "../obligations/dues.ts";
import { forceOf } from "../obligations/laws.ts";
import type { WorkingDays } from "../obligations/limit.ts";
import { warningShares } from "../oncall/business-time.ts";
import type { Obligation } from "./obligations.ts";
import type { IncidentState } from "./state.ts";

/** Days on which the place of a law works, as the organisation has it. */
export type DaysOf = (law: string) => WorkingDays;

export type LegalLeg = Due & {
  /** By the organisation's own target, where the law gives no figure. */
  readonly targetAt: Instant | null;
  /** When it is to be told: by law, else by the target; after a hold, what is left then. Null once nothing presses. */
  readonly pressesAt: Instant | null;
  /** From when on that is counted. */
  readonly since: Instant | null;
};

export function knownOf(obligation: Obligation, days: WorkingDays): Known {
  const submissions = new Map<string, Instant[]>();
  for (const { leg, at } of obligation.submissions) submissions.set(leg, [...(submissions.get(leg) ?? []), at]);
  return {
    facts: new Map(Object.entries(obligation.facts).map(([name, { at }]) => [name, at])),
    submissions,
    traits: new Set(obligation.traits),
    holds: obligation.holds,
    days,
    inForce: forceOf(obligation, days.zone),
  };
}

export function legalLegsOf(obligation: Obligation, days: WorkingDays): LegalLeg[] {
  const known = knownOf(obligation, days);
  return duesOf(obligation.legs, known).map((due, index): LegalLeg => {
    const targetHours = obligation.targets[due.leg];
    const targeted = due.standing === "no-period" && due.startedAt !== null && targetHours !== undefined;
    const targetAt = targeted ? (due.startedAt ?? 0) + targetHours * hourMs : null;
    const at = due.standing === "running" ? due.dueAt : due.standing === "no-period" ? targetAt : null;
    const cap = obligation.legs[index]?.atLatest?.start;
    const capped = cap && "fact" in cap ? (known.facts.get(cap.fact) ?? null) : null;
    const pressesAt = at === null || due.submitted !== null || !counts(obligation.outcome) ? null : heldUntil(due, at);
    return { ...due, targetAt, pressesAt, since: due.startedAt ?? capped };
  });
}

/** Null while it may be withheld without an end. */
function heldUntil({ withheld }: Due, at: Instant): Instant | null {
  let presses: Instant | null = at;
  for (const { until, dueAfter } of withheld) {
    if (until === null) return null;
    presses = Math.max(presses, until, dueAfter ?? 0);
  }
  return presses;
}

export type LegalSaying = {
  readonly law: string;
  readonly leg: string;
  readonly share: (typeof warningShares)[number];
  readonly at: Instant;
  readonly since: Instant;
  readonly dueAt: Instant;
  /** Its own target, and no limit of the law. */
  readonly own: boolean;
};

type Bearing = Pick<IncidentState, "obligations">;

/** The highest share of each that has passed by then and was not said, and when the next is to be. */
export function legalSayingsOf(
  { obligations = [] }: Bearing,
  daysOf: DaysOf,
  at: Instant,
): { readonly now: readonly LegalSaying[]; readonly nextAt: Instant | null } {
  const now: LegalSaying[] = [];
  let nextAt: Instant | null = null;
  for (const obligation of obligations)
    for (const one of legalLegsOf(obligation, daysOf(obligation.law))) {
      const { reached, next } = sharesOf(obligation, one, at);
      if (reached) now.push(reached);
      if (next !== null && (nextAt === null || next < nextAt)) nextAt = next;
    }
  return { now, nextAt };
}

const beforeMissed = 99;

function sharesOf(
  { law, said }: Obligation,
  { leg, since, pressesAt, targetAt, withheld }: LegalLeg,
  at: Instant,
): { readonly reached: LegalSaying | null; readonly next: Instant | null } {
  if (pressesAt === null || since === null) return { reached: null, next: null };
  const before = said[leg];
  const told = before?.since === since ? before.share : 0;
  /* Said as missed, and lawfully withheld since: it is missed once more when what is left after the hold has passed. */
  const again = told === 100 && withheld.length > 0 && (before?.due ?? pressesAt) < pressesAt;
  const from = again ? beforeMissed : told;
  let reached: LegalSaying | null = null;
  for (const share of warningShares) {
    if (share <= from) continue;
    const when = since + Math.round(((pressesAt - since) * share) / 100);
    if (when > at) return { reached, next: when };
    reached = { law, leg, share, at: when, since, dueAt: pressesAt, own: targetAt !== null };
  }
  return { reached, next: null };
}

/** What is due first of all that is to be told. */
export function soonestLeg(state: Bearing, daysOf: DaysOf): { law: string; leg: string; dueAt: Instant } | null {
  let soonest: { law: string; leg: string; dueAt: Instant } | null = null;
  for (const obligation of state.obligations ?? [])
    for (const { leg, pressesAt } of legalLegsOf(obligation, daysOf(obligation.law)))
      if (pressesAt !== null && pressesAt < (soonest?.dueAt ?? Number.POSITIVE_INFINITY))
        soonest = { law: obligation.law, leg, dueAt: pressesAt };
  return soonest;
}
