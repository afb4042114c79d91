/** The obligations of one incident, as its reader sees them. Nothing is decided here. */
import type { IncidentObligations, LegView, ObligationView } from "../../contract/incident-obligations.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { daysOfLaws, fieldsAsked } from "../../core/desk/obligations.ts";
import { type LegalLeg, legalLegsOf, soonestLeg } from "../../core/incidents/legal-clocks.ts";
import { type FieldValue, fieldValue } from "../../core/incidents/obligation-fields.ts";
import { type Obligation, obligationOf, type Submission } from "../../core/incidents/obligations.ts";
import { suggestsLaws } from "../../core/incidents/settling.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { isoOrNull, toIso } from "../../core/kernel/time.ts";
import type { Instant, Language } from "../../core/kernel/vocabulary.ts";
import { entityTraits, questionIds, questionsOf, suggested } from "../../core/obligations/assessment.ts";
import { factsOf, type Leg, type Start, traitsOf } from "../../core/obligations/clock.ts";
import { isOverdue } from "../../core/obligations/dues.ts";
import { fieldsOf, lateReasons } from "../../core/obligations/fields.ts";
import { headOf, type Law } from "../../core/obligations/law.ts";
import { laws } from "../../core/obligations/laws.ts";
import { type Limit, limitSaid } from "../../core/obligations/limit.ts";
import { type LawWords, lawWords } from "../../languages/law-words.ts";
import { serviceOf, titleOf } from "./views.ts";

export type Looking = {
  readonly directory: Directory;
  readonly language: Language;
  readonly at: Instant;
  /** Names of the files that submissions name. */
  readonly files: ReadonlyMap<string, string>;
};

export function obligationsView(incident: IncidentState, looking: Looking): IncidentObligations {
  const { directory, at, language } = looking;
  const shown = laws.filter(({ id }) => directory.laws.has(id) || obligationOf(incident, id));
  const words = lawWords(language);
  const soonest = soonestLeg(incident, daysOfLaws(directory));
  const all = shown.map((law) => viewOf(law, incident, looking, words));
  return {
    at: toIso(at),
    data: all.sort((a, b) => pressing(a) - pressing(b)),
    soonest: soonest && {
      law: { id: soonest.law, name: words.law(soonest.law) },
      leg: { id: soonest.leg, name: words.leg(soonest.law, soonest.leg) },
      dueAt: toIso(soonest.dueAt),
    },
  };
}

/** What is due first, then what is to be assessed, then the rest. */
function pressing({ legs, proposed, assessment }: ObligationView): number {
  const dues = legs.flatMap(({ pressesAt }) => (pressesAt === null ? [] : Date.parse(pressesAt)));
  if (dues.length > 0) return Math.min(...dues);
  return proposed ? far : assessment === null ? far + 2 : far + 1;
}
const far = Number.MAX_SAFE_INTEGER - 3;

function viewOf(law: Law, incident: IncidentState, looking: Looking, words: LawWords): ObligationView {
  const { directory } = looking;
  const obligation = obligationOf(incident, law.id) ?? null;
  const bound = directory.laws.get(law.id);
  const legs = obligation?.legs ?? law.legs;
  const questions = questionsOf(law.id);
  const answers = obligation?.answers ?? {};
  const holding = obligation?.traits ?? bound?.traits ?? [];
  const values = obligation ? fieldsIn(obligation, incident, looking) : new Map<string, FieldValue>();
  return {
    ...headOf(law),
    version: obligation?.version ?? law.version,
    ...{ name: words.law(law.id), source: words.source(law.id), note: words.note(law.id) },
    bound: bound !== undefined,
    proposed: obligation === null && bound !== undefined && suggestsLaws(incident),
    questions: questionIds(questions).map((id) => ({ id, name: words.question(id), answer: answers[id] ?? null })),
    suggested: suggested(questions, answers),
    traits: traitsOf(legs).map((id) => ({
      ...{ id, name: words.trait(id), holds: holding.includes(id) },
      of: entityTraits.includes(id) ? "organisation" : "incident",
    })),
    assessment: obligation && {
      outcome: obligation.outcome,
      text: obligation.text,
      by: obligation.assessedBy.name,
      at: toIso(obligation.assessedAt),
      times: obligation.assessments,
    },
    facts: factsOf(legs).map((id) => factView(id, obligation, words.fact(law.id, id))),
    legs: obligation ? legViews(obligation, values, looking, words) : [],
    fields: [...values].map(([id, { at, ...value }]) => ({ id, name: words.field(id), ...value, at: isoOrNull(at) })),
  };
}

