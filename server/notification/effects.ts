/** Carries pages and notices out. A page is claimed, checked against its incident in the same transaction (somebody may
 *  have answered meanwhile), sent, and its outcome comes back in as an input. At least once: a duplicate is possible only
 *  when we died between the provider's yes and our commit, and that one says so. */
import type pg from "pg";
import type { Directory } from "../../core/desk/directory.ts";
import type { PageOutcome } from "../../core/desk/inputs.ts";
import type { ChannelKind, Person } from "../../core/directory/types.ts";
import { attemptsMax } from "../../core/kernel/attempts.ts";
import { heldUntil, soundsWindowMs, urgencyOf } from "../../core/notification/turns.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { Metrics } from "../platform/metrics.ts";
import { type Claimed, dueChannels, type Ended, retryOutbox, type Why } from "../platform/outbox.ts";
import type { Sent } from "./channels/sent.ts";
import type { Composed } from "./compose.ts";
import { type ContactRow, mayBeCalled, noteFailure, noteSuccess } from "./contact-store.ts";
import { lastSentAt } from "./delivery-store.ts";
import { mayBeHeld, presses, takeTogether } from "./held-store.ts";
import { createLane, type Lane } from "./lanes.ts";
import type { Message } from "./message.ts";
import { type Evidence, insertEvidence } from "./provider-store.ts";
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
  /** What came of it, as evidence, where sending does not keep it itself. */
  readonly evidence?: (claimed: Claimed, sent: Sent) => Evidence;
};

export type Became = { readonly ended: Ended; readonly error?: string; readonly evidence?: Evidence };

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
  /** What was held back for one contact point, in one message. */
  readonly digest: (composed: Composed, held: readonly Inspected[]) => Message;
  /** Tells the desk what became of a page, with the outbox row and its evidence in the same transaction. */
  readonly report: (claimed: Claimed, outcome: PageOutcome, became: Became) => Promise<void>;
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
    createLane({ ...way, pool, clock, log, carryOut: (one, leave) => carryOut(known, leaving(way, leave), one) }),
  );
  const lanes: readonly Lane[] = [...ways, ...known.besides];
  const channels = lanes.map(({ channel }) => channel);
  const askWhatIsDue = oneAtATime(() => dueChannels(pool, channels, clock.now()));
  let stopped = false;
  let asked: Promise<unknown> = Promise.resolve();
  const sweep = async (): Promise<void> => {
    if (stopped) return;
    const asking = askWhatIsDue();
    asked = Promise.allSettled([asked, asking]);
    const due = await asking;
    if (stopped) return;
    await Promise.all(lanes.map((lane) => (due.has(lane.channel) ? lane.sweep() : lane.rest())));
  };
  return {
    sweep: () => sweep().catch((error: unknown) => log.error({ err: error }, "outbox sweep failed")),
    sweptMs: () => Math.max(0, ...lanes.map((lane) => lane.sweptMs())),
    /* What is asked of the database is answered before it closes. */
    stop: async () => {
      stopped = true;
      await asked;
      await Promise.all(lanes.map((lane) => lane.stop()));
    },
  };
}

/** Whoever asks while an answer is under way shares the next one with all that ask meanwhile: it is of after they asked. */
function oneAtATime<T>(ask: () => Promise<T>): () => Promise<T> {
  let current: Promise<T> | null = null;
  let next: Promise<T> | null = null;
  const begin = (): Promise<T> => {
    next = null;
    current = ask().finally(() => {
      current = null;
    });
    return current;
  };
  return () => {
    if (current === null) return begin();
    next ??= current.then(begin, begin);
    return next;
  };
}

/** What is written down of it afterwards takes no seat. */
const leaving = (way: Way, leave: () => void): Way => ({
  ...way,
  send: (point, message, claimed) => way.send(point, message, claimed).finally(leave),
});

async function carryOut(known: SenderKnown, way: Way, one: Inspected): Promise<void> {
  const { claimed, loaded } = one;
  crash(known, "after_claim");
  try {
    const alone = presses(claimed.kind, loaded?.incident.priority ?? null) || !mayBeHeld(claimed);
    const others = alone ? [] : await takeTogether(known.pool, claimed, known.clock.now());
    if (others === null) return;
    if (others.length === 0) await carryOutOne(known, way, one);
    else await carryOutTogether(known, way, [one, ...others]);
  } catch (error) {
    known.log.error({ err: error, outbox: claimed.id }, "an effect could not be carried out");
    const why = { error: String(error).slice(0, 300), now: known.clock.now(), unknown: false };
    await retryOutbox(known.pool, claimed, why).catch(() => {});
  }
}

