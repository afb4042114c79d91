/** French spacing, applied by one function and typed by hand nowhere. Catalogues are written without these spaces; texts
 *  that people wrote are never touched. Rules: OQLF for Canada, Imprimerie nationale for France (docs/glossary.md); `fr`
 *  alone follows the Canadian ones, which nobody in France misreads. */
import { type Locale, languageOfLocale } from "../core/kernel/vocabulary.ts";

const nbsp = "\u00a0";
const thin = "\u202f";
/** Any space that may already stand there: putting ours in its place is what makes the function idempotent. */
const space = "[ \\t\\u00a0\\u202f]";

/** Addresses and code, which keep every character. Punctuation that ends a sentence is not part of an address. */
const untouched = "`[^`]*`|\\b(?:[a-z][a-z0-9+.-]*:\\/\\/|mailto:)[^\\s<>«»]*[^\\s<>«».,;:!?)\\]}]";

/** One rule: what it looks for outside addresses and code, and the space put there in France and elsewhere. */
type Rule = { readonly at: RegExp; readonly france: string; readonly elsewhere: string };

function rule(pattern: string, france: string, elsewhere = france): Rule {
  return { at: new RegExp(`${untouched}|${pattern}`, "giu"), france, elsewhere };
}

/** Each pattern takes in the spaces that it replaces. A sign counts as punctuation only where a word ends: `21:42` and
 *  `a;b` stay as they are. `}` stands for the end of a message inside a pattern. */
const ends = "(?=\\s|$|[»)}])";
const rules: readonly Rule[] = [
  rule(`(?<=[^\\s:])${space}*(?<sign>:)${ends}`, `${nbsp}:`),
  rule(`(?<=[^\\s;!?])${space}*(?<sign>[;!?]+)${ends}`, `${thin}$`, "$"),
  rule(`(?<sign>«)${space}*`, `«${nbsp}`),
  rule(`(?<!«${nbsp})${space}*(?<sign>»)`, `${nbsp}»`),
  rule(`(?<=[\\d}])${space}*(?<sign>[%$€])`, `${nbsp}$`),
  rule(`(?<=\\d)${space}(?<sign>(?:h|min|s|j|Ko|Mo)(?=\\s|$|[.,;:)»}]))`, `${nbsp}$`),
];

/** Text in English comes back as it is. A space that one rule puts may be what another looks for, so the rules are applied
 *  until nothing changes: that is what makes twice the same as once. */
export function typo(text: string, locale: Locale): string {
  if (languageOfLocale(locale) === "en") return text;
  let before = text;
  for (let round = 0; round < roundsMax; round += 1) {
    const after = rules.reduce((so, one) => apply(so, one, locale), before);
    if (after === before) break;
    before = after;
  }
  return before;
}

/** Two are enough for any sentence; a third is for piles of signs that no one writes. */
const roundsMax = 8;

function apply(text: string, { at, france, elsewhere }: Rule, locale: Locale): string {
  const put = locale === "fr-FR" ? france : elsewhere;
  return text.replace(at, (...found) => {
    const { sign } = found[found.length - 1] as { sign?: string };
    return sign === undefined ? String(found[0]) : put.replace("$", () => sign);
  });
}
