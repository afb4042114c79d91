/** What is kept of who did what, where nobody who acted can reach it; and how the first administrator comes to be. */
import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { verifyRecord } from "../../core/kernel/record.ts";
import { readConfig } from "../../server/config.ts";
import { noteHeads } from "../../server/desk/heads.ts";
import { type FirstAdministrator, prepareFirstRun } from "../../server/directory/first-run.ts";
import { createLog } from "../../server/platform/log.ts";
import { newDirectory, sharedCluster } from "./cluster.ts";
import { type Json, startWorld, type TestWorld } from "./world.ts";

const recorded = async (world: TestWorld, stream: string): Promise<Json[]> =>
  world.query("select type, actor ->> 'id' as by, data from events where stream = $1 order by seq", [stream]);
const signIn = async (world: TestWorld): Promise<{ cookie: string; headers: { origin: string } }> => {
  const words = { email: world.admin.email, password: world.adminPassword };
  const answer = await world.api("POST", "/api/v1/session", words, { token: null });
  return { cookie: String(answer.headers["set-cookie"]).split(";")[0] ?? "", headers: { origin: world.config.url } };
};

test("what is denied, every right that changes and every secret that is shown leave a trace, without the secret", async () => {
  const world = await startWorld({ mail: false });
  const ana = await world.person("Ana Roy", 2);
  const lines = (event: string): Json[] =>
    world.logs.map((line) => JSON.parse(line)).filter((one) => one.event === event);
  await world.api("GET", "/api/v1/outbox", undefined, { token: ana.token });
  await world.api("POST", "/api/v1/teams", { name: "T" }, { token: await world.tokenOf(ana.id, ["read"]) });
  const own = await signIn(world);
  await world.api("POST", "/api/v1/incidents", { title: "x" }, { ...own, headers: { origin: "https://evil.example" } });
  await world.api("GET", "/api/v1/session", undefined, {
    token: "tocsin_pat_0000000000000000000000000000000000000000",
  });
  assert.deepEqual(
    lines("denied").map(({ code, endpoint, person, level }) => [code, endpoint, person, level]),
    [
      ["not-administrator", "listOutbox", ana.id, "warn"],
      ["scope-missing", "addTeam", ana.id, "warn"],
      ["forbidden-origin", "recordIncident", world.admin.id, "warn"],
      ["not-signed-in", "readMe", null, "warn"],
    ],
  );
  await world.api("PATCH", `/api/v1/people/${ana.id}`, { admin: true, level: 4 });
  await world.api("PATCH", `/api/v1/people/${ana.id}`, { password: "a-password-set-for-her", active: false });
  const by = world.admin.id;
  assert.deepEqual(await recorded(world, `person/${ana.id}`), [
    { type: "person.added", by, data: { name: "Ana Roy", level: 2, admin: false } },
    { type: "person.changed", by, data: { fields: ["level", "admin"], level: 4, admin: true } },
    { type: "person.changed", by, data: { fields: ["password", "active"], active: false } },
  ]);
  const made = (await world.api("POST", "/api/v1/tokens", { name: "script", scopes: ["read"] }, own)).body;
  await world.api("DELETE", `/api/v1/tokens/${made.id}`, undefined, own);
  assert.deepEqual(
    (await recorded(world, `person/${world.admin.id}`)).map(({ type, by: who, data }) => [type, who, data.token]),
    [
      ["token.made", by, made.id],
      ["token.revoked", by, made.id],
    ],
  );
  const integration = await world.integration("generic");
  await world.api("POST", `/api/v1/integrations/${integration.id}/keys`);
  assert.deepEqual(
    (await recorded(world, `integration/${integration.id}`)).map(({ type, by: who }) => [type, who]),
    [
      ["integration.added", by],
      ["integration.key-added", by],
    ],
  );
  for (let attempt = 0; attempt < 12; attempt++)
    await world.api("POST", "/api/v1/session", { email: "x@example.org", password: "wrong" }, { token: null });
  assert.ok(lines("sign-in-refused").length >= 10 && lines("sign-in-limited").length > 0);
  await world.stop();
});

test("a token lasts ninety days unless told otherwise, and never begins or ends at an absurd time", async () => {
  const world = await startWorld({ mail: false });
  const own = await signIn(world);
  const make = (expiresAt?: string): Promise<Json> =>
    world.api("POST", "/api/v1/tokens", { name: "n", expiresAt }, own);
  const now = world.desk.clock.now();
  const usual = await make();
  assert.equal(Math.round((Date.parse(usual.body.expiresAt) - now) / 86_400_000), 90);
  const iso = (days: number): string => new Date(now + days * 86_400_000).toISOString();
  for (const expiresAt of [
    "0000-01-01T00:00:00Z",
    "2020-01-01T00:00:00Z",
    iso(-1),
    iso(3_700),
    "9999-12-31T23:59:59-14:00",
  ]) {
    const refused = await make(expiresAt);
    assert.deepEqual([refused.status, refused.body.errors?.[0]?.pointer], [422, "/expiresAt"], expiresAt);
  }
  const short = (await make(iso(1))).body.token;
  assert.equal((await world.api("GET", "/api/v1/session", undefined, { token: short })).status, 200);
  await world.advance(24 * 60 + 1);
  assert.equal((await world.api("GET", "/api/v1/session", undefined, { token: short })).status, 401);
  await world.stop();
});

