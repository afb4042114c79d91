/** Whom and what a command names must exist: asked once here, since one incident's decider knows no directory. */
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Directory } from "./directory.ts";

type Named = {
  readonly person?: string | undefined;
  readonly persons?: readonly string[];
  readonly team?: string | undefined;
  readonly function?: string | undefined;
  readonly service?: string | null | undefined;
  readonly categories?: readonly string[];
};

export function unknownTargets(directory: Directory, input: object): Refusal | null {
  const named = input as Named;
  for (const person of [named.person, ...(named.persons ?? [])]) {
    if (person !== undefined && !directory.people.has(person)) return refuse("person-unknown", { person });
  }
  if (named.team !== undefined && !directory.teams.has(named.team)) return refuse("team-unknown", { team: named.team });
  if (named.function !== undefined && !directory.functions.has(named.function)) {
    return refuse("function-unknown", { function: named.function });
  }
  if (named.service && !directory.services.has(named.service))
    return refuse("service-unknown", { service: named.service });
  for (const category of named.categories ?? []) {
    if (!directory.categories.has(category)) return refuse("category-unknown", { category });
  }
  return null;
}
