import en from "./en/assistance.json" with { type: "json" };
import fr from "./fr/assistance.json" with { type: "json" };

export const assistance = { en, fr };
