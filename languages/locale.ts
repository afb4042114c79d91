/** Which variety of which language, from the tags by which browsers, systems and people name them (BCP 47, RFC 9110). */
import { type Language, type Locale, languageOfLocale, locales } from "../core/kernel/vocabulary.ts";

/** French of Europe is set as in France. */
const likeFrance = ["fr-be", "fr-ch", "fr-lu", "fr-mc"];

/** `fr_CA`, `fr-CA-u-nu-latn` and `FR` are all known; null for another language. */
export function localeOfTag(tag: string): Locale | null {
  const plain = tag.trim().toLowerCase().replaceAll("_", "-");
  const [language, region] = plain.split("-");
  const place = `${language}-${region}`;
  if (likeFrance.includes(place)) return "fr-FR";
  return locales.find((one) => one.toLowerCase() === place) ?? locales.find((one) => one === language) ?? null;
}

const tagsMax = 20;

/** What an `Accept-Language` header prefers of what we speak. */
export function preferredLocale(header: string | undefined): Locale | null {
  let best: Locale | null = null;
  let weight = 0;
  for (const part of (header ?? "").slice(0, 400).split(",", tagsMax)) {
    const [tag = "", ...parameters] = part.trim().split(";");
    const locale = localeOfTag(tag);
    const q = Number(parameters.find((one) => one.trim().startsWith("q="))?.split("=")[1] ?? "1");
    if (locale && q > weight) {
      best = locale;
      weight = q;
    }
  }
  return best;
}

/** The first of these that is in that language, so that a choice of language keeps what is known of the place. */
export const inLanguage = (language: Language, ...known: readonly (Locale | null | undefined)[]): Locale =>
  known.find((one): one is Locale => !!one && languageOfLocale(one) === language) ?? language;
