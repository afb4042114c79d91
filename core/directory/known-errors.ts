/** Known errors: what is wrong and not put right yet, with what helps until it is. Domain: ITIL, problem management. */
import type { Language } from "../kernel/vocabulary.ts";

export type KnownError = {
  readonly id: string;
  readonly nameFr: string;
  readonly nameEn: string;
  /** What helps meanwhile, in one language at least. */
  readonly workaroundFr: string | null;
  readonly workaroundEn: string | null;
  /** Which services show it; none: any may. */
  readonly services: readonly string[];
  /** Put right: it is proposed no more. */
  readonly retired: boolean;
};

/** Beyond this, nobody keeps them true. */
export const knownErrorsMax = 500;

/** In that language, else in the other. */
export function workaroundIn(
  { workaroundFr, workaroundEn }: Pick<KnownError, "workaroundFr" | "workaroundEn">,
  language: Language,
): { readonly text: string; readonly language: Language } {
  const [own, other] = language === "fr" ? [workaroundFr, workaroundEn] : [workaroundEn, workaroundFr];
  return own === null ? { text: other ?? "", language: language === "fr" ? "en" : "fr" } : { text: own, language };
}
