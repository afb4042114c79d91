/** Real PostgreSQL from npm under our own supervisor. It lives in the data directory, listens on a socket there (or on a
 *  loopback port when the path is too long for one), is started again when it dies, and goes with us: its parent's death
 *  interrupts it, and one left behind by a killed parent is stopped at the next start. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { ConfigError } from "./addresses.ts";
import { chooseRunner, endingSignal, type Runner, wordsOf } from "./embedded-postgres-binaries.ts";
import { makeCluster, reasonIn } from "./embedded-postgres-cluster.ts";
import { claimDataDir, isAlive, killLeftBehind, stopLeftBehind } from "./embedded-postgres-left.ts";
import { writeWholeFile } from "./whole-file.ts";

export type EmbeddedPostgres = {
  /** Connection of the owner, who migrates. */
  readonly owner: pg.ConnectionConfig;
  /** Connection of the application, which may only add to the record. */
  readonly app: pg.ConnectionConfig;
  /** After the transactions that are open. */
  readonly stop: () => Promise<void>;
  /** At once: what was committed is recovered at the next start. */
  readonly stopNow: () => Promise<void>;
};

type Access = { readonly superuser: string; readonly owner: string; readonly app: string };
type Place = { readonly host: string; readonly port: number };
type OnExit = (code: number | null, lastWords: string) => void;

/** sun_path holds 107 characters on Linux; the file is `.s.PGSQL.5432`. */
const socketPathMax = 90;
const stopTimeoutMs = 10_000;
/** One that is frozen or has a failing disk answers no signal but the last. */
const quitTimeoutMs = 2_000;
const startTimeoutMs = 60_000;
/** Dead sooner than this after its start, it is started again after a longer and longer pause. */
const steadySeconds = 3;
const pauseMinMs = 100;
const pauseMaxMs = 5_000;

/** `onExit` is told each time it dies by itself; it is then started again, as long as it takes: a desk that answers 503
 *  and comes back by itself when the disk has room again is better than one that is gone. */
export async function startEmbeddedPostgres(dataDir: string, onExit: OnExit): Promise<EmbeddedPostgres> {
  const home = join(dataDir, "postgres");
  const cluster = join(home, "cluster");
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const release = claimDataDir(dataDir);
  try {
    const runner = chooseRunner(home, cluster);
    await stopLeftBehind(cluster);
    const access = readAccess(dataDir);
    await makeCluster({ runner, home, cluster, password: access.superuser, follow });
    const place = await choosePlace(home);
    const first = launch(runner, cluster, place);
    const superuser = { ...place, user: "postgres", password: access.superuser, database: "postgres" };
    await waitUntilReady(superuser, first, dataDir);
    await prepareRoles(superuser, access);
    const { stop, stopNow } = supervise(first, { cluster, start: () => launch(runner, cluster, place), onExit });
    const connection = (user: string, password: string): pg.ConnectionConfig => ({
      ...place,
      user,
      password,
      database: "tocsin",
    });
    return {
      owner: connection("tocsin_owner", access.owner),
      app: connection("tocsin_app", access.app),
      stop: () => stop().finally(release),
      stopNow: () => stopNow().finally(release),
    };
  } catch (error) {
    for (const child of following.keys()) child.kill("SIGQUIT");
    release();
    throw error;
  }
}

/** What goes when we go, however we go: only being killed is left to the system and to the next start. */
const following = new Map<ChildProcess, NodeJS.Signals>();
let watchingExit = false;

function follow(child: ChildProcess, signal: NodeJS.Signals): void {
  if (!watchingExit) process.once("exit", () => following.forEach((how, one) => void one.kill(how)));
  watchingExit = true;
  following.set(child, signal);
  child.once("exit", () => following.delete(child));
}

type Launched = { readonly child: ChildProcess; readonly lastWords: () => string };
type Supervised = Pick<EmbeddedPostgres, "stop" | "stopNow">;
type Supervising = { readonly cluster: string; readonly start: () => Launched; readonly onExit: OnExit };

const isGone = ({ child }: Launched): boolean =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

function supervise(first: Launched, { cluster, start, onExit }: Supervising): Supervised {
  let current = first;
  let stopping = false;
  let startedAt = process.uptime();
  let soon = 0;
  const again = async (): Promise<void> => {
    soon = process.uptime() - startedAt < steadySeconds ? soon + 1 : 0;
    onExit(current.child.exitCode, current.lastWords());
    if (soon > 0) await sleep(Math.min(pauseMaxMs, pauseMinMs * 2 ** soon), undefined, { ref: false });
    /* Those of the dead one hold its memory until they look up, and no other can start meanwhile. */
    if (!stopping) await stopLeftBehind(cluster).catch(() => {});
    if (stopping) return;
    startedAt = process.uptime();
    current = start();
    watch();
  };
  const watch = (): void => {
    const gone = (): void => void (stopping || again());
    if (isGone(current)) return gone();
    current.child.once("exit", gone);
  };
  watch();
  const end = async (gently: readonly (readonly [NodeJS.Signals, number])[]): Promise<void> => {
    stopping = true;
    const { child } = current;
    const exited = new Promise<void>((done) => child.once("exit", () => done()));
    for (const [signal, waitMs] of [...gently, ["SIGQUIT", quitTimeoutMs], ["SIGKILL", quitTimeoutMs]] as const) {
      if (isGone(current)) break;
      child.kill(signal);
      await Promise.race([exited, sleep(waitMs, undefined, { ref: false })]);
    }
    killLeftBehind(cluster);
  };
  return { stop: () => end([["SIGINT", stopTimeoutMs]]), stopNow: () => end([]) };
}

