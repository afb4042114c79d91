import en from "./en/finding.json" with { type: "json" };
import fr from "./fr/finding.json" with { type: "json" };

export const finding = { en, fr };
