import en from "./en/obligation-pages.json" with { type: "json" };
import fr from "./fr/obligation-pages.json" with { type: "json" };

/** What the pages of legal obligations say, which arrives with them; and what is made of them to take away. */
export const obligationPages = { en, fr };
