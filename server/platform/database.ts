/** Pools and transactions. One transaction is retried whole, never a statement, on faults that say nothing about what
 *  was asked: lost connections, restarts, serialization, deadlocks. A client on which anything else than SQL went wrong
 *  never goes back to its pool. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Schema } from "./schema.ts";

pg.types.setTypeParser(pg.types.builtins.INT8, (value) => Number(value));
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (value) =>
  Date.parse(value.includes(":") ? isoOf(value) : value),
);

/** `2026-10-15 07:41:00.123+00` as PostgreSQL writes it. */
function isoOf(value: string): string {
  return `${value.replace(" ", "T")}${/[+-]\d{2}$/.test(value) ? ":00" : ""}`;
}

export type Db = Kysely<Schema>;

export type Pools = {
  /** Decides and writes; reserved, so that reading can never starve paging. Its statements are sent without waiting for
   *  the one before where nothing depends on it: a flush is bound by round trips more than by work. */
  readonly engine: pg.Pool;
  /** Reads for people. */
  readonly reading: pg.Pool;
  readonly db: Db;
  /** Looks up while somebody types: a statement that takes longer than a moment is ended, since its answer would come too
   *  late to be read; few at once, so that typing never keeps others from reading; never a table read whole. */
  readonly typing: Db;
  readonly end: () => Promise<void>;
};

/** The engine looks up by key, always: a plan cached while a table was small must not read it whole when it has grown. */
const engineOptions = " -c enable_seqscan=off -c plan_cache_mode=force_generic_plan";
const typingOptions = " -c enable_seqscan=off -c jit=off";
const typingMs = 150;
const connectionOptions =
  "-c idle_in_transaction_session_timeout=10000 -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c tcp_user_timeout=10000 -c lock_timeout=5000";

export function openPools(connection: pg.PoolConfig, onError: (error: Error) => void): Pools {
  const make = (max: number, timeoutMs: number, more: MorePool = {}): pg.Pool => {
    const { pipeline = false, options = "", driverMs = timeoutMs } = more;
    const pool = new pg.Pool({
      ...connection,
      max,
      pipeline,
      connectionTimeoutMillis: 3_000,
      query_timeout: driverMs,
      statement_timeout: timeoutMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: 5_000,
      options: `${connection.options ?? ""} ${connectionOptions}${options}`.trim(),
    });
    pool.on("error", onError);
    pool.on("connect", (client) => client.on("error", onError));
    return pool;
  };
  const kysely = (pool: pg.Pool): Db => new Kysely<Schema>({ dialect: new PostgresDialect({ pool: guarded(pool) }) });
  const engine = make(8, 15_000, { pipeline: true, options: engineOptions });
  const reading = make(8, 10_000);
  const typing = make(3, typingMs, { options: typingOptions, driverMs: 5_000 });
  const end = async (): Promise<void> => void (await Promise.all([engine.end(), reading.end(), typing.end()]));
  return { engine, reading, db: kysely(reading), typing: kysely(typing), end };
}

type MorePool = {
  readonly pipeline?: boolean;
  readonly options?: string;
  /** When the driver gives a connection up, where that is not when the statement is ended. */
  readonly driverMs?: number;
};

/** Kysely gives a timed-out client back to the pool, which would make the next query fail too: such a client is destroyed. */
function guarded(pool: pg.Pool): pg.Pool {
  const connect = async (): Promise<pg.PoolClient> => {
    const client = await pool.connect();
    const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
    const release = client.release.bind(client);
    let broken: Error | undefined;
    const watched = async (...args: unknown[]): Promise<unknown> => {
      try {
        return await query(...args);
      } catch (error) {
        if (error instanceof Error && isConnectionFault(error)) broken = error;
        throw error;
      }
    };
    return Object.assign(Object.create(client) as pg.PoolClient, { query: watched, release: () => release(broken) });
  };
  return { connect, end: () => pool.end() } as unknown as pg.Pool;
}

/** What the driver says, without a code, of a connection that is gone. */
const lostConnection =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client (was closed|has encountered))/;

/** Says nothing about the statement: the connection or the server went away. An error of our own is never one. */
export function isConnectionFault(error: Error): boolean {
  const code = (error as { code?: string }).code;
  if (code === undefined) return lostConnection.test(error.message);
  return /^(08|57P)/.test(code) || code === "25006" || /^E(CONN|TIMEDOUT|PIPE|HOST|NET|AI_)/.test(code);
}

