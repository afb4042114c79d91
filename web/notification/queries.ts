/** How the reader is reached: contact points, turns, and the latest test, asked again while something is on its way. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import {
  addContactPoint,
  changeContactPoint,
  changePreference,
  listContactPoints,
  listDeliveries,
  readPreference,
  readTestPage,
  redeliver,
  removeContactPoint,
  renewWebhookSecret,
  sendContactCode,
  testPage,
  verifyContactPoint,
} from "#contract/notifications.ts";
import { call } from "../client.ts";

const key = ["contact-points"];
const pendingMs = 1_500;
/** Somebody may press the button in a test at any moment. */
const quietMs = 15_000;

export const contactPointsQuery = () =>
  queryOptions({ queryKey: key, queryFn: ({ signal }) => call(listContactPoints, { signal }) });

export const preferenceQuery = () =>
  queryOptions({ queryKey: ["preference"], queryFn: ({ signal }) => call(readPreference, { signal }) });

export const testPageQuery = () =>
  queryOptions({
    queryKey: ["test-page"],
    queryFn: ({ signal }) => call(readTestPage, { signal }),
    refetchInterval: ({ state }) => (state.data?.data.some((one) => one.state === "pending") ? pendingMs : quietMs),
  });

export const deliveriesQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, id, "deliveries"],
    queryFn: ({ signal }) => call(listDeliveries, { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data?.data.some((one) => one.status === "pending") ? pendingMs : false),
  });

function useChange<Input, Output>(run: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: run, onSuccess: () => client.invalidateQueries({ queryKey: key }) });
}

export const useAddContactPoint = () =>
  useChange((body: z.input<typeof addContactPoint.body>) => call(addContactPoint, { body }));
export const useSwitchContactPoint = (id: string) =>
  useChange((enabled: boolean) => call(changeContactPoint, { params: { id }, body: { enabled } }));
export const useRemoveContactPoint = (id: string) => useChange(() => call(removeContactPoint, { params: { id } }));
export const useSendCode = (id: string) => useChange(() => call(sendContactCode, { params: { id } }));
export const useVerify = (id: string) =>
  useChange((code: string) => call(verifyContactPoint, { params: { id }, body: { code } }));
export const useRenewSecret = (id: string) => useChange(() => call(renewWebhookSecret, { params: { id } }));
export const useRedeliver = (id: string) =>
  useChange((delivery: string) => call(redeliver, { params: { id, delivery } }));

export function useChangePreference() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof changePreference.body>) => call(changePreference, { body }),
    onSuccess: (said) => client.setQueryData(preferenceQuery().queryKey, said),
  });
}

export function useTestPage() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(testPage, {}),
    onSuccess: (found) => client.setQueryData(testPageQuery().queryKey, found),
  });
}
