/** What an incident hurts, over HTTP, in virtual time: services and those that depend on them, the curve of each domain, vital
 *  functions that raise the impact and how long they may be out. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { tocsin } from "../../cli/trial.ts";
import { incidentDecider } from "../../core/incidents/decide.ts";
import type { IncidentFact } from "../../core/incidents/events.ts";
import { curvesOf } from "../../core/incidents/impact-curve.ts";
import { fold } from "../../core/kernel/decider.ts";
import { minuteMs } from "../../core/kernel/time.ts";
import { type Answer, type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let ana: Someone;
let cleo: Someone;
let zoe: Someone;
const services: Record<string, string> = {};
let vital: string;

const made = async (path: string, body: object): Promise<string> => {
  const answer = await world.api("POST", `/api/v1/${path}`, body);
  assert.equal(answer.status, 201, answer.text);
  return answer.body.id;
};
const named = (text: string) => ({ nameFr: text, nameEn: text });
const ask = (who: Someone, id: string, command: string, body: object): Promise<Answer> =>
  world.api("POST", `/api/v1/incidents/${id}/impact/${command}`, body, { token: who.token });
async function done(id: string, command: string, body: object, who = cleo): Promise<Json> {
  const answer = await ask(who, id, command, body);
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}
const read = async (id: string, who = cleo): Promise<Answer> =>
  world.api("GET", `/api/v1/incidents/${id}/impact`, undefined, { token: who.token });
const incident = async (id: string): Promise<Json> =>
  (await world.api("GET", `/api/v1/incidents/${id}`, undefined, { token: cleo.token })).body;
const open = async (title: string, more: object = {}): Promise<string> =>
  (await world.api("POST", "/api/v1/incidents", { title, ...more }, { token: cleo.token })).body.id;
const timeline = async (id: string): Promise<Json[]> =>
  (await world.api("GET", `/api/v1/incidents/${id}/timeline`, undefined, { token: cleo.token })).body.data;

before(async () => {
  world = await startWorld({ mail: false });
  ana = await world.person("Ana Two", 2);
  cleo = await world.person("Cleo Four", 4);
  zoe = await world.person("Zoe Five", 5);
  vital = await made("vital-functions", { ...named("Paying"), criticality: "high", tolerableMinutes: 100 });
  services.servers = await made("services", named("Servers"));
  const needs = (on: string | undefined, kind = "needs") => ({ on, kind });
  services.mail = await made("services", { ...named("Mail"), dependsOn: [needs(services.servers)] });
  services.payroll = await made("services", {
    ...named("Payroll"),
    vital: [vital],
    dependsOn: [needs(services.servers), needs(services.mail, "degraded-without")],
  });
});

test("a service says what it depends on; a circle is no trouble", async () => {
  const { payroll, servers, mail } = services;
  const shown = (await world.api("GET", `/api/v1/services/${payroll}`)).body;
  assert.deepEqual(shown.dependsOn, [
    { on: mail, kind: "degraded-without" },
    { on: servers, kind: "needs" },
  ]);
  const circle = { dependsOn: [{ on: payroll, kind: "degraded-without" }] };
  assert.equal((await world.api("PATCH", `/api/v1/services/${servers}`, circle)).status, 200);
  const id = await open("Round and round", { service: servers });
  const { proposed } = (await read(id)).body;
  assert.deepEqual(
    proposed.map((one: Json) => [one.service.id, one.harm, one.depth]),
    [
      [mail, "down", 1],
      [payroll, "down", 1],
    ],
  );
  assert.equal((await world.api("PATCH", `/api/v1/services/${servers}`, { dependsOn: [] })).status, 200);
  const unknown = { dependsOn: [{ on: "00000000-0000-4000-8000-000000000000", kind: "needs" }] };
  const refused = (await world.api("PATCH", `/api/v1/services/${mail}`, unknown)).body;
  assert.deepEqual([refused.code, refused.errors[0].pointer], ["service-unknown", "/dependsOn/0/on"]);
});

test("what depends on an affected service is proposed, and confirmed or ruled out by a person", async () => {
  const { payroll, servers, mail } = services;
  const id = await open("Disk full", { service: servers });
  const first = (await read(id)).body;
  assert.deepEqual([first.main.said, first.affected, first.proposed.length], [false, [], 2]);
  const said = await done(id, "state-affected", { service: servers, status: "degraded" }, ana);
  assert.deepEqual(
    said.proposed.map((one: Json) => [one.service.id, one.harm, one.through.id]),
    [
      [mail, "degraded", servers],
      [payroll, "degraded", servers],
    ],
  );
  assert.deepEqual(
    said.proposed[1].vital.map((one: Json) => one.id),
    [vital],
  );
  assert.equal((await ask(ana, id, "rule-out-affected", { service: mail })).body.code, "level-too-low");
  const out = await done(id, "rule-out-affected", { service: mail, note: "Other disks" });
  assert.deepEqual([out.proposed.length, out.ruledOut[0].service.id], [1, mail]);
  const confirmed = await done(id, "state-affected", { service: payroll, status: "degraded" });
  assert.deepEqual([confirmed.proposed, confirmed.affected.length], [[], 2]);
  const entry = (await timeline(id)).find(({ type, data }) => type === "affected.stated" && data.service === payroll);
  assert.equal(entry?.data.through.service, servers);
});

test("the main service ruled out is said, and passes nothing on", async () => {
  const { servers } = services;
  const id = await open("Not the servers", { service: servers });
  const out = await done(id, "rule-out-affected", { service: servers });
  assert.deepEqual([out.main.said, out.proposed, out.ruledOut[0].service.id], [true, [], servers]);
});

test("the curve of a domain is rebuilt from the record; late entries take their place, and restoration ends it", async () => {
  const id = await open("Counter closed");
  await world.advance(60);
  const now = Date.parse((await read(id)).body.until);
  const ago = (minutes: number) => new Date(now - minutes * minuteMs).toISOString();
  const measured = { domain: "customers", magnitude: "high", people: 100 };
  await done(id, "measure-impact", { ...measured, occurredAt: ago(30) });
  const late = await done(id, "measure-impact", { ...measured, magnitude: "low", people: 20, occurredAt: ago(50) });
  assert.equal(late.domains[0].observations[0].late, true);
  await world.advance(30);
  const restored = await world.api("POST", `/api/v1/incidents/${id}/declare-restored`, {}, { token: cleo.token });
  assert.equal(restored.status, 200, restored.text);
  const { domains, until } = (await read(id)).body;
  const [curve] = domains;
  assert.deepEqual(
    curve.steps.map((one: Json) => [one.magnitude, one.because]),
    [
      ["low", "observed"],
      ["high", "observed"],
      ["none", "restored"],
    ],
  );
  assert.deepEqual([curve.peak, curve.now, curve.minutesAt.low, curve.minutesAt.high], ["high", "none", 20, 60]);
  /* A hundred people for as long as the asking itself takes. */
  const more = curve.personMinutes - (20 * 20 + 100 * 60);
  assert.ok(more >= 0 && more <= 50, `${more}`);
  const facts = (await timeline(id)).map(
    ({ type, data, at, recordedAt, actor, reason }) =>
      ({
        type,
        data,
        stamp: {
          occurredAt: Date.parse(at),
          recordedAt: Date.parse(recordedAt),
          ...{ actor, level: null, role: null, onBehalfOf: null, derogation: null, reason },
          cause: { kind: "test" },
        },
      }) as unknown as IncidentFact,
  );
  const again = curvesOf(fold(incidentDecider.evolve, incidentDecider.initial, facts), Date.parse(until));
  assert.deepEqual(
    again[0]?.steps.map((one) => [one.magnitude, new Date(one.from).toISOString(), new Date(one.until).toISOString()]),
    curve.steps.map((one: Json) => [
      one.magnitude,
      new Date(one.from).toISOString(),
      new Date(one.until).toISOString(),
    ]),
  );
});

