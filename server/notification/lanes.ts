/** A lane for each channel: what is due is claimed while there is room, and never more than the channel sends at once, so that
 *  none waits out its lease in a queue, none waits for its neighbours, and a channel that hangs holds up no other. Within a
 *  lane no destination has all the seats. A seat is for what is being sent: what has left is written down without one, so that
 *  slow commits hold up no call. */
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { type Clock, stopwatch } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import { claimOutbox, putBackOutbox } from "../platform/outbox.ts";
import { type Inspected, inspect } from "./store.ts";

export type Lane = {
  readonly channel: string;
  /** Something is due: claims all of it. */
  readonly sweep: () => Promise<void>;
  /** Nothing is due: waits for what is under way. */
  readonly rest: () => Promise<void>;
  /** Milliseconds since what is due was last claimed. */
  readonly sweptMs: () => number;
  readonly stop: () => Promise<void>;
};

export type LaneKnown = {
  readonly channel: string;
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
  /** How many leave at once. */
  readonly seats: number;
  /** Of which to one destination. */
  readonly seatsEach: number;
  /** `leave`: it has been sent, or will not be: another may have its seat. */
  readonly carryOut: (one: Inspected, leave: () => void) => Promise<void>;
};

const putBackMs = 1_000;
/** Of what has left and is not written down yet, so many for each seat: what is claimed stays well within its lease. */
const writingEach = 8;
/** A claim is a transaction: when there is more than fits, seats that fall free within so long are filled by one. */
const gatherMs = 8;

export function createLane(known: LaneKnown): Lane {
  const { pool, clock, log, channel, seats } = known;
  const underWay = new Set<Promise<void>>();
  const seated = createSeats();
  let claiming: Promise<void> | null = null;
  let full = false;
  let again = false;
  let stopped = false;
  let sweptMs = stopwatch();
  const start = (one: Inspected): void => {
    const leave = seated.take(destinationOf(one));
    const done: Promise<void> = known.carryOut(one, leave).finally(() => {
      leave();
      underWay.delete(done);
    });
    underWay.add(done);
  };
  const claimWhatFits = async (): Promise<boolean> => {
    if (full && seats - seated.all.size < seats / 2) await sleep(gatherMs);
    const room = Math.min(seats - seated.all.size, seats * writingEach - underWay.size);
    if (room <= 0) return Promise.race(seated.all.size === seats ? seated.all : underWay).then(() => true);
    const claimed = await claimOutbox(pool, { now: clock.now(), limit: room, channel }, inspect);
    sweptMs = stopwatch();
    for (const one of claimed) {
      if (seated.to(destinationOf(one)) < known.seatsEach) start(one);
      else await putBackOutbox(pool, one.claimed, clock.now() + putBackMs);
    }
    full = claimed.length === room;
    return full;
  };
  const claimAll = async (): Promise<void> => {
    do {
      again = false;
      while (!stopped && (await claimWhatFits()));
    } while (again && !stopped);
  };
  const rest = async (): Promise<void> => {
    await claiming;
    await Promise.all(underWay);
  };
  return {
    channel,
    sweep: async () => {
      if (stopped) return;
      again = true;
      claiming ??= claimAll()
        .catch((error: unknown) => log.error({ err: error, channel }, "outbox sweep failed"))
        .finally(() => {
          claiming = null;
        });
      await rest();
    },
    rest: async () => {
      if (claiming === null) sweptMs = stopwatch();
      await rest();
    },
    sweptMs: () => sweptMs(),
    stop: async () => {
      stopped = true;
      await rest();
    },
  };
}

/** Who sits, each until it has left, and how many of them for one destination. */
function createSeats() {
  const all = new Set<Promise<void>>();
  const busy = new Map<string, number>();
  const to = (destination: string): number => busy.get(destination) ?? 0;
  return {
    all: all as ReadonlySet<Promise<void>>,
    to,
    /** Gives what frees the seat again; a second time it does nothing. */
    take: (destination: string): (() => void) => {
      const { promise: left, resolve } = Promise.withResolvers<void>();
      all.add(left);
      busy.set(destination, to(destination) + 1);
      return () => {
        if (!all.delete(left)) return;
        busy.set(destination, to(destination) - 1);
        if (to(destination) === 0) busy.delete(destination);
        resolve();
      };
    },
  };
}

/** The server behind an address; mail has one for all, and a webhook of a policy is one by itself. */
function destinationOf({ point, claimed }: Inspected): string {
  const { webhook } = claimed.payload;
  return typeof webhook === "string" ? webhook : (URL.parse(point?.address ?? "")?.host ?? "");
}
