import en from "./en/cockpit.json" with { type: "json" };
import fr from "./fr/cockpit.json" with { type: "json" };

/** What the cockpit of an incident, its action plan and the wall say, which arrives with them. */
export const cockpit = { en, fr };
