/** Carries pages and notices out. A page is claimed, checked against its incident in the same transaction (somebody may
 *  have answered meanwhile), sent, and its outcome comes back in as an input. At least once: a duplicate is possible only
 *  when we died between the provider's yes and our commit, and that one says so. */
import type pg from "pg";
import type { Directory } from "../../core/desk/directory.ts";
import type { PageOutcome } from "../../core/desk/step.ts";
import type { ChannelKind, Person } from "../../core/directory/types.ts";
import { attemptsMax } from "../../core/kernel/attempts.ts";
import { heldUntil, soundsWindowMs, urgencyOf } from "../../core/notification/turns.ts";
import type { Clock } from "../platform/clock.ts";
import { transact } from "../platform/database.ts";
import type { Log } from "../platform/log.ts";
import type { Metrics } from "../platform/metrics.ts";
import { type Claimed, type Ended, endOutbox, retryOutbox, type Why } from "../platform/outbox.ts";
import type { Sent } from "./channels/sent.ts";
import type { Composed } from "./compose.ts";
import { type ContactRow, mayBeCalled, noteFailure, noteSuccess } from "./contact-store.ts";
import { lastSentAt } from "./delivery-store.ts";
import { createLane, type Lane } from "./lanes.ts";
import type { Message } from "./message.ts";
import type { Inspected, Loaded } from "./store.ts";

export type Sender = {
  readonly sweep: () => Promise<void>;
  /** Milliseconds since what is due was last claimed, on the channel where that is longest ago. */
  readonly sweptMs: () => number;
  readonly stop: () => Promise<void>;
};

/** A channel as the sender uses it: a message in its form, to a contact point. */
export type Way = {
  readonly channel: ChannelKind;
  readonly seats: number;
  readonly seatsEach: number;
  readonly send: (point: ContactRow, message: Message, claimed: Claimed) => Promise<Sent>;
  /** What came of it, kept as evidence, where sending does not keep it itself. */
  readonly keep?: (claimed: Claimed, sent: Sent) => Promise<void>;
};

export type SenderKnown = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly directory: () => Directory;
  /** What is for a channel that is not among them stays in the outbox. */
  readonly ways: readonly Way[];
  /** What leaves for nobody in particular. */
  readonly besides: readonly Lane[];
  readonly compose: (composed: Composed, loaded: Loaded | null) => Message | null;
  /** Tells the desk what became of a page, with the outbox row in the same transaction. */
  readonly report: (claimed: Claimed, outcome: PageOutcome, ended: Ended, error: string | null) => Promise<void>;
  /** Tells it that a page is tried again, likewise. */
  readonly delay: (claimed: Claimed, why: Why) => Promise<void>;
  /** Switches off a contact point whose receiver wants nothing more. */
  readonly switchOff: (point: ContactRow) => Promise<void>;
  /** Stops a test build at a named point, to prove what a crash there costs. */
  readonly crashAt: string | null;
};

export function createSender(known: SenderKnown): Sender {
  const { pool, clock, log } = known;
  const ways = known.ways.map((way) =>
    createLane({ ...way, pool, clock, log, carryOut: (one, leave) => carryOut(known, way, one, leave) }),
  );
  const lanes: readonly Lane[] = [...ways, ...known.besides];
  return {
    sweep: async () => void (await Promise.all(lanes.map((lane) => lane.sweep()))),
    sweptMs: () => Math.max(0, ...lanes.map((lane) => lane.sweptMs())),
    stop: async () => void (await Promise.all(lanes.map((lane) => lane.stop()))),
  };
}

async function carryOut(known: SenderKnown, way: Way, inspected: Inspected, leave: () => void): Promise<void> {
  const { claimed, loaded, point, withdrawn } = inspected;
  crash(known, "after_claim");
  try {
    if (withdrawn !== null)
      return await known.report(claimed, { kind: "withdrawn", because: withdrawn }, "withdrawn", null);
    if (known.clock.now() > claimed.notAfter) {
      return await known.report(claimed, { kind: "expired", notAfter: claimed.notAfter }, "expired", null);
    }
    const person = known.directory().people.get(claimed.personId ?? "");
    /* Whoever left the desk since could not answer: the next is called at once. */
    if (person?.active === false) return await giveUp(known, claimed, "inactive");
    const ready = person && point && mayReceive(claimed, point) ? { claimed, person, point } : null;
    const message = ready && known.compose(ready, loaded);
    if (!ready || !message) return await giveUp(known, claimed, "no-contact-point");
    if (await heldBack(known, ready, loaded)) return;
    await send(known, way, { ...ready, message, leave });
  } catch (error) {
    known.log.error({ err: error, outbox: claimed.id }, "an effect could not be carried out");
    const why = { error: String(error).slice(0, 300), now: known.clock.now(), unknown: false };
    await retryOutbox(known.pool, claimed, why).catch(() => {});
  }
}

