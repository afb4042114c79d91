/** What people ask of those who may decide it, through the API: help, whatever their level; that what is closed be opened again. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { actingIn } from "./acting.ts";
import { type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

const toTheEnd: readonly (readonly [string, object])[] = [
  ["categorise", { categories: ["low-impact"] }],
  ["confirm-priority", { impact: 3, urgency: 3 }],
  ["declare-restored", { text: "It moves." }],
  ["declare-resolved", { solution: "A new relay.", cause: "A relay that sticks." }],
  ["confirm-recovery", { text: "The level is as before." }],
  ["complete-documentation", { language: "en", summary: "A relay stuck.", impact: "None." }],
  ["close", {}],
];

let world: TestWorld;
const { ask, act } = actingIn(() => world);
let eve: Someone;
let ben: Someone;
let cleo: Someone;

before(async () => {
  world = await startWorld();
  eve = await world.person("Eve Lavoie", null);
  ben = await world.person("Ben Ito", 3);
  cleo = await world.person("Cleo Diop", 4);
});
after(() => world.stop());

async function open(title: string): Promise<string> {
  const answer = await world.api("POST", "/api/v1/incidents", { title }, { token: cleo.token });
  assert.equal(answer.status, 201, answer.text);
  return answer.body.id;
}

/** What awaits them of one incident. */
async function awaits(by: Someone, id: string): Promise<unknown[][]> {
  const { data } = (await world.api("GET", "/api/v1/my-work", undefined, { token: by.token })).body;
  return data
    .filter(({ incident, command }: Json) => incident.id === id && command !== null)
    .map(({ command, why, about }: Json) => [command, why, about]);
}

const letters = (to: Someone): number => world.post.letters.filter((letter) => letter.to === to.email).length;

test("help asked for without a level calls nobody, waits for whoever coordinates, and becomes an escalation", async () => {
  const id = await open("The pump leaks");
  await act(id, "accept", {}, cleo);
  const before = letters(ben);
  const want = { text: "Somebody who knows the pump", reason: "It leaks more" };
  assert.equal((await ask(id, "ask-for-help", { text: want.text }, eve)).body.code, "invalid-body", "not without why");
  const asked = await act(id, "ask-for-help", want, eve);
  assert.deepEqual(
    asked.help.map(({ number, text, by, reason, answered }: Json) => [number, text, by.name, reason, answered]),
    [[1, want.text, eve.name, want.reason, null]],
  );
  assert.deepEqual(asked.escalations, []);
  assert.equal(letters(ben), before, "nobody is called");
  assert.deepEqual(await awaits(cleo, id), [["confirm-help", "holds", want.text]]);
  assert.deepEqual(await awaits(ben, id), [], "level 3 may not judge it");

  const on = { number: 1, kind: "functional", to: ben.id, reason: "He built it" };
  assert.equal((await ask(id, "confirm-help", on, eve)).body.code, "level-missing");
  assert.equal(
    (await ask(id, "confirm-help", { ...on, to: "nowhere" }, cleo)).body.code,
    "escalation-target-unknown",
    "an escalation that would call nobody is not one",
  );
  const sent = await act(id, "confirm-help", on, cleo);
  assert.deepEqual([sent.help[0].answered.by, sent.help[0].answered.escalation], [cleo.name, 1]);
  const [escalation] = sent.escalations;
  assert.deepEqual([escalation.to, escalation.expected, escalation.by], [ben.id, want.text, cleo.name]);
  assert.equal(letters(ben), before + 1, "now he is called");
  assert.deepEqual(await awaits(cleo, id), []);
  assert.equal((await ask(id, "dismiss-help", { number: 1, reason: "x" }, cleo)).body.code, "help-answered");
});

