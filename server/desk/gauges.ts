/** Figures that are read when they are asked for. */
import type pg from "pg";
import type { Directory } from "../../core/desk/directory.ts";
import { coveredMs, gapsOf } from "../../core/oncall/coverage.ts";
import { inTheirOwnRight } from "../../core/oncall/schedule.ts";
import { visibleIncidents } from "../access/visible.ts";
import { version } from "../platform/build.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/database.ts";
import type { Metrics } from "../platform/metrics.ts";
import { failingAfter } from "../platform/outbox.ts";

export type GaugesKnown = {
  readonly pool: pg.Pool;
  readonly db: Db;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly directory: () => Directory;
};

export async function measure(known: GaugesKnown): Promise<void> {
  const { pool, clock, metrics, directory } = known;
  metrics.buildInfo.set({ version }, 1);
  metrics.scheduleGap.set(gapSeconds(directory(), clock.now()));
  await Promise.all([measureEffects(known), measureIncidents(known)]);
  metrics.failingTimers.set(await countFailingTimers(pool));
}

async function measureEffects({ pool, clock, metrics }: GaugesKnown): Promise<void> {
  const { rows } = await pool.query<{ oldest: number | null; dead: number }>(
    "select min(due_at) filter (where status = 'pending') as oldest, count(*) filter (where status = 'dead' and kind in ('page', 'notice')) as dead from outbox where status in ('pending', 'dead')",
  );
  const oldest = rows[0]?.oldest;
  metrics.queueOldest.set(oldest ? Math.max(0, clock.now() - oldest) / 1_000 : 0);
  metrics.deadLetters.set(rows[0]?.dead ?? 0);
}

const priorities = [1, 2, 3, 4, 5, null] as const;

/** All are said, so that one that is not there any more is 0 and not the last that was seen. */
async function measureIncidents({ db, metrics }: GaugesKnown): Promise<void> {
  const rows = await visibleIncidents(db, { actor: null })
    .select(({ fn }) => ["priority", fn.countAll<number>().as("open")])
    .where("is_open", "=", true)
    .where("exercise", "=", false)
    .groupBy("priority")
    .execute();
  for (const priority of priorities) {
    const open = rows.find((row) => row.priority === priority)?.open ?? 0;
    metrics.incidentsOpen.set({ priority: priority === null ? "none" : String(priority) }, Number(open));
  }
}

function gapSeconds({ schedules, absences, people }: Directory, now: number): number {
  const period = { from: now, until: now + coveredMs };
  const mayBeCalled = (id: string): boolean => people.get(id)?.active === true;
  const gaps = inTheirOwnRight(schedules).flatMap((one) => gapsOf(one, absences, period, mayBeCalled));
  return gaps.reduce((sum, { from, until }) => sum + (until - from) / 1_000, 0);
}

export async function countFailingTimers(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ failing: number }>(
    "select count(*) as failing from timers where attempts >= $1",
    [failingAfter],
  );
  return rows[0]?.failing ?? 0;
}
