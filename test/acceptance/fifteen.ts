/** The oldest PostgreSQL we promise, as Debian ships it. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { newDirectory } from "./cluster.ts";

const binaries = "/usr/lib/postgresql/15/bin";
const nobody = 65_534;
const root = process.getuid?.() === 0;
/** Why it cannot be asked for here; false: it can. */
export const noFifteen = existsSync(join(binaries, "initdb")) ? false : `no PostgreSQL 15 in ${binaries}`;

/** Root cannot run PostgreSQL. */
const asUser = (program: string, args: readonly string[]): readonly [string, readonly string[]] =>
  root
    ? ["setpriv", [`--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups", join(binaries, program), ...args]]
    : [join(binaries, program), args];

/** A throw-away server in memory. `url` is as in DATABASE_URL: one user. */
export async function startFifteen(): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const home = newDirectory();
  const cluster = join(home, "cluster");
  mkdirSync(cluster, { mode: 0o700 });
  if (root) for (const path of [home, cluster]) chownSync(path, nobody, nobody);
  const made = spawnSync(...words("initdb", ["-D", cluster, "-U", "desk", "-A", "trust", "-E", "UTF8", "--no-sync"]), {
    encoding: "utf8",
    cwd: home,
  });
  assert.equal(made.status, 0, made.stderr);
  const settings = ["listen_addresses=", `unix_socket_directories=${home}`, "fsync=off", "timezone=UTC"];
  const [command, args] = words("postgres", ["-D", cluster, ...settings.flatMap((one) => ["-c", one])]);
  const child = spawn(command, args, { stdio: "ignore", cwd: home });
  const url = `postgres://desk@localhost/postgres?host=${encodeURIComponent(home)}`;
  await untilReady(url, child);
  return {
    url,
    stop: async () => {
      const gone = new Promise<void>((done) => child.once("exit", () => done()));
      child.kill("SIGINT");
      await gone;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function words(program: string, args: readonly string[]): [string, string[]] {
  const [command, rest] = asUser(program, args);
  return [command, [...rest]];
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    assert.equal(child.exitCode, null, "PostgreSQL 15 stopped at once");
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => {});
    const ready = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => {});
    if (ready) return;
    await sleep(25);
  }
}
