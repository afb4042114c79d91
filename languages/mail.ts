import en from "./en/mail.json" with { type: "json" };
import fr from "./fr/mail.json" with { type: "json" };
import frFr from "./fr-FR/mail.json" with { type: "json" };

export const mail = { en, fr, "fr-FR": frFr };
