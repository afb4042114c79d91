/** How an incident of many hands is led: who coordinates, who holds which role, who owes what and by when, and who takes over when
 *  a shift ends. */
import { demandsIn } from "../core/incidents/demands.ts";
import { holderNow } from "../core/incidents/roles.ts";
import { openTasks } from "../core/incidents/tasks.ts";
import { minuteMs, toIso } from "../core/kernel/time.ts";
import type { Thread } from "./agenda.ts";
import { type PersonName, people, teams } from "./organisation.ts";
import { coordinators, type Play } from "./play.ts";
import { act, inWords, pause, speaking, stateOf } from "./telling.ts";

/** Where its categories ask for roles. */
export function lead(play: Play, id: string, responder: PersonName): void {
  const { telling, situation, coordinator } = play;
  const { cast } = telling;
  const asked = new Set(demandsIn(stateOf(telling, id)).roles.map((one) => one.id));
  if (asked.size > 0 && stateOf(telling, id).coordinator?.id !== cast.people[coordinator]) {
    const reason = inWords(handsFree[situation.language], situation.language);
    act(telling, id, coordinator, { name: "accept-coordination", input: {} }, { reason });
  }
  for (const [role, who] of holdersOf(play, responder))
    if (asked.has(role) && holderNow(stateOf(telling, id), role) === null)
      act(telling, id, coordinator, { name: "fill-role", input: { role, person: cast.people[who] } });
}

function holdersOf({ situation, coordinator, telling }: Play, responder: PersonName): readonly [string, PersonName][] {
  const scribe = telling.chance.oneOf(speaking(teams.desk.members, situation.language));
  return [
    ["scribe", scribe],
    ["technical-lead", people[responder].level === null ? coordinator : responder],
    ["customer-liaison", situation.language === "fr" ? "fatou" : "peter"],
    ["security-lead", "simon"],
    ["privacy", "anneSophie"],
  ];
}

/** What was decided is given to somebody, until it is done. */
export function giveTask({ telling, situation, say, coordinator }: Play, id: string, who: PersonName): void {
  const { decision, minutes } = situation;
  if (!decision || demandsIn(stateOf(telling, id)).roles.length === 0) return;
  const due = toIso(telling.world.now() + Math.max(20, Math.round(minutes / 3)) * minuteMs);
  const person = telling.cast.people[who];
  act(telling, id, coordinator, { name: "add-task", input: { text: say(decision.text), person, due } });
}

export function settleTasks({ telling }: Play, id: string, who: PersonName): void {
  for (const { number } of openTasks(stateOf(telling, id)))
    act(telling, id, who, { name: "complete-task", input: { task: number, text: null } });
}

const longMinutes = 4 * 60;

/** What lasts longer than a shift passes to another coordinator, who is offered it and takes it; whoever leads from then on. */
export function* changeShift(play: Play, id: string): Thread {
  const { telling, situation, coordinator } = play;
  const { coordinator: leads } = stateOf(telling, id);
  if (situation.minutes < longMinutes || leads?.id !== telling.cast.people[coordinator]) return;
  const next = coordinators.find((one) => one !== coordinator && people[one].language === situation.language);
  if (next === undefined) return;
  const reason = inWords(shiftEnds[situation.language], situation.language);
  act(
    telling,
    id,
    coordinator,
    { name: "offer-coordination", input: { person: telling.cast.people[next] } },
    { reason },
  );
  yield* pause(telling, 2, 9);
  act(telling, id, next, { name: "accept-coordination", input: {} });
}

const handsFree = {
  fr: "Je coordonne, pour que le diagnostic ait les mains libres.",
  en: "I coordinate, so that the diagnosis has its hands free.",
};
const shiftEnds = { fr: "Ma garde se termine.", en: "My shift ends." };
