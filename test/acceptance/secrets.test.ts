/** Sessions, passwords, keys: how they are kept, what they open, and what an application that was broken into could not do
 *  with its database. */
import assert from "node:assert/strict";
import { argon2Sync } from "node:crypto";
import { before, test } from "node:test";
import { makeAckToken } from "../../server/escalation/ack-token.ts";
import { loadSecrets } from "../../server/platform/secrets.ts";
import { type Answer, adminPassword, pagerDutyEvent, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;

before(async () => {
  world = await startWorld({ mail: false, shared: true });
});

const signIn = (email: string, password: string, headers: Record<string, string> = {}): Promise<Answer> =>
  world.api("POST", "/api/v1/session", { email, password }, { token: null, headers });
const cookieOf = (answer: Answer): string => String(answer.headers["set-cookie"]).split(";")[0] ?? "";

async function session(): Promise<{ cookie: string }> {
  const answer = await signIn(world.admin.email, adminPassword);
  assert.equal(answer.status, 200, answer.text);
  return { cookie: cookieOf(answer) };
}

test("the session cookie is out of reach of scripts and of other sites; over TLS it is bound to this host", async () => {
  const answer = await signIn(world.admin.email, adminPassword);
  const cookie = String(answer.headers["set-cookie"]);
  for (const flag of [/HttpOnly/, /SameSite=Lax/, /Path=\//]) assert.match(cookie, flag);
  assert.doesNotMatch(cookie, /Domain=/);
  const secure = await startWorld({ mail: false, env: { TOCSIN_URL: "https://desk.example.org" } });
  const body = { email: secure.admin.email, password: adminPassword };
  const over = await secure.api("POST", "/api/v1/session", body, { token: null });
  const bound = String(over.headers["set-cookie"]).split("; ");
  assert.match(bound[0] ?? "", /^__Host-tocsin=[\w-]{43}$/, "256 bits");
  assert.deepEqual(bound.slice(1).sort(), ["HttpOnly", "Max-Age=604800", "Path=/", "SameSite=Lax", "Secure"]);
  const own = { cookie: bound[0] ?? "", headers: { origin: "https://desk.example.org" } };
  const out = await secure.api("DELETE", "/api/v1/session", undefined, own);
  assert.match(
    String(out.headers["set-cookie"]),
    /^__Host-tocsin=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  assert.equal(over.headers["strict-transport-security"], "max-age=31536000");
  await secure.stop();
});

test("a cookie changes state only from our own pages", async () => {
  const { cookie } = await session();
  const body = { title: "From where?" };
  const ask = (headers: Record<string, string>): Promise<Answer> =>
    world.api("POST", "/api/v1/incidents", body, { cookie, headers });
  for (const headers of [
    {},
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: `${world.config.url}.evil.example` },
    { origin: world.config.url.replace("http:", "https:") },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { origin: "https://evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" },
  ] as Record<string, string>[]) {
    const answer = await ask(headers);
    assert.equal(answer.status, 403, JSON.stringify(headers));
    assert.equal(answer.body.code, "forbidden-origin");
  }
  assert.equal((await ask({ origin: world.config.url })).status, 201);
  const form = await world.api("POST", "/api/v1/incidents", "title=x", {
    cookie,
    headers: { origin: world.config.url, "content-type": "application/x-www-form-urlencoded" },
  });
  assert.equal(form.status, 415);
  const foreign = await signIn(world.admin.email, adminPassword, { origin: "https://evil.example" });
  assert.equal(foreign.status, 403, "nobody is signed in from another site");
});

test("signing out ends the session at once, and a session ends by itself", async () => {
  const first = await session();
  const own = { ...first, headers: { origin: world.config.url } };
  assert.equal((await world.api("GET", "/api/v1/session", undefined, own)).status, 200);
  assert.equal((await world.api("DELETE", "/api/v1/session", undefined, own)).status, 200);
  assert.equal((await world.api("GET", "/api/v1/session", undefined, own)).status, 401);
  const idle = await startWorld({ mail: false });
  const answer = await idle.api(
    "POST",
    "/api/v1/session",
    { email: idle.admin.email, password: adminPassword },
    { token: null },
  );
  const cookie = cookieOf(answer);
  await idle.advance(8 * 60 + 1);
  assert.equal((await idle.api("GET", "/api/v1/session", undefined, { cookie })).status, 401);
  await idle.stop();
});

test("a token is made only by a session whose password is fresh, is shown once, and dies when revoked", async () => {
  const { cookie } = await session();
  const own = { cookie, headers: { origin: world.config.url } };
  const made = await world.api("POST", "/api/v1/tokens", { name: "script", scopes: ["read"] }, own);
  assert.equal(made.status, 201, made.text);
  const { token, id } = made.body;
  assert.match(token, /^tocsin_pat_[A-Za-z0-9]{40}$/);
  const listed = await world.api("GET", "/api/v1/tokens", undefined, own);
  assert.ok(!listed.text.includes(token));
  assert.equal((await world.api("GET", "/api/v1/incidents", undefined, { token })).status, 200);
  const write = await world.api("POST", "/api/v1/incidents", { title: "t" }, { token });
  assert.deepEqual([write.status, write.body.code], [403, "scope-missing"]);
  assert.equal((await world.api("DELETE", `/api/v1/tokens/${id}`, undefined, own)).status, 200);
  assert.equal((await world.api("GET", "/api/v1/incidents", undefined, { token })).status, 401);
});

test("an unknown account and a wrong password are answered alike, and a person who was switched off too", async () => {
  const gone = await world.person("Gone Person", 2, { password: "a-password-that-was-good" });
  await world.api("PATCH", `/api/v1/people/${gone.id}`, { active: false });
  const answers = [
    await signIn("nobody@example.org", "a-wrong-password"),
    await signIn(world.admin.email, "a-wrong-password"),
    await signIn(gone.email, "a-password-that-was-good"),
    await signIn("' or 1=1 --", "x"),
  ];
  const said = answers.map(({ status, body: { requestId: _, ...body } }) => ({ status, body }));
  for (const one of said) assert.deepEqual(one, said[0]);
  assert.equal(said[0]?.status, 401);
  assert.equal((await world.api("GET", "/api/v1/incidents", undefined, { token: gone.token })).status, 401);
});

test("guessing is slowed down, by account, whatever address a request claims to come from; signing in forgives", async () => {
  const other = await startWorld({ mail: false });
  const attempt = (index: number): Promise<Answer> =>
    other.api(
      "POST",
      "/api/v1/session",
      { email: other.admin.email, password: "a-wrong-password" },
      { token: null, headers: { "x-forwarded-for": `203.0.113.${index}`, "x-real-ip": `203.0.113.${index}` } },
    );
  const statuses: number[] = [];
  for (let index = 0; index < 12; index++) statuses.push((await attempt(index)).status);
  assert.deepEqual([...new Set(statuses)], [401, 429]);
  assert.ok(!other.logs.some((line) => line.includes("203.0.113.")), "an untrusted header is not believed");
  await other.advance(11);
  const good = await other.api(
    "POST",
    "/api/v1/session",
    { email: other.admin.email, password: adminPassword },
    { token: null },
  );
  assert.equal(good.status, 200);
  await other.stop();
});

test("the address that a trusted proxy forwards is believed, and no other's", async () => {
  const other = await startWorld({ mail: false, env: { TOCSIN_TRUSTED_PROXIES: "127.0.0.1/32" } });
  const wrong = { email: "nobody@example.org", password: "a-wrong-password" };
  await other.api("POST", "/api/v1/session", wrong, { token: null, headers: { "x-forwarded-for": "203.0.113.7" } });
  assert.ok(other.logs.some((line) => line.includes("203.0.113.7")));
  await other.stop();
});

test("passwords: twelve characters at least, any alphabet, no truncation", async () => {
  const short = await world.api("POST", "/api/v1/people", {
    name: "N",
    email: "short@example.org",
    password: "eleven-char",
  });
  assert.equal(short.status, 422);
  const long = "Derrière l’écluse gelée, neuf hérons guettent l’été ; мост над рекой, 夜の鐘が鳴る, et voilà la fin";
  const lengths = [12, 64, 128, 256];
  for (const length of lengths) {
    const password = [...long.repeat(3)].slice(0, length).join("");
    const { email } = await world.person(`Length ${length}`, 2, { password });
    assert.equal((await signIn(email, password)).status, 200, `${length} characters`);
    assert.equal((await signIn(email, [...password].slice(0, -1).join(""))).status, 401);
  }
  const person = await world.person("Long Password", 2, { password: long });
  assert.equal((await signIn(person.email, long)).status, 200);
  assert.equal((await signIn(person.email, long.slice(0, -1))).status, 401, "every character counts");
  assert.equal((await signIn(person.email, long.normalize("NFD"))).status, 200, "the same text typed elsewhere");
});

test("a password that attackers try first is refused by its field, whatever its length", async () => {
  const about = { name: "Marguerite Bourgeoys", email: "m.bourgeoys@example.org" };
  const guessable = [
    "password1234",
    "qwertyuiop12",
    "P@ssw0rd2026",
    "123456789012",
    "a".repeat(200),
    "bourgeoys2026",
    "marguerite bourgeoys",
    "tocsintocsin",
  ];
  for (const password of guessable) {
    const answer = await world.api("POST", "/api/v1/people", { ...about, password });
    assert.equal(answer.status, 422, password);
    assert.deepEqual(
      answer.body.errors.map((one: { pointer: string; code: string }) => [one.pointer, one.code]),
      [["/password", "too-guessable"]],
    );
  }
  const person = await world.person(about.name, 2, { email: about.email });
  const change = (password: string): Promise<Answer> => world.api("PATCH", `/api/v1/people/${person.id}`, { password });
  assert.equal((await change("bourgeoys2027")).status, 422);
  assert.equal((await change("une lanterne sous la neige")).status, 200);
});

test("a password kept with less than today's cost is kept anew when its owner signs in", async () => {
  const password = "kept-when-cost-was-lower";
  const { email, id } = await world.person("Old Cost", 2, { password });
  const kept = async (): Promise<string> =>
    (await world.query<{ hash: string }>("select password_hash as hash from people where id = $1", [id]))[0]?.hash ??
    "";
  const nonce = Buffer.alloc(16, 3);
  const cost = { memory: 8_192, passes: 1, parallelism: 1 };
  const tag = argon2Sync("argon2id", { message: Buffer.from(password), nonce, tagLength: 32, ...cost });
  const old = ["argon2id", 8_192, 1, 1, nonce.toString("base64url"), tag.toString("base64url")].join("$");
  await world.query("update people set password_hash = $2 where id = $1", [id, old]);
  assert.equal((await signIn(email, "not-that-password")).status, 401);
  assert.equal(await kept(), old, "a wrong password changes nothing");
  assert.equal((await signIn(email, password)).status, 200);
  assert.match(await kept(), /^argon2id\$19456\$2\$1\$/);
  assert.equal((await signIn(email, password)).status, 200);
});

test("rights cannot be taken by naming them: a level above one's own, another's account, columns of the table", async () => {
  const member = await world.person("Plain Member", 2);
  const as = { token: member.token };
  for (const [method, path, body] of [
    ["PATCH", `/api/v1/people/${member.id}`, { level: 5 }],
    ["PATCH", `/api/v1/people/${member.id}`, { admin: true }],
    ["POST", "/api/v1/people", { name: "X", email: "x@example.org", admin: true }],
  ] as const)
    assert.equal((await world.api(method, path, body, as)).status, 403);
  for (const field of ["admin", "level", "password_hash", "email", "id", "active"])
    assert.equal((await world.api("PATCH", "/api/v1/session", { [field]: 1 }, as)).status, 422, field);
  for (const field of ["id", "made_at", "password_hash", "passwordHash", "active"])
    assert.equal(
      (await world.api("POST", "/api/v1/people", { name: "N", email: "n@example.org", [field]: 1 })).status,
      422,
      field,
    );
  for (const level of [1, 6, 7, 2.5, "5"])
    assert.equal((await world.api("POST", "/api/v1/people", { name: "N", email: "n@example.org", level })).status, 422);
});

test("nothing that opens a door is in the database, in the log, or in an answer that does not have to hold it", async () => {
  const { cookie } = await session();
  const own = { cookie, headers: { origin: world.config.url } };
  const { token } = (await world.api("POST", "/api/v1/tokens", { name: "canary" }, own)).body;
  const { id, key } = await world.integration("pagerduty");
  const alertmanager = await world.integration("alertmanager");
  const { receipt } = (await world.api("POST", "/api/v1/reports", { title: "Canary" }, { token: null })).body;
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "canary"));
  await world.knock(`/alertmanager/${alertmanager.key}/webhook`, "{");
  await world.knock(`/events/${alertmanager.key}`, "{");
  await world.api("GET", `/report/${receipt}`);
  await world.api("GET", `/api/v1/reports/${receipt}`);
  const password = "a-password-that-is-wrong";
  await signIn(world.admin.email, password);
  const secret = cookie.split("=")[1] ?? "";
  const keyOfDesk = world.config.secretKey?.toString("base64") ?? "";
  const [{ id: incidentId }] = (await world.api("GET", "/api/v1/incidents?limit=1")).body.data;
  const signed = { incidentId, personId: world.admin.id, issuedAt: world.desk.clock.now() };
  const ack = makeAckToken(loadSecrets(world.config.secretKey, ""), signed);
  for (const path of [`/ack/${ack}`, `//ack/${ack}`, `/%61ck/${ack}`, `/in/a/b/ack/${ack}`])
    await world.api("GET", path);
  const canaries = { ack, token, key, other: alertmanager.key, receipt, secret, password, adminPassword, keyOfDesk };
  const answers = [
    await world.api("GET", "/metrics"),
    await world.api("GET", `/api/v1/integrations/${id}/events`),
    await world.api("GET", "/api/v1/integrations"),
    await world.api("GET", "/api/v1/doctor"),
    await world.api("GET", "/api/v1/people"),
  ].map((answer) => answer.text);
  const tables = await world.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public'",
  );
  const dump: string[] = [];
  for (const { name } of tables) dump.push(JSON.stringify(await world.query(`select t::text as row from ${name} t`)));
  for (const [name, canary] of Object.entries(canaries)) {
    assert.ok(canary.length >= 12, name);
    assert.ok(!dump.some((text) => text.includes(canary)), `${name} is in the database`);
    assert.ok(!world.logs.some((line) => line.includes(canary)), `${name} is in the log`);
    assert.ok(!answers.some((text) => text.includes(canary)), `${name} is in an answer`);
  }
});

