/** Words by which people say how many are hit and how pressing it is, in French and in English, accents aside. A longer
 *  phrase is read before the words inside it: « pas urgent » is not urgent. */
import type { Impact, Urgency } from "../kernel/vocabulary.ts";
import { stemOf, wordsOf } from "../kernel/words.ts";

type Weighing<Level> = readonly (readonly [Level, readonly string[]])[];

/** Somebody may be hurt: nothing else is weighed. */
const safety = [
  ..."blesse;blesses;danger;incendie;fumee;evacuation;fuite de gaz;ambulance".split(";"),
  ..."injured;hurt;danger;fire;smoke;evacuation;gas leak;ambulance".split(";"),
];

const impactPhrases: Weighing<Impact> = [
  [1, safety],
  [
    1,
    [
      ..."tout le monde;tous les utilisateurs;tous les clients;tous les employés;tous les sites;toute l’organisation;plus personne;personne ne peut".split(
        ";",
      ),
      ..."everyone;everybody;all users;all customers;all staff;all sites;whole organisation;nobody can;no one can".split(
        ";",
      ),
    ],
  ],
  [
    2,
    [
      ..."plusieurs équipes;plusieurs services;plusieurs utilisateurs;plusieurs clients;un département;tout l’étage;tout le bâtiment;les clients".split(
        ";",
      ),
      ..."several teams;several departments;several users;several customers;many users;a department;whole floor;whole building;customers".split(
        ";",
      ),
    ],
  ],
  [
    3,
    [
      ..."notre équipe;une équipe;mon équipe;le bureau".split(";"),
      ..."our team;one team;my team;the office".split(";"),
    ],
  ],
  [
    4,
    [
      ..."je;moi;mon poste;mon écran;mon compte;mon mot de passe;une personne;un utilisateur;un employé".split(";"),
      ..."i;my computer;my laptop;my screen;my account;my password;one person;one user;one employee".split(";"),
    ],
  ],
];

const urgencyPhrases: Weighing<Urgency> = [
  [1, safety],
  [
    4,
    [
      ..."pas urgent;non urgent;rien d’urgent;quand vous pourrez;quand possible;coquille;faute de frappe;cosmétique".split(
        ";",
      ),
      ..."not urgent;no hurry;when you can;when possible;typo;cosmetic".split(";"),
    ],
  ],
  [
    1,
    [
      ..."urgent;urgence;immédiatement;hors service;en panne;panne générale;arrêt complet;indisponible;inaccessible;rançongiciel".split(
        ";",
      ),
      ..."urgent;emergency;immediately;out of service;is down;are down;total outage;unavailable;unreachable;ransomware".split(
        ";",
      ),
    ],
  ],
  [
    2,
    [
      ..."bloqué;bloquée;ne fonctionne plus;ne fonctionne pas;ne marche plus;ne répond plus;échouent;échoue;perdu;perdues".split(
        ";",
      ),
      ..."blocked;stopped working;does not work;not responding;fails;failing;lost".split(";"),
    ],
  ],
  [
    3,
    [
      ..."lent;lente;lenteur;parfois;intermittent;par moments;dégradé".split(";"),
      ..."slow;slowly;sometimes;intermittent;degraded".split(";"),
    ],
  ],
];

type Prepared<Level> = readonly { readonly level: Level; readonly phrase: string; readonly stems: readonly string[] }[];

/** Longest first; among equals, in the order above. */
const prepare = <Level>(all: Weighing<Level>): Prepared<Level> =>
  all
    .flatMap(([level, phrases]) => phrases.map((phrase) => ({ level, phrase, stems: wordsOf(phrase).map(stemOf) })))
    .sort((a, b) => b.stems.length - a.stems.length);

const impacts = prepare(impactPhrases);
const urgencies = prepare(urgencyPhrases);
const hurting = prepare<Impact>([[1, safety]]);

export type Weighed<Level> = { readonly level: Level; readonly phrase: string };

/** The gravest that is said; null when nothing is. */
function weigh<Level extends number>(text: string, all: Prepared<Level>): Weighed<Level> | null {
  const stems = wordsOf(text).map(stemOf);
  const used = new Set<number>();
  let found: Weighed<Level> | null = null;
  for (const { level, phrase, stems: wanted } of all) {
    for (let from = 0; from + wanted.length <= stems.length; from++) {
      const places = wanted.map((_, index) => from + index);
      if (!wanted.every((one, index) => stems[from + index] === one) || places.some((place) => used.has(place)))
        continue;
      for (const place of places) used.add(place);
      if (found === null || level < found.level) found = { level, phrase };
    }
  }
  return found;
}

/** That somebody is hurt, or may be. */
export const safetySaid = (text: string): boolean => weigh(text, hurting) !== null;
export const impactSaid = (text: string): Weighed<Impact> | null => weigh(text, impacts);
export const urgencySaid = (text: string): Weighed<Urgency> | null => weigh(text, urgencies);