test("help is answered otherwise with a reason, and taken back by whoever asked", async () => {
  const id = await open("The valve is stuck");
  const want = { text: "A second pair of hands", reason: "Too heavy" };
  await act(id, "ask-for-help", want, eve);
  await act(id, "ask-for-help", want, eve);
  assert.deepEqual(await awaits(cleo, id), [
    ["confirm-help", "level", want.text],
    ["confirm-help", "level", want.text],
  ]);
  const told = await act(id, "dismiss-help", { number: 1, reason: "Leave it shut until the morning" }, cleo);
  assert.deepEqual(
    [told.help[0].answered.reason, told.help[0].answered.escalation],
    ["Leave it shut until the morning", null],
  );
  const back = await act(id, "dismiss-help", { number: 2, reason: "It moved" }, eve);
  assert.equal(back.help[1].answered.by, eve.name);
  const { data } = (await world.api("GET", `/api/v1/incidents/${id}/timeline`, undefined, { token: eve.token })).body;
  const types = data.map(({ type }: Json) => type).filter((type: string) => type.startsWith("help."));
  assert.deepEqual(types.toSorted(), ["help.answered", "help.answered", "help.asked", "help.asked"]);
});

test("level 3 requests that it be reopened; it waits for level 4, who declines with a reason, then reopens it", async () => {
  const id = await open("The gate is stuck");
  await act(id, "accept", {}, cleo);
  const why = { reason: "It is stuck again" };
  assert.equal((await ask(id, "request-reopen", why, ben)).body.code, "not-closed");
  for (const [command, body] of toTheEnd) await act(id, command, body, cleo);
  const requested = await act(id, "request-reopen", why, ben);
  assert.deepEqual([requested.reopening.by.name, requested.reopening.reason], [ben.name, why.reason]);
  const theirs = (await awaits(cleo, id)).filter(([command]) => command === "reopen");
  assert.deepEqual(theirs, [["reopen", "level", why.reason]]);
  assert.deepEqual(await awaits(ben, id), [], "level 3 may not");
  assert.equal((await ask(id, "decline-reopen", { reason: "x" }, ben)).body.code, "level-too-low");
  const declined = await act(id, "decline-reopen", { reason: "That is another gate" }, cleo);
  assert.deepEqual(
    [declined.stage, declined.reopening.declined.by, declined.reopening.declined.reason],
    ["closed", cleo.name, "That is another gate"],
  );
  assert.deepEqual(
    (await awaits(cleo, id)).filter(([command]) => command === "reopen"),
    [],
  );
  await act(id, "request-reopen", why, ben);
  const reopened = await act(id, "reopen", why, cleo);
  assert.deepEqual([reopened.stage === "closed", reopened.reopening], [false, null]);
});

test("danger, a costly solution and an escalation that nobody answers are proposed, and call nobody by themselves", async () => {
  const kept = { nameFr: "Eau", nameEn: "Water", owner: eve.id };
  const service = (await world.api("POST", "/api/v1/services", kept)).body.id;
  const made = { title: "Fuite de gaz près de la pompe", language: "fr", service };
  const { id } = (await world.api("POST", "/api/v1/incidents", made, { token: cleo.token })).body;
  await act(id, "accept", {}, cleo);
  const proposed = async (): Promise<unknown[] | null> => {
    const { escalate } = (await world.api("GET", `/api/v1/incidents/${id}/clocks`, undefined, { token: cleo.token }))
      .body;
    return escalate && [escalate.because, escalate.kind, escalate.to, escalate.escalation];
  };
  const before = letters(eve);
  assert.deepEqual(await proposed(), ["safety", "hierarchical", "owner", null]);
  assert.equal(letters(eve), before, "nobody is called");
  const asking = { kind: "hierarchical", to: ben.id, expected: "A decision", reason: "Gas" };
  await act(id, "escalate", asking, cleo);
  assert.equal(await proposed(), null, "somebody is asked");
  await world.advance(16);
  assert.deepEqual(await proposed(), ["silent", "hierarchical", "owner", 1]);
  await act(id, "acknowledge-escalation", { escalation: 1 }, ben);
  assert.equal(await proposed(), null);
  await act(id, "end-escalation", { escalation: 1, reason: "Aired" }, cleo);
  assert.equal(await proposed(), null, "once");
  const chosen = await act(id, "select-solution", { text: "A second pump", exceeds: "cost" }, cleo);
  assert.equal(chosen.solution.exceeds, "cost");
  assert.deepEqual(await proposed(), ["cost", "hierarchical", "owner", null]);
  await act(id, "declare-restored", {}, cleo);
  assert.equal(await proposed(), null);
});

