/** What contributors of an incident are asked: read again with whatever moves it, since the key says how far the record is. */
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import {
  askContributor,
  linkContribution,
  listContributions,
  remindContributor,
  revokeContribution,
} from "#contract/contributors.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { call } from "../client.ts";

export type { ContributionView } from "#contract/contributors.ts";

type Of = Pick<IncidentView, "number" | "seq">;

export const contributionsQuery = ({ number, seq }: Of) =>
  queryOptions({
    queryKey: ["contributions", number, seq],
    queryFn: ({ signal }) => call(listContributions, { params: { id: number }, signal }),
    placeholderData: keepPreviousData,
  });

function useAct<Input, Answer>({ number }: Of, act: (id: string, input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => act(number, input),
    onSuccess: async () => {
      await Promise.all(
        ["contributions", "incident", "timeline"].map((key) => client.invalidateQueries({ queryKey: [key, number] })),
      );
    },
  });
}

export type Ask = z.input<typeof askContributor.body>;
export const useAsk = (view: Of) => useAct(view, (id, body: Ask) => call(askContributor, { params: { id }, body }));
export const useRemind = (view: Of) =>
  useAct(view, (id, contribution: number) => call(remindContributor, { params: { id }, body: { contribution } }));
export const useRevoke = (view: Of) =>
  useAct(view, (id, contribution: number) => call(revokeContribution, { params: { id }, body: { contribution } }));
export const useLink = (view: Of) =>
  useAct(view, (id, contribution: number) => call(linkContribution, { params: { id }, body: { contribution } }));
