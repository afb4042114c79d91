/** Who acts: a person as this desk knows them, or nobody that it knows. */
import type { Person } from "../directory/types.ts";
import type { Actor, Via } from "../kernel/vocabulary.ts";
import type { Directory } from "./directory.ts";

/** Whoever reports without an account. */
export const anonymous: Actor = {
  kind: "anonymous",
  id: null,
  name: "",
  level: null,
  admin: false,
  teams: [],
  functions: [],
  onBehalfOf: null,
  via: "form",
};

export function actorOf(person: Person, directory: Pick<Directory, "teams" | "functions">, via: Via): Actor {
  const memberships = (all: Iterable<{ readonly id: string; readonly members: readonly string[] }>): string[] =>
    [...all].filter((one) => one.members.includes(person.id)).map((one) => one.id);
  return {
    kind: "person",
    id: person.id,
    name: person.name,
    level: person.level,
    admin: person.admin,
    teams: memberships(directory.teams.values()),
    functions: memberships(directory.functions.values()),
    onBehalfOf: null,
    via,
  };
}
