/** A real server process, its own data directory and mailbox, to be killed and started again. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SMTPServer } from "smtp-server";

const root = join(import.meta.dirname, "..", "..");
const admin = { email: "garde@example.org", password: "Une-phrase-assez-longue-7" };

export type Mailbox = {
  readonly port: number;
  readonly pages: () => string[];
  readonly waitFor: (wanted: (mail: string) => boolean, count?: number) => Promise<string[]>;
  readonly close: () => Promise<void>;
};

export async function openMailbox(): Promise<Mailbox> {
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
  readonly post: (path: string, body: unknown, signal?: AbortSignal) => Promise<Response>;
  readonly get: (path: string, token: string) => Promise<{ data: unknown[]; nextCursor: string | null }>;
  readonly setUp: (name: string) => Promise<{ key: string; token: string }>;
  readonly kill: () => void;
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly remove: () => void;
};

export async function startServer(known: { readonly smtpPort: number }): Promise<RunningServer> {
  const dataDir = mkdtempSync(join(tmpdir(), "tocsin-fault-"));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  const launch = async (): Promise<void> => {
    child = spawn(process.execPath, ["--disable-proto=delete", join(root, "server", "main.ts")], {
      stdio: "ignore",
      env: {
        ...process.env,
        TOCSIN_PORT: String(port),
        TOCSIN_DATA_DIR: dataDir,
        DATABASE_URL: "",
        TOCSIN_ADMIN_EMAIL: admin.email,
        TOCSIN_ADMIN_PASSWORD: admin.password,
        TOCSIN_SMTP_URL: `smtp://127.0.0.1:${known.smtpPort}`,
        TOCSIN_MAIL_FROM: "tocsin@example.org",
        TOCSIN_LOG: "silent",
      },
    });
    for (let i = 0; i < 1_200; i++) {
      if (await ready(base)) return;
      await sleep(50);
    }
    throw new Error("the server did not become ready");
  };
  const post = (path: string, body: unknown, signal?: AbortSignal): Promise<Response> =>
    fetch(base + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });
  const ended = (): Promise<void> =>
    new Promise((done) =>
      child?.exitCode === null && child.signalCode === null ? child.once("exit", () => done()) : done(),
    );
  await launch();
  return {
    port,
    post,
    get: async (path, token) =>
      (await fetch(base + path, { headers: { authorization: `Bearer ${token}` } })).json() as never,
    setUp: (name) => setUp(base, name),
    kill: () => void child?.kill("SIGKILL"),
    restart: async () => {
      await ended();
      await launch();
    },
    stop: async () => {
      child?.kill("SIGTERM");
      await ended();
    },
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

async function ready(base: string): Promise<boolean> {
  try {
    return (await fetch(`${base}/readyz`)).status === 200;
  } catch {
    return false;
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
