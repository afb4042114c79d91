/** The words of the language that is read: those of the first page are fetched before anything is shown, and the others while it
 *  is; the other language when it is chosen. */
import { type Language, type Locale, languageOfLocale } from "#core/kernel/vocabulary.ts";
import { type Catalogue, createMessages, type Messages } from "#languages/messages.ts";
import type { en } from "./en.ts";
import type { pagesEn } from "./pages-en.ts";

export type MessageId = keyof typeof en | keyof typeof pagesEn;

type Half = Readonly<Record<string, Readonly<Record<string, string>>>>;

const loaded = new Map<Language, Record<string, Record<string, string>>>();
const whole = new Set<Language>();
const coming = { first: new Map<Language, Promise<void>>(), pages: new Map<Language, Promise<void>>() };
const failed = new Set<Language>();

export function loadLanguage(language: Language): Promise<void> {
  return loaded.has(language) ? Promise.resolve() : together(coming.first, language, readFirst);
}

/** Never refused: what did not come is asked for again by the next page that wants it. */
export const loadPages = (language: Language): Promise<void> => together(coming.pages, language, readPages);

/** Whoever asks while it is on its way waits for the same: a second answer would put words back to what the first brought. */
function together(
  asked: Map<Language, Promise<void>>,
  language: Language,
  read: (language: Language) => Promise<void>,
): Promise<void> {
  const known = asked.get(language);
  if (known) return known;
  const promise = read(language).finally(() => asked.delete(language));
  asked.set(language, promise);
  return promise;
}

async function readFirst(language: Language): Promise<void> {
  loaded.set(language, mapped(await first[language]()));
}

async function readPages(language: Language): Promise<void> {
  try {
    const half = await pages[language]();
    await loadLanguage(language);
    const into = loaded.get(language) ?? {};
    for (const [tag, words] of Object.entries(half)) Object.assign(into[tag] ?? {}, words);
    whole.add(language);
    failed.delete(language);
  } catch {
    failed.add(language);
  }
}

const mapped = (half: Half): Record<string, Record<string, string>> =>
  Object.fromEntries(Object.entries(half).map(([tag, words]) => [tag, { ...words }]));

/** Each has only its own half: the other is asked of its own file. */
const first = {
  fr: async (): Promise<Half> => {
    const { fr, frFr } = await import("./fr.ts");
    return { fr, "fr-FR": frFr };
  },
  en: async (): Promise<Half> => {
    const { en, enCa } = await import("./en.ts");
    return { en, "en-CA": enCa };
  },
} as const;

const pages = {
  fr: async (): Promise<Half> => {
    const { pagesFr, pagesFrFr } = await import("./pages-fr.ts");
    return { fr: pagesFr, "fr-FR": pagesFrFr };
  },
  en: async (): Promise<Half> => {
    const { pagesEn, pagesEnCa } = await import("./pages-en.ts");
    return { en: pagesEn, "en-CA": pagesEnCa };
  },
} as const;

/** Throws while the language is not loaded: whoever shows something has waited for it. A word of another page that is still on
 *  its way is waited for as React waits: what draws throws a promise. */
export function messagesIn(locale: Locale): Messages<MessageId> {
  const language = languageOfLocale(locale);
  const catalogue = loaded.get(language);
  if (!catalogue) throw new Error(`the words of ${locale} are not loaded`);
  const messages = createMessages(locale, catalogue as unknown as Catalogue<MessageId>);
  return {
    ...messages,
    t: (id, values) => {
      const found = messages.find(id, values);
      if (found !== undefined) return found;
      if (failed.delete(language)) throw new Error(`the words of ${locale} did not arrive`);
      if (!whole.has(language)) throw loadPages(language);
      return messages.t(id, values);
    },
    /* Of a code that nobody may have: where the rest did not arrive, it does without. */
    find: (id, values) => {
      const found = messages.find(id, values);
      if (found === undefined && !whole.has(language) && !failed.has(language)) throw loadPages(language);
      return found;
    },
  };
}
