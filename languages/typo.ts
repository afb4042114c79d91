/** French spacing, applied by one function and typed by hand nowhere. Catalogues are written without these spaces; texts
 *  that people wrote are never touched. Rules: OQLF for Canada, Imprimerie nationale for France (docs/glossary.md). */

/** `fr` alone follows the Canadian rules, which nobody in France misreads. */
export type Locale = "fr" | "fr-CA" | "fr-FR" | "en";

const nbsp = "\u00a0";
const thin = "\u202f";
/** Any space that may already stand there: putting ours in its place is what makes the function idempotent. */
const space = "[ \\t\\u00a0\\u202f]";

/** Addresses and code, which keep every character. Punctuation that ends a sentence is not part of an address. */
const untouched =
  /`[^`]*`|\b[a-z][a-z0-9+.-]*:\/\/[^\s<>«»]*[^\s<>«».,;:!?)\]}]|\bmailto:[^\s<>«»]*[^\s<>«».,;:!?)\]}]/giu;

const beforeColon = new RegExp(`(?<=[^\\s:])${space}*:(?=\\s|$|[»)}])`, "gu");
const beforeHigh = new RegExp(`(?<=[^\\s;!?])${space}*([;!?]+)(?=\\s|$|[»)}])`, "gu");
const afterOpening = new RegExp(`«${space}*`, "gu");
const beforeClosing = new RegExp(`(?<=[^\\s«])${space}*»|(?<=«)${space}*»`, "gu");
const beforeUnit = new RegExp(`(?<=[\\d}])${space}*([%$€])`, "gu");

/** Text in English comes back as it is. */
export function typo(text: string, locale: Locale): string {
  if (locale === "en") return text;
  let done = "";
  let from = 0;
  for (const kept of text.matchAll(untouched)) {
    done += spaced(text.slice(from, kept.index), locale) + kept[0];
    from = kept.index + kept[0].length;
  }
  return done + spaced(text.slice(from), locale);
}

function spaced(text: string, locale: Locale): string {
  const high = locale === "fr-FR" ? thin : "";
  return text
    .replace(beforeColon, `${nbsp}:`)
    .replace(beforeHigh, (_, signs: string) => `${high}${signs}`)
    .replace(afterOpening, `«${nbsp}`)
    .replace(beforeClosing, `${nbsp}»`)
    .replace(beforeUnit, (_, sign: string) => `${nbsp}${sign}`);
}
