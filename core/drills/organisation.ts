/** A small organisation to rehearse in: one person of each level, a rota, a policy of two steps, one integration of each
 *  kind. A drill changes what it needs and keeps the rest. */
import type { Signal } from "../alerts/decide.ts";
import { type Directory, emptyDirectory, type Integration, type IntegrationKind } from "../desk/directory.ts";
import type { Supplier, SupplierContact } from "../directory/suppliers.ts";
import type { Person, Service } from "../directory/types.ts";
import type { Policy } from "../escalation/policy.ts";
import { parseIso } from "../kernel/time.ts";
import type { Instant, Level } from "../kernel/vocabulary.ts";
import { type BoundLaw, mondayToFriday } from "../obligations/bound.ts";
import type { WeeklyRotation } from "../oncall/rotation.ts";
import { plainSchedule, type Schedule } from "../oncall/schedule.ts";

export const byId = <T extends { readonly id: string }>(...all: readonly T[]): ReadonlyMap<string, T> =>
  new Map(all.map((one) => [one.id, one]));

export function person(id: string, level: Level, changes: Partial<Person> = {}): Person {
  const email = `${id}@example.org`;
  return {
    id,
    name: id.charAt(0).toUpperCase() + id.slice(1),
    email,
    language: "en",
    zone: "America/Montreal",
    level,
    admin: false,
    active: true,
    contactPoints: [{ id: `${id}-email`, kind: "email", address: email, enabled: true }],
    ...changes,
  };
}

export function service(id: string, changes: Partial<Service> = {}): Service {
  return {
    id,
    nameFr: id,
    nameEn: id,
    ownerId: "dan",
    teamId: "network",
    policyId: "standard",
    vital: [],
    aliases: { fr: [], en: [] },
    ...changes,
  };
}

const integration = (kind: IntegrationKind): Integration => ({
  id: kind,
  kind,
  name: kind,
  serviceId: "billing",
  createdBy: "root",
  mapping: null,
});

/** A Wednesday of Ana's week, 14:00 in Montréal. */
export const wednesday: Instant = parseIso("2026-10-07T18:00:00Z") ?? 0;

/** Ana one week, Ben the next, handed over on Monday at 09:00 in Montréal. */
export const rotation: WeeklyRotation = {
  kind: "weekly",
  zone: "America/Montreal",
  startDate: "2026-10-05",
  handoverTime: "09:00",
  lengthWeeks: 1,
  participants: ["ana", "ben"],
};
export const rota: Schedule = plainSchedule("rota", "Rota", rotation);

export const standardPolicy: Policy = {
  id: "standard",
  name: "Standard",
  steps: [
    { targets: [{ kind: "schedule", id: "rota" }], timeoutMinutes: 10 },
    { targets: [{ kind: "person", id: "cleo" }], timeoutMinutes: 15 },
  ],
  repeat: 1,
};

/** Laws that a made-up organisation is under, one with a target of its own. */
export function lawsOf(zone: string): ReadonlyMap<string, BoundLaw> {
  const days = { zone, weekdays: mondayToFriday, closedOn: [] };
  const bound = (law: string, targets: Readonly<Record<string, number>> = {}): [string, BoundLaw] => [
    law,
    { law, traits: [], targets, days, place: null },
  ];
  return new Map([bound("dora"), bound("gdpr33"), bound("us-sec"), bound("qc-l25", { commission: 72, persons: 72 })]);
}

/** They answer in office hours within an hour, restore within four of them; two of theirs, the second after half an hour. */
export function carrier(changes: Partial<Supplier> = {}): Supplier {
  const contact = (name: string, afterMinutes: number): SupplierContact => {
    const email = `${name.toLowerCase()}@carrier.example`;
    return { name, role: "duty", email, phone: "+1 514 555 0199", language: "fr", afterMinutes };
  };
  return {
    ...{
      id: "carrier",
      name: "Carrier",
      kind: "supplier",
      language: "fr",
      contract: "C-7",
      note: null,
      retired: false,
    },
    ...{ services: ["payroll"], calendar: "office", contacts: [contact("Aude", 0), contact("Bo", 30)] },
    targets: [
      { clock: "respond", minutes: 60, inHours: true },
      { clock: "restore", minutes: 240, inHours: true, priorities: [3, 4, 5] },
      { clock: "restore", minutes: 120, inHours: false, priorities: [1, 2] },
    ],
    ...changes,
  };
}

/** Ana 2, Ben 3, Cleo 4, Dan 5 and owner, Eve without a level, Root the administrator without one either. */
export const organisation: Directory = {
  ...emptyDirectory,
  version: 1,
  people: byId(
    person("ana", 2),
    person("ben", 3),
    person("cleo", 4),
    person("dan", 5),
    person("eve", null),
    person("root", null, { admin: true }),
  ),
  teams: byId({ id: "network", name: "Network", members: ["ben", "cleo"] }),
  functions: byId({ id: "legal", nameFr: "Affaires juridiques", nameEn: "Legal", members: ["eve"] }),
  services: byId(service("billing"), service("payroll", { vital: [{ id: "pay", nameFr: "Paie", nameEn: "Pay" }] })),
  schedules: byId(rota),
  policies: byId(standardPolicy),
  integrations: byId(
    ...(["pagerduty", "opsgenie", "alertmanager", "generic", "email"] as const).map((kind) => integration(kind)),
  ),
  administrators: ["root"],
  laws: lawsOf("America/Montreal"),
  suppliers: byId(carrier()),
  knownErrors: byId({
    ...{ id: "lamps", nameFr: "Les lampes vacillent", nameEn: "Lamps flicker", services: ["billing"] },
    ...{ workaroundFr: "Changer le ballast.", workaroundEn: null, retired: false },
  }),
  zone: "America/Montreal",
};

/** What a source says of one key; alone in its group unless told otherwise. */
export function signalOf(key: string, changes: Partial<Signal> = {}): Signal {
  return {
    key,
    groupKey: key,
    action: "trigger",
    title: key,
    severity: "error",
    source: null,
    stateful: false,
    startsAt: null,
    leaseUntil: null,
    by: null,
    details: null,
    ...changes,
  };
}
