/** What a record says of each event: apart from the labels, since browsers carry those everywhere. */
import en from "./en/record.json" with { type: "json" };
import fr from "./fr/record.json" with { type: "json" };

export const record = { en, fr };
