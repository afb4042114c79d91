/** Rows of maintenance that was not ended. */
import type { MaintenanceWindow } from "../../core/noise/windows.ts";
import type { Client } from "./store.ts";

export type WindowRow = MaintenanceWindow & { readonly reason: string; readonly createdBy: string };

export async function readWindows(client: Client): Promise<WindowRow[]> {
  const { rows } = await client.query<WindowRow>(
    `select id, version, name, reason, scope, service_ids as "serviceIds", plan as "when", created_by as "createdBy"
from maintenance_windows where ended_at is null order by made_at desc, id`,
  );
  return rows;
}

export async function insertWindow(client: Client, one: WindowRow, at: number): Promise<void> {
  await client.query(
    "insert into maintenance_windows (id, version, name, reason, scope, service_ids, plan, created_by, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    [
      one.id,
      one.version,
      one.name,
      one.reason,
      JSON.stringify(one.scope),
      one.serviceIds,
      JSON.stringify(one.when),
      one.createdBy,
      at,
    ],
  );
}

/** False when there is none to end. */
export async function endWindow(client: Client, id: string, at: number): Promise<boolean> {
  const { rowCount } = await client.query(
    "update maintenance_windows set ended_at = $2, version = version + 1 where id = $1 and ended_at is null",
    [id, at],
  );
  return rowCount === 1;
}
