/** Which of several somebody means. */
import type { Console } from "./console.ts";
import { Ended, exits } from "./exits.ts";

type Choosing<One> = { readonly text: string; readonly namesOf: (one: One) => readonly (string | undefined)[] };

/** By its id, or by one of its names when only one has it. */
export function theOneMeant<One extends { readonly id: string }>(
  { said }: Console,
  all: readonly One[],
  { text, namesOf }: Choosing<One>,
): One {
  const wanted = text.trim().toLowerCase();
  const found = all.filter((one) => [one.id, ...namesOf(one)].some((name) => name?.toLowerCase() === wanted));
  if (found.length > 1) throw new Ended(exits.usage, "name-ambiguous", said.t("directory.ambiguous", { text }));
  if (!found[0]) throw new Ended(exits.notFound, "name-unknown", said.t("directory.unknown", { text }));
  return found[0];
}
