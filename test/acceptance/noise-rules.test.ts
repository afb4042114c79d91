/** Maintenance and standing rules, on a real desk: who is called when, what is seen meanwhile, who may change them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Answer, startWorld, type TestWorld } from "./world.ts";

const rule = async (world: TestWorld, name: string, definition: object, more: object = {}): Promise<Answer["body"]> => {
  const answer = await world.api("POST", "/api/v1/noise-rules", { name, definition, ...more });
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
};
const fires = (world: TestWorld, key: string, title: string, labels: object = {}, status = "firing"): Promise<Answer> =>
  world.knock(`/events/${key}`, { key: title, title, status, labels });
const alerts = async (world: TestWorld, query = ""): Promise<Answer["body"][]> =>
  (await world.api("GET", `/api/v1/alerts${query}`)).body.data;
const incidents = async (world: TestWorld): Promise<Answer["body"][]> =>
  (await world.api("GET", "/api/v1/incidents")).body.data;
const code = async (answer: Promise<Answer>): Promise<string> => (await answer).body.code;

test("maintenance of a service holds back what is about it, comes again each week, and is ended for good", async () => {
  const world = await startWorld();
  const service = (await world.api("POST", "/api/v1/services", { nameFr: "Paie", nameEn: "Payroll" })).body.id;
  const { key } = await world.integration("generic", { service });
  const start = new Date(world.desk.clock.now());
  const clock = (minutes: number): string => new Date(start.getTime() + minutes * 60_000).toISOString().slice(11, 16);
  const day = ((start.getUTCDay() + 6) % 7) + 1;
  const again = {
    every: "week",
    zone: "UTC",
    startDate: start.toISOString().slice(0, 10),
    from: clock(-10),
    until: clock(50),
    days: [day],
  };
  const preview = await world.api("POST", "/api/v1/maintenance-windows/preview", { plan: { again } });
  const [first, second] = preview.body.occurrences;
  assert.equal(Date.parse(second.from) - Date.parse(first.from), 7 * 86_400_000);
  const body = { name: "Patches", reason: "Monthly patches", services: [service], plan: { again } };
  const made = (await world.api("POST", "/api/v1/maintenance-windows", body)).body;
  assert.deepEqual([made.state, made.services[0].name, made.occurrence], ["active", "Payroll", first]);
  await fires(world, key, "job failed");
  const [waiting] = await alerts(world, "?status=waiting");
  assert.deepEqual(
    [waiting.waiting.for, waiting.waiting.rule.name, waiting.waiting.until],
    ["window", "Patches", first.until],
  );
  assert.equal((await world.api("GET", "/api/v1/maintenance-windows")).body.data[0].waiting, 1);
  await world.advance(51);
  await world.mailbox(world.admin).expectPage();
  await world.advance(7 * 1_440 - 20);
  await fires(world, key, "job failed again");
  assert.equal((await alerts(world, "?status=waiting")).length, 1, "a week later");
  assert.equal((await world.api("POST", `/api/v1/maintenance-windows/${made.id}/end`)).status, 200);
  await world.advance(0.1);
  assert.equal((await alerts(world, "?status=waiting")).length, 0);
  assert.equal(await code(world.api("POST", `/api/v1/maintenance-windows/${made.id}/end`)), "window-unknown");
  await world.stop({ letters: true });
});

test("a wait, a threshold: what they hold back is seen, and a rule that is changed asks again", async () => {
  const world = await startWorld({ mail: false });
  const { key } = await world.integration("generic");
  const { id, version } = await rule(world, "Short ones", { kind: "wait", minutes: 5 }, { text: "blip" });
  assert.equal(version, 1);
  await fires(world, key, "blip of the line");
  await fires(world, key, "disk full");
  const [waiting] = await alerts(world, "?status=waiting");
  assert.deepEqual([waiting.waiting.for, waiting.waiting.values], ["wait", { minutes: 5 }]);
  assert.equal((await incidents(world)).length, 1);
  const changed = await world.api("PATCH", `/api/v1/noise-rules/${id}`, { enabled: false });
  assert.deepEqual([changed.body.version, changed.body.enabled, changed.body.text], [2, false, "blip"]);
  const other = { headers: { "if-match": '"1"' } };
  const late = await world.api("PATCH", `/api/v1/noise-rules/${id}`, { name: "As it was" }, other);
  assert.deepEqual([late.status, late.body.code], [412, "precondition-failed"], "somebody else changed it since");
  await world.advance(0.1);
  assert.equal((await incidents(world)).length, 2, "it waits for nothing any more");
  await rule(world, "Three", { kind: "threshold", count: 3, minutes: 10 }, { text: "login" });
  for (const who of ["a", "b"]) await fires(world, key, `login failed for ${who}`);
  const [last] = await alerts(world, "?status=waiting");
  assert.deepEqual(last.waiting.values, { seen: 2, count: 3, minutes: 10 });
  await fires(world, key, "login failed for c");
  await world.advance(0.1);
  assert.equal((await alerts(world, "?status=waiting")).length, 0);
  assert.equal((await incidents(world)).length, 5);
  assert.equal((await world.api("DELETE", `/api/v1/noise-rules/${id}`)).status, 200);
  await world.stop({ letters: true });
});

test("a grouping joins what is open, asks anew for a new kind, and never joins what is resolved", async () => {
  const world = await startWorld({ mail: false });
  const { key } = await world.integration("generic");
  await rule(world, "By site", { kind: "grouping", labels: ["site"], kindBy: ["check"] });
  await fires(world, key, "ping n1", { site: "north", check: "ping" });
  await fires(world, key, "ping n2", { site: "north", check: "ping" });
  await fires(world, key, "ping s1", { site: "south", check: "ping" });
  const all = await incidents(world);
  assert.equal(all.length, 2);
  const [north] = all.filter((one) => one.title === "ping n1");
  const act = (name: string, body: object = {}) => world.api("POST", `/api/v1/incidents/${north.id}/${name}`, body);
  assert.equal((await act("accept")).status, 200);
  await fires(world, key, "raid n1", { site: "north", check: "raid" });
  const after = (await world.api("GET", `/api/v1/incidents/${north.id}`)).body;
  assert.deepEqual([after.acceptedBy, after.paging.status], [null, "running"]);
  const entries = (await world.api("GET", `/api/v1/incidents/${north.id}/timeline`)).body.data;
  const kinds = entries.filter((one: { type: string }) => one.type === "alert.kind-joined");
  assert.deepEqual(
    kinds.map((one: Answer["body"]) => [one.data.kind, one.data.asks]),
    [
      ["ping", null],
      ["raid", world.admin.id],
    ],
  );
  await act("accept");
  await act("declare-restored");
  await act("declare-resolved", { solution: "Replaced", causeUnknown: true, reason: "the new part is in" });
  await fires(world, key, "ping n3", { site: "north", check: "ping" });
  assert.equal((await incidents(world)).length, 3);
  await world.stop({ letters: true });
});

test("an inhibition holds whichever arrives first", async () => {
  const world = await startWorld({ mail: false });
  const { key } = await world.integration("generic");
  const matcher = (value: string) => [{ label: "check", operator: "=", value }];
  await rule(world, "Power cuts", {
    kind: "inhibition",
    source: matcher("power"),
    target: matcher("ping"),
    equal: ["site"],
  });
  await fires(world, key, "ping n1", { site: "north", check: "ping" });
  await fires(world, key, "power north", { site: "north", check: "power" });
  await fires(world, key, "ping n2", { site: "north", check: "ping" });
  await fires(world, key, "ping s1", { site: "south", check: "ping" });
  await world.advance(90);
  const titles = async (): Promise<string[]> => (await incidents(world)).map(({ title }) => title).sort();
  assert.deepEqual(await titles(), ["ping s1", "power north"]);
  const waiting = await alerts(world, "?status=waiting");
  assert.deepEqual(
    waiting.map(({ waiting: { for: why, values } }) => [why, values.source]),
    [
      ["inhibition", "power north"],
      ["inhibition", "power north"],
    ],
  );
  await fires(world, key, "power north", {}, "resolved");
  await fires(world, key, "ping n1", {}, "resolved");
  await world.advance(1);
  assert.deepEqual(await titles(), ["ping n2", "ping s1", "power north"]);
  await world.stop({ letters: true });
});

test("a rule across integrations mutes and joins what another source says, and says so; within each, as before, it does not", async () => {
  const world = await startWorld({ mail: false });
  const network = await world.integration("generic", { name: "Network" });
  const applications = await world.integration("generic", { name: "Applications" });
  const matcher = (value: string) => [{ label: "check", operator: "=", value }];
  const power = { kind: "inhibition", source: matcher("power"), target: matcher("ping"), equal: ["site"] };
  const { id, definition } = await rule(world, "Power cuts", power);
  assert.deepEqual([definition.across, definition.sourceIntegration], [false, null], "never unless it is said");
  await fires(world, network.key, "power north", { site: "north", check: "power" });
  await fires(world, applications.key, "ping n1", { site: "north", check: "ping" });
  await world.advance(1);
  assert.equal((await incidents(world)).length, 2);
  const across = { definition: { ...power, across: true, sourceIntegration: network.id } };
  assert.equal((await world.api("PATCH", `/api/v1/noise-rules/${id}`, across)).status, 200);
  await fires(world, applications.key, "ping n2", { site: "north", check: "ping" });
  await world.advance(1);
  const [waiting] = await alerts(world, "?status=waiting");
  assert.deepEqual(
    [waiting.title, waiting.waiting.for, waiting.waiting.values],
    ["ping n2", "inhibition", { source: "power north", integration: "Network" }],
  );
  const { body: trace } = await world.api("GET", `/api/v1/alerts/${waiting.id}/trace`);
  assert.deepEqual(trace.data.at(-1).values, { source: "power north", integration: "Network" });
  await fires(world, network.key, "power north", {}, "resolved");
  await world.advance(1);
  assert.equal((await alerts(world, "?status=waiting")).length, 0, "raised when the other source's is over");
  await rule(world, "By customer", { kind: "grouping", across: true, labels: ["customer"] });
  await fires(world, network.key, "link of ACME", { customer: "acme" });
  await fires(world, applications.key, "orders of ACME", { customer: "acme" });
  const all = await incidents(world);
  const [acme] = all.filter(({ title }) => title === "link of ACME");
  assert.equal(all.filter(({ title }) => title === "orders of ACME").length, 0, "it joined the other");
  const { body } = await world.api("GET", `/api/v1/incidents/${acme.id}/alerts`);
  assert.deepEqual(body.data.map((one: Answer["body"]) => one.integration.name).sort(), ["Applications", "Network"]);
  await world.stop({ letters: true });
});

test("two sources that say the same at once open one incident by a rule across them", async () => {
  const world = await startWorld({ mail: false });
  const sources = await Promise.all(["A", "B", "C", "D"].map((name) => world.integration("generic", { name })));
  await rule(world, "By site", { kind: "grouping", across: true, labels: ["site"] });
  const sent = sources.flatMap(({ key }, index) =>
    [0, 1, 2].map((n) => fires(world, key, `${index} ${n}`, { site: `site ${n}` })),
  );
  for (const { status } of await Promise.all(sent)) assert.ok(status < 300);
  assert.equal((await incidents(world)).length, 3);
  await world.stop({ letters: true });
});

test("what a rule would have made of the alerts that came is told before it is saved", async () => {
  const world = await startWorld({ mail: false });
  const network = await world.integration("generic", { name: "Network" });
  const { key } = await world.integration("generic", { name: "Applications" });
  await fires(world, network.key, "power north", { site: "north", check: "power" });
  await fires(world, key, "ping n1", { site: "north", check: "ping" });
  await fires(world, key, "ping s1", { site: "south", check: "ping" });
  await world.advance(3);
  await fires(world, key, "ping n1", {}, "resolved");
  const preview = (definition: object, more: object = {}) =>
    world.api("POST", "/api/v1/noise-rules/preview", { definition, ...more });
  const matcher = (value: string) => [{ label: "check", operator: "=", value }];
  const power = { kind: "inhibition", source: matcher("power"), target: matcher("ping"), equal: ["site"] };
  const { body } = await preview({ ...power, across: true });
  assert.deepEqual([body.looked, body.matched], [3, 2]);
  assert.deepEqual(body.became, { calls: 1, callsLater: 0, neverCalls: 1, waits: 0, joins: 0 });
  const muted = body.alerts.find((one: Answer["body"]) => one.title === "ping n1");
  assert.deepEqual(
    [muted.became, muted.by.title, muted.by.integration.name],
    ["never-calls", "power north", "Network"],
  );
  assert.equal((await preview(power)).body.became.calls, 2, "within each integration nothing is muted");
  const short = await preview({ kind: "wait", minutes: 5 }, { integration: network.id });
  assert.deepEqual(short.body.became, { calls: 0, callsLater: 0, neverCalls: 0, waits: 1, joins: 0 });
  const bySite = await preview({ kind: "grouping", across: true, labels: ["site"] });
  assert.deepEqual([bySite.body.became.calls, bySite.body.became.joins], [2, 1]);
  assert.equal((await world.api("GET", "/api/v1/noise-rules")).body.data.length, 0, "nothing is saved");
  assert.equal(await code(preview({ kind: "grouping", expression: "labels.(" })), "expression-invalid");
  const named = await preview({ ...power, sourceIntegration: network.id });
  assert.deepEqual(
    named.body.errors.map((one: Answer["body"]) => [one.pointer, one.code]),
    [["/definition/sourceIntegration", "only-across"]],
  );
  await world.stop({ letters: true });
});

test("who may not is refused by name, and so is what cannot be read", async () => {
  const world = await startWorld({ mail: false });
  const four = await world.person("Ben", 4);
  const five = await world.person("Cleo", 5);
  const post = (body: object, as = five.token) => world.api("POST", "/api/v1/noise-rules", body, { token: as });
  const wait = { name: "Short", definition: { kind: "wait", minutes: 5 } };
  assert.equal(await code(post(wait, four.token)), "noise-level-needed");
  assert.equal((await post(wait)).status, 201);
  assert.equal(await code(post({ ...wait, name: "SHORT" })), "name-taken");
  const grouping = { kind: "grouping", expression: "labels.(" };
  assert.equal(await code(post({ name: "g", definition: grouping })), "expression-invalid");
  assert.equal(await code(post({ name: "g", definition: { kind: "grouping" } })), "invalid-body");
  const inhibition = { kind: "inhibition", source: [{ label: "a", operator: "=~", value: "(" }], target: [] };
  assert.equal(await code(post({ name: "i", definition: inhibition })), "invalid-body");
  const wrong = { ...inhibition, target: inhibition.source };
  assert.equal(await code(post({ name: "i", definition: wrong })), "pattern-invalid");
  assert.equal(await code(world.api("DELETE", `/api/v1/noise-rules/${five.id}`)), "rule-unknown");
  const plan = { once: { from: "2020-01-01T00:00:00Z", until: "2020-01-02T00:00:00Z" } };
  const window = { name: "w", reason: "r", services: [five.id], plan };
  const three = await world.person("Ana", 3);
  const asked = (as: string) => world.api("POST", "/api/v1/maintenance-windows", window, { token: as });
  assert.equal(await code(asked(three.token)), "noise-level-needed");
  assert.equal(await code(asked(four.token)), "service-unknown");
  await world.stop({ letters: true });
});

test("the trace of an alert is read over HTTP, and of one that is not there nothing is", async () => {
  const world = await startWorld({ mail: false });
  const { key } = await world.integration("generic");
  const { id } = await rule(world, "Short ones", { kind: "wait", minutes: 5 });
  await fires(world, key, "disk full");
  await world.advance(6);
  const [alert] = await alerts(world);
  const { body } = await world.api("GET", `/api/v1/alerts/${alert.id}/trace`);
  const told = body.data.map((one: Answer["body"]) => [one.what, one.because, one.rule?.id ?? null]);
  assert.deepEqual(told.slice(0, 5), [
    ["received", null, null],
    ["waits", "wait", id],
    ["raised", "wait", id],
    ["placed", "new", null],
    ["routed", null, null],
  ]);
  assert.ok(told.some(([what]: [string]) => what === "called"));
  assert.equal((await world.api("GET", `/api/v1/alerts/${id}/trace`)).status, 404);
  await world.stop({ letters: true });
});
