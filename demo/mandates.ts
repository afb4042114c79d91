/** What two of the city's teams are for when an incident needs them together, and when each was last tried. */
import type { Charter, TeamRole } from "../core/directory/team-charter.ts";
import { dayMs, zoned } from "../core/kernel/time.ts";
import type { Instant } from "../core/kernel/vocabulary.ts";
import type { Cast } from "./cast.ts";
import { type PersonName, type ScheduleName, type TeamName, zone } from "./organisation.ts";

type Told = Omit<Charter, "rota" | "deputy"> & {
  readonly rota: ScheduleName | null;
  readonly deputy: PersonName;
  readonly exercise: { readonly daysAgo: number; readonly what: string; readonly by: PersonName };
};

const role = (
  id: string,
  [fr, en]: readonly [string, string],
  rest: Partial<Pick<TeamRole, "count" | "level" | "required">> = {},
): TeamRole => ({ id, words: { fr, en }, count: 1, level: null, required: false, ...rest });

export const mandates: Readonly<Partial<Record<TeamName, Told>>> = {
  security: {
    mandate: {
      fr: "Contenir une attaque, garder ce qui la prouve et dire quand les accès peuvent être rendus.",
      en: "Contain an attack, keep what proves it, and say when access can be given back.",
    },
    roles: [
      role("analysis", ["Analyse", "Analysis"], { level: 3, required: true }),
      role("evidence", ["Preuve et chaîne de possession", "Evidence and custody"], { level: 3 }),
    ],
    people: 2,
    minutes: 30,
    rota: "security",
    deputy: "helen",
    contact: "Salle 214, poste 2914",
    exercise: {
      daysAgo: 64,
      what: "Rançongiciel sur un serveur de fichiers, sur table. Quorum en 18 minutes; la liste des copies hors ligne manquait, elle est au coffre depuis.",
      by: "helen",
    },
  },
  desk: {
    mandate: {
      fr: "Répondre d’une seule voix quand une panne touche toute la ville, et rapporter ce que disent les gens.",
      en: "Answer with one voice when an outage reaches the whole city, and report what people say.",
    },
    roles: [
      role("calls", ["Réponse aux appels", "Answering calls"], { count: 2, level: 2, required: true }),
      role("notices", ["Avis et messages d’accueil", "Notices and greetings"], { level: 2 }),
    ],
    people: 3,
    minutes: 20,
    rota: null,
    deputy: "nathalie",
    contact: "Ligne interne 2100",
    exercise: {
      daysAgo: 23,
      what: "Payroll day without telephony. Three of four joined within twelve minutes; the French greeting was recorded last, and is now ready beforehand.",
      by: "sam",
    },
  },
};

export function charterOf(cast: Cast, name: TeamName): Charter | null {
  const told = mandates[name];
  if (told === undefined) return null;
  const { exercise: _, rota, deputy, ...plain } = told;
  return {
    ...plain,
    rota: rota && { kind: "schedule", id: cast.schedules[rota] },
    deputy: cast.people[deputy],
  };
}

export type Exercised = {
  readonly team: string;
  readonly on: string;
  readonly what: string;
  readonly by: string;
  readonly at: Instant;
};

export const exercisesOf = (cast: Cast, at: Instant): Exercised[] =>
  Object.entries(mandates).map(
    ([
      team,
      {
        exercise: { daysAgo, what, by },
      },
    ]) => {
      const then = at - daysAgo * dayMs;
      const on = zoned(then, zone).toPlainDate().toString();
      return { team: cast.teams[team as TeamName], on, what, by: cast.people[by], at: then };
    },
  );
