import en from "./en/problems.json" with { type: "json" };
import fr from "./fr/problems.json" with { type: "json" };

export const problems = { en, fr };
