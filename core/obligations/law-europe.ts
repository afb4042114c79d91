/** Laws of Europe on telling of incidents. */
import type { Leg } from "./clock.ts";
import { days, fact, firstOf, hours, type Law, lastChecked, lastOf, leg, months } from "./law.ts";

const read = { version: 1, checkedOn: lastChecked } as const;
const inForce = (from: string) => ({ ...read, status: "in-force", inForceFrom: from }) as const;

/** A directive: its limits bind by the law of each State, which may say more. */
const nis2: Law = {
  ...inForce("2024-10-18"),
  id: "nis2",
  certainty: "text",
  url: "http://data.europa.eu/eli/dir/2022/2555/oj",
  legs: [
    leg("early-warning", fact("aware"), hours(24)),
    leg("notification", fact("aware"), hours(72), {
      limitWhen: [{ traits: ["trust-service-provider", "trust-services-affected"], limit: hours(24) }],
    }),
    leg("intermediate", fact("requested"), null),
    leg("final", firstOf("notification"), months(1), { notWith: ["still-ongoing"] }),
    leg("progress", firstOf("notification"), months(1), { onlyWith: ["still-ongoing"] }),
    leg("final-after-handling", fact("handled"), months(1), { onlyWith: ["still-ongoing"] }),
    leg("recipients", fact("aware"), null),
    leg("recipients-threat", fact("threat-known"), null),
  ],
};

const gdpr33: Law = {
  ...inForce("2018-05-25"),
  id: "gdpr33",
  certainty: "text",
  url: "http://data.europa.eu/eli/reg/2016/679/oj",
  legs: [leg("authority", fact("aware"), hours(72)), leg("controller", fact("processor-aware"), null)],
};

const gdpr34: Law = {
  ...inForce("2018-05-25"),
  id: "gdpr34",
  certainty: "text",
  url: "http://data.europa.eu/eli/reg/2016/679/oj",
  legs: [leg("persons", fact("high-risk"), null)],
};

const noon: Leg["extension"] = { to: "noon", exceptFor: [], exceptSince: null };
/** Not for those whose service many depend on. */
const noonForOthers: Leg["extension"] = {
  to: "noon",
  exceptFor: [
    "credit-institution",
    "central-counterparty",
    "trading-venue-operator",
    "nis2-essential",
    "nis2-important",
  ],
  exceptSince: { fact: "extension-withdrawn", reportedBy: "initial" },
};

const dora: Law = {
  ...inForce("2025-03-12"),
  id: "dora",
  certainty: "text",
  url: "http://data.europa.eu/eli/reg_del/2025/301/oj",
  legs: [
    leg("initial", fact("classified"), hours(4), {
      atLatest: { start: fact("aware"), limit: hours(24), lateStart: "lifts" },
      extension: noonForOthers,
    }),
    leg("intermediate", firstOf("initial"), hours(72), { extension: noonForOthers }),
    leg("update", fact("recovered"), null),
    leg("final", lastOf("intermediate", "update"), months(1), { extension: noon }),
    leg("clients", fact("clients-affected"), null),
  ],
};

const cra: Law = {
  ...inForce("2026-09-11"),
  id: "cra",
  certainty: "text",
  url: "http://data.europa.eu/eli/reg/2024/2847/oj",
  legs: [
    leg("vulnerability-warning", fact("vulnerability-aware"), hours(24)),
    leg("vulnerability-notification", fact("vulnerability-aware"), hours(72)),
    leg("vulnerability-final", fact("measure-available"), days(14)),
    leg("incident-warning", fact("incident-aware"), hours(24)),
    leg("incident-notification", fact("incident-aware"), hours(72)),
    leg("incident-final", firstOf("incident-notification"), months(1)),
    leg("intermediate", fact("requested"), null),
    leg("users-vulnerability", fact("vulnerability-aware"), null),
    leg("users-incident", fact("incident-aware"), null),
  ],
};

const lopmi: Law = {
  ...inForce("2023-04-24"),
  id: "fr-lopmi",
  certainty: "text",
  url: null,
  legs: [leg("complaint", fact("known"), hours(72))],
};

const ukResilience: Law = {
  ...read,
  id: "uk-csr",
  status: "draft",
  inForceFrom: null,
  certainty: "secondary",
  url: null,
  legs: [leg("initial", fact("aware"), hours(24)), leg("full", fact("aware"), hours(72))],
};

export const europeanLaws: readonly Law[] = [nis2, gdpr33, gdpr34, dora, cra, lopmi, ukResilience];
