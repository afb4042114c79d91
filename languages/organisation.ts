import en from "./en/organisation.json" with { type: "json" };
import fr from "./fr/organisation.json" with { type: "json" };

export const organisation = { en, fr };
