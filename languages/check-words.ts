/** One row of the checklist in words: for the pages and for the terminal, so that both say the same. */
import { type Locale, languageOfLocale, locales } from "../core/kernel/vocabulary.ts";
import { duration, moment } from "./format.ts";
import type { Values } from "./messages.ts";

type Row = {
  readonly id: string;
  readonly state: string;
  readonly detail: string;
  readonly because: string | null;
  readonly facts: Readonly<Record<string, string | number>>;
};
type Place = { readonly locale: Locale; readonly now: number; readonly zone: string };
type Find = (id: string, values?: Values) => string | undefined;

/** `detail` says what is; `advice`, null when all is in order, what to do. */
export type CheckSaid = { readonly title: string; readonly detail: string; readonly advice: string | null };

export function checkWords(find: Find, row: Row, place: Place): CheckSaid {
  const values = { ...sayable(find, row.facts, place), count: Number(row.detail) };
  const known = Object.keys(row.facts).length > 0 || /^\d+$/.test(row.detail);
  const reason = row.because === null ? undefined : find(`doctor.advice.${row.id}.${row.because}`, values);
  return {
    title: find(`doctor.check.${row.id}`) ?? row.id,
    detail: (known ? find(`doctor.detail.${row.id}`, values) : undefined) ?? row.detail,
    advice: row.state === "ok" ? null : (reason ?? find(`doctor.advice.${row.id}`, values) ?? null),
  };
}

const instants = ["from", "until", "at"];

function sayable(find: Find, facts: Row["facts"], { locale, now, zone }: Place): Values {
  const values: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(facts)) {
    if (instants.includes(name)) values[name] = moment(Date.parse(String(value)), now, zone, locale);
    else if (name === "tookMs") values.length = duration(Number(value), locale);
    else if (name === "language" && locales.some((one) => one === value))
      values.language = find(`locale.${value}`) ?? value;
    else values[name] = value;
  }
  const service = facts[languageOfLocale(locale) === "fr" ? "serviceFr" : "serviceEn"];
  return service === undefined ? values : { ...values, service };
}
