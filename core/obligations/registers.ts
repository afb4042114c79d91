/** Registers that laws ask to be kept, made of what was assessed of incidents. What each holds and for how long is data; nothing is
 *  ever taken out of the record of an incident because its time is over. */
import { zoned } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import type { Outcome } from "./assessment.ts";

export type Register = {
  readonly id: string;
  readonly laws: readonly string[];
  readonly holds: readonly Outcome[];
  readonly fields: readonly string[];
  /** At least so long after the first of these facts that is known; null: the law gives no period, or none was verified. */
  readonly keep: { readonly months: number; readonly after: readonly string[] } | null;
};

const everything: readonly Outcome[] = ["owed", "not-owed", "unknown"];

export const registers: readonly Register[] = [
  {
    id: "qc-confidentiality",
    laws: ["qc-l25", "qc-health"],
    holds: everything,
    fields: [
      "data-kinds",
      "circumstances",
      "occurred-on",
      "persons-number",
      "harm-elements",
      "persons-notice",
      "measures-taken",
    ],
    keep: { months: 60, after: ["reasons-to-believe"] },
  },
  {
    id: "gdpr-breaches",
    laws: ["gdpr33", "gdpr34"],
    holds: everything,
    fields: ["circumstances", "occurred-on", "data-kinds", "persons-number", "consequences", "measures-taken"],
    keep: null,
  },
  {
    id: "ca-safeguards",
    laws: ["ca-pipeda"],
    holds: everything,
    fields: ["circumstances", "cause", "occurred-on", "data-kinds", "persons-number", "measures-taken"],
    keep: { months: 24, after: ["breach-determined"] },
  },
  {
    id: "dora-incidents",
    laws: ["dora"],
    holds: everything,
    fields: [
      "circumstances",
      "occurred-on",
      "criteria-met",
      "services-affected",
      "clients-affected",
      "cause",
      "recovered-at",
      "costs",
    ],
    keep: null,
  },
  {
    id: "nis2-incidents",
    laws: ["nis2"],
    holds: everything,
    fields: ["circumstances", "occurred-on", "severity", "services-affected", "cause", "measures-taken"],
    keep: null,
  },
  {
    id: "qc-finance",
    laws: ["qc-amf"],
    holds: everything,
    fields: ["circumstances", "occurred-on", "severity", "services-affected", "cause", "measures-taken"],
    keep: { months: 60, after: ["under-control"] },
  },
];

export const registerNamed = (id: string): Register | undefined => registers.find((one) => one.id === id);

/** What registers fed by a law want known of it. */
export const registerFields = (law: string): string[] =>
  registers.filter(({ laws }) => laws.includes(law)).flatMap(({ fields }) => fields);

/** Until the end of that day at least; null while the fact that it counts from is not known. */
export function keptUntil(
  { keep }: Register,
  facts: Readonly<Record<string, { readonly at: Instant }>>,
  zone: string,
): Instant | null {
  const from = keep?.after.map((name) => facts[name]?.at).find((at) => at !== undefined);
  if (keep === null || from === undefined) return null;
  return zoned(from, zone).add({ months: keep.months }).add({ days: 1 }).startOfDay().epochMilliseconds;
}
