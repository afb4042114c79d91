/** What-if replay on real PostgreSQL: what happened is run again against a change that nobody has saved. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { tocsin } from "../../cli/trial.ts";
import { makeRota, type Rota } from "./rota.ts";
import { type Json, pagerDutyEvent, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let rota: Rota;
let schedule: Json;
let policy: Json;

const ask = (body: object, as?: Someone) =>
  world.api("POST", "/api/v1/reach/replay", body, as ? { token: as.token } : {});
async function replayed(change: object): Promise<Json> {
  const answer = await ask({ change });
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}
const turnsOf = (participants: readonly (string | null)[]) => ({
  id: schedule.id,
  declaredGaps: [],
  layers: [{ rotation: { ...schedule.layers[0].rotation, participants } }],
});
const told = ({ differences }: Json) =>
  differences.map((one: Json) => [one.incident.number, one.kind, one.before?.person, one.after?.person, one.because]);

/** Two incidents: Ana answers the first after three minutes; of the second she says nothing, and Cleo answers. */
before(async () => {
  world = await startWorld({ shared: true });
  rota = await makeRota(world);
  schedule = (await world.api("GET", "/api/v1/schedules")).body.data[0];
  policy = (await world.api("GET", "/api/v1/escalation-policies")).body.data[0];
  const { ana, cleo, key } = rota;
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "one"));
  const first = await world.mailbox(ana).expectPage();
  await world.advance(3);
  await accept(first.ack);
  await world.mailbox(cleo).expectNotice();
  await world.advance(60);
  await world.knock("/v2/enqueue", pagerDutyEvent(key, "two"));
  await world.mailbox(ana).expectPage();
  await world.advance(10.1);
  const second = await world.mailbox(cleo).expectPage();
  await world.advance(2);
  await accept(second.ack);
  await world.advance(60);
});

async function accept(link: string): Promise<void> {
  const answer = await world.knock(link, "", { "content-type": "application/x-www-form-urlencoded" });
  assert.ok(answer.status < 400, answer.text);
  await world.settle();
}

test("nothing changed, nothing differs, and the pages are those that were sent", async () => {
  const part = await replayed({});
  assert.deepEqual(
    [part.incidents, part.seen, part.next, part.pagings, part.pages, part.unanswered, part.differences],
    [2, 2, null, 2, { before: 3, after: 3 }, { before: 0, after: 0 }, []],
  );
  const lengths = part.delays.before.map(([length]: Json) => Math.round(length / 60_000)).sort();
  assert.deepEqual(lengths, [0, 10]);
  const same = await replayed({
    schedule: turnsOf([rota.ana.id, rota.ben.id]),
    policy: { id: policy.id, steps: policy.steps },
  });
  assert.deepEqual(same.differences, []);
});

test("a service that is moved to another policy: its pages go where that one goes, those of others stay", async () => {
  const targets = [{ kind: "person", id: rota.ben.id }];
  const body = { name: "Ben alone", steps: [{ targets, timeoutMinutes: 10 }], repeat: 0 };
  const other = (await world.api("POST", "/api/v1/escalation-policies", body)).body;
  const service = (await world.api("GET", `/api/v1/services/${rota.service}`)).body;
  assert.deepEqual((await replayed({ service: { id: service.id, policy: service.policy } })).differences, []);
  const part = await replayed({ service: { id: service.id, policy: other.id } });
  assert.ok(part.differences.length > 0);
  for (const one of part.differences.filter(({ after }: Json) => after !== null))
    assert.equal(one.after.person, rota.ben.id);
  const elsewhere = (await world.api("POST", "/api/v1/services", { nameFr: "Autre", nameEn: "Other" })).body;
  assert.deepEqual((await replayed({ service: { id: elsewhere.id, policy: other.id } })).differences, []);
  const nobody = "00000000-0000-4000-8000-000000000000";
  assert.equal((await ask({ change: { service: { id: nobody, policy: null } } })).body.code, "service-unknown");
  assert.equal((await ask({ change: { service: { id: service.id, policy: nobody } } })).body.code, "policy-unknown");
  const saved = (await world.api("GET", `/api/v1/services/${service.id}`)).body;
  assert.equal(saved.policy, service.policy, "nothing is saved");
});

