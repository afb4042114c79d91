/** What people outside the city are asked about what burns, and what they answer by their link. */
import type { Outside } from "../situation.ts";
import type { Engaged } from "../suppliers.ts";

const asked = { hours: 72, everyHours: 8, reminders: 1, forwardable: true, context: null, choices: [] } as const;
const gateway = { name: "Karim Benali", address: "k.benali@passerelle.example", language: "fr" } as const;

/** Of the payment gateway, of the counter in the east, and of whoever reconciles at night. */
export const paymentsAsked: readonly Outside[] = [
  [
    49,
    "elise",
    {
      do: "ask",
      ask: {
        ...asked,
        kind: "question",
        text: "Voyez-vous des paiements encaissés deux fois depuis ce matin?",
        context:
          "Le paiement passe chez vous, mais aucun permis n’est délivré chez nous. Votre réponse dira qui rembourser.",
        choices: ["Oui", "Non", "Je dois vérifier"],
        to: gateway,
      },
    },
  ],
  [46, null, { do: "open", number: 1 }],
  [
    42,
    null,
    {
      do: "answer",
      number: 1,
      answer: {
        choice: "Oui",
        text: "Vingt-deux doublons depuis 8 h 10. Nous gelons les suivants.",
        attachmentId: null,
        file: null,
      },
    },
  ],
  [
    24,
    "elise",
    {
      do: "ask",
      ask: {
        ...asked,
        kind: "task",
        text: "Suspendre le rapprochement de cette nuit jusqu’à notre confirmation",
        to: { name: "Denis Caron", address: "d.caron@passerelle.example", language: "fr" },
      },
    },
  ],
  [21, null, { do: "open", number: 2 }],
  [
    4,
    "elise",
    {
      do: "ask",
      ask: {
        ...asked,
        kind: "working",
        text: "Est-ce que le comptoir de l’est délivre de nouveau des permis?",
        to: { name: "Mireille Côté", address: "m.cote@comptoir-est.example", language: "fr" },
      },
    },
  ],
];

/** The line of remote access, on which the carrier is called; and the answer of theirs, by the link of the letter. */
export const carrierEngaged: readonly Engaged[] = [
  [
    70,
    "sam",
    {
      do: "engage",
      supplier: "northline",
      text: "Circuit NL-77-0412 drops at every full hour. Please trace the renewal of its sessions on your gateway.",
      context: "It began with the new gateway; about thirty people are cut off for a minute each time.",
      how: "letter",
    },
  ],
];
export const carrierAnswers: readonly Outside[] = [
  [52, null, { do: "open", number: 1 }],
  [
    51,
    null,
    {
      do: "answer",
      number: 1,
      answer: {
        choice: "taken",
        text: "NL-884213\nWe see the sessions expire at the hour. An engineer is on it.",
        attachmentId: null,
        file: null,
      },
    },
  ],
];

/** The heating of the fire station: called by telephone, and nobody has answered since. */
export const heatingEngaged: readonly Engaged[] = [
  [
    40,
    "nathalie",
    {
      do: "engage",
      supplier: "heating",
      text: "Pas d’eau chaude à la caserne 2 depuis ce matin. La chaudière est en marche; voyez l’échangeur.",
      context: null,
      how: "phone",
    },
  ],
];
