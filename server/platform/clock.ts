/** The one place that reads a clock: the database's, asked at start and every minute, plus a monotonic offset, so that
 *  every node agrees and SQL never needs one. Tests move this clock and nothing else. */
import type pg from "pg";

export type Clock = {
  /** Milliseconds since the epoch, never going back. */
  readonly now: () => number;
  /** Only for tests: moves time forward. */
  readonly advance: (ms: number) => void;
  /** How far this machine's own clock is from the database's, in milliseconds. */
  readonly skewMs: () => number;
  readonly stop: () => void;
};

const resyncEveryMs = 60_000;
/** More than this between node and database is raised. */
export const skewAlarmMs = 2_000;

/** The single statement of Tocsin that reads a clock. */
const readDatabaseTime = "select extract(epoch from clock_timestamp())::float8 * 1000 as at";

export async function databaseClock(pool: pg.Pool, onSkew: (skewMs: number) => void): Promise<Clock> {
  let base = 0;
  let mark = 0n;
  let latest = 0;
  let moved = 0;
  let skew = 0;
  const sync = async (): Promise<void> => {
    const before = process.hrtime.bigint();
    const { rows } = await pool.query<{ at: number }>(readDatabaseTime);
    const after = process.hrtime.bigint();
    base = rows[0]?.at ?? Date.now();
    mark = before + (after - before) / 2n;
    skew = Math.round(Date.now() - base);
    if (Math.abs(skew) > skewAlarmMs) onSkew(skew);
  };
  await sync();
  const timer = setInterval(() => void sync().catch(() => {}), resyncEveryMs);
  timer.unref();
  return {
    now: () => {
      const elapsed = Number((process.hrtime.bigint() - mark) / 1_000_000n);
      latest = Math.max(latest, Math.floor(base + elapsed + moved));
      return latest;
    },
    advance: (ms) => {
      moved += ms;
    },
    skewMs: () => skew,
    stop: () => clearInterval(timer),
  };
}

/** For what must be dated before a clock runs: the first start. */
export async function databaseTime(pool: Pick<pg.Pool, "query">): Promise<number> {
  const { rows } = await pool.query<{ at: number }>(readDatabaseTime);
  return Math.floor(rows[0]?.at ?? 0);
}
