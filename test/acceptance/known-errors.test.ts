/** Known errors on a real desk: kept by level 5, proposed on the incidents that look like them, said of them by level 3. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type Answer, type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let ana: Someone;
let dan: Someone;
let eve: Someone;
let service: string;

before(async () => {
  world = await startWorld({ mail: false, shared: true });
  ana = await world.person("Ana Three", 3);
  dan = await world.person("Dan Five", 5);
  eve = await world.person("Eve Nobody", null, { language: "fr" });
  service = (await world.api("POST", "/api/v1/services", { nameFr: "Paie", nameEn: "Payroll" })).body.id;
});

const add = (body: object, by: Someone = dan): Promise<Answer> =>
  world.api("POST", "/api/v1/known-errors", body, { token: by.token });
const named = { nameFr: "Fuite de mémoire de la paie", nameEn: "Payroll memory leak" };
const shownOn = async (id: string, by: Someone = ana): Promise<Json[]> =>
  (await world.api("GET", `/api/v1/incidents/${id}/known-errors`, undefined, { token: by.token })).body.data;
const open = async (title: string, more: object = {}): Promise<string> =>
  (await world.api("POST", "/api/v1/incidents", { title, ...more }, { token: ana.token })).body.id;
const say = (id: string, body: object, by: Someone = ana): Promise<Answer> =>
  world.api("POST", `/api/v1/incidents/${id}/link-known-error`, body, { token: by.token });

test("level 5 keeps them, with what helps in one language at least", async () => {
  assert.equal((await add({ ...named, workaroundFr: "Redémarrer." }, ana)).body.code, "level-five-needed");
  assert.equal((await add(named)).body.code, "workaround-required");
  const nowhere = "00000000-0000-7000-8000-000000000001";
  assert.equal((await add({ ...named, workaroundFr: "x", services: [nowhere] })).body.code, "service-unknown");
  const made = await add({ ...named, workaroundFr: "Redémarrer le service.", services: [service] });
  assert.equal(made.status, 201, made.text);
  const changed = await world.api(
    "PATCH",
    `/api/v1/known-errors/${made.body.id}`,
    { workaroundEn: "Restart the service." },
    { token: dan.token },
  );
  assert.deepEqual([changed.body.workaroundEn, changed.body.services], ["Restart the service.", [service]]);
  const { data } = (await world.api("GET", "/api/v1/known-errors", undefined, { token: eve.token })).body;
  assert.deepEqual(
    data.map((one: Json) => one.nameEn),
    [named.nameEn],
  );
  const unknown = await world.api("PATCH", `/api/v1/known-errors/${nowhere}`, { retired: true }, { token: dan.token });
  assert.equal(unknown.body.code, "known-error-unknown");
});

test("an incident that looks like one is told so with why and what helps; whoever investigates says so, or not", async () => {
  const id = await open("Memory leak in payroll", { service });
  const [likely] = await shownOn(id);
  assert.deepEqual(
    [likely.name, likely.workaround, likely.linked, likely.why],
    [named.nameEn, { text: "Restart the service.", language: "en" }, null, ["service", "words"]],
  );
  assert.equal((await shownOn(id, eve))[0]?.workaround.text, "Redémarrer le service.");
  assert.equal((await say(id, { knownError: likely.id }, eve)).body.code, "level-missing");
  const said = await say(id, { knownError: likely.id });
  assert.equal(said.status, 200, said.text);
  assert.equal((await shownOn(id))[0]?.linked.by, "Ana Three");
  assert.equal((await say(id, { knownError: likely.id, ruledOut: true })).body.code, "reason-required");
  await say(id, { knownError: likely.id, ruledOut: true, reason: "Another version" });
  assert.equal((await shownOn(id))[0]?.linked, null);
  const { data } = (await world.api("GET", `/api/v1/incidents/${id}/timeline`)).body;
  const kinds = data.map((one: Json) => one.type).filter((type: string) => type.startsWith("known-error."));
  assert.deepEqual(kinds.toSorted(), ["known-error.linked", "known-error.unlinked"]);
  assert.deepEqual(await shownOn(await open("Printer is out of paper")), []);
});

test("one that was put right is proposed no more, and stays where it was said", async () => {
  const [{ id: error }] = (await world.api("GET", "/api/v1/known-errors")).body.data;
  const before = await open("Memory leak again in payroll", { service });
  await say(before, { knownError: error });
  await world.api("PATCH", `/api/v1/known-errors/${error}`, { retired: true }, { token: dan.token });
  const after = await open("Memory leak once more in payroll", { service });
  assert.deepEqual(await shownOn(after), []);
  assert.equal((await say(after, { knownError: error })).body.code, "known-error-retired");
  const [kept] = await shownOn(before);
  assert.deepEqual([kept.retired, kept.linked.by], [true, "Ana Three"]);
});

test("of a restricted incident nobody whom it does not admit reads or says anything", async () => {
  const cleo = await world.person("Cleo Four", 4);
  const id = await open("Memory leak, personal data", { service });
  const act = await world.api("POST", `/api/v1/incidents/${id}/restrict`, { reason: "Data" }, { token: cleo.token });
  assert.equal(act.status, 200, act.text);
  const outside = await world.api("GET", `/api/v1/incidents/${id}/known-errors`, undefined, { token: dan.token });
  assert.equal(outside.status, 404);
  assert.equal((await say(id, { knownError: "00000000-0000-7000-8000-000000000001" }, dan)).status, 404);
});
