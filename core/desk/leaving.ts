/** Whoever leaves those who joined is called no more; while calls go on for more people, one more is wanted again. */
import { dataOf, type Reacting, type ReactionTable } from "./draft.ts";
import { runPaging } from "./reactions.ts";

export const leavingReactions: ReactionTable = { "participant.left": [callWithout] };

function callWithout(reacting: Reacting): void {
  const { personId } = dataOf(reacting, "participant.left");
  runPaging(reacting, { kind: "declined", personId });
}
