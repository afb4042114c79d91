/** A database that is not ours and lacks something: one line that names what to run, and once that is run, it starts. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, test } from "node:test";
import pg from "pg";
import { prepareExternal, refuseServer } from "../../server/platform/external-database.ts";
import { migrate } from "../../server/platform/migrate.ts";
import { newDirectory } from "../acceptance/cluster.ts";
import { noFifteen, startFifteen } from "../acceptance/fifteen.ts";

const root = join(import.meta.dirname, "..", "..");
let server: { readonly url: string; readonly stop: () => Promise<void> };
let admin: pg.Client;

before(async () => {
  if (noFifteen) return;
  server = await startFifteen();
  admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
});
after(async () => {
  if (noFifteen) return;
  await admin.end();
  await server.stop();
});

const to = (user: string, database: string): string => {
  const url = new URL(server.url);
  url.username = user;
  url.pathname = `/${database}`;
  return url.href;
};

/** As the administrator, in another database. */
async function run(database: string, statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: to("desk", database) });
  await client.connect();
  await client.query(statements);
  await client.end();
}

/** What the line told the reader to run. */
const told = (error: Error): string => / as an administrator: (.*) then start again$/.exec(error.message)?.[1] ?? "";

async function make(user: string, database: string, more: string): Promise<string> {
  for (const statement of [`create role ${user} login`, `create database ${database}${more}`])
    await admin.query(statement);
  return to(user, database);
}

async function refused(url: string): Promise<Error> {
  const error = await prepareExternal(url).then(
    () => null,
    (fault: Error) => fault,
  );
  assert.ok(error, "refused");
  assert.equal(error.name, "ConfigError", error.stack ?? "");
  assert.match(error.message, /^DATABASE_URL: [^\n]+$/);
  return error;
}

test("a user who may do nothing is told what to run, step by step, until it starts", { skip: noFifteen }, async () => {
  const url = await make("guest", "guests", "");
  const steps = ["make tables", "add the extensions pg_trgm and unaccent", "make the role tocsin_app"];
  for (const step of steps) {
    const error = await refused(url);
    assert.match(error.message, new RegExp(`guest may not ${step}`));
    await run("guests", told(error));
  }
  await prepareExternal(url);
  assert.ok((await migrate({ connectionString: url })).length > 0);
});

test("the role is there and the user no member: said at every start, migrated or not", {
  skip: noFifteen,
}, async () => {
  const url = await make("other", "others", " owner other");
  for (const migrated of [false, true]) {
    const error = await refused(url);
    assert.match(error.message, /other may not take the role tocsin_app/);
    await run("others", told(error));
    await prepareExternal(url);
    await migrate({ connectionString: url });
    if (!migrated) await admin.query("revoke tocsin_app from other");
  }
});

test("a dump restored without its rights: they are given again", { skip: noFifteen }, async () => {
  const connectionString = await make("third", "thirds", " owner third");
  await admin.query("grant tocsin_app to third");
  await migrate({ connectionString });
  await run("thirds", "revoke all on all tables in schema public from tocsin_app");
  assert.deepEqual(await migrate({ connectionString }), []);
  const client = new pg.Client({ connectionString, options: "-c role=tocsin_app" });
  await client.connect();
  await client.query("select 1 from events");
  await assert.rejects(client.query("delete from events"), /permission denied/);
  await client.end();
});

test("too old, a standby, nobody there: one line", async () => {
  const fine = { version: 150_004, words: "15.4", user: "u", base: "b", standby: false, creates: true };
  refuseServer(fine);
  assert.throws(() => refuseServer({ ...fine, version: 140_011, words: "14.11" }), /needed, this server is 14\.11$/);
  assert.throws(() => refuseServer({ ...fine, standby: true }), /standby/);
  assert.match((await refused("postgres://u@127.0.0.1:9/b")).message, /ECONNREFUSED/);
  assert.match((await refused("postgres://u@localhost:9/b")).message, /ECONNREFUSED/);
});

test("the server says it in one line and exits 1", async () => {
  const dataDir = newDirectory();
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", join(root, "server", "main.ts")], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, DATABASE_URL: "postgres://u@127.0.0.1:9/b", TOCSIN_DATA_DIR: dataDir, TOCSIN_PORT: "0" },
  });
  const exited = new Promise((done) => child.once("exit", done));
  assert.match(await text(child.stderr), /^DATABASE_URL: [^\n]+\n$/);
  assert.equal(await exited, 1);
  rmSync(dataDir, { recursive: true, force: true });
});
