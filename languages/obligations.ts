import en from "./en/obligations.json" with { type: "json" };
import fr from "./fr/obligations.json" with { type: "json" };

/** What each law that is written down asks, of whom and from when. */
export const obligations = { en, fr };
