import en from "./en/channels.json" with { type: "json" };
import fr from "./fr/channels.json" with { type: "json" };

export const channels = { en, fr };
