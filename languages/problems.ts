import en from "./en/problems.json" with { type: "json" };
import fr from "./fr/problems.json" with { type: "json" };
import frFr from "./fr-FR/problems.json" with { type: "json" };

export const problems = { en, fr, "fr-FR": frFr };
