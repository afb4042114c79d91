/** Open incidents that what is being typed may already be: those whose title shares words that say something. */
import type { IncidentView } from "#contract/shapes.ts";

export type Alike = { readonly view: IncidentView; readonly shared: readonly string[] };

const alikeMax = 3;
/** Shorter words are in every title. */
const wordLengthMin = 4;
/** And so are these. */
const saysNothing = new Set(
  "after again also avec avoir been cela chez comme dans depuis does down encore entre error erreur every fait from have leur mais même meme more notre not nous panne peut plus pour quand sans slow sont sous such tous tout très tres vers votre vous when will with work works".split(
    " ",
  ),
);

/** A title in one word is enough to propose; longer ones must share two. */
export function likely(views: readonly IncidentView[], typed: string): Alike[] {
  const words = tellingWords(typed);
  if (words.length === 0) return [];
  return views
    .map((view) => {
      const titled = new Set(tellingWords(view.title).map((one) => one.stem));
      return { view, shared: words.filter((one) => titled.has(one.stem)).map((one) => one.word) };
    })
    .filter((one) => one.shared.length >= Math.min(2, words.length))
    .sort((a, b) => b.shared.length - a.shared.length)
    .slice(0, alikeMax);
}

type Word = { readonly word: string; readonly stem: string };

/** Each once, without accents, and without the ending that a plural or a verb changes. */
function tellingWords(text: string): Word[] {
  const found = new Map<string, Word>();
  for (const word of text.split(/[^\p{L}\p{N}]+/u)) {
    const plain = word
      .normalize("NFD")
      .replace(/\p{Diacritic}/gu, "")
      .toLowerCase();
    if (plain.length < wordLengthMin || saysNothing.has(plain)) continue;
    const stem = plain.length > 5 ? plain.replace(/(?:es|s|ed|ing|ent|er|e)$/, "") : plain.replace(/s$/, "");
    if (!found.has(stem)) found.set(stem, { word, stem });
  }
  return [...found.values()];
}
