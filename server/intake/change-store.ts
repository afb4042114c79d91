/** Writes the changes that other tools tell of. The service is the integration's when it came: a change stays with the
 *  service that it was made to. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Integration } from "../../core/desk/directory.ts";
import type { Change } from "../../core/intake/change.ts";
import type { Instant } from "../../core/kernel/vocabulary.ts";

export async function insertChange(
  pool: Pick<pg.Pool, "query">,
  { id, serviceId }: Integration,
  change: Change,
  now: Instant,
): Promise<void> {
  const { summary, source, at, links, details } = change;
  await pool.query({
    name: "insert-change",
    text: "insert into changes (id, integration_id, service_id, at, recorded_at, summary, source, links, details) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    values: [
      randomUUID(),
      id,
      serviceId,
      at ?? now,
      now,
      summary,
      source,
      JSON.stringify(links),
      JSON.stringify(details),
    ],
  });
}
