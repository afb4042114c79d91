/** One category with all that it asks: only its own page reads it. */
import { queryOptions } from "@tanstack/react-query";
import { readCategory } from "#contract/categories.ts";
import { call } from "../client.ts";

export const categoryQuery = (id: string) =>
  queryOptions({
    queryKey: ["categories", id],
    queryFn: ({ signal }) => call(readCategory, { params: { id }, signal }),
  });
