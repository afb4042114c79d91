/** Requests for assistance on a real database: routed with the reason, declined twice and raised, never back where they were,
 *  late once, and an incident when they are one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { verifyRecord } from "../../core/kernel/record.ts";
import { type Answer, type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

type Office = {
  readonly world: TestWorld;
  readonly ana: Someone;
  readonly ben: Someone;
  readonly dan: Someone;
  readonly eve: Someone;
  readonly facilities: string;
  readonly desk: string;
  readonly legal: string;
};

/** Ana asks, Ben is of facilities, Dan of the service desk, Eve of level 4. Their letters are counted in one test alone. */
async function open(options: Parameters<typeof startWorld>[0] = { mail: false }): Promise<Office> {
  const world = await startWorld(options);
  const [ana, ben, dan, eve] = [
    await world.person("Ana Asks", null),
    await world.person("Ben Builds", null),
    await world.person("Dan Desk", 2),
    await world.person("Eve Four", 4),
  ];
  const duty = async (nameFr: string, nameEn: string, members: Someone[]): Promise<string> =>
    (await world.api("POST", "/api/v1/functions", { nameFr, nameEn, members: members.map(({ id }) => id) })).body.id;
  const facilities = await duty("Bâtiment", "Facilities", [ben]);
  const desk = await duty("Centre de services", "Service desk", [dan]);
  const legal = await duty("Juridique", "Legal", [eve]);
  await publish(world, { facilities, desk });
  return { world, ana, ben, dan, eve, facilities, desk, legal };
}

async function publish(world: TestWorld, { facilities, desk }: Pick<Office, "facilities" | "desk">): Promise<Answer> {
  const { version: after, kinds } = (await world.api("GET", "/api/v1/assistance-rules")).body;
  const to = { kind: "function", id: facilities };
  const published = await world.api("POST", "/api/v1/assistance-rules", {
    after,
    kinds,
    rules: [
      { words: ["fuite d’eau", "water leak"], to },
      { kinds: ["facilities"], to },
    ],
    terms: [{ party: to, answerMinutes: 60, urgentMinutes: 10 }],
    fallback: { kind: "function", id: desk },
  });
  assert.equal(published.status, 201, published.text);
  return published;
}

const asking = { title: "Water leak in the archive room", kind: "other" };

async function ask({ world, ana }: Office, more: object = {}, as = ana): Promise<Json> {
  const answer = await world.api("POST", "/api/v1/assistance", { ...asking, ...more }, { token: as.token });
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}

const act = ({ world }: Office, as: Someone, id: string, name: string, body: object = {}): Promise<Answer> =>
  world.api("POST", `/api/v1/assistance/${id}/${name}`, body, { token: as.token });

