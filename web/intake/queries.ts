/** Integrations: the doors by which machines come in. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { addIntegration, addIntegrationKey, listIntegrations, readIntegrationLog } from "#contract/account.ts";
import { call } from "../client.ts";

export const integrationsQuery = () =>
  queryOptions({ queryKey: ["integrations"], queryFn: ({ signal }) => call(listIntegrations, { signal }) });

export const integrationLogQuery = (id: string) =>
  queryOptions({
    queryKey: ["integrations", id, "events"],
    queryFn: ({ signal }) => call(readIntegrationLog, { params: { id }, signal }),
  });

export function useAddIntegration() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof addIntegration.body>) => call(addIntegration, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["integrations"] }),
  });
}

export function useAddKey() {
  return useMutation({ mutationFn: (id: string) => call(addIntegrationKey, { params: { id } }) });
}