test("the application cannot alter or delete what was recorded, and is neither owner nor superuser", async () => {
  await world.api("POST", "/api/v1/incidents", { title: "Recorded" });
  const asApp = world.desk.pools.reading;
  for (const text of [
    "update events set reason = 'x'",
    "delete from events",
    "truncate events",
    "update noted_heads set hash = 'x'",
    "delete from noted_heads",
    "drop table incidents",
    "alter table events disable trigger all",
    "create table mine (x int)",
    "insert into migrations (name, hash) values ('x', 'x')",
    "select pg_read_file('/etc/passwd')",
    "copy events to program 'true'",
  ])
    await assert.rejects(asApp.query(text), (error: { code?: string }) => error.code === "42501", text);
  const { rows } = await asApp.query(
    "select rolsuper, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user",
  );
  assert.deepEqual(rows, [{ rolsuper: false, rolcreatedb: false, rolcreaterole: false }]);
  const owned = await asApp.query("select 1 from pg_tables where schemaname = 'public' and tableowner = current_user");
  assert.equal(owned.rows.length, 0);
});

test("signing in, being refused and taking a copy away are in the log, one JSON line each, whatever was typed", async () => {
  await signIn('x"\n{"level":"fatal"}\u001b[31m@example.org', "a-wrong-password");
  await signIn(world.admin.email, adminPassword);
  const { id } = (await world.api("POST", "/api/v1/incidents", { title: "Copied" })).body;
  await world.api("GET", `/api/v1/incidents/${id}/export`);
  const lines = world.logs.map((line) => {
    assert.equal(line.indexOf("\n"), line.length - 1, "one line");
    return JSON.parse(line);
  });
  for (const event of ["sign-in-refused", "signed-in", "exported"])
    assert.ok(
      lines.some((line) => line.event === event),
      event,
    );
  assert.ok(!lines.some((line) => line.level === "fatal"));
});
