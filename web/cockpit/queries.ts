import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { readActionPlan } from "#contract/action-plan.ts";
import { call } from "../client.ts";

/** The stream says what changed; this is for when the stream itself is silent. */
const withoutStreamMs = 60_000;

/** `seq`: asked anew once anything more is known. */
export const planQuery = (number: string, seq: number) =>
  queryOptions({
    queryKey: ["action-plan", number, seq],
    queryFn: ({ signal }) => call(readActionPlan, { params: { id: number }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: withoutStreamMs,
  });
