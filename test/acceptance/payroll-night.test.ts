/** A payroll outage by night: nobody of level 4 answers, so that level 3 declares it major by derogation and plans the night; in the
 *  morning level 4 takes it over, plans the day, and finds in the record each act that was done outside its level, with why. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { recordOf } from "./rota.ts";
import { type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let night: Someone;
let day: Someone;

before(async () => {
  world = await startWorld();
  night = await world.person("Ben Ito", 3, { language: "fr" });
  day = await world.person("Cleo Diop", 4);
});

const alone = { reason: "Nobody of level 4 answers since 02:50" };
const hence = (hours: number): string => new Date(world.desk.clock.now() + hours * 3_600_000).toISOString();

async function act(id: string, command: string, body: object, by: Someone): Promise<Json> {
  const answer = await world.api("POST", `/api/v1/incidents/${id}/${command}`, body, { token: by.token });
  await world.settle();
  assert.equal(answer.status, 200, `${command}: ${answer.text}`);
  world.post.letters.length = 0;
  return answer.body;
}

test("declared major by derogation at night, planned, handed over in the morning, and readable by whoever reviews it", async () => {
  const made = { title: "La paie ne part pas", language: "fr", impact: 1, urgency: 1 };
  const { id } = (await world.api("POST", "/api/v1/incidents", made, { token: night.token })).body;
  await act(id, "accept", {}, night);
  const refused = await world.api(
    "POST",
    `/api/v1/incidents/${id}/declare-major`,
    { reason: "11 400 payes" },
    { token: night.token, headers: { "accept-language": "fr" } },
  );
  assert.deepEqual([refused.status, refused.body.code], [403, "level-too-low"]);
  const declared = await act(id, "declare-major", { reason: "11 400 payes", derogation: alone }, night);
  assert.equal(declared.major.status, "declared");
  const plan = { situation: "6 950 virements sont partis.", objectives: ["Envoyer le reste avant 05:30"] };
  await act(id, "plan-period", { ...plan, until: hence(5), derogation: alone }, night);
  await act(id, "add-task", { text: "Appeler la banque", due: hence(1) }, night);
  await act(id, "advise-persons", { text: "La paie aura du retard." }, night);

  await world.advance(6 * 60);
  world.post.letters.length = 0;
  await act(id, "offer-coordination", { person: day.id, reason: "Fin de ma nuit" }, night);
  await act(id, "accept-coordination", {}, day);
  const planned = await act(
    id,
    "plan-period",
    { situation: "La banque est ouverte.", objectives: ["Rattraper"], until: hence(8) },
    day,
  );
  assert.deepEqual(
    planned.plan.map((one: Json) => [one.number, one.by]),
    [
      [1, night.name],
      [2, day.name],
    ],
  );
  const kept = (await world.api("GET", `/api/v1/incidents/${id}/action-plan`, undefined, { token: day.token })).body;
  assert.deepEqual(
    kept.carried.map(({ text }: Json) => text),
    ["Appeler la banque"],
    "what the night left is to be taken up",
  );
  await act(id, "complete-task", { task: 1, text: "Le reste est parti." }, day);
  await act(id, "declare-restored", { text: "Les virements passent." }, day);
  await act(id, "declare-resolved", { solution: "Lot réduit à 200", cause: "Connexions épuisées" }, day);

  const outside = (await recordOf(world, id)).filter(({ derogation }) => derogation !== null);
  assert.deepEqual(
    outside
      .filter(({ type }) => type !== "derogation.used")
      .map(({ type, level, derogation }) => [type, level, derogation]),
    [
      ["incident.categorised", 3, alone.reason],
      ["major.declared", 3, alone.reason],
      ["period.planned", 3, alone.reason],
    ],
  );
  assert.equal(outside.filter(({ type }) => type === "derogation.used").length, 2, "two acts, each said to be one");
});
