/** Public reports: limits that hold however many come at once, and a switch that stops them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Answer, type Json, startWorld, type TestWorld } from "./world.ts";

const say = (world: TestWorld, title: string, headers: Record<string, string> = {}): Promise<Answer> =>
  world.api("POST", "/api/v1/reports", { title }, { token: null, headers });
const count = (answers: readonly Answer[], status: number): number =>
  answers.filter((one) => one.status === status).length;
const kept = async (world: TestWorld): Promise<Json> =>
  (
    await world.query(
      "select (select count(*) from reports)::int as reports, (select count(*) from reports where incident_id is null)::int as alone, (select count(*) from incidents)::int as incidents, (select count(*) from outbox where kind = 'page')::int as pages",
    )
  )[0];

test("fifty reports at once from one network: ten are taken, the rest told to wait, and nothing is kept of those", async () => {
  const world = await startWorld({ mail: false });
  const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => say(world, `At once ${index}`)));
  assert.deepEqual([count(answers, 201), count(answers, 429)], [10, 40]);
  assert.ok(answers.filter((one) => one.status === 429).every((one) => one.body.code === "too-many-requests"));
  assert.deepEqual(await kept(world), { reports: 10, alone: 0, incidents: 10, pages: 1 });
  await world.stop();
});

test("three hundred and fifty at once from as many networks: three hundred are taken", async () => {
  const world = await startWorld({ mail: false, env: { TOCSIN_TRUSTED_PROXIES: "127.0.0.1/32" } });
  const from = (index: number): Record<string, string> => ({ "x-forwarded-for": `10.1.${index >> 8}.${index & 255}` });
  const answers = await Promise.all(Array.from({ length: 350 }, (_, index) => say(world, `r${index}`, from(index))));
  assert.deepEqual([count(answers, 201), count(answers, 429)], [300, 50]);
  assert.deepEqual(await kept(world), { reports: 300, alone: 0, incidents: 300, pages: 1 });
  const form = await world.api("POST", "/report", "title=One+more", {
    token: null,
    headers: { ...from(400), "content-type": "application/x-www-form-urlencoded", "accept-language": "fr" },
  });
  assert.equal(form.status, 429);
  assert.match(form.text, /One more/, "what was written is given back");
  await world.advance(11);
  assert.equal((await say(world, "Later", from(500))).status, 201);
  await world.stop();
});

test("public reports are switched off and on again by an administrator, with a trace", async () => {
  const world = await startWorld({ mail: false });
  const before = await say(world, "Before");
  const settings = await world.api("GET", "/api/v1/settings");
  assert.equal(settings.body.publicReports, true);
  const off = await world.api("PATCH", "/api/v1/settings", { publicReports: false });
  assert.deepEqual([off.status, off.body], [200, { ...settings.body, publicReports: false }]);

  const [en, fr] = [await say(world, "x"), await say(world, "x", { "accept-language": "fr" })];
  for (const answer of [en, fr]) assert.deepEqual([answer.status, answer.body.code], [403, "reports-off"]);
  assert.notEqual(en.body.detail, fr.body.detail);
  for (const [method, body] of [
    ["GET", undefined],
    ["POST", "title=Something&website="],
  ] as const) {
    const page = await world.api(method, "/report?lang=fr", body, {
      token: null,
      headers: body ? { "content-type": "application/x-www-form-urlencoded" } : {},
    });
    assert.equal(page.status, 403, method);
    assert.match(String(page.headers["content-type"]), /^text\/html/);
    assert.match(page.text, /lang="fr"/);
    assert.match(page.text, /Signalements désactivés/);
    assert.doesNotMatch(page.text, /<form/);
  }
  const receipt = await world.api("GET", `/api/v1/reports/${before.body.receipt}`, undefined, { token: null });
  assert.equal(receipt.body.state, "reported", "a receipt still says what became of its report");
  assert.deepEqual(await kept(world), { reports: 1, alone: 0, incidents: 1, pages: 1 });

  await world.api("PATCH", "/api/v1/settings", { publicReports: true });
  assert.equal((await say(world, "After")).status, 201);
  const trace = await world.query(
    "select type, actor ->> 'id' as by, data from events where stream = 'settings/desk' order by seq",
  );
  assert.deepEqual(
    trace.map((one) => [one.type, one.by, one.data]),
    [false, true].map((publicReports) => ["settings.changed", world.admin.id, { publicReports }]),
  );
  await world.stop();
});

test("settings: what is not named stays, what does not exist is refused, and a member only reads", async () => {
  const world = await startWorld({ mail: false });
  const steps = [{ targets: [{ kind: "administrators" }], timeoutMinutes: 5 }];
  const policy = (await world.api("POST", "/api/v1/escalation-policies", { name: "P", steps })).body.id;
  const patch = (body: object): Promise<Answer> => world.api("PATCH", "/api/v1/settings", body);
  assert.equal((await patch({ language: "fr", zone: "America/Montreal", defaultPolicy: policy })).status, 200);
  const wanted = {
    language: "fr",
    zone: "America/Montreal",
    defaultPolicy: policy,
    publicReports: true,
    privateAddresses: [],
  };
  assert.deepEqual((await patch({})).body, wanted);
  const unknown = await patch({ defaultPolicy: "00000000-0000-4000-8000-000000000000" });
  assert.deepEqual(
    [unknown.status, unknown.body.code, unknown.body.errors[0].pointer],
    [422, "policy-unknown", "/defaultPolicy"],
  );
  for (const body of [{ zone: "Nowhere/City" }, { language: "de" }, { publicReports: "no" }, { keyCheck: "x" }])
    assert.equal((await patch(body)).body.code, "invalid-body", JSON.stringify(body));
  const member = await world.person("Ana Roy", 5);
  const asked = await world.api("GET", "/api/v1/settings", undefined, { token: member.token });
  assert.deepEqual([asked.status, asked.body], [200, wanted]);
  const policies = (await world.api("GET", "/api/v1/escalation-policies")).body.data;
  assert.deepEqual(
    policies.map((one: Json) => one.default),
    [true],
  );
  assert.equal((await patch({ defaultPolicy: null })).body.defaultPolicy, null);
  const [entries] = await world.query<{ n: number }>(
    "select count(*)::int as n from events where stream = 'settings/desk'",
  );
  assert.equal(entries?.n, 2, "what changes nothing leaves no trace");
  await world.stop();
});

test("a receipt is no number and cannot be guessed; it shows the state and the language, and nothing else", async () => {
  const world = await startWorld({ mail: false });
  const answers = [await say(world, "Panne", { "accept-language": "fr" }), await say(world, "Down")];
  for (const answer of answers) {
    assert.deepEqual([answer.status, Object.keys(answer.body)], [201, ["receipt"]]);
    assert.match(answer.body.receipt, /^[A-Za-z0-9]{24}$/);
  }
  const [receipt] = answers.map((answer) => answer.body.receipt);
  const read = async (of: string): Promise<Answer> =>
    world.api("GET", `/api/v1/reports/${of}`, undefined, { token: null });
  assert.deepEqual((await read(receipt)).body, { state: "reported", language: "fr" });
  const [, { id }] = (await world.api("GET", "/api/v1/incidents")).body.data;
  assert.equal((await world.api("POST", `/api/v1/incidents/${id}/register`, {})).status, 200);
  assert.deepEqual((await read(receipt)).body, { state: "registered", language: "fr" });
  for (const guess of ["INC-2026-000001", id, "A".repeat(24), `${receipt}x`])
    assert.equal((await read(guess)).status, 404, guess);
  await world.stop();
});

test("reports call the first administrator, at most once in five minutes, and each that does not says why", async () => {
  const world = await startWorld();
  for (const title of ["One", "Two", "Three"]) assert.equal((await say(world, title)).status, 201);
  assert.match((await world.mailbox(world.admin).expectPage()).subject, /One/);
  await world.mailbox(world.admin).expectNothing();
  const { data } = (await world.api("GET", "/api/v1/incidents")).body;
  const timeline = (await world.api("GET", `/api/v1/incidents/${data[0].id}/timeline`)).body.data;
  const routed = timeline.find((entry: Json) => entry.type === "routing.decided");
  assert.deepEqual(routed.data, { policy: null, reasons: ["report-paged-recently"] });
  await world.api("POST", `/api/v1/incidents/${data[2].id}/accept`, {});
  await world.advance(5.1);
  await say(world, "Four");
  assert.match((await world.mailbox(world.admin).expectPage()).subject, /Four/);
  await world.stop();
});
