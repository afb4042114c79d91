/** Names in the reader's language, and the name behind an id. */
import { useQuery } from "@tanstack/react-query";
import { useWords } from "../language/words.tsx";
import { functionsQuery, peopleQuery, policiesQuery, schedulesQuery, servicesQuery, teamsQuery } from "./queries.ts";

type Bilingual = { readonly nameFr: string; readonly nameEn: string };

export const nameIn = (language: "fr" | "en", one: Bilingual): string => (language === "fr" ? one.nameFr : one.nameEn);

/** What may still be chosen, with what was chosen already. */
export const offered = <One extends { readonly id: string; readonly retired: boolean }>(
  all: readonly One[],
  ...chosen: readonly string[]
): One[] => all.filter(({ id, retired }) => !retired || chosen.includes(id));

/** “…” while the list is being read, or when nothing has the id any more; `read` tells one from the other. */
export function useNamed() {
  const { language } = useWords();
  const asked = {
    people: useQuery(peopleQuery()).data,
    teams: useQuery(teamsQuery()).data,
    functions: useQuery(functionsQuery()).data,
    services: useQuery(servicesQuery()).data,
    schedules: useQuery(schedulesQuery()).data,
    policies: useQuery(policiesQuery()).data,
  };
  const people = asked.people?.data ?? [];
  const teams = asked.teams?.data ?? [];
  const functions = asked.functions?.data ?? [];
  const services = asked.services?.data ?? [];
  const schedules = asked.schedules?.data ?? [];
  const policies = asked.policies?.data ?? [];
  const read = Object.values(asked).every((one) => one !== undefined);
  const named = new Map<string, string>();
  for (const one of [...people, ...teams, ...schedules, ...policies]) named.set(one.id, one.name);
  for (const one of [...functions, ...services]) named.set(one.id, nameIn(language, one));
  const nameOf = (id: string) => named.get(id) ?? "…";
  return { people, teams, functions, services, schedules, policies, nameOf, read };
}

/** Several, typed between commas. */
export const listOf = (typed: string): string[] => [
  ...new Set(
    typed
      .split(",")
      .map((one) => one.trim())
      .filter(Boolean),
  ),
];
