import en from "./en/web.json" with { type: "json" };
import fr from "./fr/web.json" with { type: "json" };

export const web = { en, fr };
