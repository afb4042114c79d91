/** A real server process, its own data directory and mailbox, to be killed and started again. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { SMTPServer } from "smtp-server";
import { runningEmbedded } from "../../server/platform/embedded-postgres.ts";

const root = join(import.meta.dirname, "..", "..");
/** Why processes of PostgreSQL cannot be looked for here; false: they can. */
export const noProc = existsSync("/proc/self") ? false : "no /proc to look for processes";
const saidMax = 4_000;
/** Three minutes: a machine whose disk is kept busy by others recovers slowly. */
const readyTriesMax = 3_600;
const admin = { email: "garde@example.org", password: "Une-phrase-assez-longue-7" };

export type Mailbox = {
  readonly port: number;
  readonly pages: () => string[];
  readonly waitFor: (wanted: (mail: string) => boolean, count?: number) => Promise<string[]>;
  readonly close: () => Promise<void>;
};

async function openMailbox(): Promise<Mailbox> {
  const mails: string[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        mails.push(
          Buffer.concat(chunks)
            .toString("utf8")
            .replace(/=\r?\n/g, ""),
        );
        done();
      });
    },
  });
  /* A desk that is killed resets what it had open. */
  smtp.on("error", () => {});
  const port = await freePort();
  await new Promise<void>((done) => smtp.listen(port, "127.0.0.1", done));
  const pages = (): string[] => mails.filter((mail) => mail.includes("/ack/"));
  return {
    port,
    pages,
    waitFor: async (wanted, count = 1) => {
      for (let i = 0; i < 600 && mails.filter(wanted).length < count; i++) await sleep(50);
      return mails.filter(wanted);
    },
    close: () => new Promise((done) => smtp.close(() => done())),
  };
}

export type RunningServer = {
  readonly port: number;
  readonly dataDir: string;
  /** As the owner of its database. */
  readonly owner: () => pg.ClientConfig;
  /** Its postmaster, and all of PostgreSQL that works for it. */
  readonly postmaster: () => number;
  readonly postgres: () => number[];
  readonly post: (path: string, body: unknown, signal?: AbortSignal) => Promise<Response>;
  readonly get: (path: string, token: string) => Promise<{ data: unknown[]; nextCursor: string | null }>;
  readonly setUp: (name: string) => Promise<{ key: string; token: string }>;
  /** Sends an event until told otherwise, each worker one after the other. */
  readonly load: (key: string, workers: number) => Load;
  /** The keys of all alerts it knows. */
  readonly alertKeys: (token: string) => Promise<Set<string>>;
  /** Without waiting for it. */
  readonly launch: () => void;
  readonly kill: (signal?: NodeJS.Signals) => void;
  /** What it wrote last: why it is as it is. */
  readonly said: () => string;
  /** Its exit code, or the signal it died of. */
  readonly ended: () => Promise<number | NodeJS.Signals | null>;
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly remove: () => void;
};

export type Load = {
  readonly accepted: ReadonlySet<string>;
  /** How often each other status, or error of the connection, was met. */
  readonly met: ReadonlyMap<string, number>;
  readonly stop: () => Promise<void>;
};

/** An event as PagerDuty's clients send it. */
export const eventOf = (key: string, name: string): object => ({
  routing_key: key,
  event_action: "trigger",
  dedup_key: name,
  payload: { summary: `Load ${name}`, source: "load", severity: "error" },
});

/** Started before the tests of a file, and taken away after them, with what was mailed. */
export async function serverOfTests(): Promise<{ readonly mailbox: Mailbox; readonly server: RunningServer }> {
  const mailbox = await openMailbox();
  const server = await placeServer({ smtpPort: mailbox.port });
  before(() => server.restart());
  after(async () => {
    await server.stop();
    server.remove();
    await mailbox.close();
  });
  return { mailbox, server };
}

