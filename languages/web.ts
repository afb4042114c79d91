import en from "./en/web.json" with { type: "json" };
import fr from "./fr/web.json" with { type: "json" };
import frFr from "./fr-FR/web.json" with { type: "json" };

export const web = { en, fr, "fr-FR": frFr };
