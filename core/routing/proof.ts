/** Proof of reach for all that can be paged: each service, and what has none, at both urgencies; and apart, each sort of
 *  incident that the conditions of its policy tell from others. */

import { type About, aboutNothing, unmetAlways } from "../escalation/conditions.ts";
import { builtInPolicy, escalationPolicy, type Policy, type Roster } from "../escalation/policy.ts";
import {
  proveReach,
  type ReachDemand,
  type ReachReason,
  type ReachSpan,
  reachAt,
  turnsFor,
} from "../escalation/reach.ts";
import { lengthOf, type Span, subtract } from "../kernel/spans.ts";
import type { CategoryId, Priority } from "../kernel/vocabulary.ts";
import { conditionCategoriesMax } from "../kernel/vocabulary.ts";
import { type PageUrgency, urgencyOf } from "../notification/turns.ts";
import { type RoutingKnown, route } from "./route.ts";

export type DeskDemand = Omit<ReachDemand, "urgency" | "about">;
export type ProvedSubject = {
  /** Null: an incident of no service. */
  readonly serviceId: string | null;
  readonly urgency: PageUrgency;
  /** Incidents that conditions tell from others of this service and urgency; null where none does. */
  readonly sort: Sort | null;
  readonly policy: Policy;
  readonly spans: readonly ReachSpan[];
};

/** Of these priorities, and of just these categories among those that conditions name. */
export type Sort = { readonly priorities: readonly Priority[]; readonly categories: readonly CategoryId[] };

const urgencies: readonly PageUrgency[] = ["high", "low"];
const priorities: readonly Priority[] = [1, 2, 3, 4, 5];

/** Services that share a policy share its proof, as far as its conditions see no difference between them. */
export function proveDesk(known: RoutingKnown, roster: Roster, demand: DeskDemand): ProvedSubject[] {
  const turns = turnsFor(roster, demand);
  const proved = new Map<Policy, Map<string, readonly ReachSpan[]>>();
  const prove = (policy: Policy, urgency: PageUrgency, about: About): readonly ReachSpan[] => {
    const of = proved.get(policy) ?? new Map<string, readonly ReachSpan[]>();
    proved.set(policy, of);
    const key = `${urgency}/${stepsFor(policy, about)}`;
    const spans = of.get(key) ?? proveReach(policy, roster, { ...demand, urgency, about }, turns);
    of.set(key, spans);
    return spans;
  };
  return [...known.services.keys(), null].flatMap((serviceId) => {
    const { policy } = route(serviceId, known);
    return urgencies.flatMap((urgency) => {
      const sorts = sortsOf([policy], serviceId, urgency);
      return sorts.map(({ about, sort }) => ({
        serviceId,
        urgency,
        sort: sorts.length > 1 ? sort : null,
        policy,
        spans: prove(policy, urgency, about),
      }));
    });
  });
}

/** Which steps count for such an incident, at some hour. */
const stepsFor = ({ steps }: Policy, about: About): string =>
  steps.map(({ when }) => (when && unmetAlways(when, about).length > 0 ? "-" : "+")).join("");

type Told = { readonly about: About; readonly sort: Sort };

/** One incident of each sort that these policies treat alike, in order of priority, fewest categories first. */
function sortsOf(policies: readonly Policy[], service: string | null, urgency: PageUrgency): Told[] {
  const named = new Set(policies.flatMap(({ steps }) => steps.flatMap(({ when }) => when?.categories ?? [])));
  const found = new Map<string, { about: About; priorities: Priority[]; categories: readonly CategoryId[] }>();
  for (const priority of priorities.filter((one) => urgencyOf(one) === urgency)) {
    for (const categories of setsOf([...named])) {
      const about = { priority, categories, service };
      const key = policies.map((policy) => stepsFor(policy, about)).join("/");
      const like = found.get(key);
      if (!like) found.set(key, { about, priorities: [priority], categories });
      else if (!like.priorities.includes(priority)) like.priorities.push(priority);
    }
  }
  return [...found.values()].map(({ about, ...sort }) => ({ about, sort }));
}