test("a proposed escalation is set aside with why by whoever may escalate, stands in the record, and comes back when it newly arises", async () => {
  const made = { title: "Gas leak near the pump", language: "en" };
  const { id } = (await world.api("POST", "/api/v1/incidents", made, { token: cleo.token })).body;
  const clocks = async () =>
    (await world.api("GET", `/api/v1/incidents/${id}/clocks`, undefined, { token: cleo.token })).body;
  const aside = { because: "safety", reason: "The firemen have aired it" };
  assert.equal((await ask(id, "set-aside-escalation", { because: "safety" }, cleo)).body.code, "invalid-body");
  assert.equal((await ask(id, "set-aside-escalation", aside, ben)).body.code, "level-too-low");
  assert.equal((await ask(id, "set-aside-escalation", { ...aside, because: "missed" }, cleo)).status, 409);
  const before = letters(ben) + letters(cleo);
  await act(id, "set-aside-escalation", aside, cleo);
  const { escalate, setAside } = await clocks();
  assert.deepEqual(
    [escalate, setAside.because, setAside.by, setAside.reason, setAside.gap],
    [null, "safety", cleo.name, aside.reason, false],
  );
  assert.equal(letters(ben) + letters(cleo), before, "nobody is called");
  const again = await ask(id, "set-aside-escalation", aside, cleo);
  assert.equal(again.body.code, "escalation-not-proposed");
  const { data } = (
    await world.api("GET", `/api/v1/incidents/${id}/timeline?limit=100`, undefined, { token: cleo.token })
  ).body;
  assert.ok(data.some(({ type }: Json) => type === "escalation.set-aside"));
  await act(id, "select-solution", { text: "A second pump", exceeds: "cost" }, cleo);
  assert.equal((await clocks()).escalate.because, "cost", "another reason proposes all the same");
});

test("why it was found to be an incident is said when it is recorded, registered or documented, and is exported", async () => {
  const record = async (body: object, by: Someone): Promise<Json> => {
    const answer = await world.api("POST", "/api/v1/incidents", { title: "A drift", ...body }, { token: by.token });
    assert.equal(answer.status, 201, answer.text);
    return answer.body;
  };
  assert.equal((await record({}, cleo)).detectedAs, "interruption-or-degradation");
  const made = await record({ detectedAs: "out-of-specification" }, cleo);
  assert.equal(made.detectedAs, "out-of-specification");
  const told = await record({ detectedAs: "perceived" }, eve);
  assert.equal(told.detectedAs, null, "whoever has no level reports, and others identify");
  assert.equal((await act(told.id, "register", { detectedAs: "perceived" }, cleo)).detectedAs, "perceived");
  assert.equal((await ask(told.id, "register", { detectedAs: "guessed" }, cleo)).body.code, "invalid-body");
  const words = { language: "en", summary: "s", impact: "i", detectedAs: "expert-opinion" };
  assert.equal((await act(made.id, "complete-documentation", words, cleo)).detectedAs, "expert-opinion");
  const { text } = await world.api("GET", `/api/v1/incidents/${made.id}/export`, undefined, { token: cleo.token });
  assert.match(text, /"out-of-specification".*"expert-opinion"/s);
});

test("a finding says where it comes from, of a list; without it, it is read as before", async () => {
  const id = await open("It swaps");
  await act(id, "open-hypothesis", { text: "A leak" }, cleo);
  const evidence = { hypothesis: 1, side: "for", text: "It grows" };
  assert.equal((await ask(id, "add-evidence", { ...evidence, source: "rumour" }, cleo)).body.code, "invalid-body");
  await act(id, "add-evidence", evidence, cleo);
  const from = { source: "system", sourceName: "payroll log" };
  const { hypotheses } = await act(id, "add-evidence", { ...evidence, ...from }, cleo);
  assert.deepEqual(
    hypotheses[0].evidence.map(({ source, sourceName }: Json) => [source, sourceName]),
    [
      [null, null],
      ["system", "payroll log"],
    ],
  );
  await act(id, "add-observation", { text: "It still swaps", ...from }, eve);
  const { data } = (await world.api("GET", `/api/v1/incidents/${id}/timeline`, undefined, { token: eve.token })).body;
  const noted = data.find(({ type }: Json) => type === "observation.noted");
  assert.deepEqual(noted.data, { text: "It still swaps", ...from });
});
