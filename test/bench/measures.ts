/** One function a figure. Rates are medians of the rounds of one run, ours and plain PostgreSQL's taken by turns, so that
 *  both see the same machine. */
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import pg from "pg";
import { type DeskProcess, makeIntegration } from "./desk-process.ts";
import type { Job, Loaded } from "./load.ts";
import type { MailReceiver } from "./mail-receiver.ts";
import { type Plain, plainAlerts, plainBoard, plainCommits, plainIncidents, plainReads } from "./plain.ts";
import {
  alertGroup,
  board,
  mailedEvent,
  myWork,
  newIncident,
  proposal,
  pushedBatch,
  singleEvent,
  template,
} from "./requests.ts";
import { typedTitles } from "./seed-search.ts";
import { type Figure, median, ms, perSecond, quantile } from "./table.ts";

export type Bench = {
  readonly desk: DeskProcess;
  readonly token: string;
  readonly mails: MailReceiver;
  readonly rounds: number;
  /** Of one measurement; plain PostgreSQL gets half of it. */
  readonly durationMs: number;
  /** The next number never used, so that everything sent is distinct. */
  next: number;
};

const unlimited = 1_000_000;

export async function load(bench: Bench, job: Partial<Job> & Pick<Job, "templates">): Promise<Loaded> {
  const workerData: Job = {
    port: bench.desk.port,
    connections: 64,
    durationMs: bench.durationMs,
    rate: null,
    requestsMax: unlimited,
    firstNumber: bench.next,
    ...job,
  };
  const worker = new Worker(new URL("./load.ts", import.meta.url), { workerData });
  const loaded = await new Promise<Loaded>((done, failed) => {
    worker.once("message", done);
    worker.once("error", failed);
  });
  bench.next = loaded.nextNumber;
  const refused = Object.entries(loaded.statuses).filter(([status]) => !status.startsWith("2"));
  if (refused.length > 0)
    throw new Error(
      `not all were answered 2xx: ${JSON.stringify(loaded.statuses)}\n${loaded.firstRefusal}\n${bench.desk.lastWords()}`,
    );
  return loaded;
}

const latencies = (loaded: Loaded): number[] => loaded.answers.map((one) => one.answeredAt - one.sentAt);
const rateOf = (loaded: Loaded, items = 1): number => (loaded.answers.length * items) / (loaded.tookMs / 1_000);

type Round = {
  readonly ours: number;
  readonly p50: number;
  readonly p99: number;
  /** Microseconds of the server's processor time for each. */
  readonly cpu: number;
  readonly plain: Plain;
};

async function inRounds(bench: Bench, ours: () => Promise<[Loaded, number]>, plain: () => Promise<Plain>) {
  const rounds: Round[] = [];
  for (let round = 0; round < bench.rounds; round++) {
    const before = bench.desk.cpuMs();
    const [loaded, items] = await ours();
    const cpu = ((bench.desk.cpuMs() - before) * 1_000) / (loaded.answers.length * items);
    const took = latencies(loaded);
    rounds.push({
      ours: rateOf(loaded, items),
      p50: quantile(took, 0.5),
      p99: quantile(took, 0.99),
      cpu,
      plain: await plain(),
    });
  }
  return rounds;
}

function rateFigure(what: string, target: string, rounds: readonly Round[], remark: string): Figure {
  const of = (pick: (round: Round) => number): number => median(rounds.map(pick));
  const each = of((round) => round.plain.each);
  const flushed = of((round) => round.plain.flushed);
  const measured = of((round) => round.ours);
  return {
    what,
    measured: perSecond(measured),
    target,
    plain: `${perSecond(each)} a commit each, ${perSecond(flushed)} flushed`,
    ratio: `${(measured / each).toFixed(2)}, ${(measured / flushed).toFixed(2)}`,
    remark: `${remark}; p50 ${ms(of((round) => round.p50))}, p99 ${ms(of((round) => round.p99))}; ${Math.round(of((round) => round.cpu))} µs of server CPU each`,
  };
}

export async function measureSingles(bench: Bench): Promise<Figure> {
  let accepted = 0;
  const rounds = await inRounds(
    bench,
    async () => {
      const key = await makeIntegration(bench.desk.port, bench.token, "pagerduty", `Singles ${bench.next}`);
      const loaded = await load(bench, { templates: [singleEvent(key, "single")] });
      accepted += loaded.answers.length;
      return [loaded, 1];
    },
    () => plainAlerts(bench.desk.connection(), bench.durationMs, 64),
  );
  const kept = await countAlerts(bench, "single-");
  return rateFigure("Distinct single events, 64 connections", "5,000/s", rounds, proof(accepted, kept));
}

