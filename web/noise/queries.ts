/** What calls nobody, and why. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { addSilence, endSilence, listSilences, previewSilence } from "#contract/noise.ts";
import { call } from "../client.ts";

export type { Matcher, Scope, Silence } from "#contract/noise.ts";

/** What waits changes with each alert: the page looks again while somebody looks at it. */
const watchedMs = 10_000;

export const silencesQuery = () =>
  queryOptions({
    queryKey: ["noise", "silences"],
    queryFn: ({ signal }) => call(listSilences, { signal }),
    refetchInterval: watchedMs,
  });

export type Asked = Omit<z.input<typeof previewSilence.body>, "days">;

export const previewQuery = (asked: Asked, days: number) =>
  queryOptions({
    queryKey: ["noise", "preview", asked, days],
    queryFn: ({ signal }) => call(previewSilence, { body: { ...asked, days }, signal }),
    retry: false,
    placeholderData: (before) => before,
  });

/** Alerts that wait change with it. */
export function useNoiseAct<Input, Answer>(act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["noise"] });
      void client.invalidateQueries({ queryKey: ["every-alert"] });
    },
  });
}

export const useAddSilence = () => useNoiseAct((body: z.input<typeof addSilence.body>) => call(addSilence, { body }));
export const useEndSilence = () => useNoiseAct((id: string) => call(endSilence, { params: { id } }));