/** A code is for what is not proved yet; everything else is for what is. */
const mayReceive = (claimed: Claimed, point: ContactRow): boolean => claimed.kind === "code" || mayBeCalled(point);

async function giveUp(known: SenderKnown, claimed: Claimed, error: string): Promise<void> {
  known.metrics.pages.inc({ channel: claimed.channel, outcome: "dead" });
  return known.report(claimed, { kind: "failed", error }, "dead", error);
}

/** What does not press waits when this telephone has sounded too often just now; whoever has another way is called by it. */
async function heldBack(known: SenderKnown, { claimed, point }: Composed, loaded: Loaded | null): Promise<boolean> {
  if (claimed.kind !== "page" || loaded === null) return false;
  const urgency = urgencyOf(loaded.incident.priority);
  if (urgency === "high") return false;
  const now = known.clock.now();
  const sentAt = await lastSentAt(known.pool, point.id, now - soundsWindowMs);
  const until = heldUntil(point.kind, urgency, { sentAt, now });
  if (until === null) return false;
  const why: Why = { error: "throttled", unknown: false, now, waitMs: until - now };
  if (claimed.attempts === 1) await known.delay(claimed, why);
  else await retryOutbox(known.pool, claimed, why);
  return true;
}

type Ready = Composed & { readonly person: Person; readonly message: Message; readonly leave: () => void };

/** Nothing was asked of it: that is no failure, and counts for none. */
const notAsked: Sent = { kind: "later", error: "paused", unknown: false, nobody: true };

async function send(known: SenderKnown, way: Way, { claimed, point, message, leave }: Ready): Promise<void> {
  const { clock, metrics, pool } = known;
  const { channel } = way;
  const paused = point.pausedUntil !== null && point.pausedUntil > clock.now();
  const sent = paused ? notAsked : await way.send(point, message, claimed);
  leave();
  crash(known, "after_send");
  if (!paused) await way.keep?.(claimed, sent);
  if (sent.kind === "accepted") {
    metrics.pages.inc({ channel, outcome: "accepted" });
    metrics.delivery.observe((clock.now() - claimed.dueAt) / 1_000);
    return reportSent(known, claimed, point);
  }
  const itsOwn = sent.kind === "never" || (channel !== "email" && sent.ofProvider !== true);
  if (!paused && itsOwn) await noteFailure(pool, point.id, sent.error, clock.now());
  /* A server that is away is tried until it is too late for this call; meanwhile silence passes it on like any other. */
  if (sent.kind === "later" && (sent.nobody || claimed.attempts < attemptsMax)) {
    metrics.pages.inc({ channel, outcome: "retried" });
    const { error, unknown, waitMs } = sent;
    const why: Why = { error, unknown, now: clock.now(), waitMs: waitMs ?? null };
    if (claimed.kind === "page" && claimed.attempts === 1) return known.delay(claimed, why);
    await retryOutbox(pool, claimed, why);
    return;
  }
  if (sent.kind === "never" && sent.gone) await known.switchOff(point);
  await giveUp(known, claimed, sent.error);
}

/** It has left: only saying so may still fail. Then the row stays under its lease, its attempt unknown, and what is sent
 *  again says that it may be a duplicate. */
async function reportSent(known: SenderKnown, claimed: Claimed, point: ContactRow): Promise<void> {
  try {
    await known.report(claimed, { kind: "sent", possibleDuplicate: claimed.possibleDuplicate }, "sent", null);
    if (point.failures > 0 || point.lastError !== null) await noteSuccess(known.pool, point.id);
  } catch (error) {
    known.log.error({ err: error, outbox: claimed.id }, "a page left, and its outcome could not be written");
  }
}

function crash(known: SenderKnown, point: string): void {
  if (known.crashAt === point) process.kill(process.pid, "SIGKILL");
}

/** Notices have no place in the paging workflow: only their row changes. */
export async function endNotice(
  pool: pg.Pool,
  claimed: Claimed,
  status: Ended,
  known: { readonly at: number; readonly error?: string },
): Promise<void> {
  await transact(pool, 5_000, (client) => endOutbox(client, claimed, status, known));
}
