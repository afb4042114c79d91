/** After any answer about incidents: their pages and rows show it at once, their records are read again. */
import type { QueryClient } from "@tanstack/react-query";
import type { IncidentView } from "#contract/shapes.ts";
import { type Board, boardKey, followRows } from "./open-incidents.ts";

export function settle(client: QueryClient, ...views: readonly IncidentView[]): void {
  const after = new Map(views.map((view) => [view.id, view]));
  client.setQueriesData<IncidentView>({ queryKey: ["incident"] }, (old) => (old && after.get(old.id)) ?? old);
  for (const view of views) client.setQueryData(["incident", view.number], view);
  client.setQueryData<Board>(boardKey, (old) =>
    old ? { ...old, data: old.data.map((one) => after.get(one.id) ?? one) } : old,
  );
  void followRows(client, [...after.keys()]);
  for (const key of ["timeline", "process", "alerts", "ended"]) void client.invalidateQueries({ queryKey: [key] });
}
