/** The incident that a link is about, as whoever it was sent to may see it. */
import type { Actor } from "../../core/kernel/vocabulary.ts";
import { visibleIncidents } from "../access/visible.ts";
import type { Db } from "../platform/database.ts";
import type { AckRow } from "./routes.ts";

export async function findAckRow(db: Db, actor: Actor, incidentId: string): Promise<AckRow | undefined> {
  const row = await visibleIncidents(db, { actor })
    .select(["id", "incident", "paging", "open_alerts"])
    .where("id", "=", incidentId)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    id: row.id,
    incident: row.incident as AckRow["incident"],
    paging: row.paging as AckRow["paging"],
    openAlerts: row.open_alerts,
  };
}
