/** Requests for assistance: those that are somebody's to see, and the rules by which they go their way. */
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import {
  type AssistanceView,
  acceptAssistance,
  askForAssistance,
  attachAssistance,
  confirmAssistance,
  declineAssistance,
  endAssistance,
  listAssistance,
  previewAssistance,
  promoteAssistance,
  publishAssistanceRules,
  readAssistance,
  readAssistanceRules,
  readAssistanceTimeline,
  reopenAssistance,
  routeAssistance,
  withdrawAssistance,
} from "#contract/assistance.ts";
import { call } from "../client.ts";

export type { AssistanceRules, AssistanceView } from "#contract/assistance.ts";

/** The stream says what changed; this is for when the stream itself is silent. */
const withoutStreamMs = 60_000;

export type Scope = "awaiting" | "asked" | "all";

export const assistanceQuery = (scope: Scope, open: boolean) =>
  queryOptions({
    queryKey: ["assistance", "list", scope, open],
    queryFn: ({ signal }) =>
      call(listAssistance, { query: { scope, limit: 100, ...(open && { open: "true" as const }) }, signal }),
    refetchInterval: withoutStreamMs,
  });

/** How many await this person: beside the name of the place. */
export const assistanceCountsQuery = () =>
  queryOptions({
    queryKey: ["assistance", "counts"],
    queryFn: ({ signal }) => call(listAssistance, { query: { scope: "awaiting", limit: 1 }, signal }),
    select: ({ counts }) => counts,
    refetchInterval: withoutStreamMs,
  });

export const assistanceOfQuery = (incident: string) =>
  queryOptions({
    queryKey: ["assistance", "of", incident],
    queryFn: ({ signal }) => call(listAssistance, { query: { incident, limit: 100 }, signal }),
    refetchInterval: withoutStreamMs,
  });

export const requestQuery = (number: string) =>
  queryOptions({
    queryKey: ["assistance", "one", number],
    queryFn: ({ signal }) => call(readAssistance, { params: { id: number }, signal }),
    refetchInterval: withoutStreamMs,
  });

export const requestTimelineQuery = (number: string) =>
  queryOptions({
    queryKey: ["assistance", "timeline", number],
    queryFn: ({ signal }) => call(readAssistanceTimeline, { params: { id: number }, signal }),
  });

export const assistanceRulesQuery = () =>
  queryOptions({
    queryKey: ["assistance", "rules"],
    queryFn: ({ signal }) => call(readAssistanceRules, { signal }),
  });

export type Wanted = z.input<typeof previewAssistance.body>;

export const previewQuery = (wanted: Wanted | null) =>
  queryOptions({
    queryKey: ["assistance", "preview", wanted],
    queryFn: ({ signal }) => call(previewAssistance, { body: wanted as Wanted, signal }),
    enabled: wanted !== null,
    retry: false,
    placeholderData: keepPreviousData,
  });

function useAct<Input, Answer>(act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => client.invalidateQueries({ queryKey: ["assistance"] }),
  });
}

export const useAsk = () => useAct((body: z.input<typeof askForAssistance.body>) => call(askForAssistance, { body }));
export const usePublish = () =>
  useAct((body: z.input<typeof publishAssistanceRules.body>) => call(publishAssistanceRules, { body }));

export type Act = AssistanceView["may"][number];
type Party = { readonly kind: "function" | "team"; readonly id: string };
export type Given = {
  readonly act: Act;
  readonly reason?: string;
  readonly to?: Party;
  readonly outcome?: "done" | "partly" | "not-done";
  readonly text?: string;
  readonly incident?: string;
};

export const useActOn = ({ id }: Pick<AssistanceView, "id">) => useAct((given: Given) => send(id, given));

function send(id: string, { act, reason = "", to, outcome = "done", text = "", incident = "" }: Given) {
  const params = { id };
  switch (act) {
    case "accept":
      return call(acceptAssistance, { params, body: {} });
    case "confirm":
      return call(confirmAssistance, { params, body: {} });
    case "promote":
      return call(promoteAssistance, { params, body: {} });
    case "decline":
      return call(declineAssistance, { params, body: { reason } });
    case "reopen":
      return call(reopenAssistance, { params, body: { reason } });
    case "withdraw":
      return call(withdrawAssistance, { params, body: reason === "" ? {} : { reason } });
    case "route":
      return call(routeAssistance, { params, body: { reason, to: to as Party } });
    case "end":
      return call(endAssistance, { params, body: { outcome, text } });
    case "attach":
      return call(attachAssistance, { params, body: { incident } });
  }
}
