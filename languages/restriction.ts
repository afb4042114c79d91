import en from "./en/restriction.json" with { type: "json" };
import fr from "./fr/restriction.json" with { type: "json" };

export const restriction = { en, fr };
