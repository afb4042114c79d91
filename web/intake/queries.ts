/** Integrations: the doors by which machines come in. */
import { queryOptions, useMutation, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import type { z } from "zod";
import {
  addIntegration,
  addIntegrationKey,
  changeIntegration,
  integrationKinds,
  listIntegrations,
} from "#contract/account.ts";
import {
  listIntegrationKeys,
  readIntegrationLog,
  revokeIntegrationKey,
  tryIntegration,
} from "#contract/integrations.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";

export type Integration = z.output<typeof listIntegrations.output>["data"][number];

/** Those that can be plugged in from the web. */
export const kinds = integrationKinds.exclude(["email"]).options;
export type Kind = (typeof kinds)[number];

export const integrationsQuery = () =>
  queryOptions({ queryKey: ["integrations"], queryFn: ({ signal }) => call(listIntegrations, { signal }) });

/** How often what a machine changes by itself is read again, while somebody looks at it. */
export const watchedMs = 3_000;

export const integrationLogQuery = (id: string) =>
  queryOptions({
    queryKey: ["integrations", id, "events"],
    queryFn: ({ signal }) => call(readIntegrationLog, { params: { id }, signal }),
    refetchInterval: watchedMs,
  });

export const integrationKeysQuery = (id: string) =>
  queryOptions({
    queryKey: ["integrations", id, "keys"],
    queryFn: ({ signal }) => call(listIntegrationKeys, { params: { id }, signal }),
    refetchInterval: 5 * watchedMs,
  });

/** The key that was just made. Kept in the memory of this page, and nowhere else. */
export const freshKeyQuery = (id: string) =>
  queryOptions({
    queryKey: ["integration-key", id],
    queryFn: () => null as string | null,
    enabled: false,
    staleTime: Number.POSITIVE_INFINITY,
  });

function useAct<Input, Answer>(act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => client.invalidateQueries({ queryKey: ["integrations"] }),
  });
}

export function useAddIntegration() {
  const client = useQueryClient();
  return useAct(async (body: z.input<typeof addIntegration.body>) => {
    const made = await call(addIntegration, { body });
    client.setQueryData(freshKeyQuery(made.id).queryKey, made.key);
    return made;
  });
}

export function useAddKey() {
  const client = useQueryClient();
  return useAct(async (id: string) => {
    const made = await call(addIntegrationKey, { params: { id } });
    client.setQueryData(freshKeyQuery(id).queryKey, made.key);
    return made;
  });
}

/** The key that is shown may be the one that was revoked. */
export function useRevokeKey(id: string) {
  const client = useQueryClient();
  return useAct(async ({ key, ending }: { readonly key: string; readonly ending: string | null }) => {
    await call(revokeIntegrationKey, { params: { id, key } });
    const { queryKey } = freshKeyQuery(id);
    if (ending !== null && client.getQueryData(queryKey)?.endsWith(ending)) client.setQueryData(queryKey, null);
  });
}

export const useChangeIntegration = (id: string) =>
  useAct((body: z.input<typeof changeIntegration.body>) => call(changeIntegration, { params: { id }, body }));

export const useTry = (id: string) =>
  useAct((body: z.input<typeof tryIntegration.body>) => call(tryIntegration, { params: { id }, body }));

type Source = { readonly id: string; readonly name: string };

/** Sources by name: all of them for administrators, for others those that were met. */
export function useIntegrationNames(met: readonly Source[]): readonly Source[] {
  const { data: me } = useSuspenseQuery(meQuery());
  const all = useQuery({ ...integrationsQuery(), enabled: me.admin }).data?.data ?? [];
  const known = new Map([...met, ...all].map(({ id, name }) => [id, { id, name }]));
  return [...known.values()].sort((a, b) => a.name.localeCompare(b.name));
}
