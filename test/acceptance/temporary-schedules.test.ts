/** A schedule with a name of its own that stands in for another for a time, on real PostgreSQL: paging, the final schedule, who is
 *  on call and the proof of reach follow it, and go back when its time is over. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { recordOf } from "./rota.ts";
import { type Json, pagerDutyEvent, startWorld, type TestWorld } from "./world.ts";

const hour = 3_600_000;

async function prepare(world: TestWorld) {
  const iso = (hours: number): string => new Date(world.desk.clock.now() + hours * hour).toISOString();
  const api = async (method: "GET" | "POST" | "PATCH", path: string, body?: object): Promise<Json> => {
    const answer = await world.api(method, `/api/v1/${path}`, body);
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`);
    return answer.body;
  };
  const layers = (person: string) => [
    {
      rotation: {
        kind: "weekly",
        zone: "UTC",
        startDate: iso(-48).slice(0, 10),
        handoverTime: "00:00",
        participants: [person],
      },
    },
  ];
  const [ana, ben] = [await world.person("Ana Roy", 3), await world.person("Ben Ito", 3)];
  const usual = (await api("POST", "schedules", { name: "Usual", layers: layers(ana.id) })).id;
  const steps = [{ targets: [{ kind: "schedule", id: usual }], timeoutMinutes: 5 }];
  const policy = (await api("POST", "escalation-policies", { name: "Standard", steps })).id;
  const service = (await api("POST", "services", { nameFr: "Paie", nameEn: "Payroll", policy })).id;
  const { key } = await world.integration("pagerduty", { service });
  let events = 0;
  const called = async (): Promise<string | undefined> => {
    events += 1;
    await world.knock("/v2/enqueue", pagerDutyEvent(key, `disk-${events}`));
    await world.settle();
    const { data } = await api("GET", "incidents?limit=1");
    const page = (await recordOf(world, data[0].id)).find((entry) => entry.type === "page.requested");
    await world.knock("/v2/enqueue", pagerDutyEvent(key, `disk-${events}`, { event_action: "resolve" }));
    return page?.data?.personId as string | undefined;
  };
  const onCallAt = async (hours: number): Promise<Json[]> => (await api("GET", `on-call?at=${iso(hours)}`)).data;
  return { iso, api, layers, ana, ben, usual, called, onCallAt };
}

test("a temporary schedule has the time of another, is called in it, and gives it back", async () => {
  const world = await startWorld();
  const { iso, api, layers, ana, ben, usual, called, onCallAt } = await prepare(world);
  const standsIn = { for: usual, from: iso(2), until: iso(6) };
  const summer = await api("POST", "schedules", { name: "Summer", layers: layers(ben.id), standsIn });
  assert.deepEqual(summer.standsIn, standsIn);
  const view = await api("GET", `schedules/${usual}`);
  assert.deepEqual(
    view.standIns.map((one: Json) => [one.id, one.name, one.from, one.until]),
    [[summer.id, "Summer", standsIn.from, standsIn.until]],
  );
  assert.equal(await called(), ana.id);
  const then = await onCallAt(3);
  assert.deepEqual(
    then.map((one) => [one.schedule.id, one.now.person]),
    [[usual, ben.id]],
    "it is nobody's schedule but the one whose place it takes",
  );
  const { spans } = await api("GET", `schedules/${usual}/final?from=${iso(0)}&until=${iso(8)}`);
  assert.deepEqual(
    spans.map((one: Json) => one.person),
    [ana.id, ben.id, ana.id],
  );
  await world.advance(180);
  assert.equal(await called(), ben.id);
  await world.advance(240);
  assert.equal(await called(), ana.id);

  /* Ended before its time, it is an ordinary schedule again. */
  await api("PATCH", `schedules/${summer.id}`, { standsIn: { ...standsIn, until: iso(10) } });
  assert.equal(await called(), ben.id);
  await api("PATCH", `schedules/${summer.id}`, { standsIn: null });
  assert.equal(await called(), ana.id);
  assert.equal((await onCallAt(0)).length, 2);
  await world.stop({ letters: true });
});

test("it stands in neither for itself, nor for a temporary one, nor beside another; of two at once, one is refused", async () => {
  const world = await startWorld();
  const { iso, api, layers, ben, usual } = await prepare(world);
  const standsIn = { for: usual, from: iso(2), until: iso(6) };
  const body = (name: string, more: object = {}) => ({
    name,
    layers: layers(ben.id),
    standsIn: { ...standsIn, ...more },
  });
  const both = await Promise.all([1, 2].map((n) => world.api("POST", "/api/v1/schedules", body(`Summer ${n}`))));
  assert.deepEqual(both.map(({ status }) => status).sort(), [201, 409]);
  const summer = both.find(({ status }) => status === 201)?.body.id;
  const refused: readonly [string, object, string][] = [
    ["itself", { standsIn: { ...standsIn, for: summer } }, "cannot-stand-in"],
    ["another temporary one", body("X", { for: summer }), "cannot-stand-in"],
    ["nobody's", body("X", { for: "00000000-0000-4000-8000-000000000000" }), "schedule-unknown"],
  ];
  for (const [what, sent, code] of refused) {
    const answer =
      what === "itself"
        ? await world.api("PATCH", `/api/v1/schedules/${summer}`, sent)
        : await world.api("POST", "/api/v1/schedules", sent);
    assert.equal(answer.body.code, code, `${what}: ${answer.text}`);
  }
  const reversed = await world.api("POST", "/api/v1/schedules", body("X", { until: iso(1) }));
  assert.equal(reversed.body.errors[0].code, "ends-before-it-begins");
  assert.equal((await api("GET", "schedules")).data.length, 2);
  await world.stop();
});

test("the proof of reach and a change that is only tried see it too", async () => {
  const world = await startWorld();
  const { iso, api, layers, ben, usual } = await prepare(world);
  const standsIn = { for: usual, from: iso(24), until: iso(48) };
  const { id } = await api("POST", "schedules", { name: "Summer", layers: layers(ben.id), standsIn });
  const hours = async (change?: object): Promise<number> => {
    const { subjects } = await api("POST", "reach/proof", { weeks: 1, withinMinutes: 1, ...(change && { change }) });
    return subjects.find((one: Json) => one.service !== null).holeHours;
  };
  assert.equal(await hours(), 0);
  const [layer] = layers(ben.id);
  const nobody = [{ rotation: { ...layer?.rotation, participants: [null] } }];
  assert.equal(await hours({ schedule: { id, layers: nobody, declaredGaps: [] } }), 24);
  await api("PATCH", `people/${ben.id}`, { active: false });
  assert.equal(await hours(), 24);
  await world.stop();
});
