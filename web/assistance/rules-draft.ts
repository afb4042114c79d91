/** Rules as they are written in the form: lists are lines of text, numbers are what was typed. */

import { partyKey, partyOf } from "./party.ts";
import type { AssistanceRules } from "./queries.ts";

export type RuleDraft = {
  readonly key: string;
  readonly kinds: readonly string[];
  readonly words: string;
  readonly domains: readonly string[];
  readonly services: readonly string[];
  readonly sites: string;
  readonly to: string;
};
export type KindDraft = {
  readonly key: string;
  readonly id: string;
  readonly fr: string;
  readonly en: string;
  readonly answer: string;
  readonly urgent: string;
  readonly retired: boolean;
};
export type TermsDraft = {
  readonly key: string;
  readonly party: string;
  readonly answer: string;
  readonly urgent: string;
  readonly policy: string;
};
export type RulesDraft = {
  readonly kinds: readonly KindDraft[];
  readonly rules: readonly RuleDraft[];
  readonly terms: readonly TermsDraft[];
  readonly fallback: string;
};

const keyed = (): string => crypto.randomUUID();
const typed = (minutes: number | null): string => (minutes === null ? "" : String(minutes));
const minutesOf = (text: string): number | null => (text.trim() === "" ? null : Number(text));
export const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

export const newRule = (): RuleDraft => ({
  key: keyed(),
  kinds: [],
  words: "",
  domains: [],
  services: [],
  sites: "",
  to: "",
});
export const newKind = (): KindDraft => ({
  key: keyed(),
  id: "",
  fr: "",
  en: "",
  answer: "",
  urgent: "",
  retired: false,
});
export const newTerms = (): TermsDraft => ({ key: keyed(), party: "", answer: "", urgent: "", policy: "" });

export const draftOf = (rules: AssistanceRules): RulesDraft => ({
  kinds: rules.kinds.map((one) => ({
    key: keyed(),
    id: one.id,
    fr: one.nameFr,
    en: one.nameEn,
    answer: typed(one.answerMinutes),
    urgent: typed(one.urgentMinutes),
    retired: one.retired,
  })),
  rules: rules.rules.map((one) => ({
    key: keyed(),
    kinds: one.kinds,
    words: one.words.join("\n"),
    domains: one.domains,
    services: one.services,
    sites: one.sites.join("\n"),
    to: partyKey(one.to),
  })),
  terms: rules.terms.map((one) => ({
    key: keyed(),
    party: partyKey(one.party),
    answer: typed(one.answerMinutes),
    urgent: typed(one.urgentMinutes),
    policy: one.policy ?? "",
  })),
  fallback: partyKey(rules.fallback),
});

/** Of a name, where nobody gave an identifier. */
export function idOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return plain.slice(0, 64) || "kind";
}

/** Null while a rule or a set of times says nobody. */
export function settingsOf({ kinds, rules, terms, fallback }: RulesDraft) {
  const parties = [...rules.map(({ to }) => to), ...terms.map(({ party }) => party)].map(partyOf);
  if (parties.some((party) => party === null)) return null;
  const party = (key: string) => partyOf(key) as NonNullable<ReturnType<typeof partyOf>>;
  return {
    kinds: kinds.map((one) => ({
      id: one.id.trim() || idOf(one.en),
      nameFr: one.fr.trim(),
      nameEn: one.en.trim(),
      answerMinutes: minutesOf(one.answer),
      urgentMinutes: minutesOf(one.urgent),
      retired: one.retired,
    })),
    rules: rules.map((one) => ({
      kinds: [...one.kinds],
      words: linesOf(one.words),
      domains: [...one.domains],
      services: [...one.services],
      sites: linesOf(one.sites),
      to: party(one.to),
    })),
    terms: terms.map((one) => ({
      party: party(one.party),
      answerMinutes: minutesOf(one.answer),
      urgentMinutes: minutesOf(one.urgent),
      policy: one.policy || null,
    })),
    fallback: partyOf(fallback),
  };
}
