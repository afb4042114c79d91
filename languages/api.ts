import en from "./en/api.json" with { type: "json" };
import fr from "./fr/api.json" with { type: "json" };
import frFr from "./fr-FR/api.json" with { type: "json" };

export const api = { en, fr, "fr-FR": frFr };
