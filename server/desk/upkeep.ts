/** What is done now and then, by whichever node: nothing waits for it, and doing it twice does no harm. */
import type pg from "pg";
import { dayMs } from "../../core/kernel/time.ts";
import type { Clock } from "../platform/clock.ts";
import { forgetCommits } from "../platform/database.ts";
import type { Log } from "../platform/log.ts";
import { noteHeads } from "./heads.ts";

const everyMs = 600_000;

type Known = { readonly pool: pg.Pool; readonly clock: Clock; readonly log: Log };

export function keepUp(known: Known): { readonly stop: () => Promise<void> } {
  const { pool, clock, log } = known;
  const tasks: readonly (readonly [string, () => Promise<unknown>])[] = [
    ["heads of the records are noted", () => noteHeads(known)],
    ["commits that nobody asks about are forgotten", () => forgetCommits(pool)],
    ["nodes that are gone are forgotten", () => forgetNodes(pool, clock.now())],
  ];
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
