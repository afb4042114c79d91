/** What awaits each person of a desk, through the API: by name, by their level, by what they own; and nothing of what does not admit
 *  them. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let ben: Someone;
let cleo: Someone;
let dan: Someone;
let eli: Someone;
let owner: Someone;
let service: string;

before(async () => {
  world = await startWorld();
  ben = await world.person("Ben Ito", 3);
  cleo = await world.person("Cleo Diop", 4);
  dan = await world.person("Dan Roy", 5);
  eli = await world.person("Eli Roy", 5);
  owner = await world.person("Mia Cyr", null, { language: "fr" });
  const kept = { nameFr: "Paie", nameEn: "Payroll", owner: owner.id };
  service = (await world.api("POST", "/api/v1/services", kept)).body.id;
});
after(() => world.stop());

async function open(title: string, more: object = {}, by = cleo): Promise<string> {
  const answer = await world.api("POST", "/api/v1/incidents", { title, ...more }, { token: by.token });
  assert.equal(answer.status, 201, answer.text);
  return answer.body.id;
}

async function act(id: string, command: string, body: object, by = cleo): Promise<Json> {
  const answer = await world.api("POST", `/api/v1/incidents/${id}/${command}`, body, { token: by.token });
  await world.settle();
  assert.equal(answer.status, 200, `${command}: ${answer.text}`);
  return answer.body;
}

const read = async (by: Someone): Promise<Json> =>
  (await world.api("GET", "/api/v1/my-work", undefined, { token: by.token })).body;
/** Of one incident, in the order of the answer. */
const awaits = async (by: Someone, id: string): Promise<unknown[][]> =>
  (await read(by)).data
    .filter(({ incident }: Json) => incident.id === id)
    .map(({ command, why, about, until }: Json) => [command, why, about, until !== null]);

test("what is asked by name awaits that person, with its time, and goes when it is answered", async () => {
  const id = await open("Fibre is cut");
  await act(id, "accept", {});
  const due = new Date(world.desk.clock.now() + 3_600_000).toISOString();
  await act(id, "add-task", { text: "Call the works", person: owner.id, due });
  await act(id, "offer-coordination", { person: ben.id, reason: "My shift ends" });
  await act(id, "open-workstream", { title: "Cables", purpose: "A link that holds", person: ben.id });
  assert.deepEqual(await awaits(owner, id), [["complete-task", "yours", "Call the works", true]]);
  assert.deepEqual(
    (await awaits(ben, id)).toSorted(),
    [
      ["accept-coordination", "offered", cleo.name, true],
      ["accept-workstream", "offered", "Cables", true],
    ].toSorted(),
  );
  assert.deepEqual(await awaits(eli, id), [], "nobody asked them anything");
  await act(id, "complete-task", { task: 1, text: "Done" }, owner);
  await act(id, "accept-coordination", {}, ben);
  assert.deepEqual(await awaits(owner, id), []);
  assert.deepEqual(
    (await awaits(ben, id)).map(([command]) => command),
    ["accept-workstream", null],
  );
});

test("what a level decides awaits all who have it; what was judged awaits nobody", async () => {
  const id = await open("Pay does not go out", { service, impact: 1, urgency: 1 });
  await act(id, "accept", {}, ben);
  const alone = { reason: "11,400 payments", derogation: { reason: "Nobody of level 4 answers" } };
  await act(id, "declare-major", alone, ben);
  const commands = async (by: Someone) => (await awaits(by, id)).map(([command]) => command);
  const judged = await commands(dan);
  assert.ok(judged.includes("review-derogation") && judged.includes("raise-flag"), String(judged));
  assert.ok(!(await commands(cleo)).includes("review-derogation"));
  await act(id, "review-derogation", { number: 1, verdict: "justified" }, dan);
  await act(id, "raise-flag", { flag: "serious" }, dan);
  assert.ok((await commands(eli)).includes("take-investigation"), "of any of level 5");
  await act(id, "take-investigation", {}, dan);
  assert.deepEqual(
    (await commands(eli)).filter((one) => one === "take-investigation" || one === "review-derogation"),
    [],
  );
  await act(id, "declare-restored", {}, cleo);
  assert.ok((await commands(owner)).includes("confirm-restored"), "who owns the service says whether it works");
  await act(id, "confirm-restored", { working: true }, owner);
  assert.ok(!(await commands(owner)).includes("confirm-restored"));
});

test("a closure awaits somebody of level 5 who did not close it, also when the incident is over", async () => {
  const id = await open("Badge readers", { categories: ["low-impact"] });
  const process = { closureCheck: true };
  const made = { id: "checked", nameFr: "Vérifié", nameEn: "Checked", process };
  const category = await world.api("POST", "/api/v1/categories", made, { token: dan.token });
  assert.equal(category.status, 201, category.text);
  await act(id, "categorise", { categories: ["checked"] });
  const settled = { solution: "Replaced", causeUnknown: true };
  for (const [command, body] of [
    ["confirm-priority", { impact: 4, urgency: 4 }],
    ["accept", {}],
    ["declare-restored", {}],
    ["declare-resolved", settled],
    ["confirm-recovery", { text: "-", notNeeded: true }],
    ["complete-documentation", { language: "en", summary: "s", impact: "i" }],
    ["close", {}],
  ] as const)
    await act(id, command, body, dan);
  assert.deepEqual(await awaits(dan, id), []);
  assert.deepEqual(await awaits(eli, id), [["accept-closure", "level", null, false]]);
  await act(id, "accept-closure", {}, eli);
  assert.deepEqual(await awaits(eli, id), []);
});

test("what a law wants told awaits whoever assessed it, also once the incident is over", async () => {
  const bound = await world.api("POST", "/api/v1/obligations/laws", { law: "dora" }, { token: dan.token });
  assert.equal(bound.status, 200, bound.text);
  const id = await open("Payments are stopped", { domains: ["information-security"] });
  await act(id, "assess-obligation", { law: "dora", outcome: "owed", text: "Critical payments" });
  const at = new Date(world.desk.clock.now()).toISOString();
  await act(id, "date-obligation", { law: "dora", fact: "classified", at });
  const awaited = [["record-submission", "holds", true]];
  const owed = async (by: Someone) =>
    (await awaits(by, id)).map(([command, why, , due]) => [command, why, due]).filter(([one]) => one !== "accept");
  assert.deepEqual(await owed(cleo), awaited);
  await act(id, "dismiss", { reason: "Recorded on another desk too" }, dan);
  assert.deepEqual(await owed(cleo), awaited);
  assert.deepEqual(await owed(dan), [], "others did not assess it");
});

test("of a restricted incident nothing awaits whom it does not admit, and nothing tells that it is there", async () => {
  const before = await read(dan);
  const id = await open("Leak", {}, cleo);
  await act(id, "restrict", { reason: "Personal data" });
  await act(id, "propose-major", { reason: "All records" });
  const now = await read(dan);
  assert.deepEqual([now.data, now.truncated], [before.data, before.truncated]);
  assert.ok((await awaits(cleo, id)).some(([command]) => command === "declare-major"));
});

test("what is due first stands first, and each is one that its reader may do", async () => {
  for (const by of [owner, ben, cleo, dan, eli]) {
    const { data } = await read(by);
    const times = data.map(({ until }: Json) => (until === null ? Number.POSITIVE_INFINITY : Date.parse(until)));
    assert.deepEqual(
      times,
      times.toSorted((a: number, b: number) => a - b),
    );
  }
});
