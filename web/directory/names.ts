/** Names in the reader's language, and the name behind an id. */
import { useQuery } from "@tanstack/react-query";
import { useWords } from "../language/words.tsx";
import { functionsQuery, peopleQuery, policiesQuery, schedulesQuery, servicesQuery, teamsQuery } from "./queries.ts";

type Bilingual = { readonly nameFr: string; readonly nameEn: string };

export const nameIn = (language: "fr" | "en", one: Bilingual): string => (language === "fr" ? one.nameFr : one.nameEn);

/** `??` while the list is being read, or when nothing has the id any more. */
export function useNamed() {
  const { language } = useWords();
  const people = useQuery(peopleQuery()).data?.data ?? [];
  const teams = useQuery(teamsQuery()).data?.data ?? [];
  const functions = useQuery(functionsQuery()).data?.data ?? [];
  const services = useQuery(servicesQuery()).data?.data ?? [];
  const schedules = useQuery(schedulesQuery()).data?.data ?? [];
  const policies = useQuery(policiesQuery()).data?.data ?? [];
  const named = new Map<string, string>();
  for (const one of [...people, ...teams, ...schedules, ...policies]) named.set(one.id, one.name);
  for (const one of [...functions, ...services]) named.set(one.id, nameIn(language, one));
  return { people, teams, functions, services, schedules, policies, nameOf: (id: string) => named.get(id) ?? "…" };
}
