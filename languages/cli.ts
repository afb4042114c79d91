import en from "./en/cli.json" with { type: "json" };
import fr from "./fr/cli.json" with { type: "json" };
import frFr from "./fr-FR/cli.json" with { type: "json" };

export const cli = { en, fr, "fr-FR": frFr };
