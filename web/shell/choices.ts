/** What the palette offers, and which of it answers to what was typed. Every word typed must begin a word of the choice;
 *  a longer one may also stand inside. Nothing typed offers what is at hand. */
import { foldText } from "#core/kernel/words.ts";

export const choiceGroups = ["acts", "incidents", "things", "places", "settings", "found", "search"] as const;
export type ChoiceGroup = (typeof choiceGroups)[number];

export type Choice = {
  readonly id: string;
  readonly group: ChoiceGroup;
  readonly word: string;
  readonly note?: string | undefined;
  /** Of the word, where it is not the reader's. */
  readonly lang?: "fr" | "en";
  /** Also answers to these. */
  readonly aliases?: string;
  /** Why not, in words: it stays in sight, and does nothing. */
  readonly refused?: string | undefined;
  /** Only offered once something is typed. */
  readonly whenAsked?: true;
  /** Found by somebody else's search: shown as it comes. */
  readonly found?: true;
  /** The incident whose number was typed. */
  readonly numbered?: true;
  readonly run: () => void;
};

/** `chosen`: by an arrow or the pointer, and not only the first that was shown. */
export type Held = { readonly id: string; readonly chosen: boolean };

const insideFrom = 3;
const eachMax: Readonly<Record<ChoiceGroup, number>> = {
  acts: 30,
  incidents: 8,
  things: 8,
  places: 20,
  settings: 12,
  found: 8,
  search: 1,
};

export function choose(choices: readonly Choice[], typed: string): Choice[] {
  const words = foldText(typed).split(/\s+/).filter(Boolean);
  const fits = choices.filter((one) => (words.length === 0 ? !one.whenAsked : one.found || answers(one, words)));
  return choiceGroups.flatMap((group) => {
    const all = fits.filter((one) => one.group === group);
    /* What may be done comes before what may not; what the word begins with, before what it only holds. */
    const ranked = all.toSorted(
      (a, b) =>
        Number(Boolean(a.refused)) - Number(Boolean(b.refused)) || startsLater(a, words) - startsLater(b, words),
    );
    return ranked.slice(0, eachMax[group]);
  });
}

/** What Enter takes. It stays the same while results arrive, unless it goes away: a hand that is about to press takes what it saw. A number
 *  written as one leads to its incident all the same; bare digits, where nothing else answered to them. */
export function currentOf(shown: readonly Choice[], typed: string, held: Held | null): Choice | undefined {
  const kept = shown.find(({ id }) => id === held?.id);
  if (kept && held?.chosen) return kept;
  const numbered = shown.find((one) => one.numbered);
  if (numbered && (kept === undefined || kept.group === "search" || !/^\d+$/.test(typed.trim()))) return numbered;
  return kept ?? shown[0];
}

function answers(one: Choice, words: readonly string[]): boolean {
  const hay = foldText([one.word, one.note, one.aliases].filter(Boolean).join(" "));
  const parts = hay.split(/[\s’'«»“”()·:,-]+/);
  return words.every(
    (word) => parts.some((part) => part.startsWith(word)) || (word.length >= insideFrom && hay.includes(word)),
  );
}

const startsLater = ({ word }: Choice, [first = ""]: readonly string[]): number =>
  first === "" || foldText(word).startsWith(first) ? 0 : 1;

/** `412`, `inc-412`, `INC-2026-000412`: the number that is meant, if it is one. */
export function numberIn(typed: string): string | null {
  const [, prefix = "INC", year = "", digits] = /^(?:(inc|ex)-)?(?:(\d{4})-)?0*(\d{1,6})$/i.exec(typed.trim()) ?? [];
  if (digits === undefined) return null;
  return [prefix.toUpperCase(), year, year === "" ? digits : digits.padStart(6, "0")].filter(Boolean).join("-");
}
