import en from "./en/doctor.json" with { type: "json" };
import fr from "./fr/doctor.json" with { type: "json" };
import frFr from "./fr-FR/doctor.json" with { type: "json" };

export const doctor = { en, fr, "fr-FR": frFr };
