/** A whole desk in one process, on a database of its own, with real mail: what every acceptance test drives. Time is the
 *  desk's own clock, moved by hand; nothing here asserts how long anything takes. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { endpoints } from "../../contract/endpoints.ts";
import { insertToken } from "../../server/access/sessions.ts";
import { type Desk, startDesk } from "../../server/app.ts";
import { type Config, readConfig } from "../../server/config.ts";
import { prepareFirstRun } from "../../server/directory/first-run.ts";
import { createLog } from "../../server/platform/log.ts";
import { type Cluster, closeAtEnd, type Database, newDirectory, sharedCluster } from "./cluster.ts";
import { checkInvariants, checkTimers } from "./invariants.ts";
import { ackPath, type Letter, openPostOffice, type PostOffice } from "./mail.ts";

// biome-ignore lint/suspicious/noExplicitAny: an answer is looked into by the test that asked for it.
export type Json = any;
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  readonly text: string;
  readonly body: Json;
};

export type Credentials = {
  readonly token?: string | null;
  readonly cookie?: string;
  readonly headers?: Readonly<Record<string, string>>;
};
export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE" | "HEAD" | "OPTIONS";
export type Api = (method: Method, path: string, body?: unknown, as?: Credentials) => Promise<Answer>;

export type Someone = { readonly id: string; readonly name: string; readonly email: string; readonly token: string };

export type Mailbox = {
  /** The next letter, which must be a call; waits until it has come. */
  readonly expectPage: () => Promise<Letter & { readonly ack: string }>;
  readonly expectNotice: () => Promise<Letter>;
  readonly expectNothing: () => Promise<void>;
};

export type TestWorld = {
  readonly desk: Desk;
  readonly config: Config;
  readonly database: Database;
  readonly post: PostOffice;
  readonly admin: Someone;
  readonly adminPassword: string;
  /** By the administrator's token unless told otherwise; `token: null` sends none. */
  readonly api: Api;
  readonly person: (name: string, level: number | null, more?: object) => Promise<Someone>;
  readonly tokenOf: (personId: string, scopes?: readonly string[]) => Promise<string>;
  readonly integration: (kind: string, more?: object) => Promise<{ readonly id: string; readonly key: string }>;
  /** Posts to a door of the intake, without any credential. */
  readonly knock: (path: string, body: unknown, headers?: Readonly<Record<string, string>>) => Promise<Answer>;
  /** Moves the clock, stopping at whatever falls due on the way. */
  readonly advance: (minutes: number) => Promise<void>;
  /** Moves the clock while nothing that falls due is carried out, as when the desk is down; then does this before any of it. */
  readonly comeBackAfter: (minutes: number, first: () => Promise<void>) => Promise<void>;
  /** Carries out all that is due now. */
  readonly settle: () => Promise<void>;
  readonly mailbox: (person: { readonly email: string }) => Mailbox;
  /** As the owner of the database. */
  readonly query: <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>;
  readonly logs: readonly string[];
  readonly listen: () => Promise<string>;
  /** Fails on letters nobody expected, and on errors in the log, unless told to forget them. */
  readonly stop: (forget?: Forgotten) => Promise<void>;
};

/** What a test brought about on purpose, and is not asked about when it ends. `altered`: rows and rights changed by the
 *  owner's hand, as no desk could. */
type Forgotten = { readonly letters?: boolean; readonly errors?: boolean; readonly altered?: boolean };

export type WorldOptions = {
  readonly env?: Readonly<Record<string, string>>;
  readonly mail?: boolean;
  readonly cluster?: Cluster;
  /** How the desk reaches the database, when not directly. */
  readonly connect?: (app: pg.PoolConfig) => pg.PoolConfig;
  /** What is put into the database before the desk starts. */
  readonly before?: (app: pg.PoolConfig, config: Config) => Promise<void>;
  /** For all tests of a file: stopped, with all that stopping checks, when the last has ended. */
  readonly shared?: boolean;
};

export const adminPassword = "a-password-for-tests-only";
const patience = 20_000;