function factView(id: string, obligation: Obligation | null, name: string): ObligationView["facts"][number] {
  const { at = null, by = null, toldBy = null, corrections = 0 } = obligation?.facts[id] ?? {};
  return { id, name, at: isoOrNull(at), by, toldBy, corrections };
}

export function fieldsIn(
  obligation: Obligation,
  incident: IncidentState,
  { directory, language }: Pick<Looking, "directory" | "language">,
): Map<string, FieldValue> {
  const service = serviceOf(incident.service, directory, language)?.name ?? null;
  const known = { incident, title: titleOf(incident.title, language), service };
  return new Map(fieldsAsked(obligation.law).map((field) => [field, fieldValue(obligation, field, known)]));
}

/** The reasons of a delay are asked for once there is one. */
export function fieldsOfLeg(law: string, leg: string, overdue: boolean): string[] {
  return [...fieldsOf(law, leg), ...(overdue ? [lateReasons] : [])];
}

function legViews(
  obligation: Obligation,
  values: ReadonlyMap<string, FieldValue>,
  { directory, at, files }: Looking,
  words: LawWords,
): LegView[] {
  const dues = legalLegsOf(obligation, daysOfLaws(directory)(obligation.law));
  return obligation.legs.flatMap((leg, index) => {
    const due = dues[index];
    return due ? [legView(leg, due, { obligation, values, words, at, files })] : [];
  });
}

/** What a leg counts from: a fact, or what was submitted before. */
const startNames = (words: LawWords, law: string, start: Start): string[] =>
  "fact" in start ? [words.fact(law, start.fact)] : start.submissionOf.map((leg) => words.leg(law, leg));

/** The one that stands by the traits that hold. */
const limitIn = ({ limit, limitWhen }: Leg, traits: readonly string[]): Limit | null =>
  limitWhen.find((one) => one.traits.every((trait) => traits.includes(trait)))?.limit ?? limit;

type Around = {
  readonly obligation: Obligation;
  readonly values: ReadonlyMap<string, FieldValue>;
  readonly words: LawWords;
  readonly at: Instant;
  readonly files: ReadonlyMap<string, string>;
};

function legView(leg: Leg, due: LegalLeg, { obligation, values, words, at, files }: Around): LegView {
  const { law, traits } = obligation;
  const overdue = due.pressesAt !== null && due.targetAt === null && isOverdue(due, at);
  const fields = fieldsOfLeg(law, leg.id, overdue || due.submitted?.late === true);
  const nameOf = (kind: "fact" | "submission", name: string) =>
    kind === "fact" ? words.fact(law, name) : words.leg(law, name);
  return {
    ...{ id: leg.id, name: words.leg(law, leg.id), recipient: words.recipient(law, leg.id) },
    limit: limitSaid(limitIn(leg, traits)),
    start: startNames(words, law, leg.start).join(" / "),
    standing: due.standing,
    waitsFor: due.waitsFor.map(({ kind, name }) => ({ kind, id: name, name: nameOf(kind, name) })),
    ...{ startedAt: isoOrNull(due.startedAt), dueAt: isoOrNull(due.dueAt), atLatest: isoOrNull(due.atLatest) },
    ...{ targetAt: isoOrNull(due.targetAt), pressesAt: isoOrNull(due.pressesAt), overdue },
    extension: { outcome: due.extension.outcome, until: isoOrNull(due.extension.until) },
    submissions: obligation.submissions.filter((one) => one.leg === leg.id).map((one) => sent(one, due, files)),
    mayBeWithheld: leg.hold !== null,
    withheld: due.withheld.map(({ reason, authority, from, until, dueAfter }) => ({
      ...{ reason, authority, from: toIso(from), until: isoOrNull(until), dueAfter: isoOrNull(dueAfter) },
    })),
    fields,
    missing: fields.filter((field) => values.get(field)?.from === null).length,
  };
}

function sent(
  { at, by, reference, way, attachment, recordedBy }: Submission,
  { dueAt, submitted }: LegalLeg,
  files: ReadonlyMap<string, string>,
): LegView["submissions"][number] {
  const name = attachment === null ? undefined : files.get(attachment);
  return {
    ...{ at: toIso(at), by, reference, way, recordedBy },
    attachment: attachment !== null && name !== undefined ? { id: attachment, name } : null,
    late: submitted === null || dueAt === null ? null : at > dueAt,
  };
}
