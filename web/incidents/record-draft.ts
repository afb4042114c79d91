/** What is written in the panel before anything is recorded, and the rule that what the person chose stays: a proposal or a
 *  template only fills what is still empty. */
import type { z } from "zod";
import type { newIncident } from "#contract/incidents.ts";
import type { proposals, proposeIncident, template } from "#contract/recording.ts";
import type { DetectionReason, Impact, Language, Urgency } from "#core/kernel/vocabulary.ts";

export type Proposals = z.output<typeof proposals>;
export type Template = z.output<typeof template>;
export type Assignee = NonNullable<Proposals["assignee"]>["value"];
export type Reason = Proposals["impact"]["reasons"][number];

export type Draft = {
  readonly title: string;
  readonly description: string;
  /** Empty: not said. */
  readonly service: string;
  readonly categories: readonly string[];
  readonly impact: "" | `${Impact}`;
  readonly urgency: "" | `${Urgency}`;
  readonly assignee: Assignee | null;
  readonly exercise: boolean;
  /** Empty: as nearly always. Absent in a draft that was kept before it was asked. */
  readonly detectedAs?: "" | DetectionReason;
  readonly files: readonly File[];
};

export const emptyDraft: Draft = {
  title: "",
  description: "",
  service: "",
  categories: [],
  impact: "",
  urgency: "",
  assignee: null,
  exercise: false,
  files: [],
};

/** What one accepts, or gives back, with one key. Each has its own number, so that a key never changes its meaning while
 *  one types. */
export const offers = ["service", "categories", "weight", "assignee"] as const;
export type OfferName = (typeof offers)[number];
/** A part of the draft that a proposal would fill, and why. */
export type Offer = { readonly fills: Partial<Draft>; readonly reasons: readonly Reason[] };
export type Offers = Readonly<Partial<Record<OfferName, Offer>>>;

/** Nothing speaks for these: to accept them would say what nobody knows. */
const saysNothing = new Set(["said", "nothing-known"]);
const speaks = ({ reasons }: { readonly reasons: readonly Reason[] }): boolean =>
  reasons.some(({ code }) => !saysNothing.has(code));

export function offersFor(draft: Draft, proposed: Proposals): Offers {
  const { service, categories, impact, urgency, assignee } = proposed;
  const found: Partial<Record<OfferName, Offer>> = {};
  if (draft.service === "" && service) found.service = { fills: { service: service.value }, reasons: service.reasons };
  const told = categories.filter(speaks);
  if (draft.categories.length === 0 && told.length > 0)
    found.categories = {
      fills: { categories: told.map(({ value }) => value) },
      reasons: told.flatMap(({ reasons }) => reasons),
    };
  const fills: Partial<Pick<Draft, "impact" | "urgency">> = {
    ...(draft.impact === "" && speaks(impact) && { impact: `${impact.value}` as const }),
    ...(draft.urgency === "" && speaks(urgency) && { urgency: `${urgency.value}` as const }),
  };
  if (Object.keys(fills).length > 0) found.weight = { fills, reasons: [] };
  if (draft.assignee === null && assignee)
    found.assignee = { fills: { assignee: assignee.value }, reasons: assignee.reasons };
  return found;
}

/** Only what is still empty is filled. */
export function accept(draft: Draft, { fills }: Offer): Draft {
  const free = Object.entries(fills).filter(([name]) => isFree(draft[name as keyof Draft]));
  return { ...draft, ...Object.fromEntries(free) };
}

/** Only what is still as it was accepted is emptied: the person may have chosen otherwise since. */
export function giveBack(draft: Draft, { fills }: Offer): Draft {
  const same = Object.entries(fills).filter(([name, value]) => isSame(draft[name as keyof Draft], value));
  return { ...draft, ...Object.fromEntries(same.map(([name]) => [name, emptyDraft[name as keyof Draft]])) };
}

/** Does any of it still stand in the draft? */
export const isTaken = (draft: Draft, { fills }: Offer): boolean =>
  Object.entries(fills).some(([name, value]) => isSame(draft[name as keyof Draft], value));

const isFree = (value: unknown): boolean =>
  value === "" || value === null || (Array.isArray(value) && value.length === 0);
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** A title that begins so looks for a template. */
export const templateMark = ">";
export const isLookingForTemplate = (title: string): boolean => title.trimStart().startsWith(templateMark);

const fillsOf = ({ description, service, categories, impact, urgency }: Template): Partial<Draft> => ({
  description: description ?? "",
  service: service ?? "",
  categories,
  impact: impact === null ? "" : `${impact}`,
  urgency: urgency === null ? "" : `${urgency}`,
});

/** Going from one template to another takes back what the first one filled, and no more; null leaves only that out. */
export function applyTemplate(draft: Draft, template: Template | null, before: Template | null): Draft {
  const { title } = draft;
  const kept = before ? giveBack(draft, { fills: fillsOf(before), reasons: [] }) : draft;
  const free = title.trim() === "" || isLookingForTemplate(title) || title === before?.title;
  if (template === null) return { ...kept, title: free ? "" : title };
  return { ...accept(kept, { fills: fillsOf(template), reasons: [] }), title: free ? template.title : title };
}

export const isReady = ({ title }: Draft): boolean => title.trim() !== "" && !isLookingForTemplate(title);

type Body = z.input<typeof newIncident>;

export function bodyOf(draft: Draft, language: Language): Body {
  const { description, service, categories, impact, urgency, exercise, detectedAs } = draft;
  return {
    title: draft.title.trim(),
    language,
    ...(description.trim() && { description: description.trim() }),
    ...(service && { service }),
    ...(categories.length > 0 && { categories: [...categories] }),
    ...(impact && { impact: Number(impact) as Impact }),
    ...(urgency && { urgency: Number(urgency) as Urgency }),
    ...(exercise && { exercise: true }),
    ...(detectedAs && { detectedAs }),
  };
}

/** What the proposals are asked about: the same, without what they do not read. */
export function writtenIn(draft: Draft, language: Language): z.input<typeof proposeIncident.body> {
  const { language: _, detectedAs: __, ...written } = bodyOf(draft, language);
  return written as z.input<typeof proposeIncident.body>;
}