export async function measureBatches(bench: Bench): Promise<Figure> {
  const size = 100;
  let accepted = 0;
  const rounds = await inRounds(
    bench,
    async () => {
      const key = await makeIntegration(bench.desk.port, bench.token, "alertmanager", `Batches ${bench.next}`);
      const templates = [alertGroup(key, "same", size), alertGroup(key, "own", size)];
      const loaded = await load(bench, { templates, connections: 8 });
      accepted += loaded.answers.length * size;
      return [loaded, size];
    },
    () => plainAlerts(bench.desk.connection(), bench.durationMs, 500),
  );
  const kept = (await countAlerts(bench, "same-")) + (await countAlerts(bench, "own-"));
  return rateFigure("Distinct alerts, 100 a request, 8 connections", "10,000/s", rounds, proof(accepted, kept));
}

/** As much as Prometheus puts in one request. */
const pushedEach = 64;
const pushedBatches = 100;

/** All are known, none has anything to write: what a Prometheus sends most of the time. */
export async function measureUnchanged(bench: Bench): Promise<Figure> {
  const key = await makeIntegration(bench.desk.port, bench.token, "alertmanager", "Unchanged");
  const until = new Date(Date.now() + 3_600_000);
  const templates = Array.from({ length: pushedBatches }, (_, n) => pushedBatch(key, n, pushedEach, until));
  await load(bench, { templates, connections: 1, requestsMax: pushedBatches, durationMs: 120_000 });
  const written = await rowVersions(bench);
  const rounds = await inRounds(
    bench,
    async () => [await load(bench, { templates, connections: 8 }), pushedEach],
    () => plainReads(bench.desk.connection(), bench.durationMs, pushedEach),
  );
  const untouched = (await rowVersions(bench)) === written;
  return rateFigure(
    `Unchanged alerts sent again, ${pushedEach} a request`,
    "40,000/s",
    rounds,
    untouched ? "no row was written" : "ROWS WERE WRITTEN",
  );
}

/** Changes with any write to any of these rows. */
async function rowVersions(bench: Bench): Promise<string> {
  const client = new pg.Client(bench.desk.connection());
  await client.connect();
  try {
    const { rows } = await client.query<{ versions: string }>(
      "select md5(string_agg(xmin::text || ctid::text, ',' order by id)) as versions from alerts where lease_until is not null",
    );
    return String(rows[0]?.versions);
  } finally {
    await client.end();
  }
}

const proof = (accepted: number, kept: number): string =>
  accepted === kept ? `all ${accepted.toLocaleString("en")} kept` : `LOST: ${accepted} accepted, ${kept} rows`;

async function countAlerts(bench: Bench, prefix: string): Promise<number> {
  const client = new pg.Client(bench.desk.connection());
  await client.connect();
  try {
    const { rows } = await client.query<{ kept: string }>(
      "select count(*)::text as kept from alerts where starts_with(key, $1)",
      [prefix],
    );
    return Number(rows[0]?.kept);
  } finally {
    await client.end();
  }
}

export async function measureIncidents(bench: Bench): Promise<Figure> {
  const rounds = await inRounds(
    bench,
    async () => [await load(bench, { templates: [newIncident(bench.token)], connections: 32 }), 1],
    () => plainIncidents(bench.desk.connection(), bench.durationMs, 32),
  );
  return rateFigure("Incidents recorded by the API, 32 connections", "500/s", rounds, "each with its record");
}

/** As many incidents an integration as the storm rule allows in a minute, each of which pages. */
const pagesEach = 10;
const eventsASecond = 100;
/** Sent before, at the same pace, and not counted: a server that has just started is measured by its own figure. */
const warmingEvents = 5 * eventsASecond;

export async function measureMail(bench: Bench): Promise<Figure> {
  const wanted = Math.floor((bench.durationMs / 1_000) * 2 * eventsASecond);
  const templates = [];
  for (let n = 0; n < (wanted + warmingEvents) / pagesEach; n++) {
    const key = await makeIntegration(bench.desk.port, bench.token, "pagerduty", `Mail ${n}`);
    templates.push(mailedEvent(key));
  }
  const loaded = await load(bench, {
    templates,
    connections: 32,
    rate: eventsASecond,
    requestsMax: wanted + warmingEvents,
    durationMs: 60_000,
  });
  const counted = loaded.answers.toSorted((a, b) => a.sentAt - b.sentAt).slice(warmingEvents);
  const end = performance.now() + 10_000;
  const allTaken = (): boolean => counted.every((one) => bench.mails.takenAt.has(one.number));
  while (!allTaken() && performance.now() < end) await sleep(50);
  const since = (from: "answeredAt" | "sentAt"): number[] =>
    counted.map((one) => (bench.mails.takenAt.get(one.number) ?? Number.POSITIVE_INFINITY) - one[from]);
  const paced = { count: wanted, skipped: warmingEvents, aSecond: eventsASecond };
  const plain = await plainCommits(bench.desk.connection(), paced);
  const p99 = quantile(since("answeredAt"), 0.99);
  const plainP99 = quantile(plain, 0.99);
  return {
    what: `Event accepted to mail handed over, p99 at ${eventsASecond}/s`,
    measured: ms(p99),
    target: "150 ms",
    plain: `${ms(plainP99)} for two commits`,
    ratio: (plainP99 / p99).toFixed(2),
    remark: `${wanted} events; p50 ${ms(quantile(since("answeredAt"), 0.5))}; from sending: p99 ${ms(quantile(since("sentAt"), 0.99))}`,
  };
}

