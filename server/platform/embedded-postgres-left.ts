/** What an earlier desk left behind when it was killed: its claim on the data directory, and processes of its database.
 *  A number alone proves nothing: after a restart of the machine another program has it. */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ConfigError } from "./addresses.ts";

/** Beside the socket, which stands beside the cluster. */
const socketLock = ".s.PGSQL.5432.lock";
const hasProc = existsSync("/proc/self/stat");
const stopTimeoutMs = 10_000;
/** Without their postmaster they end by themselves as soon as they look up. */
const orphanTimeoutMs = 2_000;
const killTimeoutMs = 5_000;

/** Two desks on one data directory would stop each other's database. Gives it back when the desk stops. */
export function claimDataDir(dataDir: string): () => void {
  const file = join(dataDir, "desk.pid");
  const mine = `${process.pid} ${birthOf(process.pid)}`;
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(file, mine, { flag: "wx", mode: 0o600 });
      return () => readFileSync(file, "utf8") === mine && rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const theirs = readFileSync(file, "utf8");
    const [pid = "", ...birth] = theirs.split(" ");
    if (theirs !== mine && birth.join(" ") === birthOf(Number(pid)))
      throw new ConfigError(`TOCSIN_DATA_DIR: another Tocsin (process ${pid}) uses ${dataDir}`);
    if (attempt === 3) throw new ConfigError(`TOCSIN_DATA_DIR: another Tocsin starts in ${dataDir}`);
    /* Moved rather than removed: of two that find it stale, one moves it, and sees that it is the one it has read. */
    const moved = `${file}.${process.pid}`;
    renameSync(file, moved);
    if (readFileSync(moved, "utf8") !== theirs) renameSync(moved, file);
    else rmSync(moved, { force: true });
  }
}

/** Stops the postgres of a killed desk, and whatever a killed postgres left. Its lock files are left to PostgreSQL, which
 *  knows by one whether memory of the old one is still in use, unless it would wait for them in vain: when another program
 *  has its number, or when nobody has yet asked how it ended (an init of a container that is slow to, or that never does). */
export async function stopLeftBehind(cluster: string): Promise<void> {
  const pidFile = join(cluster, "postmaster.pid");
  if (existsSync(pidFile)) await stopPostgres(cluster, numberIn(pidFile));
  for (const file of [pidFile, join(dirname(cluster), socketLock)])
    if (isAlive(numberIn(file))) rmSync(file, { force: true });
}

/** The first line of a lock file of PostgreSQL is the number of its postmaster; 0 when there is none. */
const numberIn = (file: string): number => (existsSync(file) ? Number(readFileSync(file, "utf8").split("\n")[0]) : 0);

async function stopPostgres(cluster: string, postmaster: number): Promise<void> {
  const left = (): number[] => holdersOf(cluster, postmaster);
  const steps: readonly (readonly [NodeJS.Signals | null, number])[] = left().includes(postmaster)
    ? [["SIGINT", stopTimeoutMs]]
    : [[null, orphanTimeoutMs]];
  for (const [signal, waitMs] of [...steps, ["SIGQUIT", killTimeoutMs], ["SIGKILL", killTimeoutMs]] as const) {
    for (const pid of signal === "SIGINT" ? [postmaster] : left()) if (signal !== null) send(pid, signal);
    const end = performance.now() + waitMs;
    while (left().length > 0 && performance.now() < end) await sleep(25);
    if (left().length === 0) break;
  }
  if (left().length > 0) throw new ConfigError(`TOCSIN_DATA_DIR: processes ${left().join(", ")} hold ${cluster}`);
}

/** Whatever is left of a postgres whose postmaster is dead. */
export function killLeftBehind(cluster: string): void {
  for (const pid of holdersOf(cluster, 0)) send(pid, "SIGKILL");
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    /* It went meanwhile. */
  }
}

/** Each process of PostgreSQL works in its data directory. */
function holdersOf(cluster: string, postmaster: number): number[] {
  if (!hasProc) return isAlive(postmaster) && commandOf(postmaster).includes(cluster) ? [postmaster] : [];
  const place = realpathSync(cluster);
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return (
          readFileSync(`/proc/${name}/comm`, "utf8").trim() === "postgres" &&
          readlinkSync(`/proc/${name}/cwd`) === place
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}

export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** When a process began, in whatever words tell it from any other of that number; none when there is none. */
function birthOf(pid: number): string {
  if (!Number.isInteger(pid) || pid < 1) return "none";
  if (!hasProc) return asked(pid, "lstart=").trim() || "none";
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return `${boot} ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}`;
  } catch {
    return "none";
  }
}

const commandOf = (pid: number): string => asked(pid, "command=");

const asked = (pid: number, field: string): string =>
  spawnSync("ps", ["-o", field, "-p", String(pid)], { encoding: "utf8" }).stdout ?? "";
