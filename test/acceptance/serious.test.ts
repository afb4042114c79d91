/** A serious incident: proposed by level 4, held so by level 5, acknowledged by whoever keeps the service, investigated by level 5
 *  before it closes, and looked at afterwards by somebody else. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { actingIn } from "./acting.ts";
import { type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
const { ask, act } = actingIn(() => world);
let lead: Someone;
let chief: Someone;
let owner: Someone;

before(async () => {
  world = await startWorld();
  lead = await world.person("Cleo Diop", 4);
  chief = await world.person("Dan Roy", 5);
  owner = await world.person("Nora Roux", null, { language: "fr" });
});

const toTheEnd: readonly (readonly [string, Json])[] = [
  ["categorise", { categories: ["low-impact"] }],
  ["confirm-priority", { impact: 2, urgency: 2 }],
  ["declare-restored", { text: "The gate is held by hand." }],
  ["declare-resolved", { solution: "The relay is replaced.", cause: "A relay that sticks." }],
  ["confirm-recovery", { text: "The level is as before." }],
  ["complete-documentation", { language: "en", summary: "A relay stuck.", impact: "None downstream." }],
];

const letters = (what: string): string[] =>
  world.post.letters.filter(({ subject }) => subject.includes(what)).map(({ to }) => to);

test("proposed, held serious, acknowledged by the owner of the service, investigated, then closed and to be checked", async () => {
  const keeping = { nameFr: "Barrage", nameEn: "Dam", owner: owner.id };
  const service = (await world.api("POST", "/api/v1/services", keeping)).body.id;
  const made = { title: "Gate opens by itself", language: "en", service, impact: 2, urgency: 2 };
  const { id } = (await world.api("POST", "/api/v1/incidents", made, { token: lead.token })).body;
  await act(id, "accept", {}, lead);
  const flag = { flag: "serious" };
  assert.equal((await ask(id, "propose-flag", flag, lead)).body.code, "invalid-body", "not without a reason");
  await act(id, "propose-flag", { ...flag, reason: "Nobody has seen it before" }, lead);
  assert.ok(letters("Proposed as serious").includes(chief.email));
  assert.equal((await ask(id, "raise-flag", flag, lead)).body.code, "level-too-low");

  const held = await act(id, "raise-flag", flag, chief);
  assert.deepEqual(
    held.flags.map(({ flag: one, status, by }: Json) => [one, status, by]),
    [["serious", "raised", chief.name]],
  );
  const [asked] = held.escalations;
  assert.deepEqual([asked.kind, asked.to, asked.status], ["hierarchical", "owner", "requested"]);
  assert.ok(
    world.post.letters.some(({ to }) => to === owner.email),
    "whoever keeps the service is called",
  );
  const acknowledged = await act(id, "acknowledge-escalation", {}, owner);
  assert.deepEqual(
    [acknowledged.escalations[0].status, acknowledged.escalations[0].holder.name],
    ["acknowledged", owner.name],
  );

  for (const [command, body] of toTheEnd) await act(id, command, body, lead);
  const early = await ask(id, "close", {}, lead);
  assert.deepEqual([early.body.code, early.body.missing], ["milestones-missing", ["investigation"]]);
  const below = await ask(id, "take-investigation", { derogation: { reason: "alone" } }, lead);
  assert.equal(below.body.code, "level-too-low", "no emergency makes somebody of level 4 investigate");
  world.post.letters.length = 0;
  const taken = await act(id, "take-investigation", {}, chief);
  assert.equal(taken.investigator.name, chief.name);
  assert.deepEqual(new Set(letters("An investigation is taken")), new Set([lead.email]));
  const closed = await act(id, "close", {}, lead);
  assert.deepEqual(
    [closed.stage, closed.closure.check],
    ["closed", "due"],
    "its categories alone would not ask for it",
  );
});

test("what rules write as data proposes it: a category of one's own, and every major incident", async () => {
  const made = await world.api("POST", "/api/v1/categories", { id: "dam", nameFr: "Barrage", nameEn: "Dam" });
  assert.equal(made.status, 201, made.text);
  const rule = { id: "always", words: { fr: "Tout barrage", en: "Any dam" }, flag: "non-routine", when: {} };
  const version = { after: 1, process: { flags: [rule] } };
  const published = await world.api("POST", "/api/v1/categories/dam/versions", version);
  assert.equal(published.status, 201, published.text);
  const incident = { title: "Seepage", language: "en", categories: ["dam"] };
  const { body } = await world.api("POST", "/api/v1/incidents", incident, { token: lead.token });
  assert.deepEqual(
    body.flags.map(({ flag, status, criteria }: Json) => [flag, status, criteria.map((one: Json) => one.words.en)]),
    [["non-routine", "proposed", ["Any dam"]]],
  );
  const lowered = await act(body.id, "lower-flag", { flag: "non-routine", reason: "Known for years" }, chief);
  assert.equal(lowered.flags[0].status, "lowered");
  const major = await act(body.id, "declare-major", { reason: "The town is cut off" }, lead);
  assert.deepEqual(
    major.flags.map(({ flag, status }: Json) => [flag, status]),
    [
      ["serious", "proposed"],
      ["non-routine", "lowered"],
    ],
  );
});
