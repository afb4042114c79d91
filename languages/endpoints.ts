import en from "./en/endpoints.json" with { type: "json" };
import enCa from "./en-CA/endpoints.json" with { type: "json" };
import fr from "./fr/endpoints.json" with { type: "json" };
import frFr from "./fr-FR/endpoints.json" with { type: "json" };

/** What each endpoint of the API does, in a sentence. */
export const endpointSentences = { en, fr, "en-CA": enCa, "fr-FR": frFr };