test("when Ana's turn is Ben's, her pages go to him, and each says of which incident and why", async () => {
  const part = await replayed({ schedule: turnsOf([rota.ben.id, rota.ana.id]) });
  assert.deepEqual(
    told(part).filter(([, kind]: Json) => kind === "someone-else"),
    ["000002", "000001"].map((number) => [
      `INC-${new Date(world.desk.clock.now()).getUTCFullYear()}-${number}`,
      "someone-else",
      rota.ana.id,
      rota.ben.id,
      "turn",
    ]),
  );
});

test("when only a turn of nobody is left to call, the pages go to nobody, and the last resort is named", async () => {
  const [first] = policy.steps;
  const part = await replayed({ schedule: turnsOf([null]), policy: { id: policy.id, steps: [first] } });
  const lost = told(part).filter(([, kind]: Json) => kind === "nobody");
  assert.deepEqual(
    lost.map(([, , ana, admin, because]: Json) => [ana, admin, because]),
    [
      [rota.ana.id, world.admin.id, "unreached"],
      [rota.cleo.id, world.admin.id, "unreached"],
      [rota.ana.id, world.admin.id, "unreached"],
    ],
  );
  assert.deepEqual(part.differences[0].missed, [{ step: 0, target: "Primary", reason: "nobody-on-call" }]);
});

test("a step that waits less calls Cleo sooner", async () => {
  const [first, second] = policy.steps;
  const part = await replayed({ policy: { id: policy.id, steps: [{ ...first, timeoutMinutes: 4 }, second] } });
  assert.deepEqual(
    told(part).map(([, kind, who]: Json) => [kind, who]),
    [["moved", rota.cleo.id]],
  );
  assert.deepEqual(part.delays.after.map(([length]: Json) => Math.round(length / 60_000)).sort(), [0, 4]);
});

test("nothing of it is saved, nothing is sent, and any member may ask", async () => {
  const count = async () => (await world.query<{ n: string }>("select count(*) as n from events"))[0]?.n;
  const entries = await count();
  const answer = await ask({ change: { schedule: turnsOf([null]) } }, rota.ana);
  assert.equal(answer.status, 200, answer.text);
  assert.equal(await count(), entries);
  assert.deepEqual((await world.api("GET", "/api/v1/schedules")).body.data[0], schedule);
  assert.equal((await world.api("POST", "/api/v1/reach/replay", { change: {} }, { token: null })).status, 401);
});

test("what is not there, or no cursor, is refused by name", async () => {
  const unknown = "00000000-0000-7000-8000-000000000000";
  const refusals = [
    [{ change: { schedule: { ...turnsOf([null]), id: unknown } } }, 404, "schedule-unknown"],
    [{ change: { policy: { id: unknown, steps: policy.steps } } }, 404, "policy-unknown"],
    [{ change: {}, cursor: "made up" }, 422, "invalid-body"],
    [{ change: {}, cursor: deflateRawSync("{}").toString("base64url") }, 422, "invalid-body"],
    [{ change: {}, cursor: deflateRawSync(Buffer.alloc(64 * 1024 * 1024)).toString("base64url") }, 422, "invalid-body"],
    [{ change: {}, days: 91 }, 422, "invalid-body"],
    [{}, 422, "invalid-body"],
  ] as const;
  for (const [body, , code] of refusals) {
    const answer = await ask(body);
    assert.equal(answer.body.code, code, answer.text);
    assert.ok(answer.status >= 400 && answer.status < 500, answer.text);
  }
});