test("a service that supports a vital function raises the impact that is proposed, and its outage is a clock that warns", async () => {
  const { payroll } = services;
  const id = await open("Pay slips", { impact: 4, urgency: 2 });
  assert.equal((await incident(id)).impact, 4);
  const hit = await done(id, "state-affected", { service: payroll, status: "down" });
  assert.deepEqual([hit.floor.impact, hit.floor.because, hit.floor.met], [2, "hit", true]);
  const raised = await incident(id);
  assert.deepEqual([raised.impact, raised.priority, raised.priorityReasons], [2, 2, ["vital-function"]]);
  assert.deepEqual([hit.functions[0].status, hit.functions[0].tolerableMinutes], ["out", 100]);
  const said = async () =>
    (await timeline(id))
      .filter(({ type }) => type.startsWith("outage."))
      .map(({ type, data }) => [type, data.share ?? 100]);
  await world.advance(51);
  assert.deepEqual(await said(), [["outage.warned", 50]]);
  await world.advance(50);
  assert.deepEqual(await said(), [
    ["outage.warned", 50],
    ["outage.warned", 75],
    ["outage.warned", 90],
    ["outage.passed", 100],
  ]);
  const passed = (await read(id)).body;
  assert.deepEqual([passed.functions[0].status, passed.floor.because], ["passed", "passed"]);
  const worse = await incident(id);
  assert.deepEqual([worse.impact, worse.priority, worse.major?.status], [1, 1, "proposed"]);
  await done(id, "state-affected", { service: payroll, status: "back" });
  const over = (await read(id)).body;
  assert.deepEqual([over.functions[0].status, over.floor], ["over", null]);
});

