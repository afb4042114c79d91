/** Server processes that share one database, each killed and started again at will. */
import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connectionUrl, type Database, newDirectory } from "../acceptance/cluster.ts";
import { freePort } from "./server.ts";

const root = join(import.meta.dirname, "..", "..");
export const administrator = { email: "garde@example.org", password: "Une-phrase-assez-longue-7" };

export type Node = {
  readonly url: string;
  readonly isUp: () => boolean;
  /** Until it is ready. */
  readonly start: () => Promise<void>;
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export type Shared = {
  readonly database: Database;
  readonly smtpUrl: string;
  readonly secretKey: string;
  readonly env?: Readonly<Record<string, string>>;
};

export async function placeNode(shared: Shared): Promise<Node> {
  const dataDir = newDirectory();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  let said = "";
  let up = false;
  const launch = (): ChildProcess => {
    const started = spawn(process.execPath, ["--disable-proto=delete", join(root, "server", "main.ts")], {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        DATABASE_URL: connectionUrl(shared.database),
        TOCSIN_DATA_DIR: dataDir,
        TOCSIN_PORT: String(port),
        TOCSIN_SECRET_KEY: shared.secretKey,
        TOCSIN_ADMIN_EMAIL: administrator.email,
        TOCSIN_ADMIN_PASSWORD: administrator.password,
        TOCSIN_SMTP_URL: shared.smtpUrl,
        TOCSIN_MAIL_FROM: "tocsin@example.org",
        TOCSIN_LOG: "error",
        ...shared.env,
      },
    });
    for (const stream of [started.stdout, started.stderr])
      stream.on("data", (chunk: Buffer) => {
        said = `${said}${chunk.toString()}`.slice(-4_000);
      });
    return started;
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    up = false;
    const ending = child;
    if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = new Promise<void>((done) => ending.once("exit", () => done()));
    ending.kill(signal);
    await gone;
  };
  return {
    url,
    isUp: () => up,
    start: async () => {
      const starting = launch();
      child = starting;
      while (!(await isReady(url))) {
        if (starting.exitCode !== null) throw new Error(`a node stopped by itself: ${said}`);
        await sleep(25);
      }
      up = true;
    },
    kill: () => end("SIGKILL"),
    stop: async () => {
      await end("SIGTERM");
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  );
