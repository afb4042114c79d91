/** What waits, quietly, when the demonstration starts: told in minutes before it. */
import { heartbeatKey } from "../../core/heartbeats/monitor.ts";
import type { Present } from "../situation.ts";
import { silent } from "../watched.ts";
import { heatingEngaged } from "./outside.ts";

const hours = (many: number): number => many * 60;
const days = (many: number): number => many * 24 * 60;

export const quiet: readonly Present[] = [
  {
    language: "fr",
    service: "backup",
    minutesAgo: hours(3),
    title: `Plus de signe de vie de ${silent.name}`,
    from: {
      alert: { integration: "backup", key: heartbeatKey(silent.id), severity: "error", source: "copie-permis" },
    },
    acts: [
      ["karine", hours(3) - 6, { name: "accept" }],
      ["nathalie", 150, { name: "confirm-priority", impact: 3, urgency: 3 }],
      [
        "karine",
        95,
        { name: "add-observation", text: "La copie attend un verrou de la base des permis; elle n’a rien écrit." },
      ],
      [
        "elise",
        25,
        { name: "link", kind: "related", incident: "permits" },
        { reason: "Même base: ce que la 3.3 garde ouvert peut tenir le verrou que la copie attend." },
      ],
    ],
  },
  {
    language: "fr",
    service: "payroll",
    minutesAgo: 130,
    title: "Bulletins de paie en double pour le service des parcs",
    description: "Vingt-six personnes ont deux bulletins pour la même période. Les montants sont bons.",
    from: { person: "josee" },
    acts: [
      ["chloe", 121, { name: "register" }],
      ["chloe", 120, { name: "categorise", categories: ["low-impact"] }],
      ["chloe", 120, { name: "assign", team: "applications" }],
      ["lea", 112, { name: "accept" }],
      ["nathalie", 103, { name: "confirm-priority", impact: 3, urgency: 2 }],
      [
        "lea",
        62,
        { name: "add-observation", text: "Le deuxième bulletin vient d’une reprise d’impression lancée à 6 h 02." },
      ],
      ["nathalie", 40, { name: "record-cause", text: "Reprise d’impression sans effacer le premier lot." }],
    ],
  },
  {
    language: "en",
    service: "buildings",
    minutesAgo: hours(5),
    title: "Badge readers of the north entrance do not answer",
    description: "The door stays locked from outside; the guard lets people in one by one.",
    from: { person: "aisha" },
    acts: [
      ["aisha", hours(5) - 3, { name: "categorise", categories: ["low-impact"] }],
      ["aisha", hours(5) - 4, { name: "assign", team: "buildings" }],
      ["simon", hours(5) - 11, { name: "accept" }],
      ["sam", 280, { name: "confirm-priority", impact: 3, urgency: 3 }],
      [
        "simon",
        255,
        { name: "add-observation", text: "The controller in the basement has no light. Its fuse is good." },
      ],
      ["simon", 232, { name: "declare-restored", text: "The controller was restarted; both readers answer." }],
    ],
  },
  {
    language: "fr",
    service: "mail",
    minutesAgo: hours(9),
    title: "Courriels retardés vers l’extérieur",
    from: { person: "mathis" },
    acts: [
      ["mathis", hours(9) - 2, { name: "categorise", categories: ["low-impact"] }],
      ["mathis", hours(9) - 3, { name: "assign", team: "systems" }],
      ["karine", 529, { name: "accept" }],
      ["nathalie", 520, { name: "confirm-priority", impact: 2, urgency: 3 }],
      [
        "karine",
        480,
        { name: "add-observation", text: "Le relais refuse la connexion chiffrée: certificat expiré à minuit." },
      ],
      ["karine", 455, { name: "declare-restored", text: "Certificat installé à la main, la file est vide." }],
      ["elise", 410, { name: "accept" }],
      [
        "elise",
        400,
        {
          name: "declare-resolved",
          solution: "Certificat renouvelé et renouvellement automatique réparé.",
          cause: "Certificat du relais expiré.",
          causeUnknown: false,
        },
      ],
      ["elise", 330, { name: "confirm-recovery", text: "Aucun courriel perdu.", notNeeded: false }],
    ],
  },
  {
    language: "en",
    service: "printing",
    minutesAgo: 24,
    title: "Printer of floor 3 jams on every second page",
    from: { person: "linda" },
    acts: [
      ["aisha", 15, { name: "register" }],
      ["aisha", 14, { name: "categorise", categories: ["low-impact"] }],
      ["aisha", 13, { name: "set-impact-urgency", impact: 4, urgency: 3 }],
    ],
  },
  {
    language: "fr",
    service: "website",
    minutesAgo: 9,
    title: "Carte des chantiers: le pont du Moulin est fermé et la carte dit ouvert",
    description: "J’ai fait le détour pour rien. Il y a des barrières et un préposé des deux côtés.",
    from: { reporter: "Claudette Morin" },
    acts: [],
  },
  {
    language: "fr",
    service: "buildings",
    minutesAgo: 75,
    title: "Pas d’eau chaude à la caserne 2",
    description: "Les douches sont froides depuis la relève de 7 h.",
    from: { person: "robert" },
    acts: [
      ["mathis", 66, { name: "register" }],
      ["mathis", 65, { name: "categorise", categories: ["low-impact"] }],
      ["mathis", 65, { name: "assign", team: "buildings" }],
      ["simon", 58, { name: "accept" }],
      ["nathalie", 45, { name: "confirm-priority", impact: 3, urgency: 3 }],
      ["simon", 20, { name: "add-observation", text: "Brûleur en défaut. Le plombier est en route." }],
      [
        "nathalie",
        18,
        { name: "pause-clock", pause: "supplier" },
        { reason: "Le plombier sous contrat est attendu à la caserne." },
      ],
    ],
    engaged: heatingEngaged,
  },
  {
    language: "fr",
    service: "library",
    minutesAgo: days(2) + 100,
    title: "Bibliothèque Champlain: la borne de prêt 2 ne lit plus les cartes",
    from: { person: "josee" },
    acts: [
      ["chloe", days(2) + 80, { name: "register" }],
      ["chloe", days(2) + 79, { name: "categorise", categories: ["low-impact"] }],
      ["chloe", days(2) + 79, { name: "assign", team: "workstations" }],
      ["lea", days(2) + 70, { name: "accept" }],
      ["nathalie", days(2) + 60, { name: "confirm-priority", impact: 4, urgency: 3 }],
      ["lea", days(2) - 30, { name: "declare-restored", text: "Lecteur remplacé par celui de réserve." }],
      [
        "nathalie",
        days(1) + 300,
        {
          name: "declare-resolved",
          solution: "Lecteur réparé et remis en réserve.",
          cause: "Lecteur de cartes usé.",
          causeUnknown: false,
        },
      ],
      ["nathalie", days(1) + 290, { name: "confirm-recovery", text: "Rien à rattraper.", notNeeded: true }],
      [
        "nathalie",
        hours(5),
        {
          name: "complete-documentation",
          language: "fr",
          summary: "Lecteur de cartes usé, remplacé par celui de réserve.",
          impact: "Prêts faits au comptoir pendant une journée.",
          workaround: null,
          lessons: "Un lecteur de réserve est gardé dans chaque bibliothèque.",
        },
      ],
    ],
  },
  {
    language: "en",
    service: "telephony",
    minutesAgo: 47,
    title: "Crackling on extension 2250 (court registry)",
    from: { person: "peter" },
    acts: [
      ["aisha", 38, { name: "register" }],
      ["aisha", 36, { name: "categorise", categories: ["low-impact"] }],
      ["sam", 33, { name: "assign", team: "network" }, { reason: "Same floor as last week’s." }],
      ["tom", 27, { name: "accept" }],
    ],
  },
];
