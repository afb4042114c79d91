import en from "./en/teams.json" with { type: "json" };
import fr from "./fr/teams.json" with { type: "json" };
import frFr from "./fr-FR/teams.json" with { type: "json" };

/** What teams say on the page of an incident and on their own: it arrives with them. */
export const teams = { en, fr, "fr-FR": frFr };
