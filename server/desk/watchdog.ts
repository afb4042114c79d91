/** Looks now and then whether all that should be in motion is: one query, each part on an index, and so many more worked out anew,
 *  since a check that is slow is one day switched off. What is missing is put right under the lock of its incident, and told once. */
import type pg from "pg";
import { Gauge } from "prom-client";
import type { Directory, OwnKind } from "../../core/desk/directory.ts";
import { findingKey, findingSignal, type Missing, type MissingKind, overdueMs } from "../../core/desk/watchdog.ts";
import { type Clock, stopwatch } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { Metrics } from "../platform/metrics.ts";
import type { Submit } from "./commit.ts";
import { firstRound, readRound } from "./watchdog-round-store.ts";
import { heal, readMissing } from "./watchdog-store.ts";

export type WatchdogKnown = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly submit: Submit;
  readonly channels: readonly string[];
  readonly directory: () => Directory;
  /** It tells nobody of holes, so that nothing waits to. */
  readonly demonstration: boolean;
  readonly ownIntegration: (kind: OwnKind) => Promise<string>;
  readonly titleOf: (kind: MissingKind, number: string) => string;
};

export type Watchdog = {
  readonly look: () => Promise<void>;
  readonly beat: () => void;
  readonly stop: () => Promise<void>;
};

const lookEveryMs = 30_000;
export function createWatchdog(known: WatchdogKnown): Watchdog {
  const { pool, clock, log, metrics, channels } = known;
  const missingGauge = new Gauge({
    name: "tocsin_watchdog_missing",
    help: "What should have been in motion and was not, when the watchdog last looked",
    registers: [metrics.registry],
  });
  let running: Promise<void> | null = null;
  let stopped = false;
  let lookedMs = stopwatch();
  let round = firstRound;
  const work = async (): Promise<void> => {
    const plain = await readMissing(pool, { overdueBefore: clock.now() - overdueMs, channels });
    const { demonstration } = known;
    const { missing, next } = await readRound(pool, round, {
      directory: known.directory(),
      at: clock.now(),
      demonstration,
    });
    round = next;
    const found = distinct([...plain, ...missing]);
    missingGauge.set(found.length);
    for (const missing of found) if (!stopped) await tell(known, missing);
  };
  const look = (): Promise<void> => {
    if (stopped) return Promise.resolve();
    running ??= work()
      .catch((error: unknown) => log.error({ err: error }, "the watchdog could not look"))
      .finally(() => {
        lookedMs = stopwatch();
        running = null;
      });
    return running;
  };
  return {
    look,
    beat: () => {
      if (lookedMs() >= lookEveryMs) void look();
    },
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}

/** Of several that say the same, one that is told. */
function distinct(found: readonly Missing[]): Missing[] {
  const byKey = new Map<string, Missing>();
  for (const one of found) {
    const known = byKey.get(findingKey(one));
    if (known === undefined || known.quiet) byKey.set(findingKey(one), one);
  }
  return [...byKey.values()];
}

/** Told before it is put right: should this node die between the two, it is found again and put right then. */
async function tell(known: WatchdogKnown, missing: Missing): Promise<void> {
  const { pool, clock, log } = known;
  const key = findingKey(missing);
  const { rowCount: told } = await pool.query("select from watchdog_findings where key = $1", [key]);
  if (told === 0 && !missing.quiet) {
    log.warn({ event: "watchdog", finding: key, incident: missing.number }, "something should be in motion and is not");
    await raise(known, missing, key);
  }
  if (await heal(pool, missing, { directory: known.directory(), at: clock.now() })) {
    await pool.query("update watchdog_findings set healed = true where key = $1", [key]);
    log.warn({ event: "watchdog-healed", finding: key, at: clock.now() }, "it is put in motion again");
  }
}

async function raise(known: WatchdogKnown, missing: Missing, key: string): Promise<void> {
  const integrationId = await known.ownIntegration("tocsin");
  const signals = [findingSignal(missing, known.titleOf(missing.kind, missing.number ?? "–"))];
  await known.submit(
    { kind: "signals", integrationId, signals, causeId: "watchdog" },
    {
      before: async (client) => {
        const { rowCount } = await client.query(
          "insert into watchdog_findings (key, kind, incident_id, found_at, healed) values ($1, $2, $3, $4, false) on conflict do nothing",
          [key, missing.kind, missing.incidentId, known.clock.now()],
        );
        return rowCount === 1;
      },
    },
  );
}
