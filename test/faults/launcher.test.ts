/** `npm start` as a person and as an init system stop it: by Ctrl+C, which reaches every process of the terminal at once,
 *  and by SIGTERM, which reaches npm alone. Exit 0, nothing left; killed outright, nothing stays behind either. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, noProc } from "./server.ts";

const root = join(import.meta.dirname, "..", "..");
const notBuilt = existsSync(join(root, "web", "dist", ".built-from"))
  ? false
  : "the web is not built: npm test builds it";
const dataDir = mkdtempSync(join(realpathSync(tmpdir()), "tocsin-launch-"));
after(() => rmSync(dataDir, { recursive: true, force: true }));

const patienceMs = 120_000;

type Launched = { readonly npm: ChildProcess; readonly ended: Promise<number | null>; readonly said: () => string };

/** In a process group of its own, as a terminal gives one. */
async function npmStart(): Promise<Launched> {
  const npm = spawn("npm", ["start"], {
    cwd: root,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      DATABASE_URL: "",
      TOCSIN_DATA_DIR: dataDir,
      TOCSIN_PORT: String(await freePort()),
      TOCSIN_LOG: "error",
    },
  });
  const ended = new Promise<number | null>((done) => npm.once("exit", (code) => done(code)));
  let said = "";
  for (const from of [npm.stdout, npm.stderr])
    from.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
  await until("it says its address", () => /^Tocsin http/m.test(said) || npm.exitCode !== null);
  assert.match(said, /^Tocsin http:\/\/127\.0\.0\.1:\d+ /m);
  return { npm, ended, said: () => said };
}

async function until(what: string, isSo: () => boolean): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!isSo()) {
    assert.ok(performance.now() < end, `${what}: waited ${patienceMs} ms`);
    await sleep(50);
  }
}

/** Processes that were started for this data directory. */
function left(): string[] {
  const told = (pid: string): boolean => {
    const read = (name: string): string => readFileSync(`/proc/${pid}/${name}`, "utf8");
    try {
      return read("environ").includes(`TOCSIN_DATA_DIR=${dataDir}\0`) || read("cmdline").includes(dataDir);
    } catch {
      return false;
    }
  };
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name) && told(name));
}

const ways: Readonly<Record<string, (pid: number) => void>> = {
  "Ctrl+C": (pid) => process.kill(-pid, "SIGINT"),
  "SIGINT to npm": (pid) => process.kill(pid, "SIGINT"),
  "SIGTERM to npm": (pid) => process.kill(pid, "SIGTERM"),
};

for (const [way, stop] of Object.entries(ways)) {
  test(`${way}: it stops in order, exits 0 and leaves nothing`, { skip: notBuilt || noProc }, async () => {
    const { npm, ended, said } = await npmStart();
    stop(npm.pid ?? 0);
    assert.equal(await ended, 0, said());
    assert.equal(said().match(/Tocsin stops…/g)?.length, 1, said());
    assert.doesNotMatch(said(), /at once|did not stop/);
    assert.deepEqual(left(), []);
  });
}

test("npm killed outright: what it had started ends by itself", { skip: notBuilt || noProc }, async () => {
  const { npm } = await npmStart();
  npm.kill("SIGKILL");
  await until("nothing is left", () => left().length === 0);
});
