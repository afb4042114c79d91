/** Whether this node can accept, decide and send. The database is asked by a write, through the pool that decides: one that
 *  can only be read is of no use to a page. The row it writes also tells other nodes, and the next start, how late it is. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import { type Clock, stopwatch } from "../platform/clock.ts";

type Known = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  /** How long the oldest input has waited to be committed. */
  readonly waitingMs: () => number;
  /** Since timers, and what is due to leave, were last looked for. */
  readonly timersSweptMs: () => number;
  readonly outboxSweptMs: () => number;
  /** What has no channel here cannot leave, and the checklist says so; that is no fault of this node. */
  readonly channels: readonly string[];
};

export type Reason = "database" | "deciding" | "sending";
export type Readiness = {
  /** Empty: ready. */
  readonly reasons: () => Promise<Reason[]>;
  readonly stop: () => void;
};

const probeTimeoutMs = 2_000;
/** It is public: a probe answers for all who ask meanwhile. */
const probeKeptMs = 1_000;
const beatMs = 5_000;
const stuckMs = 30_000;
/** An effect that waits longer than this means that nothing leaves. */
const queueAlarmMs = 60_000;

export function createReadiness(known: Known): Readiness {
  const id = randomUUID();
  let probed: { readonly ageMs: () => number; readonly reasons: Promise<Reason[]> } | null = null;
  const reasons = (): Promise<Reason[]> => {
    if (probed === null || probed.ageMs() > probeKeptMs) probed = { ageMs: stopwatch(), reasons: probe(known, id) };
    return probed.reasons;
  };
  const beat = setInterval(() => void reasons(), beatMs);
  beat.unref();
  return { reasons, stop: () => clearInterval(beat) };
}

async function probe(known: Known, id: string): Promise<Reason[]> {
  const written = Promise.all([writeBeat(known, id), oldestWaiting(known)]).then(
    ([, oldestMs]): Reason[] => [
      ...(Math.max(known.waitingMs(), known.timersSweptMs()) > stuckMs ? (["deciding"] as const) : []),
      ...(oldestMs > queueAlarmMs || known.outboxSweptMs() > stuckMs ? (["sending"] as const) : []),
    ],
    (): Reason[] => ["database"],
  );
  const late = new Promise<Reason[]>((done) => setTimeout(() => done(["database"]), probeTimeoutMs).unref());
  return Promise.race([written, late]);
}

async function writeBeat({ pool, clock }: Known, id: string): Promise<void> {
  await pool.query({
    name: "beat",
    text: "insert into nodes (id, seen_at, clock_skew_ms) values ($1, $2, $3) on conflict (id) do update set seen_at = excluded.seen_at, clock_skew_ms = excluded.clock_skew_ms",
    values: [id, clock.now(), clock.skewMs()],
  });
}

async function oldestWaiting({ pool, clock, channels }: Known): Promise<number> {
  const now = clock.now();
  const { rows } = await pool.query<{ oldest: number | null }>({
    name: "oldest-effect",
    text: "select min(due_at) as oldest from outbox where status = 'pending' and channel = any($2) and greatest(due_at, lease_until) < $1",
    values: [now, channels],
  });
  return now - (rows[0]?.oldest ?? now);
}

/** Whether the record answers. */
export async function isReadable(pool: pg.Pool): Promise<boolean> {
  await pool.query("select from noted_heads limit 1");
  return true;
}
