import type { Check } from "#contract/account.ts";
import { checkWords } from "#languages/check-words.ts";
import { useWords } from "../language/words.tsx";
import { now } from "../ui/now.ts";

/** Title, detail and advice of a row, in the reader's words. */
export function useCheckWords() {
  const { find, locale, zone } = useWords();
  return (check: Check) => checkWords(find, check, { locale, zone, now: now() });
}
