/** What burning incidents hurt: services, domains over time. */
import type { Hurt } from "../situation.ts";

export const permitsHurts: readonly Hurt[] = [
  ["elise", 50, { service: "permits", status: "down", note: "Aucune demande ne peut être payée." }, 6],
  ["elise", 49, { domain: "services", magnitude: "high" }, 5],
  ["chloe", 48, { domain: "customers", magnitude: "moderate", people: 60, note: "Une soixantaine d’appels au 311." }],
  ["priya", 44, { service: "website", status: "degraded", note: "Le portail répond en plus de 10 s." }],
  ["priya", 41, { service: "payments", status: "degraded" }],
  [
    "chloe",
    36,
    { domain: "customers", magnitude: "high", people: 180, note: "File d’attente au comptoir des permis." },
  ],
  ["chloe", 34, { domain: "employees", magnitude: "low", people: 12, note: "Le comptoir saisit à la main." }],
  ["elise", 27, { domain: "customers", magnitude: "very-high", people: 320 }],
  ["elise", 14, { service: "website", status: "back" }],
  [
    "chloe",
    11,
    { domain: "customers", magnitude: "moderate", people: 90, note: "L’avis en ligne fait baisser les appels." },
  ],
];
