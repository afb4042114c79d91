/** What workstreams, links and splits of an incident say: it arrives with the pages that show them. */
import en from "./en/workstreams.json" with { type: "json" };
import fr from "./fr/workstreams.json" with { type: "json" };

export const workstreams = { en, fr };
