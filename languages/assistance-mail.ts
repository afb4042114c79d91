import en from "./en/assistance-mail.json" with { type: "json" };
import fr from "./fr/assistance-mail.json" with { type: "json" };

export const assistanceMail = { en, fr };
