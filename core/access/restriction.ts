/** Need to know: who may open a restricted incident. Asked here of one incident that is at hand, and of the database in
 *  server/access/visible.ts, which says the same. Neither a level nor administration opens it. */
import type { Actor } from "../kernel/vocabulary.ts";

/** `admitted`: people, teams and duty functions by id. */
export type Admission = { readonly restricted: boolean; readonly admitted: readonly string[] };

export const openToAll: Admission = { restricted: false, admitted: [] };
/** Of one that is not there any more: nobody can tell whom it admitted. */
export const noLonger: Admission = { restricted: true, admitted: [] };

type Reader = Pick<Actor, "id" | "teams" | "functions">;

/** In whose name somebody is admitted: their own, or that of what they belong to. */
export const partiesOf = ({ id, teams, functions }: Reader): string[] => [
  ...(id === null ? [] : [id]),
  ...teams,
  ...functions,
];

export function maySee({ restricted, admitted }: Admission, reader: Reader | null): boolean {
  return !restricted || (reader !== null && partiesOf(reader).some((id) => admitted.includes(id)));
}

/** The record of `here` may say what is in the other where all whom it admits are admitted there. */
export function mayName(here: Admission, there: Admission): boolean {
  if (!there.restricted) return true;
  return here.restricted && here.admitted.every((id) => there.admitted.includes(id));
}
