import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { type SearchKind, search } from "#contract/search.ts";
import { call } from "../client.ts";

/** The first few of each kind, or one kind by pages. What was found stays while the next word is being typed. */
export const searchQuery = (q: string, kind: SearchKind | undefined) =>
  infiniteQueryOptions({
    queryKey: ["search", q, kind],
    queryFn: ({ signal, pageParam }) =>
      call(search, { query: { q, ...(kind && { kind }), ...(pageParam !== null && { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    enabled: q !== "",
  });
