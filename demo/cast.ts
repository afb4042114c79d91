/** The city as a directory, with an identity for each of its people and things: the same seed always gives the same ones. */
import { type Directory, emptyDirectory } from "../core/desk/directory.ts";
import type { Dependency } from "../core/directory/dependencies.ts";
import type { Person } from "../core/directory/types.ts";
import type { Policy, Target } from "../core/escalation/policy.ts";
import type { Mint } from "../core/kernel/id.ts";
import { zoned } from "../core/kernel/time.ts";
import type { Instant } from "../core/kernel/vocabulary.ts";
import { plainSchedule, type Schedule } from "../core/oncall/schedule.ts";
import { knownErrorsOf } from "./known-errors.ts";
import { charterOf } from "./mandates.ts";
import * as city from "./organisation.ts";
import { suppliersOf } from "./suppliers.ts";

type Named<Name extends string> = Readonly<Record<Name, string>>;

export type Cast = {
  readonly people: Named<city.PersonName>;
  readonly teams: Named<city.TeamName>;
  readonly functions: Named<city.FunctionName>;
  readonly schedules: Named<city.ScheduleName>;
  readonly policies: Named<city.PolicyName>;
  readonly vitalFunctions: Named<city.VitalName>;
  readonly services: Named<city.ServiceName>;
  readonly integrations: Named<city.IntegrationName>;
};

export function castOf(mint: Mint, at: Instant): Cast {
  const each = <Name extends string>(of: Readonly<Record<Name, unknown>>): Named<Name> =>
    Object.fromEntries(Object.keys(of).map((name) => [name, mint(at)])) as Named<Name>;
  return {
    people: each(city.people),
    teams: each(city.teams),
    functions: each(city.functions),
    schedules: each(city.schedules),
    policies: each(city.policies),
    vitalFunctions: each(city.vitalFunctions),
    services: each(city.services),
    integrations: each(city.integrations),
  };
}

export const namesOf = <Name extends string>(of: Readonly<Record<Name, unknown>>): readonly Name[] =>
  Object.keys(of) as Name[];

/** The Monday on or before the day history begins: every shift since has somebody. */
function firstMonday(at: Instant): string {
  const day = zoned(at, city.zone).toPlainDate();
  return day.subtract({ days: day.dayOfWeek - 1 }).toString();
}

export function scheduleOf(cast: Cast, name: city.ScheduleName, from: Instant): Schedule {
  const { name: words, weeks, participants } = city.schedules[name];
  const rotation = {
    kind: "weekly" as const,
    zone: city.zone,
    startDate: firstMonday(from),
    handoverTime: "09:00",
    lengthWeeks: weeks,
    participants: participants.map((one) => cast.people[one]),
  };
  return plainSchedule(cast.schedules[name], words, rotation);
}

export function policyOf(cast: Cast, name: city.PolicyName): Policy {
  const { name: words, steps } = city.policies[name];
  return {
    id: cast.policies[name],
    name: words,
    steps: steps.map(({ call, minutes }) => ({
      targets: call.map((one) => targetOf(cast, one)),
      timeoutMinutes: minutes,
    })),
    repeat: 1,
  };
}

type Called = (typeof city.policies)[city.PolicyName]["steps"][number]["call"][number];

function targetOf(cast: Cast, called: Called): Target {
  if ("schedule" in called) return { kind: "schedule", id: cast.schedules[called.schedule] };
  if ("team" in called) return { kind: "team", id: cast.teams[called.team] };
  return { kind: "person", id: cast.people[called.person] };
}

export function personOf(cast: Cast, name: city.PersonName, mint: Mint, at: Instant): Person {
  const { name: words, language, level, ...rest } = city.people[name];
  const email = city.emailOf(name);
  return {
    id: cast.people[name],
    name: words,
    email,
    language,
    zone: "zone" in rest ? rest.zone : city.zone,
    level,
    admin: false,
    active: true,
    contactPoints: [{ id: mint(at), kind: "email", address: email, enabled: true }],
  };
}

const byId = <T extends { readonly id: string }>(all: readonly T[]): ReadonlyMap<string, T> =>
  new Map(all.map((one) => [one.id, one]));

export type Founding = {
  readonly cast: Cast;
  readonly mint: Mint;
  /** When history begins. */
  readonly from: Instant;
  /** Whoever set the desk up: under whose rule its machines act. */
  readonly administrator: Person;
};

export function directoryOf({ cast, mint, from, administrator }: Founding): Directory {
  const members = (all: readonly city.PersonName[]): string[] => all.map((one) => cast.people[one]);
  const vital = (all: readonly city.VitalName[] = []) =>
    all.map((one) => {
      const { owner, ...borne } = city.vitalFunctions[one];
      return { id: cast.vitalFunctions[one], ...borne, ownerId: cast.people[owner] };
    });
  const needed = ({ needs = [], degradedWithout = [] }: NonNullable<(typeof city.dependencies)[city.ServiceName]>) => [
    ...needs.map((one): Dependency => ({ on: cast.services[one], kind: "needs" })),
    ...degradedWithout.map((one): Dependency => ({ on: cast.services[one], kind: "degraded-without" })),
  ];
  return {
    ...emptyDirectory,
    version: 1,
    people: byId([administrator, ...namesOf(city.people).map((name) => personOf(cast, name, mint, from))]),
    teams: byId(
      namesOf(city.teams).map((name) => ({
        id: cast.teams[name],
        name: city.teams[name].name,
        members: members(city.teams[name].members),
        charter: charterOf(cast, name),
      })),
    ),
    functions: byId(
      namesOf(city.functions).map((name) => {
        const { nameFr, nameEn, members: who } = city.functions[name];
        return { id: cast.functions[name], nameFr, nameEn, members: members(who) };
      }),
    ),
    services: byId(
      namesOf(city.services).map((name) => {
        const { nameFr, nameEn, owner, team, policy, vital: holds, aliases }: city.Offered = city.services[name];
        const ownerId = owner === null ? null : cast.people[owner];
        const known = { ownerId, teamId: cast.teams[team], policyId: cast.policies[policy], vital: vital(holds) };
        const dependsOn = needed(city.dependencies[name] ?? {});
        return { id: cast.services[name], nameFr, nameEn, aliases: aliases ?? { fr: [], en: [] }, dependsOn, ...known };
      }),
    ),
    schedules: byId(namesOf(city.schedules).map((name) => scheduleOf(cast, name, from))),
    policies: byId(namesOf(city.policies).map((name) => policyOf(cast, name))),
    integrations: byId(
      namesOf(city.integrations).map((name) => {
        const { kind, name: words, service } = city.integrations[name];
        const serviceId = cast.services[service];
        return {
          id: cast.integrations[name],
          kind,
          name: words,
          serviceId,
          createdBy: administrator.id,
          mapping: null,
        };
      }),
    ),
    suppliers: byId(suppliersOf(cast, mint, from)),
    knownErrors: byId(knownErrorsOf(cast, mint, from)),
    administrators: [administrator.id],
    defaultPolicyId: cast.policies.ordinary,
    language: "fr",
    zone: city.zone,
  };
}
