/** What the record of an incident knows of what a submission has to say. What a person wrote for it comes first: the record was
 *  written for those who work, and not for an authority. */
import type { Instant } from "../kernel/vocabulary.ts";
import type { Obligation } from "./obligations.ts";
import type { IncidentState } from "./state.ts";

export type FieldValue = {
  readonly value: string | null;
  readonly at: Instant | null;
  /** Null: nobody has said it. */
  readonly from: "record" | "written" | null;
};

const unsaid: FieldValue = { value: null, at: null, from: null };

/** Facts by which somebody became aware, whatever each law calls it. */
const awareness = [
  "aware",
  "incident-aware",
  "vulnerability-aware",
  "known",
  "reasons-to-believe",
  "breach-determined",
  "manager-informed",
  "criterion-met",
  "discovered",
  "suspected",
];

type Known = { readonly incident: IncidentState; readonly title: string; readonly service: string | null };

export function fieldValue(obligation: Obligation, field: string, known: Known): FieldValue {
  const written = obligation.fields[field];
  if (written !== undefined) return { value: written, at: null, from: "written" };
  const text = textIn(obligation, field, known);
  if (text !== null && text !== "") return { value: text, at: null, from: "record" };
  const at = instantIn(obligation, field, known.incident);
  return at === null ? unsaid : { value: null, at, from: "record" };
}

function textIn({ submissions }: Obligation, field: string, { incident, title, service }: Known): string | null {
  switch (field) {
    case "incident-reference":
      return incident.number;
    case "circumstances":
      return [title, incident.description].filter((one) => one !== null && one !== "").join("\n\n");
    case "services-affected":
      return service;
    case "cause":
      return confirmed(incident).join("\n");
    case "measures-taken":
      return incident.solution?.text ?? null;
    case "authority-reference":
      return submissions.findLast(({ reference }) => reference !== null)?.reference ?? null;
    default:
      return null;
  }
}

const confirmed = ({ hypotheses = [] }: IncidentState): string[] =>
  hypotheses.filter(({ status }) => status === "confirmed").map(({ text }) => text);

function instantIn({ facts }: Obligation, field: string, { milestones }: IncidentState): Instant | null {
  const of = (names: readonly string[]): Instant | null =>
    names.map((name) => facts[name]?.at).find((at) => at !== undefined) ?? null;
  switch (field) {
    case "occurred-on":
      return milestones.reported ?? null;
    case "aware-at":
      return of(awareness);
    case "classified-at":
      return of(["classified"]);
    case "recovered-at":
      return of(["recovered", "under-control"]) ?? milestones.restored ?? null;
    case "resolved-at":
      return of(["resolved"]) ?? milestones.resolved ?? null;
    default:
      return null;
  }
}
