/** Reads the mailbox of answers, by one node at a time. A mailbox that does not answer is tried less and less often, and the
 *  checklist and the figures say so; each mail is read once, and one that cannot be read keeps none behind it. */
import type pg from "pg";
import { Counter, Gauge } from "prom-client";
import { secondMs } from "../../core/kernel/time.ts";
import { type Clock, stopwatch } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { Metrics } from "../platform/metrics.ts";
import { folderOf, type Mailbox, openMailbox, type ReadSoFar } from "./channels/imap.ts";
import { type ReadMail, readMail } from "./incoming-mail.ts";
import type { AnswerMail, Became } from "./mail-answers.ts";
import {
  claimMailbox,
  noteProgress,
  noteReading,
  noteReadingFailure,
  readReading,
  releaseMailbox,
} from "./reply-store.ts";

export type ReplyReader = {
  /** Reads what has come; `beat` looks whether it is time, or whether something was announced. */
  readonly sweep: () => Promise<void>;
  readonly beat: () => void;
  readonly stop: () => Promise<void>;
};

export type ReplyReaderKnown = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly imapUrl: string;
  /** Of this process. */
  readonly holder: string;
  readonly answer: AnswerMail;
};

/** The server announces what comes; a connection that died without a word is found out by asking. */
const lookEveryMs = 20 * secondMs;

type Count = (became: Became | "unreadable") => void;

/** Whose mailbox, where, without the password. */
export const mailboxName = (imapUrl: string): string => {
  const url = new URL(imapUrl);
  return `${decodeURIComponent(url.username)}@${url.host}/${folderOf(url)}`;
};

export type RepliesRead = { readonly mailbox: string; readonly readAt: number | null; readonly error: string | null };

/** How reading goes; of a mailbox that was named since, nothing is known yet. */
export async function readReplies(pool: pg.Pool, imapUrl: string): Promise<RepliesRead> {
  const mailbox = mailboxName(imapUrl);
  const kept = await readReading(pool);
  if (kept?.mailbox !== mailbox) return { mailbox, readAt: null, error: null };
  return { mailbox, readAt: kept.readAt, error: kept.lastError };
}

export function createReplyReader(known: ReplyReaderKnown): ReplyReader {
  const { pool, log, holder } = known;
  const count = figures(known);
  let running: Promise<void> | null = null;
  let stopped = false;
  let announced = true;
  let lookedMs = stopwatch();
  const mailbox = openMailbox(known.imapUrl, () => {
    announced = true;
  });
  const read = (): Promise<void> => {
    announced = false;
    running = readNew(known, { mailbox, count, isStopped: () => stopped })
      .catch((error: unknown) => log.error({ err: error }, "answers by mail could not be read"))
      .finally(() => {
        lookedMs = stopwatch();
        running = null;
      });
    return running;
  };
  /* What comes while one reading is under way may not be in it. */
  const sweep = async (): Promise<void> => {
    while (running !== null) await running;
    if (!stopped) await read();
  };
  return {
    sweep,
    beat: () => {
      if (!stopped && running === null && (announced || lookedMs() >= lookEveryMs)) void read();
    },
    stop: async () => {
      stopped = true;
      await running;
      mailbox.close();
      await releaseMailbox(pool, holder).catch(() => {});
    },
  };
}

function figures({ pool, clock, metrics }: ReplyReaderKnown): Count {
  const registers = [metrics.registry];
  const replies = new Counter({
    name: "tocsin_mail_replies_total",
    help: "Mails found in the mailbox of answers, by what became of them",
    labelNames: ["became"],
    registers,
  });
  new Gauge({
    name: "tocsin_reply_mailbox_age_seconds",
    help: "Since the mailbox of answers was last read by any node; -1 where it never was",
    registers,
    async collect() {
      const reading = await readReading(pool).catch(() => null);
      this.set(reading?.readAt ? Math.max(0, clock.now() - reading.readAt) / secondMs : -1);
    },
  });
  return (became) => replies.inc({ became });
}

type Reading = { readonly mailbox: Mailbox; readonly count: Count; readonly isStopped: () => boolean };

async function readNew(known: ReplyReaderKnown, reading: Reading): Promise<void> {
  const { pool, clock, log, holder } = known;
  const claim = { mailbox: mailboxName(known.imapUrl), holder, now: clock.now() };
  const soFar = await claimMailbox(pool, claim);
  if (soFar === null) return reading.mailbox.close();
  try {
    await readFrom(known, reading, soFar);
    await noteReading(pool, holder, clock.now());
  } catch (fault) {
    reading.mailbox.close();
    const error = wordsOf(fault);
    const failures = await noteReadingFailure(pool, { holder, error, now: clock.now() });
    log.warn({ event: "reply-mailbox-failed", error, failures }, "the mailbox of answers could not be read");
  }
}

async function readFrom(known: ReplyReaderKnown, { mailbox, count, isStopped }: Reading, first: ReadSoFar) {
  const { pool, clock, holder } = known;
  let soFar = first;
  for (;;) {
    const { uidValidity, uids, skipTo } = await mailbox.list(soFar, clock.now());
    const moved = async (uidSeen: number): Promise<boolean> => {
      soFar = { uidValidity, uidSeen };
      return noteProgress(pool, { ...soFar, holder, now: clock.now() });
    };
    if (uids.length === 0) {
      await moved(skipTo);
      return;
    }
    for (const uid of uids) {
      if (isStopped()) return;
      const became = await readOne(known, mailbox, uid);
      if (became !== null) count(became);
      if (!(await moved(uid))) return;
    }
  }
}

async function readOne(known: ReplyReaderKnown, mailbox: Mailbox, uid: number): Promise<Became | "unreadable" | null> {
  const found = await mailbox.fetch(uid);
  if (found === null) return null;
  const mail = await readMail(found.raw).catch((error: unknown) => {
    known.log.info({ event: "mail-unreadable", uid, err: error }, "a mail could not be read, and is left");
    return null as ReadMail | null;
  });
  if (mail === null) return "unreadable";
  const became = await known.answer(mail);
  if (became === "obeyed" || became === "told") await mailbox.markRead(uid);
  return became;
}

/** Of the server's answer, the words that say why: never what was asked, which holds the password. */
function wordsOf(fault: unknown): string {
  const { responseText, code, message } = fault as { responseText?: string; code?: string; message?: string };
  return `${code ?? ""} ${responseText ?? message ?? "unknown"}`.trim().slice(0, 300);
}
