/** What laws want told of an incident, which of them bind the organisation, and the registers they ask for. */
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import {
  bindLaw,
  exportRegister,
  listLaws,
  listRegisters,
  readIncidentObligations,
  readObligationDraft,
  readRegister,
  unbindLaw,
} from "#contract/incident-obligations.ts";
import type { IncidentView } from "#contract/shapes.ts";
import type { Language } from "#core/kernel/vocabulary.ts";
import { call } from "../client.ts";

export type {
  IncidentObligations,
  LawSetting,
  LegView,
  ObligationView,
  RegisterView,
} from "#contract/incident-obligations.ts";

/** The stream says what changed; this is for when the stream itself is silent. */
const withoutStreamMs = 60_000;

/** `seq`: asked anew once anything more is known. `language`: it comes in the reader's. */
export const obligationsQuery = ({ number, seq }: Pick<IncidentView, "number" | "seq">, language: Language) =>
  queryOptions({
    queryKey: ["obligations", number, seq, language],
    queryFn: ({ signal }) => call(readIncidentObligations, { params: { id: number }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: withoutStreamMs,
  });

export const lawsQuery = (language: Language) =>
  queryOptions({ queryKey: ["laws", language], queryFn: ({ signal }) => call(listLaws, { signal }) });

export const registersQuery = (language: Language) =>
  queryOptions({
    queryKey: ["registers", language],
    queryFn: ({ signal }) => call(listRegisters, { signal }),
  });

export const registerQuery = (register: string, language: Language) =>
  queryOptions({
    queryKey: ["register", register, language],
    queryFn: ({ signal }) => call(readRegister, { params: { register }, query: { limit: 200 }, signal }),
  });

export const fetchDraft = (number: string, law: string, leg: string, language: Language) =>
  call(readObligationDraft, { params: { id: number }, query: { law, leg, language } });

export const fetchRegister = (register: string, language: Language) =>
  call(exportRegister, { params: { register }, query: { language } });

export type LawBody = z.input<typeof bindLaw.body>;

export function useBindLaw() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: LawBody) => call(bindLaw, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["laws"] }),
  });
}

export function useUnbindLaw() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (law: string) => call(unbindLaw, { params: { law } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["laws"] }),
  });
}
