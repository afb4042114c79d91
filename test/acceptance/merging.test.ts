/** Merges and groups on the real database: what a drill says of them, the server does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { organisation, signalOf } from "../../core/drills/organisation.ts";
import { createWorld } from "../../core/drills/world.ts";
import { verifyRecord } from "../../core/kernel/record.ts";
import { type Json, startWorld, type TestWorld } from "./world.ts";

type Said = { readonly key: string; readonly group?: string; readonly status?: "resolved" };

/** What became of each, with incidents named by the order in which they appear. */
function named(results: readonly { became: string; incidentId: string | null }[], seen: string[]): string[] {
  return results.map(({ became, incidentId }) => {
    if (incidentId !== null && !seen.includes(incidentId)) seen.push(incidentId);
    return `${became} ${incidentId === null ? "nowhere" : seen.indexOf(incidentId)}`;
  });
}

async function generic(world: TestWorld): Promise<(said: readonly Said[]) => Promise<Json[]>> {
  const { id, key } = await world.integration("generic", {
    mapping: { group: 'has(item.group) ? item.group : ""', items: "body" },
  });
  return async (said) => {
    const answer = await world.knock(
      `/events/${key}`,
      said.map((one) => ({ title: one.key, ...one })),
    );
    assert.equal(answer.status, 202, answer.text);
    const rows = await world.query(
      "select distinct on (key) key, incident_id from alerts where integration_id = $1 order by key, opened_at desc, id desc",
      [id],
    );
    const where = new Map(rows.map((row) => [row.key, row.incident_id]));
    return answer.body.events.map((one: Json) => ({ ...one, incidentId: where.get(one.key) ?? null }));
  };
}

const scenarios: readonly (readonly (readonly Said[])[])[] = [
  [[{ key: "disk-1", group: "db" }], [{ key: "db" }], [{ key: "disk-2", group: "db" }]],
  [
    [{ key: "db" }],
    [{ key: "disk-1", group: "db" }],
    [{ key: "db", status: "resolved" }],
    [{ key: "disk-2", group: "db" }],
  ],
  [[{ key: "x" }, { key: "y", group: "x" }, { key: "z", group: "x" }]],
  [
    [{ key: "a", group: "g" }],
    [{ key: "a", group: "g", status: "resolved" }],
    [{ key: "a" }],
    [{ key: "b", group: "g" }],
  ],
  [[{ key: "a", group: "g" }], [{ key: "a", group: "h" }], [{ key: "b", group: "h" }]],
];

for (const [index, steps] of scenarios.entries()) {
  test(`keys and groups of one name: a drill and the server group alike (${index + 1})`, async () => {
    const world = await startWorld({ mail: false });
    const say = await generic(world);
    const drill = createWorld({ seed: `groups ${index}`, start: world.desk.clock.now(), directory: organisation });
    const [here, there]: [string[], string[]] = [[], []];
    for (const step of steps) {
      const signals = step.map((one) =>
        signalOf(one.key, { groupKey: one.group ?? one.key, action: one.status ? "resolve" : "trigger" }),
      );
      const rehearsed = named(drill.signal("generic", signals), there);
      assert.deepEqual(named(await say(step), here), rehearsed, JSON.stringify(step));
      await world.advance(1);
      drill.advance(1);
    }
    await world.stop();
  });
}

test("a merge: the records and the lists of both say the same, and what comes back is where its incident went", async () => {
  const world = await startWorld({ mail: false });
  const say = await generic(world);
  await say([{ key: "disk", group: "db" }, { key: "disk-2", group: "db" }, { key: "raid" }]);
  await say([{ key: "disk-2", group: "db", status: "resolved" }]);
  const opened = (await world.api("GET", "/api/v1/incidents")).body.data;
  const [from, into] = ["disk", "raid"].map((title) => opened.find((one: Json) => one.title === title));
  assert.equal((await world.api("POST", `/api/v1/incidents/${from.id}/merge`, { into: into.id })).status, 200);
  const alerts = async (id: string): Promise<string[]> =>
    (await world.api("GET", `/api/v1/incidents/${id}/alerts`)).body.data
      .map((one: Json) => `${one.key} ${one.status}`)
      .sort();
  assert.deepEqual(await alerts(from.id), ["disk-2 resolved"], "it resolved there");
  assert.deepEqual(await alerts(into.id), ["disk open", "raid open"]);
  const timeline = (await world.api("GET", `/api/v1/incidents/${into.id}/timeline`)).body.data;
  const absorbed = timeline.find((one: Json) => one.type === "incident.absorbed");
  assert.deepEqual(absorbed.data, { from: from.id, fromNumber: from.number, alerts: 1 });
  assert.equal((await world.api("GET", `/api/v1/incidents/${from.id}`)).body.mergedInto, into.id);
  const [back] = await say([{ key: "disk-2", group: "db" }]);
  assert.deepEqual([back.became, back.incidentId], ["joined", into.id]);
  assert.deepEqual(await alerts(into.id), ["disk open", "disk-2 open", "raid open"]);
  assert.equal((await world.api("GET", `/api/v1/incidents/${into.id}`)).body.alerts.open, 3);
  await world.stop();
});

