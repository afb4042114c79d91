/** What burns when the demonstration starts, told in minutes before it. */
import type { Present } from "../situation.ts";
import { permitsHurts } from "./hurts.ts";
import { carrierAnswers, carrierEngaged, paymentsAsked } from "./outside.ts";
import { laptopSecured, phishingSecured } from "./secured.ts";
import { permitStreams, remoteStreams } from "./streams.ts";

const hours = (many: number): number => many * 60;
const days = (many: number): number => many * 24 * 60;

export const burning: readonly Present[] = [
  {
    name: "permits",
    language: "fr",
    service: "permits",
    minutesAgo: 58,
    title: "Permis en ligne: erreur 502 à la confirmation",
    description:
      "Le paiement passe, mais aucun permis n’est délivré. Les gens recommencent et paient deux fois. Le 311 a reçu une quinzaine d’appels.",
    from: { person: "chloe" },
    acts: [
      ["chloe", 57, { name: "set-impact-urgency", impact: 1, urgency: 1 }],
      ["chloe", 57, { name: "assign", team: "applications" }],
      ["elise", 55, { name: "accept" }],
      ["elise", 54, { name: "categorise", categories: ["major"] }],
      ["elise", 54, { name: "set-domains", domains: ["services", "customers"] }],
      ["elise", 53, { name: "confirm-priority", impact: 1, urgency: 1 }],
      ["elise", 52, { name: "fill-role", role: "scribe", person: "chloe" }],
      ["elise", 51, { name: "fill-role", role: "technical-lead", person: "lea" }],
      ["chloe", 52, { name: "gather", question: "who-is-hit", answer: "Toute personne qui paie un permis en ligne" }],
      ["lea", 46, { name: "gather", question: "what-changed", answer: "Version 3.3 mise en service ce matin" }],
      ["chloe", 44, { name: "gather", question: "workaround-known", answer: "no" }],
      [
        "lea",
        47,
        { name: "add-observation", text: "38 % des confirmations échouent depuis la mise en service de ce matin." },
      ],
      [
        "elise",
        41,
        {
          name: "escalate",
          kind: "functional",
          to: "communications",
          expected: "Un avis sur le portail et au 311, en français et en anglais",
        },
        { reason: "Des citoyens paient deux fois et appellent le 311." },
      ],
      ["peter", 39, { name: "acknowledge-escalation" }],
      ["elise", 39, { name: "fill-role", role: "customer-liaison", person: "fatou" }],
      ["elise", 38, { name: "add-task", text: "Publier l’avis sur le portail et au 311", person: "fatou", dueIn: 15 }],
      [
        "priya",
        38,
        {
          name: "add-observation",
          text: "La réserve de connexions à la base est épuisée; elle se vide deux minutes après chaque redémarrage.",
        },
      ],
      ["lea", 45, { name: "open-hypothesis", text: "La version 3.3 garde des connexions ouvertes" }],
      ["priya", 43, { name: "open-hypothesis", text: "La passerelle de paiement répond trop tard" }],
      [
        "priya",
        37,
        {
          name: "add-evidence",
          hypothesis: 1,
          side: "for",
          text: "Réserve vide deux minutes après chaque redémarrage",
        },
      ],
      [
        "lea",
        35,
        { name: "add-evidence", hypothesis: 2, side: "against", text: "Elle répond en 200 ms, pannes comprises" },
      ],
      ["elise", 33, { name: "rule-out-hypothesis", hypothesis: 2, text: "Ses temps de réponse n’ont pas bougé." }],
      [
        "elise",
        32,
        {
          name: "select-solution",
          text: "Revenir à la version 3.2",
          considered: ["Agrandir la réserve de connexions", "Fermer le dépôt de plans"],
          why: "Le plus rapide, et sans perte: la 3.3 n’a changé aucune donnée.",
        },
      ],
      [
        "elise",
        31,
        {
          name: "decide",
          text: "Revenir à la version 3.2; paiements suspendus d’ici là.",
          options: ["Agrandir la réserve de connexions", "Fermer le dépôt de plans"],
        },
      ],
      [
        "elise",
        31,
        {
          name: "plan-period",
          untilIn: 120,
          situation:
            "Les paiements passent et aucun permis n’est délivré; retour à la 3.2 décidé, avis en préparation.",
          objectives: [
            "Plus aucun paiement sans permis",
            "La version 3.2 sur les quatre serveurs",
            "La liste de qui a payé deux fois",
          ],
        },
      ],
      [
        "elise",
        31,
        { name: "add-task", text: "Remettre la version 3.2 sur les quatre serveurs", person: "lea", dueIn: 45 },
      ],
      [
        "elise",
        30,
        {
          name: "add-task",
          text: "Dresser la liste des paiements encaissés deux fois",
          person: "nathalie",
          dueIn: 20,
        },
      ],
      ["elise", 30, { name: "complete-task", task: 1, text: "Avis en ligne, dans les deux langues." }],
      [
        "elise",
        29,
        {
          name: "advise-persons",
          persons: ["sam", "peter", "fatou", "marcAndre"],
          text: "Paiements des permis suspendus; l’avis est sur le portail. Prochain point dans trente minutes.",
        },
      ],
      [
        "priya",
        17,
        {
          name: "add-observation",
          text: "Chaque pièce jointe ouvre une connexion que la version 3.3 ne referme pas: reproduit en essai.",
        },
      ],
      [
        "elise",
        12,
        {
          name: "confirm-hypothesis",
          hypothesis: 1,
          text: "Une connexion reste ouverte pour chaque pièce jointe: reproduit en essai.",
        },
      ],
      [
        "lea",
        5,
        {
          name: "add-observation",
          text: "Version 3.2 remise sur deux serveurs sur quatre: plus une erreur sur ces deux-là.",
        },
      ],
      ...permitStreams,
    ],
    outside: paymentsAsked,
    hurts: permitsHurts,
  },
  {
    language: "fr",
    service: "permits",
    minutesAgo: 56,
    title: "Permis en ligne: 5 confirmations de suite refusées",
    from: {
      alert: {
        integration: "permits",
        key: "permits/confirm",
        severity: "critical",
        source: "sonde de l’est",
        also: [{ key: "permits/upload", title: "Permis en ligne: dépôt de plans refusé" }],
      },
    },
    acts: [["chloe", 52, { name: "merge", into: "permits" }]],
  },
  {
    language: "fr",
    service: "water",
    minutesAgo: 3,
    title: "Réservoir des Carrières: niveau non reçu depuis 15 min",
    from: {
      alert: { integration: "water", key: "level/des Carrières", severity: "critical", source: "poste des Carrières" },
    },
    acts: [],
  },
  {
    language: "en",
    service: "remote",
    minutesAgo: 190,
    title: "Remote access drops every hour, on the hour",
    description: "About thirty people who work from home are cut off at the same minute and have to sign in again.",
    from: { person: "jordan" },
    acts: [
      ["jordan", 187, { name: "set-impact-urgency", impact: 2, urgency: 2 }],
      ["jordan", 186, { name: "categorise", categories: ["complex"] }],
      ["jordan", 186, { name: "assign", team: "network" }],
      ["tom", 181, { name: "accept" }],
      ["sam", 174, { name: "confirm-priority", impact: 2, urgency: 2 }],
      ["sam", 173, { name: "accept-coordination" }, { reason: "Tom needs both hands for the gateway." }],
      ["sam", 172, { name: "fill-role", role: "technical-lead", person: "tom" }],
      [
        "tom",
        140,
        {
          name: "add-observation",
          text: "Only those who signed in through the new gateway; the others notice nothing.",
        },
      ],
      [
        "tom",
        96,
        {
          name: "add-observation",
          text: "The gateway asks the directory for a renewed ticket on the hour, and gets no answer in time.",
        },
      ],
      [
        "sam",
        80,
        {
          name: "advise-persons",
          persons: ["elise", "helen"],
          text: "Remote access is cut for a minute at each hour. Signing in again works. Next word at the end of the day.",
        },
      ],
      ["sam", 78, { name: "add-task", text: "Trace one renewal on the hour, end to end", person: "tom", dueIn: 100 }],
      [
        "sam",
        4,
        { name: "offer-coordination", person: "elise" },
        { reason: "My shift ends at the top of the hour; Tom goes on with the traces." },
      ],
      ...remoteStreams,
    ],
    engaged: carrierEngaged,
    outside: carrierAnswers,
  },
  {
    language: "en",
    service: "workstations",
    minutesAgo: hours(3) + 12,
    title: "City laptop stolen from a car at the arena",
    description: "Window broken, bag gone. The owner does inspections; the laptop was shut down.",
    from: { person: "jordan" },
    acts: [
      ["jordan", hours(3) + 9, { name: "categorise", categories: ["security"] }],
      ["jordan", hours(3) + 8, { name: "assign", team: "security" }],
      ["priya", hours(3) + 4, { name: "accept" }],
      ["jordan", hours(3) + 2, { name: "set-domains", domains: ["information-security", "employees"] }],
      ["priya", hours(3) + 1, { name: "gather", question: "personal-data", answer: "yes" }],
      [
        "priya",
        hours(3) + 1,
        { name: "gather", question: "what-is-exposed", answer: "Files of inspections under way" },
      ],
      ["priya", hours(3) + 1, { name: "gather", question: "still-going-on", answer: "no" }],
      ["sam", hours(3), { name: "confirm-priority", impact: 3, urgency: 1 }],
      [
        "priya",
        165,
        { name: "add-observation", text: "Disk encrypted, last seen on the network twelve minutes before the theft." },
      ],
      [
        "sam",
        150,
        {
          name: "decide",
          text: "Lock the device, end its owner’s sessions, file with the police.",
          options: ["Wait until it is switched on to find it"],
        },
      ],
      [
        "sam",
        148,
        { name: "escalate", kind: "functional", to: "privacy", expected: "Whether the commission must be told" },
        { reason: "The owner handles citizens’ files." },
      ],
      ["sam", 140, { name: "accept-coordination" }, { reason: "Priya looks into it; I keep the line to Privacy." }],
      ["sam", 139, { name: "fill-role", role: "privacy", person: "anneSophie" }],
      [
        "sam",
        138,
        { name: "activate-team", team: "security" },
        { reason: "Files of inspections are on it: what it could still open must be closed today." },
      ],
      ["priya", 136, { name: "join-team" }],
      ["simon", 125, { name: "join-team" }],
      ["priya", 120, { name: "add-observation", text: "Device locked, sessions ended. Police file opened." }],
    ],
    secured: laptopSecured,
  },
  {
    language: "en",
    service: "servers",
    minutesAgo: hours(26),
    title: "app-3: memory exhausted, processes killed by the system",
    from: {
      alert: { integration: "servers", key: "oom/app-3", severity: "critical", source: "app-3.valrive.example" },
    },
    acts: [
      ["daniel", hours(26) - 5, { name: "accept" }],
      ["daniel", hours(26) - 9, { name: "categorise", categories: ["complex"] }],
      ["sam", hours(25), { name: "confirm-priority", impact: 2, urgency: 2 }],
      ["daniel", hours(24), { name: "add-observation", text: "The preview worker grows by 300 MB an hour." }],
      [
        "sam",
        hours(23),
        {
          name: "decide",
          text: "Previews off until a fixed version is here.",
          options: ["Go back to last month’s version"],
        },
      ],
      ["sam", hours(22), { name: "declare-restored", text: "Previews off, memory stable." }],
      ["daniel", hours(7), { name: "declare-relapse", text: "Killed again: a second worker still had previews on." }],
      [
        "daniel",
        hours(6),
        { name: "add-observation", text: "Second worker stopped. Watching it until the end of the day." },
      ],
    ],
  },
  {
    language: "fr",
    service: "identity",
    minutesAgo: days(1) + 200,
    title: "Hameçonnage « avis de remboursement »: 34 personnes l’ont reçu",
    from: { person: "guillaume" },
    acts: [
      ["chloe", days(1) + 190, { name: "register" }],
      ["chloe", days(1) + 189, { name: "categorise", categories: ["security"] }],
      ["chloe", days(1) + 189, { name: "assign", team: "security" }],
      ["simon", days(1) + 180, { name: "accept" }],
      ["elise", days(1) + 176, { name: "confirm-priority", impact: 2, urgency: 2 }],
      [
        "simon",
        days(1) + 150,
        { name: "add-observation", text: "Deux personnes ont ouvert le lien, aucune n’a saisi de mot de passe." },
      ],
      [
        "elise",
        days(1) + 140,
        {
          name: "decide",
          text: "Retirer le message de toutes les boîtes et bloquer l’adresse.",
          options: ["Avertir tout le personnel d’abord"],
        },
      ],
      ["elise", days(1) + 60, { name: "declare-restored", text: "Message retiré de toutes les boîtes." }],
      [
        "elise",
        hours(20),
        {
          name: "declare-resolved",
          solution: "Adresse bloquée, domaines récents mis en quarantaine.",
          cause: "Domaine imité, créé la veille.",
          causeUnknown: false,
        },
      ],
      ["elise", hours(19), { name: "open-recovery" }],
      [
        "simon",
        hours(4),
        { name: "add-observation", text: "Journaux relus pour 31 personnes sur 34; rien d’anormal." },
      ],
    ],
    secured: phishingSecured,
  },
];
