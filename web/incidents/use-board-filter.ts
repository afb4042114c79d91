/** The filter with what this desk means by its names. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { namesOf } from "#core/incidents/proposals.ts";
import { parseQuery } from "#core/incidents/query.ts";
import { categoriesQuery, functionsQuery, peopleQuery, servicesQuery, teamsQuery } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";
import { now } from "../ui/now.ts";
import { type BoardFilter, boardFilter, everything, wordsOnly } from "./board-filter.ts";

/** Names are asked for once a condition needs them; until they have come, it finds what needs none. */
export function useBoardFilter(text: string, me: string): BoardFilter {
  const { zone } = useWords();
  const query = useMemo(() => parseQuery(text), [text]);
  const enabled = query.filters.length > 0;
  const services = useQuery({ ...servicesQuery(), enabled }).data?.data;
  const teams = useQuery({ ...teamsQuery(), enabled }).data?.data;
  const functions = useQuery({ ...functionsQuery(), enabled }).data?.data;
  const people = useQuery({ ...peopleQuery(), enabled }).data?.data;
  const categories = useQuery({ ...categoriesQuery(), enabled }).data?.data;
  return useMemo(() => {
    if (text.trim() === "") return everything;
    const come = !enabled || (services && teams && functions && people && categories);
    if (!come) return { holds: wordsOnly(query), problems: [] };
    const bilingual = (all: readonly { id: string; nameFr: string; nameEn: string }[] = []) =>
      all.map(({ id, nameFr, nameEn }) => ({ id, names: [id, nameFr, nameEn] }));
    return boardFilter(query, {
      services: (services ?? []).map((one) => ({ id: one.id, names: namesOf(one) })),
      teams: (teams ?? []).map(({ id, name }) => ({ id, names: [name] })),
      functions: bilingual(functions),
      people: (people ?? []).map(({ id, name, email }) => ({ id, names: [name, email] })),
      categories: bilingual(categories),
      me,
      now: now(),
      zone,
    });
  }, [text, query, enabled, services, teams, functions, people, categories, me, zone]);
}