/** How another process of this machine (the command line) reaches a running embedded database; null when none runs. */
export function runningEmbedded(dataDir: string): { owner: pg.ConnectionConfig; app: pg.ConnectionConfig } | null {
  const pidFile = join(dataDir, "postgres", "cluster", "postmaster.pid");
  if (!existsSync(pidFile)) return null;
  const [pid, , , port, socket, address] = readFileSync(pidFile, "utf8").split("\n");
  if (!isAlive(Number(pid))) return null;
  const access = readAccess(dataDir);
  const place = { host: socket?.trim() || address?.trim() || "127.0.0.1", port: Number(port) };
  return {
    owner: { ...place, user: "tocsin_owner", password: access.owner, database: "tocsin" },
    app: { ...place, user: "tocsin_app", password: access.app, database: "tocsin" },
  };
}

function launch(runner: Runner, cluster: string, place: Place): Launched {
  const onSocket = place.host.startsWith("/");
  const settings: Readonly<Record<string, string>> = {
    port: String(place.port),
    listen_addresses: onSocket ? "" : place.host,
    unix_socket_directories: onSocket ? place.host : "",
    unix_socket_permissions: "0700",
    jit: "off",
    max_connections: "60",
    shared_buffers: "128MB",
    max_wal_size: "2GB",
    checkpoint_timeout: "15min",
    password_encryption: "scram-sha-256",
    log_min_messages: "warning",
    timezone: "UTC",
    log_timezone: "UTC",
    ...extraSettings(),
  };
  const args = ["-D", cluster, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  const { command, rest, identity } = wordsOf(runner, "postgres", args);
  const child = spawn(command, rest, {
    ...identity,
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
    cwd: dirname(cluster),
  });
  follow(child, endingSignal.postgres);
  const words: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => words.push(chunk.toString()) > 20 && words.shift());
  /* Without a process there is no exit either. */
  child.once("error", (error) => {
    words.push(error.message);
    if (child.pid === undefined) child.emit("exit", null, null);
  });
  return { child, lastWords: () => words.join("").trim().slice(-2_000) };
}

/** Tests trade durability for speed, and have several desks on one database; nothing else may. */
function extraSettings(): Record<string, string> {
  return process.env.TOCSIN_TEST_FAST_DATABASE === "1"
    ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" }
    : {};
}

/** As long as it recovers from a crash it is waited for, however much there is to recover. */
async function waitUntilReady(config: pg.ConnectionConfig, launched: Launched, dataDir: string): Promise<void> {
  let end = performance.now() + startTimeoutMs;
  let last: unknown;
  while (performance.now() < end) {
    if (isGone(launched))
      throw new ConfigError(
        `TOCSIN_DATA_DIR: the embedded PostgreSQL in ${dataDir} stopped at once: ${reasonIn(launched.lastWords())}`,
      );
    const client = new pg.Client({ ...config, connectionTimeoutMillis: 2_000 });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      last = error;
      const { code } = error as { code?: string };
      if (code === "28P01")
        throw new ConfigError(`TOCSIN_DATA_DIR: ${accessFile(dataDir)} is not the one of the database beside it`);
      if (code === "57P03") end = performance.now() + startTimeoutMs;
      await sleep(25);
    }
  }
  throw new Error("the embedded PostgreSQL did not answer", { cause: last });
}

/** The owner migrates; the application is a separate role without rights of its own. The database comes last: where it is,
 *  all is, wherever an earlier start was killed. */
async function prepareRoles(superuser: pg.ConnectionConfig, access: Access): Promise<void> {
  const client = new pg.Client(superuser);
  await client.connect();
  try {
    const { rows } = await client.query("select 1 from pg_database where datname = 'tocsin'");
    if (rows.length > 0) return;
    const { rows: roles } = await client.query<{ rolname: string }>("select rolname from pg_roles");
    const lacks = (name: string): boolean => !roles.some((one) => one.rolname === name);
    if (lacks("tocsin_owner"))
      await client.query(`create role tocsin_owner login createrole password ${client.escapeLiteral(access.owner)}`);
    if (lacks("tocsin_app"))
      await client.query(`create role tocsin_app login password ${client.escapeLiteral(access.app)}`);
    await client.query("create database tocsin owner tocsin_owner");
  } finally {
    await client.end();
  }
}

const accessFile = (dataDir: string): string => join(dataDir, "keys", "database.json");

function readAccess(dataDir: string): Access {
  const file = accessFile(dataDir);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Access;
  const word = (): string => randomBytes(24).toString("base64url");
  const access: Access = { superuser: word(), owner: word(), app: word() };
  writeWholeFile(file, JSON.stringify(access));
  return access;
}

async function choosePlace(home: string): Promise<Place> {
  if (home.length <= socketPathMax) return { host: resolve(home), port: 5432 };
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise<void>((done) => server.close(() => done()));
  return { host: "127.0.0.1", port: typeof address === "object" && address ? address.port : 0 };
}
