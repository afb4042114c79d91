import en from "./en/known-errors.json" with { type: "json" };
import fr from "./fr/known-errors.json" with { type: "json" };

/** What the command line says of known errors. */
export const knownErrors = { en, fr };
