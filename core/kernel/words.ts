/** Words of people's text, in French and in English, so that what was written in one way is found when it is written in
 *  another: without accents or case, without the words that say nothing, by their stem. The database keeps and is asked
 *  only what was folded here: one reading on both sides. */
import { sha256Hex } from "./hash.ts";

/** In characters: no word of any use is longer, and a longer one is somebody's attempt. */
export const wordMax = 64;
/** In characters, of one text: about ten pages. */
export const foldedMax = 20_000;

/** Letters that Unicode does not take apart. */
const joined: Readonly<Record<string, string>> = {
  œ: "oe",
  æ: "ae",
  ß: "ss",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** Without accents, ligatures or case: `Œuvre à ÉVRY` is `oeuvre a evry`. */
export function foldText(text: string): string {
  return text
    .slice(0, foldedMax)
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[œæßøłđðþı]/g, (letter) => joined[letter] ?? letter)
    .slice(0, foldedMax);
}

/** Letters and digits, folded, in the order of the text; each at most `wordMax` long. */
export function wordsOf(text: string): string[] {
  return foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .map((word) => word.slice(0, wordMax));
}

/** Words that are in every title: they say that something is wrong, never what. Folded; shorter ones are left out by
 *  their length. */
const saysNothing = new Set(
  `after again also aucun aucune avec avoir been before broken cannot cela ceci certains cette chez comme dans depuis does
  doesn down encore entre error erreur etait every fait fonctionne fonctionnent fonctionner from have impossible incident
  into issue just leur mais marche marchent meme more need nobody notre nous panne personne peut plus pour probleme
  problem quand quelques sans seems since slow some sont sous such that their there they this tous tout toute toutes
  tres very vers votre vous when while with work working works`.split(/\s+/),
);

/** Shorter words are in every title; a number of three figures may be the very answer of the service. */
const isLongEnough = (word: string): boolean => word.length >= 4 || /^\d{3,}$/.test(word);

export type TellingWord = {
  /** Folded, as it was written. */
  readonly word: string;
  /** Without the ending that a plural or a verb changes: a common ground of both languages, not a grammar. */
  readonly stem: string;
};

export function stemOf(word: string): string {
  const single = word.length > 3 ? word.replace(/s$/, "") : word;
  const plain = single.length > 5 ? single.replace(/(?:ed|ing|ent|er)$/, "") : single;
  return plain.length > 4 ? plain.replace(/e$/, "") : plain;
}

/** Each once, in the order of the text. */
export function tellingWords(text: string): TellingWord[] {
  const found = new Map<string, TellingWord>();
  for (const word of wordsOf(text)) {
    if (!isLongEnough(word) || saysNothing.has(word)) continue;
    const stem = stemOf(word);
    if (!found.has(stem)) found.set(stem, { word, stem });
  }
  return [...found.values()];
}

/** The same for two titles that say the same in other forms: accents, plurals, order, words that say nothing. 16 hexadecimal
 *  digits; null when a text has no word at all. */
export function fingerprintOf(title: string): string | null {
  const telling = tellingWords(title).map(({ stem }) => stem);
  const words = telling.length > 0 ? telling.sort() : wordsOf(title);
  return words.length === 0 ? null : sha256Hex(words.join(" ")).slice(0, 16);
}

/** Does a run of words hold this phrase, word for word by their stems? Both folded. */
export function hasPhrase(stems: readonly string[], phrase: readonly string[]): boolean {
  if (phrase.length === 0) return false;
  return stems.some((_, from) => phrase.every((one, index) => stems[from + index] === one));
}
