import { queryOptions } from "@tanstack/react-query";
import { readMyWork } from "#contract/my-work.ts";
import { call } from "../client.ts";

/** Time alone makes it late: asked again, also when nothing is told. */
const myWorkMs = 20_000;

export const myWorkQuery = () =>
  queryOptions({
    queryKey: ["my-work"],
    queryFn: ({ signal }) => call(readMyWork, { signal }),
    refetchInterval: myWorkMs,
  });
