import en from "./en/impact.json" with { type: "json" };
import fr from "./fr/impact.json" with { type: "json" };

/** What the page of the impact of an incident, dependencies and vital functions say, which arrives with them; the command line says
 *  it too. */
export const impact = { en, fr };
