/** The security team at night, on a real desk: a restricted incident, its team activated, too few who answer, a deputy, the quorum, and
 *  everybody sent home. Whoever is outside finds nothing all along. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeRota, type Rota, recordOf } from "./rota.ts";
import { type Answer, type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let rota: Rota;
let gil: Someone;
let hal: Someone;
let ida: Someone;
let dee: Someone;
let stranger: Someone;
let csirt: string;
let nights: string;

const form = { "content-type": "application/x-www-form-urlencoded" };
const words = (fr: string, en: string) => ({ fr, en });

before(async () => {
  world = await startWorld();
  rota = await makeRota(world);
  [gil, hal, ida, dee] = [
    await world.person("Gil Sec", 4),
    await world.person("Hal Sec", 2),
    await world.person("Ida Sec", 3),
    await world.person("Dee Puty", 4),
  ];
  stranger = await world.person("Max Admin", 5, { admin: true });
  csirt = done(await world.api("POST", "/api/v1/teams", { name: "CSIRT", members: [gil.id, hal.id] })).id;
  nights = done(await world.api("POST", "/api/v1/schedules", { name: "CSIRT nights", layers: [layerOf(hal)] })).id;
});

const layerOf = ({ id }: Someone) => ({
  rotation: {
    ...{ kind: "weekly", zone: "UTC", handoverTime: "00:00", lengthWeeks: 1, participants: [id] },
    startDate: new Date(world.desk.clock.now() - 2 * 86_400_000).toISOString().slice(0, 10),
  },
});
const done = (answer: Answer): Json => {
  assert.ok(answer.status < 300, answer.text);
  return answer.body;
};
const readinessOf = async (): Promise<Json> => done(await world.api("GET", `/api/v1/teams/${csirt}/readiness`));
const mandate = () => ({
  mandate: words("Contenir et enquêter", "Contain and investigate"),
  roles: [
    { id: "lead", words: words("Responsable", "Lead"), count: 1, level: 4, required: true },
    { id: "analyst", words: words("Analyste", "Analyst"), count: 2 },
  ],
  ...{ people: 2, minutes: 20, rota: { kind: "schedule", id: nights }, deputy: dee.id, contact: "Room 4" },
});
const act = (id: string, name: string, body: object, { token }: Someone) =>
  world.api("POST", `/api/v1/incidents/${id}/${name}`, body, { token });
const teamsOf = async (id: string): Promise<Json[]> =>
  done(await world.api("GET", `/api/v1/incidents/${id}/teams`, undefined, { token: rota.cleo.token })).data;
const outside = async (id: string): Promise<void> => {
  for (const who of [stranger, ida, rota.ben]) {
    for (const path of ["", "/teams"])
      assert.equal(
        (await world.api("GET", `/api/v1/incidents/${id}${path}`, undefined, { token: who.token })).status,
        404,
      );
    assert.equal((await act(id, "join-team", {}, who)).status, 404);
  }
};

test("its mandate is written by level 5, and by nobody else", async () => {
  const write = (who: Someone, charter: object | null) =>
    world.api("PATCH", `/api/v1/teams/${csirt}/mandate`, { charter }, { token: who.token });
  assert.equal((await write(rota.cleo, mandate())).body.code, "level-five-needed");
  assert.equal((await write(stranger, { ...mandate(), deputy: csirt })).body.code, "deputy-unknown");
  const written = done(await write(stranger, mandate()));
  assert.deepEqual([written.charter.people, written.charter.roles[1].required], [2, false]);
  const { data } = done(await world.api("GET", "/api/v1/team-readiness"));
  const kinds = data[0].findings.map(({ kind }: Json) => kind);
  assert.deepEqual([data.length, data[0].charter.contact, kinds], [1, "Room 4", ["never-exercised"]]);
});

test("called at night, too few come: the deputy is called, the quorum is met late, everybody is sent home", async () => {
  const { id } = done(
    await world.api(
      "POST",
      "/api/v1/incidents",
      { title: "Odd logins at night", service: rota.service },
      { token: rota.cleo.token },
    ),
  );
  done(await act(id, "accept", {}, rota.cleo));
  done(await act(id, "categorise", { categories: ["security"] }, rota.cleo));
  await outside(id);
  done(await act(id, "activate-team", { team: csirt, reason: "An intruder is in" }, rota.cleo));
  await world.settle();
  await outside(id);
  const { ack, text } = await world.mailbox(hal).expectPage();
  assert.match(text, /Contain and investigate/);
  await world.mailbox(gil).expectNothing();
  assert.equal((await world.api("GET", `/api/v1/incidents/${id}`, undefined, { token: gil.token })).status, 404);

  const page = await world.api("GET", ack, undefined, { token: null });
  assert.match(page.text, /value="decline"/, "whoever cannot come can say so");

  const joined = await world.api("POST", ack, "action=escalation", { token: null, headers: form });
  assert.equal(joined.status, 200, joined.text);
  await world.settle();
  const [half] = await teamsOf(id);
  assert.deepEqual(
    [half.quorum, half.members.map((one: Json) => [one.name, one.role])],
    [{ met: false, people: 1, needed: 2, roles: ["lead"] }, [["Hal Sec", "analyst"]]],
  );
  await world.advance(21);
  const [missed] = await teamsOf(id);
  assert.deepEqual([typeof missed.missedAt, missed.metAt], ["string", null]);
  const news = await world.mailbox(rota.cleo).expectNotice();
  assert.match(news.text, /CSIRT has not its quorum/);
  const called = await world.mailbox(dee).expectPage();
  assert.match(called.text, /CSIRT – Contain and investigate/);
  done(await act(id, "acknowledge-escalation", {}, dee));
  await world.settle();
  const [met] = await teamsOf(id);
  assert.deepEqual([met.quorum.met, met.paging.status], [true, "stopped"]);
  await outside(id);

  assert.equal((await act(id, "stand-down-team", {}, rota.cleo)).body.code, "invalid-body");
  done(await act(id, "stand-down-team", { reason: "The intruder is out" }, rota.cleo));
  await world.settle();
  assert.match((await world.mailbox(hal).expectNotice()).text, /CSIRT is stood down/);
  assert.match((await world.mailbox(dee).expectNotice()).text, /The intruder is out/);
  await world.advance(120);
  const { entries } = done(
    await world.api("GET", `/api/v1/incidents/${id}/export`, undefined, { token: rota.cleo.token }),
  );
  const of = entries.map(({ type }: Json) => type).filter((type: string) => type.startsWith("team."));
  assert.deepEqual(of, [
    "team.activated",
    "team.joined",
    "team.quorum-missed",
    "team.joined",
    "team.quorum-met",
    "team.stood-down",
  ]);
  await outside(id);
});

test("its readiness: who is missing, what is not covered, and when it was last tried", async () => {
  const before = await readinessOf();
  assert.equal(before.activated, null, "of an incident that the administrator may not see");
  const on = "2026-01-05";
  const note = (who: Someone, body: object) =>
    world.api("POST", `/api/v1/teams/${csirt}/exercises`, body, { token: who.token });
  assert.equal((await note(hal, { on, what: "A table-top" })).body.code, "exercise-level-needed");
  assert.equal((await note(gil, { on: "2999-01-05", what: "A table-top" })).body.code, "occurred-in-future");
  const noted = done(await note(gil, { on, what: "A table-top" }));
  assert.deepEqual(
    noted.exercises.map((one: Json) => [one.on, one.what, one.by.name]),
    [[on, "A table-top", "Gil Sec"]],
  );
  await world.api("PATCH", `/api/v1/people/${gil.id}`, { active: false });
  const after = await readinessOf();
  assert.deepEqual(
    after.findings.slice(0, 2).map((one: Json) => [one.kind, one.needed, one.able]),
    [
      ["vacancy", 1, 0],
      ["too-few-members", 2, 1],
    ],
  );
});

test("whoever cannot come says so by the link of the call, and joins nothing; the same of an escalation", async () => {
  const { id } = done(await world.api("POST", "/api/v1/incidents", { title: "Odd mail" }, { token: rota.cleo.token }));
  done(await act(id, "accept", {}, rota.cleo));
  done(await act(id, "activate-team", { team: csirt, reason: "Who sent it?" }, rota.cleo));
  await world.settle();
  const { ack } = await world.mailbox(hal).expectPage();
  const decline = "action=decline&reason=Already+elsewhere";
  const declined = await world.api("POST", ack, decline, { token: null, headers: form });
  assert.equal(declined.status, 200, declined.text);
  assert.match(declined.text, /Passed on/);
  assert.deepEqual((await teamsOf(id))[0].members, []);

  const asked = { kind: "functional", to: ida.id, expected: "Read the headers" };
  done(await act(id, "escalate", { ...asked, reason: "Beyond us" }, rota.cleo));
  await world.settle();
  const call = await world.mailbox(ida).expectPage();
  const passed = await world.api("POST", call.ack, decline, { token: null, headers: form });
  assert.match(passed.text, /Passed on/);
  const { escalations } = done(
    await world.api("GET", `/api/v1/incidents/${id}`, undefined, { token: rota.cleo.token }),
  );
  assert.deepEqual(
    escalations.map(({ status, holder }: Json) => [status, holder]),
    [["requested", null]],
  );
  const left = (await recordOf(world, id)).find(({ type }) => type === "team.left");
  assert.deepEqual([left?.data?.name, left?.data?.was, left?.reason], ["Hal Sec", "called", "Already elsewhere"]);
});
