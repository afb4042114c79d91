import en from "./en/contributor.json" with { type: "json" };
import fr from "./fr/contributor.json" with { type: "json" };
import frFr from "./fr-FR/contributor.json" with { type: "json" };

/** What whoever asks contributors reads, on the page of the incident and on the command line. */
export const contributor = { en, fr, "fr-FR": frFr };
