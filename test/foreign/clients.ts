/** Other people's programs, started as their users start them, against a desk that serves TLS. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { closeAtEnd, newDirectory } from "../acceptance/cluster.ts";
import { type Json, startWorld, type TestWorld } from "../acceptance/world.ts";
import { type Authority, makeAuthority, noOpenssl } from "./authority.ts";

export type Place = Authority & {
  readonly world: TestWorld;
  /** `https://localhost:…` */
  readonly url: string;
  readonly host: string;
  /** For what the clients write. */
  readonly home: string;
  readonly stop: () => Promise<void>;
};

/** Hosts that some clients let nobody change. */
export const hardCoded = ["events.pagerduty.com", "api.opsgenie.com"] as const;

export async function startPlace(env: Readonly<Record<string, string>> = {}): Promise<Place> {
  const home = newDirectory();
  const names = ["DNS:localhost", "IP:127.0.0.1", ...hardCoded.map((name) => `DNS:${name}`)];
  const authority = makeAuthority(home, names);
  const tls = { TOCSIN_TLS_CERT: authority.cert, TOCSIN_TLS_KEY: authority.key };
  const world = await startWorld({ mail: false, env: { ...tls, ...env } });
  const listening = await world.listen();
  assert.match(listening, /^https:/);
  const host = `localhost:${world.config.port}`;
  const stop = async (): Promise<void> => {
    await world.stop();
    rmSync(home, { recursive: true, force: true });
  };
  return { ...authority, world, url: `https://${host}`, host, home, stop };
}

/** Why a program cannot be asked here; false when it can. */
export const absent = (program: string): string | false => noOpenssl || (existsSync(program) ? false : `no ${program}`);

type Said = { readonly status: number | null; readonly out: string; readonly err: string };

/** Runs to its end. */
export function say(
  program: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Said> {
  const child = spawn(program, [...words], { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk) => {
    err += chunk.toString();
  });
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (status) => done({ status, out, err }));
  });
}

/** A script of a client from npm, under the project's own Node; what it prints, line by line. */
export async function script(
  place: Place,
  code: string,
  words: readonly string[],
  run: typeof say = say,
): Promise<Json[]> {
  const { status, out, err } = await run(process.execPath, ["-e", code, ...words], { NODE_EXTRA_CA_CERTS: place.ca });
  assert.equal(status, 0, err || out);
  return out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

export type Running = { readonly stop: () => void };

/** Runs until it is stopped, or the test ends. */
export function keepRunning(program: string, words: readonly string[]): Running {
  const child: ChildProcess = spawn(program, [...words], { stdio: "ignore" });
  const ended = closeAtEnd(async () => void child.kill("SIGKILL"));
  return {
    stop: () => {
      child.kill("SIGKILL");
      ended();
    },
  };
}

/** Until what was said has arrived; how long that takes is not asserted, only that it comes. */
export async function until<T>(what: string, ask: () => Promise<T | false | undefined>): Promise<T> {
  for (let round = 0; round < 600; round++) {
    const found = await ask().catch(() => false as const);
    if (found) return found;
    await sleep(100);
  }
  assert.fail(`never: ${what}`);
}

export const incidentNamed = async ({ world }: Place, title: RegExp): Promise<Json> =>
  (await world.api("GET", "/api/v1/incidents?limit=200")).body.data.find((one: Json) => title.test(one.title));
export const alertsOf = async ({ world }: Place, id: string): Promise<Json[]> =>
  (await world.api("GET", `/api/v1/incidents/${id}/alerts`)).body.data;

/** Where hosts of other people are this machine, for one program only: its own mounts, so nothing of the machine changes. */
export const noMounts: string | false =
  noOpenssl ||
  (process.getuid?.() === 0 && spawnSync("unshare", ["-m", "true"]).status === 0
    ? false
    : "only root may give a program its own hosts file");

const bundle = "/etc/ssl/certs/ca-certificates.crt";
const mounting = `mount --bind "$1" /etc/hosts && mount --bind "$2" ${bundle} && shift 2 && exec "$@"`;

/** The words that start a program for which `address` is every host that nobody lets us change. */
export function elsewhere(place: Place, address: string): readonly string[] {
  const folder = join(place.home, "mounts");
  mkdirSync(folder, { recursive: true });
  const [hosts, trusted] = [join(folder, "hosts"), join(folder, "trusted.pem")];
  writeFileSync(hosts, `127.0.0.1 localhost\n${hardCoded.map((name) => `${address} ${name}\n`).join("")}`);
  writeFileSync(trusted, readFileSync(place.ca));
  return ["-m", "sh", "-c", mounting, "sh", hosts, trusted];
}
