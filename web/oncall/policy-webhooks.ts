/** The addresses that steps of policies post to. */
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import {
  addPolicyWebhook,
  listPolicyWebhookDeliveries,
  listPolicyWebhooks,
  removePolicyWebhook,
  renewPolicyWebhookSecret,
  testPolicyWebhook,
} from "#contract/policy-webhooks.ts";
import { call } from "../client.ts";

export type PolicyWebhook = z.output<typeof listPolicyWebhooks.output>["data"][number];

const key = ["policy-webhooks"];
const seldomMs = 5 * 60_000;

export const policyWebhooksQuery = () =>
  queryOptions({ queryKey: key, queryFn: ({ signal }) => call(listPolicyWebhooks, { signal }), staleTime: seldomMs });
export const policyWebhookDeliveriesQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, id, "deliveries"],
    queryFn: ({ signal }) => call(listPolicyWebhookDeliveries, { params: { id }, signal }),
  });

/** Empty while they are being read. */
export const usePolicyWebhooks = (): readonly PolicyWebhook[] => useQuery(policyWebhooksQuery()).data?.data ?? [];

function useAct<Body, Answer>(run: (body: Body) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: run, onSettled: () => client.invalidateQueries({ queryKey: key }) });
}

export const useAddPolicyWebhook = () =>
  useAct((body: { readonly name: string; readonly url: string }) => call(addPolicyWebhook, { body }));
export const useTestPolicyWebhook = (id: string) => useAct(() => call(testPolicyWebhook, { params: { id } }));
export const useRenewPolicyWebhookSecret = (id: string) =>
  useAct(() => call(renewPolicyWebhookSecret, { params: { id } }));
export const useRemovePolicyWebhook = (id: string) => useAct(() => call(removePolicyWebhook, { params: { id } }));