export async function measureBoard(bench: Bench): Promise<Figure> {
  const loaded = await load(bench, { templates: [board(bench.token)], connections: 2, requestsMax: 400 });
  const took = latencies(loaded);
  const plain = quantile(await plainBoard(bench.desk.connection(), 200), 0.95);
  const p95 = quantile(took, 0.95);
  return {
    what: "Board API, p95, 1,000,000 incidents of which 2,000 open",
    measured: ms(p95),
    target: "50 ms",
    plain: `${ms(plain)} for its two reads`,
    ratio: (plain / p95).toFixed(2),
    remark: `200 rows, 2 connections; p50 ${ms(quantile(took, 0.5))}, p99 ${ms(quantile(took, 0.99))}`,
  };
}

/** Whoever decides most, with every open incident to look through. */
export async function measureMyWork(bench: Bench): Promise<Figure> {
  const loaded = await load(bench, { templates: [myWork(bench.token)], connections: 2, requestsMax: 400 });
  const took = latencies(loaded);
  return {
    what: "My work API, p95, the same incidents",
    measured: ms(quantile(took, 0.95)),
    target: "100 ms",
    plain: "–",
    ratio: null,
    remark: `level 5, 2 connections; p50 ${ms(quantile(took, 0.5))}, p99 ${ms(quantile(took, 0.99))}`,
  };
}

/** Every stage of typing weighs the same; what is typed is in one title, in a hundred thousand, or in none. */
export async function measureDuplicates(bench: Bench): Promise<Figure> {
  const templates = typedTitles.map((title) => proposal(bench.token, title));
  await load(bench, { templates, connections: 2, requestsMax: templates.length * 2, durationMs: 60_000 });
  const before = bench.desk.cpuMs();
  const loaded = await load(bench, {
    templates,
    connections: 2,
    requestsMax: templates.length * 20,
    durationMs: 60_000,
  });
  const cpu = (bench.desk.cpuMs() - before) / loaded.answers.length;
  const took = latencies(loaded);
  const slowest = templates.map((_, index) =>
    quantile(
      took.filter((_, n) => n % templates.length === index),
      0.5,
    ),
  );
  const worst = slowest.indexOf(Math.max(...slowest));
  return {
    what: "Duplicates and proposals while typing, p95, 1,000,000 incidents",
    measured: ms(quantile(took, 0.95)),
    target: "50 ms",
    plain: "–",
    ratio: null,
    remark: `${took.length} requests, 2 connections; p50 ${ms(quantile(took, 0.5))}, p99 ${ms(quantile(took, 0.99))}; slowest text about ${ms(slowest[worst] ?? 0)}; ${ms(cpu)} of server CPU each`,
  };
}

const similarAsked = 60;

/** Of incidents from all over the history, open and ended, each asked for anew. */
export async function measureSimilar(bench: Bench): Promise<Figure> {
  const client = new pg.Client(bench.desk.connection());
  await client.connect();
  const sample = `select number from incidents tablesample system (0.1) limit ${similarAsked}`;
  const { rows } = await client.query<{ number: string }>(sample);
  await client.end();
  const templates = rows.map(({ number }) =>
    template({ method: "GET", path: `/api/v1/incidents/${number}/similar`, token: bench.token }),
  );
  await load(bench, { templates, connections: 2, requestsMax: templates.length, durationMs: 60_000 });
  const asked = { templates, connections: 2, requestsMax: templates.length * 10, durationMs: 60_000 };
  const took = latencies(await load(bench, asked));
  return {
    what: "Similar incidents, p95, 1,000,000 incidents",
    measured: ms(quantile(took, 0.95)),
    target: "100 ms",
    plain: "–",
    ratio: null,
    remark: `${took.length} requests for ${templates.length} incidents, 2 connections; p50 ${ms(quantile(took, 0.5))}, p99 ${ms(quantile(took, 0.99))}`,
  };
}
