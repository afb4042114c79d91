/** Proof of reach for all that can be paged: each service, and what has none, at both urgencies; and apart, each sort of
 *  incident that the conditions of its policy tell from others. Then each policy in what no service's incidents prove of it,
 *  since an escalation may name any; and the last resort. */

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
import { type CategoryId, conditionCategoriesMax, type Priority, type ProvedThrough } from "../kernel/vocabulary.ts";
import { type PageUrgency, urgencyOf } from "../notification/turns.ts";
import { type RoutingKnown, route } from "./route.ts";

export type DeskDemand = Omit<ReachDemand, "urgency" | "about">;
export type ProvedSubject = {
  /** By which way calls come to this policy. */
  readonly through: ProvedThrough;
  /** Null: an incident of no service; of an escalation, of any that is not told apart. */
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
  const subjectsOf = ({ sorts, among, ...subject }: Asked): ProvedSubject[] =>
    sorts.map(({ about, sort }) => ({
      ...subject,
      sort: among > 1 ? sort : null,
      spans: prove(subject.policy, subject.urgency, about),
    }));
  const routed = [...known.services.keys(), null].flatMap((serviceId) => {
    const { policy } = route(serviceId, known);
    return urgencies.flatMap((urgency) => {
      const sorts = sortsOf([policy], serviceId, urgency);
      return subjectsOf({ through: "service", serviceId, urgency, policy, sorts, among: sorts.length });
    });
  });
  const named = [...known.policies.values()].flatMap((policy) => unprovedOf(policy, "escalation", routed));
  return [...routed, ...[...named, ...unprovedOf(builtInPolicy, "last-resort", routed)].flatMap(subjectsOf)];
}

type Asked = Pick<ProvedSubject, "through" | "serviceId" | "urgency" | "policy"> & {
  readonly sorts: readonly Told[];
  /** Of how many. */
  readonly among: number;
};

/** Incidents that this policy treats as it treats none of those that a service brings to it. Where it asks for a service, each
 *  that it names is another. */
function unprovedOf(policy: Policy, through: ProvedThrough, routed: readonly ProvedSubject[]): Asked[] {
  const theirs = routed.filter((one) => one.policy === policy);
  const named = new Set(policy.steps.flatMap(({ when }) => when?.services ?? []));
  return urgencies.flatMap((urgency) => {
    const proved = new Set(
      theirs.filter((one) => one.urgency === urgency).map((one) => stepsFor(policy, aboutOf(one))),
    );
    return [null, ...named].flatMap((serviceId) => {
      const all = sortsOf([policy], serviceId, urgency);
      const sorts = all.filter(({ key }) => !proved.has(key));
      for (const { key } of sorts) proved.add(key);
      return sorts.length > 0 ? [{ through, serviceId, urgency, policy, sorts, among: all.length }] : [];
    });
  });
}

/** One incident of that sort. */
function aboutOf({ sort, serviceId, urgency }: Pick<ProvedSubject, "sort" | "serviceId" | "urgency">): About {
  const priority = sort?.priorities[0] ?? priorities.find((one) => urgencyOf(one) === urgency) ?? null;
  return { priority, categories: sort?.categories ?? [], service: serviceId };
}

/** Which steps count for such an incident, at some hour. */
const stepsFor = ({ steps }: Policy, about: About): string =>
  steps.map(({ when }) => (when && unmetAlways(when, about).length > 0 ? "-" : "+")).join("");

type Told = { readonly key: string; readonly about: About; readonly sort: Sort };

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
  return [...found].map(([key, { about, ...sort }]) => ({ key, about, sort }));
}

/** Every set of them; of two policies at most. */
function setsOf(all: readonly CategoryId[]): CategoryId[][] {
  const named = all.slice(0, 2 * conditionCategoriesMax);
  const sets = Array.from({ length: 2 ** named.length }, (_, set) => named.filter((_one, place) => (set >> place) & 1));
  return sets.sort((a, b) => a.length - b.length);
}

export const addresseeKinds = ["team", "function", "owner", "person"] as const;

/** Somebody whom an escalation may be addressed to, and who could not be asked in time, at any hour of the period: no hour
 *  changes who they are. A service stands for whoever keeps it. */
export type DeafAddressee = {
  readonly kind: (typeof addresseeKinds)[number];
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
    ...namedDirectly(known, roster).map(
      (id) => ({ kind: "person", id, to: { kind: "person", id, escalated: true } }) as const,
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

/** Whom a step of a policy names, and whoever has a level: an escalation may name them. Others are asked nothing by it. */
function namedDirectly({ policies }: RoutingKnown, { people }: Roster): string[] {
  const steps = [...policies.values()].flatMap(({ steps: all }) => all);
  const named = steps.flatMap(({ targets }) => targets.flatMap((one) => (one.kind === "person" ? one.id : [])));
  const levelled = [...people.values()].filter(({ active, level }) => active && level !== null).map(({ id }) => id);
  return [...new Set([...named, ...levelled])];
}

export const holesOf = (spans: readonly ReachSpan[]): ReachSpan[] => spans.filter(({ state }) => state === "hole");
/** In milliseconds. */
export const holeLength = (spans: readonly ReachSpan[]): number => lengthOf(holesOf(spans));

export type NewHole = Span & {
  readonly subject: Pick<ProvedSubject, "through" | "serviceId" | "urgency" | "sort" | "policy">;
};

/** Time in which nobody would be reached after a change, and somebody would before it: sort by sort of incident, as either
 *  policy tells them apart. A policy that no service brings calls to any more is held against what was proved of it before. */
export function newHoles(before: readonly ProvedSubject[], after: readonly ProvedSubject[]): NewHole[] {
  return [...Map.groupBy(after, keyOf).values()].flatMap((subjects) => {
    const [one] = subjects;
    if (!one) return [];
    const { through, serviceId, urgency, policy } = one;
    const former = before.filter(
      through === "service"
        ? (each) => keyOf(each) === keyOf(one)
        : (each) => each.policy.id === policy.id && each.urgency === urgency,
    );
    const policies = [...new Set([...former, ...subjects].map((each) => each.policy))];
    const sorts = sortsOf(policies, serviceId, urgency);
    return sorts.flatMap(({ about, sort }) => {
      const of = (all: readonly ProvedSubject[]) => holesOf(all.find((each) => isAbout(each, about))?.spans ?? []);
      const subject = { through, serviceId, urgency, policy, sort: sorts.length > 1 ? sort : null };
      return subtract(of(subjects), of(former)).map((span) => ({ ...span, subject }));
    });
  });
}

/** A service has one policy; a policy that is named is a subject of its own. */
const keyOf = ({ through, serviceId, urgency, policy }: ProvedSubject): string =>
  `${through}/${through === "service" ? "" : policy.id}/${serviceId}/${urgency}`;

/** Whether this is the sort of that incident. */
const isAbout = (subject: ProvedSubject, about: About): boolean =>
  stepsFor(subject.policy, aboutOf(subject)) === stepsFor(subject.policy, about);
