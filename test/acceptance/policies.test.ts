/** Escalation policies on real PostgreSQL, from what an administrator saves to whom it calls. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeRota, type Rota, recordOf } from "./rota.ts";
import { type Json, pagerDutyEvent, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let rota: Rota;
let policy: Json;

const nobody = "00000000-0000-4000-8000-000000000000";
const everyDay = [1, 2, 3, 4, 5, 6, 7];

const change = (body: object) => world.api("PATCH", `/api/v1/escalation-policies/${policy.id}`, body);
const person = (id: string, when?: object) => ({
  targets: [{ kind: "person", id }],
  timeoutMinutes: 5,
  ...(when && { when }),
});

async function save(body: object): Promise<void> {
  const answer = await change(body);
  assert.equal(answer.status, 200, answer.text);
}

async function trigger(dedupKey: string, severity = "critical"): Promise<string> {
  const payload = { summary: dedupKey, source: dedupKey, severity };
  await world.knock("/v2/enqueue", pagerDutyEvent(rota.key, dedupKey, { payload }));
  const { body } = await world.api("GET", "/api/v1/incidents?limit=1");
  return body.data[0].id;
}

async function end(id: string): Promise<void> {
  await world.api("POST", `/api/v1/incidents/${id}/dismiss`, { reason: "a trial" });
  await world.settle();
}

const skippedIn = async (id: string): Promise<unknown[]> =>
  (await recordOf(world, id)).flatMap(({ type, data }) =>
    type === "paging.skipped" ? [[data?.step, data?.unmet]] : [],
  );

before(async () => {
  world = await startWorld({ shared: true });
  rota = await makeRota(world);
  policy = (await world.api("GET", "/api/v1/escalation-policies")).body.data[0];
});

test("a policy that was saved before it could have conditions is read, in the zone of the desk", async () => {
  await world.query(`update escalation_policies set zone = null where id = '${policy.id}'`);
  const { body } = await world.api("GET", `/api/v1/escalation-policies/${policy.id}`);
  const settings = (await world.api("GET", "/api/v1/settings")).body;
  assert.equal(body.zone, settings.zone);
  assert.ok(body.steps.every((step: Json) => step.when === undefined));
});

test("a step for the most pressing is passed over for the rest, and the record says why", async () => {
  const { ana, cleo } = rota;
  await save({ steps: [person(ana.id, { priorities: [1, 2] }), person(cleo.id)] });
  const low = await trigger("low", "info");
  await world.mailbox(cleo).expectPage();
  await world.mailbox(ana).expectNothing();
  assert.deepEqual(await skippedIn(low), [[0, ["priority"]]]);
  await end(low);
  const pressing = await trigger("pressing");
  await world.mailbox(ana).expectPage();
  await world.mailbox(cleo).expectNothing();
  assert.deepEqual(await skippedIn(pressing), []);
  await end(pressing);
});

test("hours are those of the policy's own zone, at the very minute at which the step begins", async () => {
  const { ana, cleo } = rota;
  const here = new Date(world.desk.clock.now());
  const hourIn = (zone: string): number =>
    Number(new Intl.DateTimeFormat("en", { hour: "2-digit", hourCycle: "h23", timeZone: zone }).format(here));
  const two = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;
  const now = hourIn("Asia/Tokyo");
  const hours = { openings: [{ days: everyDay, from: two(now), until: now === 23 ? "24:00" : two(now + 1) }] };
  await save({ zone: "Asia/Tokyo", steps: [person(ana.id, { hours }), person(cleo.id)] });
  await end(await trigger("tokyo"));
  await world.mailbox(ana).expectPage();
  await world.mailbox(cleo).expectNothing();
  await save({ zone: "America/Montreal" });
  const elsewhere = await trigger("montreal");
  await world.mailbox(cleo).expectPage();
  assert.deepEqual(await skippedIn(elsewhere), [[0, ["hours"]]]);
  await end(elsewhere);
});

test("a policy whose conditions no step meets calls the administrators, and the proof says so before", async () => {
  const { cleo, service } = rota;
  const steps = [person(cleo.id, { categories: ["major"] })];
  const { body: proof } = await world.api("POST", "/api/v1/reach/proof", {
    weeks: 1,
    change: { policy: { id: policy.id, steps } },
  });
  assert.deepEqual(
    proof.opened.map((one: Json) => [one.service, one.urgency, one.sort]),
    ["high", "low"].map((urgency) => [
      service,
      urgency,
      { priorities: urgency === "high" ? [1, 2] : [3, 4, 5], categories: [] },
    ]),
  );
  const [hole] = proof.subjects.find((one: Json) => one.service === service && one.sort.categories.length === 0).holes;
  assert.deepEqual(hole.because, [{ step: 0, target: "", reason: "not-category" }]);
  await save({ steps });
  const id = await trigger("no category");
  await world.mailbox(world.admin).expectPage();
  await world.mailbox(cleo).expectNothing();
  const { body: doctor } = await world.api("GET", "/api/v1/doctor");
  assert.equal(doctor.checks.find((one: Json) => one.id === "fallback")?.because, "by-condition");
  await end(id);
});

test("a function is called as a whole, and one that does not exist is refused", async () => {
  const { ana, cleo } = rota;
  const made = await world.api("POST", "/api/v1/functions", {
    nameFr: "Paie",
    nameEn: "Pay",
    members: [ana.id, cleo.id],
  });
  const calling = (id: string) => ({ steps: [{ targets: [{ kind: "function", id }], timeoutMinutes: 5 }] });
  await save(calling(made.body.id));
  const id = await trigger("function");
  for (const one of [ana, cleo]) await world.mailbox(one).expectPage();
  const pages = (await recordOf(world, id)).filter(({ type }) => type === "page.requested");
  assert.deepEqual(new Set(pages.map(({ data }) => (data as Json).why.reason)), new Set(["function-member"]));
  await end(id);
  const refused = await change(calling(nobody));
  assert.deepEqual(
    [refused.status, refused.body.code, refused.body.errors[0].pointer],
    [422, "function-unknown", "/steps/0/targets/0/id"],
  );
});

test("a call under way goes on by the policy as it was", async () => {
  const { ana, cleo } = rota;
  await save({ steps: [person(ana.id), person(cleo.id)] });
  const id = await trigger("frozen");
  await world.mailbox(ana).expectPage();
  await save({ steps: [person(ana.id), person(cleo.id, { priorities: [5] })] });
  await world.advance(5.1);
  await world.mailbox(cleo).expectPage();
  await end(id);
});

test("what a condition names must exist, and half a condition is refused field by field", async () => {
  const { ana } = rota;
  const refused = async (when: object, code: string, field?: [string, string]) => {
    const answer = await change({ steps: [person(ana.id, when)] });
    assert.deepEqual([answer.status, answer.body.code], [422, code], answer.text);
    if (field) {
      const [{ pointer, code: of, detail }] = answer.body.errors;
      assert.deepEqual([pointer, of], field);
      assert.ok(detail.length > 0);
    }
  };
  await refused({ categories: ["nothing"] }, "category-unknown", ["/steps/0/when/categories/0", "category-unknown"]);
  await refused({ services: [nobody] }, "service-unknown", ["/steps/0/when/services/0", "service-unknown"]);
  await refused({}, "invalid-body", ["/steps/0/when", "no-condition"]);
  await refused({ priorities: [6] }, "invalid-body");
  await refused({ priorities: [] }, "invalid-body", ["/steps/0/when/priorities", "out-of-range"]);
  await refused({ hours: { openings: [{ days: [8], from: "09:00", until: "25:00" }] } }, "invalid-body");
  const many = ["a", "b", "c", "d"].map((each) => person(ana.id, { categories: [`${each}-1`, `${each}-2`] }));
  const answer = await change({ steps: many });
  assert.deepEqual(
    [answer.body.code, answer.body.errors[0].code],
    ["invalid-body", "too-many-categories"],
    answer.text,
  );
  const zone = await change({ zone: "Mars/Olympus" });
  assert.deepEqual([zone.status, zone.body.errors?.[0]?.pointer], [422, "/zone"]);
});
