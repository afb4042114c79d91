/** Who may call what: every endpoint of the contract with every kind of caller, against what its `access` says. A route
 *  that is neither in the contract nor listed here fails. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Endpoint, scopeOf } from "../../contract/endpoint.ts";
import { endpoints } from "../../contract/endpoints.ts";
import { makeAckToken } from "../../server/escalation/ack-token.ts";
import { webAddresses } from "../../server/pages/web-app.ts";
import { loadSecrets } from "../../server/platform/secrets.ts";
import { type Answer, type Credentials, type Method, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
const callers = new Map<string, Credentials>();

before(async () => {
  world = await startWorld({ mail: false, shared: true });
  const none = await world.person("Eve Nolevel", null);
  const two = await world.person("Ana Two", 2);
  callers.set("anonymous", { token: null });
  callers.set("member without level", { token: none.token });
  callers.set("level 2", { token: two.token });
  callers.set("administrator", { token: world.admin.token });
  callers.set("read-only token", { token: await world.tokenOf(world.admin.id, ["read"]) });
  callers.set("write-only token", { token: await world.tokenOf(world.admin.id, ["write"]) });
  const gone = await world.person("Gone Roy", 5, { admin: true });
  const revoked = await world.person("Revoked Roy", 5, { admin: true });
  callers.set("switched-off administrator", { token: gone.token });
  callers.set("revoked token", { token: revoked.token });
  await world.api("PATCH", `/api/v1/people/${gone.id}`, { active: false });
  await world.query("update tokens set revoked_at = made_at where person_id = $1", [revoked.id]);
  callers.set("unknown token", { token: "tocsin_pat_0000000000000000000000000000000000000000" });
  callers.set("unknown session", { cookie: `tocsin=${"A".repeat(43)}`, headers: { origin: world.config.url } });
});

const nobodies = ["anonymous", "unknown token", "unknown session", "switched-off administrator", "revoked token"];
const administrators = ["administrator", "read-only token", "write-only token"];

/** The refusal that the gate must give, before it looks at anything of the request; null when it must let pass. */
function expected(endpoint: Endpoint, caller: string): { status: number; code: string } | null {
  if (endpoint.access === "public") return null;
  if (nobodies.includes(caller)) return { status: 401, code: "not-signed-in" };
  const lacking = { "read-only token": "write", "write-only token": "read" }[caller];
  if (scopeOf(endpoint) === lacking) return { status: 403, code: "scope-missing" };
  if (endpoint.access === "administrator" && !administrators.includes(caller))
    return { status: 403, code: "not-administrator" };
  if (endpoint.access === "fresh") return { status: 403, code: "token-makes-no-token" };
  return null;
}

const gateCodes = ["not-signed-in", "scope-missing", "not-administrator", "token-makes-no-token", "forbidden-origin"];
const pathOf = (endpoint: Endpoint): string =>
  endpoint.path.replaceAll(/:\w+/g, "00000000-0000-4000-8000-000000000000");

for (const endpoint of endpoints) {
  test(`${endpoint.method} ${endpoint.path} is for: ${endpoint.access}`, async () => {
    for (const [caller, as] of callers) {
      if (endpoint.id === "signOut" && expected(endpoint, caller) === null) continue;
      const body = endpoint.body === undefined ? undefined : { nonsense: true };
      const answer = await world.api(endpoint.method, pathOf(endpoint), body, as);
      const wanted = expected(endpoint, caller);
      if (wanted) {
        assert.deepEqual({ status: answer.status, code: answer.body.code }, wanted, caller);
      } else {
        assert.ok(!gateCodes.includes(answer.body?.code), `${caller} is let in, not ${answer.text}`);
        assert.ok(answer.status < 500, `${caller}: ${answer.text}`);
        if (body) assert.ok([404, 422].includes(answer.status), `${caller}: an unknown field, ${answer.status}`);
      }
      headersAreSet(answer);
    }
  });
}

