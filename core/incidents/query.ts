/** What is typed to find incidents, in one small language that has French and English words for everything:
 *  `paiement est:ouvert -service:paie après:7j` is `paiement is:open -service:paie after:7d`. It is read here once, for the
 *  search, the lists, the board and the command line. Reading never fails: what is not understood is named, and a filter
 *  that names nothing finds nothing rather than everything. */
import { wordsOf } from "../kernel/words.ts";

export const queryMax = 400;
const tokensMax = 32;
const wordsMax = 12;

export const filterKeys = [
  "is",
  "service",
  "team",
  "function",
  "priority",
  "category",
  "assignee",
  "before",
  "after",
  "due",
] as const;
export type FilterKey = (typeof filterKeys)[number];

/** As people type them, folded; the first of each is how we write it in that language. */
export const keyWords: Readonly<Record<FilterKey, { readonly en: readonly string[]; readonly fr: readonly string[] }>> =
  {
    is: { en: ["is"], fr: ["est"] },
    service: { en: ["service"], fr: ["service"] },
    team: { en: ["team"], fr: ["equipe"] },
    function: { en: ["function"], fr: ["fonction"] },
    priority: { en: ["priority"], fr: ["priorite"] },
    category: { en: ["category"], fr: ["categorie"] },
    assignee: { en: ["assignee"], fr: ["responsable", "assigne"] },
    before: { en: ["before"], fr: ["avant"] },
    after: { en: ["after"], fr: ["apres"] },
    due: { en: ["due"], fr: ["echeance"] },
  };

const keyOf = new Map<string, FilterKey>(
  filterKeys.flatMap((key) => [...keyWords[key].en, ...keyWords[key].fr].map((word) => [word, key] as const)),
);

export type Filter = {
  readonly key: FilterKey;
  /** Any of them; as typed. */
  readonly values: readonly string[];
  readonly negated: boolean;
  /** As it was typed, to be shown again. */
  readonly part: string;
};

export const queryProblemCodes = ["too-many-words", "no-words", "value-unknown", "date-unknown"] as const;
export type QueryProblem = { readonly code: (typeof queryProblemCodes)[number]; readonly part: string };

export type Query = {
  /** All of them, folded. */
  readonly words: readonly string[];
  /** Whether the last of them may be unfinished. */
  readonly prefix: boolean;
  /** None of them. */
  readonly without: readonly string[];
  /** `INC-123` or `INC-2026-000123`, in capitals. */
  readonly number: string | null;
  readonly filters: readonly Filter[];
  readonly problems: readonly QueryProblem[];
};

type Token = {
  readonly negated: boolean;
  readonly key: string | null;
  readonly value: string;
  readonly quoted: boolean;
  readonly part: string;
};

export function parseQuery(text: string): Query {
  const bounded = text.slice(0, queryMax);
  const tokens = tokensOf(bounded);
  const problems: QueryProblem[] = [];
  const filters: Filter[] = [];
  const found = { words: [] as string[], without: [] as string[], number: null as string | null };
  for (const token of tokens) {
    const key = token.key === null ? undefined : keyOf.get(wordsOf(token.key).join("-"));
    if (key !== undefined) {
      const values = token.value.split(",").filter((value) => value.trim() !== "");
      if (values.length > 0) filters.push({ key, values, negated: token.negated, part: token.part });
      continue;
    }
    const number = token.negated ? null : numberIn(token.part);
    if (number !== null) found.number = number;
    else (token.negated ? found.without : found.words).push(...wordsOf(plainText(token)));
  }
  if (tokens.length >= tokensMax || found.words.length > wordsMax || found.without.length > wordsMax)
    problems.push({ code: "too-many-words", part: "" });
  const last = tokens.at(-1);
  const prefix = last !== undefined && last.key === null && !last.negated && !last.quoted && !/\s$/.test(bounded);
  const words = meaningful(found.words, prefix).slice(0, wordsMax);
  if (tokens.length > 0 && asksNothing({ ...found, filters }))
    problems.push({ code: "no-words", part: bounded.trim() });
  return { ...found, words, without: found.without.slice(0, wordsMax), prefix, filters, problems };
}

/** Signs without a word: what asks for nothing finds nothing. */
const asksNothing = ({
  words,
  without,
  number,
  filters,
}: Pick<Query, "words" | "without" | "number" | "filters">): boolean =>
  words.length + without.length + filters.length === 0 && number === null;

/** A key that is none of ours is text like any other: `error:42`, `https://…`. */
const plainText = ({ key, value }: Token): string => (key === null ? value : `${key} ${value}`);

/** `INC-123`, `INC-2026-000123`, `EX-7`, `#123`. */
function numberIn(text: string): string | null {
  if (/^#\d{1,9}$/.test(text)) return `INC-${text.slice(1)}`;
  return /^(INC|EX)-(?:\d{4}-)?\d{1,9}$/i.test(text) ? text.toUpperCase() : null;
}

/** They are in nearly every text, or in none as typed: `l’accès` is found by `accès`. Folded. */
const joining = new Set(
  `a an and are as at au aux avec by ce ces d dans de des du elle en est et for from il in is it j l la le les m n of on
  or ou par pour qu que qui s sa se ses son sur t the to un une was with`.split(/\s+/),
);

/** Without the words that only join others, unless there is nothing else; the last one may be the start of another. */
function meaningful(words: readonly string[], prefix: boolean): string[] {
  const last = words.length - 1;
  const kept = words.filter((word, index) => !joining.has(word) || (prefix && index === last && word.length > 1));
  return [...new Set(kept.length > 0 ? kept : words)];
}

const quotes = new Map([
  ['"', '"'],
  ["“", "”"],
  ["«", "»"],
]);
const blank = /\s/u;

/** One pass from left to right: no text costs more than its length. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length && tokens.length < tokensMax) {
    if (blank.test(text[at] ?? "")) {
      at += 1;
      continue;
    }
    const token = tokenAt(text, at);
    tokens.push(token);
    at += Math.max(1, token.part.length);
  }
  return tokens;
}

function tokenAt(text: string, from: number): Token {
  const negated = text[from] === "-" && !blank.test(text[from + 1] ?? " ");
  const start = negated ? from + 1 : from;
  const key = keyAt(text, start);
  const open = key === null ? start : start + key.length + 1;
  const close = quotes.get(text[open] ?? "");
  const end = close === undefined ? wordEnd(text, open) : quoteEnd(text, open + 1, close);
  const value = close === undefined ? text.slice(open, end) : text.slice(open + 1, end).replace(/["”»]$/, "");
  return { negated, key, value, quoted: close !== undefined, part: text.slice(from, end) };
}

const keyMax = 20;

/** Letters before a colon that is followed by something. */
function keyAt(text: string, from: number): string | null {
  for (let at = from; at < text.length && at - from <= keyMax; at++) {
    const letter = text[at] ?? "";
    if (letter === ":") return at > from && !blank.test(text[at + 1] ?? " ") ? text.slice(from, at) : null;
    if (!/\p{L}|\p{M}/u.test(letter)) return null;
  }
  return null;
}

function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !blank.test(text[at] ?? "")) at += 1;
  return at;
}

/** One that is never closed ends with the text. */
function quoteEnd(text: string, from: number, close: string): number {
  const at = text.indexOf(close, from);
  return at < 0 ? text.length : at + 1;
}
