/** What is done now and then, by whichever node: nothing waits for it, and doing it twice does no harm. */
import type pg from "pg";
import { dayMs } from "../../core/kernel/time.ts";
import type { Clock } from "../platform/clock.ts";
import { forgetCommits } from "../platform/database.ts";
import type { Log } from "../platform/log.ts";
import { noteHeads } from "./heads.ts";

const everyMs = 600_000;

/** What fails, in words, and what to do. */
type Task = readonly [string, () => Promise<unknown>];
type Known = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
  /** Of other capabilities. */
  readonly besides: readonly Task[];
};

export function upkeepTasks(known: Known): readonly Task[] {
  const { pool, clock } = known;
  return [
    ["heads of the records are noted", () => noteHeads(known)],
    ["commits that nobody asks about are forgotten", () => forgetCommits(pool)],
    ["nodes that are gone are forgotten", () => forgetNodes(pool, clock.now())],
    ["results of requests that nobody asks about are forgotten", () => forgetRequests(pool, clock.now())],
    ["changes of long ago are forgotten", () => forgetChanges(pool, clock.now())],
    ...known.besides,
  ];
}

export function keepUp(known: Known): { readonly stop: () => Promise<void> } {
  const { log } = known;
  const tasks = upkeepTasks(known);
  let stopped = false;
  const work = async (): Promise<void> => {
    for (const [task, run] of tasks)
      if (!stopped)
        await run().catch((error: unknown) => log.warn({ err: error, task }, "upkeep failed; it is tried again"));
  };
  let working = work();
  const timer = setInterval(() => {
    working = working.then(work);
  }, everyMs);
  timer.unref();
  return {
    stop: () => {
      stopped = true;
      clearInterval(timer);
      return working;
    },
  };
}

const forgetNodes = (pool: pg.Pool, now: number): Promise<unknown> =>
  pool.query("delete from nodes where seen_at < $1", [now - 7 * dayMs]);

/** Opsgenie's clients ask within seconds. */
const requestsKeptMs = dayMs;
const forgetRequests = (pool: pg.Pool, now: number): Promise<unknown> =>
  pool.query("delete from opsgenie_requests where at < $1", [now - requestsKeptMs]);

/** As long as PagerDuty keeps them. */
const changesKeptMs = 90 * dayMs;
const forgetChanges = (pool: pg.Pool, now: number): Promise<unknown> =>
  pool.query("delete from changes where recorded_at < $1", [now - changesKeptMs]);