test("what begins again before anybody declared it restored is told to whoever has it, by mail", async () => {
  const world = await startWorld();
  const say = await generic(world);
  await say([{ key: "disk" }]);
  const page = await world.mailbox(world.admin).expectPage();
  assert.ok(page);
  const [{ id }] = (await world.api("GET", "/api/v1/incidents")).body.data;
  await world.api("POST", `/api/v1/incidents/${id}/accept`, {});
  await say([{ key: "disk", status: "resolved" }]);
  const cleared = await world.mailbox(world.admin).expectNotice();
  await world.advance(2);
  await say([{ key: "disk" }]);
  const again = await world.mailbox(world.admin).expectNotice();
  assert.notEqual(again.subject, cleared.subject);
  await say([{ key: "disk", status: "resolved" }]);
  await say([{ key: "disk" }]);
  await world.mailbox(world.admin).expectNothing();
  await world.stop();
});

test("the tasks of an incident that is merged go on where it went, and their owner hears of it by mail", async () => {
  const world = await startWorld();
  const ana = await world.person("Ana Two", 2);
  const act = async (id: string, command: string, body: object) => {
    const answer = await world.api("POST", `/api/v1/incidents/${id}/${command}`, body);
    assert.equal(answer.status, 200, answer.text);
  };
  const [from, into] = [
    (await world.api("POST", "/api/v1/incidents", { title: "Slow network" })).body,
    (await world.api("POST", "/api/v1/incidents", { title: "No mail" })).body,
  ];
  await act(from.id, "add-task", { text: "Call the bank", person: ana.id });
  await world.mailbox(ana).expectNotice();
  await act(from.id, "merge", { into: into.id });
  const told = await world.mailbox(ana).expectNotice();
  assert.ok(told.subject.includes("No mail") && told.text.includes("Call the bank"), told.subject);
  const tasksOf = async (id: string) =>
    (await world.api("GET", `/api/v1/incidents/${id}`)).body.tasks.map((one: Json) => [one.status, one.owner?.id]);
  assert.deepEqual([await tasksOf(from.id), await tasksOf(into.id)], [[["moved", ana.id]], [["open", ana.id]]]);
  await world.stop();
});

test("merged, neither of two restricted incidents tells of the other those whom that one does not admit", async () => {
  const world = await startWorld({ mail: false });
  const [dora, ben, cleo] = [
    await world.person("Dora Four", 4),
    await world.person("Ben Two", 2),
    await world.person("Cleo Two", 2),
  ];
  const as = (who: { readonly token: string }) => ({ token: who.token });
  const get = (who: typeof dora, path: string) => world.api("GET", `/api/v1/incidents/${path}`, undefined, as(who));
  const make = async (title: string, member: typeof dora): Promise<Json> => {
    const made = (await world.api("POST", "/api/v1/incidents", { title }, as(dora))).body;
    for (const [command, body] of [
      ["restrict", { reason: "Under inquiry" }],
      ["grant-access", { person: member.id, reason: "Helps" }],
    ] as const)
      assert.equal(
        (await world.api("POST", `/api/v1/incidents/${made.id}/${command}`, body, as(dora))).status,
        200,
        command,
      );
    return made;
  };
  const [first, second] = [await make("Odd transfers", ben), await make("Odd sign-ins", cleo)];
  const asked = { text: "Call the capercaillie bank", person: ben.id };
  assert.equal((await world.api("POST", `/api/v1/incidents/${first.id}/add-task`, asked, as(dora))).status, 200);
  const why = { into: second.number, reason: "The same quetzalier" };
  assert.equal((await world.api("POST", `/api/v1/incidents/${first.id}/merge`, why, as(dora))).status, 200);
  for (const [who, mine, other] of [
    [ben, first, second],
    [cleo, second, first],
  ] as const)
    for (const path of ["", "/timeline", "/export", "/links", "/similar"]) {
      const answer = await get(who, `${mine.id}${path}`);
      assert.equal(answer.status, 200, `${who.name} ${path}`);
      for (const told of [other.id, other.number, other.title, "quetzalier"])
        assert.ok(!answer.text.includes(told), `${who.name} ${path} is told ${told}`);
    }
  const listed = await world.api("GET", "/api/v1/incidents?open=false", undefined, as(ben));
  assert.deepEqual(
    listed.body.data.map(({ stage, mergedInto }: Json) => [stage, mergedInto]),
    [["merged", null]],
  );
  const exported = (await get(ben, `${first.id}/export`)).body;
  const withheld = exported.entries.filter((one: Json) => one.withheld);
  assert.deepEqual([verifyRecord(exported).whole, withheld.length], [true, 1]);
  const { tasks } = (await get(ben, first.id)).body;
  assert.deepEqual(
    tasks.map((one: Json) => one.status),
    ["cancelled"],
  );
  assert.ok(!(await get(cleo, `${second.id}/timeline`)).text.includes("capercaillie"));
  const known = await get(dora, first.id);
  assert.equal(known.body.mergedInto, second.id, "whom both admit reads it as it was written");
  assert.match((await get(dora, `${second.id}/timeline`)).text, new RegExp(first.number));
  await world.stop();
});
