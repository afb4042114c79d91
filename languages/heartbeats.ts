import en from "./en/heartbeats.json" with { type: "json" };
import fr from "./fr/heartbeats.json" with { type: "json" };

export const heartbeats = { en, fr };
