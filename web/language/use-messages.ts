/** Sentences that arrive with the pages which say them, and that most people never open: in the reader's language. */
import { useMemo } from "react";
import { type Catalogue, createMessages } from "#languages/messages.ts";
import { useWords } from "./words.tsx";

export function useMessages<const C extends Catalogue<never>>(catalogue: C) {
  const { locale } = useWords();
  return useMemo(() => createMessages(locale, catalogue), [locale, catalogue]);
}