async function carryOutOne(known: SenderKnown, way: Way, { claimed, loaded, point, withdrawn }: Inspected) {
  if (withdrawn !== null) return withdraw(known, claimed, withdrawn);
  if (known.clock.now() > claimed.notAfter) return expire(known, claimed);
  const person = known.directory().people.get(claimed.personId ?? "");
  /* Whoever left the desk since could not answer: the next is called at once. */
  if (person?.active === false) return giveUp(known, claimed, "inactive");
  const ready = person && point && mayReceive(claimed, point) ? { claimed, person, point } : null;
  const message = ready && known.compose(ready, loaded);
  if (!ready || !message) return giveUp(known, claimed, "no-contact-point");
  const until = await heldBack(known, ready, loaded);
  if (until !== null) return hold(known, claimed, until);
  const attempted = await attempt(known, way, ready, message);
  await conclude(known, way, { claimed, attempted, with: 0 });
}

/** What was held back for one contact point, in one message: what still waits, and what became of the rest. Where nothing waits
 *  any more, nothing is sent. */
async function carryOutTogether(
  known: SenderKnown,
  way: Way,
  all: readonly [Inspected, ...Inspected[]],
): Promise<void> {
  const now = known.clock.now();
  const [lead] = all;
  const late = all.filter((one) => one.withdrawn === null && now > one.claimed.notAfter);
  const over = all.filter((one) => one.withdrawn !== null);
  const wanted = all.filter((one) => !late.includes(one) && !over.includes(one));
  await Promise.all(late.map((one) => expire(known, one.claimed)));
  const [first] = wanted;
  const person = known.directory().people.get(first?.claimed.personId ?? "");
  const told = over.filter((one) => person && wouldBeNews(one, person));
  const leave = async (): Promise<void> => {
    await Promise.all(over.map((one) => withdraw(known, one.claimed, one.withdrawn ?? "superseded")));
  };
  const wait = async (why: Why): Promise<void> => {
    await Promise.all(over.map((one) => retryOutbox(known.pool, one.claimed, why)));
  };
  if (!first) return leave();
  if (wanted.length + told.length === 1) {
    await carryOutOne(known, way, first);
    return leave();
  }
  const { claimed, point } = lead;
  if (!person?.active || !point || !mayReceive(claimed, point)) {
    const error = person?.active === false ? "inactive" : "no-contact-point";
    await Promise.all(wanted.map((one) => giveUp(known, one.claimed, error)));
    return leave();
  }
  const ready = { claimed, person, point };
  const call = wanted.find((one) => one.claimed.kind === "page") ?? first;
  const until = await heldBack(known, { ...ready, claimed: call.claimed }, call.loaded);
  if (until !== null) {
    await Promise.all(wanted.map((one) => hold(known, one.claimed, until)));
    return wait(throttled(now, until));
  }
  const message = known.digest(ready, [...wanted, ...told]);
  const attempted = await attempt(known, way, ready, message);
  const together = { attempted, with: wanted.length + told.length - 1 };
  await Promise.all(wanted.map((one) => conclude(known, way, { claimed: one.claimed, ...together })));
  return attempted.sent.kind === "later" ? wait(whyOf(known, attempted.sent)) : leave();
}

/** Of one that is over by itself they know, or there is a newer one: its status is then the reason. */
const knownReasons = ["sent", "failed", "expired", "withdrawn", "superseded"];

/** Nor what they did themselves. */
const wouldBeNews = ({ loaded, withdrawn }: Inspected, person: Person): boolean =>
  loaded !== null && !knownReasons.includes(withdrawn ?? "") && loaded.incident.acceptedBy?.id !== person.id;

const withdraw = (known: SenderKnown, claimed: Claimed, because: string): Promise<void> =>
  known.report(claimed, { kind: "withdrawn", because }, { ended: "withdrawn" });

const expire = (known: SenderKnown, claimed: Claimed): Promise<void> =>
  known.report(claimed, { kind: "expired", notAfter: claimed.notAfter }, { ended: "expired" });

/** A code is for what is not proved yet; everything else is for what is. */
const mayReceive = (claimed: Claimed, point: ContactRow): boolean => claimed.kind === "code" || mayBeCalled(point);

async function giveUp(known: SenderKnown, claimed: Claimed, error: string): Promise<void> {
  known.metrics.pages.inc({ channel: claimed.channel, outcome: "dead" });
  return known.report(claimed, { kind: "failed", error }, { ended: "dead", error });
}

/** Until when what does not press waits, this telephone having sounded too often just now; whoever has another way is called by
 *  it. */
