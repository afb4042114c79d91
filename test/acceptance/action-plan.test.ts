/** The action plan of a major incident over a night and a day, on real PostgreSQL; and its own cadence: what people are told is
 *  due at the pace of its category, and missed out loud. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { recordOf, typesOf } from "./rota.ts";
import { type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let ana: Someone;
let ben: Someone;
let cleo: Someone;

before(async () => {
  world = await startWorld();
  ana = await world.person("Ana Roy", 2);
  ben = await world.person("Ben Ito", 3);
  cleo = await world.person("Cleo Diop", 4);
});

const act = async (id: string, command: string, body: object, by: Someone = cleo): Promise<Json> => {
  const answer = await world.api("POST", `/api/v1/incidents/${id}/${command}`, body, { token: by.token });
  await world.settle();
  return answer;
};
const read = async (path: string): Promise<Json> =>
  (await world.api("GET", `/api/v1/${path}`, undefined, { token: cleo.token })).body;
const hence = (hours: number): string => new Date(world.desk.clock.now() + hours * 3_600_000).toISOString();
const drop = () => {
  world.post.letters.length = 0;
};

async function major(title: string): Promise<string> {
  const body = { title, categories: ["major"], impact: 1, urgency: 1 };
  const { id } = (await world.api("POST", "/api/v1/incidents", body, { token: cleo.token })).body;
  assert.equal((await act(id, "accept", {})).status, 200);
  return id;
}

const plan = {
  situation: "6,950 transfers of 11,400 are gone.",
  objectives: ["Send the rest by 05:30", "Tell the bank"],
};

test("a plan by periods: work is linked to the one in force, the next follows it, and what is over stays as it was", async () => {
  const id = await major("Pay does not go out");
  assert.deepEqual(await read(`incidents/${id}/action-plan`).then(({ data, carried }) => [data, carried]), [[], []]);
  await act(id, "add-task", { text: "Call the bank" });
  const first = await act(id, "plan-period", { ...plan, until: hence(6) });
  assert.equal(first.status, 200, first.text);
  assert.deepEqual(
    first.body.plan.map((one: Json) => [one.number, one.objectives, one.by]),
    [[1, plan.objectives, cleo.name]],
  );
  await act(id, "add-task", { text: "Split the batch", person: ana.id });
  await act(id, "add-task", { text: "Write to the unions", person: ben.id, due: hence(2) });
  await act(id, "complete-task", { task: 2 }, ana);

  const next = await act(id, "plan-period", {
    situation: "The bank has opened.",
    objectives: ["Recover"],
    until: hence(14),
  });
  assert.deepEqual(
    next.body.plan.map((one: Json) => one.number),
    [1, 2],
  );
  assert.equal(next.body.plan[1].from, next.body.plan[0].until, "it follows the one in force");
  const ahead = await act(id, "plan-period", { ...plan, until: hence(20) });
  assert.deepEqual([ahead.status, ahead.body.code], [409, "period-out-of-order"]);
  const revised = await act(id, "revise-period", { objectives: ["Recover", "Thank everybody"] });
  assert.deepEqual(revised.body.plan[1].objectives, ["Recover", "Thank everybody"]);

  await world.advance(6 * 60 + 1);
  drop();
  const kept = await read(`incidents/${id}/action-plan`);
  assert.deepEqual(
    kept.data.map((one: Json) => [one.number, one.status, one.objectives.length, one.revisions]),
    [
      [2, "running", 2, 1],
      [1, "over", 2, 0],
    ],
  );
  assert.deepEqual(
    kept.data[1].tasks.map((one: Json) => [one.text, one.status]),
    [
      ["Split the batch", "done"],
      ["Write to the unions", "open"],
    ],
  );
  assert.deepEqual(
    kept.carried.map(({ text }: Json) => text),
    ["Call the bank", "Write to the unions"],
    "what is left of before is to be taken up",
  );
  const added = await act(id, "add-task", { text: "Close the call" });
  assert.equal(added.body.tasks.at(-1).period, 2);
  const entries = (await recordOf(world, id)).filter(({ type }) => type.startsWith("period."));
  assert.deepEqual(
    entries.map(({ type }) => type),
    ["period.planned", "period.planned", "period.revised"],
  );

  await world.advance(8 * 60);
  await world.advance(24 * 60);
  const said = (await recordOf(world, id)).filter(({ type }) => type === "period.ended");
  assert.deepEqual(
    said.map(({ data }) => data),
    [{ number: 2, until: next.body.plan[1].until, told: cleo.id }],
    "of the one that none follows, once",
  );
  const told = world.post.letters.filter(({ text }) => text.includes("Period 2 of the action plan has ended"));
  assert.deepEqual(
    told.map(({ to }) => to),
    [cleo.email],
  );
});

test("who may not plan is told so, or does in an emergency; what makes no plan is refused", async () => {
  const id = await major("The vault is wet");
  const body = { ...plan, until: hence(4) };
  const low = await act(id, "plan-period", body, ben);
  assert.deepEqual([low.status, low.body.code], [403, "level-too-low"]);
  for (const bad of [
    { ...body, objectives: [] },
    { ...body, objectives: Array.from({ length: 11 }, () => "x") },
    { ...body, situation: "" },
    { ...body, until: "tomorrow" },
    { situation: "x", objectives: ["x"] },
  ])
    assert.equal((await act(id, "plan-period", bad)).status, 422, JSON.stringify(bad).slice(0, 80));
  const unknown = await act(id, "revise-period", { situation: "x" });
  assert.deepEqual([unknown.status, unknown.body.code], [422, "period-unknown"]);
  const derogation = { reason: "Nobody of level 4 answers" };
  assert.equal((await act(id, "plan-period", { ...body, derogation }, ben)).status, 200);
  assert.ok((await typesOf(world, id)).includes("derogation.used"));
  drop();
  const hidden = await world.api("GET", "/api/v1/incidents/INC-2020-000999/action-plan", undefined, {
    token: cleo.token,
  });
  assert.deepEqual([hidden.status, hidden.body.code], [404, "incident-unknown"]);
});

test("a major incident has its own cadence: the next update is due from the last, and missed out loud", async () => {
  const id = await major("Telephones are out");
  const update = async (): Promise<Json> =>
    (await read(`incidents/${id}/clocks`)).data.find(({ kind }: Json) => kind === "update");
  const { minutes } = (await update()).target;
  assert.ok(minutes <= 30, `as its category says: ${minutes} minutes`);
  await world.advance(minutes - 5);
  drop();
  await act(id, "advise-persons", { text: "Technicians are on site." });
  const told = await update();
  assert.ok(told.status === "running" && told.elapsedMs < 1_000, "the next one counts from this one");
  assert.equal(Date.parse(told.dueAt) - Date.parse(told.startedAt), minutes * 60_000);
  assert.equal((await read(`incidents/${id}`)).due.target, "update", "and is what is due first");
  drop();
  await world.advance(minutes + 1);
  assert.equal((await update()).status, "missed");
  const breached = (await recordOf(world, id)).filter(
    ({ type, data }) => type === "sla.breached" && (data as Json).clock === "update",
  );
  assert.equal(breached.length, 1);
  assert.ok(
    world.post.letters.some(({ to }) => to === cleo.email),
    "whoever coordinates hears of it",
  );
  drop();
});
