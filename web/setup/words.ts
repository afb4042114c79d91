/** Sentences of the guided set-up: they arrive with its page, which most people never open. */
import { useMemo } from "react";
import { createMessages } from "#languages/messages.ts";
import { setup } from "#languages/setup.ts";
import { useWords } from "../language/words.tsx";

export function useSetupWords() {
  const { locale } = useWords();
  return useMemo(() => createMessages(locale, setup).t, [locale]);
}
