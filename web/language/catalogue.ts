/** The words of the language that is read, fetched before anything is shown; the other one when it is chosen. */
import { type Language, type Locale, languageOfLocale } from "#core/kernel/vocabulary.ts";
import { type Catalogue, createMessages, type Messages } from "#languages/messages.ts";
import type { en } from "./en.ts";

export type MessageId = keyof typeof en;

const loaded = new Map<Language, Catalogue<MessageId>>();

export async function loadLanguage(language: Language): Promise<void> {
  if (loaded.has(language)) return;
  loaded.set(language, (await read[language]()) as Catalogue<MessageId>);
}

/** Each has only its own half: the other is asked of its own file. */
const read = {
  fr: async (): Promise<object> => {
    const { fr, frFr } = await import("./fr.ts");
    return { fr, "fr-FR": frFr };
  },
  en: async (): Promise<object> => {
    const { en, enCa } = await import("./en.ts");
    return { en, "en-CA": enCa };
  },
} as const;

/** Throws while the language is not loaded: whoever shows something has waited for it. */
export function messagesIn(locale: Locale): Messages<MessageId> {
  const catalogue = loaded.get(languageOfLocale(locale));
  if (!catalogue) throw new Error(`the words of ${locale} are not loaded`);
  return createMessages(locale, catalogue);
}
