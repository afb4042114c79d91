import en from "./en/labels.json" with { type: "json" };
import fr from "./fr/labels.json" with { type: "json" };

export const labels = { en, fr };
