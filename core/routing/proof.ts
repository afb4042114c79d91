/** Proof of reach for all that can be paged: each service, and what has none, at both urgencies. */
import type { Policy, Roster } from "../escalation/policy.ts";
import { proveReach, type ReachDemand, type ReachSpan, turnsFor } from "../escalation/reach.ts";
import { lengthOf, type Span, subtract } from "../kernel/spans.ts";
import type { PageUrgency } from "../notification/turns.ts";
import { type RoutingKnown, route } from "./route.ts";

export type DeskDemand = Omit<ReachDemand, "urgency">;
export type ProvedSubject = {
  /** Null: an incident of no service. */
  readonly serviceId: string | null;
  readonly urgency: PageUrgency;
  readonly policy: Policy;
  readonly spans: readonly ReachSpan[];
};

const urgencies: readonly PageUrgency[] = ["high", "low"];

/** Services that share a policy share its proof. */
export function proveDesk(known: RoutingKnown, roster: Roster, demand: DeskDemand): ProvedSubject[] {
  const turns = turnsFor(roster, { ...demand, urgency: "high" });
  const proved = new Map<Policy, Map<PageUrgency, readonly ReachSpan[]>>();
  const prove = (policy: Policy, urgency: PageUrgency): readonly ReachSpan[] => {
    const of = proved.get(policy) ?? new Map<PageUrgency, readonly ReachSpan[]>();
    proved.set(policy, of);
    const spans = of.get(urgency) ?? proveReach(policy, roster, { ...demand, urgency }, turns);
    of.set(urgency, spans);
    return spans;
  };
  return [...known.services.keys(), null].flatMap((serviceId) => {
    const { policy } = route(serviceId, known);
    return urgencies.map((urgency) => ({ serviceId, urgency, policy, spans: prove(policy, urgency) }));
  });
}

export const holesOf = (spans: readonly ReachSpan[]): ReachSpan[] => spans.filter(({ state }) => state === "hole");
/** In milliseconds. */
export const holeLength = (spans: readonly ReachSpan[]): number => lengthOf(holesOf(spans));

export type NewHole = Span & { readonly subject: ProvedSubject };

/** Time in which nobody would be reached after a change, and somebody would before it. */
export function newHoles(before: readonly ProvedSubject[], after: readonly ProvedSubject[]): NewHole[] {
  const keyOf = ({ serviceId, urgency }: ProvedSubject): string => `${serviceId}/${urgency}`;
  const known = new Map(before.map((one) => [keyOf(one), holesOf(one.spans)]));
  return after.flatMap((subject) =>
    subtract(holesOf(subject.spans), known.get(keyOf(subject)) ?? []).map((span) => ({ ...span, subject })),
  );
}
