/** What laws say, in the words of one reader: of a newer version that has no words here, its bare name. */
import type { Locale } from "../core/kernel/vocabulary.ts";
import { labels } from "./labels.ts";
import { inEachLocale } from "./messages.ts";
import { obligations } from "./obligations.ts";

const said = inEachLocale(obligations, labels);

type Unsettled = { readonly why: string; readonly law: string; readonly leg: string | null };

export type LawWords = ReturnType<typeof lawWords>;

export function lawWords(locale: Locale) {
  const { find } = said[locale];
  const word = (key: string, bare: string): string => find(key) ?? bare;
  const unsettled = ({ why, law, leg }: Unsettled): string => {
    const values = { law: word(`law.${law}`, law), leg: leg === null ? "" : word(`law.${law}.leg.${leg}`, leg) };
    return find(`unsettled.${why}`, values) ?? law;
  };
  return {
    law: (law: string) => word(`law.${law}`, law),
    source: (law: string) => word(`law.${law}.source`, law),
    note: (law: string) => find(`law.${law}.note`) ?? null,
    leg: (law: string, leg: string) => word(`law.${law}.leg.${leg}`, leg),
    recipient: (law: string, leg: string) => word(`law.${law}.to.${leg}`, leg),
    fact: (law: string, fact: string) => word(`law.${law}.fact.${fact}`, fact),
    trait: (trait: string) => word(`trait.${trait}`, trait),
    /** A duty that keeps an incident from being closed, and what it wants. */
    unsettled,
    question: (question: string) => word(`question.${question}`, question),
    field: (field: string) => word(`field.${field}`, field),
    register: (register: string) => word(`register.${register}`, register),
    registerSource: (register: string) => word(`register.${register}.source`, register),
  };
}
