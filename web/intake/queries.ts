/** Integrations: the doors by which machines come in. */
import { queryOptions, useMutation, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import type { z } from "zod";
import { addIntegration, addIntegrationKey, listIntegrations, readIntegrationLog } from "#contract/account.ts";
import { meQuery } from "../account/queries.ts";
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

type Source = { readonly id: string; readonly name: string };

/** Sources by name: all of them for administrators, for others those that were met. */
export function useIntegrationNames(met: readonly Source[]): readonly Source[] {
  const { data: me } = useSuspenseQuery(meQuery());
  const all = useQuery({ ...integrationsQuery(), enabled: me.admin }).data?.data ?? [];
  const known = new Map([...met, ...all].map(({ id, name }) => [id, { id, name }]));
  return [...known.values()].sort((a, b) => a.name.localeCompare(b.name));
}
