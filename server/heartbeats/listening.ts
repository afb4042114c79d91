/** Hears signs of life, and raises what stays silent. A sign is known by the hash of its key, which is remembered for a
 *  moment, and mostly held in memory: it is written once in a quarter of its interval. What is late is raised by the way of
 *  all alerts, in the transaction that notes it, so that of several nodes one does it.
 *
 *  As long as some node listens a row says so. Where that was not renewed in time nobody could be heard, and no silence of
 *  that time is held against anybody. */
import type pg from "pg";
import { Gauge } from "prom-client";
import type { Directory } from "../../core/desk/directory.ts";
import {
  anew,
  becomesLate,
  type HeartbeatState,
  heartbeatSignal,
  heartbeatStates,
  heldUntil,
  pinged,
  stateOf,
} from "../../core/heartbeats/monitor.ts";
import { secondMs, toIso } from "../../core/kernel/time.ts";
import type { JsonObject, Language } from "../../core/kernel/vocabulary.ts";
import type { Submit } from "../desk/commit.ts";
import { type Clock, stopwatch } from "../platform/clock.ts";
import { transact } from "../platform/database.ts";
import type { Log } from "../platform/log.ts";
import type { Metrics } from "../platform/metrics.ts";
import { hashSecret } from "../platform/secrets.ts";
import {
  idOfKey,
  lockOne,
  lockWatch,
  type Monitor,
  readAll,
  readDue,
  readExpecting,
  readOne,
  readWatch,
  type Watch,
  writeWatch,
  writeWatched,
} from "./store.ts";

export type ListeningKnown = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly submit: Submit;
  readonly directory: () => Directory;
  readonly titleOf: (name: string, language: Language) => string;
};

export type Listening = {
  /** Of this monitor; null: there is none. Answered when what had to be written is. */
  readonly ping: (id: string) => Promise<HeartbeatState | null>;
  readonly pingByKey: (key: string) => Promise<HeartbeatState | null>;
  /** Ends its alert, if one is open. */
  readonly calm: (id: string) => Promise<void>;
  readonly forget: () => void;
  /** Writes what is held and raises what is late; `beat` does so when it is time. */
  readonly sweep: () => Promise<void>;
  readonly beat: () => void;
  readonly deaf: () => Promise<Watch["gap"]>;
  readonly stop: () => Promise<void>;
};

const sweepEveryMs = secondMs;
/** How long one word of a node that it listens holds, and when it says so again. */
const watchMs = 6 * secondMs;
const watchAgainMs = 2 * secondMs;
/** This node itself heard nothing for so long: its database was away, or it was held up. */
const deafMs = 15 * secondMs;
const rememberedMs = 5 * secondMs;
const rememberedMax = 10_000;
const budgetMs = 8 * secondMs;

type Held = { readonly state: HeartbeatState; readonly until: number; readonly written: number; latest: number };
type Hearing = ListeningKnown & { readonly held: Map<string, Held> };

export function createListening(known: ListeningKnown): Listening {
  const { pool, clock } = known;
  const hearing: Hearing = { ...known, held: new Map() };
  showStates(known);
  const keys = new Map<string, { readonly id: string | null; readonly until: number }>();
  const ping = (id: string): Promise<HeartbeatState | null> => {
    const now = clock.now();
    const held = hearing.held.get(id);
    if (held === undefined || now >= held.until) return write(hearing, id, now);
    held.latest = now;
    return Promise.resolve(held.state);
  };
  const forget = (): void => {
    keys.clear();
    hearing.held.clear();
  };
  const watch = createWatch(hearing);
  const sweeping = createSweeping(hearing, watch.look);
  return {
    ping,
    pingByKey: async (key) => {
      if (!/^[A-Za-z0-9]{16,64}$/.test(key)) return null;
      const now = clock.now();
      const remembered = keys.get(key);
      if (remembered && remembered.until > now) return remembered.id === null ? null : ping(remembered.id);
      const id = await idOfKey(pool, hashSecret(key));
      if (keys.size > rememberedMax) keys.clear();
      keys.set(key, { id, until: now + rememberedMs });
      return id === null ? null : ping(id);
    },
    calm: (id) => calm(hearing, id),
    forget,
    ...sweeping,
    deaf: async () => (await readWatch(pool))?.gap ?? null,
    stop: async () => {
      await sweeping.stop();
      await writeHeld(hearing, Number.POSITIVE_INFINITY);
      await watch.end();
    },
  };
}

/** In one transaction of its own, unless an alert is to be resolved in it. */
async function write(hearing: Hearing, id: string, at: number): Promise<HeartbeatState | null> {
  const noted = await transact(hearing.pool, budgetMs, async (client) => {
    const before = await lockOne(client, id);
    if (before === null) return null;
    const { watched, returned } = pinged(before.watched, at);
    if (!returned) await writeWatched(client, id, watched);
    return { before, watched, returned };
  });
  if (noted === null) {
    hearing.held.delete(id);
    return null;
  }
  if (noted.returned) await giveBack(hearing, noted.before, at);
  const state = stateOf(noted.watched);
  hearing.held.set(id, { state, until: heldUntil(at, noted.watched), written: at, latest: at });
  return state;
}

/** A sign after silence: what it ends and what is known of it are one. */
async function giveBack(hearing: Hearing, monitor: Monitor, at: number): Promise<void> {
  await submit(hearing, monitor, "resolve", at, async (client, now) => {
    const { watched, returned } = pinged(now.watched, at);
    await writeWatched(client, now.id, watched);
    return returned;
  });
}

