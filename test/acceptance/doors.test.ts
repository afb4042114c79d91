/** How each address answers what it is not for: another method, another path, another key. Where other people's clients
 *  come, the answer has the form that they read: some crash on anything but an object of `application/json`. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { endpoints } from "../../contract/endpoints.ts";
import { type Answer, type Method, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
const methods: readonly Method[] = ["GET", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"];
const filled = (path: string): string => path.replaceAll(/:\w+/g, "00000000-0000-4000-8000-000000000000");
const ask = (method: Method, path: string, language = "en"): Promise<Answer> =>
  world.api(method, path, method === "GET" ? undefined : {}, { token: null, headers: { "accept-language": language } });

before(async () => {
  world = await startWorld({ mail: false, shared: true });
});

const routeOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/:\w+/g, "[^/]+")}$`);

test("a known address of the API asked another way answers 405, says which ways there are, and asks for no sign-in", async () => {
  for (const { path } of endpoints) {
    const served = endpoints.filter((one) => routeOf(one.path).test(filled(path))).map((one) => one.method);
    for (const method of methods.filter((one) => !served.some((other) => other === one))) {
      const answer = await ask(method, filled(path));
      assert.deepEqual([answer.status, answer.body.code], [405, "method-not-allowed"], `${method} ${path}`);
      assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/);
      const allowed = String(answer.headers.allow).split(", ");
      assert.deepEqual(
        allowed.filter((one) => one !== "HEAD"),
        [...new Set(served)].sort(),
        path,
      );
    }
  }
});

test("the same in the caller's language, with a slash too many, and on pages", async () => {
  const [en, fr] = [await ask("DELETE", "/api/v1/people"), await ask("DELETE", "/api/v1/people", "fr")];
  assert.notEqual(en.body.detail, fr.body.detail);
  for (const path of ["/api/v1/people/", "/api//v1/people?x=1", "/livez", "/report", "/report/x", "/ack/x"])
    assert.equal((await ask("DELETE", path)).status, 405, path);
  assert.equal((await ask("POST", "/livez")).headers.allow, "GET, HEAD");
  for (const path of ["/api/v1/nothing", "/api/v1", "/api/v1/incidents/x/y/z", "/api/v1/people/x/y"])
    for (const method of methods) {
      const answer = await ask(method, path);
      assert.deepEqual([answer.status, answer.body.code], [404, "not-found"], `${method} ${path}`);
    }
});

const doors = [
  "/v2/enqueue",
  "/v2/change/enqueue",
  "/generic/2010-04-15/create_event.json",
  `/alertmanager/${"a".repeat(32)}/webhook`,
  `/events/${"a".repeat(32)}`,
];

test("doors answer another method or path with an object of application/json", async () => {
  for (const prefix of ["", "/in/desk"]) {
    for (const path of doors) {
      const served = /^\/(events|alertmanager)\//.test(path) ? ["POST", "PUT"] : ["POST"];
      for (const method of methods.filter((one) => !served.includes(one))) {
        const answer = await ask(method, `${prefix}${path}`);
        assert.equal(answer.status, 405, `${method} ${prefix}${path}`);
        assert.equal(answer.headers.allow, served.join(", "));
        inTheirForm(answer, "method-not-allowed");
      }
    }
    for (const path of [
      "/v2/heartbeatsx/x/ping",
      "/v1/incidents/create",
      "/v2/schedules",
      "/v2/alertsx",
      "/v2/nothing",
      "/alertmanager/x/y",
      "/generic/x",
    ])
      for (const method of methods) {
        const answer = await ask(method, `${prefix}${path}`);
        assert.equal(answer.status, 404, `${method} ${prefix}${path}`);
        inTheirForm(answer, "not-found");
      }
  }
});

function inTheirForm(answer: Answer, code: string): void {
  assert.match(String(answer.headers["content-type"]), /^application\/json/);
  const { status, message, errors } = answer.body;
  assert.deepEqual([status, answer.body.code, typeof message, errors.length], ["error", code, "string", 1]);
}

test("a key that is no integration's is 404 with its code; a PagerDuty client is told in its own words", async () => {
  for (const path of doors.filter((one) => one.includes("a".repeat(32)))) {
    const answer = await world.knock(path, { title: "x" });
    assert.equal(answer.status, 404);
    inTheirForm(answer, "integration-key-unknown");
  }
  const answer = await world.knock(doors[0] ?? "", { routing_key: "a".repeat(32), event_action: "trigger" });
  assert.deepEqual([answer.status, answer.body.errors], [400, ["Invalid routing key"]]);
});
