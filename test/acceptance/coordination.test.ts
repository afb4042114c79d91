/** Coordination, roles and tasks on real PostgreSQL: offered, answered, out of time; told by mail; kept in the record; watched. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startDesk } from "../../server/app.ts";
import { createLog } from "../../server/platform/log.ts";
import { recordOf, typesOf } from "./rota.ts";
import { type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let ana: Someone;
let ben: Someone;
let cleo: Someone;
let dan: Someone;

before(async () => {
  world = await startWorld();
  ana = await world.person("Ana Roy", 2);
  ben = await world.person("Ben Ito", 3);
  cleo = await world.person("Cleo Diop", 4);
  dan = await world.person("Dan Caron", 4, { language: "fr" });
});

const act = async (id: string, command: string, body: object, by: Someone): Promise<Json> => {
  const answer = await world.api("POST", `/api/v1/incidents/${id}/${command}`, body, { token: by.token });
  await world.settle();
  return answer;
};

async function held(title: string, more: object = {}): Promise<string> {
  const { body } = await world.api("POST", "/api/v1/incidents", { title, ...more });
  const taken = await act(body.id, "accept", {}, cleo);
  assert.equal(taken.status, 200, taken.text);
  return body.id;
}

const reason = "End of my shift";
const read = async (path: string, by: Someone = cleo): Promise<Json> =>
  (await world.api("GET", `/api/v1/${path}`, undefined, { token: by.token })).body;

test("a hand-over: offered with a reason, briefed, accepted; both are told, and the record keeps the brief", async () => {
  const id = await held("The network is slow", { categories: ["major"] });
  await act(id, "add-task", { text: "Call the bank", person: ana.id }, cleo);
  assert.match((await world.mailbox(ana).expectNotice()).text, /Cleo Diop gives you a task:\s+> Call the bank/);
  const offered = await act(id, "offer-coordination", { person: dan.id, reason }, cleo);
  assert.deepEqual(
    [offered.body.offer.to.id, offered.body.coordinator.id, offered.body.offer.reason],
    [dan.id, cleo.id, reason],
  );
  const letter = await world.mailbox(dan).expectNotice();
  assert.match(
    letter.text.replaceAll("\n", " "),
    /Cleo Diop vous offre la coordination de cet incident\. Rien ne change/,
  );
  assert.match(letter.text, /> End of my shift/);
  const brief = await read(`incidents/${id}/brief`, dan);
  assert.deepEqual(
    [brief.coordinator, brief.tasks[0].text, brief.tasks[0].owner],
    [cleo.name, "Call the bank", ana.name],
  );
  assert.ok(brief.unfilled.some((one: Json) => one.id === "scribe"));
  const taken = await act(id, "accept-coordination", {}, dan);
  assert.deepEqual([taken.body.coordinator.id, taken.body.offer, taken.body.acceptedBy.id], [dan.id, null, cleo.id]);
  assert.match((await world.mailbox(cleo).expectNotice()).text, /Dan Caron coordinates this incident from now on/);
  const entry = (await recordOf(world, id)).at(-1);
  assert.equal(entry?.type, "coordination.handed-over");
  const data = entry?.data as Json;
  assert.deepEqual(
    [data.how, data.from.id, data.brief.coordinator, data.brief.tasks.length],
    ["offered", cleo.id, cleo.name, 1],
  );
  await world.advance(30);
  /* What its category counts is told by others; of the hand-over nothing more is. */
  const more = world.post.letters.map(({ subject }) => subject).filter((subject) => /coordin/i.test(subject));
  assert.deepEqual(more, []);
  world.post.letters.length = 0;
});

test("no answer in time: a timer ends the offer, both are told, and whoever offered coordinates still", async () => {
  const id = await held("The lift is stuck");
  await act(id, "offer-coordination", { person: ben.id, reason }, cleo);
  await world.mailbox(ben).expectNotice();
  await world.advance(15.1);
  for (const one of [ben, cleo])
    assert.match(
      (await world.mailbox(one).expectNotice()).text.replaceAll("\n", " "),
      /to Ben Ito has ended without an answer/,
    );
  const after = await read(`incidents/${id}`);
  assert.deepEqual([after.offer, after.coordinator.id], [null, cleo.id]);
  const late = await act(id, "decline-coordination", { reason }, ben);
  assert.deepEqual([late.status, late.body.code], [409, "coordination-not-offered"]);
  await world.advance(60);
  assert.equal((await typesOf(world, id)).filter((type) => type === "coordination.expired").length, 1);
});

