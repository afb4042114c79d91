import en from "./en/phone.json" with { type: "json" };
import fr from "./fr/phone.json" with { type: "json" };
import frFr from "./fr-FR/phone.json" with { type: "json" };

export const phone = { en, fr, "fr-FR": frFr };
