import { queryOptions } from "@tanstack/react-query";
import { listLegalClocks } from "#contract/obligations.ts";
import { call } from "../client.ts";

/** Of laws, their legs and the facts that start them: for entries that speak of one. */
export const lawNamesQuery = () =>
  queryOptions({
    queryKey: ["law-names"],
    queryFn: ({ signal }) => call(listLegalClocks, { signal }),
    staleTime: 60 * 60_000,
  });
