/** Makes the cluster in a directory of its own, and gives it its name when it is whole: a kill in the middle leaves nothing
 *  that the next start would take for a cluster (initdb writes PG_VERSION among its first files). */
import { type ChildProcess, spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "./addresses.ts";
import { endingSignal, type Runner, wordsOf } from "./embedded-postgres-binaries.ts";
import { syncDirectory } from "./whole-file.ts";

const begun = "cluster.new-";

type Making = {
  readonly runner: Runner;
  readonly home: string;
  readonly cluster: string;
  readonly password: string;
  /** So that it goes when we go. */
  readonly follow: (child: ChildProcess, signal: NodeJS.Signals) => void;
};

export async function makeCluster({ runner, home, cluster, password, follow }: Making): Promise<void> {
  if (existsSync(join(cluster, "PG_VERSION"))) return;
  for (const name of readdirSync(home)) if (name.startsWith(begun)) remove(join(home, name));
  const place = join(home, `${begun}${process.pid}`);
  const passwordFile = join(place, "password");
  const files = join(place, "files");
  mkdirSync(place, { mode: 0o700 });
  mkdirSync(files, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (runner.uid !== null) for (const path of [place, files, passwordFile]) chownSync(path, runner.uid, runner.uid);
  const args = [
    "--pgdata",
    files,
    "--username=postgres",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
  ];
  const { code, words } = await initdb({ runner, place, args, follow });
  if (code !== 0) {
    remove(place);
    throw new ConfigError(`TOCSIN_DATA_DIR: the embedded PostgreSQL could not be made in ${home}: ${reasonIn(words)}`);
  }
  takeName(files, cluster, home);
  remove(place);
}

/** The programs of one that was killed may still write there for a moment. */
const remove = (path: string): void => rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });

type Running = Pick<Making, "runner" | "follow"> & { readonly place: string; readonly args: readonly string[] };

function initdb({ runner, place, args, follow }: Running): Promise<{ code: number | null; words: string }> {
  const { command, rest, identity } = wordsOf(runner, "initdb", args);
  return new Promise((done) => {
    const child = spawn(command, rest, {
      ...identity,
      cwd: place,
      detached: true,
      stdio: ["ignore", "ignore", "pipe"],
    });
    follow(child, endingSignal.initdb);
    let words = "";
    child.stderr.on("data", (chunk: Buffer) => {
      words += chunk.toString();
    });
    child.on("error", (error) => done({ code: null, words: error.message }));
    child.on("close", (code) => done({ code, words }));
  });
}

/** Nothing that somebody may want is removed: only an empty directory is replaced. */
function takeName(files: string, cluster: string, home: string): void {
  try {
    if (existsSync(cluster)) rmdirSync(cluster);
  } catch {
    throw new ConfigError(`TOCSIN_DATA_DIR: ${cluster} is there and is no cluster of PostgreSQL: move it away`);
  }
  renameSync(files, cluster);
  syncDirectory(home);
}

/** Of all that a program of PostgreSQL says, the line that says why. */
export function reasonIn(words: string): string {
  const lines = words.split("\n").map((line) => line.trim().replace(/^\d{4}-[^[]*\[\d+\]\s*/, ""));
  const said = lines.filter((line) => line !== "");
  return (
    said.find((line) => /(PANIC|FATAL|error):|could not|cannot/i.test(line)) ??
    said.at(-1) ??
    "it said nothing"
  ).slice(0, 500);
}
