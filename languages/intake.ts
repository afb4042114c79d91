import en from "./en/intake.json" with { type: "json" };
import fr from "./fr/intake.json" with { type: "json" };

export const intake = { en, fr };
