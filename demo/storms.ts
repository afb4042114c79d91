/** Two nights on which one thing made fifty alerts: the desk holds them in one incident, and the ten that came first are
 *  merged into it by hand. */
import type { Language } from "../core/kernel/vocabulary.ts";
import type { Thread } from "./agenda.ts";
import { confirmCriteria } from "./asked.ts";
import { namesOf } from "./cast.ts";
import { type IntegrationName, type PersonName, people } from "./organisation.ts";
import { act, confirmRecovery, inWords, officeHours, pause, signal, stateOf, type Telling, wait } from "./telling.ts";

export type Storm = {
  readonly from: IntegrationName;
  readonly language: Language;
  readonly coordinator: PersonName;
  readonly hosts: readonly string[];
  readonly title: string;
  readonly observations: readonly string[];
  readonly decision: { readonly text: string; readonly options: readonly string[] };
  readonly restored: string;
  readonly cause: string;
  readonly solution: string;
  readonly recovery: string;
  readonly effects: string;
  readonly lessons: string;
};

const numbered = (names: readonly string[], each: number): readonly string[] =>
  names.flatMap((name) => Array.from({ length: each }, (_, index) => `${name}-${String(index + 1).padStart(2, "0")}`));

export const storms: readonly Storm[] = [
  {
    from: "network",
    language: "fr",
    coordinator: "nathalie",
    hosts: numbered(["ap-annexe", "sw-annexe", "cam-annexe", "tel-annexe"], 13),
    title: "Injoignable: {host}",
    observations: [
      "Toute l’annexe est éteinte; l’hôtel de ville a du courant.",
      "Hydro annonce une panne de quartier, retour prévu à 5 h.",
      "L’onduleur de la salle a tenu onze minutes, et non les quarante promises.",
    ],
    decision: {
      text: "Attendre le courant; ne réveiller personne d’autre, sauf si la panne dépasse 6 h.",
      options: ["Brancher la génératrice mobile"],
    },
    restored: "Courant revenu, tous les équipements répondent.",
    cause: "Panne de quartier, et batteries d’onduleur en fin de vie.",
    solution: "Batteries remplacées; autonomie mesurée: quarante-trois minutes.",
    recovery: "Quatre caméras relancées à la main, enregistrements de la nuit perdus pour celles-là.",
    effects: "Annexe sans réseau pendant trois heures, de nuit.",
    lessons: "L’autonomie des onduleurs est mesurée deux fois l’an, charge réelle.",
  },
  {
    from: "servers",
    language: "en",
    coordinator: "sam",
    hosts: numbered(["app", "db", "gis", "doc", "cat"], 9),
    title: "{host}: storage latency above 2 s",
    observations: [
      "Every host that complains sits on the same storage array.",
      "One of its two controllers restarted at 02:11 and is checking its cache.",
      "The supplier’s engineer is on the line and advises against a forced restart.",
    ],
    decision: {
      text: "Leave the second controller alone, hold the night batch until the check ends.",
      options: ["Force the controller to restart", "Move the databases to the other site"],
    },
    restored: "Check finished; latency back under 5 ms.",
    cause: "A defect in the array’s firmware, known since last month.",
    solution: "Firmware upgraded on both controllers, one after the other, on Sunday.",
    recovery: "Night batch run in the morning; payroll and taxes checked.",
    effects: "Slow for the night shift; nothing lost.",
    lessons: "Firmware notices are read each week by somebody by name.",
  },
];

export function* storm(telling: Telling, told: Storm): Thread {
  const say = (text: string): string => inWords(text, told.language);
  const sent = told.hosts.map((host) => ({
    key: `node/${host}`,
    title: inWords(told.title, told.language, { host }),
    severity: "error" as const,
    source: host,
  }));
  const came: string[] = [];
  for (const one of sent) {
    came.push(signal(telling, told.from, [one]));
    yield* wait(telling, 0.02 + telling.chance.next() / 20);
  }
  const id = came.at(-1) ?? "";
  yield* pause(telling, 2, 6);
  const called = namesOf(people).find((one) => stateOf(telling, id).asked.includes(telling.cast.people[one]));
  const responder = called ?? told.coordinator;
  act(telling, id, responder, { name: "accept", input: {} }, { via: "ack-link" });
  for (const single of new Set(came)) {
    if (single === id) continue;
    yield* pause(telling, 0.2, 1);
    act(telling, single, responder, { name: "merge", input: { into: id } });
  }
  yield* passTheNight(telling, told, { id, say, responder });
  for (let from = 0; from < sent.length; from += 8) {
    yield* pause(telling, 0.3, 2);
    const back = sent.slice(from, from + 8).map((one) => ({ ...one, action: "resolve" as const }));
    signal(telling, told.from, back);
  }
  yield* endOfStorm(telling, told, { id, say });
}

type Known = { readonly id: string; readonly say: (text: string) => string };

function* passTheNight(
  telling: Telling,
  told: Storm,
  { id, say, responder }: Known & { readonly responder: PersonName },
): Thread {
  const { coordinator, observations, decision } = told;
  act(telling, id, responder, { name: "categorise", input: { categories: ["complex"] } });
  yield* pause(telling, 3, 8);
  act(telling, id, coordinator, { name: "confirm-priority", input: { impact: 2, urgency: 1 } });
  for (const text of observations) {
    yield* pause(telling, 8, 40);
    act(telling, id, responder, { name: "add-observation", input: { text: say(text) } });
  }
  act(telling, id, coordinator, {
    name: "decide",
    input: { text: say(decision.text), options: decision.options.map(say) },
  });
  yield* pause(telling, 60, 120);
}

function* endOfStorm(telling: Telling, told: Storm, { id, say }: Known): Thread {
  const { coordinator, language } = told;
  yield* pause(telling, 5, 15);
  act(telling, id, coordinator, { name: "declare-restored", input: { text: say(told.restored) } });
  yield* officeHours(telling);
  act(telling, id, coordinator, {
    name: "declare-resolved",
    input: { solution: say(told.solution), cause: say(told.cause), causeUnknown: false },
  });
  yield* pause(telling, 300, 900);
  yield* officeHours(telling);
  confirmRecovery(telling, id, coordinator, say(told.recovery), false);
  const documented = {
    language,
    summary: say(`${told.cause} ${told.solution}`),
    impact: say(told.effects),
    workaround: null,
    lessons: say(told.lessons),
  };
  act(telling, id, coordinator, { name: "complete-documentation", input: documented });
  yield* pause(telling, 10, 60);
  confirmCriteria(telling, id, coordinator);
  act(telling, id, coordinator, { name: "close", input: {} });
}
