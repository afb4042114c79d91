/** Categories as data, on a real desk: added, published, pinned by incidents, asked for, and settled until they close. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Answer, type Someone, startWorld, type TestWorld } from "./world.ts";

const item = (id: string, fr: string, en: string) => ({ id, words: { fr, en } });
const flood = {
  questions: [
    { ...item("since", "Début de la fuite", "When the leak began"), kind: "time", required: true },
    {
      ...item("how-deep", "Hauteur d’eau", "Depth of water"),
      kind: "choice",
      choices: [item("floor", "Au sol", "On the floor"), item("knee", "Au genou", "To the knee")],
      required: true,
    },
    { ...item("whose", "Appelée par", "Called by"), kind: "text", required: false },
  ],
  roles: [{ ...item("pump", "Pompe", "Pump"), duty: { fr: "Pomper.", en: "Pump." }, level: null }],
  targets: [{ kind: "accept", priorities: [1, 2], minutes: 3 }],
  recovery: [item("dried", "Locaux séchés", "Rooms dried")],
  criteria: [item("insurer-told", "Assureur avisé", "Insurer told")],
  levels: [{ command: "close", level: 5 }],
};

type Acting = (id: string, command: string, body: object, as?: Someone) => Promise<Answer>;

async function start(): Promise<{ world: TestWorld; act: Acting; cleo: Someone; dan: Someone }> {
  const world = await startWorld({ mail: false });
  const [cleo, dan] = [await world.person("Cleo Four", 4), await world.person("Dan Five", 5)];
  const act: Acting = (id, command, body, as = cleo) =>
    world.api("POST", `/api/v1/incidents/${id}/${command}`, body, { token: as.token });
  return { world, act, cleo, dan };
}

const record = async (world: TestWorld, body: object = {}): Promise<Answer["body"]> =>
  (await world.api("POST", "/api/v1/incidents", { title: "Water comes in", ...body })).body;

test("a category added by level 5 works end to end: asked for, settled, closed; no IT in it", async () => {
  const { world, act, cleo, dan } = await start();
  const body = { id: "flood", nameFr: "Dégât d’eau", nameEn: "Flood", keywords: { en: ["water"] }, process: flood };
  const refused = await world.api("POST", "/api/v1/categories", body, { token: cleo.token });
  assert.deepEqual([refused.status, refused.body.code], [403, "level-five-needed"]);
  const made = await world.api("POST", "/api/v1/categories", body, { token: dan.token });
  assert.equal(made.status, 201, made.text);
  assert.deepEqual([made.body.version, made.body.process], [1, flood]);
  const proposed = await world.api("POST", "/api/v1/incidents/proposals", { title: "Water on the third floor" });
  assert.ok(proposed.body.proposals.categories.some((one: Answer["body"]) => one.value === "flood"));

  const { id } = await record(world, { categories: ["flood"], domains: ["employees"], impact: 1, urgency: 1 });
  const read = async (): Promise<Answer["body"]> => (await world.api("GET", `/api/v1/incidents/${id}`)).body;
  const { asks, domains, missing } = await read();
  assert.deepEqual([asks.pinned, asks.openQuestions, asks.readyAt, domains], [["flood@1"], 2, null, ["employees"]]);
  assert.deepEqual(missing.at(-1), "insurer-told");
  assert.equal((await act(id, "gather", { question: "since", answer: "2026-03-01T08:00:00Z" })).status, 200);
  const ready = await act(id, "gather", { question: "how-deep", answer: "knee" });
  assert.notEqual(ready.body.asks.readyAt, null);
  const shown = await world.api("GET", `/api/v1/incidents/${id}/process`, undefined, {
    headers: { "accept-language": "fr" },
  });
  const [, depth] = shown.body.questions;
  assert.deepEqual([depth.name, depth.choices[1].name, depth.answered.answer], ["Hauteur d’eau", "Au genou", "knee"]);
  assert.deepEqual(
    shown.body.targets.map(({ kind, priority, minutes }: Answer["body"]) => [kind, priority, minutes]),
    [
      ["accept", 1, 3],
      ["accept", 2, 3],
    ],
  );

  await act(id, "accept", {});
  await act(id, "confirm-priority", { impact: 1, urgency: 1 });
  await act(id, "declare-restored", { text: "Water is off" });
  await act(id, "declare-resolved", { solution: "Pipe replaced", cause: "Frost" });
  const early = await act(id, "confirm-recovery", { text: "Dry" });
  assert.deepEqual([early.status, early.body.code, early.body.missing], [409, "recovery-items-open", ["dried"]]);
  await act(id, "complete-recovery-item", { item: "dried" });
  assert.equal((await act(id, "confirm-recovery", { text: "Dry" })).status, 200);
  await act(id, "complete-documentation", { language: "en", summary: "A pipe froze", impact: "A floor was closed" });
  const unmet = await act(id, "close", {}, dan);
  assert.deepEqual([unmet.status, unmet.body.missing], [409, ["insurer-told"]]);
  assert.match(unmet.body.detail, /1 criterion/);
  await act(id, "confirm-criterion", { criterion: "insurer-told", text: "Claim 12" });
  assert.equal((await act(id, "close", {})).body.code, "level-too-low", "its category asks level 5 to close");
  assert.equal((await act(id, "close", {}, dan)).status, 200);
  await world.stop();
});

test("what a category still asks is not taken off by leaving it: level 4 does, with a reason that is kept", async () => {
  const { world, act, cleo, dan } = await start();
  const ben = await world.person("Ben Three", 3);
  const categories = ["low-impact"];
  const body = { id: "flood", nameFr: "Dégât d’eau", nameEn: "Flood", process: flood };
  await world.api("POST", "/api/v1/categories", body, { token: dan.token });
  const { id } = await record(world, { categories: ["flood"] });
  const still = await act(id, "categorise", { categories }, ben);
  assert.deepEqual([still.status, still.body.code], [422, "reason-required"]);
  await act(id, "accept", {}, cleo);
  const refused = await act(id, "categorise", { categories, reason: "It was a drill" }, ben);
  assert.deepEqual([refused.status, refused.body.code], [403, "level-too-low"]);
  assert.match(refused.body.detail, /level 4/);
  const left = await act(id, "categorise", { categories, reason: "It was a drill of theirs" }, cleo);
  assert.deepEqual([left.body.categories, left.body.missing.includes("insurer-told")], [categories, false]);
  const entries = (await world.api("GET", `/api/v1/incidents/${id}/timeline`, undefined, { token: cleo.token })).body
    .data;
  const said = entries.findLast(({ type }: Answer["body"]) => type === "incident.categorised");
  assert.equal(said.reason, "It was a drill of theirs");
  await world.stop();
});

test("an incident keeps the version it has pinned, whatever is published, and so does its record", async () => {
  const { world, act, dan } = await start();
  const [before, other] = [await record(world, { categories: ["low-impact"] }), await record(world)];
  const process = { criteria: [item("photo-kept", "Photo gardée", "Photo kept")] };
  const publish = (after: number) =>
    world.api("POST", "/api/v1/categories/low-impact/versions", { after, process }, { token: dan.token });
  const both = await Promise.all([publish(1), publish(1)]);
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [201, 409], "one of two who publish at once");
  const versions = (await world.api("GET", "/api/v1/categories/low-impact")).body.versions;
  assert.deepEqual(
    versions.map(({ version, by }: Answer["body"]) => [version, by]),
    [
      [2, "Dan Five"],
      [1, null],
    ],
  );
  const after = await act(other.id, "categorise", { categories: ["low-impact"] });
  assert.deepEqual([after.body.asks.pinned, after.body.missing.includes("photo-kept")], [["low-impact@2"], true]);
  const kept = (await world.api("GET", `/api/v1/incidents/${before.id}`)).body;
  assert.deepEqual([kept.asks.pinned, kept.missing.includes("photo-kept")], [["low-impact@1"], false]);
  const { entries } = (await world.api("GET", `/api/v1/incidents/${other.id}/export`)).body;
  const pinned = entries.find(({ type }: Answer["body"]) => type === "incident.categorised");
  assert.deepEqual(pinned.data.processes[0].criteria, process.criteria, "the record says itself what was asked");
  await world.stop();
});

test("major and security together: all that either asks, the fewest minutes; a retired category stays where it is", async () => {
  const { world, act, cleo, dan } = await start();
  const { id } = await record(world, { categories: ["major", "security"], impact: 2, urgency: 2 });
  const asked = (await world.api("GET", `/api/v1/incidents/${id}/process`)).body;
  const ids = asked.criteria.map((one: Answer["body"]) => one.id);
  for (const wanted of ["owner-informed", "contained", "obligations-settled"]) assert.ok(ids.includes(wanted), wanted);
  const accept = asked.targets.find((one: Answer["body"]) => one.kind === "accept" && one.priority === 2);
  assert.deepEqual([accept.minutes, accept.categories], [5, ["major"]]);
  await world.api("PATCH", "/api/v1/categories/security", { retired: true }, { token: dan.token });
  await world.api("POST", `/api/v1/incidents/${id}/grant-access`, { person: cleo.id, reason: "Leads it" });
  const again = await act(id, "categorise", { categories: ["major", "security", "complex"] });
  assert.equal(again.status, 200, "it may keep what it has");
  const other = await record(world);
  assert.equal((await act(other.id, "categorise", { categories: ["security"] })).body.code, "category-retired");
  await world.stop();
});
