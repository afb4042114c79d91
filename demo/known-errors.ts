/** What is wrong in the city's services and not put right yet, with what helps meanwhile. */
import type { KnownError } from "../core/directory/known-errors.ts";
import type { Mint } from "../core/kernel/id.ts";
import type { Instant } from "../core/kernel/vocabulary.ts";
import type { Cast } from "./cast.ts";
import type { ServiceName } from "./organisation.ts";
import { inWords } from "./telling.ts";

type Told = Omit<KnownError, "id" | "services" | "retired"> & { readonly services: readonly ServiceName[] };

const knownErrors: readonly Told[] = [
  {
    nameFr: "L’accès à distance se coupe à l’heure juste",
    nameEn: "Remote access drops on the hour",
    workaroundFr: "Se reconnecter: une séance ouverte après l’heure juste tient cinquante-neuf minutes.",
    workaroundEn: "Sign in again: a session opened after the hour holds for fifty-nine minutes.",
    services: ["remote"],
  },
  {
    nameFr: "Erreur 502 des permis en ligne sous charge",
    nameEn: "Error 502 of online permits under load",
    workaroundFr: "Retirer app-3 de la répartition, la redémarrer, la remettre. Deux minutes; rien n’est perdu.",
    workaroundEn: null,
    services: ["permits"],
  },
  {
    nameFr: "Bourrage de l’imprimante à la deuxième page",
    nameEn: "Printer jams on the second page",
    workaroundFr: null,
    workaroundEn: "Print on one side until the duplex roller is replaced.",
    services: ["printing"],
  },
];

export const knownErrorsOf = (cast: Cast, mint: Mint, at: Instant): KnownError[] =>
  knownErrors.map((one) => ({
    ...one,
    workaroundFr: one.workaroundFr && inWords(one.workaroundFr, "fr"),
    id: mint(at),
    services: one.services.map((name) => cast.services[name]),
    retired: false,
  }));
