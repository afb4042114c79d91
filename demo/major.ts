/** What is proposed as major is declared by who coordinates, or is not followed, with the reason. */

import { majorStatus } from "../core/incidents/major.ts";
import { majorCategory } from "../core/kernel/vocabulary.ts";
import type { Thread } from "./agenda.ts";
import { answerQuestions } from "./asked.ts";
import type { Play } from "./play.ts";
import { act, inWords, pause, stateOf } from "./telling.ts";

export function* settleMajor(play: Play, id: string): Thread {
  const { telling, situation, coordinator } = play;
  if (majorStatus(stateOf(telling, id)) !== "proposed") return;
  yield* pause(telling, 0.5, 3);
  if (situation.categories.includes(majorCategory)) {
    act(telling, id, coordinator, { name: "declare-major", input: {} });
    answerQuestions(play, id, coordinator);
    return;
  }
  const reason = inWords(notMajor[situation.language], situation.language);
  act(telling, id, coordinator, { name: "stand-down-major", input: {} }, { reason });
}

const notMajor = {
  fr: "Un seul service touché, l’équipe suffit: rien à coordonner de plus.",
  en: "One service only, the team is enough: nothing more to coordinate.",
};
