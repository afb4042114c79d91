/** Teams that are activated on an incident, and how ready each is. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { IncidentView } from "#contract/shapes.ts";
import { listIncidentTeams, listTeamReadiness, readTeamReadiness } from "#contract/teams.ts";
import type { Language } from "#core/kernel/vocabulary.ts";
import { call } from "../client.ts";

export type { ActivationView, Readiness } from "#contract/teams.ts";

/** The stream says what changed; this is for when the stream itself is silent. */
const withoutStreamMs = 60_000;

/** `seq`: asked anew once anything more is known. `language`: roles come in the reader's. */
export const incidentTeamsQuery = ({ number, seq }: Pick<IncidentView, "number" | "seq">, language: Language) =>
  queryOptions({
    queryKey: ["incident-teams", number, seq, language],
    queryFn: ({ signal }) => call(listIncidentTeams, { params: { id: number }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: withoutStreamMs,
  });

export const readinessQuery = (id: string) =>
  queryOptions({
    queryKey: ["teams", "readiness", id],
    queryFn: ({ signal }) => call(readTeamReadiness, { params: { id }, signal }),
  });

export const allReadinessQuery = () =>
  queryOptions({ queryKey: ["teams", "readiness"], queryFn: ({ signal }) => call(listTeamReadiness, { signal }) });