async function did(office: Office, as: Someone, id: string, name: string, body: object = {}): Promise<Json> {
  const answer = await act(office, as, id, name, body);
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

test("asked by anybody, routed by a rule with its reason, taken, ended and confirmed; all of it is in its record", async () => {
  const office = await open();
  const { world, ana, ben, facilities } = office;
  const made = await ask(office);
  assert.match(made.number, /^DA-\d{4}-000001$/);
  assert.deepEqual(
    [made.to.id, made.to.name, made.status, made.direction],
    [facilities, "Facilities", "waiting", "inbound"],
  );
  const [leg] = made.path;
  assert.deepEqual(leg.because, {
    code: "rule",
    rule: 1,
    version: 1,
    by: [{ what: "words", value: "water leak", name: "water leak" }],
  });
  assert.deepEqual([made.why, made.may], ["asker", ["withdraw"]]);
  const inbox = await world.api("GET", "/api/v1/assistance?scope=awaiting", undefined, { token: ben.token });
  assert.deepEqual([inbox.body.data.map((one: Json) => one.number), inbox.body.counts.awaiting], [[made.number], 1]);
  const short = made.number.replace(/-\d{4}-0*/, "-");
  const seen = await world.api("GET", `/api/v1/assistance/${short}`, undefined, { token: ben.token });
  assert.deepEqual([seen.body.why, seen.body.may], ["asked", ["accept", "decline", "route"]]);
  const taken = await did(office, ben, made.id, "accept");
  assert.deepEqual([taken.status, taken.holder.name, taken.answerBy], ["accepted", "Ben Builds", null]);
  await did(office, ben, made.id, "end", { outcome: "done", text: "Valve closed" });
  const confirmed = await did(office, ana, made.id, "confirm");
  assert.equal(confirmed.status, "confirmed");
  const entries = (await world.api("GET", `/api/v1/assistance/${made.id}/timeline`, undefined, { token: ana.token }))
    .body.data;
  assert.deepEqual(
    entries.map(({ type }: Json) => type),
    ["requested", "routed", "accepted", "fulfilled", "confirmed"].map((one) => `assistance.${one}`),
  );
  const exported = await world.api("GET", `/api/v1/assistance/${made.id}/export`, undefined, { token: ana.token });
  const verdict = verifyRecord(exported.body);
  assert.deepEqual([verdict.whole, exported.body.number, exported.body.count], [true, made.number, 5]);
  await world.stop();
});

test("declined once it goes on by the rules; a loop is refused with the way it took; declined twice it is raised", async () => {
  const office = await open();
  const { ben, dan, eve, facilities, desk, legal } = office;
  const { id } = await ask(office);
  const on = await did(office, ben, id, "decline", { reason: "Not our floor" });
  assert.deepEqual([on.to.id, on.path[0].left.how, on.path[0].left.reason], [desk, "declined", "Not our floor"]);
  assert.deepEqual(
    on.path[1].passed.map((one: Json) => [one.to.id, one.because]),
    [[facilities, "had-it"]],
  );
  const back = await act(office, dan, id, "route", { reason: "Yours", to: { kind: "function", id: facilities } });
  assert.deepEqual([back.status, back.body.code], [409, "assistance-loop"]);
  assert.match(back.body.detail, /Facilities → .*Service desk → .*Facilities/);
  const raised = await did(office, dan, id, "decline", { reason: "Nor ours" });
  assert.deepEqual([raised.to, raised.raised.because, raised.raised.to], [null, "declined-twice", "level-four"]);
  assert.deepEqual(
    raised.raised.people.map(({ name }: Json) => name),
    ["Camille Roy", "Eve Four"],
  );
  const mine = await office.world.api("GET", "/api/v1/assistance?scope=awaiting", undefined, { token: eve.token });
  assert.deepEqual(
    mine.body.data.map((one: Json) => [one.id, one.why]),
    [[id, "decides"]],
  );
  const moved = await did(office, eve, id, "route", { reason: "A lease", to: { kind: "function", id: legal } });
  assert.deepEqual([moved.to.id, moved.path.at(-1).by, moved.path.at(-1).reason], [legal, "Eve Four", "A lease"]);
  await office.world.stop();
});

test("of an incident it is asked by whoever takes part, shown there, and raised to its coordinator", async () => {
  const office = await open();
  const { world, ana, ben, dan } = office;
  const cora = await world.person("Cora Three", 3);
  const incident = (
    await world.api(
      "POST",
      "/api/v1/incidents",
      { title: "Burst water main", categories: ["complex"] },
      { token: cora.token },
    )
  ).body;
  assert.equal(
    (await world.api("POST", `/api/v1/incidents/${incident.id}/accept`, {}, { token: cora.token })).status,
    200,
  );
  const refused = await world.api(
    "POST",
    "/api/v1/assistance",
    { ...asking, incident: incident.number },
    { token: ana.token },
  );
  assert.deepEqual([refused.status, refused.body.code], [403, "assistance-not-yours"]);
  const made = await ask(office, { incident: incident.number }, cora);
  assert.deepEqual([made.direction, made.incident.number], ["outbound", incident.number]);
  await did(office, ben, made.id, "decline", { reason: "No plumber" });
  await did(office, dan, made.id, "decline", { reason: "No plumber either" });
  const of = `/api/v1/assistance?incident=${incident.number}`;
  const [shown] = (await world.api("GET", of, undefined, { token: cora.token })).body.data;
  assert.deepEqual([shown.raised.to, shown.raised.people[0].name, shown.why], ["coordinator", "Cora Three", "decides"]);
  const other = await world.api("GET", of, undefined, { token: ana.token });
  assert.deepEqual(other.body.data, []);
  /* Whoever holds a role in it takes part in it. */
  const role = { role: "scribe", person: ana.id };
  const filled = await world.api("POST", `/api/v1/incidents/${incident.id}/fill-role`, role, {
    token: world.admin.token,
  });
  assert.equal(filled.status, 200, filled.text);
  const held = await world.api("GET", of, undefined, { token: ana.token });
  assert.deepEqual(
    held.body.data.map((one: Json) => one.why),
    ["incident"],
  );
  await world.stop();
});

test("nobody answers: reminded once, raised once, and it stays where it is; moved, its clock begins anew", async () => {
  const office = await open({});
  const { world, ben, eve } = office;
  const made = await ask(office);
  const types = async (): Promise<string[]> =>
    (await world.api("GET", `/api/v1/assistance/${made.id}/timeline`, undefined, { token: eve.token })).body.data.map(
      ({ type }: Json) => type.replace("assistance.", ""),
    );
  assert.match((await world.mailbox(ben).expectNotice()).subject, /Ana Asks asks for assistance/);
  await world.advance(44);
  await world.mailbox(ben).expectNothing();
  await world.advance(2);
  assert.match((await world.mailbox(ben).expectNotice()).subject, /still waits for an answer/);
  await world.advance(15);
  for (const decides of [eve, world.admin])
    assert.match((await world.mailbox(decides).expectNotice()).subject, /Nobody has taken DA-/);
  await world.advance(60 * 24);
  assert.deepEqual(await types(), ["requested", "routed", "warned", "late", "raised"]);
  const seen = await world.api("GET", `/api/v1/assistance/${made.id}`, undefined, { token: eve.token });
  assert.deepEqual([seen.body.late, seen.body.to.name, seen.body.raised.because], [true, "Facilities", "late"]);
  await world.stop();
});

test("a request that is an incident becomes one with its words, once; another joins one that is there", async () => {
  const office = await open();
  const { world, ana, ben, dan, eve } = office;
  const made = await ask(office, { details: "It drips on the racks." });
  const notHis = await act(office, ben, made.id, "promote");
  assert.deepEqual([notHis.status, notHis.body.code], [403, "assistance-not-yours"]);
  const both = await Promise.all([act(office, eve, made.id, "promote"), act(office, eve, made.id, "promote")]);
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409]);
  const promoted = both.find(({ status }) => status === 200)?.body;
  assert.equal(promoted.status, "promoted");
  const { data } = (await world.api("GET", "/api/v1/incidents")).body;
  assert.deepEqual(
    data.map((one: Json) => [one.number, one.title]),
    [[promoted.incident.number, asking.title]],
  );
  assert.match(data[0].description, new RegExp(`It drips on the racks.*${made.number}, Ana Asks`, "s"));
  const other = await ask(office);
  const linked = await did(office, eve, other.id, "attach", { incident: promoted.incident.number });
  assert.deepEqual([linked.status, linked.incident.number], ["waiting", promoted.incident.number]);
  assert.equal((await act(office, eve, other.id, "promote")).body.code, "assistance-linked");
  assert.equal((await did(office, ana, other.id, "withdraw")).status, "withdrawn");
  assert.equal((await act(office, dan, other.id, "accept")).status, 404);
  await world.stop();
});

