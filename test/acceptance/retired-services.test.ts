/** A retired service: wherever it is newly named it is refused, what names it already keeps it, and alerts are taken all the same. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type Answer, type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let dan: Someone;
let old: string;
let other: string;
const names = (text: string) => ({ nameFr: text, nameEn: text });
const ask = (method: "POST" | "PATCH" | "GET", path: string, body?: object, token = world.admin.token) =>
  world.api(method, `/api/v1/${path}`, body, { token });
const done = async (asked: Promise<Answer>): Promise<Json> => {
  const answer = await asked;
  assert.ok(answer.status < 300, answer.text);
  return answer.body;
};
const retire = (retired: boolean) => done(ask("PATCH", `services/${old}`, { retired }));
const matchers = { matchers: [], text: null };
const soon = (minutes: number) => new Date(world.desk.clock.now() + minutes * 60_000).toISOString();

before(async () => {
  world = await startWorld({ mail: false });
  dan = await world.person("Dan Five", 5, { admin: true });
  old = (await done(ask("POST", "services", names("Old mail")))).id;
  other = (await done(ask("POST", "services", names("Mail")))).id;
});

/** Everything that may name a service, and how it is changed: it names it already then. */
const naming: Readonly<Record<string, { readonly path: string; readonly body: (service: string) => object }>> = {
  template: {
    path: "templates",
    body: (service) => ({
      ...names("T"),
      title: "T",
      description: null,
      service,
      categories: [],
      impact: 3,
      urgency: 3,
    }),
  },
  integration: { path: "integrations", body: (service) => ({ kind: "generic", name: "I", service }) },
  heartbeat: {
    path: "heartbeats",
    body: (service) => ({ name: `H ${service}`, service, intervalSeconds: 60 }),
  },
  supplier: {
    path: "suppliers",
    body: (service) => ({
      ...{ name: `S ${service}`, kind: "supplier", language: "en", services: [service], targets: [] },
      contacts: [{ name: "A", role: "B", email: null, phone: "+15145550100", language: "en", afterMinutes: 0 }],
    }),
  },
  "known error": {
    path: "known-errors",
    body: (service) => ({ ...names("K"), workaroundFr: null, workaroundEn: "Wait", services: [service] }),
  },
  policy: {
    path: "escalation-policies",
    body: (service) => ({
      name: `P ${service}`,
      steps: [
        { targets: [{ kind: "person", id: dan.id }], timeoutMinutes: 5, when: { services: [service] } },
        { targets: [{ kind: "person", id: dan.id }], timeoutMinutes: 5 },
      ],
    }),
  },
  service: { path: "services", body: (service) => ({ ...names("N"), dependsOn: [{ on: service, kind: "needs" }] }) },
};

for (const [what, { path, body }] of Object.entries(naming))
  test(`a ${what} names no retired service newly, and keeps the one that it has`, async () => {
    const made = await done(ask("POST", path, body(old), dan.token));
    await retire(true);
    const refused = await ask("POST", path, body(old), dan.token);
    assert.deepEqual([refused.status, refused.body.code], [422, "service-retired"], refused.text);
    const { kind: _, intervalSeconds: __, ...again } = body(old) as Record<string, unknown>;
    const kept = await ask(
      "PATCH",
      `${path}/${made.id}`,
      what === "supplier" ? { ...again, kind: "supplier" } : again,
      dan.token,
    );
    assert.equal(kept.status, 200, `${what} keeps it: ${kept.text}`);
    await retire(false);
  });

test("an incident, a report, a rule, a silence and maintenance are refused it", async () => {
  const incident = await done(ask("POST", "incidents", { title: "Slow", service: old }, dan.token));
  await retire(true);
  const scope = { ...matchers, integration: null, service: old };
  const code = async (path: string, body: object, token: string | null = dan.token) =>
    (await world.api("POST", `/api/v1/${path}`, body, { token })).body.code;
  assert.equal(await code("incidents", { title: "Slow", service: old }), "service-retired");
  assert.equal(await code("reports", { title: "Slow", service: old }, null), "service-retired");
  assert.equal(await code("silences", { ...scope, until: soon(60), reason: "x" }), "service-retired");
  const plan = { once: { from: soon(5), until: soon(60) } };
  assert.equal(await code("maintenance-windows", { name: "M", reason: "x", services: [old], plan }), "service-retired");
  assert.equal(
    await code(`incidents/${incident.id}/impact/state-affected`, { service: old, status: "down" }),
    undefined,
  );
  const elsewhere = await done(ask("POST", "incidents", { title: "Slow too", service: other }, dan.token));
  const on = `incidents/${elsewhere.id}/impact`;
  assert.equal(await code(`${on}/state-affected`, { service: old, status: "down" }), "service-retired");
  assert.equal(await code(`${on}/rule-out-affected`, { service: old }), "service-retired");
  await retire(false);
});

test("an alert that names it opens its incident, with the service", async () => {
  const { key } = await world.integration("generic", { service: old, name: "Sends still" });
  await retire(true);
  await world.knock(`/events/${key}`, { key: "a", title: "Old mail is down" });
  await world.settle();
  const { data } = await done(ask("GET", "incidents?q=down", undefined, dan.token));
  const [found] = data;
  assert.equal(found?.service?.id, old, JSON.stringify(data));
  await retire(false);
});
