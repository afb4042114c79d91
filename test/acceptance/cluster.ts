/** Real PostgreSQL for a test process: one throw-away cluster, migrated once, and a copy of that for each world. With
 *  TOCSIN_TEST_DATABASE_URL the same tests run on a server that is already there. */
import { randomBytes } from "node:crypto";
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import pg from "pg";
import { startEmbeddedPostgres } from "../../server/platform/embedded-postgres.ts";
import { appRole, migrate } from "../../server/platform/migrate.ts";

export type Database = {
  readonly name: string;
  /** May do anything with this database: for looking at what was stored. */
  readonly owner: pg.ClientConfig;
  /** As the desk connects. */
  readonly app: pg.PoolConfig;
  readonly drop: () => Promise<void>;
};

export type Cluster = { readonly newDatabase: () => Promise<Database>; readonly stop: () => Promise<void> };

/** How a cluster is reached: who may create databases, who owns them, who the desk is. */
type Doors = {
  readonly maker: pg.ClientConfig;
  readonly owner: (database: string) => pg.ClientConfig;
  readonly app: (database: string) => pg.PoolConfig;
  readonly ownerName: string | null;
};

process.env.TOCSIN_TEST_FAST_DATABASE = "1";

/** What a desk in a process of its own is given as DATABASE_URL. */
export function connectionUrl({ owner }: Database): string {
  if (owner.connectionString !== undefined) return owner.connectionString;
  const url = new URL("postgres://localhost");
  url.username = owner.user ?? "";
  url.password = String(owner.password ?? "");
  url.pathname = `/${owner.database}`;
  url.searchParams.set("host", owner.host ?? "");
  url.searchParams.set("port", String(owner.port ?? ""));
  return url.href;
}

let started: Promise<Cluster> | undefined;
const leftOpen = new Set<() => Promise<void>>();

/** Closed at the end of the process if its test did not come to its own end. */
export function closeAtEnd(close: () => Promise<void>): () => void {
  leftOpen.add(close);
  return () => void leftOpen.delete(close);
}

after(async () => {
  const failures: unknown[] = [];
  for (const close of leftOpen) await close().catch((error: unknown) => failures.push(error));
  await (await started)?.stop();
  if (failures.length > 0) throw failures[0];
});

export function sharedCluster(): Promise<Cluster> {
  if (started === undefined) {
    const given = process.env.TOCSIN_TEST_DATABASE_URL;
    started = given ? openExternal(given) : startEmbedded();
  }
  return started;
}

/** In memory where there is such a place. */
export function newDirectory(): string {
  const writable = (path: string): boolean => {
    try {
      accessSync(path, constants.W_OK);
      return true;
    } catch {
      return false;
    }
  };
  return mkdtempSync(join(writable("/dev/shm") ? "/dev/shm" : tmpdir(), "tocsin-test-"));
}

async function startEmbedded(): Promise<Cluster> {
  const dataDir = newDirectory();
  const postgres = await startEmbeddedPostgres(dataDir, (code, lastWords) => {
    throw new Error(`PostgreSQL stopped by itself (${code}): ${lastWords}`);
  });
  const { superuser } = JSON.parse(readFileSync(join(dataDir, "keys", "database.json"), "utf8")) as {
    superuser: string;
  };
  const cluster = await prepare({
    maker: { ...postgres.owner, user: "postgres", password: superuser, database: "postgres" },
    owner: (database) => ({ ...postgres.owner, database }),
    app: (database) => ({ ...postgres.app, database }),
    ownerName: postgres.owner.user ?? null,
  });
  return {
    ...cluster,
    stop: async () => {
      await cluster.stop();
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** As with DATABASE_URL: one user, who becomes the application's role in each of the desk's connections. */
export function openExternal(url: string): Promise<Cluster> {
  const to = (database: string): string => {
    const at = new URL(url);
    at.pathname = `/${database}`;
    return at.href;
  };
  return prepare({
    maker: { connectionString: url },
    owner: (database) => ({ connectionString: to(database) }),
    app: (database) => ({ connectionString: to(database), options: `-c role=${appRole}` }),
    ownerName: null,
  });
}

async function prepare(doors: Doors): Promise<Cluster> {
  const run = randomBytes(4).toString("hex");
  const template = `tocsin_${run}_template`;
  const maker = new pg.Client(doors.maker);
  await maker.connect();
  const create = async (name: string, from: string): Promise<void> => {
    const owner = doors.ownerName === null ? "" : ` owner ${doors.ownerName}`;
    await maker.query(`create database ${name} template ${from}${owner}`);
  };
  /* Test files that share a server come one after the other: a template is copied alone, and roles are the server's. */
  try {
    await maker.query("select pg_advisory_lock(742021)");
    await create(template, "template0");
    await migrate(doors.owner(template));
    if (doors.ownerName !== null) await maker.query(`grant ${appRole} to ${doors.ownerName}`);
    await maker.query("select pg_advisory_unlock(742021)");
  } catch (error) {
    await maker.end();
    throw error;
  }
  let count = 0;
  const dropNow = (name: string): Promise<unknown> => maker.query(`drop database if exists ${name} with (force)`);
  return {
    newDatabase: async () => {
      const name = `tocsin_${run}_${++count}`;
      await create(name, template);
      return { name, owner: doors.owner(name), app: doors.app(name), drop: async () => void (await dropNow(name)) };
    },
    stop: async () => {
      await dropNow(template);
      await maker.end();
    },
  };
}
