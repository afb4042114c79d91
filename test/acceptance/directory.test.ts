/** Configuration: what names somebody or something that does not exist is refused by its pointer, in the caller's
 *  language, and leaves nothing behind. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type Answer, type Json, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
const ids: Record<string, string> = {};
const nobody = "00000000-0000-4000-8000-000000000000";

const add = (path: string, body: object, language = "en"): Promise<Answer> =>
  world.api("POST", `/api/v1/${path}`, body, { token: world.admin.token, headers: { "accept-language": language } });

async function added(path: string, body: object): Promise<string> {
  const answer = await add(path, body);
  assert.equal(answer.status, 201, answer.text);
  return answer.body.id;
}

const rotation = (participants: readonly (string | null)[]): object => ({
  kind: "weekly",
  zone: "America/Montreal",
  startDate: "2026-10-05",
  handoverTime: "09:00",
  participants,
});
const policy = (targets: readonly object[], more: object = {}): object => ({
  name: "P",
  steps: [
    { targets: [{ kind: "administrators" }], timeoutMinutes: 5 },
    { targets: [{ kind: "administrators" }, ...targets], timeoutMinutes: 5 },
  ],
  ...more,
});

before(async () => {
  world = await startWorld({ mail: false, shared: true });
  ids.person = (await world.person("Ana Roy", 3)).id;
  ids.team = await added("teams", { name: "Network", members: [ids.person] });
  ids.schedule = await added("schedules", { name: "Nights", layers: [{ rotation: rotation([ids.person, null]) }] });
  ids.policy = await added("escalation-policies", policy([{ kind: "schedule", id: ids.schedule }]));
  ids.vital = await added("vital-functions", { nameFr: "Paie", nameEn: "Payroll" });
});

const rows = async (): Promise<Json> =>
  (
    await world.query(
      "select (select count(*) from services)::int as services, (select count(*) from teams)::int as teams, (select count(*) from functions)::int as functions, (select count(*) from schedules)::int as schedules, (select count(*) from escalation_policies)::int as policies, (select count(*) from integrations)::int as integrations, (select count(*) from integration_keys)::int as keys, (select count(*) from events)::int as entries, (select directory_version from settings)::int as version, (select default_policy_id from settings) as default",
    )
  )[0];

type Wrong = readonly [path: string, body: () => object, code: string, pointers: readonly string[]];
const wrong: readonly Wrong[] = [
  ["services", () => ({ nameFr: "A", nameEn: "A", owner: nobody }), "person-unknown", ["/owner"]],
  ["services", () => ({ nameFr: "A", nameEn: "A", team: nobody }), "team-unknown", ["/team"]],
  ["services", () => ({ nameFr: "A", nameEn: "A", policy: nobody }), "policy-unknown", ["/policy"]],
  [
    "services",
    () => ({ nameFr: "A", nameEn: "A", owner: ids.person, vital: [ids.vital, nobody] }),
    "vital-function-unknown",
    ["/vital/1"],
  ],
  ["services", () => ({ nameFr: "A", nameEn: "A", team: ids.person }), "team-unknown", ["/team"]],
  [
    "services",
    () => ({ nameFr: "A", nameEn: "A", owner: nobody, policy: nobody }),
    "person-unknown",
    ["/owner", "/policy"],
  ],
  ["teams", () => ({ name: "T", members: [ids.person, nobody] }), "person-unknown", ["/members/1"]],
  ["functions", () => ({ nameFr: "F", nameEn: "F", members: [nobody] }), "person-unknown", ["/members/0"]],
  [
    "schedules",
    () => ({ name: "S", layers: [{ rotation: rotation([ids.person ?? "", null, nobody]) }] }),
    "person-unknown",
    ["/layers/0/rotation/participants/2"],
  ],
  [
    "escalation-policies",
    () => policy([{ kind: "person", id: nobody }], { default: true }),
    "person-unknown",
    ["/steps/1/targets/1/id"],
  ],
  ["escalation-policies", () => policy([{ kind: "team", id: nobody }]), "team-unknown", ["/steps/1/targets/1/id"]],
  [
    "escalation-policies",
    () => policy([{ kind: "schedule", id: ids.team }], { default: true }),
    "schedule-unknown",
    ["/steps/1/targets/1/id"],
  ],
  ["integrations", () => ({ kind: "generic", name: "I", service: nobody }), "service-unknown", ["/service"]],
  ["reports", () => ({ title: "It is down", service: nobody }), "service-unknown", ["/service"]],
];

for (const [path, body, code, pointers] of wrong) {
  test(`POST /api/v1/${path} that names what does not exist at ${pointers.join(", ")} is refused: ${code}`, async () => {
    const before = await rows();
    const [en, fr] = [await add(path, body()), await add(path, body(), "fr")];
    for (const answer of [en, fr]) {
      assert.deepEqual([answer.status, answer.body.code], [422, code], answer.text);
      assert.deepEqual(
        answer.body.errors.map((one: Json) => one.pointer),
        pointers,
      );
    }
    assert.notEqual(en.body.detail, fr.body.detail);
    assert.notEqual(en.body.errors[0].detail, fr.body.errors[0].detail);
    assert.match(fr.body.errors[0].detail, /identifiant\.$/);
    assert.deepEqual(await rows(), before, "nothing was stored");
  });
}

test("what exists is accepted, however its id is written", async () => {
  const service = await add("services", {
    nameFr: "Courriel",
    nameEn: "Mail",
    owner: ids.person?.toUpperCase(),
    team: ids.team,
    policy: ids.policy,
    vital: [ids.vital],
  });
  assert.equal(service.status, 201, service.text);
  assert.equal(service.body.owner, ids.person);
  const upper = { kind: "person", id: ids.person?.toUpperCase() };
  const made = await add("escalation-policies", policy([upper]));
  assert.equal(made.body.steps[1].targets[1].id, ids.person, "compared as text when it is time to call");
  await added("integrations", { kind: "generic", name: "I", service: service.body.id });
});

test("an integration or a person that does not exist is neither given a key, nor read, nor changed", async () => {
  for (const [method, path] of [
    ["POST", `/api/v1/integrations/${nobody}/keys`],
    ["GET", `/api/v1/integrations/${nobody}/events`],
  ] as const) {
    const answer = await world.api(method, path);
    assert.deepEqual([answer.status, answer.body.code], [404, "not-found"], answer.text);
  }
  const person = await world.api("PATCH", `/api/v1/people/${nobody}`, { name: "Nobody" });
  assert.deepEqual([person.status, person.body.code], [422, "person-unknown"], person.text);
});

test("a name or an address used already, a level not practised here, and the last administrator's leave are refused", async () => {
  const answers: readonly (readonly [Answer, number, string])[] = [
    [await add("teams", { name: "Network" }), 409, "name-taken"],
    [await add("people", { name: "Other", email: world.admin.email.toUpperCase() }), 409, "email-taken"],
    [await add("people", { name: "Other", email: "other@example.org", level: 6 }), 422, "level-not-granted"],
    [await world.api("PATCH", `/api/v1/people/${world.admin.id}`, { admin: false }), 409, "last-administrator"],
    [await add("integrations", { kind: "generic", name: "I", mapping: { title: "body." } }), 422, "mapping-invalid"],
  ];
  for (const [answer, status, code] of answers)
    assert.deepEqual([answer.status, answer.body.code], [status, code], answer.text);
});

test("levels 1, 6 and 7 are refused with the reason, to somebody new and to somebody there; 2 to 5 and none are granted", async () => {
  const { id } = (await world.api("POST", "/api/v1/people", { name: "Graded", email: "graded@example.org" })).body;
  const grant = (level: number | null) => world.api("PATCH", `/api/v1/people/${id}`, { level });
  for (const level of [1, 6, 7]) {
    const person = { name: "Other", email: `other-${level}@example.org`, level };
    for (const answer of [await grant(level), await world.api("POST", "/api/v1/people", person)]) {
      assert.deepEqual([answer.status, answer.body.code], [422, "level-not-granted"]);
      assert.match(answer.body.detail, new RegExp(`Level ${level} is not practised`));
    }
  }
  for (const level of [2, 3, 4, 5, null]) assert.equal((await grant(level)).body.level, level);
  const granted = await world.query<{ level: number | null }>(
    "select (data ->> 'level')::int as level from events where stream = $1 and type = 'person.changed' order by seq",
    [`person/${id}`],
  );
  assert.deepEqual(
    granted.map((one) => one.level),
    [2, 3, 4, 5, null],
    "each grant is in the record, and no refusal",
  );
});

test("a right that changes ends what was opened under the old one; one that is as it was ends nothing", async () => {
  const [email, password] = ["kept-open@example.org", "several plain words 7"];
  const { id } = (await add("people", { name: "Kept Open", email, password, level: 3 })).body;
  const opened = await world.api("POST", "/api/v1/session", { email, password }, { token: null });
  const cookie = String(opened.headers["set-cookie"]).split(";")[0] ?? "";
  const isOpen = async () => (await world.api("GET", "/api/v1/session", undefined, { cookie })).status === 200;
  const same = await world.api("PATCH", `/api/v1/people/${id}`, { level: 3, admin: false, active: true, zone: "UTC" });
  assert.deepEqual([same.status, await isOpen()], [200, true], same.text);
  await world.api("PATCH", `/api/v1/people/${id}`, { level: 4 });
  assert.equal(await isOpen(), false);
});

test("a service is retired and brought back: proposed no more, kept by what names it, and said so beside what needs it", async () => {
  const world = await startWorld({ mail: false });
  const post = (path: string, body: object) => world.api("POST", `/api/v1/${path}`, body);
  const fax = (await post("services", { nameFr: "Télécopie", nameEn: "Facsimile" })).body;
  assert.equal(fax.retired, false);
  const desk = (
    await post("services", { nameFr: "Accueil", nameEn: "Front desk", dependsOn: [{ on: fax.id, kind: "needs" }] })
  ).body;
  const past = (await post("incidents", { title: "No paper", service: fax.id })).body;
  const change = (retired: boolean, token?: string) =>
    world.api("PATCH", `/api/v1/services/${fax.id}`, { retired }, token === undefined ? {} : { token });
  const four = await world.person("Cleo Four", 4);
  assert.equal((await change(true, four.token)).status, 403, "as for any change of it");
  assert.equal((await change(true)).body.retired, true);
  const { data } = (await world.api("GET", "/api/v1/services")).body;
  const found = (id: string) => data.find((one: { id: string }) => one.id === id);
  assert.equal(found(fax.id).retired, true, "it stays to be read");
  assert.deepEqual(found(desk.id).dependsOn, [{ on: fax.id, kind: "needs" }]);
  assert.equal((await world.api("GET", `/api/v1/incidents/${past.id}`)).body.service.name, "Facsimile");
  const proposed = async (): Promise<string | null> => {
    const answer = await post("incidents/proposals", { title: "The facsimile is down" });
    assert.equal(answer.status, 200, answer.text);
    return answer.body.proposals.service?.value ?? null;
  };
  assert.equal(await proposed(), null);
  const form = await world.api("GET", "/report", undefined, { token: null });
  assert.doesNotMatch(form.text, /Facsimile|Télécopie/);
  assert.equal((await change(false)).body.retired, false);
  assert.equal(await proposed(), fax.id);
  await world.stop();
});
