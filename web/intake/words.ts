/** Sentences of the pages of integrations: they arrive with them, and most people never open one. */
import { useMemo } from "react";
import { intake } from "#languages/intake.ts";
import { createMessages } from "#languages/messages.ts";
import { useWords } from "../language/words.tsx";

export function useIntakeWords() {
  const { locale } = useWords();
  return useMemo(() => createMessages(locale, intake), [locale]);
}
