/** One of each fact about what an incident hurts, and what a reader must find of it: for the test of entries. */
import type { EventOf } from "#core/incidents/events.ts";
import type { ImpactEvent } from "#core/incidents/impact-events.ts";

type Told<T extends ImpactEvent["type"]> = { readonly data: EventOf<T>["data"]; readonly shows: readonly string[] };

const mail = { service: "s1", nameFr: "Courrier", nameEn: "Courrier" };
const pay = { function: "f1", nameFr: "Paie", nameEn: "Paie" };
const domain = { domain: "customers", nameFr: "Clients", nameEn: "Clients" };
const servers = { service: "s2", nameFr: "Serveurs", nameEn: "Serveurs" };
const dates = { since: "2026-10-15T08:00:00.000Z", due: "2026-10-15T12:00:00.000Z" };

export const impactFacts: { readonly [T in ImpactEvent["type"]]: Told<T> } = {
  "affected.stated": {
    data: { ...mail, status: "at-risk", was: null, note: "Lent depuis midi", through: servers },
    shows: ["Courrier", "Serveurs", "Lent depuis midi"],
  },
  "affected.ruled-out": { data: { ...mail, note: "Autre salle" }, shows: ["Courrier", "Autre salle"] },
  "impact.measured": {
    data: { ...domain, number: 1, magnitude: "very-high", people: 1200, note: "Files au comptoir" },
    shows: ["Clients", "200", "Files au comptoir"],
  },
  "impact.withdrawn": { data: { ...domain, number: 3 }, shows: ["3", "Clients"] },
  "vital.hit": { data: { ...pay, service: "s1", criticality: "high", tolerableMinutes: 240 }, shows: ["Paie", "4"] },
  "outage.warned": { data: { ...pay, share: 75, ...dates }, shows: ["Paie", "75"] },
  "outage.passed": { data: { ...pay, minutes: 240, ...dates }, shows: ["Paie", "4"] },
};
