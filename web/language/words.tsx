/** The reader's language and zone: every sentence, date and length the app shows comes through here. */
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import type { Language } from "#core/kernel/vocabulary.ts";
import { readLanguage, writeLanguage } from "../ui/preferences.ts";
import { type Words, wordsFor } from "./wording.ts";

export type { MessageId, Words } from "./wording.ts";

type Spoken = { words: Words; changeLanguage: (language: Language) => void; setZone: (zone: string) => void };

const SpokenContext = createContext<Spoken | null>(null);

export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

export function WordsProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(readLanguage);
  const [zone, setZone] = useState(browserZone);
  const changeLanguage = useCallback((chosen: Language) => {
    writeLanguage(chosen);
    setLanguage(chosen);
  }, []);
  const spoken = useMemo(
    () => ({ words: wordsFor(language, zone), changeLanguage, setZone }),
    [language, zone, changeLanguage],
  );
  return <SpokenContext value={spoken}>{children}</SpokenContext>;
}

function useSpoken(): Spoken {
  const spoken = useContext(SpokenContext);
  if (!spoken) throw new Error("WordsProvider is missing above");
  return spoken;
}

export const useWords = (): Words => useSpoken().words;
export const useLanguageChange = () => useSpoken().changeLanguage;
export const useZoneChange = () => useSpoken().setZone;