async function heldBack(
  known: SenderKnown,
  { claimed, point }: Composed,
  loaded: Loaded | null,
): Promise<number | null> {
  if (claimed.kind !== "page" || loaded === null) return null;
  const urgency = urgencyOf(loaded.incident.priority);
  if (urgency === "high") return null;
  const now = known.clock.now();
  const sentAt = await lastSentAt(known.pool, point.id, now - soundsWindowMs);
  return heldUntil(point.kind, urgency, { sentAt, now });
}

const throttled = (now: number, until: number): Why => ({
  error: "throttled",
  unknown: false,
  now,
  waitMs: until - now,
});

async function hold(known: SenderKnown, claimed: Claimed, until: number): Promise<void> {
  const why = throttled(known.clock.now(), until);
  if (claimed.attempts === 1) await known.delay(claimed, why);
  else await retryOutbox(known.pool, claimed, why);
}

/** Nothing was asked of it: that is no failure, and counts for none. */
const notAsked: Sent = { kind: "later", error: "paused", unknown: false, nobody: true };

type Attempted = { readonly sent: Sent; readonly point: ContactRow; readonly evidence?: Evidence };

async function attempt(
  known: SenderKnown,
  way: Way,
  { claimed, point }: Composed,
  message: Message,
): Promise<Attempted> {
  const { clock, metrics, pool } = known;
  const { channel } = way;
  const paused = point.pausedUntil !== null && point.pausedUntil > clock.now();
  const sent = paused ? notAsked : await way.send(point, message, claimed);
  crash(known, "after_send");
  const evidence = paused ? undefined : way.evidence?.(claimed, sent);
  if (sent.kind === "accepted") {
    metrics.pages.inc({ channel, outcome: "accepted" });
    metrics.delivery.observe((clock.now() - claimed.dueAt) / 1_000);
    return { sent, point, ...(evidence && { evidence }) };
  }
  await keepAlone(pool, evidence);
  const itsOwn = sent.kind === "never" || (channel !== "email" && sent.ofProvider !== true);
  if (!paused && itsOwn) await noteFailure(pool, point.id, sent.error, clock.now());
  if (sent.kind === "never" && sent.gone) await known.switchOff(point);
  return { sent, point };
}

/** It has left: that this could not be kept must not send it again. */
async function keepAlone(pool: pg.Pool, evidence: Evidence | undefined): Promise<void> {
  if (evidence) await insertEvidence(pool, evidence).catch(() => {});
}

type Concluding = {
  readonly claimed: Claimed;
  readonly attempted: Attempted;
  /** How many others left in the same message. */
  readonly with: number;
};

async function conclude(known: SenderKnown, { channel }: Way, { claimed, attempted, with: others }: Concluding) {
  const { sent } = attempted;
  if (sent.kind === "accepted") return reportSent(known, claimed, attempted, others);
  /* A server that is away is tried until it is too late for this call; meanwhile silence passes it on like any other. */
  if (sent.kind === "later" && (sent.nobody || claimed.attempts < attemptsMax)) {
    known.metrics.pages.inc({ channel, outcome: "retried" });
    const why = whyOf(known, sent);
    if (claimed.kind === "page" && claimed.attempts === 1) return known.delay(claimed, why);
    await retryOutbox(known.pool, claimed, why);
    return;
  }
  await giveUp(known, claimed, sent.error);
}

const whyOf = ({ clock }: SenderKnown, { error, unknown, waitMs }: Extract<Sent, { kind: "later" }>): Why => ({
  error,
  unknown,
  now: clock.now(),
  waitMs: waitMs ?? null,
});

/** It has left: only saying so may still fail. Then the row stays under its lease, its attempt unknown, and what is sent
 *  again says that it may be a duplicate. */
async function reportSent(
  known: SenderKnown,
  claimed: Claimed,
  { point, evidence }: Attempted,
  others: number,
): Promise<void> {
  const { possibleDuplicate } = claimed;
  const own = evidence?.outboxId === claimed.id ? evidence : undefined;
  try {
    const outcome = { kind: "sent", possibleDuplicate, ...(others > 0 && { with: others }) } as const;
    await known.report(claimed, outcome, { ended: "sent", ...(own && { evidence: own }) });
    if (point.failures > 0 || point.lastError !== null) await noteSuccess(known.pool, point.id);
  } catch (error) {
    await keepAlone(known.pool, own);
    known.log.error({ err: error, outbox: claimed.id }, "a page left, and its outcome could not be written");
  }
}

function crash(known: SenderKnown, point: string): void {
  if (known.crashAt === point) process.kill(process.pid, "SIGKILL");
}
