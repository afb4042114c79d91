/** The city that the demonstration is about: it exists nowhere, and its addresses end in `.example`, which is reserved
 *  (RFC 2606), so that no mail to it could ever arrive. */
import type { IntegrationKind } from "../core/desk/directory.ts";
import type { Criticality } from "../core/kernel/impact-words.ts";
import type { Language, Level } from "../core/kernel/vocabulary.ts";

export const zone = "America/Toronto";
export const domain = "valrive.example";
export const city: Readonly<Record<Language, string>> = { fr: "Ville de Valrive", en: "City of Valrive" };

type Member = { readonly name: string; readonly language: Language; readonly level: Level; readonly zone?: string };

export const people = {
  elise: { name: "Élise Tremblay", language: "fr", level: 4 },
  sam: { name: "Sam Carter", language: "en", level: 4 },
  nathalie: { name: "Nathalie Bouchard", language: "fr", level: 4 },
  marcAndre: { name: "Marc-André Pelletier", language: "fr", level: 5 },
  helen: { name: "Helen Fraser", language: "en", level: 5 },
  lea: { name: "Léa Gagnon", language: "fr", level: 3 },
  priya: { name: "Priya Nair", language: "en", level: 3 },
  youssef: { name: "Youssef Haddad", language: "fr", level: 3 },
  tom: { name: "Tom O’Brien", language: "en", level: 3 },
  karine: { name: "Karine Arseneau", language: "fr", level: 3, zone: "America/Halifax" },
  daniel: { name: "Daniel Kim", language: "en", level: 3, zone: "America/Vancouver" },
  simon: { name: "Simon Bélanger", language: "fr", level: 3 },
  chloe: { name: "Chloé Martin", language: "fr", level: 2 },
  jordan: { name: "Jordan Lee", language: "en", level: 2 },
  mathis: { name: "Mathis Roy", language: "fr", level: 2 },
  aisha: { name: "Aisha Khan", language: "en", level: 2 },
  josee: { name: "Josée Fortin", language: "fr", level: null },
  robert: { name: "Robert Dufresne", language: "fr", level: null },
  anneSophie: { name: "Anne-Sophie Caron", language: "fr", level: null },
  linda: { name: "Linda Walsh", language: "en", level: null },
  guillaume: { name: "Guillaume Côté", language: "fr", level: null },
  peter: { name: "Peter Nowak", language: "en", level: null },
  fatou: { name: "Fatou Diallo", language: "fr", level: null, zone: "Europe/Paris" },
} as const satisfies Readonly<Record<string, Member>>;
export type PersonName = keyof typeof people;

/** `lea.gagnon@valrive.example`. */
export function emailOf(person: PersonName): string {
  const plain = people[person].name.normalize("NFD").replaceAll(/[\p{M}’]/gu, "");
  return `${plain.toLowerCase().replaceAll(" ", ".")}@${domain}`;
}

/** Somebody of each responsibility, whose sign-in is printed. */
export const personas: readonly PersonName[] = ["chloe", "priya", "elise", "helen", "josee"];

export const teams = {
  desk: { name: "Centre de services", members: ["chloe", "jordan", "mathis", "aisha"] },
  network: { name: "Réseau et télécom", members: ["youssef", "tom"] },
  applications: { name: "Applications", members: ["lea", "priya", "daniel"] },
  systems: { name: "Serveurs et stockage", members: ["karine", "tom", "daniel"] },
  workstations: { name: "Postes de travail", members: ["mathis", "aisha", "lea"] },
  buildings: { name: "Immeubles", members: ["robert", "simon"] },
  security: { name: "Cybersécurité", members: ["simon", "priya"] },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly members: readonly PersonName[] }>>;
export type TeamName = keyof typeof teams;

export const functions = {
  legal: { nameFr: "Affaires juridiques", nameEn: "Legal affairs", members: ["anneSophie"] },
  privacy: { nameFr: "Protection des renseignements personnels", nameEn: "Privacy", members: ["anneSophie", "helen"] },
  hr: { nameFr: "Ressources humaines", nameEn: "Human resources", members: ["josee"] },
  communications: { nameFr: "Communications", nameEn: "Communications", members: ["peter", "fatou"] },
  parks: { nameFr: "Parcs et loisirs", nameEn: "Parks and recreation", members: ["guillaume"] },
} as const satisfies Readonly<
  Record<string, { readonly nameFr: string; readonly nameEn: string; readonly members: readonly PersonName[] }>
>;
export type FunctionName = keyof typeof functions;

