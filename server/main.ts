/** Start: configuration, database, migrations, first run, desk. Stops cleanly on SIGINT and SIGTERM, and when its launcher
 *  dies. */
import { mkdirSync } from "node:fs";
import pg from "pg";
import { type Desk, startDesk } from "./app.ts";
import { type Config, readConfig } from "./config.ts";
import { type FirstAdministrator, prepareFirstRun } from "./directory/first-run.ts";
import { ConfigError } from "./platform/addresses.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./platform/embedded-postgres.ts";
import { createLog } from "./platform/log.ts";
import { appRole, migrate } from "./platform/migrate.ts";

type Started = {
  readonly config: Config;
  readonly embedded: EmbeddedPostgres | null;
  readonly desk: Desk;
  readonly first: FirstAdministrator | null;
};

const stopWithinMs = 15_000;
/** One Ctrl+C arrives several times: from the terminal, from npm and from the launcher. */
const sameSignalSeconds = 1;
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

let stopping = false;
let running = false;

async function main(): Promise<void> {
  process.stdout.on("error", () => {});
  const config = readConfig(process.env);
  for (const signal of signals) process.once(signal, () => running || process.exit(0));
  const started = await start(config);
  running = true;
  const stop = stopper(started);
  for (const signal of signals) process.on(signal, () => stop("Tocsin stops…"));
  if (process.send && !process.connected) return stop(null);
  if (process.connected) process.on("disconnect", () => stop(null));
  announce(started);
}

/** The first call stops in order, within a time; a later one at once. */
function stopper(started: Started): (words: string | null) => void {
  const unfinished = new Set<string>();
  let since = 0;
  const give = async (words: string): Promise<void> => {
    process.stderr.write(`${words}\n`);
    await started.embedded?.stopNow();
    process.exit(1);
  };
  return (words) => {
    if (stopping) {
      if (words !== null && process.uptime() - since > sameSignalSeconds) void give("Tocsin stops at once.");
      return;
    }
    stopping = true;
    since = process.uptime();
    if (words !== null) say(`\n${words}`);
    setTimeout(
      () => void give(`Tocsin did not stop in ${stopWithinMs / 1_000} s: waiting for ${[...unfinished].join(", ")}.`),
      stopWithinMs,
    );
    stopAll(started, unfinished).then(
      () => process.exit(0),
      (error: unknown) => give(`Tocsin did not stop well: ${error instanceof Error ? error.stack : String(error)}`),
    );
  };
}

async function start(config: Config): Promise<Started> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const log = createLog(config.logLevel);
  const embedded =
    config.databaseUrl === null
      ? await startEmbeddedPostgres(config.dataDir, (code, lastWords) => {
          if (stopping) return;
          log.fatal({ code, lastWords }, "the embedded PostgreSQL stopped by itself");
          process.exit(1);
        })
      : null;
  try {
    const owner: pg.ClientConfig = embedded ? embedded.owner : { connectionString: config.databaseUrl ?? "" };
    await migrate(owner);
    const connection: pg.PoolConfig = embedded
      ? embedded.app
      : { connectionString: config.databaseUrl ?? "", options: `-c role=${appRole}` };
    const pool = new pg.Pool({ ...connection, max: 2 });
    const first = await prepareFirstRun(pool, config).finally(() => pool.end());
    const desk = await startDesk({ config, connection, log });
    await desk.http.listen({ host: config.host, port: config.port, backlog: 4_096 });
    return { config, embedded, desk, first };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

async function stopAll({ desk, embedded }: Started, unfinished: Set<string>): Promise<void> {
  await desk.stop(unfinished);
  unfinished.add("the embedded PostgreSQL");
  await embedded?.stop();
}

function announce({ config, first }: Started): void {
  say(`Tocsin ${config.url}  (${process.uptime().toFixed(1)} s)`);
  if (first)
    say(
      `  First administrator: ${first.email}${first.password ? `  password: ${first.password}  (shown this once)` : ""}`,
    );
  if (config.smtpUrl === null)
    say("  Mail: not set. Pages wait in the outbox. Set TOCSIN_SMTP_URL and TOCSIN_MAIL_FROM.");
  if (config.insecureHttp)
    say(
      "  Plain HTTP beyond this machine: passwords and links can be read on the way. Set TOCSIN_TLS_CERT and TOCSIN_TLS_KEY.",
    );
  say(
    `  Try: curl -X POST ${config.url}/api/v1/reports -H 'content-type: application/json' -d '{"title":"The printer on floor 3 is down"}'`,
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(
    error instanceof ConfigError ? `${error.message}\n` : `${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
