import en from "./en/setup.json" with { type: "json" };
import fr from "./fr/setup.json" with { type: "json" };
import frFr from "./fr-FR/setup.json" with { type: "json" };

export const setup = { en, fr, "fr-FR": frFr };