test("the command line runs a file of a changed definition, and ends with 6 when a page would go to nobody", async () => {
  const directory = mkdtempSync(join(tmpdir(), "tocsin-replay-"));
  const file = (name: string, value: object): string => {
    writeFileSync(join(directory, name), JSON.stringify(value));
    return join(directory, name);
  };
  const environment = { TOCSIN_URL: await world.listen(), TOCSIN_TOKEN: world.admin.token, LANG: "fr_CA.UTF-8" };
  const run = (...words: string[]) => tocsin(["oncall", "replay", ...words], { environment });
  try {
    const same = await run("--schedule", file("same.json", schedule), "--policy", file("policy.json", policy));
    assert.equal(same.exit, 0, same.said);
    assert.match(same.out, /appels +3 → 3/);
    const moved = await run("--service", file("service.json", { id: rota.service, policy: policy.id, nameFr: "Paie" }));
    assert.equal(moved.exit, 0, moved.said);
    assert.match(moved.out, /appels +3 → 3/);
    const empty = file("empty.json", { ...schedule, ...turnsOf([null]) });
    const lost = await run("--schedule", empty, "--policy", file("one.json", { ...policy, steps: [policy.steps[0]] }));
    assert.equal(lost.exit, 6, lost.said);
    assert.match(lost.out, /INC-\d{4}-000001.*à personne.*Ana Roy/);
    const json = await run("--schedule", empty, "--days", "1", "--json");
    assert.equal(json.exit, 0, "Cleo is behind");
    assert.equal(JSON.parse(json.out).incidents, 2);
    assert.deepEqual([(await run()).exit, (await run("--policy", join(directory, "none.json"))).exit], [2, 3]);
    assert.equal((await run("--policy", file("list.json", []))).exit, 1);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test("a long past comes in parts that add up, each incident once, exercises are left out, and turns go on from part to part", async () => {
  await world.query(
    `insert into incidents (id, number, seq, head, exercise, title, service_id, stage, is_open, priority, categories, open_alerts, firing_alerts, incident, paging, reported_at, updated_at)
select gen_random_uuid(), 'OLD-' || lpad(n::text, 4, '0'), 1, '', n % 10 = 0, title, service_id, stage, false, priority, categories, 0, 0, incident, paging, reported_at - n * interval '1 minute', updated_at
from incidents cross join generate_series(1, 600) as n where number like '%000001'`,
  );
  /* Of nine of the oldest, calls begin again nine hours later: in the second part, among the incidents of then. */
  await world.query(
    `insert into events (stream, seq, type, version, occurred_at, recorded_at, actor, process, exercise, cause, data, data_hash, hash)
select 'incident/' || id, seq, type, 1, at, at, '{}', 'base', false, '{}', data, '', '' from (
  select id, 1 as seq, 'paging.started' as type, reported_at as at, '{"reason": "registered"}'::jsonb as data from incidents where number like 'OLD-%'
  union all select id, 2, 'incident.resolved', reported_at + interval '30 seconds', '{}' from incidents where number like 'OLD-%'
  union all select id, 3, 'paging.started', reported_at + interval '537 minutes 10 seconds', '{"reason": "relapsed"}' from incidents where number like 'OLD-055%'
  union all select id, 4, 'incident.resolved', reported_at + interval '537 minutes 30 seconds', '{}' from incidents where number like 'OLD-055%') as made`,
  );
  const everybody = [rota.ana, rota.ben, rota.cleo].map(({ id }) => ({ kind: "person", id }));
  const change = { policy: { id: policy.id, steps: [{ targets: everybody, timeoutMinutes: 10, inTurn: true }] } };
  let [seen, parts, pagings] = [0, 0, 0];
  const moved: Json[] = [];
  for (let cursor: string | undefined; ; parts += 1) {
    const answer = await ask({ change, ...(cursor && { cursor }) });
    assert.equal(answer.status, 200, answer.text);
    const { body } = answer;
    assert.equal(body.incidents, 2 + 540);
    seen += body.seen;
    pagings += body.pagings;
    moved.unshift(...body.differences.filter((one: Json) => one.incident.number.startsWith("OLD-")));
    if (body.next === null) break;
    cursor = body.next;
  }
  assert.deepEqual([seen, parts, pagings], [542, 1, 542 + 9]);
  const starts = moved.map((one: Json) => one.startedAt);
  assert.deepEqual(starts, starts.toSorted().reverse(), "newest first");
  /* Before, Ana is called for each. After, each of the three has every third: where it is hers, nothing differs. */
  assert.equal(moved.length, ((540 + 9) * 2) / 3);
  assert.ok(moved.every((one: Json) => one.because === "in-turn" && one.before.person === rota.ana.id));
  const called = moved.toReversed().map((one: Json) => one.after.person);
  assert.ok(called.every((person, place) => person === (place % 2 === 0 ? rota.ben.id : rota.cleo.id)));
  await world.query(
    "delete from events where stream in (select 'incident/' || id from incidents where number like 'OLD-%')",
  );
  await world.query("delete from incidents where number like 'OLD-%'");
});

test("an escalation is run again too, to whom it was addressed, and its differences say which it was", async () => {
  const { ana, cleo, service } = rota;
  const act = (id: string, command: string, body: object, { token }: Someone) =>
    world.api("POST", `/api/v1/incidents/${id}/${command}`, body, { token });
  const { id } = (await world.api("POST", "/api/v1/incidents", { title: "Asked for help", service })).body;
  await act(id, "accept", {}, cleo);
  const asked = { kind: "functional", to: policy.id, reason: "Beyond us", expected: "A decision" };
  assert.equal((await act(id, "escalate", asked, cleo)).status, 200);
  await world.mailbox(ana).expectPage();
  await world.advance(2);
  assert.equal((await act(id, "acknowledge-escalation", {}, ana)).status, 200);
  await world.mailbox(cleo).expectNotice();
  await act(id, "declare-restored", {}, cleo);
  const same = await replayed({});
  assert.deepEqual([same.pagings, same.pages, same.differences], [3, { before: 4, after: 4 }, []]);
  const part = await replayed({ schedule: turnsOf([rota.ben.id, ana.id]) });
  const found = part.differences.find((one: Json) => one.escalation !== null);
  assert.deepEqual(
    [found.kind, found.escalation, found.before.person, found.after.person, found.because],
    ["someone-else", 1, ana.id, rota.ben.id, "turn"],
  );
});

test("a team that was called together is run again too, by the rota that its mandate names", async () => {
  const { ana, ben, cleo, service } = rota;
  const dan = await world.person("Dan Five", 5, { admin: true });
  const team = (await world.api("POST", "/api/v1/teams", { name: "CSIRT", members: [cleo.id] })).body.id;
  const charter = {
    ...{ mandate: { fr: "Contenir", en: "Contain" }, roles: [], people: 1, minutes: 20, deputy: null, contact: null },
    rota: { kind: "schedule", id: schedule.id },
  };
  const written = await world.api("PATCH", `/api/v1/teams/${team}/mandate`, { charter }, { token: dan.token });
  assert.equal(written.status, 200, written.text);
  const { id } = (await world.api("POST", "/api/v1/incidents", { title: "Odd logins", service })).body;
  const act = async (command: string, body: object, by: Someone): Promise<void> => {
    const answer = await world.api("POST", `/api/v1/incidents/${id}/${command}`, body, { token: by.token });
    assert.equal(answer.status, 200, answer.text);
  };
  await act("accept", {}, cleo);
  await act("activate-team", { team, reason: "An intruder is in" }, cleo);
  await world.mailbox(ana).expectPage();
  await world.advance(2);
  await act("join-team", {}, ana);
  await act("declare-restored", {}, cleo);
  const part = await replayed({ schedule: turnsOf([ben.id, ana.id]) });
  const found = part.differences.find((one: Json) => one.team !== null);
  assert.deepEqual(
    [found.team, found.escalation, found.kind, found.before.person, found.after.person, found.because],
    ["CSIRT", null, "someone-else", ana.id, ben.id, "turn"],
  );
  await world.settle();
  world.post.letters.splice(0);
});
