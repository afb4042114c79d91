import en from "./en/security.json" with { type: "json" };
import fr from "./fr/security.json" with { type: "json" };

/** What the page of the security of an incident says, which arrives with it; the command line and what is shared say it too. */
export const security = { en, fr };