test("whoever's account is closed leaves nothing without anybody: the incident is called for anew, coordination is asked for", async () => {
  const gone = await world.person("Gus Gone", 4);
  const record = async (title: string, by: Someone): Promise<string> =>
    (await world.api("POST", "/api/v1/incidents", { title }, { token: by.token })).body.id;
  const [alone, beside, over] = [
    await record("Lifts stand still", gone),
    await record("Doors stay shut", cleo),
    await record("Lamps flicker", gone),
  ];
  for (const id of [alone, over]) assert.equal((await act(id, "accept", {}, gone)).status, 200);
  await act(alone, "restrict", { reason: "Not for all" }, gone);
  await act(over, "dismiss", { reason: "A test" }, gone);
  await act(beside, "accept", {}, cleo);
  assert.equal((await act(beside, "accept-coordination", { reason: "I know doors" }, gone)).status, 200);
  await world.mailbox(cleo).expectNotice();
  const closed = await world.api("PATCH", `/api/v1/people/${gone.id}`, { active: false });
  assert.equal(closed.status, 200, closed.text);
  await world.settle();
  const kept = await read(`incidents/${beside}`);
  assert.deepEqual([kept.coordinator, kept.coordinationWanted, kept.acceptedBy.id], [null, true, cleo.id]);
  const [row] = await world.query<Json>("select incident, paging from incidents where id = $1", [alone]);
  assert.deepEqual([row.incident.coordinator, row.incident.acceptedBy, row.paging.status], [null, null, "running"]);
  const [entry] = await world.query<Json>(
    "select reason, actor from events where stream = $1 and type = 'assignment.declined'",
    [`incident/${alone}`],
  );
  assert.deepEqual([entry.reason, entry.actor.id], ["Their account was closed by Camille Roy", gone.id]);
  assert.ok(!(await typesOf(world, over)).includes("assignment.declined"), "what is over is left as it is");
  world.post.letters.splice(0);
});

test("whoever's level no longer lets them coordinate gives the coordination back, and keeps what they accepted", async () => {
  const lesser = await world.person("Lea Less", 4);
  const [first, second] = [
    (await world.api("POST", "/api/v1/incidents", { title: "Heating is cold" })).body.id,
    (await world.api("POST", "/api/v1/incidents", { title: "Gates stay open" })).body.id,
  ];
  for (const id of [first, second]) assert.equal((await act(id, "accept", {}, lesser)).status, 200);
  assert.equal((await act(second, "offer-coordination", { person: ben.id, reason }, lesser)).status, 200);
  assert.equal((await act(second, "accept-coordination", {}, ben)).status, 200);
  world.post.letters.length = 0;
  const patch = (level: number | null) => world.api("PATCH", `/api/v1/people/${lesser.id}`, { level });
  assert.equal((await patch(3)).status, 200);
  assert.equal((await read(`incidents/${first}`)).coordinator.id, lesser.id, "level 3 coordinates too");
  assert.equal((await patch(2)).status, 200);
  await world.settle();
  const { coordinator, coordinationWanted, acceptedBy, milestones } = await read(`incidents/${first}`);
  assert.deepEqual([coordinator, coordinationWanted, acceptedBy.id], [null, true, lesser.id]);
  assert.notEqual(milestones.accepted, undefined);
  assert.equal((await read(`incidents/${second}`)).coordinator.id, ben.id);
  const [entry] = await world.query<Json>(
    "select reason, data from events where stream = $1 and type = 'assignment.declined'",
    [`incident/${first}`],
  );
  assert.deepEqual(
    [entry.reason, entry.data.gave],
    ["Their level, changed by Camille Roy, no longer lets them coordinate it", "coordination"],
  );
  assert.match((await world.mailbox(cleo).expectNotice()).text, /coordinat/);
  world.post.letters.length = 0;
});

