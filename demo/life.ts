/** The life of one incident, from who says it first to its closure, in the time that people take. */
import { askedOf } from "../core/incidents/escalations.ts";
import { priorityOf } from "../core/incidents/priority.ts";
import type { Thread } from "./agenda.ts";
import { answerQuestions, confirmCriteria } from "./asked.ts";
import { namesOf } from "./cast.ts";
import { endLife } from "./ending.ts";
import { changeShift, giveTask, lead } from "./led.ts";
import { settleMajor } from "./major.ts";
import { functions, type PersonName, people, teams } from "./organisation.ts";
import { coordinators, fill, keysOf, type Play, playOf } from "./play.ts";
import type { FalseAlarm, Situation } from "./situation.ts";
import { callSupplier, hearSupplier } from "./suppliers.ts";
import {
  act,
  confirmRecovery,
  inWords,
  officeHours,
  open,
  pause,
  report,
  signal,
  speaking,
  stateOf,
  type Telling,
  wait,
} from "./telling.ts";

const agents = teams.desk.members;
const firstLine = namesOf(people).filter((one) => people[one].level === 3);
const employees = namesOf(people).filter((one) => people[one].level === null);

export function* live(telling: Telling, situation: Situation, first: boolean): Thread {
  const play = playOf(telling, situation, first);
  if (isBusy(play)) return;
  const id = yield* begin(play);
  if (first && situation.twists?.duplicate) yield* sayItTwice(play, id);
  const responder = yield* takeCharge(play, id);
  yield* work(play, id, responder);
  yield* settleMajor(play, id);
  yield* endLife(play, id, responder);
  free(play);
}

/** Takes the key of its alert, unless another incident has it. */
function isBusy(play: Play): boolean {
  const key = busyKey(play);
  if (key === null || play.telling.busy.has(key)) return key !== null;
  play.telling.busy.add(key);
  return false;
}

function free(play: Play): void {
  play.telling.busy.delete(busyKey(play) ?? "");
}

const busyKey = ({ situation, say }: Play): string | null =>
  situation.alert ? `${situation.alert.integration}/${say(situation.alert.key)}` : null;

/** What does not wait for the morning. */
const presses = ({ impact, urgency }: Situation): boolean => priorityOf(impact, urgency) <= 2;

/** What is of low impact goes by the short path, and is asked nothing. */
const isHeavy = ({ categories }: Situation): boolean => categories.some((one) => one !== "low-impact");

/** A thread that also gives back what it found. */
export type Finding<Found> = Generator<number, Found, void>;

function* begin(play: Play): Finding<string> {
  const { telling, situation, say, filled } = play;
  const { language, service, from, title, description } = situation;
  const written = { title: say(title), description: description ? say(description) : null, language, service };
  switch (from) {
    case "agent":
      return open(telling, telling.chance.oneOf(speaking(agents, language)), written);
    case "employee":
      return open(telling, telling.chance.oneOf(speaking(employees, language)), written);
    case "public":
      return report(telling, { ...written, name: filled.name ?? "" });
    case "machine":
      return yield* fire(play);
  }
}

/** A source that wavers sends again; one that only repeats is counted. */
function* fire(play: Play): Finding<string> {
  const { telling, situation } = play;
  const { alert } = situation;
  if (!alert) throw new Error(`${situation.id} comes from a machine and has no alert`);
  const keys = keysOf(play, alert);
  const id = signal(telling, alert.integration, keys.slice(0, 1));
  for (const other of keys.slice(1)) {
    yield* pause(telling, 0.3, 2);
    signal(telling, alert.integration, [other]);
  }
  for (let again = telling.chance.below(4); again > 0; again--) {
    yield* pause(telling, 0.2, 1);
    signal(telling, alert.integration, keys);
  }
  return id;
}

function* sayItTwice({ telling, situation }: Play, id: string): Thread {
  const { duplicate } = situation.twists ?? {};
  if (!duplicate) return;
  yield* pause(telling, 1, 4);
  const { title, language, name } = duplicate;
  const other = report(telling, {
    title: inWords(title, language),
    description: null,
    language,
    service: situation.service,
    name,
  });
  yield* pause(telling, 2, 6);
  act(telling, other, telling.chance.oneOf(agents), { name: "merge", input: { into: id } });
}