/** Every set of them; of two policies at most. */
function setsOf(all: readonly CategoryId[]): CategoryId[][] {
  const named = all.slice(0, 2 * conditionCategoriesMax);
  const sets = Array.from({ length: 2 ** named.length }, (_, set) => named.filter((_one, place) => (set >> place) & 1));
  return sets.sort((a, b) => a.length - b.length);
}

/** Somebody whom an escalation may be addressed to, and who could not be asked in time, at any hour of the period: no hour
 *  changes who they are. A service stands for whoever keeps it. */
export type DeafAddressee = {
  readonly kind: "team" | "function" | "owner";
  readonly id: string;
  readonly because: readonly ReachReason[];
};

/** One look for each: their proof does not grow with the period, nor with the services. */
export function deafAddressees(known: RoutingKnown, roster: Roster, demand: DeskDemand): DeafAddressee[] {
  const owners = [...known.services.values()].filter(({ ownerId }) => ownerId !== null);
  const asked = [
    ...[...roster.teams.keys()].map((id) => ({ kind: "team", id, to: { kind: "team", id } }) as const),
    ...[...roster.functions.keys()].map((id) => ({ kind: "function", id, to: { kind: "function", id } }) as const),
    ...owners.map(
      ({ id, ownerId }) => ({ kind: "owner", id, to: { kind: "person", id: ownerId ?? "", escalated: true } }) as const,
    ),
  ];
  return asked.flatMap(({ kind, id, to }) => {
    const policy = escalationPolicy(to, "", builtInPolicy);
    const hole = urgencies
      .map((urgency) => reachAt(policy, roster, { ...demand, urgency, about: aboutNothing }, demand.period.from))
      .find(({ state }) => state === "hole");
    return hole ? [{ kind, id, because: hole.because }] : [];
  });
}

export const holesOf = (spans: readonly ReachSpan[]): ReachSpan[] => spans.filter(({ state }) => state === "hole");
/** In milliseconds. */
export const holeLength = (spans: readonly ReachSpan[]): number => lengthOf(holesOf(spans));

export type NewHole = Span & { readonly subject: Pick<ProvedSubject, "serviceId" | "urgency" | "sort"> };

/** Time in which nobody would be reached after a change, and somebody would before it: sort by sort of incident, as either
 *  policy tells them apart. */
export function newHoles(before: readonly ProvedSubject[], after: readonly ProvedSubject[]): NewHole[] {
  const keyOf = ({ serviceId, urgency }: ProvedSubject): string => `${serviceId}/${urgency}`;
  const known = Map.groupBy(before, keyOf);
  const changed = Map.groupBy(after, keyOf);
  return [...changed].flatMap(([key, subjects]) => {
    const former = known.get(key) ?? [];
    const [one] = subjects;
    if (!one) return [];
    const { serviceId, urgency } = one;
    const policies = [...new Set([...former, ...subjects].map(({ policy }) => policy))];
    const sorts = sortsOf(policies, serviceId, urgency);
    return sorts.flatMap(({ about, sort }) => {
      const of = (all: readonly ProvedSubject[]) => holesOf(all.find((each) => isAbout(each, about))?.spans ?? []);
      const subject = { serviceId, urgency, sort: sorts.length > 1 ? sort : null };
      return subtract(of(subjects), of(former)).map((span) => ({ ...span, subject }));
    });
  });
}

/** Whether this is the sort of that incident. */
function isAbout({ policy, sort, serviceId }: ProvedSubject, about: About): boolean {
  if (sort === null) return true;
  const [priority = 1] = sort.priorities;
  const alike: About = { priority, categories: sort.categories, service: serviceId };
  return stepsFor(policy, alike) === stepsFor(policy, about);
}
