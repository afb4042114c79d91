import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { restrictedAmong } from "./access/visible.ts";
import { answeringBack, composeIn, digestIn, titleIn } from "./answering-back.ts";
import { endAssistanceCall, fireAssistance, fireAssistanceCall } from "./assistance/timers.ts";
import { forgetUnkept } from "./attachments/store.ts";
import { forgetContributors } from "./contributors/store.ts";
import { type Demonstration, readDemonstration } from "./demonstration/store.ts";
import { type Committer, createCommitter } from "./desk/commit.ts";
import { createReadiness } from "./desk/readiness.ts";
import { createTimerWorker, type Worker } from "./desk/timers.ts";
import { keepUp } from "./desk/upkeep.ts";
import { createWatchdog, type Watchdog } from "./desk/watchdog.ts";
import { giveBackForgotten } from "./directory/leaving.ts";
import { createDirectoryCache, type DirectoryCache } from "./directory/load.ts";
import { change } from "./directory/store.ts";
import { beginHoleNotices, fireHoleNotices } from "./escalation/hole-notices.ts";
import { createListening } from "./heartbeats/listening.ts";
import { createTelling, type Telling } from "./heartbeats/telling.ts";
import { createIntakeLog } from "./intake/intake-log.ts";
import { type EmailChannel, openEmailChannel } from "./notification/channels/email.ts";
import type { ContactKnown } from "./notification/contact-routes.ts";
import { createSender, type Sender, type Way } from "./notification/effects.ts";
import type { Lane } from "./notification/lanes.ts";
import { createMailAnswers } from "./notification/mail-answers.ts";
import { createOutcomes } from "./notification/outcomes.ts";
import { createPosting, type PostingKnown } from "./notification/posting.ts";
import { createReplyMarks, type MarkReplies } from "./notification/reply-marks.ts";
import { createReplyReader, type ReplyReader } from "./notification/reply-reader.ts";
import { forgetReplies } from "./notification/reply-store.ts";
import { createSwitchOff } from "./notification/switch-off.ts";
import { openWays } from "./notification/ways.ts";
import { createWebApp } from "./pages/web-app.ts";
import { type Clock, databaseClock } from "./platform/clock.ts";
import { openPools, type Pools } from "./platform/database.ts";
import { createHttp } from "./platform/http.ts";
import { createMetrics, type Metrics } from "./platform/metrics.ts";
import { createOutgoing } from "./platform/outgoing.ts";
import { loadSecrets } from "./platform/secrets.ts";
import { createLiveStream, type LiveStream, sealedIds } from "./platform/stream.ts";
import {
  type Edges,
  holeNoticesKnown,
  listeningKnown,
  mailHostOf,
  type Parts,
  type Starting,
  serveAll,
  tellingKnown,
  watchdogKnown,
} from "./serve-all.ts";
import { assistanceKnown } from "./serve-assistance.ts";
import { invitingLane } from "./serve-contributors.ts";

export type Desk = {
  readonly http: FastifyInstance;
  readonly clock: Clock;
  readonly committer: Committer;
  readonly pools: Pools;
  readonly metrics: Metrics;
  readonly directory: DirectoryCache;
  /** This desk holds made-up data, and sends nothing. */
  readonly demonstration: Demonstration | null;
  /** Carries out whatever is due now; tests call it after moving the clock. */
  readonly sweep: () => Promise<void>;
  /** Looks whether all that should be in motion is. */
  readonly watch: () => Promise<void>;
  /** What it still waits for stands in `unfinished` meanwhile. */
  readonly stop: (unfinished?: Set<string>) => Promise<void>;
};

/** How often due work is looked for when nothing has said that there is some. */
const sweepMs = 250;

