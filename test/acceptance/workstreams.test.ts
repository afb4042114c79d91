/** A complex incident that three teams work on: each leads its workstream, one falls silent, one waits for another, one is handed over
 *  and one split off; the coordination changes hands between them, and nothing closes before all of it is done. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { actingIn } from "./acting.ts";
import { recordOf } from "./rota.ts";
import { type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
const { ask, act } = actingIn(() => world);
let day: Someone;
let night: Someone;
let leads: readonly [Someone, Someone, Someone];
let relief: Someone;
let teams: readonly string[];

before(async () => {
  world = await startWorld();
  day = await world.person("Cleo Diop", 4, { language: "fr" });
  night = await world.person("Nora Roy", 4);
  leads = [await world.person("Ana Roy", 3), await world.person("Ben Ito", 2), await world.person("Eva Cy", 3)];
  relief = await world.person("Rob Lee", 2);
  teams = await Promise.all(
    ["Réseau", "Énergie", "Communications"].map(async (name, index) => {
      const made = await world.api("POST", "/api/v1/teams", { name, members: [leads[index]?.id] });
      assert.equal(made.status, 201, made.text);
      return made.body.id;
    }),
  );
});

async function refused(id: string, command: string, body: object, by: Someone, code: string): Promise<Json> {
  const answer = await ask(id, command, body, by);
  assert.equal(answer.body.code, code, answer.text);
  return answer.body;
}

const read = async (path: string, by: Someone): Promise<Json> =>
  (await world.api("GET", path, undefined, { token: by.token })).body;
const told = (what: RegExp): string[] =>
  world.post.letters
    .filter(({ subject }) => what.test(subject))
    .map(({ to }) => to)
    .toSorted();

async function opened(): Promise<string> {
  const made = { title: "Central d’appels coupé", language: "fr", categories: ["complex"], impact: 2, urgency: 2 };
  const { id } = (await world.api("POST", "/api/v1/incidents", made, { token: day.token })).body;
  await act(id, "accept", {}, day);
  await act(id, "confirm-priority", { impact: 2, urgency: 2 }, day);
  const streams = [
    ["Liaison", "Deux chemins de fibre"],
    ["Énergie", "Une alimentation de secours"],
    ["Information", "Un message par heure"],
  ] as const;
  for (const [index, [title, purpose]] of streams.entries()) {
    const [lead, team] = [leads[index]?.id, teams[index]];
    await act(id, "open-workstream", { title, purpose, person: lead, team }, day);
    await act(id, "accept-workstream", { workstream: index + 1 }, leads[index] as Someone);
  }
  return id;
}

test("a complex incident with three workstreams and one hand-over", async () => {
  const id = await opened();
  const [network, energy, voice] = leads;
  const view = await read(`/api/v1/incidents/${id}`, day);
  assert.deepEqual(
    view.workstreams.map((one: Json) => [one.number, one.lead.name, one.team.name, one.status]),
    [
      [1, "Ana Roy", "Réseau", "under-way"],
      [2, "Ben Ito", "Énergie", "under-way"],
      [3, "Eva Cy", "Communications", "under-way"],
    ],
  );
  await act(id, "add-task", { text: "Souder", person: network.id, workstream: 1 }, network);
  await act(id, "update-workstream", { workstream: 1, status: "blocked", text: "Pas de courant", on: 2 }, network);
  await refused(
    id,
    "update-workstream",
    { workstream: 2, status: "blocked", text: "x", on: 1 },
    energy,
    "workstream-circle",
  );

  world.post.letters.length = 0;
  for (const minutes of [20, 9]) {
    await world.advance(minutes);
    await act(id, "update-workstream", { workstream: 3, status: "under-way", text: "Message envoyé" }, voice);
    await act(id, "update-workstream", { workstream: 1, status: "blocked", text: "Toujours rien", on: 2 }, network);
  }
  assert.deepEqual(told(/workstream|volet/i), []);
  await world.advance(2);
  const silence = /nothing is heard|ne donne plus/i;
  assert.deepEqual(told(silence), [energy.email, day.email].toSorted(), "whoever leads it, and whoever coordinates");
  await world.advance(20);
  assert.equal(told(silence).length, 2, "once");
  const silent = (await recordOf(world, id)).filter(({ type }) => type === "workstream.stale");
  assert.equal(silent.length, 1);
  const watched = (await read("/api/v1/watch", day)).data.find((one: Json) => one.id === id);
  assert.deepEqual(watched.workstreams, { open: 3, silent: 1, blocked: 1 });

  await act(id, "offer-coordination", { person: night.id, reason: "Fin de ma journée" }, day);
  const brief = await read(`/api/v1/incidents/${id}/brief`, night);
  assert.deepEqual(
    brief.workstreams.map((one: Json) => [one.title, one.lead, one.status, one.silent]),
    [
      ["Liaison", "Ana Roy", "blocked", false],
      ["Énergie", "Ben Ito", "under-way", true],
      ["Information", "Eva Cy", "under-way", false],
    ],
  );
  await act(id, "accept-coordination", {}, night);
  const kept = (await recordOf(world, id)).find(({ type }) => type === "coordination.handed-over");
  assert.equal((kept as Json).data.brief.workstreams.length, 3, "the record keeps what was handed over");

  await refused(
    id,
    "offer-workstream",
    { workstream: 2, person: relief.id, reason: "x" },
    relief,
    "workstream-not-yours",
  );
  await act(id, "offer-workstream", { workstream: 2, person: relief.id, reason: "Je pars" }, energy);
  let now = await read(`/api/v1/incidents/${id}`, night);
  assert.deepEqual([now.workstreams[1].lead.name, now.workstreams[1].offer.to.name], ["Ben Ito", "Rob Lee"]);
  await refused(id, "accept-workstream", { workstream: 2 }, voice, "workstream-not-yours");
  now = await act(id, "accept-workstream", { workstream: 2 }, relief);
  assert.deepEqual([now.workstreams[1].lead.name, now.workstreams[1].offer], ["Rob Lee", null]);

  const part = await splitOff(id);
  await toTheEnd(id, part);
});

/** The network becomes an incident of its own, and goes on there. */
async function splitOff(id: string): Promise<Json> {
  const [network] = leads;
  const before = await read(`/api/v1/incidents/${id}`, night);
  await refused(id, "split", { title: "Fibre", workstream: 1 }, network, "level-too-low");
  const after = await act(id, "split", { title: "Fibre coupée rue Nord", workstream: 1, reason: "Des jours" }, night);
  assert.deepEqual(after.milestones, before.milestones, "its own time goes on");
  assert.deepEqual(
    [after.workstreams.map((one: Json) => one.status), after.tasks.map((one: Json) => one.status)],
    [["split", "under-way", "under-way"], ["moved"]],
  );
  const [link] = (await read(`/api/v1/incidents/${id}/links`, night)).data;
  assert.deepEqual([link.kind, link.title, link.workstream], ["has-part", "Fibre coupée rue Nord", 1]);
  const part = await read(`/api/v1/incidents/${link.id}`, night);
  assert.deepEqual(
    [part.acceptedBy.name, part.categories, part.priority, part.milestones.reported],
    ["Ana Roy", ["complex"], 2, before.workstreams[0].at],
  );
  assert.deepEqual(
    part.tasks.map((one: Json) => [one.text, one.owner.name, one.status]),
    [["Souder", "Ana Roy", "open"]],
  );
  const [back] = (await read(`/api/v1/incidents/${link.id}/links`, night)).data;
  assert.deepEqual([back.kind, back.number], ["part-of", before.number]);
  const entry = (await recordOf(world, id)).find(({ type }) => type === "incident.split");
  assert.equal((entry as Json).data.intoNumber, part.number, "both records say it");
  return part;
}

