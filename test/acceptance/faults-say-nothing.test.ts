/** Every handler made to fail in its middle, with secrets in everything it was given: the answer is a plain problem, and
 *  neither it nor the log holds a secret, a statement, or a line of the program. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { described } from "./hostile.ts";
import { type Answer, type Json, pagerDutyEvent, startWorld } from "./world.ts";

const canary = (name: string): string => `canary-${name}-5f0d9c2e7b41`;

/** Texts of people are no secret, but a fault has no reason to repeat them. */
function withCanaries(value: Json, name = "text"): Json {
  if (typeof value === "string") return /^[\w-]{36}$|^\d{4}-|^\d\d:|@|^(fr|en)$|\//.test(value) ? value : canary(name);
  if (Array.isArray(value)) return value.map((one) => withCanaries(one, name));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withCanaries(one, key)]));
}

test("a fault anywhere says nothing of what it was doing, to the caller or to the log", async () => {
  const world = await startWorld({ mail: false });
  const { id } = (await world.api("POST", "/api/v1/incidents", { title: "x" })).body;
  const doors = { pagerduty: await world.integration("pagerduty"), generic: await world.integration("generic") };
  const words = { email: world.admin.email, password: world.adminPassword };
  const signed = await world.api("POST", "/api/v1/session", words, { token: null });
  const cookie = String(signed.headers["set-cookie"]).split(";")[0] ?? "";
  const session = { cookie, headers: { origin: world.config.url, "idempotency-key": canary("idempotency") } };
  const receipt = (await world.api("POST", "/api/v1/reports", { title: "x" }, { token: null })).body.receipt;
  await world.knock(`/events/${doors.generic.key}`, { title: "the key is known" });
  await world.knock("/v2/enqueue", pagerDutyEvent(doors.pagerduty.key, "the key is known"));
  await world.settle();

  const [{ name: role } = { name: "" }] = (
    await world.desk.pools.reading.query<{ name: string }>("select current_user as name")
  ).rows;
  await world.query(`revoke all on all tables in schema public from ${role}`);
  await world.query(`grant select on sessions, tokens, integration_keys to ${role}`);
  const from = world.logs.length;
  const answers: (readonly [string, Answer])[] = [];
  for (const one of described()) {
    const path = one.path.replaceAll(/:\w+/g, one.id === "readReceipt" ? receipt : id);
    const body = withCanaries(one.body);
    if (one.id === "signIn") Object.assign(body, words);
    answers.push([one.id, await world.api(one.method, path, body, session)]);
  }
  const odd = { title: canary("text"), secret: canary("text") };
  const event = pagerDutyEvent(doors.pagerduty.key, canary("text"), odd);
  answers.push(["pagerduty", await world.knock("/v2/enqueue", event)]);
  answers.push(["generic", await world.knock(`/events/${doors.generic.key}`, odd)]);
  answers.push([
    "receipt",
    await world.api("GET", `//report/${receipt}?x=${canary("text")}`, undefined, { token: null }),
  ]);
  answers.push(["metrics", await world.api("GET", "/metrics", undefined, session)]);

  const failed = answers.filter(([, { status }]) => status >= 500);
  assert.ok(failed.length > answers.length / 2, `only ${failed.map(([name]) => name).join(", ")} failed`);
  const secrets = {
    cookie: cookie.split("=")[1] ?? "",
    password: world.adminPassword,
    receipt,
    token: world.admin.token,
  };
  const keys = [doors.pagerduty.key, doors.generic.key, canary(""), ...Object.values(secrets)];
  const inside = /node_modules|\.ts:\d|permission denied|select |insert into|update |42501|tocsin_app|\/server\//i;
  for (const [name, { text, body }] of failed) {
    assert.doesNotMatch(text, inside, name);
    for (const key of ["canary-", ...keys]) assert.ok(!text.includes(key), `${name}: ${text}`);
    assert.ok(["internal", "overloaded"].includes(body.code), `${name}: ${text}`);
  }
  const said = world.logs.slice(from);
  assert.ok(
    said.some((line) => line.includes('"level":"error"')),
    "the fault is in the log",
  );
  for (const key of ["canary-", ...keys])
    assert.deepEqual(said.filter((line) => line.includes(key)).slice(0, 1), [], "and no secret is beside it");
  await world.query(`grant select, insert, update, delete on all tables in schema public to ${role}`);
  await world.stop({ errors: true, letters: true, altered: true });
});
