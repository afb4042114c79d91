/** Whom the city's services hang on outside the house: made up, as their addresses, which end in `.example`. */
import type { EngagementAsk } from "../core/desk/engaging.ts";
import type { Supplier } from "../core/directory/suppliers.ts";
import type { Mint } from "../core/kernel/id.ts";
import { isRefusal } from "../core/kernel/refusal.ts";
import type { Instant, Language } from "../core/kernel/vocabulary.ts";
import { officeCalendar } from "../core/oncall/business-calendar.ts";
import type { Cast } from "./cast.ts";
import { type PersonName, type ServiceName, services } from "./organisation.ts";
import type { Play } from "./play.ts";
import { inWords, stateOf, type Telling } from "./telling.ts";

type Told = Omit<Supplier, "id" | "services" | "retired"> & { readonly services: readonly ServiceName[] };

const contact = (
  [name, role, email]: readonly [string, string, string],
  language: Language,
  afterMinutes: number,
  phone = "819 555-0142",
) => ({ name, role, email, phone, language, afterMinutes });

export const suppliers = {
  northline: {
    ...{ name: "Northline Telecom", kind: "supplier", language: "en", contract: "NL-2024-118" },
    services: ["telephony", "network", "remote"],
    calendar: null,
    targets: [
      { clock: "respond", minutes: 30, inHours: false, priorities: [1, 2] },
      { clock: "respond", minutes: 240, inHours: false, priorities: [3, 4, 5] },
      { clock: "restore", minutes: 240, inHours: false, priorities: [1, 2] },
      { clock: "restore", minutes: 2_880, inHours: false, priorities: [3, 4, 5] },
    ],
    contacts: [
      contact(["Network operations centre", "Service desk", "noc@northline.example"], "en", 0),
      contact(["Grace Lindqvist", "Duty manager", "g.lindqvist@northline.example"], "en", 45, "819 555-0177"),
      contact(["Owen Marsh", "Account director", "o.marsh@northline.example"], "en", 120, "819 555-0178"),
    ],
    note: "Give the circuit number first: it is on the label of the cabinet.",
  },
  gateway: {
    ...{ name: "Passerelle Paiements", kind: "supplier", language: "fr", contract: "PP-77-310" },
    services: ["payments", "permits"],
    calendar: officeCalendar,
    targets: [
      { clock: "respond", minutes: 60, inHours: false, priorities: [1, 2] },
      { clock: "respond", minutes: 240, inHours: true, priorities: [3, 4, 5] },
      { clock: "restore", minutes: 480, inHours: true },
    ],
    contacts: [
      contact(["Soutien aux marchands", "Centre de services", "soutien@passerelle.example"], "fr", 0),
      contact(["Karim Benali", "Chef de l’exploitation", "k.benali@passerelle.example"], "fr", 60, "819 555-0181"),
    ],
    note: null,
  },
  heating: {
    ...{ name: "Chauffage Valrive", kind: "supplier", language: "fr", contract: "IM-2025-04" },
    services: ["buildings"],
    calendar: officeCalendar,
    targets: [{ clock: "respond", minutes: 240, inHours: true }],
    contacts: [contact(["Répartition", "Centre d’appels", "repartition@chauffage.example"], "fr", 0)],
    note: null,
  },
  region: {
    ...{ name: "Régie de l’eau du bassin", kind: "partner", language: "fr", contract: null },
    ...{ services: ["water"], calendar: null, targets: [] },
    contacts: [contact(["Salle de contrôle", "Quart", "salle@regie-eau.example"], "fr", 0, "819 555-0190")],
    note: "Aucun contrat: une entente d’aide mutuelle.",
  },
} as const satisfies Readonly<Record<string, Told>>;
export type SupplierName = keyof typeof suppliers;

export const suppliersOf = (cast: Cast, mint: Mint, at: Instant): Supplier[] =>
  Object.values(suppliers).map((one: Told) => ({
    ...one,
    id: mint(at),
    services: one.services.map((name) => cast.services[name]),
    retired: false,
  }));

/** As it is told: the supplier by its name, texts in the language of the supplier. */
export type Engaging = Omit<Extract<EngagementAsk, { do: "engage" }>, "supplier"> & { readonly supplier: SupplierName };
type Doing = Engaging | Exclude<EngagementAsk, { do: "engage" }>;
/** Minutes before the end. */
export type Engaged = readonly [minutesAgo: number, who: PersonName, act: Doing];

export function engage({ world, cast }: Telling, id: string, who: PersonName, given: Doing): void {
  const act = given.do === "engage" ? { ...spoken(given), supplier: idOf(world, given.supplier) } : given;
  const refused = world.engage(id, cast.people[who], act);
  if (isRefusal(refused)) throw new Error(`${who} may not ${given.do}: ${JSON.stringify(refused)}`);
}

function idOf(world: Telling["world"], name: SupplierName): string {
  const found = [...world.directory().suppliers.values()].find((one) => one.name === suppliers[name].name);
  if (!found) throw new Error(`the city has no supplier ${name}`);
  return found.id;
}

function spoken(given: Engaging): Engaging {
  const { language } = suppliers[given.supplier];
  const context = given.context === null ? null : inWords(given.context, language);
  return { ...given, text: inWords(given.text, language), context };
}

/** Of which services somebody outside was called now and then. */
const calledFor: Readonly<Partial<Record<ServiceName, SupplierName>>> = { telephony: "northline", payments: "gateway" };
const words = {
  fr: {
    ask: "{service}: une panne qui peut venir de chez vous. Voyez-vous quelque chose?",
    has: "Dossier ouvert, on regarde.",
    back: "C’est rétabli de notre côté.",
  },
  en: {
    ask: "{service}: a failure that may come from your side. Do you see anything?",
    has: "Ticket opened, looking into it.",
    back: "Restored on our side.",
  },
} as const;

/** By telephone, once whoever coordinates knows that it is theirs. */
export function callSupplier({ telling, situation, coordinator }: Play, id: string): void {
  const supplier = calledFor[situation.service];
  if (supplier === undefined) return;
  const { language } = suppliers[supplier];
  const { nameFr, nameEn } = services[situation.service];
  const text = inWords(words[language].ask, language, { service: language === "fr" ? nameFr : nameEn });
  engage(telling, id, coordinator, { do: "engage", supplier, text, context: null, how: "phone" });
}

/** They have it, under a number of theirs; or they say that it works. */
export function hearSupplier({ telling, coordinator }: Play, id: string, became: "acknowledged" | "restored"): void {
  const [one] = stateOf(telling, id).engagements ?? [];
  const from = became === "acknowledged" ? "asked" : "acknowledged";
  if (one?.status !== from) return;
  const ticket =
    became === "acknowledged" ? `${one.name.slice(0, 2).toUpperCase()}-${id.slice(-5).toUpperCase()}` : null;
  const text = inWords(words[one.language][became === "acknowledged" ? "has" : "back"], one.language);
  engage(telling, id, coordinator, { do: "tell", number: one.number, became, ticket, text });
}
