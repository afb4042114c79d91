/** What an organisation says of requests for assistance, as data: kinds of request, rules in the order in which they are read,
 *  how long whoever is asked has to answer, and who is asked when no rule matches. */
import { hasPhrase, stemOf, wordsOf } from "../kernel/words.ts";

/** Whoever answers for something: a function, or a team, which may be that of a supplier. */
export type Party = { readonly kind: "function" | "team"; readonly id: string };

export type AnswerTimes = { readonly answerMinutes: number | null; readonly urgentMinutes: number | null };

/** Open list: never an enumeration in code. */
export type AssistanceKind = AnswerTimes & {
  readonly id: string;
  readonly nameFr: string;
  readonly nameEn: string;
  /** No longer chosen; requests that have it keep it. */
  readonly retired: boolean;
};

/** Of what a rule names, all must hold; of one list, any. An empty list asks nothing. */
export type AssistanceRule = {
  readonly kinds: readonly string[];
  readonly words: readonly string[];
  readonly domains: readonly string[];
  readonly services: readonly string[];
  readonly sites: readonly string[];
  readonly to: Party;
};

export type PartyTerms = AnswerTimes & {
  readonly party: Party;
  /** By which they are called when it presses; null: all of them at once. */
  readonly policy: string | null;
};

export type AssistanceSettings = {
  /** 0: as the product comes. */
  readonly version: number;
  readonly kinds: readonly AssistanceKind[];
  readonly rules: readonly AssistanceRule[];
  readonly terms: readonly PartyTerms[];
  readonly fallback: Party | null;
};

const kind = (id: string, nameFr: string, nameEn: string): AssistanceKind => ({
  id,
  nameFr,
  nameEn,
  answerMinutes: null,
  urgentMinutes: null,
  retired: false,
});

export const firstSettings: AssistanceSettings = {
  version: 0,
  kinds: [
    kind("technical", "Technique", "Technical"),
    kind("facilities", "Bâtiment et installations", "Building and facilities"),
    kind("legal", "Juridique", "Legal"),
    kind("communications", "Communications", "Communications"),
    kind("people", "Ressources humaines", "Human resources"),
    kind("supplier", "Fournisseur", "Supplier"),
    kind("other", "Autre", "Other"),
  ],
  rules: [],
  terms: [],
  fallback: null,
};

/** Where nobody has said how long: a working day, or an hour. */
export const usualMinutes = { plain: 8 * 60, urgent: 60 } as const;

export const isSame = (a: Party | null, b: Party | null): boolean =>
  a !== null && b !== null && a.kind === b.kind && a.id === b.id;

/** The strictest of what its kind and whoever is asked say. */
export function answerMinutesFor(
  settings: AssistanceSettings,
  to: Party,
  { kind: of, urgent }: { readonly kind: string; readonly urgent: boolean },
): number {
  const said = [settings.kinds.find(({ id }) => id === of), termsOf(settings, to)]
    .map((times) => (urgent ? times?.urgentMinutes : times?.answerMinutes))
    .filter((minutes) => minutes !== null && minutes !== undefined);
  return said.length > 0 ? Math.min(...said) : urgent ? usualMinutes.urgent : usualMinutes.plain;
}

export const termsOf = ({ terms }: AssistanceSettings, to: Party): PartyTerms | undefined =>
  terms.find(({ party }) => isSame(party, to));

export type SettingsFault = {
  readonly fault: "twice" | "kind" | "nothing" | "word" | "terms" | "none";
  /** Of the rule, from 1; 0 where it is about none. */
  readonly rule: number;
  readonly name: string;
};

/** Null: they may be published. Whether what they name exists is asked where that is known. */
export function settingsFault({ kinds, rules, terms }: Omit<AssistanceSettings, "version">): SettingsFault | null {
  const ids = kinds.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) return { fault: "twice", rule: 0, name: twice };
  if (!kinds.some(({ retired }) => !retired)) return { fault: "none", rule: 0, name: "" };
  for (const [index, rule] of rules.entries()) {
    const unknown = rule.kinds.find((id) => !ids.includes(id));
    if (unknown !== undefined) return { fault: "kind", rule: index + 1, name: unknown };
    if (asksNothing(rule)) return { fault: "nothing", rule: index + 1, name: "" };
    const empty = rule.words.find((words) => wordsOf(words).length === 0);
    if (empty !== undefined) return { fault: "word", rule: index + 1, name: empty };
  }
  const again = terms.find(({ party }, index) => terms.findIndex((one) => isSame(one.party, party)) !== index);
  return again ? { fault: "terms", rule: 0, name: again.party.id } : null;
}

/** It would hide every rule after it; the fall-back is for what no rule is about. */
const asksNothing = ({ to: _, ...asked }: AssistanceRule): boolean =>
  Object.values(asked).every((list) => list.length === 0);

/** What somebody asks, as rules see it. */
export type Wanted = {
  readonly kind: string;
  readonly title: string;
  readonly details: string | null;
  readonly domains: readonly string[];
  readonly service: string | null;
  readonly site: string | null;
};

export type MatchedBy = {
  readonly what: "kind" | "words" | "domain" | "service" | "site";
  readonly value: string;
};

/** Which of what a rule names made it match; null: it does not. */
export function matchOf(rule: AssistanceRule, wanted: Wanted): MatchedBy[] | null {
  const stems = wordsOf(`${wanted.title} ${wanted.details ?? ""}`).map(stemOf);
  const site = wordsOf(wanted.site ?? "").join(" ");
  const asked: readonly (readonly [MatchedBy["what"], readonly string[], (value: string) => boolean])[] = [
    ["kind", rule.kinds, (value) => value === wanted.kind],
    ["words", rule.words, (value) => hasPhrase(stems, wordsOf(value).map(stemOf))],
    ["domain", rule.domains, (value) => wanted.domains.includes(value)],
    ["service", rule.services, (value) => value === wanted.service],
    ["site", rule.sites, (value) => site !== "" && wordsOf(value).join(" ") === site],
  ];
  const found: MatchedBy[] = [];
  for (const [what, values, holds] of asked) {
    if (values.length === 0) continue;
    const value = values.find(holds);
    if (value === undefined) return null;
    found.push({ what, value });
  }
  return found;
}
