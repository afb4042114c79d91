/** Sentences out of catalogues. The core returns codes and values; here they become French or English. Each catalogue
 *  has its two languages side by side, so that a set of messages is chosen by naming what is needed, then a language. */
import { createFormatters, createIntlCache } from "@formatjs/intl";
import { type Language, type Locale, languageOfLocale, locales } from "../core/kernel/vocabulary.ts";
import { typo } from "./typo.ts";

/** Flat keys, ICU MessageFormat. Under the tag of a variety: only what it says otherwise than its language. */
export type Catalogue<Id extends string = string> = {
  readonly en: Readonly<Record<Id, string>>;
  readonly fr: Readonly<Record<Id, string>>;
} & { readonly [variety in Exclude<Locale, Language>]?: Readonly<Partial<Record<Id, string>>> };

export type Value = string | number | boolean | null | undefined;
export type Values = Readonly<Record<string, Value>>;

export type Messages<Id extends string = string> = {
  readonly language: Language;
  readonly locale: Locale;
  readonly t: (id: Id, values?: Values) => string;
  /** For codes known only when they arrive (an entry of a newer version, a reason kept in a record): undefined when no
   *  catalogue has it. */
  readonly find: (id: string, values?: Values) => string | undefined;
};

type IdOf<C> = C extends { readonly en: Readonly<Record<infer Id, string>> } ? Id & string : never;

const formatters = createFormatters(createIntlCache());
/** Used for plurals and figures inside sentences only. */
const intlLocales: Readonly<Record<Locale, string>> = {
  fr: "fr-CA",
  "fr-CA": "fr-CA",
  "fr-FR": "fr-FR",
  en: "en-CA",
  "en-CA": "en-CA",
};

/** Throws on an id that no catalogue has, or on a message that cannot be parsed: both are bugs that tests meet first. */
export function createMessages<const Cs extends readonly Catalogue<never>[]>(
  locale: Locale,
  ...catalogues: Cs
): Messages<IdOf<Cs[number]>> {
  const language = languageOfLocale(locale);
  const entries = (catalogues as readonly Catalogue[]).flatMap((one) => [one[locale] ?? {}, one[language]]);
  const spaced = new Map<string, string>();
  const pattern = (id: string): string | undefined => {
    const known = spaced.get(id);
    if (known !== undefined) return known;
    const found = entries.find((one) => Object.hasOwn(one, id))?.[id];
    if (found === undefined) return undefined;
    const made = typo(found, locale);
    spaced.set(id, made);
    return made;
  };
  const find = (id: string, values: Values = {}): string | undefined => {
    const found = pattern(id);
    return found === undefined ? undefined : format(found, locale, values);
  };
  const t = (id: string, values?: Values): string => {
    const found = find(id, values);
    if (found === undefined) throw new Error(`no catalogue given has the message ${id}`);
    return found;
  };
  return { language, locale, t, find };
}

/** The same messages for every reader: pages and mails are made for people of any locale. */
export function inEachLocale<const Cs extends readonly Catalogue<never>[]>(
  ...catalogues: Cs
): Readonly<Record<Locale, Messages<IdOf<Cs[number]>>>> {
  return Object.fromEntries(
    locales.map((locale) => [locale, createMessages<Cs>(locale, ...catalogues)]),
  ) as unknown as Readonly<Record<Locale, Messages<IdOf<Cs[number]>>>>;
}

function format(pattern: string, locale: Locale, values: Values): string {
  if (!pattern.includes("{")) return pattern;
  const message = formatters.getMessageFormat(pattern, intlLocales[locale], undefined, { ignoreTag: true });
  return String(message.format(given(values)));
}

/** What a message sees of its values. A boolean reads "yes" or "no"; an absent value is empty, never an error at three in
 *  the morning; and `hasX` says whether `x` is there, since a text may well be the very word a select would look for. */
function given(values: Values): Record<string, string | number> {
  return new Proxy({} as Record<string, string | number>, {
    has: () => true,
    get: (_, name) => {
      if (typeof name !== "string") return undefined;
      const asked = /^has([A-Z].*)$/.exec(name)?.[1];
      if (asked === undefined || name in values) return plain(values[name]);
      const value = values[asked.charAt(0).toLowerCase() + asked.slice(1)];
      return value === null || value === undefined || value === "" || value === false ? "no" : "yes";
    },
  });
}

function plain(value: Value): string | number {
  if (value === null || value === undefined) return "";
  return typeof value === "boolean" ? (value ? "yes" : "no") : value;
}
