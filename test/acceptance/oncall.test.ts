/** Schedules of layers on real PostgreSQL: what is put over them, who is away and who is covered is what pages follow, at
 *  once and in every place that says who is on call. */
import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { recordOf } from "./rota.ts";
import { type Json, pagerDutyEvent, type Someone, startWorld, type TestWorld } from "./world.ts";

const hour = 3_600_000;
let world: TestWorld;
let ana: Someone;
let ben: Someone;
let cleo: Someone;
let schedule: string;
let key: string;
let events = 0;

const iso = (hours: number): string => new Date(world.desk.clock.now() + hours * hour).toISOString();
const span = (from: number, until: number) => ({ from: iso(from), until: iso(until) });
const api = async (method: "GET" | "POST" | "PATCH" | "DELETE", path: string, body?: object, as?: Someone) => {
  const answer = await world.api(method, `/api/v1/${path}`, body, as ? { token: as.token } : {});
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`);
  return answer.body;
};
const status = async (method: "POST" | "DELETE" | "PATCH", path: string, body?: object, as?: Someone) => {
  const answer = await world.api(method, `/api/v1/${path}`, body, as ? { token: as.token } : {});
  return [answer.status, answer.body?.code];
};
const onCallNow = async (at?: string): Promise<string | null> => {
  const { data } = await api("GET", `on-call${at === undefined ? "" : `?at=${at}`}`);
  return data.find((one: Json) => one.schedule.id === schedule).now?.person ?? null;
};

/** Whom an event calls first. */
async function called(): Promise<string | null> {
  events += 1;
  const event = pagerDutyEvent(key, `disk-${events}`);
  const { status } = await world.api("POST", "/v2/enqueue", event, { token: null });
  assert.equal(status, 202);
  await world.settle();
  const { data } = await api("GET", "incidents?limit=1");
  const entries = await recordOf(world, data[0].id);
  const page = entries.find((entry) => entry.type === "page.requested");
  return (page?.data?.personId as string | undefined) ?? null;
}

before(async () => {
  world = await startWorld({ shared: true });
  [ana, ben, cleo] = [
    await world.person("Ana Roy", 3),
    await world.person("Ben Ito", 3),
    await world.person("Cleo Diop", 3),
  ];
});

beforeEach(async () => {
  const startDate = iso(-48).slice(0, 10);
  const rotation = (participants: (string | null)[]) => ({
    kind: "weekly",
    zone: "UTC",
    startDate,
    handoverTime: "00:00",
    participants,
  });
  schedule = (
    await api("POST", "schedules", {
      name: "Primary",
      layers: [
        { name: "Team", rotation: rotation([ana.id]) },
        { name: "Behind", rotation: rotation([cleo.id]) },
      ],
    })
  ).id;
  const steps = [{ targets: [{ kind: "schedule", id: schedule }], timeoutMinutes: 5 }];
  const policy = (await api("POST", "escalation-policies", { name: `Policy ${schedule}`, steps })).id;
  const service = (await api("POST", "services", { nameFr: "Paie", nameEn: "Payroll", policy })).id;
  key = (await world.integration("pagerduty", { service })).key;
});

test("an override is called instead, from its first instant to its last, and what is taken back is not", async () => {
  assert.equal(await called(), ana.id);
  const made = await api("POST", `schedules/${schedule}/overrides`, { person: ben.id, ...span(-1, 2) });
  assert.equal(await onCallNow(), ben.id);
  assert.equal(await called(), ben.id);
  assert.equal(await onCallNow(iso(3)), ana.id);
  await api("DELETE", `schedules/${schedule}/overrides/${made.id}`);
  assert.equal(await onCallNow(), ana.id);
  assert.equal(await called(), ana.id);
  const { overrides } = await api("GET", `schedules/${schedule}`);
  assert.equal(overrides.length, 1, "what was held before stays as it was");
  assert.equal(await onCallNow(iso(-0.5)), ben.id);
});

test("one that has not begun leaves nothing when it is taken back", async () => {
  const made = await api("POST", `schedules/${schedule}/overrides`, { person: ben.id, ...span(1, 2) });
  assert.equal(await onCallNow(iso(1.5)), ben.id);
  await api("DELETE", `schedules/${schedule}/overrides/${made.id}`);
  assert.equal(await onCallNow(iso(1.5)), ana.id);
  assert.deepEqual((await api("GET", `schedules/${schedule}`)).overrides, []);
});

test("anybody takes a turn themselves; only an administrator gives it to others, or takes back another's", async () => {
  const own = await api("POST", `schedules/${schedule}/overrides`, { person: ben.id, ...span(0, 1) }, ben);
  assert.deepEqual(await status("POST", `schedules/${schedule}/overrides`, { person: cleo.id, ...span(0, 1) }, ben), [
    403,
    "not-administrator",
  ]);
  assert.deepEqual(await status("DELETE", `schedules/${schedule}/overrides/${own.id}`, undefined, cleo), [
    403,
    "not-administrator",
  ]);
  assert.deepEqual(await status("POST", "absences", { person: ana.id, ...span(0, 1) }, ben), [
    403,
    "not-administrator",
  ]);
});

test("whoever is away is left out of every schedule's layers: the next layer has it", async () => {
  const away = await api("POST", "absences", span(-1, 5), ana);
  assert.equal(away.person, ana.id);
  assert.equal(await called(), cleo.id);
  await api("DELETE", `absences/${away.id}`, undefined, ana);
  assert.equal(await called(), ana.id);
});

test("a cover request is taken by whoever accepts first, and only once", async () => {
  const asked = await api("POST", "cover-requests", { schedule, ...span(1, 3), message: "Dentist" }, ana);
  assert.equal(asked.state, "open");
  const taken = await api("POST", `cover-requests/${asked.id}/accept`, undefined, ben);
  assert.deepEqual([taken.state, taken.acceptedBy], ["accepted", ben.id]);
  assert.equal(await onCallNow(iso(2)), ben.id);
  assert.equal(await onCallNow(iso(0.5)), ana.id);
  assert.deepEqual(await status("POST", `cover-requests/${asked.id}/accept`, undefined, cleo), [409, "cover-settled"]);
  const two = await Promise.all([
    api("POST", "cover-requests", { schedule, ...span(5, 6) }, ana).then(({ id }) => id),
    null,
  ]);
  const answers = await Promise.all([
    status("POST", `cover-requests/${two[0]}/accept`, undefined, ben),
    status("POST", `cover-requests/${two[0]}/accept`, undefined, cleo),
  ]);
  assert.deepEqual(answers.map(([code]) => code).sort(), [200, 409]);
});

test("a swap gives each the other's time", async () => {
  await api("POST", `schedules/${schedule}/overrides`, { person: ben.id, ...span(10, 12) });
  const swap = await api(
    "POST",
    "cover-requests",
    { schedule, ...span(1, 3), asked: ben.id, inReturn: span(10, 12) },
    ana,
  );
  await api("POST", `cover-requests/${swap.id}/accept`, undefined, ben);
  assert.equal(await onCallNow(iso(2)), ben.id);
  assert.equal(await onCallNow(iso(11)), ana.id);
});

test("the final schedule, the hours and who is on call say the same", async () => {
  await api("POST", `schedules/${schedule}/overrides`, { person: ben.id, ...span(2, 6) });
  await api("PATCH", `schedules/${schedule}`, { declaredGaps: [] });
  const window = `from=${encodeURIComponent(iso(0))}&until=${encodeURIComponent(iso(24))}`;
  const { spans, gaps } = await api("GET", `schedules/${schedule}/final?${window}`);
  assert.deepEqual(gaps, []);
  for (const one of spans) {
    const middle = new Date((Date.parse(one.from) + Date.parse(one.until)) / 2).toISOString();
    assert.equal(await onCallNow(middle), one.person);
  }
  const { data: hours } = await api("GET", `schedules/${schedule}/hours?${window}`);
  assert.deepEqual(Object.fromEntries(hours.map((one: Json) => [one.person, one.hours])), {
    [ana.id]: 20,
    [ben.id]: 4,
  });
});

test("a layer keeps its identity when the schedule is changed, and a new one is given its own", async () => {
  const { layers } = await api("GET", `schedules/${schedule}`);
  assert.deepEqual(
    layers.map((one: Json) => one.name),
    ["Team", "Behind"],
  );
  const changed = await api("PATCH", `schedules/${schedule}`, {
    layers: [{ rotation: layers[1].rotation }, ...layers],
  });
  assert.deepEqual(changed.layers.slice(1), layers);
  assert.notEqual(changed.layers[0].id, layers[0].id);
  assert.equal(await called(), cleo.id);
});

test("what no schedule can be is refused by name, and nothing is kept", async () => {
  const before = await api("GET", "schedules");
  const rotation = {
    kind: "daily",
    zone: "UTC",
    startDate: "2026-01-05",
    handoverTime: "09:00",
    participants: [ana.id],
  };
  const bad: readonly [object, string][] = [
    [{ name: "X", layers: [] }, "/layers"],
    [{ name: "X", layers: [{ rotation: { ...rotation, participants: [] } }] }, "/layers/0/rotation/participants"],
    [{ name: "X", layers: [{ rotation: { ...rotation, zone: "Mars/Olympus" } }] }, "/layers/0/rotation/zone"],
    [{ name: "X", layers: [{ rotation: { ...rotation, lengthDays: 0 } }] }, "/layers/0/rotation/lengthDays"],
    [
      {
        name: "X",
        layers: [
          { id: "a", rotation },
          { id: "a", rotation },
        ],
      },
      "/layers",
    ],
    [{ name: "X", layers: [{ rotation }], declaredGaps: [span(2, 1)] }, "/declaredGaps/0"],
  ];
  for (const [body, pointer] of bad) {
    const answer = await world.api("POST", "/api/v1/schedules", body);
    assert.equal(answer.status, 422, answer.text);
    assert.ok(
      answer.body.errors.some((one: Json) => one.pointer.startsWith(pointer)),
      answer.text,
    );
  }
  const reversed = await world.api("POST", `/api/v1/schedules/${schedule}/overrides`, {
    person: ana.id,
    ...span(2, 1),
  });
  assert.deepEqual([reversed.status, reversed.body.errors[0].code], [422, "ends-before-it-begins"]);
  assert.deepEqual(await api("GET", "schedules"), before);
});

test("a person removed while on call is not called: the others of the step, or the administrators, are", async () => {
  const dora = await world.person("Dora Kay", 3);
  await api("POST", `schedules/${schedule}/overrides`, { person: dora.id, ...span(0, 5) });
  await api("PATCH", `people/${dora.id}`, { active: false });
  assert.equal(await called(), world.admin.id);
});