export async function startDesk({ config, connection, log }: Starting): Promise<Desk> {
  const pools = openPools(connection, (error) => log.warn({ err: error }, "a database connection was lost"));
  const secrets = loadSecrets(config.secretKey, config.dataDir);
  const clock = await databaseClock(pools.reading, (skew) =>
    log.warn({ event: "clock-skew", ...skew }, "clocks differ: this machine's, the database's, or it went back"),
  );
  const directory = await createDirectoryCache(pools.reading, clock);
  const metrics = createMetrics();
  const committer = createCommitter({ pool: pools.engine, clock, directory });
  const demonstration = await readDemonstration(pools.reading);
  const parts: Parts = { config, connection, log, pools, secrets, clock, directory, metrics, committer, demonstration };
  const email = config.smtpUrl === null || demonstration ? null : openEmailChannel(config.smtpUrl, config.mailFrom);
  const contacts = contactsKnown(parts, () => void sender.sweep());
  const mailing = mailingOf(parts, email);
  const ways = demonstration ? [] : openWays({ ...contacts, ...mailing });
  const posting = demonstration ? [] : [createPosting(postingKnown(parts, contacts)), invitingLane(parts, mailing)];
  const replies = readingReplies(parts, contacts, mailing);
  const sender: Sender = sending(parts, contacts, ways, posting);
  const timers = await timing(parts);
  const stream = await openStream(parts, () => void sender.sweep());
  const upkeep = keepingUp(parts);
  const heartbeats = createListening(listeningKnown(parts));
  const watchdog = createWatchdog(watchdogKnown(parts, [...ways, ...posting]));
  const journal = createIntakeLog(pools.reading, clock, log);
  const readiness = createReadiness({
    pool: pools.engine,
    clock,
    waitingMs: committer.waitingMs,
    timersSweptMs: timers.sweptMs,
    outboxSweptMs: sender.sweptMs,
    channels: [...ways, ...posting].map((one) => one.channel),
  });
  const telling = createTelling(tellingKnown(parts, contacts, { readiness, sweeping: [timers, sender] }));
  const web = createWebApp(config.insecureHttp);
  const http = createHttp(config, log, web.lost);
  const edges: Edges = { stream, journal, email, readiness, contacts, heartbeats };
  await serveAll(http, parts, edges);
  await web.serve(http);
  /* A person disabled or a key revoked elsewhere is known here within seconds, even where nothing is written. */
  const refresh = setInterval(() => void directory.inside(pools.reading).catch(() => {}), 2_000);
  const beat = setInterval(() => {
    void timers.sweep();
    void sender.sweep();
    heartbeats.beat();
    watchdog.beat();
    telling.beat();
    replies?.beat();
    metrics.commitDepth.set(committer.depth());
    metrics.streamClients.set(stream.clients());
  }, sweepMs);
  return {
    http,
    clock,
    committer,
    pools,
    metrics,
    directory,
    demonstration,
    watch: watchdog.look,
    sweep: async () => {
      await replies?.sweep();
      await timers.sweep();
      await heartbeats.sweep();
      await sender.sweep();
      await telling.sweep();
    },
    stop: (unfinished = new Set()) =>
      stopAll({ ...edges, parts, refresh, http, watchdog, telling, replies, sender, timers, beat, upkeep }, unfinished),
  };
}

const openStream = ({ pools, connection, log, secrets }: Parts, onEffects: () => void): Promise<LiveStream> =>
  createLiveStream({
    pool: pools.reading,
    connection,
    log,
    onEffects,
    restrictedAmong: restrictedAmong(pools.reading),
    ...sealedIds(secrets),
  });

const keepingUp = ({ pools, clock, log, committer, directory }: Parts): ReturnType<typeof keepUp> =>
  keepUp({
    pool: pools.reading,
    clock,
    log,
    besides: [
      ["files that never arrived whole are swept away", () => forgetUnkept(pools.reading, clock.now())],
      ["links to contributors of long ago are forgotten", () => forgetContributors(pools.reading, clock.now())],
      ["answers by mail of long ago are forgotten", () => forgetReplies(pools.reading, clock.now())],
      [
        "what those who left still hold is given back",
        () => giveBackForgotten({ db: pools.db, clock, submit: committer.submit, directory: directory.latest }),
      ],
    ],
  });

/** A demonstration tells nobody anything. */
async function timing(parts: Parts): Promise<Worker> {
  const { pools, clock, log, metrics, committer, demonstration } = parts;
  const holes = holeNoticesKnown(parts);
  if (!demonstration) await beginHoleNotices(holes);
  return createTimerWorker({
    pool: pools.engine,
    clock,
    log,
    metrics,
    submit: committer.submit,
    besides: {
      "hole-notices": (timer) => fireHoleNotices(holes, timer),
      assistance: (timer) => fireAssistance(assistanceKnown(parts), timer),
      "assistance-call": (timer) => fireAssistanceCall(assistanceKnown(parts), timer),
    },
  });
}

