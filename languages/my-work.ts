import en from "./en/my-work.json" with { type: "json" };
import fr from "./fr/my-work.json" with { type: "json" };

/** What the page of what awaits somebody says, which arrives with it. */
export const myWork = { en, fr };