export async function startWorld(options: WorldOptions = {}): Promise<TestWorld> {
  const cluster = options.cluster ?? (await sharedCluster());
  const database = await cluster.newDatabase();
  const post = await openPostOffice();
  const config = readConfig({
    TOCSIN_PORT: String(await freePort()),
    TOCSIN_DATA_DIR: newDirectory(),
    TOCSIN_ADMIN_EMAIL: "camille.roy@example.org",
    TOCSIN_ADMIN_PASSWORD: adminPassword,
    TOCSIN_SECRET_KEY: randomBytes(32).toString("base64"),
    TOCSIN_SMTP_URL: options.mail === false ? "" : post.url,
    TOCSIN_MAIL_FROM: "tocsin@example.org",
    TOCSIN_LOG: "debug",
    ...options.env,
  });
  const logs: string[] = [];
  const log = createLog(config.logLevel, { write: (line) => void logs.push(line) });
  const first = new pg.Pool({ ...database.app, max: 1 });
  await prepareFirstRun(first, config).finally(() => first.end());
  await options.before?.(database.app, config);
  const desk = await startDesk({ config, connection: options.connect?.(database.app) ?? database.app, log });
  await desk.http.ready();
  const owner = new pg.Client(database.owner);
  owner.on("error", () => {});
  await owner.connect();
  const parts = { desk, config, database, post, logs, owner };
  const world = { ...(await assemble(parts)), ...parts, adminPassword };
  if (!options.shared) return world;
  const ended = closeAtEnd(() => world.stop());
  return {
    ...world,
    stop: (forget) => {
      ended();
      return world.stop(forget);
    },
  };
}

type Parts = Pick<TestWorld, "desk" | "config" | "database" | "post" | "logs"> & { readonly owner: pg.Client };

async function assemble(parts: Parts) {
  const { desk, config, owner, post, logs, database } = parts;
  const tokenOf = async (personId: string, scopes: readonly string[] = ["read", "write"]): Promise<string> => {
    const at = desk.clock.now();
    const made = { personId, name: "test", scopes, at, expiresAt: at + 90 * 86_400_000, via: "console" };
    return (await insertToken(desk.pools.reading, made)).token;
  };
  const rows = await owner.query<{ id: string; name: string; email: string }>("select id, name, email from people");
  const found = rows.rows[0];
  assert.ok(found, "there is a first administrator");
  const admin: Someone = { ...found, token: await tokenOf(found.id) };
  const api = apiOf(desk, admin.token);
  const made = async (path: string, body: object): Promise<Json> => {
    const answer = await api("POST", path, body);
    assert.equal(answer.status, 201, `${path}: ${answer.text}`);
    return answer.body;
  };
  const settle = (): Promise<void> => settleAll(parts);
  let closed = false;
  const close = async (): Promise<void> => {
    ended();
    if (closed) return;
    closed = true;
    await desk.stop();
    await owner.end();
    await post.close();
    await database.drop();
    rmSync(config.dataDir, { recursive: true, force: true });
  };
  const ended = closeAtEnd(close);
  return {
    admin,
    api,
    tokenOf,
    settle,
    person: async (name: string, level: number | null, more: object = {}): Promise<Someone> => {
      const email = `${name.toLowerCase().replaceAll(" ", ".")}@example.org`;
      const person = await made("/api/v1/people", { name, email, level, ...more });
      return { id: person.id, name, email, token: await tokenOf(person.id) };
    },
    integration: (kind: string, more: object = {}) => made("/api/v1/integrations", { kind, name: kind, ...more }),
    knock: (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
      api("POST", path, body, { token: null, headers }),
    advance: (minutes: number) => advance(parts, minutes),
    comeBackAfter: (minutes: number, first: () => Promise<void>) => comeBackAfter(parts, minutes, first),
    mailbox: (person: { readonly email: string }) => mailboxOf(parts, person.email),
    query: async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
      (await owner.query<Row>(text, [...values])).rows,
    listen: () => desk.http.listen({ host: config.host, port: config.port }),
    stop: async (forget: Forgotten = {}) => {
      if (closed) return;
      if (!forget.letters) await settle();
      const checked = async (): Promise<void> => {
        await checkInvariants(owner);
        await checkTimers(desk);
      };
      const broken = forget.altered ? null : await checked().catch((error: unknown) => error);
      await close();
      if (broken) throw broken;
      const unexpected = post.letters.map((letter) => `${letter.to}: ${letter.subject}`);
      if (!forget.letters) assert.deepEqual(unexpected, [], "no letter came that nobody expected");
      const errors = logs.filter((line) => /"level":"(error|fatal)"/.test(line));
      if (!forget.errors) assert.deepEqual(errors, [], "nothing went wrong inside");
    },
  };
}

function apiOf(desk: Desk, adminToken: string): Api {
  return async (method, path, body, as = {}) => {
    const token = as.token === undefined && as.cookie === undefined ? adminToken : as.token;
    const raw = typeof body === "string" || Buffer.isBuffer(body);
    const answer = await desk.http.inject({
      method,
      url: path,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(as.cookie === undefined ? {} : { cookie: as.cookie }),
        ...as.headers,
      },
      ...(body === undefined ? {} : { payload: raw ? body : JSON.stringify(body) }),
    });
    const said = parsed(answer.payload);
    if (answer.statusCode < 300 && said !== undefined) assertAsWritten(method, path, said);
    return { status: answer.statusCode, headers: answer.headers, text: answer.payload, body: said };
  };
}

