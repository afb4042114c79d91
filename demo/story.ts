/** The whole demonstration: five months of a city's incidents, told to the very core that runs at night, in virtual time.
 *  The same seed and the same hour always give the same story. Nothing here touches a database: whoever keeps the story is
 *  told of each thing as it is decided. */

import type { Directory } from "../core/desk/directory.ts";
import type { Person } from "../core/directory/types.ts";
import { type Chance, createChance } from "../core/drills/chance.ts";
import { type Channel, createWorld, type Keeper, type World } from "../core/drills/world.ts";
import { createMint, seedFromName } from "../core/kernel/id.ts";
import { dayMs, hourMs, minuteMs } from "../core/kernel/time.ts";
import type { Instant } from "../core/kernel/vocabulary.ts";
import { runThreads, type Thread } from "./agenda.ts";
import { midnight, momentOf, speaksAtNight } from "./calendar.ts";
import { type Cast, castOf, directoryOf } from "./cast.ts";
import { dismiss, live, type PassedBy, passBy } from "./life.ts";
import { present } from "./present.ts";
import type { From, Situation } from "./situation.ts";
import { situations } from "./situations/all.ts";
import { falseAlarms } from "./situations/false-alarms.ts";
import { storm, storms } from "./storms.ts";
import type { Noted, Telling, ToldReport } from "./telling.ts";

export const historyDays = 150;
/** What begins later than this before the end would not have time to be closed: the present has its own. */
const leftAloneDays = 3;

export type Story = {
  readonly world: World;
  readonly cast: Cast;
  readonly directory: Directory;
  readonly from: Instant;
  readonly reports: readonly ToldReport[];
  readonly noted: readonly Noted[];
};

export type StoryOptions = {
  readonly seed: string;
  /** The end of the story: now. */
  readonly at: Instant;
  readonly administrator: Person;
  /** Given before the first incident: it may want the identities of the people first. */
  readonly keeper?: Keeper;
};

/** Stands in the cause of every act, sealed with its entry: whoever reads an exported record sees what it is. */
export const demonstrationCause = "demonstration";

export function tellStory({ seed, at, administrator, keeper }: StoryOptions): Story {
  const from = midnight(at - historyDays * dayMs);
  const mint = createMint(seedFromName(`${seed}/identities`));
  const cast = castOf(mint, from);
  const directory = directoryOf({ cast, mint, from, administrator });
  const chance = chanceOf(`${seed}/channel`);
  const world = createWorld({
    seed,
    start: from,
    directory,
    channel: channelOf(chance, cast, from),
    causedBy: demonstrationCause,
    ...(keeper && { keeper }),
  });
  const reports: ToldReport[] = [];
  const noted: Noted[] = [];
  const shared = { world, cast, mint, reports, noted, busy: new Set<string>() };
  const telling = (name: string): Telling => ({ ...shared, chance: chanceOf(`${seed}/${name}`) });
  runThreads(world, [...past({ seed, from, at }, telling), ...present(telling("present"), at)], at);
  return { world, cast, directory, from, reports, noted };
}

const chanceOf = (name: string): Chance => createChance(seedFromName(name)[0]);

/** Mail leaves at once, or a minute later when its server was busy; for some days one mailbox was full. */
function channelOf(chance: Chance, cast: Cast, from: Instant): Channel {
  return ({ personId, at }) => {
    const day = (at - from) / dayMs;
    if (personId === cast.people.mathis && day > 60 && day < 66) return "fail";
    return chance.happens(0.03) ? "down" : "ok";
  };
}

type Span = { readonly seed: string; readonly from: Instant; readonly at: Instant };

function past({ seed, from, at }: Span, telling: (name: string) => Telling): Thread[] {
  const chance = chanceOf(`${seed}/calendar`);
  const days = Math.floor((at - from) / dayMs) - leftAloneDays;
  const when = (who: From | "night", fixed: Pick<Situation, "hour" | "season"> = {}): Instant[] =>
    momentOf(chance, from, { who, days, ...fixed });
  const lives = situations.flatMap((situation) =>
    Array.from({ length: situation.times }, () =>
      when(speaksAtNight(situation, chance) ? "night" : situation.from, situation),
    )
      .flat()
      .toSorted((a, b) => a - b)
      .map((begins, index) => {
        const told = telling(`${situation.id}/${index}`);
        const passes = situation.from === "machine" && index > 0 && index % 4 === 3;
        return after(
          begins,
          passes ? passBy(told, situation, passedBy(situation, chance)) : live(told, situation, index === 0),
        );
      }),
  );
  const alarms = falseAlarms.flatMap((alarm) =>
    Array.from({ length: alarm.times }, (_, index) =>
      when(alarm.from).map((begins) => after(begins, dismiss(telling(`${alarm.id}/${index}`), alarm))),
    ).flat(),
  );
  const nights = storms.map((told, index) =>
    after(
      midnight(from + (37 + 58 * index) * dayMs) + 2 * hourMs + 13 * minuteMs,
      storm(telling(`storm/${index}`), told),
    ),
  );
  return [...lives, ...alarms, ...nights];
}

function* after(begins: Instant, thread: Thread): Thread {
  yield begins;
  yield* thread;
}

const passed: Readonly<Record<"fr" | "en", readonly PassedBy[]>> = {
  fr: [
    {
      seen: "Revenu avant que quelqu’un réponde; rien dans les journaux.",
      solution: "Aucune action: revenu de lui-même. Surveillé deux jours.",
      recovery: "Rien à rattraper.",
      effects: "Aucun connu.",
    },
    {
      seen: "Trois minutes en tout, pendant une mise à jour annoncée.",
      solution: "La mise à jour met désormais la surveillance en pause.",
      recovery: "Rien à rattraper.",
      effects: "Aucun: les gens dormaient.",
    },
    {
      seen: "Seuil franchi de peu, une seule mesure.",
      solution: "Le seuil demande maintenant deux mesures de suite.",
      recovery: "Rien à rattraper.",
      effects: "Un appel de trop.",
    },
  ],
  en: [
    {
      seen: "Back before anybody answered; nothing in the logs.",
      solution: "No action: it came back by itself. Watched for two days.",
      recovery: "Nothing to catch up on.",
      effects: "None known.",
    },
    {
      seen: "Four minutes in all, while a scheduled task ran.",
      solution: "The task runs an hour later, when nobody is waiting.",
      recovery: "Nothing to catch up on.",
      effects: "None that anybody felt.",
    },
    {
      seen: "One measurement, just above the threshold.",
      solution: "The threshold now wants two measurements in a row.",
      recovery: "Nothing to catch up on.",
      effects: "One call too many.",
    },
  ],
};

const passedBy = ({ language }: Situation, chance: Chance): PassedBy => chance.oneOf(passed[language]);
