/** The one place that reads a clock: the database's, asked at start and every minute, plus a monotonic offset, so that
 *  every node agrees and SQL never needs one. Tests move this clock and nothing else. */
import type pg from "pg";

export type Clock = {
  /** Milliseconds since the epoch, never going back. */
  readonly now: () => number;
  /** Only for tests: moves time forward. */
  readonly advance: (ms: number) => void;
  /** How far this clock is from where it should be, in milliseconds: ahead of a database clock that went back, or the
   *  machine's own clock away from the database's, whichever is more. */
  readonly skewMs: () => number;
  readonly stop: () => void;
};

const resyncEveryMs = 60_000;
/** More than this is raised. */
export const skewAlarmMs = 2_000;
/** A clock that is ahead runs this much slower until it is right again: time never stops, so that nobody is paged late. */
const slowing = 0.1;
/** A node that starts goes on from the latest time any node has shown, unless that is further ahead than a wrong zone or
 *  a summer hour explain: then it was that clock which was wrong. */
const believedAheadMs = 25 * 3_600_000;

/** The single statement of Tocsin that reads a clock, with the latest time that any node has shown. */
const readDatabaseTime =
  "select extract(epoch from clock_timestamp())::float8 * 1000 as at, (select max(seen_at) from nodes) as shown";

/** Milliseconds since this was asked for: for how long something takes, never for when. */
export function stopwatch(): () => number {
  const from = performance.now();
  return () => performance.now() - from;
}

export type SlewedTime = {
  /** At this monotonic instant. Never less than what was answered before. */
  readonly at: (monotonic: number) => number;
  /** The true time at this monotonic instant, as just learnt: ahead is jumped to, back is slowed to. */
  readonly learn: (time: number, monotonic: number) => void;
  readonly aheadMs: (monotonic: number) => number;
};

/** Time that follows a source which may jump either way, and itself only goes forward. All in milliseconds. */
export function slewedTime(time: number, monotonic: number, ahead = 0): SlewedTime {
  let base = time - monotonic;
  let learntAt = monotonic;
  let behindUs = Math.max(0, ahead);
  const aheadMs = (now: number): number => Math.max(0, behindUs - (now - learntAt) * slowing);
  return {
    at: (now) => base + now + aheadMs(now),
    learn: (trueTime, now) => {
      behindUs = Math.max(0, base + now + aheadMs(now) - trueTime);
      base = trueTime - now;
      learntAt = now;
    },
    aheadMs,
  };
}

export type SkewSaid = { readonly machineMs: number; readonly aheadMs: number };

export async function databaseClock(pool: pg.Pool, onSkew: (skew: SkewSaid) => void): Promise<Clock> {
  const monotonic = (): number => Number(process.hrtime.bigint()) / 1e6;
  const ask = async (): Promise<{ at: number; shown: number | null; asked: number }> => {
    const before = monotonic();
    const { rows } = await pool.query<{ at: number; shown: number | null }>(readDatabaseTime);
    const { at = Date.now(), shown = null } = rows[0] ?? {};
    return { at, shown, asked: (before + monotonic()) / 2 };
  };
  const first = await ask();
  const ahead = (first.shown ?? 0) - first.at;
  const time = slewedTime(first.at, first.asked, ahead < believedAheadMs ? ahead : 0);
  let moved = 0;
  let latest = 0;
  let machineMs = 0;
  const compare = ({ at, asked }: { readonly at: number; readonly asked: number }): void => {
    machineMs = Math.round(Date.now() - monotonic() + asked - at);
    const aheadMs = Math.round(time.aheadMs(asked));
    if (Math.abs(machineMs) > skewAlarmMs || aheadMs > skewAlarmMs) onSkew({ machineMs, aheadMs });
  };
  compare(first);
  const sync = async (): Promise<void> => {
    const learnt = await ask();
    time.learn(learnt.at, learnt.asked);
    compare(learnt);
  };
  const timer = setInterval(() => void sync().catch(() => {}), resyncEveryMs);
  timer.unref();
  return {
    now: () => {
      latest = Math.max(latest, Math.floor(time.at(monotonic()) + moved));
      return latest;
    },
    advance: (ms) => {
      moved += ms;
    },
    skewMs: () => Math.max(Math.abs(machineMs), Math.round(time.aheadMs(monotonic()))),
    stop: () => clearInterval(timer),
  };
}

/** For what must be dated before a clock runs: the first start. */
export async function databaseTime(pool: Pick<pg.Pool, "query">): Promise<number> {
  const { rows } = await pool.query<{ at: number }>(readDatabaseTime);
  return Math.floor(rows[0]?.at ?? 0);
}
