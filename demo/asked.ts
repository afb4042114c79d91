/** What the categories of an incident ask, answered and settled as the people of the town would. */
import { demandsIn, openRecoveryItems, unmetCriteria } from "../core/incidents/demands.ts";
import { toIso } from "../core/kernel/time.ts";
import type { PersonName } from "./organisation.ts";
import type { Play } from "./play.ts";
import { act, stateOf, type Telling } from "./telling.ts";

/** Whoever looks into it says what it touches, and answers what must be known; what is optional, sometimes. */
export function answerQuestions(play: Play, id: string, who: PersonName): void {
  const { telling } = play;
  act(telling, id, who, { name: "set-domains", input: { domains: domainsOf(play) } });
  for (const { id: question, required } of demandsIn(stateOf(telling, id)).questions) {
    if (!required && telling.chance.happens(0.6)) continue;
    act(telling, id, who, { name: "gather", input: { question, answer: answerTo(question, play, id) } });
  }
}

function answerTo(question: string, { telling, situation, say }: Play, id: string): string | null {
  const { chance } = telling;
  switch (question) {
    case "since-when":
    case "first-seen":
      return toIso(stateOf(telling, id).milestones.reported ?? telling.world.now());
    case "who-is-hit":
    case "what-is-exposed":
      return say(situation.effects);
    case "teams-involved":
      return situation.language === "fr" ? "Réseau et serveurs, applications" : "Network and servers, applications";
    case "workaround-known":
      return situation.workaround ? "yes" : "no";
    case "personal-data":
      return chance.happens(0.3) ? "yes" : "no";
    case "still-going-on":
      return chance.happens(0.3) ? null : "no";
    default:
      return null;
  }
}

function domainsOf({ situation: { categories, from } }: Play): string[] {
  const reached = { machine: "it-systems", public: "customers", employee: "employees", agent: "services" } as const;
  return [...(categories.includes("security") ? ["information-security"] : []), reached[from]];
}

/** Everything left on the list that puts things back. */
export function settleRecovery(telling: Telling, id: string, who: PersonName): void {
  for (const item of openRecoveryItems(stateOf(telling, id)))
    act(telling, id, who, { name: "complete-recovery-item", input: { item, text: null, notNeeded: false } });
}

export function confirmCriteria(telling: Telling, id: string, who: PersonName): void {
  for (const criterion of unmetCriteria(stateOf(telling, id)))
    act(telling, id, who, { name: "confirm-criterion", input: { criterion, text: null, notNeeded: false } });
}
