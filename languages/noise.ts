import en from "./en/noise.json" with { type: "json" };
import fr from "./fr/noise.json" with { type: "json" };
import frFr from "./fr-FR/noise.json" with { type: "json" };

/** Of the pages about what calls nobody. */
export const noise = { en, fr, "fr-FR": frFr };
