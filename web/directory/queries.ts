/** People, teams, functions, services and categories: they change seldom, so they are read once in a while. */
import { queryOptions } from "@tanstack/react-query";
import { listCategories, listFunctions, listPeople, listServices, listTeams } from "#contract/directory.ts";
import { call } from "../client.ts";

const seldomMs = 5 * 60_000;

export const peopleQuery = () =>
  queryOptions({ queryKey: ["people"], queryFn: ({ signal }) => call(listPeople, { signal }), staleTime: seldomMs });
export const teamsQuery = () =>
  queryOptions({ queryKey: ["teams"], queryFn: ({ signal }) => call(listTeams, { signal }), staleTime: seldomMs });
export const functionsQuery = () =>
  queryOptions({
    queryKey: ["functions"],
    queryFn: ({ signal }) => call(listFunctions, { signal }),
    staleTime: seldomMs,
  });
export const servicesQuery = () =>
  queryOptions({
    queryKey: ["services"],
    queryFn: ({ signal }) => call(listServices, { signal }),
    staleTime: seldomMs,
  });
export const categoriesQuery = () =>
  queryOptions({
    queryKey: ["categories"],
    queryFn: ({ signal }) => call(listCategories, { signal }),
    staleTime: seldomMs,
  });
