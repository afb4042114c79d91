import en from "./en/labels.json" with { type: "json" };
import enCa from "./en-CA/labels.json" with { type: "json" };
import fr from "./fr/labels.json" with { type: "json" };
import frFr from "./fr-FR/labels.json" with { type: "json" };

export const labels = { en, fr, "en-CA": enCa, "fr-FR": frFr };
