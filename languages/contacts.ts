import en from "./en/contacts.json" with { type: "json" };
import fr from "./fr/contacts.json" with { type: "json" };
import frFr from "./fr-FR/contacts.json" with { type: "json" };

export const contacts = { en, fr, "fr-FR": frFr };
