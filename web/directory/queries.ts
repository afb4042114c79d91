/** People, teams, functions, services, schedules, policies and categories: they change seldom, so they are read once in a
 *  while; a change made here is seen at once. */
import { type QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { type domain, listCategories, listDomains } from "#contract/category-lines.ts";
import { listBusinessCalendars } from "#contract/clocks.ts";
import {
  listFunctions,
  listPeople,
  listPolicies,
  listServices,
  listTeams,
  listVitalFunctions,
  type person,
  type policy,
  type service,
  type team,
  type vitalFunction,
} from "#contract/directory.ts";
import { listKnownErrors } from "#contract/known-errors.ts";
import {
  listAbsences,
  listCoverRequests,
  listSchedules,
  readOnCall,
  readSchedule,
  type schedule,
} from "#contract/oncall.ts";
import { readFunction, readPerson, readPolicy, readService, readTeam } from "#contract/organisation.ts";
import { call } from "../client.ts";

export type Person = z.output<typeof person>;
export type Team = z.output<typeof team>;
export type Service = z.output<typeof service>;
export type VitalFunction = z.output<typeof vitalFunction>;
export type Schedule = z.output<typeof schedule>;
export type Domain = z.output<typeof domain>;
export type Policy = z.output<typeof policy>;

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
export const vitalFunctionsQuery = () =>
  queryOptions({
    queryKey: ["vital-functions"],
    queryFn: ({ signal }) => call(listVitalFunctions, { signal }),
    staleTime: seldomMs,
  });
export const knownErrorsQuery = () =>
  queryOptions({
    queryKey: ["known-errors"],
    queryFn: ({ signal }) => call(listKnownErrors, { signal }),
    staleTime: seldomMs,
  });
export const categoriesQuery = () =>
  queryOptions({
    queryKey: ["categories"],
    queryFn: ({ signal }) => call(listCategories, { signal }),
    staleTime: seldomMs,
  });
export const domainsQuery = () =>
  queryOptions({
    queryKey: ["domains"],
    queryFn: ({ signal }) => call(listDomains, { signal }),
    staleTime: seldomMs,
  });
export const schedulesQuery = () =>
  queryOptions({
    queryKey: ["schedules"],
    queryFn: ({ signal }) => call(listSchedules, { signal }),
    staleTime: seldomMs,
  });
export const absencesQuery = () =>
  queryOptions({
    queryKey: ["absences"],
    queryFn: ({ signal }) => call(listAbsences, { signal }),
    staleTime: seldomMs,
  });
export const coverRequestsQuery = (schedule: string) =>
  queryOptions({
    queryKey: ["cover-requests", schedule],
    queryFn: ({ signal }) => call(listCoverRequests, { query: { schedule }, signal }),
  });
export const policiesQuery = () =>
  queryOptions({
    queryKey: ["policies"],
    queryFn: ({ signal }) => call(listPolicies, { signal }),
    staleTime: seldomMs,
  });

export const businessCalendarsQuery = () =>
  queryOptions({
    queryKey: ["business-calendars"],
    queryFn: ({ signal }) => call(listBusinessCalendars, { signal }),
  });

export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ["people", id],
    queryFn: ({ signal }) => call(readPerson, { params: { id }, signal }),
  });
export const teamQuery = (id: string) =>
  queryOptions({ queryKey: ["teams", id], queryFn: ({ signal }) => call(readTeam, { params: { id }, signal }) });
export const functionQuery = (id: string) =>
  queryOptions({
    queryKey: ["functions", id],
    queryFn: ({ signal }) => call(readFunction, { params: { id }, signal }),
  });
export const serviceQuery = (id: string) =>
  queryOptions({ queryKey: ["services", id], queryFn: ({ signal }) => call(readService, { params: { id }, signal }) });
export const scheduleQuery = (id: string) =>
  queryOptions({
    queryKey: ["schedules", id],
    queryFn: ({ signal }) => call(readSchedule, { params: { id }, signal }),
  });
export const policyQuery = (id: string) =>
  queryOptions({ queryKey: ["policies", id], queryFn: ({ signal }) => call(readPolicy, { params: { id }, signal }) });

/** Hand-overs happen by themselves. */
const onCallMs = 60_000;

export const onCallQuery = () =>
  queryOptions({
    queryKey: ["on-call"],
    queryFn: ({ signal }) => call(readOnCall, { signal }),
    refetchInterval: onCallMs,
  });

const kept = [
  "people",
  "teams",
  "functions",
  "services",
  "vital-functions",
  "known-errors",
  "known-errors-of",
  "categories",
  "domains",
  "schedules",
  "policies",
  "on-call",
  "absences",
  "cover-requests",
  "calendar-feeds",
  "business-calendars",
  "settings",
  "me",
];

const renew = (client: QueryClient): Promise<unknown> =>
  Promise.all(kept.map((key) => client.invalidateQueries({ queryKey: [key] })));

/** A change of the directory: whatever shows some of it is read again. */
export function useChange<Body, Answer>(run: (body: Body) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: run, onSuccess: () => renew(client) });
}