/** Registered, categorised, assigned and accepted; who has it. */
function* takeCharge(play: Play, id: string): Finding<PersonName> {
  const { telling, situation } = play;
  if (situation.from === "machine") return yield* answerCall(play, id);
  const agent = telling.chance.oneOf(speaking(agents, situation.language));
  if (!presses(situation)) yield* officeHours(telling);
  yield* pause(telling, 1, 9);
  if (stateOf(telling, id).milestones.registered === undefined)
    act(telling, id, agent, { name: "register", input: {} });
  const { impact, urgency, categories } = situation;
  if (telling.chance.happens(0.5)) act(telling, id, agent, { name: "set-impact-urgency", input: { impact, urgency } });
  yield* pause(telling, 0.5, 4);
  act(telling, id, agent, { name: "categorise", input: { categories } });
  if (isHeavy(situation)) answerQuestions(play, id, agent);
  act(telling, id, agent, { name: "assign", input: { team: telling.cast.teams[situation.team] } });
  return yield* accept(play, id, teams[situation.team].members);
}

/** By the link in the call, mostly; at night not always by the first who was called. */
function* answerCall(play: Play, id: string): Finding<PersonName> {
  const { telling, situation } = play;
  yield* pause(telling, 0.7, telling.chance.happens(0.15) ? 24 : 7);
  const asked = stateOf(telling, id).asked;
  const called = namesOf(people).filter((one) => asked.includes(telling.cast.people[one]));
  const responder = yield* accept(play, id, called.length > 0 ? called : coordinators);
  yield* pause(telling, 1, 6);
  const able = people[responder].level === null ? play.coordinator : responder;
  act(telling, id, able, { name: "categorise", input: { categories: situation.categories } });
  if (isHeavy(situation)) answerQuestions(play, id, able);
  return responder;
}

function* accept(play: Play, id: string, among: readonly PersonName[]): Finding<PersonName> {
  const { telling, situation, first, say } = play;
  const { chance } = telling;
  const candidates = speaking(among, situation.language);
  let responder = chance.oneOf(candidates);
  if (first && situation.twists?.decline && people[responder].language === situation.language) {
    act(
      telling,
      id,
      responder,
      { name: "decline", input: {} },
      { reason: say(situation.twists.decline), via: "ack-link" },
    );
    responder = among.find((one) => one !== responder) ?? play.coordinator;
  }
  yield* pause(telling, 0.5, situation.urgency === 1 ? 3 : 9);
  act(telling, id, responder, { name: "accept", input: {} }, chance.happens(0.6) ? { via: "ack-link" } : {});
  return responder;
}

function* work(play: Play, id: string, responder: PersonName): Thread {
  const { telling, situation, first, say, coordinator } = play;
  const { impact, urgency, observations, minutes } = situation;
  const { override, reassign } = situation.twists ?? {};
  const step = minutes / (observations.length + 2);
  if (!presses(situation)) yield* officeHours(telling);
  yield* pause(telling, 1, Math.min(12, step));
  act(telling, id, coordinator, { name: "confirm-priority", input: { impact, urgency } });
  yield* settleMajor(play, id);
  lead(play, id, responder);
  if (first && override)
    act(
      telling,
      id,
      coordinator,
      { name: "override-priority", input: { priority: override.priority } },
      { reason: say(override.reason) },
    );
  for (const [index, text] of observations.entries()) {
    yield* pause(telling, step * 0.4, step * 1.4);
    const who = index % 3 === 2 ? coordinator : responder;
    act(telling, id, who, { name: "add-observation", input: { text: say(text) } });
    if (index === 0 && first && reassign) yield* handOver(play, id);
    if (index === 0) inform(play, id);
    if (index === 0) callSupplier(play, id);
    if (index === 1) hearSupplier(play, id, "acknowledged");
    if (index === Math.min(1, observations.length - 1)) choose(play, id, responder);
    if (index === 1) yield* changeShift(play, id);
  }
  hearSupplier(play, id, "acknowledged");
  hearSupplier(play, id, "restored");
}

function* handOver({ telling, situation, coordinator, say }: Play, id: string): Thread {
  const { reassign } = situation.twists ?? {};
  if (!reassign) return;
  act(
    telling,
    id,
    coordinator,
    { name: "assign", input: { team: telling.cast.teams[reassign.to] } },
    { reason: say(reassign.reason) },
  );
  yield* pause(telling, 2, 15);
  const next = teams[reassign.to].members.find(
    (one) => telling.cast.people[one] !== stateOf(telling, id).acceptedBy?.id,
  );
  if (next) act(telling, id, next, { name: "accept", input: {} });
}

