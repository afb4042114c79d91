/** After any answer about incidents: their pages and rows show it at once, their records are read again. */
import type { QueryClient } from "@tanstack/react-query";
import type { IncidentView } from "#contract/shapes.ts";
import { hasEnded } from "./arrangement.ts";
import { type Board, boardKey, followRows, withRows } from "./open-incidents.ts";

export function settle(client: QueryClient, ...views: readonly IncidentView[]): void {
  const after = new Map(views.map((view) => [view.id, view]));
  client.setQueriesData<IncidentView>({ queryKey: ["incident"] }, (old) => (old && after.get(old.id)) ?? old);
  for (const view of views) client.setQueryData(["incident", view.number], view);
  client.setQueryData<Board>(boardKey, (old) => old && withRows(old, views.filter(belongsOn(old)), []));
  void followRows(client, [...after.keys()]);
  for (const key of ["timeline", "process", "alerts", "ended"]) void client.invalidateQueries({ queryKey: [key] });
}

/** What came back to the board is on it at once, so that the next key finds it as it is; what left it keeps its place until
 *  the board is read. */
const belongsOn = ({ data }: Board) => {
  const shown = new Set(data.map(({ id }) => id));
  return (view: IncidentView): boolean => shown.has(view.id) || !hasEnded(view);
};
