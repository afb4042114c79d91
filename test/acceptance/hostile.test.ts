/** Every endpoint of the contract, at every place of its path, its query and its body, with every hostile value: the answer
 *  is what was asked, or a problem that says why; never a fault. What is added to the API is tried here at once. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type Described, described, hostileJson, hostileText, spoiled, twice } from "./hostile.ts";
import { type Answer, type Credentials, type Json, type Method, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let incident = "";
let others: Readonly<Record<string, string>> = {};
let network = 0;

before(async () => {
  world = await startWorld({ mail: false, shared: true, env: { TOCSIN_TRUSTED_PROXIES: "127.0.0.1/32" } });
  incident = (await world.api("POST", "/api/v1/incidents", { title: "Something" })).body.id;
  const person = await world.person("Ana Roy", 3);
  const { id } = await world.integration("generic");
  others = { integrations: id, people: person.id };
});

/** From a network of its own, or the limits would answer instead. */
const from = (): Record<string, string> => ({
  "x-forwarded-for": `10.${++network >> 16}.${(network >> 8) & 255}.${network & 255}`,
});
const ask = (method: Method, path: string, body?: unknown): Promise<Answer> =>
  world.api(method, path, body, { token: world.admin.token, headers: from() });

/** As whoever may: a token is made by a session only. */
async function credentialsFor(one: Described): Promise<Credentials> {
  if (one.id !== "makeToken") return { token: world.admin.token };
  const words = { email: world.admin.email, password: world.adminPassword };
  const answer = await world.api("POST", "/api/v1/session", words, { token: null, headers: from() });
  return { cookie: String(answer.headers["set-cookie"]).split(";")[0] ?? "", headers: { origin: world.config.url } };
}

const send = (one: Described, as: Credentials, body: unknown, headers: object = {}): Promise<Answer> =>
  world.api(one.method, pathOf(one), body, { ...as, headers: { ...as.headers, ...from(), ...headers } });

/** One that exists, so that a bad body or query is looked at and not a bad id. */
const pathOf = ({ path }: Described): string =>
  path.replace(/:\w+/, () => others[path.split("/")[3] ?? ""] ?? incident);

function isClear(answer: Answer, what: string): void {
  assert.ok(answer.status < 500, `${what}: ${answer.status} ${answer.text.slice(0, 200)}`);
  assert.equal(typeof answer.body, "object", what);
  if (answer.status < 400) return;
  assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/, what);
  for (const field of ["type", "title", "detail", "code", "requestId"])
    assert.equal(typeof answer.body[field], "string", `${what}: ${field}`);
  assert.doesNotMatch(answer.text, /node_modules|at \w+ \(|select |syntax for type/, what);
}

const all = described();

for (const one of all) {
  test(`${one.method} ${one.path}`, async () => {
    for (const value of hostileText) {
      const odd = encodeURIComponent(value.toWellFormed());
      for (const name of one.params) {
        const path = one.path.replaceAll(/:(\w+)/g, (_, each) => (each === name ? odd : incident));
        if (one.method === "GET" || one.body !== undefined) isClear(await ask(one.method, path, one.body), path);
      }
      for (const name of one.query) {
        isClear(await ask(one.method, `${pathOf(one)}?${name}=${odd}`), `${name}=${odd}`);
        isClear(await ask(one.method, `${pathOf(one)}?${name}=${odd}&${name}=${odd}`), `${name}=${odd} twice`);
        isClear(await ask(one.method, `${pathOf(one)}?${name}[]=${odd}&${name}[a]=${odd}`), `${name}[a]=${odd}`);
      }
    }
    if (one.body === undefined) return;
    const as = await credentialsFor(one);
    for (const text of spoiled(one.body, hostileJson)) isClear(await send(one, as, text), text.slice(0, 300));
  });
}

test("a good body is made for every endpoint, so that one bad value is the only thing wrong", async () => {
  const refusedWhole: string[] = [];
  for (const one of all.filter(({ body }) => body !== undefined)) {
    const answer = await send(one, await credentialsFor(one), one.body);
    if (answer.body.code === "invalid-body") refusedWhole.push(`${one.id}: ${answer.text}`);
  }
  assert.deepEqual(refusedWhole, []);
});

test("mass assignment: no column of any table, nor any other name, is taken by a body that does not list it", async () => {
  const columns = await world.query<{ name: string }>(
    "select distinct column_name as name from information_schema.columns where table_schema = 'public'",
  );
  const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const names = columns.flatMap(({ name }) => [name, camel(name)]);
  names.push("role", "isAdmin", "is_admin", "acked_at", "userId", "permissions");
  for (const one of all.filter(({ body }) => body !== undefined)) {
    const extra = [...new Set(names)].filter((name) => !(name in one.body));
    const body = { ...one.body, ...Object.fromEntries(extra.map((name) => [name, 1])) };
    const answer = await send(one, await credentialsFor(one), body);
    assert.deepEqual([answer.status, answer.body.code], [422, "invalid-body"], `${one.id}: ${answer.text}`);
    const said = new Set(answer.body.errors.map((each: Json) => each.pointer));
    assert.deepEqual(
      extra.filter((name) => !said.has(`/${name}`)),
      [],
      one.id,
    );
  }
});

test("a name that stands twice is one field: the last one counts, and is what is checked and what is kept", async () => {
  for (const one of all.filter(({ body }) => body !== undefined)) {
    const [name] = Object.keys(one.body);
    if (name === undefined) continue;
    const [, last = ""] = twice(one.body, name, '{"odd":1}');
    const answer = await send(one, await credentialsFor(one), last);
    assert.deepEqual([answer.status, answer.body.code], [422, "invalid-body"], `${one.id}: ${answer.text}`);
  }
  const [first = ""] = twice({ title: "Kept" }, "title", '"Thrown away"');
  const made = await ask("POST", "/api/v1/incidents", first);
  assert.deepEqual([made.status, made.body.title], [201, "Kept"]);
  assert.equal((await ask("GET", `/api/v1/incidents/${made.body.id}`)).body.title, "Kept");
});

test("nothing is uploaded here: every body is JSON, and every other type is refused unread", async () => {
  const types = [
    "multipart/form-data; boundary=x",
    "application/octet-stream",
    "image/svg+xml",
    "text/html",
    "text/plain",
  ];
  for (const one of all.filter(({ body }) => body !== undefined)) {
    const as = await credentialsFor(one);
    for (const type of [...types, "application/x-www-form-urlencoded", "application/xml"]) {
      const answer = await send(one, as, JSON.stringify(one.body), { "content-type": type });
      assert.deepEqual([answer.status, answer.body.code], [415, "unsupported-media-type"], `${one.id}: ${type}`);
    }
  }
  const forms = await Promise.all(
    ["/report", `/ack/${"A".repeat(75)}`].map((path) =>
      world.api("POST", path, "--x--", { token: null, headers: { "content-type": "multipart/form-data; boundary=x" } }),
    ),
  );
  assert.deepEqual(
    forms.map(({ status }) => status),
    [415, 415],
  );
});

test("no prototype was changed by any of it", () => {
  assert.equal(({} as Json).polluted, undefined);
  assert.equal(([] as Json).polluted, undefined);
});
