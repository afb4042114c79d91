/** Fires due timers: each claimed one becomes an input of the desk, and ends in the transaction of what it causes. Swept at
 *  the desk's beat, and between two beats at the instant at which the next one falls due. */

import type pg from "pg";
import type { TimerPayload } from "../../core/desk/effects.ts";
import { timerInput } from "../../core/desk/inputs.ts";
import type { TimerBeside } from "../../core/desk/timers.ts";
import { type Clock, stopwatch } from "../platform/clock.ts";
import { Unavailable } from "../platform/database.ts";
import type { Log } from "../platform/log.ts";
import type { Metrics } from "../platform/metrics.ts";
import { claimTimers, type DueTimer, endTimer, nextTimerAt, postponeTimer } from "../platform/outbox.ts";
import type { Submit } from "./commit.ts";

type Known = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly submit: Submit;
  /** Those that are no input of the desk, by their kind. */
  readonly besides: Readonly<Record<TimerBeside, (timer: DueTimer<unknown>) => Promise<void>>>;
};

export type Worker = {
  readonly sweep: () => Promise<void>;
  /** Milliseconds since due work was last looked for. */
  readonly sweptMs: () => number;
  readonly stop: () => Promise<void>;
};

/** As far as the next beat, and a little. */
const aheadMs = 300;
/** Those that fall due one right after another share a sweep. */
const gapMs = 15;

export function createTimerWorker(known: Known): Worker {
  let running: Promise<void> | null = null;
  let stopped = false;
  let next: NodeJS.Timeout | undefined;
  let sweptMs = stopwatch();
  const work = async (): Promise<void> => {
    for (;;) {
      const due = await claimTimers<TimerPayload>(known.pool, known.clock.now());
      await Promise.all(due.map((timer) => fire(known, timer)));
      sweptMs = stopwatch();
      if (due.length < 100 || stopped) return;
    }
  };
  const wakeForNext = async (): Promise<void> => {
    const dueAt = await nextTimerAt(known.pool, known.clock.now() + aheadMs);
    if (dueAt === null || stopped) return;
    clearTimeout(next);
    next = setTimeout(() => void sweep(), Math.max(gapMs, dueAt - known.clock.now()));
    next.unref();
  };
  const sweep = (): Promise<void> => {
    if (stopped) return Promise.resolve();
    running ??= work()
      .then(wakeForNext)
      .catch((error: unknown) => known.log.error({ err: error }, "timer sweep failed"))
      .finally(() => {
        running = null;
      });
    return running;
  };
  return {
    sweep,
    sweptMs: () => sweptMs(),
    stop: async () => {
      stopped = true;
      clearTimeout(next);
      await running;
    },
  };
}

async function fire(known: Known, timer: DueTimer<TimerPayload>): Promise<void> {
  try {
    const besides = (known.besides as Partial<Record<string, (typeof known.besides)[TimerBeside]>>)[timer.payload.kind];
    if (besides) return await besides(timer);
    await known.submit(timerInput(timer.payload), { before: (client) => endTimer(client, timer) });
    known.metrics.escalationLag.observe(Math.max(0, known.clock.now() - timer.dueAt) / 1_000);
  } catch (error) {
    known.log.error(
      { err: error, event: "timer-failed", timer: timer.key, attempts: timer.attempts },
      "a timer could not be fired; it is tried again",
    );
    if (!(error instanceof Unavailable)) await postponeTimer(known.pool, timer, known.clock.now()).catch(() => {});
  }
}
