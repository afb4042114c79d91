/** A change of language or of its variety: at once here, and kept for the person who is signed in. */
import type { Locale } from "#core/kernel/vocabulary.ts";
import { useChangeLanguage } from "../account/queries.ts";
import { useLocaleChange } from "../language/words.tsx";

/** `signedOut`: the choice stays in this browser, since nobody is there to keep it for. */
export function useChooseLocale(signedOut = false): (locale: Locale) => void {
  const change = useLocaleChange();
  const keep = useChangeLanguage();
  return (locale) => {
    change(locale);
    if (!signedOut) keep.mutate(locale);
  };
}
