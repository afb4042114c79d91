/** Heads of the records, noted once a day outside the streams: a tail that is cut later shows against them. Their digest
 *  goes to the log, so that something of them stands outside the database too. */
import { createHash } from "node:crypto";
import type pg from "pg";
import { dayMs, toIso } from "../../core/kernel/time.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";

type Known = { readonly pool: pg.Pool; readonly clock: Clock; readonly log: Log };

/** Each record changed since the day before, once a day (UTC). */
export async function noteHeads({ pool, clock, log }: Known): Promise<number> {
  const now = clock.now();
  const day = toIso(now).slice(0, 10);
  const { rows } = await pool.query<{ stream: string; seq: number; hash: string }>(
    `insert into noted_heads (day, stream, seq, hash)
select $1::date, changed.stream, i.seq, i.head
from (select distinct stream from events where recorded_at >= $2::timestamptz and stream like 'incident/%') as changed
join incidents i on i.id = substr(changed.stream, 10)::uuid
on conflict do nothing returning stream, seq, hash`,
    [day, toIso(now - dayMs)],
  );
  if (rows.length === 0) return 0;
  const digest = createHash("sha256");
  for (const row of rows.sort((a, b) => (a.stream < b.stream ? -1 : 1)))
    digest.update(`${row.stream} ${row.seq} ${row.hash}\n`);
  log.info(
    { event: "heads-noted", day, records: rows.length, digest: digest.digest("hex") },
    "heads of the records noted",
  );
  return rows.length;
}