test("whoever a request does not concern finds none: not by its id, not in a list, not in a count, not by an act", async () => {
  const office = await open();
  const { world, ben, eve } = office;
  const stranger = await world.person("Stan Three", 3);
  const admin = await world.person("Ada Admin", null, { admin: true });
  const made = await ask(office);
  for (const someone of [stranger, admin]) {
    const as = { token: someone.token };
    for (const path of [`${made.id}`, made.number, `${made.id}/timeline`, `${made.id}/export`])
      assert.equal((await world.api("GET", `/api/v1/assistance/${path}`, undefined, as)).status, 404);
    for (const [name, body] of [
      ["accept", {}],
      ["decline", { reason: "x" }],
      ["end", { text: "x" }],
      ["withdraw", {}],
      ["promote", {}],
      ["attach", { incident: "INC-1" }],
      ["route", { reason: "x", to: { kind: "function", id: office.legal } }],
    ] as const)
      assert.equal((await act(office, someone, made.id, name, body)).body.code, "assistance-unknown", name);
    const list = (await world.api("GET", "/api/v1/assistance?scope=all", undefined, as)).body;
    assert.deepEqual([list.data, list.counts], [[], { awaiting: 0, asked: 0 }]);
  }
  for (const someone of [ben, eve])
    assert.equal(
      (await world.api("GET", `/api/v1/assistance/${made.id}`, undefined, { token: someone.token })).status,
      200,
    );
  await world.stop();
});

test("one person asks twenty times in ten minutes, and not once more", async () => {
  const office = await open();
  const { world, ana } = office;
  for (let times = 0; times < 20; times++) await ask(office);
  const more = await world.api("POST", "/api/v1/assistance", asking, { token: ana.token });
  assert.deepEqual([more.status, more.body.code], [429, "too-many-requests"]);
  await world.advance(11);
  await ask(office);
  await world.stop();
});