async function toTheEnd(id: string, part: Json): Promise<void> {
  const [, , voice] = leads;
  await act(id, "declare-restored", { text: "Les appels passent" }, night);
  await act(id, "declare-resolved", { solution: "Second chemin", cause: "Pelle mécanique" }, night);
  await act(id, "confirm-recovery", { text: "Rien en retard", confirmedBy: "Trois usagers, de vive voix" }, night);
  await act(id, "confirm-criterion", { criterion: "dependencies-noted", text: "Vu" }, night);
  await act(id, "complete-documentation", { language: "fr", summary: "Fibre", impact: "Appels" }, night);
  const gate = await refused(id, "close", {}, night, "milestones-missing");
  assert.deepEqual(gate.missing, ["workstream/2", "workstream/3"]);
  await act(id, "finish-workstream", { workstream: 2, text: "Génératrice en marche" }, relief);
  await act(id, "add-task", { text: "Dernier message", person: voice.id, workstream: 3 }, voice);
  const still = { workstream: 3, text: "Tout est dit" };
  await refused(id, "finish-workstream", still, voice, "workstream-tasks-open");
  await act(id, "complete-task", { task: 2 }, voice);
  await refused(id, "close", {}, night, "milestones-missing");
  await act(id, "finish-workstream", { ...still, outcome: "dropped" }, voice);
  const closed = await act(id, "close", {}, night);
  assert.deepEqual([closed.stage, closed.missing], ["closed", []]);
  assert.equal((await read(`/api/v1/incidents/${part.id}`, night)).stage === "closed", false, "the part goes on");
  const exported = await read(`/api/v1/incidents/${id}/export`, night);
  assert.equal(exported.count, exported.entries.length);
  const leadEntries = exported.entries.filter(({ type }: Json) => type === "workstream.handed-over");
  assert.equal(leadEntries.length, 4, "three accepted at first, one handed over");
}
