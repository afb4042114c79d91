/** The workstreams of what burns: who leads which part, what waits for what, and where nothing is heard. */
import type { Act } from "../situation.ts";

export const permitStreams: readonly Act[] = [
  [
    "elise",
    30.5,
    {
      name: "open-workstream",
      title: "Retour à la version 3.2",
      purpose: "Les quatre serveurs en 3.2, et plus une erreur à la confirmation",
      person: "lea",
      team: "applications",
      dueIn: 50,
    },
  ],
  ["lea", 29.5, { name: "accept-workstream", workstream: 1 }],
  [
    "elise",
    29,
    {
      name: "open-workstream",
      title: "Paiements encaissés deux fois",
      purpose: "Chaque citoyen remboursé, sans avoir à le demander",
      person: "nathalie",
    },
  ],
  ["nathalie", 27, { name: "accept-workstream", workstream: 2 }],
  [
    "elise",
    28,
    {
      name: "open-workstream",
      title: "Avis aux citoyens",
      purpose: "Le même message au portail, au 311 et aux comptoirs",
      person: "fatou",
    },
  ],
  ["fatou", 26, { name: "accept-workstream", workstream: 3 }],
  [
    "nathalie",
    14,
    {
      name: "update-workstream",
      workstream: 2,
      status: "blocked",
      text: "La liste ne s’arrête pas tant que la 3.3 répond: il faut la 3.2 partout.",
      on: 1,
    },
  ],
  [
    "lea",
    5,
    { name: "update-workstream", workstream: 1, status: "under-way", text: "Deux serveurs sur quatre sont en 3.2." },
  ],
];

export const remoteStreams: readonly Act[] = [
  [
    "sam",
    150,
    {
      name: "open-workstream",
      title: "Gateway traces",
      purpose: "One renewal followed from end to end",
      person: "tom",
      team: "network",
      dueIn: 190,
    },
  ],
  ["tom", 148, { name: "accept-workstream", workstream: 1 }],
  [
    "sam",
    147,
    {
      name: "open-workstream",
      title: "Directory answers in time",
      purpose: "A ticket renewed in under two seconds at the turn of the hour",
      person: "karine",
      team: "systems",
    },
  ],
  ["karine", 140, { name: "accept-workstream", workstream: 2 }],
  [
    "karine",
    60,
    {
      name: "update-workstream",
      workstream: 2,
      status: "blocked",
      text: "Nothing in our logs at the hour: we need the trace to know which question is asked.",
      on: 1,
    },
  ],
  [
    "tom",
    22,
    { name: "update-workstream", workstream: 1, status: "under-way", text: "The capture runs on both gateways." },
  ],
];
