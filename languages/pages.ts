import en from "./en/pages.json" with { type: "json" };
import fr from "./fr/pages.json" with { type: "json" };
import frFr from "./fr-FR/pages.json" with { type: "json" };

export const pages = { en, fr, "fr-FR": frFr };