/** Until its first launch nothing runs. */
export async function placeServer(known: { readonly smtpPort: number }): Promise<RunningServer> {
  const dataDir = mkdtempSync(join(realpathSync(tmpdir()), "tocsin-fault-"));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  let said = "";
  const launch = (): void => {
    child = spawn(process.execPath, ["--disable-proto=delete", join(root, "server", "main.ts")], {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        TOCSIN_PORT: String(port),
        TOCSIN_DATA_DIR: dataDir,
        DATABASE_URL: "",
        TOCSIN_ADMIN_EMAIL: admin.email,
        TOCSIN_ADMIN_PASSWORD: admin.password,
        TOCSIN_SMTP_URL: `smtp://127.0.0.1:${known.smtpPort}`,
        TOCSIN_MAIL_FROM: "tocsin@example.org",
        TOCSIN_LOG: "error",
      },
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk: Buffer) => {
        said = `${said}${chunk.toString()}`.slice(-saidMax);
      });
  };
  const untilReady = async (): Promise<void> => {
    for (let i = 0; i < readyTriesMax; i++) {
      if ((await readiness(base)) === ready) return;
      await sleep(50);
    }
    throw new Error(
      `the server did not become ready: ${await readiness(base)}, ended with ${child?.exitCode}, said ${said}`,
    );
  };
  const post = (path: string, body: unknown, signal?: AbortSignal): Promise<Response> =>
    fetch(base + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });
  const ended = async (): Promise<number | NodeJS.Signals | null> => {
    if (child !== null && child.exitCode === null && child.signalCode === null)
      await new Promise((done) => child?.once("exit", done));
    return child?.signalCode ?? child?.exitCode ?? null;
  };
  const get = async (path: string, token: string): Promise<{ data: unknown[]; nextCursor: string | null }> =>
    (await fetch(base + path, { headers: { authorization: `Bearer ${token}` } })).json() as never;
  return {
    port,
    dataDir,
    owner: () => {
      const running = runningEmbedded(dataDir);
      if (!running) throw new Error("no database runs");
      return running.owner;
    },
    postmaster: () => Number(readFileSync(join(clusterOf(dataDir), "postmaster.pid"), "utf8").split("\n")[0]),
    postgres: () => workingIn(clusterOf(dataDir)),
    post,
    get,
    setUp: (name) => setUp(base, name),
    load: (key, workers) => startLoad(port, key, workers),
    alertKeys: (token) => alertKeys(get, token),
    kill: (signal = "SIGKILL") => void child?.kill(signal),
    ended,
    said: () => said,
    launch,
    restart: async () => {
      await ended();
      launch();
      await untilReady();
    },
    stop: async () => {
      child?.kill("SIGTERM");
      await ended();
    },
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

const clusterOf = (dataDir: string): string => join(dataDir, "postgres", "cluster");

/** Each process of PostgreSQL works in its data directory. */
function workingIn(directory: string): number[] {
  const worksThere = (pid: string): boolean => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === directory;
    } catch {
      return false;
    }
  };
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && worksThere(name))
    .map(Number);
}

/** Each worker has a connection of its own and keeps it, as collectors do. */
function startLoad(port: number, key: string, workers: number): Load {
  const run = randomBytes(3).toString("hex");
  const accepted = new Set<string>();
  const met = new Map<string, number>();
  let sending = true;
  const work = async (worker: number): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let i = 0; sending; i++) {
      const name = `${run}-${worker}-${i}`;
      const outcome = await send({ port, agent, body: eventOf(key, name) });
      if (outcome === "202") accepted.add(name);
      else {
        met.set(outcome, (met.get(outcome) ?? 0) + 1);
        await sleep(10);
      }
    }
    agent.destroy();
  };
  const all = Array.from({ length: workers }, (_, worker) => work(worker));
  return {
    accepted,
    met,
    stop: async () => {
      sending = false;
      await Promise.all(all);
    },
  };
}

export type Sending = { readonly port: number; readonly agent: Agent; readonly body: object };

/** The status, or the error of the connection; a 503 without Retry-After says so. */
export function send({ port, agent, body }: Sending): Promise<string> {
  return new Promise((done) => {
    const sent = request(
      {
        port,
        host: "127.0.0.1",
        agent,
        method: "POST",
        path: "/v2/enqueue",
        headers: { "content-type": "application/json" },
      },
      (answer) => {
        answer.resume();
        const { statusCode, headers } = answer;
        const mute = statusCode === 503 && headers["retry-after"] === undefined;
        answer.on("end", () => done(mute ? "503 without Retry-After" : String(statusCode)));
        answer.on("error", (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
      },
    );
    sent.on("error", (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    sent.end(JSON.stringify(body));
  });
}

async function alertKeys(get: RunningServer["get"], token: string): Promise<Set<string>> {
  const known = new Set<string>();
  const incidents = await get("/api/v1/incidents?limit=200", token);
  for (const incident of incidents.data as { id: string }[]) {
    for (let cursor = ""; ; ) {
      const page = await get(`/api/v1/incidents/${incident.id}/alerts?limit=200${cursor}`, token);
      for (const alert of page.data as { key: string }[]) known.add(alert.key);
      if (!page.nextCursor) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
  }
  return known;
}

const ready = "ready";

/** Or why it is not. */
async function readiness(base: string): Promise<string> {
  try {
    const answer = await fetch(`${base}/readyz`);
    return answer.status === 200 ? ready : await answer.text();
  } catch (error) {
    return String((error as Error).cause ?? error);
  }
}

async function setUp(base: string, name: string): Promise<{ key: string; token: string }> {
  const json = { "content-type": "application/json" };
  const session = await fetch(`${base}/api/v1/session`, { method: "POST", headers: json, body: JSON.stringify(admin) });
  const cookie = session.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const made = await fetch(`${base}/api/v1/tokens`, {
    method: "POST",
    headers: { ...json, cookie, origin: base },
    body: JSON.stringify({ name }),
  });
  const { token } = (await made.json()) as { token: string };
  const integration = await fetch(`${base}/api/v1/integrations`, {
    method: "POST",
    headers: { ...json, authorization: `Bearer ${token}` },
    body: JSON.stringify({ kind: "pagerduty", name }),
  });
  const { key } = (await integration.json()) as { key: string };
  return { key, token };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise<void>((done) => server.close(() => done()));
  return typeof address === "object" && address ? address.port : 0;
}
