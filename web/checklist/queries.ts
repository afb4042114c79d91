/** What stands between this desk and a real page, and what waits to leave. Asking tries the mail server, so not often. */
import { queryOptions } from "@tanstack/react-query";
import { doctor, listOutbox } from "#contract/account.ts";
import { call } from "../client.ts";

const checksMs = 5 * 60_000;
const outboxMs = 15_000;

export const checksQuery = () =>
  queryOptions({
    queryKey: ["checks"],
    queryFn: ({ signal }) => call(doctor, { signal }),
    staleTime: checksMs,
    refetchInterval: checksMs,
  });

export const outboxQuery = () =>
  queryOptions({
    queryKey: ["outbox"],
    queryFn: ({ signal }) => call(listOutbox, { signal }),
    refetchInterval: outboxMs,
  });
