/** Carries pages and notices out. A page is claimed, checked against its incident in the same transaction (somebody may
 *  have answered meanwhile), sent, and its outcome comes back in as an input. At least once: a duplicate is possible only
 *  when we died between the provider's yes and our commit, and that one says so. */
import type pg from "pg";
import type { Directory } from "../../core/desk/directory.ts";
import type { PageOutcome } from "../../core/desk/step.ts";
import type { Person } from "../../core/directory/types.ts";
import { type Clock, stopwatch } from "../platform/clock.ts";
import { transact } from "../platform/database.ts";
import type { Log } from "../platform/log.ts";
import type { Metrics } from "../platform/metrics.ts";
import { attemptsMax, type Claimed, claimOutbox, type Ended, endOutbox, retryOutbox } from "../platform/outbox.ts";
import { type EmailChannel, type Mail, sendingMax } from "./channels/email.ts";
import { type Inspected, inspect, type Loaded } from "./store.ts";

export type Sender = {
  readonly sweep: () => Promise<void>;
  /** Milliseconds since what is due was last claimed. */
  readonly sweptMs: () => number;
  readonly stop: () => Promise<void>;
};

export type SenderKnown = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly directory: () => Directory;
  /** Null: mail is kept in the outbox page. */
  readonly email: EmailChannel | null;
  readonly compose: (claimed: Claimed, person: Person, incident: Loaded, recipient: string) => Mail;
  /** Tells the desk what became of a page, with the outbox row in the same transaction. */
  readonly report: (claimed: Claimed, outcome: PageOutcome, ended: Ended, error: string | null) => Promise<void>;
  /** Stops a test build at a named point, to prove what a crash there costs. */
  readonly crashAt: string | null;
};

/** What is due is claimed while there is room, and never more than the channel sends at once, so that none waits out its
 *  lease in a queue, and none waits for its neighbours either. */
export function createSender(known: SenderKnown): Sender {
  const underWay = new Set<Promise<void>>();
  let claiming: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let sweptMs = stopwatch();
  const start = (one: Inspected): void => {
    const done: Promise<void> = carryOut(known, one).finally(() => underWay.delete(done));
    underWay.add(done);
  };
  const claimWhatFits = async (): Promise<boolean> => {
    const room = sendingMax - underWay.size;
    if (room === 0) return Promise.race(underWay).then(() => true);
    const claimed = await claimOutbox(known.pool, { now: known.clock.now(), limit: room }, inspect);
    sweptMs = stopwatch();
    for (const one of claimed) start(one);
    return claimed.length === room;
  };
  const claimAll = async (): Promise<void> => {
    do {
      again = false;
      while (!stopped && (await claimWhatFits()));
    } while (again && !stopped);
  };
  return {
    sweep: async () => {
      if (stopped || known.email === null) return;
      again = true;
      claiming ??= claimAll()
        .catch((error: unknown) => known.log.error({ err: error }, "outbox sweep failed"))
        .finally(() => {
          claiming = null;
        });
      await claiming;
      await Promise.all(underWay);
    },
    sweptMs: () => sweptMs(),
    stop: async () => {
      stopped = true;
      await claiming;
      await Promise.all(underWay);
    },
  };
}

async function carryOut(known: SenderKnown, { claimed, loaded, withdrawn }: Inspected): Promise<void> {
  crash(known, "after_claim");
  try {
    if (withdrawn !== null)
      return await known.report(claimed, { kind: "withdrawn", because: withdrawn }, "withdrawn", null);
    if (known.clock.now() > claimed.notAfter) {
      return await known.report(claimed, { kind: "expired", notAfter: claimed.notAfter }, "expired", null);
    }
    await send(known, claimed, loaded);
  } catch (error) {
    known.log.error({ err: error, outbox: claimed.id }, "an effect could not be carried out");
    const why = { error: String(error).slice(0, 300), now: known.clock.now(), unknown: false };
    await retryOutbox(known.pool, claimed, why).catch(() => {});
  }
}

async function send(known: SenderKnown, claimed: Claimed, loaded: Loaded | null): Promise<void> {
  const person = known.directory().people.get(claimed.personId ?? "");
  const point = person?.contactPoints.find((one) => one.kind === "email" && one.enabled);
  if (!person || !point || !loaded || known.email === null) {
    return known.report(claimed, { kind: "failed", error: "no-contact-point" }, "dead", "no-contact-point");
  }
  /* Whoever left the desk since could not answer: the next is called at once. */
  if (!person.active) return known.report(claimed, { kind: "failed", error: "inactive" }, "dead", "inactive");
  const sent = await known.email.send(known.compose(claimed, person, loaded, point.address));
  crash(known, "after_send");
  if (sent.kind === "accepted") {
    known.metrics.pages.inc({ channel: "email", outcome: "accepted" });
    known.metrics.delivery.observe((known.clock.now() - claimed.dueAt) / 1_000);
    return reportSent(known, claimed);
  }
  /* A server that is away is tried until it is too late for this call; meanwhile silence passes it on like any other. */
  if (sent.kind === "later" && (sent.nobody || claimed.attempts < attemptsMax)) {
    known.metrics.pages.inc({ channel: "email", outcome: "retried" });
    return retryOutbox(known.pool, claimed, { error: sent.error, now: known.clock.now(), unknown: sent.unknown });
  }
  known.metrics.pages.inc({ channel: "email", outcome: "dead" });
  return known.report(claimed, { kind: "failed", error: sent.error }, "dead", sent.error);
}

/** It has left: only saying so may still fail. Then the row stays under its lease, its attempt unknown, and what is sent
 *  again says that it may be a duplicate. */
async function reportSent(known: SenderKnown, claimed: Claimed): Promise<void> {
  try {
    await known.report(claimed, { kind: "sent", possibleDuplicate: claimed.possibleDuplicate }, "sent", null);
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