test("what is proposed by hand is not below a vital function that is hit, nor one that its own service supports", async () => {
  const propose = async (id: string): Promise<Json> => {
    const lowest = { impact: 4, urgency: 4 };
    await world.api("POST", `/api/v1/incidents/${id}/set-impact-urgency`, lowest, { token: ana.token });
    const { impact, priority, priorityReasons } = await incident(id);
    return [impact, priority, priorityReasons];
  };
  const stated = await open("Pay slips once more");
  assert.deepEqual(await propose(stated), [4, 5, ["set-by-person"]]);
  await done(stated, "state-affected", { service: services.payroll, status: "down" });
  assert.deepEqual(await propose(stated), [2, 3, ["set-by-person", "vital-function"]]);
  await done(stated, "state-affected", { service: services.payroll, status: "back" });
  assert.deepEqual(await propose(stated), [4, 5, ["set-by-person"]], "it is back");
  const own = await open("Pay is slow", { service: services.payroll });
  assert.deepEqual(await propose(own), [2, 3, ["set-by-person", "vital-function"]]);
  await done(own, "rule-out-affected", { service: services.payroll, reason: "Another one" });
  assert.deepEqual(await propose(own), [4, 5, ["set-by-person"]], "it was said not to be affected");
});

test("what a person confirmed stands, and is said to be below the floor", async () => {
  const id = await open("Pay slips again");
  const confirm = { impact: 4, urgency: 4 };
  await world.api("POST", `/api/v1/incidents/${id}/confirm-priority`, confirm, { token: cleo.token });
  const hit = await done(id, "state-affected", { service: services.payroll, status: "degraded" });
  assert.equal(hit.floor.met, false);
  assert.equal((await incident(id)).impact, 4);
});

test("a retired function counts for nothing, and keeps its services when it comes back", async () => {
  const path = `/api/v1/vital-functions/${vital}`;
  assert.equal((await world.api("PATCH", path, { retired: true })).body.retired, true);
  const id = await open("Retired", { impact: 4, urgency: 4 });
  const hit = await done(id, "state-affected", { service: services.payroll, status: "down" });
  assert.deepEqual([hit.functions, hit.floor], [[], null]);
  await world.api("PATCH", `/api/v1/services/${services.payroll}`, { vital: [] });
  assert.equal((await world.api("PATCH", path, { retired: false, tolerableMinutes: 30 })).status, 200);
  const shown = (await world.api("GET", `/api/v1/services/${services.payroll}`)).body;
  assert.deepEqual(shown.vital, [vital]);
});

test("whoever a restricted incident does not admit finds none of it", async () => {
  const id = await open("Secret", { service: services.payroll });
  const reason = "Need to know";
  const restrict = await world.api("POST", `/api/v1/incidents/${id}/restrict`, { reason }, { token: cleo.token });
  assert.equal(restrict.status, 200, restrict.text);
  assert.equal((await read(id)).status, 200);
  assert.equal((await read(id, zoe)).body.code, "incident-unknown");
  const low = { domain: "customers", magnitude: "low" };
  assert.equal((await ask(zoe, id, "measure-impact", low)).body.code, "incident-unknown");
  const now = `/api/v1/incidents?open=true&service=${services.payroll}`;
  const list = async (who: Someone): Promise<string[]> =>
    (await world.api("GET", now, undefined, { token: who.token })).body.data.map((one: Json) => one.id);
  assert.deepEqual([(await list(cleo)).includes(id), (await list(zoe)).includes(id)], [true, false]);
});

test("from the command line: what services need and support, and how long a vital function may be out", async () => {
  const environment = { TOCSIN_URL: await world.listen(), TOCSIN_TOKEN: world.admin.token, LANG: "en_CA.UTF-8" };
  const run = async (...given: string[]): Promise<string> => {
    const { exit, out, said } = await tocsin(given, { environment });
    assert.equal(exit, 0, said);
    return out;
  };
  await made("services", named("Badges"));
  await made("services", named("Doors"));
  const added = ["--criticality", "critical", "--tolerable", "240", "--owner", "Zoe Five"];
  assert.match(await run("vital", "add", "Accès", "Entry", ...added), /Entry +critical +240 min/);
  assert.match(await run("vital", "change", "entry", "--tolerable", "60"), /Entry +critical +60 min/);
  const { data } = (await world.api("GET", "/api/v1/vital-functions")).body;
  assert.equal(data.find(({ nameEn }: Json) => nameEn === "Entry").owner, zoe.id);
  assert.match(await run("service", "needs", "Doors", "Badges"), /Doors +Badges/);
  assert.match(await run("service", "supports", "Doors", "Entry"), /Doors +Badges +Entry/);
  await run("service", "needs", "Doors", "Badges", "--degraded");
  const kinds = async () =>
    (await world.api("GET", "/api/v1/services")).body.data
      .find(({ nameEn }: Json) => nameEn === "Doors")
      .dependsOn.map(({ kind }: Json) => kind);
  assert.deepEqual(await kinds(), ["degraded-without"], "said anew, it is not said twice");
  await run("service", "needs", "Doors", "Badges", "--no-more");
  assert.deepEqual(await kinds(), []);
  assert.match(await run("vital", "retire", "Entry"), /Entry \(retired\)/);
  assert.doesNotMatch(await run("vital", "restore", "Entry"), /Entry \(retired\)/);
  const unknown = await tocsin(["service", "needs", "Doors", "Windows"], { environment });
  assert.notEqual(unknown.exit, 0);
  const member = { ...environment, TOCSIN_TOKEN: ana.token };
  assert.notEqual((await tocsin(["vital", "retire", "Entry"], { environment: member })).exit, 0, "an administrator's");
});
