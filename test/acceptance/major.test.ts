/** A major incident on a real desk: its criteria are written by level 5, propose it, and declaring it calls its roles and tells
 *  management; who may do what; what a criterion may not say. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeRota, type Rota, typesOf } from "./rota.ts";
import { type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let rota: Rota;
let press: Json;
let board: Json;
let max: Someone;

before(async () => {
  world = await startWorld();
  rota = await makeRota(world);
  max = await world.person("Max Hall", null);
  press = await functionOf("Presse", "Press", rota.ana.id);
  board = await functionOf("Direction", "Management", max.id);
});

const functionOf = async (nameFr: string, nameEn: string, member: string): Promise<Json> =>
  (await world.api("POST", "/api/v1/functions", { nameFr, nameEn, members: [member] })).body;

const act = async (id: string, command: string, body: object, token = rota.cleo.token): Promise<Json> => {
  const answer = await world.api("POST", `/api/v1/incidents/${id}/${command}`, body, { token });
  await world.settle();
  return answer;
};
const read = async (path: string): Promise<Json> => (await world.api("GET", `/api/v1/${path}`)).body;
const publish = async (category: string, process: object): Promise<Json> => {
  const { version } = await read(`categories/${category}`);
  return world.api("POST", `/api/v1/categories/${category}/versions`, { after: version, process });
};

test("criteria written by level 5 propose it; declaring calls the press office and tells management", async () => {
  const { process } = await read("categories/major");
  const roles = process.roles.map((one: Json) =>
    one.id === "customer-liaison" ? { ...one, function: press.id } : one,
  );
  const words = { fr: "Dix personnes sans téléphone", en: "Ten people without a telephone" };
  const entry = [{ id: "phones", words, when: { priorities: [1, 2], downMinutes: 30 } }];
  assert.equal((await publish("major", { ...process, entry, roles, informed: [board.id] })).status, 201);

  const { id } = (await world.api("POST", "/api/v1/incidents", { title: "Telephones are out", service: rota.service }))
    .body;
  await act(id, "accept", {});
  await act(id, "confirm-priority", { impact: 1, urgency: 1 });
  assert.equal((await read(`incidents/${id}`)).major, null);
  await world.advance(31);
  const proposed = await read(`incidents/${id}`);
  assert.deepEqual([proposed.major.status, proposed.major.criteria], ["proposed", [{ id: "phones", words }]]);
  const letter = await world.mailbox(rota.cleo).expectNotice();
  assert.match(letter.text, /Ten people without a telephone/);

  const low = await act(id, "declare-major", {}, rota.ben.token);
  assert.deepEqual([low.status, low.body.code], [403, "level-too-low"]);
  const declared = await act(id, "declare-major", {});
  assert.deepEqual([declared.status, declared.body.major.status], [200, "declared"]);
  assert.ok(declared.body.categories.includes("major"));
  assert.deepEqual([declared.body.escalations[0].to, declared.body.escalations[0].status], [press.id, "requested"]);
  assert.match((await world.mailbox(rota.ana).expectPage()).text, /Customer liaison/);
  assert.match((await world.mailbox(max).expectNotice()).text, /has declared the incident major/);

  const stands = await act(id, "categorise", { categories: ["complex"] });
  assert.deepEqual([stands.status, stands.body.code], [409, "major-stands"]);
  const over = await act(id, "stand-down-major", { reason: "One floor only" });
  assert.deepEqual([over.body.major.status, over.body.categories], ["stood-down", []]);
  const types = await typesOf(world, id);
  assert.deepEqual(
    types.filter((type) => type.startsWith("major.")),
    ["major.proposed", "major.declared", "major.stood-down"],
  );
});

test("who may not declare proposes, with a reason; by night with a derogation", async () => {
  const body = { title: "Water in the vault", categories: ["major"] };
  const { id, major, categories } = (await world.api("POST", "/api/v1/incidents", body, { token: rota.ben.token }))
    .body;
  assert.deepEqual([major.status, categories], ["proposed", []]);
  const again = await act(id, "propose-major", { reason: "Truly" }, rota.ben.token);
  assert.deepEqual([again.status, again.body.code], [409, "major-already"]);
  const derogation = { reason: "Nobody of level 4 answers" };
  const declared = await act(id, "declare-major", { derogation }, rota.ben.token);
  assert.equal(declared.body.major.status, "declared");
  assert.ok((await typesOf(world, id)).includes("derogation.used"));
});

test("a criterion says something, of things that exist, and for major incidents alone", async () => {
  const { process } = await read("categories/major");
  const words = { fr: "Toujours", en: "Always" };
  const faults: readonly (readonly [string, object, string])[] = [
    ["major", { entry: [{ id: "always", words, when: {} }] }, "process-faulty"],
    ["major", { entry: [{ id: "x", words, when: { services: [board.id] } }] }, "service-unknown"],
    ["major", { entry: [{ id: "x", words, when: { domains: ["moon"] } }] }, "domain-unknown"],
    ["major", { informed: [rota.service] }, "function-unknown"],
    ["complex", { entry: [{ id: "x", words, when: { vital: true } }] }, "process-faulty"],
  ];
  for (const [category, part, code] of faults) {
    const base = category === "major" ? process : {};
    const refused = await publish(category, { ...base, ...part });
    assert.equal(refused.body.code, code, refused.text);
  }
  const odd = await publish("major", { ...process, entry: [{ id: "x", words, when: { phase: "moon" } }] });
  assert.equal(odd.status, 422);
});