test("what is served beside the contract asks the same: figures, reference and stream are read by who may read", async () => {
  for (const path of ["/metrics", "/api/docs", "/api/v1/stream"])
    for (const [caller, as] of callers) {
      if (path.endsWith("stream") && !nobodies.includes(caller) && caller !== "write-only token") continue;
      const answer = await world.api("GET", path, undefined, as);
      const wanted = nobodies.includes(caller) ? 401 : caller === "write-only token" ? 403 : 200;
      assert.equal(answer.status, wanted, `${path}: ${caller}`);
    }
  for (const path of ["/livez", "/readyz", "/api/openapi.json"])
    assert.equal((await world.api("GET", path, undefined, { token: null })).status, 200, path);
});

/** Served outside the contract, each for a reason of its own. */
const besides = [
  "/livez",
  "/readyz",
  "/api/openapi.json",
  "/metrics",
  "/api/docs",
  "/api/v1/stream",
  "/ack/:token",
  "/c/:token",
  "/proof/:link",
  "/manifest.webmanifest",
  "/offline",
  "/test/:token",
  "/channels/:provider/state/:token",
  "/channels/:provider/keys/:token/:round",
  "/channels/:provider/note/:token/:round",
  "/channels/:provider/texts",
  "/channels/:provider/updates",
  "/channels/:provider/buttons",
  "/channels/mattermost/buttons",
  "/report",
  "/heartbeat/:key",
  "/feeds/:file",
  "/report/:receipt",
  "/-/healthy",
  "/-/ready",
  "/v2/enqueue",
  "/v2/change/enqueue",
  "/generic/2010-04-15/create_event.json",
  "/v2/alerts",
  /* As its tree prints `/v2/alerts/*`. */
  "/v2/alerts*",
  "/v2/heartbeats",
  "/v2/heartbeats*",
  "/v1/json/:type",
  "/v1/json/integrations/webhooks/:type",
  "/alertmanager/:key/webhook",
  "/events/:key",
  ...["/api/v2", "/alertmanager/:key/api/v2"].flatMap((base) =>
    ["/alerts", "/alerts/groups", "/status", "/receivers", "/silences", "/silence/:id"].map((path) => base + path),
  ),
  /* Other people's paths that are not served: refused in the form that their clients read. */
  "/v1/*",
  "/v2/*",
  "/api/v2/*",
  "/generic/*",
  "/alertmanager/*",
  "/events/*",
  "/in/:segment/*",
];
/** The web application as built: files and its own addresses, all of them GET. */
const web = ["/*", ...webAddresses, ...webAddresses.map(asPrinted)];

/** Fastify prints `/people/*` under `/people` without its slash. */
function asPrinted(path: string): string {
  return path.replace(/\/\*$/, "*");
}

test("every route that is served is in the contract or listed", () => {
  const served = routesOf(world.desk.http.printRoutes({ commonPrefix: false, includeHooks: false }));
  assert.ok(served.length > endpoints.length, "the routes were read");
  const known = new Set(endpoints.map((one) => `${one.method} ${one.path}`));
  const listed = new Set(besides.flatMap((path) => [path, `/in/:segment${path}`]));
  const unknown = served.filter(({ method, path }) => {
    if (known.has(`${method} ${path}`) || (method === "HEAD" && known.has(`GET ${path}`))) return false;
    if (listed.has(path)) return false;
    return !(["GET", "HEAD"].includes(method) && (web.includes(path) || /^\/(assets\/.*|[\w.-]+\.\w+)$/.test(path)));
  });
  assert.deepEqual(unknown, []);
});