const isRetryable = (error: Error): boolean => {
  const code = (error as { code?: string }).code;
  return code === "40001" || code === "40P01" || code === "55P03" || isConnectionFault(error);
};

export class Unavailable extends Error {
  override name = "Unavailable";
}

/** Sends a statement whose answer nobody needs before the commit; its failure fails the transaction. */
export type Late = (statement: pg.QueryConfig) => void;
type Work<T> = (client: pg.PoolClient, late: Late) => Promise<T>;

/** One run of a transaction. `id` is the same for all its runs, so that at most one of them can be committed: a second
 *  waits on the first one's row, and finds it taken. */
type Run<T> = { readonly id: string; readonly attempt: number; readonly committing: (result: T) => void };

/** Runs `work` in a transaction, again from its start when a fault allows it, until the budget is spent. A commit that got
 *  no answer is read back before anything is run again: what it had decided is then the answer. */
export async function transact<T>(pool: pg.Pool, budgetMs: number, work: Work<T>): Promise<T> {
  const end = performance.now() + budgetMs;
  const id = randomUUID();
  const unanswered = new Map<number, T>();
  for (let attempt = 0; ; attempt++) {
    try {
      const committed = unanswered.size > 0 ? await committedAttempt(pool, id) : null;
      if (committed !== null) return unanswered.get(committed) as T;
      return await once(pool, work, { id, attempt, committing: (result) => unanswered.set(attempt, result) });
    } catch (error) {
      if (!(error instanceof Error) || !(isRetryable(error) || isOwnCommit(error))) throw error;
      const pause = Math.min(500, 50 * 2 ** attempt) * (0.5 + Math.random() / 2);
      if (performance.now() + pause > end)
        throw new Unavailable("the database did not answer in time", { cause: error });
      await sleep(pause);
    }
  }
}

/** An earlier run of the same transaction was committed while this one ran. */
const isOwnCommit = (error: Error): boolean => (error as { constraint?: string }).constraint === "commits_pkey";

async function committedAttempt(pool: pg.Pool, id: string): Promise<number | null> {
  const { rows } = await pool.query<{ attempt: number }>("select attempt from commits where id = $1", [id]);
  return rows[0]?.attempt ?? null;
}

const keptCommits = 100_000;

/** A commit is read back within seconds or never: of the oldest nobody asks any more. */
export async function forgetCommits(pool: pg.Pool): Promise<void> {
  await pool.query("delete from commits where position <= (select max(position) from commits) - $1::bigint", [
    keptCommits,
  ]);
}

/** What is sent until the end of this turn leaves in one piece: each write wakes the other side. */
function gather({ connection: { stream } }: pg.PoolClient): void {
  stream.cork();
  process.nextTick(() => stream.uncork());
}

async function once<T>(pool: pg.Pool, work: Work<T>, run: Run<T>): Promise<T> {
  const client = await pool.connect();
  const sent: Promise<unknown>[] = [];
  const late: Late = (statement) => {
    gather(client);
    const answered = client.query(statement);
    answered.catch(() => {});
    sent.push(answered);
  };
  let broken: Error | undefined;
  try {
    late({ text: "begin" });
    const result = await work(client, late);
    late({
      name: "note-run",
      text: "insert into commits (id, attempt) values ($1, $2)",
      values: [run.id, run.attempt],
    });
    run.committing(result);
    /* The first to fail is the reason; the commit of a failed transaction is answered with ROLLBACK. */
    const [{ command }] = await Promise.all([client.query("commit"), ...sent]);
    if (command !== "COMMIT") throw new Error(`the transaction ended with ${command}`);
    return result;
  } catch (fault) {
    /* A statement sent earlier may have failed first: what came after it only says that the transaction is aborted. */
    const first = (await Promise.allSettled(sent)).find((one) => one.status === "rejected");
    const error: unknown = first?.reason ?? fault;
    if (error instanceof Error && isConnectionFault(error)) broken = error;
    else await client.query("rollback").catch((fault: Error) => (broken = fault));
    throw error;
  } finally {
    client.release(broken);
  }
}
