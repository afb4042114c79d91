/** Webhooks as targets of policies, as a program at the other end lives them: what arrives, signed, what is tried again, and
 *  that nobody is ever kept waiting for it. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { Webhook } from "standardwebhooks";
import { openThisMachine } from "./contacts.ts";
import { openReceiver, type Receiver } from "./receiver.ts";
import { makeRota, type Rota, recordOf } from "./rota.ts";
import { type Answer, type Json, type Method, pagerDutyEvent, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let rota: Rota;
let policy: Json;
let receiver: Receiver;
let robot: Json;

const path = "/api/v1/policy-webhooks";
const ask = (method: Method, rest = "", body?: object): Promise<Answer> => world.api(method, `${path}${rest}`, body);
const step = (...targets: object[]) => ({ targets, timeoutMinutes: 5 });
const hook = () => ({ kind: "webhook", id: robot.id });
const person = (id: string) => ({ kind: "person", id });

async function save(steps: readonly object[]): Promise<void> {
  const answer = await world.api("PATCH", `/api/v1/escalation-policies/${policy.id}`, { steps, repeat: 0 });
  assert.equal(answer.status, 200, answer.text);
}

async function trigger(key: string): Promise<string> {
  await world.knock("/v2/enqueue", pagerDutyEvent(rota.key, key));
  await world.settle();
  return (await world.api("GET", "/api/v1/incidents?limit=1")).body.data[0].id;
}

const end = (id: string) => world.api("POST", `/api/v1/incidents/${id}/dismiss`, { reason: "a trial" });
const factsOf = async (id: string, type: string): Promise<Json[]> =>
  (await recordOf(world, id)).filter((entry) => entry.type === type).map(({ data }) => data);

before(async () => {
  world = await startWorld({ shared: true });
  receiver = await openReceiver();
  await openThisMachine(world);
  rota = await makeRota(world);
  policy = (await world.api("GET", "/api/v1/escalation-policies")).body.data[0];
  const made = await ask("POST", "", { name: "Night robot", url: `${receiver.url}/hooks/a-secret-path` });
  assert.equal(made.status, 201, made.text);
  robot = made.body;
});

test("its address is sealed and not shown, its secret is shown once, and only administrators keep it", async () => {
  const { data } = (await ask("GET")).body;
  assert.deepEqual(
    data.map(({ name, host, secret }: Json) => [name, host, secret]),
    [["Night robot", new URL(receiver.url).host, undefined]],
  );
  const [row] = await world.query<{ all: string }>("select to_jsonb(w)::text as all from policy_webhooks w");
  assert.doesNotMatch(row?.all ?? "", /a-secret-path|whsec_/);
  const member = { token: rota.ana.token };
  assert.equal((await world.api("GET", path, undefined, member)).status, 200);
  for (const [method, rest] of [
    ["POST", `/${robot.id}/test`],
    ["POST", `/${robot.id}/secret`],
    ["DELETE", `/${robot.id}`],
    ["GET", `/${robot.id}/deliveries`],
  ] as const)
    assert.equal((await world.api(method, `${path}${rest}`, undefined, member)).status, 403, rest);
});

test("an address that may not be asked, a name that is taken, or a webhook that is not there is refused by its field", async () => {
  const inside = await ask("POST", "", { name: "Inside", url: "http://169.254.169.254/latest" });
  assert.deepEqual([inside.status, inside.body.errors?.[0]?.pointer], [422, "/url"]);
  assert.equal((await ask("POST", "", { name: "Night robot", url: receiver.url })).body.code, "name-taken");
  const unknown = [step({ kind: "webhook", id: "00000000-0000-4000-8000-000000000000" })];
  const answer = await world.api("PATCH", `/api/v1/escalation-policies/${policy.id}`, { steps: unknown });
  assert.deepEqual([answer.status, answer.body.code], [422, "webhook-unknown"]);
  assert.equal((await ask("POST", "/00000000-0000-4000-8000-000000000000/test")).status, 404);
});

test("a test is posted at once, signed, and what was answered is said", async () => {
  const tested = await ask("POST", `/${robot.id}/test`);
  assert.deepEqual([tested.status, tested.body.lastError], [200, null]);
  const last = receiver.received.at(-1);
  assert.equal(last?.body.type, "policy-webhook.test");
  new Webhook(robot.secret).verify(last?.raw ?? "", last?.headers as Record<string, string>);
  receiver.script = () => 500;
  assert.equal((await ask("POST", `/${robot.id}/test`)).body.lastError, "HTTP 500");
  receiver.script = () => 200;
});

test("a step posts beside its calls, and one that only posts gives way at once", async () => {
  await save([step(hook()), step(person(rota.ana.id), hook())]);
  const before = receiver.received.length;
  const id = await trigger("both");
  await world.mailbox(rota.ana).expectPage();
  /* Both are due at once and have a seat each: which arrives first is nobody's promise. */
  const posted = receiver.received.slice(before).toSorted((a, b) => a.body.data.step.step - b.body.data.step.step);
  assert.deepEqual(
    posted.map(({ body }) => [body.type, body.data.step.step, body.data.step.policy.name, body.data.incident.id]),
    [
      ["incident.step", 0, "Standard", id],
      ["incident.step", 1, "Standard", id],
    ],
  );
  for (const { raw, headers } of posted) new Webhook(robot.secret).verify(raw, headers as Record<string, string>);
  assert.equal(new Set(posted.map(({ headers }) => headers["webhook-id"])).size, 2);
  assert.deepEqual(
    (await factsOf(id, "paging.post-ended")).map(({ name, became }) => [name, became]),
    [
      ["Night robot", "sent"],
      ["Night robot", "sent"],
    ],
  );
  const { data } = (await ask("GET", `/${robot.id}/deliveries`)).body;
  assert.deepEqual(
    data.map((one: Json) => [one.status, one.number, one.evidence.map(({ state }: Json) => state)]),
    [
      ["sent", null, ["accepted"]],
      ["sent", null, ["accepted"]],
    ],
  );
  await end(id);
});

