/** What owes the city a sign of life, and by whom its messages would be carried: told as it stands when the story ends. The accounts
 *  are of nobody, and their servers end in `.example` (RFC 2606): whatever asks them finds no one. */
import { dayMs, hourMs, minuteMs } from "../core/kernel/time.ts";
import type { Severity } from "../core/kernel/vocabulary.ts";
import { domain, type IntegrationName, type ServiceName } from "./organisation.ts";

/** Each in the language of whoever set it up. `agoMs`: since its last sign. */
export type OwesSign = {
  /** The same in each story: an alert of the story is about one of them. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly integration: IntegrationName;
  readonly service: ServiceName;
  readonly severity: Severity;
  readonly unit: "hours" | "days";
  readonly intervalMs: number;
  readonly graceMs: number;
  readonly agoMs: number | null;
  readonly paused?: true;
};

const id = (place: number): string => `d3a70000-0000-4000-8000-00000000000${place}`;

/** Of the night before, with an hour of grace, and nothing for three hours. */
export const silentSinceMs = 3 * hourMs;

/** Those that are heard have long intervals: a demonstration that is left running stays as it was for weeks. */
export const heartbeats: readonly OwesSign[] = [
  {
    id: id(1),
    name: "Copie de nuit des permis",
    description: "La base des permis est copiée à 2 h vers l’autre centre de données.",
    integration: "backup",
    service: "backup",
    severity: "error",
    unit: "days",
    intervalMs: dayMs,
    graceMs: hourMs,
    agoMs: dayMs + hourMs + silentSinceMs,
  },
  {
    id: id(2),
    name: "Archive mensuelle des courriels",
    description: "Le premier du mois.",
    integration: "backup",
    service: "mail",
    severity: "warning",
    unit: "days",
    intervalMs: 31 * dayMs,
    graceMs: hourMs,
    agoMs: 9 * dayMs + 4 * hourMs,
  },
  {
    id: id(3),
    name: "Weekly restore test",
    description: "One server is restored from its backup each Sunday, and compared.",
    integration: "backup",
    service: "backup",
    severity: "warning",
    unit: "days",
    intervalMs: 14 * dayMs,
    graceMs: hourMs,
    agoMs: 2 * dayMs + 40 * minuteMs,
  },
  {
    id: id(4),
    name: "Certificate renewal",
    description: "Renews what ends within a month, and says so even when there is nothing to renew.",
    integration: "servers",
    service: "servers",
    severity: "error",
    unit: "days",
    intervalMs: 30 * dayMs,
    graceMs: hourMs,
    agoMs: 11 * hourMs,
  },
  {
    id: id(5),
    name: "Relevé des capteurs du réservoir est",
    description: "En pause pendant le remplacement des sondes.",
    integration: "water",
    service: "water",
    severity: "critical",
    unit: "hours",
    intervalMs: hourMs,
    graceMs: 10 * minuteMs,
    agoMs: 6 * dayMs,
    paused: true,
  },
  {
    id: id(6),
    name: "Dépôt bancaire de la paie",
    description: "Attendu à partir de la prochaine paie.",
    integration: "servers",
    service: "payroll",
    severity: "critical",
    unit: "days",
    intervalMs: 14 * dayMs,
    graceMs: hourMs,
    agoMs: null,
  },
];

export const silent = heartbeats[0] as OwesSign;

/** What each would be asked, and how it last answered. Keys are made when the story is written: they open nothing. */
export type Carrier = {
  readonly kind: "twilio" | "vonage" | "slack";
  readonly name: string | null;
  readonly server: string;
  /** Kept for stories: never given to anybody. */
  readonly from?: string;
  readonly answeredAgoMs: number;
  readonly error: string | null;
};

export const carriers: readonly Carrier[] = [
  {
    kind: "twilio",
    name: null,
    server: `https://twilio.${domain}`,
    from: "+18195550100",
    answeredAgoMs: 26 * minuteMs,
    error: null,
  },
  {
    kind: "vonage",
    name: "Vonage (relève)",
    server: `https://vonage.${domain}`,
    from: "+18735550101",
    answeredAgoMs: 5 * hourMs,
    error: "HTTP 503",
  },
  {
    kind: "slack",
    name: "Salon des opérations",
    server: `https://slack.${domain}`,
    answeredAgoMs: 2 * hourMs,
    error: null,
  },
];
