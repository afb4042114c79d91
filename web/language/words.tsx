/** The reader's language and zone: every sentence, date and length the app shows comes through here. */
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { type Locale, languageOfLocale } from "#core/kernel/vocabulary.ts";
import { readLocale, writeLocale } from "../ui/preferences.ts";
import { loadLanguage, loadPages } from "./catalogue.ts";
import { type Words, wordsFor } from "./wording.ts";

export type { MessageId, Words } from "./wording.ts";

type Spoken = { words: Words; changeLocale: (locale: Locale) => void; setZone: (zone: string) => void };

const SpokenContext = createContext<Spoken | null>(null);

export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

export function WordsProvider({ children }: { children: ReactNode }) {
  const [locale, setLocale] = useState<Locale>(readLocale);
  const [zone, setZone] = useState(browserZone);
  const changeLocale = useCallback((chosen: Locale) => {
    writeLocale(chosen);
    /* Without a network it stays as it is, until the page is opened again. */
    const language = languageOfLocale(chosen);
    Promise.all([loadLanguage(language), loadPages(language)]).then(
      () => setLocale(chosen),
      () => {},
    );
  }, []);
  const spoken = useMemo(
    () => ({ words: wordsFor(locale, zone), changeLocale, setZone }),
    [locale, zone, changeLocale],
  );
  return <SpokenContext value={spoken}>{children}</SpokenContext>;
}

function useSpoken(): Spoken {
  const spoken = useContext(SpokenContext);
  if (!spoken) throw new Error("WordsProvider is missing above");
  return spoken;
}

export const useWords = (): Words => useSpoken().words;
export const useLocaleChange = () => useSpoken().changeLocale;
export const useZoneChange = () => useSpoken().setZone;
