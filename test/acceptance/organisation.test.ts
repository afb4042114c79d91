/** What the directory holds, one by one: read, changed in its record, refused with its code; and who is on call. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type Answer, type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let ana: Someone;
let ben: Someone;
const ids: Record<string, string> = {};
const nobody = "00000000-0000-4000-8000-000000000000";

const rotation = (participants: readonly (string | null)[]): object => ({
  kind: "weekly",
  zone: "America/Montreal",
  startDate: "2026-10-05",
  handoverTime: "09:00",
  lengthWeeks: 1,
  participants,
});

async function added(path: string, body: object): Promise<string> {
  const answer = await world.api("POST", `/api/v1/${path}`, body);
  assert.equal(answer.status, 201, answer.text);
  return answer.body.id;
}

before(async () => {
  world = await startWorld({ mail: false, shared: true });
  ana = await world.person("Ana Roy", 3);
  ben = await world.person("Ben Carter", 4);
  ids.team = await added("teams", { name: "Network", members: [ana.id] });
  ids.function = await added("functions", { nameFr: "Juridique", nameEn: "Legal", members: [] });
  ids.schedule = await added("schedules", {
    name: "Nights",
    layers: [{ rotation: rotation([ana.id, null]) }],
  });
  ids.policy = await added("escalation-policies", {
    name: "Payroll",
    steps: [{ targets: [{ kind: "schedule", id: ids.schedule }], timeoutMinutes: 5 }],
  });
  ids.vital = await added("vital-functions", { nameFr: "Paie", nameEn: "Payroll" });
  ids.service = await added("services", { nameFr: "Paie", nameEn: "Payroll", owner: ana.id, team: ids.team });
});

type Changed = readonly [path: string, id: () => string, body: () => object, unknown: string];
const changes: readonly Changed[] = [
  ["teams", () => ids.team ?? "", () => ({ name: "Networks", members: [ana.id, ben.id] }), "team-unknown"],
  ["functions", () => ids.function ?? "", () => ({ nameEn: "Counsel", members: [ben.id] }), "function-unknown"],
  [
    "services",
    () => ids.service ?? "",
    () => ({ nameEn: "Wages", owner: null, policy: ids.policy, vital: [ids.vital] }),
    "service-unknown",
  ],
  [
    "schedules",
    () => ids.schedule ?? "",
    () => ({
      name: "Days",
      layers: [{ id: "days", name: "Days", rotation: rotation([ben.id, ana.id]), restriction: null }],
    }),
    "schedule-unknown",
  ],
  [
    "escalation-policies",
    () => ids.policy ?? "",
    () => ({
      name: "Wages",
      repeat: 0,
      default: true,
      steps: [{ targets: [{ kind: "person", id: ben.id }], timeoutMinutes: 7 }],
    }),
    "policy-unknown",
  ],
];

const sorted = (value: Json): Json => (Array.isArray(value) ? value.toSorted() : value);

for (const [path, id, body, unknown] of changes) {
  test(`${path}: what is changed is read back, alone and in the list, with its entry`, async () => {
    const before = (await world.api("GET", `/api/v1/${path}/${id()}`)).body;
    const given = body();
    const changed = await world.api("PATCH", `/api/v1/${path}/${id()}`, given);
    assert.equal(changed.status, 200, changed.text);
    for (const [name, value] of Object.entries(given))
      assert.deepEqual(sorted(changed.body[name]), sorted(value), name);
    for (const name of Object.keys(before))
      if (!(name in given)) assert.deepEqual(changed.body[name], before[name], `${name} stays`);
    const alone = await world.api("GET", `/api/v1/${path}/${id()}`);
    assert.deepEqual(alone.body, changed.body);
    const { data } = (await world.api("GET", `/api/v1/${path}`)).body;
    assert.deepEqual(
      data.find((one: Json) => one.id === id()),
      changed.body,
    );
    const [entry] = await world.query<{ type: string; fields: string[] }>(
      "select type, array(select jsonb_object_keys(data)) as fields from events where stream like $1 order by position desc limit 1",
      [`%/${id()}`],
    );
    assert.match(entry?.type ?? "", /\.changed$/);
    assert.deepEqual(entry?.fields.toSorted(), Object.keys(given).toSorted());
  });

  test(`${path}: a change of nothing leaves no trace, and nobody but an administrator changes`, async () => {
    const entries = async () => (await world.query<{ n: number }>("select count(*)::int as n from events"))[0]?.n;
    const before = await entries();
    assert.equal((await world.api("PATCH", `/api/v1/${path}/${id()}`, {})).status, 200);
    const barred = await world.api("PATCH", `/api/v1/${path}/${id()}`, body(), { token: ben.token });
    assert.deepEqual([barred.status, barred.body.code], [403, "not-administrator"]);
    assert.equal((await world.api("GET", `/api/v1/${path}/${id()}`, undefined, { token: ben.token })).status, 200);
    assert.equal(await entries(), before);
  });

  test(`${path}: what does not exist is neither read nor changed`, async () => {
    const read = await world.api("GET", `/api/v1/${path}/${nobody}`);
    assert.deepEqual([read.status, read.body.code], [404, "not-found"]);
    const changed = await world.api("PATCH", `/api/v1/${path}/${nobody}`, body());
    assert.deepEqual([changed.status, changed.body.code], [422, unknown]);
  });
}

test("a change that names nobody is refused by its pointer, and changes nothing", async () => {
  const wrong: readonly (readonly [string, object, string, string])[] = [
    [`teams/${ids.team}`, { name: "X", members: [ana.id, nobody] }, "person-unknown", "/members/1"],
    [`services/${ids.service}`, { nameEn: "X", policy: nobody }, "policy-unknown", "/policy"],
    [
      `schedules/${ids.schedule}`,
      { name: "X", layers: [{ rotation: rotation([nobody]) }] },
      "person-unknown",
      "/layers/0/rotation/participants/0",
    ],
    [
      `escalation-policies/${ids.policy}`,
      { name: "X", steps: [{ targets: [{ kind: "team", id: nobody }], timeoutMinutes: 5 }] },
      "team-unknown",
      "/steps/0/targets/0/id",
    ],
  ];
  for (const [path, body, code, pointer] of wrong) {
    const before = (await world.api("GET", `/api/v1/${path}`)).text;
    const answer: Answer = await world.api("PATCH", `/api/v1/${path}`, body);
    assert.deepEqual([answer.status, answer.body.code, answer.body.errors[0].pointer], [422, code, pointer]);
    assert.equal((await world.api("GET", `/api/v1/${path}`)).text, before);
  }
});

test("a name that another team has is refused", async () => {
  await added("teams", { name: "Payroll" });
  const answer = await world.api("PATCH", `/api/v1/teams/${ids.team}`, { name: "Payroll" });
  assert.deepEqual([answer.status, answer.body.code], [409, "name-taken"]);
});

test("the default policy may be given up again", async () => {
  const path = `/api/v1/escalation-policies/${ids.policy}`;
  await world.api("PATCH", path, { default: true });
  assert.equal((await world.api("GET", "/api/v1/settings")).body.defaultPolicy, ids.policy);
  const other = await added("escalation-policies", {
    name: "Other",
    steps: [{ targets: [{ kind: "administrators" }], timeoutMinutes: 5 }],
  });
  await world.api("PATCH", `/api/v1/escalation-policies/${other}`, { default: false });
  assert.equal((await world.api("GET", "/api/v1/settings")).body.defaultPolicy, ids.policy, "not another's");
  assert.equal((await world.api("PATCH", path, { default: false })).body.default, false);
  assert.equal((await world.api("GET", "/api/v1/settings")).body.defaultPolicy, null);
});

test("who is on call: the turn of that moment and the next, nobody on purpose, nobody before the first", async () => {
  await world.api("PATCH", `/api/v1/schedules/${ids.schedule}`, { layers: [{ rotation: rotation([ana.id, null]) }] });
  const at = async (instant: string): Promise<Json> => {
    const { data } = (await world.api("GET", `/api/v1/on-call?at=${instant}`)).body;
    return data.find((one: Json) => one.schedule.id === ids.schedule);
  };
  assert.deepEqual(await at("2026-10-06T00:00:00Z"), {
    schedule: { id: ids.schedule, name: "Days" },
    now: { from: "2026-10-05T13:00:00.000Z", until: "2026-10-12T13:00:00.000Z", person: ana.id },
    next: { from: "2026-10-12T13:00:00.000Z", until: "2026-10-19T13:00:00.000Z", person: null },
  });
  const before = await at("2026-09-01T00:00:00Z");
  assert.equal(before.now, null);
  assert.equal(before.next.from, "2026-10-05T13:00:00.000Z");
  const handover = await at("2026-10-12T13:00:00Z");
  assert.equal(handover.now, null, "at the instant of the hand-over it is nobody's");
});
