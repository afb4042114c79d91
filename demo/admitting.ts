/** Who takes part in what is restricted is let in by somebody whom it admits, as on any desk: before they act, or are advised. */
import { partiesOf } from "../core/access/restriction.ts";
import { actorOf } from "../core/desk/actor.ts";
import { admits } from "../core/desk/admitting.ts";
import type { Directory } from "../core/desk/directory.ts";
import { admissionOf, isRestricted } from "../core/incidents/restricting.ts";
import type { IncidentState } from "../core/incidents/state.ts";

const because = { fr: "Prend part à l’intervention.", en: "Takes part in the response." } as const;
const alone = {
  fr: "Personne d’autre n’est là pour ouvrir l’accès.",
  en: "Nobody else is there to give access.",
} as const;
const letsInFrom = 4;

type LettingIn = {
  readonly by: string;
  readonly reason: string;
  readonly derogation?: { readonly reason: string };
};

/** Whom it does not admit, of these. */
export const outsideOf = (directory: Directory, incident: IncidentState, ids: readonly string[]): string[] =>
  isRestricted(incident)
    ? ids.filter((id) => {
        const person = directory.people.get(id);
        return person !== undefined && !admits(directory, incident, person);
      })
    : [];

/** The highest of those whom it admits; who has not the level acts by derogation. */
export function lettingIn(directory: Directory, incident: IncidentState): LettingIn | null {
  const { admitted } = admissionOf(incident);
  const able = [...directory.people.values()]
    .filter(({ active, level }) => active && level !== null)
    .filter((one) => partiesOf(actorOf(one, directory, "desk")).some((id) => admitted.includes(id)))
    .toSorted((a, b) => (b.level ?? 0) - (a.level ?? 0));
  const [by] = able;
  if (by === undefined) return null;
  const reason = because[incident.language];
  const derogated = (by.level ?? 0) < letsInFrom;
  return { by: by.id, reason, ...(derogated && { derogation: { reason: alone[incident.language] } }) };
}