test("a tail cut by whoever may do anything with the database shows against the head noted before, and in the log", async () => {
  const world = await startWorld({ mail: false });
  const { id } = (await world.api("POST", "/api/v1/incidents", { title: "Cut" })).body;
  await world.api("POST", `/api/v1/incidents/${id}/add-observation`, {
    text: "What somebody would rather not have said",
  });
  const said: Json[] = [];
  const log = createLog("info", { write: (line) => void said.push(JSON.parse(line)) });
  const known = { pool: world.desk.pools.reading, clock: world.desk.clock, log };
  assert.equal(await noteHeads(known), 1);
  assert.match(said[0]?.digest, /^[0-9a-f]{64}$/);
  const whole = await world.api("GET", `/api/v1/incidents/${id}/export`);
  assert.equal(verifyRecord(whole.body).whole, true);
  assert.equal(whole.body.heads.length, 1);

  await world.query("alter table events disable trigger all");
  await world.query("delete from events where stream = $1 and seq = $2", [`incident/${id}`, whole.body.count]);
  await world.query("update incidents set seq = seq - 1, head = $2 where id = $1", [
    id,
    whole.body.entries.at(-2).hash,
  ]);
  const cut = verifyRecord((await world.api("GET", `/api/v1/incidents/${id}/export`)).body);
  assert.deepEqual([cut.whole, !cut.whole && cut.because], [false, "noted-head"]);
  await world.query("update incidents set seq = seq + 1, head = $2 where id = $1", [id, whole.body.head]);
  const counted = verifyRecord((await world.api("GET", `/api/v1/incidents/${id}/export`)).body);
  assert.deepEqual([counted.whole, !counted.whole && counted.because], [false, "count"]);
  await assert.rejects(world.stop(), /an incident's row stands at the end of its record/);
});

test("every column named for a secret holds a hash, and nothing that could be turned back", async () => {
  const world = await startWorld({ mail: false });
  const columns = await world.query<{ name: string }>(
    "select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public' and column_name ~* 'secret|password|token|key|cipher|credential|salt|nonce|receipt' order by 1",
  );
  assert.deepEqual(
    columns.map(({ name }) => name),
    [
      "alerts.group_key",
      "alerts.key",
      "calendar_feeds.key_hash",
      "categories.keywords_en",
      "categories.keywords_fr",
      "desk_states.key",
      "events.salt",
      "heartbeats.key_ending",
      "heartbeats.key_hash",
      "idempotency.key_hash",
      "incident_observables.key",
      "integration_keys.key_hash",
      "outbox.key",
      "people.password_hash",
      "reports.receipt_hash",
      "sessions.password_at",
      "settings.key_check",
      "timers.key",
      "tokens.token_hash",
      "watchdog_findings.key",
    ],
    "a secret that must be read again comes with its encryption, and the test that swaps two rows",
  );
  await world.stop();
});

/** A pool says that it has ended before its connections have: dropping the database may still reach one. */
function openPool(app: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ ...app, max: 2 });
  pool.on("error", () => {});
  return pool;
}

test("the first start makes one administrator, with a password of its own, shown once; two starts at once do it once", async () => {
  const cluster = await sharedCluster();
  const database = await cluster.newDatabase();
  const pools = [0, 1].map(() => openPool(database.app));
  const directory = newDirectory();
  const config = readConfig({ TOCSIN_DATA_DIR: directory, TOCSIN_SECRET_KEY: Buffer.alloc(32, 1).toString("base64") });
  const shown: FirstAdministrator[] = [];
  const start = (pool: pg.Pool | undefined): Promise<FirstAdministrator | null> =>
    pool ? prepareFirstRun(pool, config, (first) => void shown.push(first)) : Promise.reject(new Error("no pool"));
  const made = (await Promise.all(pools.map(start))).filter((one) => one !== null);
  assert.deepEqual([made.length, shown.length], [1, 1]);
  assert.match(shown[0]?.password ?? "", /^[A-Za-z0-9]{20}$/);
  assert.equal(await start(pools[0]), null, "never again, whoever asks");
  assert.equal(shown.length, 1);
  const { rows } = await (pools[0] as pg.Pool).query("select email, admin, level, password_hash from people");
  assert.deepEqual(
    rows.map(({ email, admin, level }) => [email, admin, level]),
    [["admin@example.org", true, 5]],
  );
  assert.ok(!JSON.stringify(rows).includes(shown[0]?.password ?? ""));
  const other = await cluster.newDatabase();
  const second = openPool(other.app);
  assert.notEqual((await start(second))?.password, shown[0]?.password, "no password is the same on two desks");
  await Promise.all([...pools, second].map((pool) => pool.end()));
  await Promise.all([database.drop(), other.drop()]);
});
