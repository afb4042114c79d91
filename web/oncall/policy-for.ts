/** Which policy a service is paged by and whom its steps reach now: the core's own rules, asked in the browser. */

import { useQuery } from "@tanstack/react-query";
import type { Policy } from "#core/escalation/policy.ts";
import { type Reached, type Roster, resolveTargets, type Target, type Unreached } from "#core/escalation/policy.ts";
import type { Level } from "#core/kernel/vocabulary.ts";
import { languageOfLocale } from "#core/kernel/vocabulary.ts";
import { type Route, route } from "#core/routing/route.ts";
import { useNamed } from "../directory/names.ts";
import type { Service } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";
import { policyWebhooksQuery, usePolicyWebhooks } from "./policy-webhooks.ts";
import { coreSchedule, useAbsences } from "./schedules.ts";

/** Null: of no service. */
export function usePolicyFor(service: Service | null): Route {
  const { policies } = useNamed();
  return route(service?.id ?? null, {
    services: new Map(service ? [[service.id, knownOf(service)]] : []),
    policies: new Map(policies.map((one) => [one.id, one as Policy])),
    defaultPolicyId: policies.find((one) => one.default)?.id ?? null,
  });
}

const knownOf = ({ owner, team, policy, ...names }: Service) => ({
  ...names,
  ownerId: owner,
  teamId: team,
  policyId: policy,
  vital: [],
  calendar: null,
});

export type Reach = { readonly reached: readonly Reached[]; readonly unreached: readonly Unreached[] };

/** Everybody has an address, and it is what they are reached by. */
export function useReach(at: number): (targets: readonly Target[]) => Reach {
  const { people, teams, functions, schedules } = useNamed();
  const absences = useAbsences();
  const webhooks = useQuery(policyWebhooksQuery()).data?.data;
  const roster: Roster = {
    people: new Map(
      people.map((one) => [
        one.id,
        {
          ...one,
          language: languageOfLocale(one.language),
          level: one.level as Level,
          contactPoints: [{ id: one.id, kind: "email" as const, address: one.email, enabled: true }],
        },
      ]),
    ),
    teams: new Map(teams.map((one) => [one.id, one])),
    functions: new Map(functions.map((one) => [one.id, one])),
    schedules: new Map(schedules.map((one) => [one.id, coreSchedule(one)])),
    absences,
    ...(webhooks && { webhooks: new Map(webhooks.map((one) => [one.id, one])) }),
    administrators: people.filter((one) => one.admin && one.active).map((one) => one.id),
  };
  return (targets) => resolveTargets(targets, roster, at);
}

/** Who a target is, in words; `short`: where a schedule is told by its name alone. */
export function useTargetWords({ short = false } = {}): (target: Target) => string {
  const { t } = useWords();
  const { nameOf } = useNamed();
  const webhooks = usePolicyWebhooks();
  return (target) => {
    if (target.kind === "administrators")
      return t(target.first ? "target.administrators.first" : "target.administrators");
    const posted = target.kind === "webhook" ? webhooks.find((one) => one.id === target.id)?.name : undefined;
    const name = posted ?? nameOf(target.id);
    return target.kind === "person" || (short && target.kind === "schedule")
      ? name
      : t(`target.${target.kind}`, { name });
  };
}
