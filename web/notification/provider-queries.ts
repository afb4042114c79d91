/** Accounts of those who carry text messages and calls. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import {
  addProvider,
  changeProvider,
  listProviders,
  type provider,
  removeProvider,
  tryProvider,
} from "#contract/providers.ts";
import { call } from "../client.ts";

export type ProviderView = z.infer<typeof provider>;

const key = ["providers"];

export const providersQuery = () =>
  queryOptions({ queryKey: key, queryFn: ({ signal }) => call(listProviders, { signal }) });

function useChange<Input, Output>(run: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: run, onSuccess: () => client.invalidateQueries({ queryKey: key }) });
}

export const useAddProvider = () => useChange((body: z.input<typeof addProvider.body>) => call(addProvider, { body }));
export const useChangeProvider = (id: string) =>
  useChange((body: z.input<typeof changeProvider.body>) => call(changeProvider, { params: { id }, body }));
export const useRemoveProvider = (id: string) => useChange(() => call(removeProvider, { params: { id } }));
export const useTryProvider = (id: string) => useChange(() => call(tryProvider, { params: { id } }));