test("a desk that died once an account was closed, or a level lowered, gives back at its next start what they held", async () => {
  const [gone, low] = [await world.person("Guy Gone", 4), await world.person("Lou Low", 3)];
  const [left, kept] = [
    (await world.api("POST", "/api/v1/incidents", { title: "Pumps stop" })).body.id,
    (await world.api("POST", "/api/v1/incidents", { title: "Taps run dry" })).body.id,
  ];
  assert.equal((await act(left, "accept", {}, gone)).status, 200);
  assert.equal((await act(kept, "accept", {}, low)).status, 200);
  await world.query("update people set active = false where id = $1", [gone.id]);
  await world.query("update people set level = null where id = $1", [low.id]);
  await world.query("update settings set directory_version = directory_version + 1");
  const log = createLog("silent");
  const next = await startDesk({ config: world.config, connection: world.database.app, log });
  const until = Date.now() + 10_000;
  const isBack = async (id: string) => (await typesOf(world, id)).includes("assignment.declined");
  while (!((await isBack(left)) && (await isBack(kept))) && Date.now() < until) await sleep(50);
  await next.stop();
  await world.settle();
  const now = await read(`incidents/${left}`);
  assert.deepEqual([now.coordinator, now.acceptedBy], [null, null]);
  const still = await read(`incidents/${kept}`);
  assert.deepEqual([still.coordinator, still.coordinationWanted, still.acceptedBy.id], [null, true, low.id]);
  const entries = await world.query<Json>(
    "select reason, actor from events where stream = any($1) and type = 'assignment.declined' order by reason",
    [[left, kept].map((id) => `incident/${id}`)],
  );
  assert.deepEqual(
    entries.map(({ reason: why, actor }) => [why, actor.id]),
    [
      ["Their account was closed", gone.id],
      ["Their level no longer lets them coordinate", low.id],
    ],
  );
  world.post.letters.length = 0;
});

test("a coordinator that is wanted is found by whoever may taking it, and whoever accepted keeps the incident", async () => {
  const { body } = await world.api("POST", "/api/v1/incidents", { title: "A report comes in" });
  await act(body.id, "assign", { person: ana.id }, cleo);
  const taken = await act(body.id, "accept", {}, ana);
  assert.equal(taken.body.coordinationWanted, true, taken.text);
  const answered = await act(body.id, "accept-coordination", {}, ben);
  assert.deepEqual(
    [answered.body.coordinator.id, answered.body.acceptedBy.id, answered.body.coordinationWanted],
    [ben.id, ana.id, false],
  );
  world.post.letters.length = 0;
});

test("roles: given with their duty, a level asked of their holder, a derogation in an emergency; closing asks for some", async () => {
  const roles = [
    {
      id: "scribe",
      words: { fr: "Secrétaire", en: "Scribe" },
      duty: { fr: "Écrit.", en: "Writes it down." },
      level: null,
      required: true,
    },
    { id: "lead", words: { fr: "Responsable", en: "Lead" }, duty: { fr: "Mène.", en: "Leads." }, level: 4 },
  ];
  const made = await world.api("POST", "/api/v1/categories", {
    id: "flood",
    nameFr: "Inondation",
    nameEn: "Flood",
    process: { roles },
  });
  assert.equal(made.status, 201, made.text);
  const id = await held("Water in the basement", { categories: ["flood"] });
  const before = await read(`incidents/${id}`);
  assert.ok(before.missing.includes("role/scribe") && !before.missing.includes("role/lead"), String(before.missing));
  const filled = await act(id, "fill-role", { role: "scribe", person: ana.id }, cleo);
  assert.ok(!filled.body.missing.includes("role/scribe"));
  assert.deepEqual(filled.body.asks.roles[0].holder, { id: ana.id, name: ana.name });
  const letter = await world.mailbox(ana).expectNotice();
  assert.match(letter.text.replaceAll("\n", " "), /gives you the role “Scribe”\. Its duty: +> Writes it down\./);
  const low = await act(id, "fill-role", { role: "lead", person: ben.id }, cleo);
  assert.deepEqual([low.status, low.body.code], [422, "holder-level"]);
  const derogation = { reason: "Nobody of level 4 is awake" };
  const urgent = await act(id, "fill-role", { role: "lead", person: ben.id, derogation }, cleo);
  assert.equal(urgent.status, 200, urgent.text);
  assert.deepEqual((await typesOf(world, id)).slice(-2), ["derogation.used", "role.filled"]);
  const outside = await act(id, "fill-role", { role: "scribe", name: "Marc, press office" }, cleo);
  assert.deepEqual(outside.body.asks.roles[0].holder, { id: null, name: "Marc, press office" });
  world.post.letters.length = 0;
});

