import en from "./en/organisation.json" with { type: "json" };
import enCa from "./en-CA/organisation.json" with { type: "json" };
import fr from "./fr/organisation.json" with { type: "json" };
import frFr from "./fr-FR/organisation.json" with { type: "json" };

export const organisation = { en, fr, "en-CA": enCa, "fr-FR": frFr };