test("rules are published whole by level 5 or an administrator, after the version that was read, and tried before", async () => {
  const office = await open();
  const { world, ana, dan, facilities, desk } = office;
  const read = (await world.api("GET", "/api/v1/assistance-rules", undefined, { token: ana.token })).body;
  assert.deepEqual([read.version, read.rules.length, read.by], [1, 2, "Camille Roy"]);
  const { version, at: _at, by: _by, ...settings } = read;
  const post = (body: object, as: Someone) => world.api("POST", "/api/v1/assistance-rules", body, { token: as.token });
  assert.equal((await post({ after: version, ...settings }, dan)).body.code, "level-five-needed");
  const five = await world.person("Fay Five", 5);
  assert.equal((await post({ after: 0, ...settings }, five)).body.code, "assistance-rules-changed");
  const nothing = { ...settings, rules: [{ to: { kind: "function", id: desk } }] };
  assert.equal((await post({ after: version, ...nothing }, five)).body.code, "assistance-rules-faulty");
  const preview = (body: object) => world.api("POST", "/api/v1/assistance/preview", body, { token: ana.token });
  const before = (await preview({ title: "A chair is broken", kind: "other" })).body;
  assert.deepEqual([before.to.id, before.because.code, before.answerMinutes], [desk, "fallback", 480]);
  const draft = { ...settings, rules: [{ words: ["chair"], to: { kind: "function", id: facilities } }] };
  const after = (await preview({ title: "A chair is broken", kind: "other", draft })).body;
  assert.deepEqual([after.to.id, after.because.rule, after.answerMinutes, after.members], [facilities, 1, 60, 1]);
  assert.equal((await post({ after: version, ...draft }, five)).body.version, 2);
  const [audited] = await world.query<{ type: string; actor: Json }>(
    "select type, actor from events where stream = 'assistance-rules/rules' order by seq desc limit 1",
  );
  assert.deepEqual([audited?.type, audited?.actor.name], ["assistance-rules.published", "Fay Five"]);
  assert.equal((await world.api("GET", "/api/v1/assistance")).body.data.length, 0, "nothing was asked");
  await world.stop();
});

test("what presses calls by the policy of whoever is asked, until somebody takes it", async () => {
  const office = await open({});
  const { world, ana, ben, dan, facilities, desk } = office;
  const steps = [ben, dan].map(({ id }) => ({ targets: [{ kind: "person", id }], timeoutMinutes: 5 }));
  const policy = (await world.api("POST", "/api/v1/escalation-policies", { name: "Building, at night", steps })).body
    .id;
  const { version: after, kinds, rules } = (await world.api("GET", "/api/v1/assistance-rules")).body;
  const party = { kind: "function", id: facilities };
  const settings = {
    kinds,
    rules,
    terms: [{ party, urgentMinutes: 30, policy }],
    fallback: { kind: "function", id: desk },
  };
  assert.equal((await world.api("POST", "/api/v1/assistance-rules", { after, ...settings })).status, 201);
  const { id } = await ask(office, { urgent: true });
  assert.match((await world.mailbox(ben).expectNotice()).subject, /Urgent: Ana Asks asks for assistance/);
  await world.advance(6);
  assert.match((await world.mailbox(dan).expectNotice()).subject, /Urgent: Ana Asks asks for assistance/);
  /* Called by the policy, and not of the function: it is theirs to take all the same. */
  const mine = await world.api("GET", "/api/v1/assistance?scope=awaiting", undefined, { token: dan.token });
  assert.deepEqual(
    mine.body.data.map((one: Json) => [one.id, one.why]),
    [[id, "asked"]],
  );
  assert.equal((await did(office, dan, id, "accept")).holder.name, "Dan Desk");
  assert.match((await world.mailbox(ana).expectNotice()).subject, /Dan Desk has taken your request/);
  await world.advance(60);
  const entries = (await world.api("GET", `/api/v1/assistance/${id}/timeline`, undefined, { token: ana.token })).body
    .data;
  const types = entries.map(({ type }: Json) => type);
  assert.equal(types.filter((type: string) => type === "page.sent").length, 2);
  assert.ok(types.includes("paging.stopped") && !types.includes("assistance.late"), types.join(" "));
  await world.stop();
});
