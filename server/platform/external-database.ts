/** What a database that is not ours must offer, asked at every start before anything is written: a membership is taken
 *  away, or a dump restored without its roles, long after the migrations have run. Each thing that lacks is one line that
 *  names what to run. */
import pg from "pg";
import { ConfigError } from "./addresses.ts";
import { appRole, migrationLock } from "./migrate.ts";

const versionMin = 150_000;
const extensions = ["pg_trgm", "unaccent"];
const connectTimeoutMs = 10_000;

type Server = {
  readonly version: number;
  readonly words: string;
  readonly user: string;
  readonly base: string;
  readonly standby: boolean;
  readonly creates: boolean;
};

const askServer = `select current_setting('server_version_num')::int as version, current_setting('server_version') as words,
current_user as user, current_database() as base, pg_is_in_recovery() as standby,
has_schema_privilege('public', 'create') as creates`;

export async function prepareExternal(connectionString: string): Promise<void> {
  const client = await reach(connectionString);
  try {
    const { rows } = await client.query<Server>(askServer);
    const [server] = rows;
    if (!server) throw new Error("the server said nothing of itself");
    refuseServer(server);
    await client.query("begin");
    await client.query(`select pg_advisory_xact_lock(${migrationLock})`);
    await needExtensions(client, server);
    await needRole(client, server);
    await client.query("commit");
  } finally {
    await client.end().catch(() => {});
  }
}

async function reach(connectionString: string): Promise<pg.Client> {
  try {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: connectTimeoutMs });
    client.on("error", () => {});
    await client.connect();
    return client;
  } catch (error) {
    throw new ConfigError(`DATABASE_URL: the database cannot be used: ${wordsOf(error)}`, { cause: error });
  }
}

/** A name with several addresses fails with one error for each, and no words of its own. */
function wordsOf(error: unknown): string {
  const first = error instanceof AggregateError ? error.errors[0] : error;
  return (first instanceof Error ? first.message : String(first)).split("\n")[0] ?? "";
}

export function refuseServer({ version, words, user, base, standby, creates }: Server): void {
  if (version < versionMin)
    throw new ConfigError(`DATABASE_URL: PostgreSQL 15 or later is needed, this server is ${words}`);
  if (standby) throw new ConfigError("DATABASE_URL: this server is a standby, which only reads: name the primary");
  if (!creates)
    throw new ConfigError(
      `DATABASE_URL: ${user} may not make tables in ${base}: run ${asAdministrator(base, `GRANT CREATE ON SCHEMA public TO ${named(user)};`)}`,
    );
}

async function needExtensions(client: pg.Client, { user, base }: Server): Promise<void> {
  const { rows } = await client.query<{ name: string }>("select extname as name from pg_extension");
  const missing = extensions.filter((one) => !rows.some(({ name }) => name === one));
  for (const name of extensions) {
    if (!missing.includes(name)) continue;
    const fault = await attempt(client, `create extension if not exists ${name}`);
    if (fault === null) continue;
    const wanted = missing.map((one) => `CREATE EXTENSION IF NOT EXISTS ${one};`).join(" ");
    throw new ConfigError(
      fault.code === "42501"
        ? `DATABASE_URL: ${user} may not add the extensions ${missing.join(" and ")}: run ${asAdministrator(base, wanted)}`
        : `DATABASE_URL: the server lacks the extension ${name} (${wordsOf(fault)}): install PostgreSQL's contrib package there, then start again`,
      { cause: fault },
    );
  }
}

/** Each connection of the desk takes this role, so that not even a fault of ours can change the record. */
async function needRole(client: pg.Client, { version, user, base }: Server): Promise<void> {
  const { rows } = await client.query("select 1 from pg_roles where rolname = $1", [appRole]);
  const lacks = rows.length === 0;
  const cause = lacks ? await attempt(client, `create role ${appRole} nologin`) : null;
  if (lacks && cause !== null)
    throw new ConfigError(
      `DATABASE_URL: ${user} may not make the role ${appRole}: run ${asAdministrator(base, `CREATE ROLE ${appRole} NOLOGIN; GRANT ${appRole} TO ${named(user)};`)}`,
      { cause },
    );
  /* Since 16 a member may be one without the right to take the role. */
  const right = version < 160_000 ? "MEMBER" : "SET";
  const member = await client.query<{ takes: boolean }>("select pg_has_role($1::name, $2::text) as takes", [
    appRole,
    right,
  ]);
  if (member.rows[0]?.takes) return;
  const fault = await attempt(client, `grant ${appRole} to current_user`);
  if (fault !== null)
    throw new ConfigError(
      `DATABASE_URL: ${user} may not take the role ${appRole}: run ${asAdministrator(base, `GRANT ${appRole} TO ${named(user)};`)}`,
      { cause: fault },
    );
}

type Fault = Error & { readonly code?: string };

async function attempt(client: pg.Client, statement: string): Promise<Fault | null> {
  await client.query("savepoint attempt");
  try {
    await client.query(statement);
    return null;
  } catch (error) {
    await client.query("rollback to savepoint attempt");
    return error as Fault;
  }
}

const named = (user: string): string => pg.escapeIdentifier(user);
const asAdministrator = (base: string, statements: string): string =>
  `in ${base}, as an administrator: ${statements} then start again`;
