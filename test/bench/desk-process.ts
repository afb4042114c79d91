/** A real server in a process of its own, with a data directory of its own and durability on, and what the load needs of
 *  it: a token, integrations, its memory. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { runningEmbedded } from "../../server/platform/embedded-postgres.ts";

/** As a server that people start gets them. */
const { nodeFlags } = createRequire(import.meta.url)("../../bin/run.cjs") as { readonly nodeFlags: readonly string[] };

export type DeskProcess = {
  readonly port: number;
  readonly readyMs: number;
  readonly rssMb: () => number;
  /** Highest since this was last asked. */
  readonly peakRssMb: () => number;
  /** Processor time used so far: steadier than a rate on a machine that others use too. */
  readonly cpuMs: () => number;
  readonly connection: () => pg.ClientConfig;
  /** The end of its log. */
  readonly lastWords: () => string;
  readonly stop: () => Promise<void>;
};

export type Place = {
  readonly root: string;
  readonly dataDir: string;
  readonly port: number;
  readonly smtpPort: number;
  /** Of another process that runs it; absent: one of its own. */
  readonly databaseUrl?: string;
};

export const administrator = { email: "bench@example.org", password: "a-password-for-one-run" };
const readyWithinMs = 60_000;
const sampleMs = 100;
const lastWordsMax = 5;

export async function makePlace(smtpPort: number): Promise<Place> {
  const dataDir = mkdtempSync(join(tmpdir(), "tocsin-bench-"));
  return { root: join(import.meta.dirname, "..", ".."), dataDir, port: await freePort(), smtpPort };
}

export const removePlace = (place: Place): void => rmSync(place.dataDir, { recursive: true, force: true });

/** Flags come before the file, so that a profile can be asked of the server alone. */
export async function startDesk(place: Place, flags: readonly string[] = []): Promise<DeskProcess> {
  const began = performance.now();
  const node = join(place.root, "node_modules", ".bin", "node");
  const child = spawn(node, [...nodeFlags, ...flags, join(place.root, "server", "main.ts")], {
    cwd: place.dataDir,
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: join(place.root, ".cache", "compile"),
      TOCSIN_TEST_FAST_DATABASE: "",
      DATABASE_URL: place.databaseUrl ?? "",
      TOCSIN_DATA_DIR: place.dataDir,
      TOCSIN_PORT: String(place.port),
      TOCSIN_ADMIN_EMAIL: administrator.email,
      TOCSIN_ADMIN_PASSWORD: administrator.password,
      TOCSIN_SMTP_URL: `smtp://127.0.0.1:${place.smtpPort}`,
      TOCSIN_MAIL_FROM: "tocsin@example.org",
      TOCSIN_LOG: "warn",
    },
  });
  const words: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => words.push(chunk.toString()) > lastWordsMax && words.shift());
  await untilReady(place.port, child);
  const readyMs = performance.now() - began;
  const rssMb = (): number => residentMb(child.pid ?? 0);
  let peak = 0;
  const sampler = setInterval(() => {
    if (child.exitCode === null) peak = Math.max(peak, rssMb());
  }, sampleMs);
  return {
    port: place.port,
    readyMs,
    rssMb,
    peakRssMb: () => {
      const highest = Math.max(peak, rssMb());
      peak = 0;
      return highest;
    },
    cpuMs: () => processorMs(child.pid ?? 0),
    connection: () => {
      const found = runningEmbedded(place.dataDir);
      if (!found) throw new Error("the embedded PostgreSQL does not run");
      return found.owner;
    },
    lastWords: () => words.join(""),
    stop: async () => {
      clearInterval(sampler);
      if (child.exitCode !== null) return;
      const gone = new Promise<void>((done) => child.once("exit", () => done()));
      child.kill("SIGTERM");
      await gone;
    },
  };
}

async function untilReady(port: number, child: ChildProcess): Promise<void> {
  const end = performance.now() + readyWithinMs;
  while (performance.now() < end) {
    if (child.exitCode !== null) throw new Error(`the server stopped at once (${child.exitCode})`);
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await sleep(10);
  }
  throw new Error("the server was not ready in time");
}

/** Linux only; 0 elsewhere, which the table shows as not measured. */
function residentMb(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1_024;
  } catch {
    return 0;
  }
}

/** User and system time; the kernel counts them in hundredths of a second. */
function processorMs(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise<void>((done) => server.close(() => done()));
  return typeof address === "object" && address ? address.port : 0;
}

/** A token that reads and writes, made as a person makes one. */
export async function makeToken(port: number): Promise<string> {
  const signedIn = await ask(port, "/api/v1/session", {}, administrator);
  const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
  const made = await ask(port, "/api/v1/tokens", { cookie, origin: `http://127.0.0.1:${port}` }, { name: "bench" });
  return ((await made.json()) as { token: string }).token;
}

export async function makeIntegration(port: number, token: string, kind: string, name: string): Promise<string> {
  const made = await ask(port, "/api/v1/integrations", { authorization: `Bearer ${token}` }, { kind, name });
  return ((await made.json()) as { key: string }).key;
}

async function ask(port: number, path: string, headers: Record<string, string>, body: object): Promise<Response> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`);
  return answer;
}
