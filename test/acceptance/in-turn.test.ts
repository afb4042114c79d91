/** Steps that call in turn, on real PostgreSQL: incidents that come together, and what stays when the policy changes. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeRota, type Rota, recordOf } from "./rota.ts";
import { type Json, pagerDutyEvent, type Someone, startWorld, type TestWorld } from "./world.ts";

/** Lines of a mail are wrapped. */
const turned = /called\s+in\s+turn,\s+and\s+it\s+was\s+yours/;

let world: TestWorld;
let rota: Rota;
let policy: Json;
let all: readonly Someone[];

const targets = (people: readonly Someone[]) => people.map(({ id }) => ({ kind: "person", id }));
const inTurn = (people: readonly Someone[]) => ({ targets: targets(people), timeoutMinutes: 10, inTurn: true });

async function save(body: object): Promise<void> {
  const answer = await world.api("PATCH", `/api/v1/escalation-policies/${policy.id}`, body);
  assert.equal(answer.status, 200, answer.text);
}

/** All at once, from different senders of one instant. */
async function trigger(keys: readonly string[]): Promise<void> {
  await Promise.all(keys.map((key) => world.knock("/v2/enqueue", pagerDutyEvent(rota.key, key))));
  await world.settle();
}

/** Whom the newest incidents called, one after the other. */
async function called(count: number): Promise<string[]> {
  const { body } = await world.api("GET", `/api/v1/incidents?limit=${count}`);
  const records = await Promise.all(body.data.map((one: Json) => recordOf(world, one.id)));
  return records.flatMap((entries: Awaited<ReturnType<typeof recordOf>>) =>
    entries.flatMap(({ type, data }) => (type === "page.requested" ? [String(data?.name)] : [])),
  );
}

async function endAll(): Promise<void> {
  const { body } = await world.api("GET", "/api/v1/incidents?limit=50");
  for (const { id } of body.data) await world.api("POST", `/api/v1/incidents/${id}/dismiss`, { reason: "a trial" });
  await world.settle();
}

before(async () => {
  world = await startWorld({ shared: true });
  rota = await makeRota(world);
  all = [rota.ana, rota.ben, rota.cleo];
  policy = (await world.api("GET", "/api/v1/escalation-policies")).body.data[0];
  await save({ steps: [inTurn(all)], repeat: 0 });
});

test("nine incidents that come together call each of three three times, and each is told that it was their turn", async () => {
  await trigger(Array.from({ length: 9 }, (_, index) => `together-${index}`));
  const names = await called(9);
  for (const one of all) {
    assert.equal(names.filter((name) => name === one.name).length, 3, `${one.name} of ${names}`);
    for (let page = 0; page < 3; page++) assert.match((await world.mailbox(one).expectPage()).text, turned);
  }
  await endAll();
  await world.advance(60);
});

test("whoever was called last is called last again, though a step was put before theirs", async () => {
  const nobody = { targets: [{ kind: "person", id: rota.ana.id }], timeoutMinutes: 5, when: { priorities: [5] } };
  await trigger(["one"]);
  const [first] = await called(1);
  await world.mailbox(all.find(({ name }) => name === first) as Someone).expectPage();
  await save({ steps: [nobody, inTurn(all)] });
  const order = [first];
  for (const key of ["two", "three", "four"]) {
    await trigger([key]);
    const [next] = await called(1);
    const who = all.find(({ name }) => name === next) as Someone;
    const { ack } = await world.mailbox(who).expectPage();
    if (key === "two") assert.match((await world.api("GET", ack, undefined, { token: null })).text, turned);
    order.push(next);
  }
  assert.equal(new Set(order.slice(0, 3)).size, 3, order.join());
  assert.equal(order[3], first);
  await endAll();
  await save({ steps: [inTurn(all)] });
});

test("silence calls the next in turn when all is gone through again, and the record says of how many", async () => {
  await save({ repeat: 1 });
  await trigger(["silent"]);
  await world.advance(10.1);
  const names = await called(1);
  assert.equal(new Set(names).size, 2);
  for (const name of names) await world.mailbox(all.find((one) => one.name === name) as Someone).expectPage();
  const { body } = await world.api("GET", "/api/v1/incidents?limit=1");
  const steps = (await recordOf(world, body.data[0].id)).filter(({ type }) => type === "paging.stepped");
  assert.deepEqual(
    steps.map(({ data }) => data?.inTurnOf),
    [3, 3],
  );
  await endAll();
});

test("one who calls in turn cannot want several, and the proof names whoever would not be reached at their turn", async () => {
  const answer = await world.api("PATCH", `/api/v1/escalation-policies/${policy.id}`, {
    steps: [{ ...inTurn(all), acknowledgements: 2 }],
  });
  assert.equal(answer.status, 422);
  assert.deepEqual(
    answer.body.errors.map((one: Json) => [one.pointer, one.code]),
    [["/steps/0/acknowledgements", "one-in-turn"]],
  );
  const prove = async (body: object): Promise<Json> => (await world.api("POST", "/api/v1/reach/proof", body)).body;
  const holesOf = ({ subjects }: Json) => subjects.find((one: Json) => one.service === rota.service).holes;
  assert.deepEqual(holesOf(await prove({ weeks: 1 })), []);
  await world.api("PATCH", `/api/v1/people/${rota.ben.id}`, { active: false });
  assert.deepEqual(holesOf(await prove({ weeks: 1 })), [], "whoever has left has no turn");
  await world.api("PATCH", `/api/v1/people/${rota.ben.id}`, { active: true });
  const byNtfy = await prove({ weeks: 1, channels: ["ntfy"] });
  assert.ok(holesOf(byNtfy)[0].because.some((one: Json) => one.target === rota.ana.name && one.reason === "channel"));
});