/** From Fastify's own tree: `│   └── /session (GET, HEAD)`. */
function routesOf(tree: string): { method: string; path: string }[] {
  const stack: string[] = [];
  return tree.split("\n").flatMap((line) => {
    const [, indent = "", segment = "", methods] =
      /^((?:[│ ] {3})*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/u.exec(line) ?? [];
    if (segment === "") return [];
    const depth = indent.length / 4;
    stack.length = depth;
    stack.push(segment.replace(/\(empty root node\)|\(empty\)/, ""));
    const path = stack.join("").replaceAll("//", "/");
    return (methods ?? "").split(", ").flatMap((method) => (method === "" ? [] : [{ method, path }]));
  });
}

function headersAreSet({ headers }: Answer, cache = "no-store"): void {
  const csp = String(headers["content-security-policy"]);
  assert.match(csp, /default-src 'none'/);
  assert.match(csp, /frame-ancestors 'none'/);
  assert.match(csp, /require-trusted-types-for 'script'/);
  assert.doesNotMatch(csp, /unsafe-inline|unsafe-eval/);
  assert.equal(headers["x-content-type-options"], "nosniff");
  assert.equal(headers["referrer-policy"], "no-referrer");
  assert.equal(headers["cross-origin-opener-policy"], "same-origin");
  assert.equal(headers["cross-origin-resource-policy"], "same-origin");
  assert.equal(headers["cache-control"], cache);
  assert.equal(headers["access-control-allow-origin"], undefined);
  assert.equal(headers["access-control-allow-credentials"], undefined);
}

test("the same headers are on every other answer, errors included, and no origin is ever reflected", async () => {
  const asks: readonly (readonly [Method, string, unknown?])[] = [
    ["GET", "/livez"],
    ["GET", "/readyz"],
    ["GET", "/api/openapi.json"],
    ["GET", "/metrics"],
    ["GET", "/api/docs"],
    ["GET", "/nowhere"],
    ["POST", "/v2/enqueue", "{"],
    ["POST", "/alertmanager/x/webhook", "{}"],
    ["POST", "/events/x", "x".repeat(600_000)],
    ["GET", "/ack/x"],
    ["GET", "/c/x"],
    ["POST", "/c/x"],
    ["GET", "/test/x"],
    ["GET", "/report"],
    ["GET", "/report/x"],
    ["POST", "/api/v1/reports", "{"],
    ["OPTIONS", "/api/v1/incidents"],
  ];
  for (const [method, path, body] of asks) {
    for (const origin of ["https://evil.example", "null"]) {
      const answer = await world.api(method, path, body, { headers: { origin } });
      /* Whoever fills in the public form goes back to what they typed. */
      headersAreSet(answer, path === "/report" ? "private, no-cache" : "no-store");
    }
  }
});

/** What a look may leave behind: when a session or a token was last used, and that this node lives. */
const traces: Readonly<Record<string, string>> = { tokens: "used_at", sessions: "seen_at" };

async function everyRow(): Promise<Record<string, unknown>> {
  const tables = await world.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_name not in ('nodes', 'commits', 'heartbeat_watch')",
  );
  const all: Record<string, unknown> = {};
  for (const { name } of tables)
    [all[name]] = await world.query(
      `select count(*)::int as n, md5(string_agg(row, '' order by row)) as digest from (select (to_jsonb(t) - '${traces[name] ?? ""}')::text as row from ${name} t) as rows`,
    );
  return all;
}

test("no GET and no HEAD changes anything: every one, as an administrator, and every row of every table is as it was", async () => {
  const { key } = await world.integration("generic");
  await world.knock(`/events/${key}`, { title: "Something" });
  const receipt = (await world.api("POST", "/api/v1/reports", { title: "x" }, { token: null })).body.receipt;
  await world.settle();
  const [{ id }] = (await world.api("GET", "/api/v1/incidents")).body.data;
  const issuedAt = world.desk.clock.now();
  const ack = makeAckToken(loadSecrets(world.config.secretKey, ""), {
    incidentId: id,
    personId: world.admin.id,
    issuedAt,
  });
  const paths = [
    ...endpoints.filter((one) => one.method === "GET").map((one) => one.path.replaceAll(/:\w+/g, id)),
    ...besides.filter((path) => !path.endsWith("stream")).map((path) => path.replace(":token", ack)),
    `/report/${receipt}`,
    `/api/v1/reports/${receipt}`,
    `/events/${key}`,
  ].map((path) => path.replaceAll(/:\w+|\*/g, "x"));
  await sleep(1_200);
  const before = await everyRow();
  for (const path of paths)
    for (const method of ["GET", "HEAD"] as const)
      for (const query of ["", "?action=accept&title=x&publicReports=false&_method=POST"]) {
        const answer = await world.api(method, path + query, undefined, {
          token: world.admin.token,
          headers: { "x-http-method-override": "POST" },
        });
        assert.ok(answer.status < 500, path);
      }
  assert.equal((await world.api("GET", `/ack/${ack}`, undefined, { token: null })).status, 200, "the link is good");
  await sleep(1_200);
  assert.deepEqual(await everyRow(), before);
});
