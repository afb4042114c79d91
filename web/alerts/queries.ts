/** Alerts of the whole desk. The live stream makes them stale: web/shell/live.ts. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { type alertStatuses, listAlerts, raiseAlert, readAlert, readAlertTrace } from "#contract/alerts.ts";
import { call } from "../client.ts";

export type AlertsFilter = {
  readonly status?: (typeof alertStatuses)[number] | undefined;
  readonly integration?: string | undefined;
  readonly service?: string | undefined;
};

/** The stream says what changed; this is for when the stream itself is silent. */
const withoutStreamMs = 60_000;
const pageSize = 50;

export const everyAlertQuery = (filter: AlertsFilter) =>
  infiniteQueryOptions({
    queryKey: ["every-alert", "list", filter],
    queryFn: ({ signal, pageParam }) =>
      call(listAlerts, {
        query: { limit: pageSize, ...filter, ...(pageParam !== null && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: withoutStreamMs,
  });

export const alertQuery = (id: string) =>
  queryOptions({
    queryKey: ["every-alert", "one", id],
    queryFn: ({ signal }) => call(readAlert, { params: { id }, signal }),
    refetchInterval: withoutStreamMs,
  });

export const traceQuery = (id: string) =>
  queryOptions({
    queryKey: ["every-alert", "trace", id],
    queryFn: ({ signal }) => call(readAlertTrace, { params: { id }, signal }),
    refetchInterval: withoutStreamMs,
  });

export function useRaise(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => call(raiseAlert, { params: { id }, body: { reason } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["every-alert"] }),
  });
}