export const schedules = {
  coordination: { name: "Garde coordination", weeks: 1, participants: ["elise", "sam", "nathalie"] },
  applications: { name: "Garde applications", weeks: 1, participants: ["lea", "priya", "daniel"] },
  systems: { name: "Garde serveurs", weeks: 1, participants: ["karine", "tom", "daniel"] },
  network: { name: "Garde réseau", weeks: 2, participants: ["youssef", "tom"] },
  security: { name: "Garde cybersécurité", weeks: 1, participants: ["simon", "priya"] },
} as const satisfies Readonly<
  Record<string, { readonly name: string; readonly weeks: number; readonly participants: readonly PersonName[] }>
>;
export type ScheduleName = keyof typeof schedules;

type Called = { readonly schedule: ScheduleName } | { readonly team: "desk" } | { readonly person: PersonName };
type Step = { readonly call: readonly Called[]; readonly minutes: number };

const thenCoordination: readonly Step[] = [
  { call: [{ schedule: "coordination" }], minutes: 15 },
  { call: [{ person: "marcAndre" }, { person: "helen" }], minutes: 30 },
];

export const policies = {
  ordinary: {
    name: "Centre de services, puis coordination",
    steps: [{ call: [{ team: "desk" }], minutes: 20 }, ...thenCoordination],
  },
  applications: {
    name: "Applications",
    steps: [{ call: [{ schedule: "applications" }], minutes: 10 }, ...thenCoordination],
  },
  systems: { name: "Serveurs", steps: [{ call: [{ schedule: "systems" }], minutes: 10 }, ...thenCoordination] },
  network: {
    name: "Réseau et télécom",
    steps: [{ call: [{ schedule: "network" }], minutes: 10 }, ...thenCoordination],
  },
  vital: {
    name: "Services vitaux",
    steps: [
      { call: [{ schedule: "systems" }, { schedule: "coordination" }], minutes: 5 },
      { call: [{ schedule: "applications" }, { schedule: "network" }], minutes: 5 },
      { call: [{ person: "marcAndre" }, { person: "helen" }], minutes: 15 },
    ],
  },
  security: {
    name: "Cybersécurité",
    steps: [{ call: [{ schedule: "security" }], minutes: 10 }, ...thenCoordination],
  },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly steps: readonly Step[] }>>;
export type PolicyName = keyof typeof policies;

type Vital = {
  readonly nameFr: string;
  readonly nameEn: string;
  readonly owner: PersonName;
  readonly criticality: Criticality;
  readonly tolerableMinutes: number;
};
const vitally = (
  [nameFr, nameEn]: readonly [string, string],
  owner: PersonName,
  criticality: Criticality,
  tolerableMinutes: number,
): Vital => ({ nameFr, nameEn, owner, criticality, tolerableMinutes });

export const vitalFunctions = {
  pay: vitally(["Verser la paie", "Paying the staff"], "nathalie", "high", 48 * 60),
  answer: vitally(["Répondre au 311", "Answering 311"], "nathalie", "high", 4 * 60),
  permits: vitally(["Délivrer les permis", "Issuing permits"], "elise", "moderate", 72 * 60),
  collect: vitally(["Encaisser taxes et amendes", "Collecting taxes and fines"], "elise", "moderate", 24 * 60),
  water: vitally(["Distribuer l’eau potable", "Supplying drinking water"], "marcAndre", "critical", 2 * 60),
  emergencies: vitally(["Répartir les secours", "Dispatching emergency crews"], "helen", "critical", 15),
} as const;
/** What each service needs of others, and without what it works badly. */
export const dependencies: Readonly<Partial<Record<ServiceName, Needs>>> = {
  payroll: { needs: ["servers", "identity"], degradedWithout: ["mail", "printing"] },
  permits: { needs: ["servers", "website"], degradedWithout: ["payments", "mail"] },
  payments: { needs: ["servers", "website"] },
  recreation: { needs: ["servers", "website"], degradedWithout: ["payments"] },
  library: { needs: ["network"], degradedWithout: ["identity"] },
  website: { needs: ["servers"] },
  telephony: { needs: ["network"], degradedWithout: ["mail"] },
  remote: { needs: ["network", "identity"] },
  mail: { needs: ["servers", "identity"] },
  servers: { needs: ["network"] },
  backup: { needs: ["servers"] },
  identity: { needs: ["servers"] },
  workstations: { needs: ["network"], degradedWithout: ["identity"] },
  printing: { needs: ["network"], degradedWithout: ["workstations"] },
  water: { needs: ["network"], degradedWithout: ["servers"] },
  dispatch: { needs: ["network", "telephony"], degradedWithout: ["servers"] },
};
type Needs = { readonly needs?: readonly ServiceName[]; readonly degradedWithout?: readonly ServiceName[] };
export type VitalName = keyof typeof vitalFunctions;

