/** The filter with what this desk means by its names. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { namedBy } from "#core/incidents/conditions.ts";
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
    const come = services && teams && functions && people && categories;
    if (!come) return { holds: wordsOnly(query), problems: enabled ? [] : query.problems };
    const named = namedBy({ services, teams, functions, people, categories });
    return boardFilter(query, { ...named, me, now: now(), zone });
  }, [text, query, enabled, services, teams, functions, people, categories, me, zone]);
}
