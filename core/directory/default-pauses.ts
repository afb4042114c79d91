/** What may stop the clocks of an incident where its categories say nothing else: each is something that nobody at the desk can
 *  hurry, and none is without end. */
import type { AllowedPause } from "./category-process.ts";

const dayMinutes = 24 * 60;

const pause = (id: string, fr: string, en: string, days: number): AllowedPause => ({
  id,
  words: { fr, en },
  minutes: days * dayMinutes,
});

export const defaultPauses: readonly AllowedPause[] = [
  pause("user", "La personne qui a signalé doit répondre", "Whoever reported it has to answer", 3),
  pause("supplier", "Un fournisseur doit agir", "A supplier has to act", 5),
  pause("partner", "Un partenaire doit agir", "A partner has to act", 5),
  pause("window", "Une fenêtre d’intervention est convenue", "A time for the work is agreed", 7),
  pause("authority", "Une autorité doit se prononcer", "An authority has to decide", 5),
];
