import en from "./en/channels.json" with { type: "json" };
import fr from "./fr/channels.json" with { type: "json" };
import frFr from "./fr-FR/channels.json" with { type: "json" };

export const channels = { en, fr, "fr-FR": frFr };
