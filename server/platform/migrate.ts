/** Forward-only migrations, plain SQL, under an advisory lock held for the transaction, by the owner. The application's
 *  role gets what it needs and no more: it may add to the record and never change it. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";

export const migrationsDir = join(import.meta.dirname, "..", "..", "migrations");
export const appRole = "tocsin_app";
/** Nodes that start together do it one after the other. */
export const migrationLock = 742019;

/** The record, the noted heads and who opened what is restricted may only be added to. */
const addOnly = ["events", "noted_heads", "incident_opened"];

export type Migration = { readonly name: string; readonly sql: string; readonly hash: string };

export function readMigrations(dir = migrationsDir): Migration[] {
  return readdirSync(dir)
    .filter((name) => /^\d{4}-.*\.sql$/.test(name))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(dir, name), "utf8");
      return { name, sql, hash: createHash("sha256").update(sql).digest("hex") };
    });
}

export async function migrate(owner: pg.ClientConfig, migrations = readMigrations()): Promise<string[]> {
  const client = new pg.Client({ ...owner, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("begin");
    await client.query(`select pg_advisory_xact_lock(${migrationLock})`);
    await client.query("create table if not exists migrations (name text primary key, hash text not null)");
    const { rows } = await client.query<{ name: string; hash: string }>("select name, hash from migrations");
    const done = new Map(rows.map((row) => [row.name, row.hash]));
    refuseUnknown(done, migrations);
    const missing = migrations.filter((one) => !done.has(one.name));
    for (const one of missing) {
      await client.query(one.sql);
      await client.query("insert into migrations (name, hash) values ($1, $2)", [one.name, one.hash]);
    }
    if (missing.length > 0 || !(await mayWork(client))) await grant(client);
    await client.query("commit");
    return missing.map((one) => one.name);
  } finally {
    await client.end();
  }
}

function refuseUnknown(done: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const known = new Map(migrations.map((one) => [one.name, one.hash]));
  for (const [name, hash] of done) {
    if (!known.has(name))
      throw new Error(`the database was migrated by a newer Tocsin (${name}): install that version or later`);
    if (known.get(name) !== hash) throw new Error(`migration ${name} is not the one that was applied to this database`);
  }
}

/** A dump may have been restored without its roles. */
async function mayWork(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    "select has_table_privilege(oid, 'events', 'insert') as may from pg_roles where rolname = $1",
    [appRole],
  );
  return rows[0]?.may === true;
}

async function grant(client: pg.Client): Promise<void> {
  const { rows } = await client.query("select 1 from pg_roles where rolname = $1", [appRole]);
  if (rows.length === 0) {
    await client.query(`create role ${appRole} nologin`);
    await client.query(`grant ${appRole} to current_user`);
  }
  await client.query(`grant usage on schema public to ${appRole}`);
  await client.query(`grant select, insert, update, delete on all tables in schema public to ${appRole}`);
  await client.query(`grant usage on all sequences in schema public to ${appRole}`);
  for (const table of addOnly) await client.query(`revoke update, delete, truncate on ${table} from ${appRole}`);
  await client.query(`revoke insert, update, delete on migrations from ${appRole}`);
}
