/** Whom and what a command names must exist: asked once here, since one incident's decider knows no directory. */
import { escalationPolicy, type Policy } from "../escalation/policy.ts";
import { toOwner } from "../incidents/escalations.ts";
import { isRefusal, type Refusal, refuse } from "../kernel/refusal.ts";
import { route } from "../routing/route.ts";
import type { Directory } from "./directory.ts";

type Named = {
  readonly person?: string | undefined;
  readonly persons?: readonly string[];
  readonly team?: string | undefined;
  readonly function?: string | undefined;
  readonly service?: string | null | undefined;
  readonly categories?: readonly string[];
  readonly domains?: readonly string[];
};

type Held = {
  readonly categories: readonly string[];
  readonly domains?: readonly string[];
  readonly service?: string | null;
};

/** `held`: what the incident has already, which it may keep though it is no longer chosen. */
export function unknownTargets(directory: Directory, input: object, held: Held = { categories: [] }): Refusal | null {
  const named = input as Named;
  for (const person of [named.person, ...(named.persons ?? [])]) {
    if (person !== undefined && !directory.people.has(person)) return refuse("person-unknown", { person });
  }
  if (named.team !== undefined && !directory.teams.has(named.team)) return refuse("team-unknown", { team: named.team });
  if (named.function !== undefined && !directory.functions.has(named.function)) {
    return refuse("function-unknown", { function: named.function });
  }
  if (named.service) {
    const known = directory.services.get(named.service);
    if (!known) return refuse("service-unknown", { service: named.service });
    if (known.retired && held.service !== named.service) return refuse("service-retired", { service: named.service });
  }
  for (const category of named.categories ?? []) {
    const known = directory.categories.get(category);
    if (!known) return refuse("category-unknown", { category });
    if (known.retired && !held.categories.includes(category)) return refuse("category-retired", { category });
  }
  for (const domain of named.domains ?? []) {
    const known = directory.domains.get(domain);
    if (!known) return refuse("domain-unknown", { domain });
    if (known.retired && !held.domains?.includes(domain)) return refuse("domain-retired", { domain });
  }
  return null;
}

type Addressee =
  | { readonly policy: Policy }
  | { readonly kind: "person" | "team" | "function"; readonly id: string; readonly name: string };

/** Whom an escalation is addressed to: a policy, a person, a team, a function, or whoever keeps the service. */
export function addressee(directory: Directory, serviceId: string | null, to: string): Addressee | Refusal {
  const policy = directory.policies.get(to);
  if (policy) return { policy };
  if (to === toOwner) {
    const owner = directory.services.get(serviceId ?? "")?.ownerId ?? null;
    const person = directory.people.get(owner ?? "");
    return person ? { kind: "person", id: person.id, name: person.name } : refuse("service-without-owner");
  }
  const team = directory.teams.get(to);
  if (team) return { kind: "team", id: team.id, name: team.name };
  const duty = directory.functions.get(to);
  if (duty) return { kind: "function", id: duty.id, name: directory.language === "fr" ? duty.nameFr : duty.nameEn };
  const person = directory.people.get(to);
  return person ? { kind: "person", id: person.id, name: person.name } : refuse("escalation-target-unknown", { to });
}

/** By which policy an escalation calls; null when whom it was addressed to is no more. */
export function policyFor(directory: Directory, serviceId: string | null, to: string): Policy | null {
  const found = addressee(directory, serviceId, to);
  if (isRefusal(found)) return null;
  if ("policy" in found) return found.policy;
  const { kind, id, name } = found;
  const target = kind === "person" ? ({ kind, id, escalated: true } as const) : { kind, id };
  return escalationPolicy(target, name, route(serviceId, directory).policy);
}

/** Whoever is called must be there: an account that is closed, or a team or function without an active member, answers nothing. */
export function refuseNobody({ people, teams, functions }: Directory, id: string): Refusal | null {
  const person = people.get(id);
  if (person) return person.active ? null : refuse("person-inactive", { person: id });
  const team = teams.get(id);
  const duty = functions.get(id);
  const members = team?.members ?? duty?.members;
  if (members === undefined || members.some((one) => people.get(one)?.active)) return null;
  const both = duty && duty.nameFr !== duty.nameEn ? `${duty.nameFr} / ${duty.nameEn}` : duty?.nameFr;
  return refuse("assistance-nobody", { to: team?.name ?? both ?? "" });
}
