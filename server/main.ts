/** Start: configuration, database, migrations, first run, desk. Stops cleanly on SIGINT and SIGTERM, and when its launcher
 *  dies. */
import { mkdirSync } from "node:fs";
import pg from "pg";
import { type Desk, startDesk } from "./app.ts";
import { writeScripted } from "./assistance/scripted.ts";
import { type Config, readConfig } from "./config.ts";
import { demonstrationPassword, type Loaded, loadDemonstration, signIns } from "./demonstration/load.ts";
import { writeDraft } from "./desk/write.ts";
import { type FirstAdministrator, prepareFirstRun } from "./directory/first-run.ts";
import { insertIntegration } from "./directory/integration-store.ts";
import { insertKnownError } from "./directory/known-error-store.ts";
import { bumpDirectory } from "./directory/load.ts";
import * as directoryStore from "./directory/store.ts";
import { insertSupplier } from "./directory/supplier-store.ts";
import { insertExercise, updateCharter } from "./directory/team-store.ts";
import { insertVitalFunction, linkServices } from "./directory/vital-store.ts";
import { insertMonitor, writeWatched } from "./heartbeats/store.ts";
import { insertProvider, noteProvider, sealAccount } from "./notification/provider-store.ts";
import { insertCover } from "./oncall/cover-store.ts";
import { insertAbsence, insertOverride, insertSchedule } from "./oncall/schedule-store.ts";
import { ConfigError } from "./platform/addresses.ts";
import { databaseTime } from "./platform/clock.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./platform/embedded-postgres.ts";
import { reasonIn } from "./platform/embedded-postgres-cluster.ts";
import { prepareExternal } from "./platform/external-database.ts";
import { createLog } from "./platform/log.ts";
import { appRole, migrate } from "./platform/migrate.ts";
import { loadSecrets } from "./platform/secrets.ts";
import { keepUnlessTooMany, linkIncident, newReceipt } from "./reports/store.ts";
import { keepSeen } from "./security/store.ts";

type Started = {
  readonly config: Config;
  readonly embedded: EmbeddedPostgres | null;
  readonly desk: Desk;
  /** Nobody had used this desk before. */
  readonly first: boolean;
};

const stopWithinMs = 15_000;
/** One Ctrl+C arrives several times: from the terminal, from npm and from the launcher. */
const sameSignalSeconds = 1;
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

let config: Config | null = null;
let stopping = false;
let running = false;

async function main(): Promise<void> {
  process.stdout.on("error", () => {});
  config = readConfig(process.env);
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
  let death: string | null = null;
  const embedded =
    config.databaseUrl === null
      ? await startEmbeddedPostgres(config.dataDir, (code, lastWords) => {
          death = reasonIn(lastWords);
          if (running) log.error({ code, lastWords }, "the embedded PostgreSQL died; it is started again");
        })
      : null;
  let desk: Desk | null = null;
  try {
    const owner: pg.ClientConfig = embedded ? embedded.owner : { connectionString: config.databaseUrl ?? "" };
    if (config.databaseUrl !== null) await prepareExternal(config.databaseUrl);
    await migrate(owner);
    const connection: pg.PoolConfig = embedded
      ? embedded.app
      : { connectionString: config.databaseUrl ?? "", options: `-c role=${appRole}` };
    const pool = new pg.Pool({ ...connection, max: 2 });
    pool.on("error", () => {});
    const first = await prepareFirstRun(pool, config, showFirst).finally(() => pool.end());
    if (process.argv.includes("--demo")) await demonstrate(config, connection);
    desk = await startDesk({ config, connection, log });
    await desk.http.listen({ host: config.host, port: config.port, backlog: 4_096 });
    return { config, embedded, desk, first: first !== null };
  } catch (error) {
    await desk?.stop();
    await embedded?.stop();
    throw death === null ? error : new ConfigError(`TOCSIN_DATA_DIR: the embedded PostgreSQL died: ${death}`);
  }
}

async function stopAll({ desk, embedded }: Started, unfinished: Set<string>): Promise<void> {
  await desk.stop(unfinished);
  unfinished.add("the embedded PostgreSQL");
  await embedded?.stop();
}

/** Before it is kept: a start that fails later (the port is taken) must not have kept a password that nobody has seen. */
function showFirst({ email, password }: FirstAdministrator): void {
  say(`First administrator: ${email}${password ? `  password: ${password}  (shown this once)` : ""}`);
}

