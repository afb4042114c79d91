/** Tells an address outside that this desk works, and only after a full cycle that did: timers and what is due to leave were
 *  looked for a moment ago, the database takes writes, the record can be read. Whoever is there hears silence otherwise, by
 *  a way that is not ours. The address is a secret: kept sealed, and only its host shown. */
import type pg from "pg";
import { Gauge } from "prom-client";
import { secondMs } from "../../core/kernel/time.ts";
import { type Clock, stopwatch } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { Metrics } from "../platform/metrics.ts";
import type { Outgoing } from "../platform/outgoing.ts";
import type { Secrets } from "../platform/secrets.ts";

export type TellingKnown = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly secrets: Secrets;
  readonly outgoing: Outgoing;
  /** Whether a full cycle was successful a moment ago. */
  readonly isWell: () => Promise<boolean>;
};

export type Told = {
  readonly host: string;
  readonly intervalMs: number;
  readonly setAt: number;
  readonly toldAt: number | null;
  readonly failedAt: number | null;
  readonly lastError: string | null;
};

export type Telling = {
  /** Tells when it is time; `beat` looks whether it is. */
  readonly sweep: () => Promise<void>;
  readonly beat: () => void;
  readonly stop: () => Promise<void>;
};

const lookEveryMs = secondMs;
export const tellingPlace = "outgoing_heartbeat/true";

export function createTelling(known: TellingKnown): Telling {
  const { pool, clock, log, metrics } = known;
  new Gauge({
    name: "tocsin_outgoing_heartbeat_age_seconds",
    help: "Since an address outside was last told that this desk works; -1 where none is set or none was told yet",
    registers: [metrics.registry],
    async collect() {
      const told = await readTold(pool).catch(() => null);
      this.set(told?.toldAt ? Math.max(0, clock.now() - told.toldAt) / secondMs : -1);
    },
  });
  let running: Promise<void> | null = null;
  let stopped = false;
  let lookedMs = stopwatch();
  const sweep = (): Promise<void> => {
    if (stopped) return Promise.resolve();
    running ??= tell(known)
      .catch((error: unknown) => log.error({ err: error }, "the outside could not be told that this desk works"))
      .finally(() => {
        lookedMs = stopwatch();
        running = null;
      });
    return running;
  };
  return {
    sweep,
    beat: () => {
      if (lookedMs() >= lookEveryMs) void sweep();
    },
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}

/** Of several nodes that work, whichever comes first tells for all. */
async function tell({ pool, clock, secrets, outgoing, isWell, log }: TellingKnown): Promise<void> {
  const now = clock.now();
  const due = await pool.query("select from outgoing_heartbeat where next_at <= $1", [now]);
  if (due.rowCount === 0 || !(await isWell())) return;
  const { rows } = await pool.query<{ sealed: string }>(
    "update outgoing_heartbeat set next_at = $1::bigint + interval_ms where next_at <= $1::bigint returning sealed",
    [now],
  );
  const [row] = rows;
  if (!row) return;
  const answered = await outgoing.post({ url: secrets.open(tellingPlace, row.sealed), headers: {}, body: "" });
  const error =
    answered.kind === "forbidden"
      ? answered.because
      : answered.kind === "unanswered"
        ? answered.error
        : answered.status >= 200 && answered.status < 300
          ? null
          : `HTTP ${answered.status}`;
  if (error === null) await pool.query("update outgoing_heartbeat set told_at = $1, last_error = null", [now]);
  else {
    log.warn({ event: "outgoing-heartbeat-failed", error }, "the outside was not told that this desk works");
    await pool.query("update outgoing_heartbeat set failed_at = $1, last_error = $2", [now, error]);
  }
}

export async function readTold(pool: Pick<pg.Pool, "query">): Promise<Told | null> {
  const { rows } = await pool.query<Told>(
    `select host, interval_ms as "intervalMs", set_at as "setAt", told_at as "toldAt", failed_at as "failedAt", last_error as "lastError" from outgoing_heartbeat`,
  );
  return rows[0] ?? null;
}

export type Setting = {
  readonly sealed: string;
  readonly host: string;
  readonly intervalMs: number;
  readonly at: number;
};

export async function writeTelling(client: Pick<pg.PoolClient, "query">, setting: Setting | null): Promise<void> {
  await client.query("delete from outgoing_heartbeat");
  if (setting === null) return;
  const { sealed, host, intervalMs, at } = setting;
  await client.query(
    "insert into outgoing_heartbeat (sealed, host, interval_ms, set_at, next_at) values ($1, $2, $3, $4, $4)",
    [sealed, host, intervalMs, at],
  );
}
