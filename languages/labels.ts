import { doctor } from "./doctor.ts";
import en from "./en/labels.json" with { type: "json" };
import enCa from "./en-CA/labels.json" with { type: "json" };
import fr from "./fr/labels.json" with { type: "json" };
import frFr from "./fr-FR/labels.json" with { type: "json" };
import { record } from "./record.ts";

export const labels = {
  en: { ...en, ...doctor.en, ...record.en },
  fr: { ...fr, ...doctor.fr, ...record.fr },
  "en-CA": enCa,
  "fr-FR": { ...frFr, ...doctor["fr-FR"] },
};
