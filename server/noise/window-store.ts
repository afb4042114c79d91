/** Rows of maintenance that was not ended. */
import { dayMs, toIso } from "../../core/kernel/time.ts";
import { zoneClock } from "../../core/kernel/zone-clock.ts";
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

/** Those that were ended too, as they lasted: none begins after. */
export async function readPastWindows(client: Client): Promise<MaintenanceWindow[]> {
  const { rows } = await client.query<MaintenanceWindow & { readonly endedAt: number | null }>(
    `select id, version, name, scope, service_ids as "serviceIds", plan as "when", ended_at as "endedAt" from maintenance_windows order by made_at, id`,
  );
  return rows.map(({ endedAt, ...one }) => (endedAt === null ? one : { ...one, when: endedWhen(one, endedAt) }));
}

function endedWhen({ when }: Pick<MaintenanceWindow, "when">, endedAt: number): MaintenanceWindow["when"] {
  if ("once" in when) return { once: { ...when.once, until: Math.min(when.once.until, endedAt) } };
  const last = toIso(zoneClock(when.again.zone).dayOf(endedAt) * dayMs).slice(0, 10);
  const { endDate } = when.again;
  return { again: { ...when.again, endDate: endDate !== null && endDate < last ? endDate : last } };
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
