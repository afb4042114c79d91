import en from "./en/clocks.json" with { type: "json" };
import fr from "./fr/clocks.json" with { type: "json" };

export const clocks = { en, fr };