async function calm(hearing: Hearing, id: string): Promise<void> {
  const monitor = await readOne(hearing.pool, id);
  if (!monitor || monitor.watched.lateSince === null) return;
  const at = hearing.clock.now();
  await submit(hearing, monitor, "resolve", at, async (client, now) => {
    await writeWatched(client, id, anew(now.watched, at));
    return now.watched.lateSince !== null;
  });
}

async function raise(hearing: Hearing, monitor: Monitor, at: number): Promise<void> {
  const since = becomesLate(monitor.watched, at)?.lateSince ?? at;
  await submit(hearing, monitor, "trigger", since, async (client, now) => {
    const late = becomesLate(now.watched, at);
    if (late !== null) await writeWatched(client, now.id, late);
    return late !== null;
  });
}

type Noting = (client: pg.PoolClient, now: Monitor) => Promise<boolean>;

async function submit(
  hearing: Hearing,
  monitor: Monitor,
  action: "trigger" | "resolve",
  since: number,
  note: Noting,
): Promise<void> {
  const { directory, metrics, titleOf } = hearing;
  const { id, integrationId, severity, priority, serviceId } = monitor;
  const title = monitor.message ?? titleOf(monitor.name, directory().language);
  const saying = { id, title, severity, priority, serviceId, details: detailsOf(monitor) };
  const signals = [heartbeatSignal(saying, action, since)];
  const outcome = await hearing.submit(
    { kind: "signals", integrationId, signals, causeId: `heartbeat/${id}` },
    {
      before: async (client) => {
        const now = await lockOne(client, id);
        return now !== null && note(client, now);
      },
    },
  );
  if ("signals" in outcome)
    for (const one of outcome.signals) metrics.signals.inc({ kind: "heartbeat", became: one.became });
}

function detailsOf({ name, description, tags, watched }: Monitor): JsonObject {
  const { intervalMs, graceMs, lastPingAt } = watched;
  return {
    heartbeat: name,
    intervalSeconds: intervalMs / secondMs,
    graceSeconds: graceMs / secondMs,
    lastPingAt: lastPingAt === null ? null : toIso(lastPingAt),
    ...(description !== null && { description }),
    ...(tags.length > 0 && { tags }),
  };
}

/** Signs that were held back are written once their quarter is over. */
async function writeHeld(hearing: Hearing, now: number): Promise<void> {
  for (const [id, { until, written, latest }] of hearing.held) {
    if (now < until) continue;
    hearing.held.delete(id);
    if (latest > written) await write(hearing, id, latest);
  }
}

function createSweeping(hearing: Hearing, look: () => Promise<void>) {
  const { pool, clock, log } = hearing;
  let running: Promise<void> | null = null;
  let stopped = false;
  let sweptMs: () => number = () => Number.POSITIVE_INFINITY;
  const work = async (): Promise<void> => {
    await look();
    await writeHeld(hearing, clock.now());
    const due = await readDue(pool, clock.now());
    for (const monitor of due) if (!stopped) await raise(hearing, monitor, clock.now());
  };
  const sweep = (): Promise<void> => {
    if (stopped) return Promise.resolve();
    running ??= work()
      .catch((error: unknown) => log.error({ err: error }, "heartbeats could not be looked at"))
      .finally(() => {
        sweptMs = stopwatch();
        running = null;
      });
    return running;
  };
  return {
    sweep,
    beat: () => {
      if (sweptMs() >= sweepEveryMs) void sweep();
    },
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}

/** Says that this node listens, and sees when nobody did. */
function createWatch(hearing: Hearing) {
  const { pool, clock, log } = hearing;
  let saidMs: (() => number) | null = null;
  let said = 0;
  const say = (): Promise<Watch["gap"]> =>
    transact(pool, budgetMs, async (client) => {
      const now = clock.now();
      const known = await lockWatch(client);
      const here = saidMs !== null && saidMs() < deafMs;
      const gap = !here && known !== null && known.until < now ? { from: known.until, until: now } : null;
      if (gap)
        for (const one of await readExpecting(client)) await writeWatched(client, one.id, anew(one.watched, now));
      const until = Math.max(now + watchMs, known?.until ?? 0);
      await writeWatch(client, { until, gap: gap ?? known?.gap ?? null });
      said = now;
      return gap;
    });
  return {
    look: async () => {
      if (saidMs !== null && saidMs() < watchAgainMs) return;
      const gap = await say();
      saidMs = stopwatch();
      if (gap)
        log.info(
          { event: "heartbeats-anew", from: toIso(gap.from), until: toIso(gap.until) },
          "nobody could be heard for a while; every heartbeat has its interval anew",
        );
    },
    /** Whoever starts next knows at once that nobody listened. */
    end: async () => {
      if (saidMs === null) return;
      await pool.query("update heartbeat_watch set watching_until = $1 where watching_until <= $2", [
        clock.now() - 1,
        said + watchMs,
      ]);
    },
  };
}

/** All states are said, so that one without any is 0 and not the last that was seen. */
function showStates({ pool, metrics }: ListeningKnown): void {
  new Gauge({
    name: "tocsin_heartbeats",
    help: "Heartbeats by what is known of each",
    labelNames: ["state"],
    registers: [metrics.registry],
    async collect() {
      const counted = await countByState(pool).catch(() => null);
      for (const [state, count] of counted ?? []) this.set({ state }, count);
    },
  });
}

async function countByState(pool: pg.Pool): Promise<ReadonlyMap<HeartbeatState, number>> {
  const all = await readAll(pool);
  return new Map(
    heartbeatStates.map((state) => [state, all.filter(({ watched }) => stateOf(watched) === state).length]),
  );
}
