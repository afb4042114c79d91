/** Everything the desk may need to know about the organisation, as one frozen value: loaded whole, since organisations
 *  are small, and replaced when it changes. */
import { type CategoryProcess, processName } from "../directory/category-process.ts";
import { defaultCategories, defaultDomains, defaultProcesses, firstProcess } from "../directory/default-processes.ts";
import type { KnownError } from "../directory/known-errors.ts";
import type { Supplier } from "../directory/suppliers.ts";
import type { Category, Domain, DutyFunction, Person, Service, Team, Webhook } from "../directory/types.ts";
import type { Policy, Roster } from "../escalation/policy.ts";
import type { Actor, Language, Locale } from "../kernel/vocabulary.ts";
import type { Noise } from "../noise/compiled.ts";
import type { BoundLaw } from "../obligations/bound.ts";
import type { BusinessCalendar } from "../oncall/business-calendar.ts";
import { firstCalendar, officeCalendar } from "../oncall/business-calendar.ts";
import type { Absence } from "../oncall/final-schedule.ts";
import type { Schedule } from "../oncall/schedule.ts";

export type IntegrationKind = "pagerduty" | "opsgenie" | "alertmanager" | "generic" | "email" | OwnKind;

/** Of the desk itself, made when first needed: no key opens them. `heartbeat`: monitors that belong to no source.
 *  `tocsin`: what the desk has to say of itself. */
export const ownKinds = ["heartbeat", "tocsin"] as const;
export type OwnKind = (typeof ownKinds)[number];
export const isOwn = ({ kind }: Pick<Integration, "kind">): boolean => ownKinds.some((one) => one === kind);

export type Integration = {
  readonly id: string;
  readonly kind: IntegrationKind;
  readonly name: string;
  readonly serviceId: string | null;
  /** Whoever set it up: what it records is recorded under their rule. */
  readonly createdBy: string | null;
  /** CEL expressions by field, for `generic`. */
  readonly mapping: Readonly<Record<string, string>> | null;
  /** With it, what this integration sends must be signed. */
  readonly signature?: Signature | null;
};

/** How a sender signs what it sends, and the secret that both know, sealed. */
export type Signature = {
  readonly header: string;
  /** Signed with the body, so that what was sent once cannot be sent again later. */
  readonly timestampHeader: string | null;
  readonly sealed: string;
};

export type Directory = {
  readonly version: number;
  readonly people: ReadonlyMap<string, Person>;
  readonly teams: ReadonlyMap<string, Team>;
  readonly functions: ReadonlyMap<string, DutyFunction>;
  readonly services: ReadonlyMap<string, Service>;
  readonly schedules: ReadonlyMap<string, Schedule>;
  /** Of everybody, for all schedules. */
  readonly absences: readonly Absence[];
  readonly policies: ReadonlyMap<string, Policy>;
  /** What steps of policies post to. */
  readonly webhooks: ReadonlyMap<string, Webhook>;
  readonly integrations: ReadonlyMap<string, Integration>;
  readonly administrators: readonly string[];
  readonly categories: ReadonlyMap<string, Category>;
  /** Every version that was ever published, by its name: incidents have pinned them. */
  readonly processes: ReadonlyMap<string, CategoryProcess>;
  readonly domains: ReadonlyMap<string, Domain>;
  /** By which targets in open hours are counted. */
  readonly calendars: ReadonlyMap<string, BusinessCalendar>;
  readonly suppliers: ReadonlyMap<string, Supplier>;
  readonly knownErrors: ReadonlyMap<string, KnownError>;
  readonly defaultPolicyId: string | null;
  /** The laws that the organisation says are its own, by their names. */
  readonly laws: ReadonlyMap<string, BoundLaw>;
  /** Whether anybody may report without an account. */
  readonly publicReports: boolean;
  /** Private ranges that outgoing requests may reach. */
  readonly privateAddresses: readonly string[];
  /** What is said about noise; null: nothing. */
  readonly noise: Noise | null;
  readonly language: Language;
  readonly locale?: Locale;
  readonly zone: string;
};

const unnamed = (id: string): Category => ({
  id,
  nameFr: id,
  nameEn: id,
  keywords: { fr: [], en: [] },
  process: firstProcess(id),
  retired: false,
});

export const emptyDirectory: Directory = {
  version: 0,
  people: new Map(),
  teams: new Map(),
  functions: new Map(),
  services: new Map(),
  schedules: new Map(),
  absences: [],
  policies: new Map(),
  webhooks: new Map(),
  integrations: new Map(),
  administrators: [],
  categories: new Map(defaultCategories.map((id) => [id, unnamed(id)])),
  processes: new Map(defaultProcesses.map((one) => [processName(one), one])),
  domains: new Map(defaultDomains.map((one) => [one.id, one])),
  calendars: new Map([[officeCalendar, firstCalendar("UTC")]]),
  suppliers: new Map(),
  knownErrors: new Map(),
  defaultPolicyId: null,
  laws: new Map(),
  publicReports: true,
  privateAddresses: [],
  noise: null,
  language: "en",
  zone: "UTC",
};

export function rosterOf(directory: Directory): Roster {
  const { people, teams, functions, schedules, absences, administrators, webhooks } = directory;
  return { people, teams, functions, schedules, absences, administrators, webhooks };
}

export function personByEmail(directory: Directory, email: string): Person | undefined {
  const wanted = email.trim().toLowerCase();
  for (const person of directory.people.values()) if (person.email.toLowerCase() === wanted) return person;
  return undefined;
}

/** A machine acts in its own name, under the rule of whoever set it up. */
export function integrationActor(integration: Integration): Actor {
  return {
    kind: "integration",
    id: integration.id,
    name: integration.name,
    level: null,
    admin: false,
    teams: [],
    functions: [],
    onBehalfOf: integration.createdBy,
    via: "integration",
  };
}

/** What these categories ask now, in the order of the list, whichever was named first. */
export function processesFor(directory: Directory, categories: readonly string[]): CategoryProcess[] {
  return [...directory.categories.values()].filter(({ id }) => categories.includes(id)).map((one) => one.process);
}
