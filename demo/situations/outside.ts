/** What people outside the city are asked about what burns, and what they answer by their link. */
import type { Outside } from "../situation.ts";

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