/** Whatever a test asks, the answer is what the contract says: the browser reads nothing else. */
function assertAsWritten(method: Method, path: string, said: Json): void {
  const [bare = ""] = path.split("?");
  const matching = endpoints.filter(
    (one) => one.method === method && new RegExp(`^${one.path.replaceAll(/:\w+/g, "[^/]+")}$`).test(bare),
  );
  const asked = matching.find((one) => one.path === bare) ?? matching[0];
  const read = asked?.output.safeParse(said);
  assert.ok(read?.success !== false, `${method} ${path}: ${JSON.stringify(read?.error?.issues)}`);
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const dueSql = `select min(at)::float8 as at from (
  select due_at as at from outbox where status = 'pending' and (channel <> 'email' or $1) union all select due_at from timers) as due`;

/** When the next timer or effect falls due; null when nothing waits. */
async function nextDue({ owner, config }: Parts): Promise<number | null> {
  const { rows } = await owner.query<{ at: number | null }>(dueSql, [config.smtpUrl !== null]);
  return rows[0]?.at ?? null;
}

async function settleAll(parts: Parts): Promise<void> {
  const { desk } = parts;
  await desk.committer.drain();
  const end = performance.now() + patience;
  for (;;) {
    await desk.sweep();
    const due = await nextDue(parts);
    if (due === null || due > desk.clock.now()) return;
    assert.ok(performance.now() < end, `what was due at ${due} was never carried out`);
    await sleep(2);
  }
}

async function advance(parts: Parts, minutes: number): Promise<void> {
  const { clock } = parts.desk;
  await settleAll(parts);
  const end = clock.now() + Math.round(minutes * 60_000);
  for (;;) {
    const due = await nextDue(parts);
    const until = due === null ? end : Math.min(due, end);
    clock.advance(Math.max(0, until - clock.now()));
    await settleAll(parts);
    if (until === end) return;
  }
}

const longAfter = 100 * 365 * 86_400_000;

/** The desk looks for what is due at every beat: what waits is put beyond its sight until the first has been done. */
async function comeBackAfter(parts: Parts, minutes: number, first: () => Promise<void>): Promise<void> {
  await settleAll(parts);
  await parts.owner.query("update timers set due_at = due_at + $1::bigint", [longAfter]);
  parts.desk.clock.advance(Math.round(minutes * 60_000));
  await first();
  await parts.desk.committer.drain();
  await parts.owner.query("update timers set due_at = due_at - $1::bigint where due_at > $1", [longAfter]);
  await settleAll(parts);
}

function mailboxOf(parts: Parts, email: string): Mailbox {
  const { letters } = parts.post;
  const next = async (): Promise<Letter> => {
    const end = performance.now() + patience;
    for (;;) {
      await settleAll(parts);
      const index = letters.findIndex((letter) => letter.to === email);
      const [letter] = index < 0 ? [] : letters.splice(index, 1);
      if (letter) return letter;
      assert.ok(performance.now() < end, `no letter came for ${email}`);
      await sleep(5);
    }
  };
  return {
    expectPage: async () => {
      const letter = await next();
      const ack = ackPath(letter);
      assert.ok(ack, `a call, not "${letter.subject}"`);
      return { ...letter, ack };
    },
    expectNotice: async () => {
      const letter = await next();
      assert.equal(ackPath(letter), undefined, `a notice, not "${letter.subject}"`);
      return letter;
    },
    expectNothing: async () => {
      await settleAll(parts);
      const found = letters.filter((letter) => letter.to === email).map((letter) => letter.subject);
      assert.deepEqual(found, [], `no letter for ${email}`);
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise<void>((done) => server.close(() => done()));
  return typeof address === "object" && address ? address.port : 0;
}

/** A PagerDuty event as its clients send it. */
export const pagerDutyEvent = (key: string, dedupKey: string, changes: object = {}): object => ({
  routing_key: key,
  event_action: "trigger",
  dedup_key: dedupKey,
  payload: { summary: `Disk full on ${dedupKey}`, source: dedupKey, severity: "critical" },
  ...changes,
});
