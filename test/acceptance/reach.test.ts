/** Proof of reach on real PostgreSQL: what is proved is what happens, and a change is proved before it is saved. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { tocsin } from "../../cli/trial.ts";
import { makeRota, type Rota } from "./rota.ts";
import { type Json, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let rota: Rota;
let environment: Record<string, string>;

const prove = async (body: object = {}): Promise<Json> => {
  const answer = await world.api("POST", "/api/v1/reach/proof", body);
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
};
const ofService = (proof: Json, urgency = "high"): Json =>
  proof.subjects.find((one: Json) => one.service === rota.service && one.urgency === urgency);

before(async () => {
  world = await startWorld({ shared: true });
  rota = await makeRota(world);
  environment = { TOCSIN_URL: await world.listen(), TOCSIN_TOKEN: world.admin.token, LANG: "fr_CA.UTF-8" };
});

test("a desk with somebody in every step has no hole, for its service and for what has none", async () => {
  const proof = await prove();
  assert.equal(proof.share, 1);
  assert.equal(Date.parse(proof.until) - Date.parse(proof.from), 13 * 7 * 86_400_000);
  assert.equal(proof.subjects.length, 4);
  for (const one of proof.subjects) assert.deepEqual([one.holes, one.weak], [[], []]);
});

test("an absence makes its turns weak: the next step is asked instead, and says why", async () => {
  const now = world.desk.clock.now();
  const iso = (days: number): string => new Date(now + days * 86_400_000).toISOString();
  const { body } = await world.api("POST", "/api/v1/absences", { person: rota.ana.id, from: iso(0), until: iso(1) });
  const [weak] = ofService(await prove({ weeks: 1 })).weak;
  assert.ok(weak.from >= iso(0));
  assert.deepEqual([weak.until, weak.people], [iso(1), [rota.cleo.id]]);
  assert.deepEqual(
    weak.because.map((one: Json) => [one.step, one.target, one.reason]),
    [[0, "Primary", "nobody-on-call"]],
  );
  await world.api("DELETE", `/api/v1/absences/${body.id}`);
});

test("only channels that count are counted: by ntfy nobody would be asked, and each is said", async () => {
  const { holes, holeHours } = ofService(await prove({ weeks: 1, channels: ["ntfy"] }));
  assert.equal(holeHours, 7 * 24);
  assert.ok(holes[0].because.every((one: Json) => one.reason === "channel"));
  assert.equal(ofService(await prove({ weeks: 1, channels: ["ntfy", "email"] })).holeHours, 0);
});

test("a change that would leave nobody is told before it is saved, and changes nothing", async () => {
  const before = await world.query("select count(*)::int as entries from events");
  const { data } = (await world.api("GET", "/api/v1/escalation-policies")).body;
  const policy = data.find((one: Json) => one.name === "Standard");
  const alone = { id: policy.id, steps: policy.steps.slice(0, 1) };
  const { data: schedules } = (await world.api("GET", "/api/v1/schedules")).body;
  const [{ id, layers }] = schedules;
  const emptied = layers.map((one: Json) => ({
    ...one,
    rotation: { ...one.rotation, participants: [rota.ana.id, null] },
  }));
  const kept = await prove({ weeks: 4, change: { schedule: { id, layers: emptied, declaredGaps: [] } } });
  assert.deepEqual(kept.opened, [], "the second step answers for the hole of the first");
  const proof = await prove({
    weeks: 4,
    change: { policy: alone, schedule: { id, layers: emptied, declaredGaps: [] } },
  });
  assert.equal(proof.opened.length, 4, "two weeks without anybody, at both urgencies");
  for (const one of proof.opened) assert.equal(Date.parse(one.until) - Date.parse(one.from), 7 * 86_400_000);
  assert.deepEqual(await world.query("select count(*)::int as entries from events"), before);
  const unknown = { schedule: { id: crypto.randomUUID(), layers: emptied, declaredGaps: [] } };
  assert.equal((await world.api("POST", "/api/v1/reach/proof", { change: unknown })).body.code, "schedule-unknown");
});

test("an override and an absence are proved before they are saved too; who or what is not there is refused", async () => {
  const { data } = (await world.api("GET", "/api/v1/escalation-policies")).body;
  const { id, steps } = data.find((one: Json) => one.name === "Standard");
  const alone = { id, steps: steps.slice(0, 1) };
  const [{ id: schedule }] = (await world.api("GET", "/api/v1/schedules")).body.data;
  const now = world.desk.clock.now();
  const iso = (days: number): string => new Date(now + days * 86_400_000).toISOString();
  const span = { from: iso(1), until: iso(2) };
  const opened = async (change: object): Promise<Json[]> =>
    (await prove({ weeks: 1, change: { policy: alone, ...change } })).opened
      .filter((one: Json) => one.service === rota.service && one.urgency === "high")
      .map((one: Json) => [one.from, one.until]);
  assert.deepEqual(await opened({}), []);
  assert.deepEqual(await opened({ absence: { person: rota.ana.id, ...span } }), [[span.from, span.until]]);
  const put = (person: string) => ({ override: { schedule, person, ...span } });
  assert.deepEqual(await opened(put(rota.ben.id)), []);
  const left = await world.person("Flo Noel", 2);
  await world.api("PATCH", `/api/v1/people/${left.id}`, { active: false });
  assert.deepEqual(await opened(put(left.id)), [[span.from, span.until]]);
  const away = { absence: { person: rota.ana.id, ...span } };
  assert.deepEqual(await opened({ ...away, ...put(rota.ben.id) }), [], "one covers the other");
  const code = async (change: object) => (await world.api("POST", "/api/v1/reach/proof", { change })).body.code;
  const nobody = crypto.randomUUID();
  assert.equal(await code(put(nobody)), "person-unknown");
  assert.equal(await code({ absence: { person: nobody, ...span } }), "person-unknown");
  assert.equal(await code({ override: { ...put(rota.ben.id).override, schedule: nobody } }), "schedule-unknown");
  assert.equal(await code({ absence: { person: rota.ana.id, from: iso(2), until: iso(1) } }), "invalid-body");
});

test("a policy that no service has is proved, since an escalation may name it: on the page, in the terminal, before it is saved", async () => {
  const before = await prove({ weeks: 1 });
  const targets = [{ kind: "person", id: rota.ben.id }];
  const steps = [{ targets, timeoutMinutes: 5, when: { priorities: [1] } }];
  const unsaved = await prove({ weeks: 1, change: { policy: { steps } } });
  const named = (all: Json): Json[] => all.filter((one: Json) => one.through === "escalation");
  const told = (all: Json): Json[] => named(all).map((one: Json) => [one.urgency, one.sort?.priorities.join()]);
  assert.deepEqual(told(unsaved.opened), [
    ["high", "2"],
    ["low", undefined],
  ]);
  const { body } = await world.api("POST", "/api/v1/escalation-policies", { name: "Experts", steps });
  const proof = await prove({ weeks: 1 });
  assert.equal(proof.subjects.length, before.subjects.length + 3);
  assert.deepEqual(told(proof.subjects), [
    ["high", "1"],
    ["high", "2"],
    ["low", undefined],
  ]);
  assert.deepEqual(
    named(proof.subjects).map((one: Json) => [one.policy.id, one.service, one.holeHours]),
    [0, 7 * 24, 7 * 24].map((hours) => [body.id, null, hours]),
  );
  const said = await tocsin(["oncall", "prove", "--weeks", "1"], { environment });
  assert.equal(said.exit, 6, said.said);
  assert.match(said.out, /Remontées à Experts +basse/);
  const whole = { name: "Experts", steps: [{ targets, timeoutMinutes: 5 }] };
  await world.api("PATCH", `/api/v1/escalation-policies/${body.id}`, whole);
  assert.equal((await prove({ weeks: 1 })).share, 1);
});

test("once a policy is the default, the last resort is proved by itself", async () => {
  const { data } = (await world.api("GET", "/api/v1/escalation-policies")).body;
  const { id } = data.find((one: Json) => one.name === "Standard");
  const change = (chosen: boolean) => world.api("PATCH", `/api/v1/escalation-policies/${id}`, { default: chosen });
  await change(true);
  const { subjects } = await prove({ weeks: 1 });
  assert.deepEqual(
    subjects.filter((one: Json) => one.through === "last-resort").map((one: Json) => [one.urgency, one.policy.id]),
    [
      ["high", "built-in"],
      ["low", "built-in"],
    ],
  );
  await change(false);
});

test("a team that an escalation would ask in vain is named, without a subject more", async () => {
  const { subjects, deaf } = await prove({ weeks: 1 });
  assert.deepEqual(deaf, []);
  const { id } = (await world.api("POST", "/api/v1/teams", { name: "Ghosts", members: [] })).body;
  const proof = await prove({ weeks: 1 });
  assert.deepEqual(proof.deaf, [{ kind: "team", id, because: [{ step: 0, target: "Ghosts", reason: "empty-team" }] }]);
  assert.equal(proof.subjects.length, subjects.length);
  const told = await tocsin(["oncall", "prove", "--weeks", "1"], { environment });
  assert.equal(told.exit, 6, told.said);
  assert.match(told.out, /Ghosts +.*l’équipe est vide/);
});
