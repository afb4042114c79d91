/** A token made at the console: whoever may read the data directory (or the database's address) may make one, and the
 *  record says that it was made so. Works beside a running desk, or starts the embedded database for the moment. */
import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import type { TokenMade, TokenWanted } from "../cli/world.ts";
import { stampOf, systemActor } from "../core/kernel/stamp.ts";
import { toIso } from "../core/kernel/time.ts";
import { insertToken, tokenDaysDefault } from "../server/access/sessions.ts";
import { readConfig } from "../server/config.ts";
import { databaseClock } from "../server/platform/clock.ts";
import { transact } from "../server/platform/database.ts";
import { runningEmbedded, startEmbeddedPostgres } from "../server/platform/embedded-postgres.ts";
import { appendAudit } from "../server/platform/event-log.ts";
import { appRole } from "../server/platform/migrate.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const root = fileURLToPath(new URL("..", import.meta.url));
const dayMs = 86_400_000;
const budgetMs = 8_000;
/** A desk that has just started answers within this. */
const answerMs = 10_000;

export async function makeTokenHere(environment: Environment, wanted: TokenWanted): Promise<TokenMade> {
  /* Only these: a wrong TOCSIN_HOST keeps a desk from starting, not a token from being made. */
  const { DATABASE_URL, DATABASE_URL_FILE, TOCSIN_DATA_DIR } = environment;
  const { databaseUrl } = readConfig({ DATABASE_URL, DATABASE_URL_FILE });
  if (databaseUrl !== null) return inDatabase({ connectionString: databaseUrl, options: `-c role=${appRole}` }, wanted);
  const dataDir = TOCSIN_DATA_DIR ? resolve(TOCSIN_DATA_DIR) : join(root, "data");
  if (!existsSync(join(dataDir, "postgres", "cluster", "PG_VERSION"))) return { refused: "no-desk", where: dataDir };
  const running = runningEmbedded(dataDir);
  if (running) return inDatabase(running.app, wanted);
  const embedded = await startEmbeddedPostgres(dataDir, () => {});
  try {
    return await inDatabase(embedded.app, wanted);
  } finally {
    await embedded.stop();
  }
}

async function inDatabase(connection: pg.PoolConfig, wanted: TokenWanted): Promise<TokenMade> {
  const pool = new pg.Pool({ ...connection, max: 1, connectionTimeoutMillis: 3_000 });
  pool.on("error", () => {});
  try {
    const silent = await whyNoAnswer(pool);
    if (silent !== null) return { refused: "database-silent", where: silent };
    const { rows } = await pool.query<{ made: boolean }>("select to_regclass('tokens') is not null as made");
    if (!rows[0]?.made) return { refused: "no-desk", where: "DATABASE_URL" };
    return await insert(pool, wanted);
  } finally {
    await pool.end();
  }
}

/** Null once it answers. */
async function whyNoAnswer(pool: pg.Pool): Promise<string | null> {
  const end = performance.now() + answerMs;
  for (;;) {
    try {
      await pool.query("select 1");
      return null;
    } catch (error) {
      if (performance.now() > end) return error instanceof Error ? error.message : String(error);
      await sleep(250);
    }
  }
}

async function insert(pool: pg.Pool, wanted: TokenWanted): Promise<TokenMade> {
  const clock = await databaseClock(pool, () => {});
  const at = clock.now();
  clock.stop();
  return transact(pool, budgetMs, async (client) => {
    const { rows } =
      wanted.person === null
        ? await client.query<{ id: string }>(
            "select id from people where admin and active order by made_at, id limit 1",
          )
        : await client.query<{ id: string }>("select id from people where active and lower(email) = lower($1)", [
            wanted.person,
          ]);
    const person = rows[0];
    if (!person)
      return wanted.person === null
        ? { refused: "no-administrator", where: "" }
        : { refused: "person-unknown", where: wanted.person };
    const expiresAt = at + (wanted.lastsMs ?? tokenDaysDefault * dayMs);
    const { name, scopes } = wanted;
    const made = await insertToken(client, { personId: person.id, name, scopes, expiresAt, at, via: "console" });
    await appendAudit(client, {
      stream: `person/${person.id}`,
      type: "token.made",
      stamp: stampOf(
        { at, actor: systemActor("console"), cause: { kind: "console", detail: { user: userInfo().username } } },
        null,
        false,
      ),
      data: { token: made.id, name, scopes: [...scopes] },
    });
    return { token: made.token, id: made.id, expiresAt: toIso(expiresAt) };
  });
}
