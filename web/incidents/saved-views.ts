/** Named queries and acts about the views that somebody keeps. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { type BoardFilter, forgetView, listSavedViews, saveView } from "#contract/saved-views.ts";
import { call } from "../client.ts";

export const savedViewsQuery = () =>
  queryOptions({ queryKey: ["saved-views"], queryFn: ({ signal }) => call(listSavedViews, { signal }) });

export function useSaveView() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; filter: BoardFilter }) => call(saveView, { body }),
    onSuccess: () => client.invalidateQueries(savedViewsQuery()),
  });
}

export function useForgetView() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(forgetView, { params: { id } }),
    onSuccess: () => client.invalidateQueries(savedViewsQuery()),
  });
}
