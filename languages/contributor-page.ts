import en from "./en/contributor-page.json" with { type: "json" };
import fr from "./fr/contributor-page.json" with { type: "json" };
import frFr from "./fr-FR/contributor-page.json" with { type: "json" };

/** What a contributor reads: their page, and the letter with its link. */
export const contributorPage = { en, fr, "fr-FR": frFr };
