/** Who may call what: every endpoint of the contract with every kind of caller, against what its `access` says. A route
 *  that is neither in the contract nor listed here fails. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type Endpoint, scopeOf } from "../../contract/endpoint.ts";
import { endpoints } from "../../contract/endpoints.ts";
import { webAddresses } from "../../server/app.ts";
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
  callers.set("unknown token", { token: "tocsin_pat_0000000000000000000000000000000000000000" });
  callers.set("unknown session", { cookie: `tocsin=${"A".repeat(43)}`, headers: { origin: world.config.url } });
});

/** The refusal that the gate must give, before it looks at anything of the request; null when it must let pass. */
function expected(endpoint: Endpoint, caller: string): { status: number; code: string } | null {
  if (endpoint.access === "public") return null;
  if (["anonymous", "unknown token", "unknown session"].includes(caller)) return { status: 401, code: "not-signed-in" };
  if (caller === "read-only token" && scopeOf(endpoint) === "write") return { status: 403, code: "scope-missing" };
  if (endpoint.access === "administrator" && !["administrator", "read-only token"].includes(caller))
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

/** Served outside the contract, each for a reason of its own. */
const besides = [
  "/livez",
  "/readyz",
  "/api/openapi.json",
  "/metrics",
  "/api/docs",
  "/api/v1/stream",
  "/ack/:token",
  "/test/:token",
  "/report",
  "/report/:receipt",
  "/-/healthy",
  "/-/ready",
  "/v2/enqueue",
  "/alertmanager/:key/webhook",
  "/events/:key",
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
const web = ["/*", ...webAddresses];

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

function headersAreSet({ headers }: Answer): void {
  const csp = String(headers["content-security-policy"]);
  assert.match(csp, /default-src 'none'/);
  assert.match(csp, /frame-ancestors 'none'/);
  assert.doesNotMatch(csp, /unsafe-inline|unsafe-eval/);
  assert.equal(headers["x-content-type-options"], "nosniff");
  assert.equal(headers["referrer-policy"], "no-referrer");
  assert.equal(headers["cross-origin-opener-policy"], "same-origin");
  assert.equal(headers["cross-origin-resource-policy"], "same-origin");
  assert.equal(headers["cache-control"], "no-store");
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
    ["GET", "/test/x"],
    ["GET", "/report"],
    ["GET", "/report/x"],
    ["POST", "/api/v1/reports", "{"],
    ["OPTIONS", "/api/v1/incidents"],
  ];
  for (const [method, path, body] of asks) {
    for (const origin of ["https://evil.example", "null"]) {
      const answer = await world.api(method, path, body, { headers: { origin } });
      headersAreSet(answer);
    }
  }
});

test("no GET changes anything: every one, as an administrator, and the rows are as they were", async () => {
  const tables = [
    "events",
    "incidents",
    "alerts",
    "outbox",
    "timers",
    "people",
    "integrations",
    "settings",
    "reports",
    "contact_points",
  ];
  const count = async (): Promise<unknown[]> => {
    const all: unknown[] = [];
    for (const table of tables) all.push(await world.query(`select count(*)::int, max(xmin::text) from ${table}`));
    return all;
  };
  await world.api("POST", "/api/v1/incidents", { title: "Something" });
  const before = await count();
  const [{ id }] = (await world.api("GET", "/api/v1/incidents")).body.data;
  for (const endpoint of endpoints.filter((one) => one.method === "GET"))
    await world.api("GET", endpoint.path.replaceAll(/:\w+/g, id));
  assert.deepEqual(await count(), before);
});
