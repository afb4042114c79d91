/** Heads of all streams, of incidents as of configuration, noted once a day outside the streams: a tail that is cut later shows against them. Their digest
 *  goes to the log, so that something of them stands outside the database too. */
import { createHash } from "node:crypto";
import type pg from "pg";
import { dayMs, toIso } from "../../core/kernel/time.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";

type Known = { readonly pool: pg.Pool; readonly clock: Clock; readonly log: Log };

/** Each stream changed since heads were last noted, once a day (UTC). What a desk recorded before it was stopped, for a day
 *  or for a year, is noted when it starts again; and what was recorded after the note of its day, the day after. The head is
 *  the last entry itself: the row that lists show could be altered by the application. */
export async function noteHeads({ pool, clock, log }: Known): Promise<number> {
  const now = clock.now();
  const day = toIso(now).slice(0, 10);
  const { rows } = await pool.query<{ stream: string; seq: number; hash: string }>(
    `with since as (select least($2::timestamptz, (select max(day)::timestamp at time zone 'UTC' from noted_heads)) as at, exists (select from noted_heads) as known)
insert into noted_heads (day, stream, seq, hash)
select $1::date, changed.stream, head.seq, head.hash
from (select distinct stream from events, since where not since.known or recorded_at >= since.at) as changed
cross join lateral (select seq, hash from events where events.stream = changed.stream order by seq desc limit 1) as head
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
