/** Names where the API wants ids: a person by e-mail address or name, `me`, a team, a function or a service by name. */
import { readMe } from "../contract/account.ts";
import { listFunctions, listPeople, listServices, listTeams } from "../contract/directory.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import type { Field } from "./fields.ts";
import { theOneMeant } from "./naming.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const listed = {
  person: listPeople,
  persons: listPeople,
  team: listTeams,
  function: listFunctions,
  service: listServices,
} as const;
type Listed = keyof typeof listed;

type Named = { readonly id: string; readonly name?: string; readonly nameFr?: string; readonly nameEn?: string };

/** Puts ids in place of names, in the values of a body or a query. */
export async function nameToIds(
  console: Console,
  fields: readonly Field[],
  values: Record<string, unknown>,
): Promise<void> {
  for (const { name, id } of fields) {
    const value = values[name];
    if (!id || value === undefined || !Object.hasOwn(listed, name)) continue;
    const find = (one: unknown): Promise<string> => idOf(console, name as Listed, String(one));
    values[name] = Array.isArray(value) ? await Promise.all(value.map(find)) : await find(value);
  }
}

async function idOf(console: Console, kind: Listed, text: string): Promise<string> {
  if (uuid.test(text)) return text;
  const people = kind === "person" || kind === "persons";
  if (people && text === "me") return (await ask(console, readMe)).id;
  const { data } = (await ask(console, listed[kind])) as { data: (Named & { email?: string })[] };
  const namesOf = ({ name, nameFr, nameEn, email }: (typeof data)[number]) => [name, nameFr, nameEn, email];
  return theOneMeant(console, data, { text, namesOf }).id;
}