/** `--demo`, on an empty desk; on any other nothing is changed, and the start says so. */
async function demonstrate(config: Config, connection: pg.PoolConfig): Promise<void> {
  const pool = new pg.Pool({ ...connection, max: 1, pipeline: true });
  pool.on("error", () => {});
  const secrets = loadSecrets(config.secretKey, config.dataDir);
  const hands = {
    directory: {
      ...directoryStore,
      updateCharter,
      insertExercise,
      insertVitalFunction,
      linkServices,
      insertSupplier,
      insertKnownError,
      insertIntegration,
      insertSchedule,
      bump: bumpDirectory,
    },
    duty: { insertSchedule, insertOverride, insertAbsence, insertCover },
    write: writeDraft,
    report: { receipt: newReceipt, keep: keepUnlessTooMany, link: linkIncident },
    heartbeats: { insertMonitor, writeWatched },
    carriers: { sealAccount, insertProvider, noteProvider },
    assistance: writeScripted,
    observed: keepSeen,
  };
  say("Demonstration…");
  const since = process.uptime();
  const loaded = await databaseTime(pool)
    .then((at) => loadDemonstration({ pool, secrets, at, hands }))
    .finally(() => pool.end());
  sayLoaded(loaded, { seconds: process.uptime() - since, password: demonstrationPassword(secrets) });
}

function sayLoaded(
  loaded: Loaded,
  { seconds, password }: { readonly seconds: number; readonly password: string },
): void {
  if (loaded.kind === "not-empty") {
    const { other, ...counted } = loaded.found;
    const what = Object.entries(counted).flatMap(([name, count]) => (count > 0 ? [`${name}: ${count}`] : []));
    throw new ConfigError(
      `--demo: this desk is in use (${what.join(", ") || `other things: ${other}`}). The demonstration goes into an empty one only: choose another TOCSIN_DATA_DIR or DATABASE_URL. Nothing was changed.`,
    );
  }
  if (loaded.kind === "loaded")
    say(`  ${loaded.incidents} incidents, ${loaded.entries} entries of their records, in ${seconds.toFixed(1)} s.`);
  else say(`  It is there already, since ${new Date(loaded.since).toISOString()}; nothing was changed.`);
  say(`  A city that does not exist; nothing is sent from this desk. Sign in with the password ${password} as`);
  for (const { email, name, level } of signIns) say(`    ${email.padEnd(34)} ${name}, ${roles[level ?? 0]}`);
}

/** What each of its people is there to show, by level. */
const roles: Readonly<Record<number, string>> = {
  0: "contributor, without a level",
  2: "service desk agent, level 2",
  3: "responder, level 3",
  4: "coordinator, level 4",
  5: "process owner, level 5",
};

function announce({ config, desk, first }: Started): void {
  say(`Tocsin ${config.url}  (${process.uptime().toFixed(1)} s)`);
  if (desk.demonstration) say("  This desk holds the demonstration: its data is made up, and no mail leaves it.");
  else if (first) say("  To see a desk at work: npm start -- --demo (in an empty data directory).");
  if (config.smtpUrl === null && !desk.demonstration)
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

/** One line for what the reader can mend; anything else with its stack. */
function wordsFor(error: unknown, config: Config | null): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof ConfigError) return error.message.replace(/\s*\n\s*/g, " ");
  if (config === null) return error.stack ?? error.message;
  const { code = "", syscall, path } = error as NodeJS.ErrnoException;
  const { host, port, dataDir, databaseUrl } = config;
  if (code === "EADDRINUSE") return `TOCSIN_PORT: ${host}:${port} is taken by another program`;
  if (syscall === "listen" && code === "EACCES") return `TOCSIN_PORT: this user may not listen on port ${port}`;
  if (syscall === "listen" || syscall === "getaddrinfo") return `TOCSIN_HOST: cannot listen on ${host} (${code})`;
  if (code === "ENOSPC" || code === "EDQUOT" || code === "53100")
    return `TOCSIN_DATA_DIR: no room left in ${path ?? dataDir} (${error.message})`;
  if (databaseUrl !== null && code === "42501") return `DATABASE_URL: this user lacks a right (${error.message})`;
  if (path?.startsWith(dataDir)) return `TOCSIN_DATA_DIR: this user cannot use ${path} (${code})`;
  return error.stack ?? error.message;
}

main().catch((error: unknown) => {
  process.stderr.write(`${wordsFor(error, config)}\n`);
  process.exit(1);
});
