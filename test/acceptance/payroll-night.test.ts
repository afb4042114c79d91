/** A payroll outage by night: nobody of level 4 answers, so that level 3 declares it major by derogation and plans the night; in the
 *  morning level 4 takes it over and plans the day, level 5 says of each act that was done outside its level whether it was right,
 *  and somebody else of level 5 looks at how it was closed. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { recordOf } from "./rota.ts";
import { type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let night: Someone;
let day: Someone;
let chief: Someone;
let other: Someone;
let keeper: Someone;

before(async () => {
  world = await startWorld();
  night = await world.person("Ben Ito", 3, { language: "fr" });
  day = await world.person("Cleo Diop", 4);
  chief = await world.person("Dan Roy", 5);
  other = await world.person("Eli Roy", 5);
  keeper = await world.person("Mia Cyr", null, { language: "fr" });
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

  const review = { verdict: "justified", text: "Personne de niveau 4 ne répondait." };
  await refusedTo(id, "review-derogation", { ...review, number: 1 }, day, "level-too-low");
  const once = await act(id, "review-derogation", { ...review, number: 1 }, chief);
  assert.deepEqual(
    once.derogations.map((one: Json) => [one.by.name, one.command, one.review?.by ?? null]),
    [
      [night.name, "declare-major", chief.name],
      [night.name, "plan-period", null],
    ],
  );
  assert.deepEqual(await toCheck(chief), [id], "one of them is still to be reviewed");
  await act(id, "review-derogation", { ...review, number: 2, verdict: "not-justified" }, chief);
  assert.deepEqual(await toCheck(chief), []);
});

const told = (what: string): string[] =>
  world.post.letters.filter(({ subject }) => subject.includes(what)).map(({ to }) => to);

const toCheck = async (by: Someone): Promise<string[]> => {
  const path = `/api/v1/incidents?q=${encodeURIComponent("est:à-vérifier")}`;
  return (await world.api("GET", path, undefined, { token: by.token })).body.data.map((one: Json) => one.id);
};

async function refusedTo(id: string, command: string, body: object, by: Someone, code: string): Promise<void> {
  const answer = await world.api("POST", `/api/v1/incidents/${id}/${command}`, body, { token: by.token });
  assert.equal(answer.body.code, code, answer.text);
}

async function readyToClose(by: Someone): Promise<string> {
  const kept = { nameFr: "Paie", nameEn: "Payroll", owner: keeper.id };
  const service = (await world.api("POST", "/api/v1/services", kept)).body.id;
  const made = { title: "Paie bloquée", language: "fr", service, categories: ["major"], impact: 1, urgency: 1 };
  const { id } = (await world.api("POST", "/api/v1/incidents", made, { token: by.token })).body;
  await act(id, "accept", {}, by);
  await act(id, "confirm-priority", { impact: 1, urgency: 1 }, by);
  for (const question of ["who-is-hit", "since-when", "workaround-known"])
    await act(id, "gather", { question, answer: null }, by);
  await act(id, "declare-restored", { text: "Repartie" }, by);
  await act(id, "declare-resolved", { solution: "Lot réduit", cause: "Trop de connexions" }, by);
  const settled = { notNeeded: true, reason: "Rien de tel" };
  for (const item of ["backlog", "switch-back-on", "relieve-staff", "follow-up-customers"])
    await act(id, "complete-recovery-item", { item, ...settled }, by);
  await confirmedByOwner(id, by);
  for (const criterion of ["owner-informed", "management-informed", "review-planned"])
    await act(id, "confirm-criterion", { criterion, ...settled }, by);
  await document(id, by);
  return id;
}

/** The owner of the service has no level at all: her word holds the recovery back, then lets it be confirmed. */
async function confirmedByOwner(id: string, by: Someone): Promise<void> {
  const recovery = { text: "Tout est versé" };
  await refusedTo(id, "confirm-recovery", recovery, by, "restoration-unconfirmed");
  await refusedTo(id, "confirm-restored", { working: false }, keeper, "symptom-required");
  await world.api(
    "POST",
    `/api/v1/incidents/${id}/confirm-restored`,
    { working: false, text: "Bulletins vides" },
    { token: keeper.token },
  );
  await world.settle();
  const letters = world.post.letters.filter(({ to, subject }) => to === by.email && subject.includes("ot working"));
  assert.equal(letters.length, 1, "whoever has it hears that it does not work");
  await refusedTo(id, "confirm-recovery", recovery, by, "restoration-contested");
  const { restoration, milestones } = await act(id, "confirm-restored", { working: true }, keeper);
  assert.deepEqual(
    restoration.words.map(({ name, as, working }: Json) => [name, as, working]),
    [[keeper.name, "owner", true]],
    "what she said last",
  );
  assert.deepEqual([restoration.wanted, milestones.recovered ?? null], [null, null], "it moves no date by itself");
  await act(id, "confirm-recovery", recovery, by);
}

const document = (id: string, by: Someone): Promise<Json> =>
  act(id, "complete-documentation", { language: "fr", summary: "Lot trop grand", impact: "11 400 payes" }, by);

test("the closure of a major incident is checked by somebody else of level 5, who may return it", async () => {
  const id = await readyToClose(chief);
  world.post.letters.length = 0;
  const closed = await world.api("POST", `/api/v1/incidents/${id}/close`, {}, { token: chief.token });
  await world.settle();
  assert.deepEqual([closed.status, closed.body.closure.check, closed.body.closure.by.name], [200, "due", chief.name]);
  const asked = told("closure to check");
  assert.ok(asked.includes(other.email));
  assert.ok(!asked.includes(chief.email), "whoever closed it is not asked");
  assert.ok(!asked.includes(day.email) && !asked.includes(night.email), "nor anybody below level 5");
  assert.deepEqual(await toCheck(other), [id]);
  await refusedTo(id, "accept-closure", {}, chief, "own-closure");
  await refusedTo(id, "accept-closure", {}, day, "level-too-low");
  await refusedTo(id, "return-closure", {}, other, "invalid-body");
  const restoredAt = closed.body.milestones.restored;
  const answer = await world.api(
    "POST",
    `/api/v1/incidents/${id}/return-closure`,
    { reason: "La cause de fond n’est pas écrite" },
    { token: other.token },
  );
  await world.settle();
  assert.deepEqual([answer.body.stage, answer.body.milestones.restored], ["recovering", restoredAt]);
  assert.deepEqual(told("closure is returned"), [chief.email]);
  assert.deepEqual(await toCheck(other), [], "it waits for whoever documents it");
  await refusedTo(id, "close", {}, chief, "milestones-missing");
  await document(id, chief);
  await act(id, "close", {}, chief);
  const accepted = await act(id, "accept-closure", { text: "Complet" }, other);
  assert.deepEqual(
    [accepted.stage, accepted.closure.check, accepted.closure.checked.by],
    ["closed", "accepted", other.name],
  );
  await refusedTo(id, "return-closure", { reason: "Encore" }, other, "closure-accepted");
});
