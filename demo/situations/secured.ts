/** What is done for the security of what burns: the threat, what was seen of it, what is kept as evidence. */
import type { Secured } from "../situation.ts";

const hours = (many: number): number => many * 60;
const days = (many: number): number => many * 24 * 60;

export const laptopSecured: readonly Secured[] = [
  ["priya", hours(2) + 44, { name: "add-observables", input: { values: ["INSP-L-0231"], kind: "host" } }],
  [
    "priya",
    hours(2) + 40,
    {
      name: "add-observables",
      input: { values: ["198.51.100.23"], note: "Last address it had, twelve minutes before", tlp: "amber" },
    },
  ],
  [
    "sam",
    hours(2) + 12,
    { name: "declare-contained", input: { text: "Device locked, sessions ended, keys revoked." } },
  ],
  [
    "priya",
    hours(1) + 50,
    {
      name: "register-evidence",
      input: {
        description: "Photographs of the car and of the bag",
        place: "Sealed envelope 14, security office",
        source: "Taken by the owner at the arena",
        how: "Printed from the telephone in the presence of two people",
      },
    },
  ],
  [
    "priya",
    hours(1) + 5,
    { name: "hand-over-evidence", input: { evidence: 1 }, to: "sam" },
    "I leave for the night; Sam sees the police.",
  ],
  ["sam", hours(1), { name: "receive-evidence", input: { evidence: 1, text: "Seal of the envelope intact." } }],
  [
    "sam",
    50,
    {
      name: "prepare-disclosure",
      input: {
        to: "City police, property crime",
        purpose: "Report of the theft, file 26-4471",
        limit: "amber",
        evidence: [1],
        observables: [1],
        entries: [],
      },
    },
  ],
];

export const phishingSecured: readonly Secured[] = [
  [
    "simon",
    days(1) + 170,
    {
      name: "add-observables",
      input: {
        values: ["hxxps://remboursement-valrive[.]example/avis", "remboursement-valrive[.]example"],
        status: "confirmed",
        note: "Page qui imite celle de la Ville",
        tlp: "green",
      },
    },
  ],
  [
    "simon",
    days(1) + 168,
    { name: "add-observables", input: { values: ["avis@remboursement-valrive[.]example"], status: "confirmed" } },
  ],
  [
    "elise",
    days(1) + 130,
    {
      name: "declare-contained",
      input: { text: "Message retiré de toutes les boîtes, adresse et domaine bloqués." },
    },
  ],
  [
    "simon",
    days(1) + 120,
    {
      name: "register-evidence",
      input: {
        description: "Courriel d’hameçonnage, avec ses en-têtes",
        place: "Clé scellée 7, coffre de la cybersécurité",
        source: "Remis par la direction des finances",
        how: "Export du message original, sans transfert",
      },
    },
  ],
  [
    "elise",
    hours(20),
    { name: "declare-eradicated", input: { text: "Aucun mot de passe saisi; règles et sessions vérifiées." } },
  ],
];