function inform({ telling, situation, say, coordinator }: Play, id: string): void {
  const { advice, escalation } = situation;
  if (advice) {
    const persons = advice.to
      .map((one) => telling.cast.people[one])
      .filter((one) => one !== telling.cast.people[coordinator]);
    act(telling, id, coordinator, { name: "advise-persons", input: { persons, text: say(advice.text) } });
  }
  if (escalation) {
    const { kind, to, reason, expected } = escalation;
    const known: Readonly<Record<string, string>> = {
      ...telling.cast.people,
      ...telling.cast.teams,
      ...pickFunctions(telling),
    };
    act(
      telling,
      id,
      coordinator,
      { name: "escalate", input: { kind, to: known[to] ?? to, expected: say(expected) } },
      { reason: say(reason) },
    );
    /* The first of those called who is there to answer. */
    const called = namesOf(people).find((one) => wasAsked(telling, id, telling.cast.people[one]));
    if (called) act(telling, id, called, { name: "acknowledge-escalation", input: {} });
  }
}

function wasAsked(telling: Telling, id: string, personId: string): boolean {
  const { incident, paging } = telling.world.case(id);
  return askedOf(incident, paging, personId) !== undefined;
}

const pickFunctions = ({ cast }: Telling): Readonly<Record<string, string>> =>
  Object.fromEntries(namesOf(functions).map((one) => [one, cast.functions[one]]));

function choose(play: Play, id: string, responder: PersonName): void {
  const { telling, situation, say, coordinator } = play;
  const { decision } = situation;
  if (!decision) return;
  const input = { text: say(decision.text), options: decision.options.map(say) };
  act(telling, id, coordinator, { name: "decide", input });
  giveTask(play, id, responder);
}

/** Looked into, and dismissed. */
export function* dismiss(telling: Telling, alarm: FalseAlarm): Thread {
  const filled = fill(telling, alarm.slots);
  const { language, service, from, title, description, reason } = alarm;
  const say = (text: string): string => inWords(text, language, filled);
  const written = { title: say(title), description: description ? say(description) : null, language, service };
  const who = speaking(from === "agent" ? agents : employees, language);
  const id =
    from === "public" ? report(telling, { ...written, name: "" }) : open(telling, telling.chance.oneOf(who), written);
  yield* officeHours(telling);
  yield* pause(telling, 4, 55);
  /* What comes from outside the desk is thrown away by level 3. */
  const judges = from === "agent" ? agents : firstLine;
  act(telling, id, telling.chance.oneOf(judges), { name: "dismiss", input: {} }, { reason: say(reason) });
}

/** A source that comes back by itself before anybody has answered: it says so, and somebody writes the rest down later. */
export function* passBy(telling: Telling, situation: Situation, words: PassedBy): Thread {
  const play = playOf(telling, situation, false);
  const { alert } = situation;
  if (!alert || isBusy(play)) return;
  const keys = keysOf(play, alert);
  const id = signal(telling, alert.integration, keys);
  yield* pause(telling, 1, 4);
  signal(
    telling,
    alert.integration,
    keys.map((one) => ({ ...one, action: "resolve" as const })),
  );
  yield* officeHours(telling);
  yield* pause(telling, 5, 90);
  const { coordinator } = play;
  const { language, categories, impact } = situation;
  const say = (text: string): string => inWords(text, language);
  act(telling, id, coordinator, { name: "accept", input: {} });
  act(telling, id, coordinator, { name: "categorise", input: { categories } });
  act(telling, id, coordinator, { name: "confirm-priority", input: { impact, urgency: 4 } });
  act(telling, id, coordinator, { name: "add-observation", input: { text: say(words.seen) } });
  yield* pause(telling, 3, 20);
  act(telling, id, coordinator, {
    name: "declare-resolved",
    input: { solution: say(words.solution), cause: null, causeUnknown: true },
  });
  confirmRecovery(telling, id, coordinator, say(words.recovery), true);
  const documented = {
    language,
    summary: say(words.solution),
    impact: say(words.effects),
    workaround: null,
    lessons: null,
  };
  act(telling, id, coordinator, { name: "complete-documentation", input: documented });
  yield* wait(telling, 2);
  confirmCriteria(telling, id, coordinator);
  act(telling, id, coordinator, { name: "close", input: {} });
  free(play);
}

export type PassedBy = {
  readonly seen: string;
  readonly solution: string;
  readonly recovery: string;
  readonly effects: string;
};