test("a task that is late and silent is raised once to whoever coordinates, also where its timer was lost", async () => {
  const id = await held("Pay is late");
  await act(id, "confirm-priority", { impact: 2, urgency: 2 }, cleo);
  const due = new Date(world.desk.clock.now() + 20 * 60_000).toISOString();
  await act(id, "add-task", { text: "Call the city", person: ana.id, due }, cleo);
  assert.match((await world.mailbox(ana).expectNotice()).text, /gives you a task, due /);
  await world.query("delete from timers where key like 'task/%'");
  await world.desk.watch();
  await world.advance(49);
  await world.mailbox(cleo).expectNothing();
  await world.advance(2);
  assert.match(
    (await world.mailbox(cleo).expectNotice()).text.replaceAll("\n", " "),
    /A task of Ana Roy is late \(due .*\), and nothing is heard of it:.*> Call the city/,
  );
  await world.advance(24 * 60);
  await world.mailbox(cleo).expectNothing();
  const [task] = (await read(`incidents/${id}`)).tasks;
  assert.deepEqual([task.status, task.staleAt !== null], ["open", true]);
  const done = await act(id, "complete-task", { task: 1, text: "They call back" }, ana);
  assert.equal(done.body.tasks[0].left.text, "They call back");
});

test("a task without a date is raised once too, after as long as its incident may say nothing", async () => {
  const id = await held("Pay is late again");
  await act(id, "confirm-priority", { impact: 2, urgency: 2 }, cleo);
  await act(id, "add-task", { text: "Call the union", person: ana.id }, cleo);
  await world.mailbox(ana).expectNotice();
  await world.query("delete from timers where key like 'task/%'");
  await world.desk.watch();
  await world.advance(29);
  await world.mailbox(cleo).expectNothing();
  await world.advance(2);
  assert.match(
    (await world.mailbox(cleo).expectNotice()).text.replaceAll("\n", " "),
    /Nothing is heard of a task that Ana Roy has, without a due date:.*> Call the union/,
  );
  await world.advance(24 * 60);
  await world.mailbox(cleo).expectNothing();
  await act(id, "complete-task", { task: 1, text: "They call back" }, ana);
});

test("a decision says what, why, what was set aside and by whom", async () => {
  const id = await held("Fail over or wait");
  const decided = { text: "We fail over", why: "Waiting costs more", options: ["Wait"], decidedBy: "The board" };
  assert.equal((await act(id, "decide", decided, cleo)).status, 200);
  assert.deepEqual((await recordOf(world, id)).at(-1)?.data, decided);
  const brief = await read(`incidents/${id}/brief`);
  assert.deepEqual([brief.lastDecision.text, brief.lastDecision.by], ["We fail over", "The board"]);
});

test("the watch lists everything under way, what is silent first, and what is heard of again after", async () => {
  const quiet = await held("Nobody speaks");
  await act(quiet, "confirm-priority", { impact: 1, urgency: 1 }, cleo);
  const watchOf = async (): Promise<Json> => read("watch");
  const lineOf = (watch: Json): Json => watch.data.find((one: Json) => one.id === quiet);
  assert.equal(lineOf(await watchOf()).silent, false);
  await world.advance(21);
  const watch = await watchOf();
  assert.deepEqual([lineOf(watch).silent, lineOf(watch).silentAfterMinutes], [true, 20]);
  assert.ok(watch.counts.silent >= 1);
  const order = watch.data.map((one: Json) => one.silent);
  assert.deepEqual(
    order,
    [...order].sort((a, b) => Number(b) - Number(a)),
  );
  const only = await read("watch?silent=true");
  assert.ok(only.data.every((one: Json) => one.silent));
  await act(quiet, "add-observation", { text: "The lamp is green" }, cleo);
  assert.equal(lineOf(await watchOf()).silent, false);
});