export type Offered = {
  readonly nameFr: string;
  readonly nameEn: string;
  readonly owner: PersonName | null;
  readonly team: TeamName;
  readonly policy: PolicyName;
  readonly vital?: readonly VitalName[];
  /** As people say it. */
  readonly aliases?: { readonly fr: readonly string[]; readonly en: readonly string[] };
};

const offered = (
  names: readonly [string, string],
  owner: PersonName | null,
  rest: Omit<Offered, "nameFr" | "nameEn" | "owner">,
): Offered => ({
  nameFr: names[0],
  nameEn: names[1],
  owner,
  ...rest,
});

export const services = {
  payroll: offered(["Paie", "Payroll"], "nathalie", {
    team: "applications",
    policy: "applications",
    vital: ["pay"],
    aliases: { fr: ["bulletins de paie", "salaires"], en: ["pay slips", "wages"] },
  }),
  permits: offered(["Permis en ligne", "Online permits"], "elise", {
    team: "applications",
    policy: "applications",
    vital: ["permits"],
  }),
  payments: offered(["Paiements en ligne", "Online payments"], "elise", {
    team: "applications",
    policy: "applications",
    vital: ["collect"],
  }),
  recreation: offered(["Inscriptions aux loisirs", "Recreation registration"], "nathalie", {
    team: "applications",
    policy: "applications",
  }),
  library: offered(["Bibliothèques", "Libraries"], "sam", { team: "applications", policy: "ordinary" }),
  website: offered(["Site web et carte des chantiers", "Website and roadworks map"], "sam", {
    team: "applications",
    policy: "applications",
  }),
  telephony: offered(["Téléphonie et 311", "Telephony and 311"], "nathalie", {
    team: "network",
    policy: "network",
    vital: ["answer"],
  }),
  network: offered(["Réseau des bureaux", "Office network"], "sam", { team: "network", policy: "network" }),
  remote: offered(["Accès à distance", "Remote access"], "sam", {
    team: "network",
    policy: "network",
    aliases: { fr: ["VPN", "RPV", "télétravail"], en: ["VPN"] },
  }),
  mail: offered(["Courriel et agenda", "Mail and calendar"], "nathalie", {
    team: "systems",
    policy: "systems",
    aliases: { fr: ["courriel", "courriels", "messagerie", "agenda"], en: ["email", "e-mail", "calendar"] },
  }),
  servers: offered(["Serveurs et stockage", "Servers and storage"], "sam", { team: "systems", policy: "systems" }),
  backup: offered(["Sauvegardes", "Backups"], "sam", { team: "systems", policy: "systems" }),
  identity: offered(["Comptes et mots de passe", "Accounts and passwords"], "elise", {
    team: "security",
    policy: "security",
  }),
  workstations: offered(["Postes de travail", "Workstations"], null, { team: "workstations", policy: "ordinary" }),
  printing: offered(["Impression", "Printing"], null, {
    team: "workstations",
    policy: "ordinary",
    aliases: { fr: ["imprimante", "imprimantes"], en: ["printer", "printers"] },
  }),
  water: offered(["Télésurveillance de l’eau", "Water telemetry"], "marcAndre", {
    team: "systems",
    policy: "vital",
    vital: ["water"],
  }),
  dispatch: offered(["Répartition des urgences", "Emergency dispatch"], "helen", {
    team: "systems",
    policy: "vital",
    vital: ["emergencies"],
  }),
  buildings: offered(["Immeubles", "Buildings"], "nathalie", { team: "buildings", policy: "ordinary" }),
} as const satisfies Readonly<Record<string, Offered>>;
export type ServiceName = keyof typeof services;

type Source = { readonly kind: IntegrationKind; readonly name: string; readonly service: ServiceName };
export const integrations = {
  servers: { kind: "alertmanager", name: "Prometheus, serveurs", service: "servers" },
  network: { kind: "generic", name: "Supervision du réseau", service: "network" },
  website: { kind: "pagerduty", name: "Sondes du site web", service: "website" },
  permits: { kind: "pagerduty", name: "Sondes des permis", service: "permits" },
  telephony: { kind: "pagerduty", name: "Passerelle téléphonique", service: "telephony" },
  backup: { kind: "generic", name: "Rapports de sauvegarde", service: "backup" },
  water: { kind: "opsgenie", name: "Télémétrie de l’eau", service: "water" },
  dispatch: { kind: "alertmanager", name: "Prometheus, répartition", service: "dispatch" },
} as const satisfies Readonly<Record<string, Source>>;
export type IntegrationName = keyof typeof integrations;
