/** What an incident hurts, and what is said of it. */
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { type ImpactView, impactEndpoints, readImpact } from "#contract/impact.ts";
import type { ImpactCommandName } from "#core/kernel/impact-words.ts";
import { call } from "../client.ts";

export type { ImpactView } from "#contract/impact.ts";
export type DomainView = ImpactView["domains"][number];
export type FunctionView = ImpactView["functions"][number];

/** `seq`: asked anew once anything more is known. */
export const impactQuery = (number: string, seq: number) =>
  queryOptions({
    queryKey: ["impact", number, seq],
    queryFn: ({ signal }) => call(readImpact, { params: { id: number }, signal }),
    placeholderData: keepPreviousData,
  });

export type Act = { readonly command: ImpactCommandName; readonly body: object };

export function useTellImpact(view: ImpactView) {
  const client = useQueryClient();
  const { id, number } = view.incident;
  return useMutation({
    mutationFn: async ({ command, body }: Act): Promise<ImpactView> => {
      const endpoint = impactEndpoints.find(({ path }) => path.endsWith(`/impact/${command}`));
      if (!endpoint) throw new Error(`no endpoint for ${command}`);
      return (await call(endpoint, { params: { id }, body } as never)) as ImpactView;
    },
    onSuccess: (after) => {
      client.setQueriesData<ImpactView>({ queryKey: ["impact", number] }, after);
      for (const key of ["incident", "timeline"]) void client.invalidateQueries({ queryKey: [key, number] });
    },
  });
}
