import en from "./en/contacts.json" with { type: "json" };
import fr from "./fr/contacts.json" with { type: "json" };

export const contacts = { en, fr };