type Running = Edges & {
  readonly parts: Parts;
  readonly http: FastifyInstance;
  readonly sender: Sender;
  readonly timers: Worker;
  readonly watchdog: Watchdog;
  readonly telling: Telling;
  readonly replies: ReplyReader | null;
  readonly beat: NodeJS.Timeout;
  readonly refresh: NodeJS.Timeout;
  readonly upkeep: { readonly stop: () => Promise<void> };
};

/** First nothing more is accepted and what is being handled is answered, then what was accepted is written, then the
 *  connections close. */
async function stopAll(
  {
    parts,
    http,
    stream,
    journal,
    email,
    sender,
    timers,
    beat,
    upkeep,
    readiness,
    refresh,
    heartbeats,
    watchdog,
    telling,
    replies,
  }: Running,
  unfinished: Set<string>,
): Promise<void> {
  const until = async (part: string, ...work: readonly Promise<unknown>[]): Promise<void> => {
    unfinished.add(part);
    await Promise.all(work);
    unfinished.delete(part);
  };
  clearInterval(beat);
  clearInterval(refresh);
  readiness.stop();
  await Promise.all([
    until("upkeep", upkeep.stop()),
    until("requests", http.close()),
    until("the live stream", stream.stop()),
    until("timers", timers.stop()),
    until("heartbeats", heartbeats.stop(), watchdog.stop(), telling.stop()),
    until("mail", sender.stop(), replies?.stop() ?? Promise.resolve()),
  ]);
  await until("what is being written", parts.committer.drain(), journal.stop());
  email?.close();
  parts.clock.stop();
  await until("the database connections", parts.pools.end());
}

/** Rows of people's contact points, and the one door by which their addresses are asked anything. */
function contactsKnown({ pools, clock, secrets, directory }: Parts, wake: () => void): ContactKnown {
  return {
    pool: pools.reading,
    clock,
    secrets,
    directory: directory.latest,
    outgoing: createOutgoing({ listed: () => directory.latest().privateAddresses }),
    change: (envelope, write) => change({ pool: pools.reading, envelope }, write),
    changed: async () => void (await directory.inside(pools.reading)),
    wake,
  };
}

type Mailing = {
  readonly email: EmailChannel | null;
  readonly url: string;
  readonly mailHost: string;
  readonly markReplies: MarkReplies | null;
};

const mailingOf = ({ config, secrets }: Parts, email: EmailChannel | null): Mailing => ({
  email,
  url: config.url,
  mailHost: mailHostOf(config),
  markReplies: config.imapUrl === null ? null : createReplyMarks(secrets, config.replyTo),
});

/** Null where no mailbox is read. */
function readingReplies(parts: Parts, contacts: ContactKnown, mailing: Mailing): ReplyReader | null {
  const { config, pools, clock, log, metrics } = parts;
  const { email, markReplies } = mailing;
  if (config.imapUrl === null || email === null || markReplies === null) return null;
  return createReplyReader({
    pool: pools.reading,
    clock,
    log,
    metrics,
    imapUrl: config.imapUrl,
    holder: randomUUID(),
    answer: createMailAnswers({ ...answeringBack(parts, contacts), ...mailing, email, markReplies }),
  });
}

const postingKnown = (parts: Parts, { outgoing }: ContactKnown): PostingKnown => ({
  ...parts,
  pool: parts.pools.engine,
  url: parts.config.url,
  outgoing,
  directory: parts.directory.latest,
  titleOf: titleIn,
  submit: parts.committer.submit,
});

function sending(parts: Parts, contacts: ContactKnown, ways: readonly Way[], besides: readonly Lane[]): Sender {
  const { pools, clock, log, metrics, directory, committer } = parts;
  return createSender({
    pool: pools.engine,
    clock,
    log,
    metrics,
    ways,
    besides,
    directory: directory.latest,
    crashAt: process.env.TOCSIN_TEST_CRASH_AT ?? null,
    compose: composeIn(parts),
    digest: digestIn(parts),
    switchOff: createSwitchOff(contacts),
    ...createOutcomes({
      pool: pools.engine,
      clock,
      submit: committer.submit,
      ofAssistance: (claimed, outcome, end) => endAssistanceCall(assistanceKnown(parts), claimed, { outcome, end }),
    }),
  });
}