test("one that is busy is tried again with the same id; one that says no is given up, and the record says so", async () => {
  await save([step(person(rota.ana.id), hook())]);
  const before = receiver.received.length;
  receiver.script = (_one, attempt) => (attempt === before + 1 ? 503 : 200);
  const busy = await trigger("busy");
  await world.mailbox(rota.ana).expectPage();
  await world.advance(2);
  const ids = receiver.received.slice(before).map(({ headers }) => headers["webhook-id"]);
  assert.equal(ids.length, 2);
  assert.equal(new Set(ids).size, 1);
  assert.deepEqual(
    (await factsOf(busy, "paging.post-ended")).map(({ became }) => became),
    ["sent"],
  );
  await end(busy);
  receiver.script = () => 404;
  const refused = await trigger("refused");
  await world.mailbox(rota.ana).expectPage();
  assert.deepEqual(
    (await factsOf(refused, "paging.post-ended")).map(({ became, error }) => [became, error]),
    [["failed", "HTTP 404"]],
  );
  assert.equal((await ask("GET")).body.data[0].lastError, "HTTP 404");
  receiver.script = () => 200;
  await end(refused);
});

test("a policy that only posts calls the administrators, and the proof says that it wakes nobody", async () => {
  const change = { policy: { id: policy.id, steps: [step(hook())] } };
  const proof = (await world.api("POST", "/api/v1/reach/proof", { weeks: 1, change })).body;
  const { holes } = proof.subjects.find((one: Json) => one.service === rota.service);
  assert.deepEqual(holes[0].because, [{ step: 0, target: "Night robot", reason: "wakes-nobody" }]);
  const beside = { policy: { id: policy.id, steps: [step(hook(), person(rota.ana.id))] } };
  const reached = (await world.api("POST", "/api/v1/reach/proof", { weeks: 1, change: beside })).body;
  const subject = reached.subjects.find((one: Json) => one.service === rota.service);
  assert.deepEqual([subject.holes, subject.weak], [[], []]);
  await save([step(hook())]);
  const id = await trigger("alone");
  await world.mailbox(world.admin).expectPage();
  assert.equal((await factsOf(id, "paging.posted")).length, 1);
  await end(id);
});

test("a new secret signs beside the one before for a day", async () => {
  const renewed = await ask("POST", `/${robot.id}/secret`);
  assert.equal(renewed.status, 201, renewed.text);
  await ask("POST", `/${robot.id}/test`);
  const last = receiver.received.at(-1);
  for (const secret of [robot.secret, renewed.body.secret])
    new Webhook(secret).verify(last?.raw ?? "", last?.headers as Record<string, string>);
});

test("with another name or address it keeps its secret; it is removed once no policy names it", async () => {
  const moved = await ask("PATCH", `/${robot.id}`, { name: "Day robot", url: `${receiver.url}/elsewhere` });
  assert.deepEqual([moved.status, moved.body.name], [200, "Day robot"]);
  await ask("POST", `/${robot.id}/test`);
  const last = receiver.received.at(-1);
  assert.equal(last?.path, "/elsewhere");
  new Webhook(robot.secret).verify(last?.raw ?? "", last?.headers as Record<string, string>);
  assert.equal((await ask("DELETE", `/${robot.id}`)).body.code, "policy-webhook-in-use");
  await save([step(person(rota.ana.id))]);
  assert.equal((await ask("DELETE", `/${robot.id}`)).status, 200);
  assert.deepEqual((await ask("GET")).body.data, []);
});
