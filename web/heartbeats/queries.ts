/** Heartbeats: who owes a sign of life. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import {
  addHeartbeat,
  changeHeartbeat,
  listHeartbeats,
  readOutgoingHeartbeat,
  removeHeartbeat,
  removeOutgoingHeartbeat,
  replaceHeartbeatKey,
  setOutgoingHeartbeat,
} from "#contract/heartbeats.ts";
import { call } from "../client.ts";

export type { Heartbeat } from "#contract/heartbeats.ts";

/** A machine's sign is no event of the live stream: the page looks again while somebody looks at it. */
const watchedMs = 5_000;

export const heartbeatsQuery = () =>
  queryOptions({
    queryKey: ["heartbeats"],
    queryFn: ({ signal }) => call(listHeartbeats, { signal }),
    refetchInterval: watchedMs,
  });

function useAct<Input, Answer>(act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => client.invalidateQueries({ queryKey: ["heartbeats"] }),
  });
}

export const useAddHeartbeat = () => useAct((body: z.input<typeof addHeartbeat.body>) => call(addHeartbeat, { body }));
export const useSwitch = (id: string) =>
  useAct((enabled: boolean) => call(changeHeartbeat, { params: { id }, body: { enabled } }));
export const useRemove = () => useAct((id: string) => call(removeHeartbeat, { params: { id } }));
export const useReplaceKey = () => useAct((id: string) => call(replaceHeartbeatKey, { params: { id } }));

export const outgoingQuery = () =>
  queryOptions({
    queryKey: ["heartbeats", "outgoing"],
    queryFn: ({ signal }) => call(readOutgoingHeartbeat, { signal }),
    refetchInterval: watchedMs,
  });
export const useSetOutgoing = () =>
  useAct((body: z.input<typeof setOutgoingHeartbeat.body>) => call(setOutgoingHeartbeat, { body }));
export const useRemoveOutgoing = () => useAct((_: null) => call(removeOutgoingHeartbeat, {}));
