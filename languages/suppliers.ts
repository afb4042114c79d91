import en from "./en/suppliers.json" with { type: "json" };
import fr from "./fr/suppliers.json" with { type: "json" };

/** What the pages of suppliers say, and their part of the page of an incident; the command line says it too. */
export const suppliers = { en, fr };
