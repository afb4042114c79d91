import en from "./en/api.json" with { type: "json" };
import fr from "./fr/api.json" with { type: "json" };

export const api = { en, fr };
