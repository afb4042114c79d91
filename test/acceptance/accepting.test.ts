/** Several who must accept, and whoever accepts and does nothing, on real PostgreSQL: by links of mails and by the clock. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeRota, type Rota, recordOf, typesOf } from "./rota.ts";
import { type Json, pagerDutyEvent, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let rota: Rota;
let policy: Json;
const form = { "content-type": "application/x-www-form-urlencoded" };

const change = (body: object) => world.api("PATCH", `/api/v1/escalation-policies/${policy.id}`, body);
const calling = (ids: readonly string[], more: object = {}) => ({
  targets: ids.map((id) => ({ kind: "person", id })),
  timeoutMinutes: 10,
  ...more,
});

async function save(body: object): Promise<void> {
  const answer = await change(body);
  assert.equal(answer.status, 200, answer.text);
}

async function trigger(dedupKey: string): Promise<string> {
  await world.knock("/v2/enqueue", pagerDutyEvent(rota.key, dedupKey));
  const { body } = await world.api("GET", "/api/v1/incidents?limit=1");
  return body.data[0].id;
}

async function press(ack: string): Promise<string> {
  const { text } = await world.api("POST", ack, "action=accept", { token: null, headers: form });
  await world.settle();
  return text;
}

const incidentOf = async (id: string): Promise<Json> => (await world.api("GET", `/api/v1/incidents/${id}`)).body;

before(async () => {
  world = await startWorld();
  rota = await makeRota(world);
  policy = (await world.api("GET", "/api/v1/escalation-policies")).body.data[0];
});

test("two are wanted: the link of the second is good after the first was pressed, and the third is told who has it", async () => {
  const { ana, ben, cleo } = rota;
  await save({ steps: [calling([ana.id, ben.id, cleo.id], { acknowledgements: 2 })] });
  const id = await trigger("two");
  const [first, second, third] = [
    await world.mailbox(ben).expectPage(),
    await world.mailbox(cleo).expectPage(),
    await world.mailbox(ana).expectPage(),
  ];
  await press(first.ack);
  const half = await incidentOf(id);
  assert.deepEqual(
    [half.acceptedBy.id, half.paging.status, half.paging.needed, half.paging.acknowledged],
    [ben.id, "running", 2, [{ id: ben.id, name: ben.name }]],
  );
  await press(first.ack);
  assert.equal((await incidentOf(id)).paging.acknowledged.length, 1, "pressed twice is once");
  await press(second.ack);
  const whole = await incidentOf(id);
  assert.deepEqual([whole.acceptedBy.id, whole.paging.status], [ben.id, "stopped"]);
  assert.match(await press(third.ack), /Ben/);
  const joined = (await recordOf(world, id)).filter(({ type }) => type === "assignment.accepted");
  assert.deepEqual(
    joined.map(({ data }) => data?.joins ?? false),
    [false, true],
  );
  assert.deepEqual(
    whole.joined.map((one: Json) => one.id),
    [cleo.id],
  );
  const leave = (body: object) => world.api("POST", `/api/v1/incidents/${id}/leave`, body, { token: cleo.token });
  assert.equal((await leave({})).body.code, "invalid-body", "not without why");
  const left = (await leave({ reason: "No more hands are needed" })).body;
  assert.deepEqual([left.joined, left.acceptedBy.id, left.paging.status], [[], ben.id, "stopped"]);
  assert.equal((await leave({ reason: "again" })).body.code, "not-joined");
  const told = (await recordOf(world, id)).find(({ type }) => type === "participant.left");
  assert.deepEqual([told?.data?.name, told?.reason], [cleo.name, "No more hands are needed"]);
  await world.api("POST", `/api/v1/incidents/${id}/declare-restored`, {});
});

test("one of two who accepts is called no more, and the next step calls for the second", async () => {
  const { ana, ben, cleo } = rota;
  await save({ steps: [calling([ben.id, ana.id], { acknowledgements: 2 }), calling([ben.id, cleo.id])], repeat: 0 });
  const id = await trigger("more");
  await press((await world.mailbox(ben).expectPage()).ack);
  await world.mailbox(ana).expectPage();
  await world.advance(10.1);
  const { ack } = await world.mailbox(cleo).expectPage();
  await world.mailbox(ben).expectNothing();
  await press(ack);
  await world.advance(60);
  await world.mailbox(ben).expectNothing();
  assert.equal((await incidentOf(id)).paging.status, "stopped");
  await world.api("POST", `/api/v1/incidents/${id}/declare-restored`, {});
});

test("whoever accepts and does nothing is called again, with the others; whoever does something is left in peace", async () => {
  const { ben, cleo } = rota;
  await save({ steps: [calling([ben.id])], repeat: 0, actWithinMinutes: 30 });
  const id = await trigger("idle");
  await press((await world.mailbox(ben).expectPage()).ack);
  const watched = await incidentOf(id);
  const left = Date.parse(watched.paging.watchedUntil) - Date.parse(watched.milestones.accepted);
  assert.equal(Math.round(left / 60_000), 30);
  await world.advance(30.1);
  const again = await world.mailbox(ben).expectPage();
  const lapsed = await incidentOf(id);
  assert.deepEqual([lapsed.acceptedBy, lapsed.milestones.accepted, lapsed.paging.status], [null, undefined, "running"]);
  await press(again.ack);
  const note = await world.api("POST", `/api/v1/incidents/${id}/add-observation`, { text: "x" }, { token: cleo.token });
  assert.equal(note.body.paging.watchedUntil, null);
  await world.advance(600);
  await world.mailbox(ben).expectNothing();
  const types = await typesOf(world, id);
  assert.equal(types.filter((type) => type === "assignment.lapsed").length, 1);
  await world.api("POST", `/api/v1/incidents/${id}/declare-restored`, {});
});

test("the watchdog sets the timer of a watched acceptance that was lost", async () => {
  const { ben } = rota;
  const id = await trigger("lost");
  await press((await world.mailbox(ben).expectPage()).ack);
  await world.query("delete from timers where key like 'acceptance/%'");
  await world.desk.watch();
  const [row] = await world.query<{ n: number }>("select count(*)::int as n from timers where key like 'acceptance/%'");
  assert.equal(row?.n, 1);
  await world.advance(30.1);
  assert.equal((await incidentOf(id)).acceptedBy, null);
});

test("null takes the limit away, and what is no number of people or minutes is refused", async () => {
  await save({ actWithinMinutes: null });
  assert.equal((await world.api("GET", `/api/v1/escalation-policies/${policy.id}`)).body.actWithinMinutes, null);
  await save({ name: "Kept" });
  const refused = async (body: object, pointer: string) => {
    const answer = await change(body);
    assert.deepEqual([answer.status, answer.body.errors?.[0]?.pointer], [422, pointer], answer.text);
  };
  await refused({ actWithinMinutes: 0 }, "/actWithinMinutes");
  await refused({ actWithinMinutes: 1_441 }, "/actWithinMinutes");
  for (const acknowledgements of [0, 21, 1.5])
    await refused({ steps: [calling([rota.ana.id], { acknowledgements })] }, "/steps/0/acknowledgements");
});
