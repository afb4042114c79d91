/** Calling in turn: of the people whom a step reaches, the one whom its policy called in turn longest ago. Kept by policy and
 *  not by the place of the step, so that a step that moves, or stands twice, goes on where it was; and by person, so that
 *  somebody who joins or leaves changes the turn of nobody else. */

/** Whom a policy called in turn, longest ago first. */
export type CalledInTurn = readonly string[];

/** Those whom it called longest ago count as never called. */
const keptMax = 2_000;

/** Never called comes first; then as they stand in the targets. */
export function whoseTurn<T extends { readonly personId: string }>(
  candidates: readonly T[],
  called: CalledInTurn,
): T | undefined {
  const places = new Map(called.map((personId, place) => [personId, place]));
  const placeOf = ({ personId }: T): number => places.get(personId) ?? -1;
  return candidates.reduce<T | undefined>(
    (first, one) => (first === undefined || placeOf(one) < placeOf(first) ? one : first),
    undefined,
  );
}

export const afterTurn = (called: CalledInTurn, personId: string): CalledInTurn =>
  [...called.filter((one) => one !== personId), personId].slice(-keptMax);
