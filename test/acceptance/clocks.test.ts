/** Targets as clocks on a real desk: counted, paused, warned of once, and shown. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Answer, type Someone, startWorld, type TestWorld } from "./world.ts";

const process = {
  targets: [
    { kind: "accept", minutes: 10 },
    { kind: "restore", minutes: 100, priorities: [2, 3, 4, 5] },
    { kind: "restore", minutes: 40, priorities: [1] },
    { kind: "update", minutes: 60 },
  ],
};
const names = { nameFr: "Inondation", nameEn: "Flood" };

type Begun = {
  readonly world: TestWorld;
  readonly id: string;
  readonly cleo: Someone;
  readonly act: (command: string, body?: object) => Promise<Answer>;
  readonly clocks: () => Promise<Answer["body"]>;
  readonly said: () => Promise<unknown[][]>;
};

async function begin(mail = false): Promise<Begun> {
  const world = await startWorld({ mail });
  const [cleo, dan] = [await world.person("Cleo Four", 4), await world.person("Dan Five", 5)];
  const made = await world.api("POST", "/api/v1/categories", { id: "flood", ...names, process }, { token: dan.token });
  assert.equal(made.status, 201, made.text);
  const body = { title: "Water comes in", categories: ["flood"], impact: 3, urgency: 3 };
  const { id } = (await world.api("POST", "/api/v1/incidents", body, { token: cleo.token })).body;
  const act: Begun["act"] = (command, given = {}) =>
    world.api("POST", `/api/v1/incidents/${id}/${command}`, given, { token: cleo.token });
  assert.equal((await act("accept")).status, 200);
  const clocks = async () => (await world.api("GET", `/api/v1/incidents/${id}/clocks`)).body;
  const said = async () => {
    const { data } = (await world.api("GET", `/api/v1/incidents/${id}/timeline`)).body;
    return data
      .filter(({ type }: Answer["body"]) => type.startsWith("sla."))
      .map(({ type, data: { clock, share, because } }: Answer["body"]) => [type, clock ?? because, share]);
  };
  return { world, id, cleo, act, clocks, said };
}

const states = ({ data }: Answer["body"]) =>
  data.map(({ kind, status, percent }: Answer["body"]) => [kind, status, percent]);

test("the restore clock from the report to the restoration, with a warning at each share, once", async () => {
  const { world, id, act, clocks, said } = await begin();
  assert.deepEqual(states(await clocks()), [
    ["accept", "met", 0],
    ["restore", "running", 0],
    ["update", "running", 0],
  ]);
  const shown = (await world.api("GET", `/api/v1/incidents/${id}`)).body;
  assert.equal(shown.due.target, "update");
  await world.advance(51);
  assert.deepEqual(states(await clocks())[1], ["restore", "running", 51]);
  assert.deepEqual(await said(), [
    ["sla.warned", "update", 50],
    ["sla.warned", "update", 75],
    ["sla.warned", "restore", 50],
  ]);
  const told = await act("advise-persons", { persons: [], text: "We pump." });
  assert.equal(told.body.due.target, "restore");
  await act("declare-restored", { text: "It is dry" });
  const done = await clocks();
  assert.deepEqual(states(done).slice(1), [
    ["restore", "met", 51],
    ["update", "running", 0],
  ]);
  assert.ok(done.data[1].reachedAt <= done.data[1].dueAt);
  const back = await act("advise-persons", { persons: [], text: "It is dry." });
  assert.equal(back.body.due, null);
  await world.advance(300);
  assert.equal((await said()).length, 3, "nothing more is owed");
  await world.stop();
});

test("a pause stops what may be stopped, until its end or sooner, and never at the highest priorities", async () => {
  const { world, act, clocks, said } = await begin();
  await world.advance(30);
  const until = new Date(world.desk.clock.now() + 60 * 60_000).toISOString();
  const refused = await act("pause-clock", { pause: "weather", reason: "It rains" });
  assert.deepEqual([refused.status, refused.body.code], [422, "pause-unknown"]);
  const paused = await act("pause-clock", { pause: "supplier", until, reason: "The plumber comes at nine" });
  assert.equal(paused.status, 200, paused.text);
  assert.deepEqual([paused.body.paused.pause, paused.body.paused.until], ["supplier", until]);
  const [, restore, update] = (await clocks()).data;
  assert.deepEqual(
    [restore.status, restore.paused.name, update.status],
    ["paused", "A supplier has to act", "running"],
  );
  const again = await act("pause-clock", { pause: "user", reason: "x" });
  assert.equal(again.body.code, "already-paused");
  await world.advance(61);
  assert.ok((await said()).some(([type, because]) => type === "sla.resumed" && because === "until-reached"));
  assert.equal((await act("resume-clock")).body.code, "not-paused");
  await act("pause-clock", { pause: "window", reason: "Tonight" });
  const left = (await clocks()).pauses.find(({ id }: Answer["body"]) => id === "supplier");
  assert.equal(left.leftMinutes, 5 * 24 * 60 - 60);
  const raised = await act("override-priority", { priority: 1, reason: "It reaches the wiring" });
  assert.equal(raised.body.paused, null);
  assert.equal((await act("pause-clock", { pause: "window", reason: "x" })).body.code, "priority-never-pauses");
  const { data } = await clocks();
  assert.deepEqual([data[1].target.minutes, data[1].status], [40, "running"], "31 of 40 minutes");
  await world.stop();
});

test("hours of a calendar: the service's own, one that a target names, and others from now on", async () => {
  const world = await startWorld({ mail: false });
  const [cleo, dan] = [await world.person("Cleo Four", 4), await world.person("Dan Five", 5)];
  const hours = { zone: "Europe/Paris", openings: [{ days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", until: "24:00" }] };
  const post = (path: string, body: object, as: Someone = dan) => world.api("POST", `/api/v1/${path}`, body, as);
  const body = { id: "ever", nameFr: "Toujours", nameEn: "Ever", hours };
  assert.equal((await post("business-calendars", body, cleo)).body.code, "level-five-needed");
  const made = await post("business-calendars", body);
  assert.deepEqual([made.status, made.body.version, made.body.hours.closedOn], [201, 1, []], made.text);
  assert.equal((await post("business-calendars", body)).body.code, "calendar-taken");
  const named = (calendar?: string) => ({
    targets: [{ kind: "restore", minutes: 120, openHours: true, ...(calendar && { calendar }) }],
  });
  const unknown = await post("categories", { id: "storm", nameFr: "T", nameEn: "S", process: named("moon") });
  assert.deepEqual([unknown.status, unknown.body.code], [422, "calendar-unknown"]);
  for (const [id, calendar] of [["by-name", "ever"], ["by-service"]] as const)
    assert.equal((await post("categories", { id, nameFr: id, nameEn: id, process: named(calendar) })).status, 201);
  const { id: service } = (await world.api("POST", "/api/v1/services", { nameFr: "Eau", nameEn: "Water" })).body;
  const record = async (category: string): Promise<string> =>
    (await post("incidents", { title: "Water", categories: [category], service, impact: 3, urgency: 3 }, cleo)).body.id;
  const [first, second] = [await record("by-name"), await record("by-service")];
  const restore = async (id: string) => {
    const { data } = (await world.api("GET", `/api/v1/incidents/${id}/clocks`)).body;
    return data[0];
  };
  const usual = await restore(second);
  assert.deepEqual([(await restore(first)).target.calendar.name, usual.target.calendar.id], ["Ever", "office"]);
  const changed = await world.api("PATCH", `/api/v1/services/${service}`, { calendar: "ever" });
  assert.equal(changed.body.calendar, "ever", changed.text);
  await world.advance(10);
  const own = await restore(second);
  assert.deepEqual([own.target.calendar.id, own.status, own.percent], ["ever", "running", 8]);
  const shut = { after: 1, hours: { ...hours, openings: [] } };
  const both = await Promise.all([1, 2].map(() => post("business-calendars/ever/versions", shut)));
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [201, 409]);
  await world.advance(600);
  const closed = await restore(first);
  assert.deepEqual([closed.status, closed.percent, closed.dueAt, closed.opensAt], ["closed", 8, null, null]);
  const shown = (await world.api("GET", `/api/v1/incidents/${first}`)).body;
  assert.equal(shown.due, null, "lists follow the calendar too");
  await world.stop();
});

test("the board by what is due first, page after page, and what is late found by the list", async () => {
  const world = await startWorld({ mail: false });
  const dan = await world.person("Dan Five", 5);
  const within = (minutes: number) => ({ targets: [{ kind: "resolve", minutes }] });
  for (const [id, minutes] of [
    ["slow", 600],
    ["quick", 30],
    ["middling", 90],
  ] as const) {
    const body = { id, nameFr: id, nameEn: id, process: within(minutes) };
    assert.equal((await world.api("POST", "/api/v1/categories", body, { token: dan.token })).status, 201);
  }
  for (const title of ["slow", "none", "quick", "middling"])
    await world.api("POST", "/api/v1/incidents", { title, ...(title !== "none" && { categories: [title] }) });
  const titles = ({ body }: Answer): string[] => body.data.map((one: Answer["body"]) => one.title);
  const board = (more: string) => world.api("GET", `/api/v1/board?by=due${more}`);
  assert.deepEqual(titles(await board("")), ["quick", "middling", "slow", "none"]);
  const first = await board("&limit=2");
  const second = await board(`&limit=1&cursor=${first.body.nextCursor}`);
  assert.deepEqual(titles(second), ["slow"]);
  assert.deepEqual(titles(await board(`&limit=1&cursor=${second.body.nextCursor}`)), ["none"]);
  const other = await world.api("GET", `/api/v1/board?cursor=${first.body.nextCursor}`);
  assert.equal(other.status, 422, "a place in one order is none in another");
  await world.advance(31);
  const list = (q: string) => world.api("GET", `/api/v1/incidents?q=${encodeURIComponent(q)}`);
  assert.deepEqual(titles(await list("is:late")), ["quick"]);
  const gaps = async () => titles(await list("est:non-remonté"));
  assert.deepEqual(await gaps(), ["quick"], "late, and nobody was asked");
  const quick = (await list("is:late")).body.data[0].id;
  const aside = { because: "missed", reason: "The supplier comes tonight" };
  const path = `/api/v1/incidents/${quick}`;
  assert.equal((await world.api("POST", `${path}/set-aside-escalation`, aside, { token: dan.token })).status, 200);
  const clocks = (await world.api("GET", `${path}/clocks`)).body;
  assert.deepEqual([clocks.escalate, clocks.setAside.gap, clocks.setAside.reason], [null, true, aside.reason]);
  assert.deepEqual(await gaps(), ["quick"], "set aside, it is a gap all the same");
  const asked = { kind: "hierarchical", to: dan.id, expected: "A decision", reason: "Late" };
  await world.api("POST", `/api/v1/incidents/${quick}/escalate`, asked, { token: dan.token });
  await world.settle();
  assert.deepEqual([await gaps(), titles(await list("-is:unescalated is:late"))], [[], ["quick"]]);
  assert.deepEqual(titles(await list("échéance:2h")), ["middling", "quick"]);
  assert.deepEqual(titles(await list("est:ouvert -due:2h")), ["none", "slow"]);
  assert.deepEqual(titles(await board("&q=is:late")), ["quick"]);
  const kept = { name: "Late", filter: { q: "is:late", by: "due" } };
  assert.deepEqual((await world.api("POST", "/api/v1/views", kept)).body.filter, kept.filter);
  await world.stop();
});

test("handed on three times, it proposes somebody with authority; half-way without a hypothesis, somebody who knows", async () => {
  const { world, act, clocks } = await begin();
  const proposed = async () => (await clocks()).escalate;
  assert.equal(await proposed(), null);
  await world.advance(51);
  const unsupposed = {
    because: "no-hypothesis",
    clock: "restore",
    kind: "functional",
    to: null,
    escalation: null,
    gap: false,
  };
  assert.deepEqual(await proposed(), unsupposed);
  await act("open-hypothesis", { text: "A valve" });
  assert.equal(await proposed(), null);
  const [ana, ben] = [await world.person("Ana Two", 2), await world.person("Ben Three", 3)];
  for (const { id: person } of [ana, ben, ana, ben]) assert.equal((await act("assign", { person })).status, 200);
  const handed = { because: "handed-on", clock: null, kind: "hierarchical", to: null, escalation: null, gap: false };
  assert.deepEqual(await proposed(), handed);
  const asked = { kind: "hierarchical", to: ben.id, expected: "Who has it", reason: "It goes round" };
  assert.equal((await act("escalate", asked)).status, 200);
  assert.equal(await proposed(), null, "somebody is asked");
  assert.equal((await act("end-escalation", { reason: "Settled" })).status, 200);
  assert.equal(await proposed(), null, "and was, since");
  await world.stop();
});

test("what was due while the desk was down, and was reached late, is in the record as missed, and wakes nobody", async () => {
  const { world, cleo, act, said } = await begin(true);
  await world.comeBackAfter(130, async () => {
    assert.equal((await act("declare-restored", { text: "It is dry" })).status, 200);
  });
  const missed = async () => (await said()).filter(([type]) => type === "sla.breached");
  assert.deepEqual(
    (await missed()).filter(([, clock]) => clock === "restore"),
    [["sla.breached", "restore", undefined]],
  );
  await world.advance(200);
  assert.equal((await missed()).filter(([, clock]) => clock === "restore").length, 1, "once");
  const letters = world.post.letters.filter(({ to, subject }) => to === cleo.email && /missed/i.test(subject));
  assert.ok(
    letters.every(({ text }) => !/restor/i.test(text)),
    letters.map(({ text }) => text).join("\n"),
  );
  await world.stop({ letters: true });
});

test("people who are told late are told late in the record, though the desk was down when it was due", async () => {
  const { world, act, said } = await begin();
  await world.settle();
  const due = new Date(world.desk.clock.now() + 60 * 60_000);
  await world.comeBackAfter(70, async () => {
    assert.equal((await act("advise-persons", { persons: [], text: "We pump." })).status, 200);
  });
  const missed = async () =>
    (await said()).filter(([type, clock]) => type === "sla.breached" && clock === "update").length;
  assert.equal(await missed(), 1);
  const [row] = await world.query<{ due: string }>(
    "select data ->> 'due' as due from events where type = 'sla.breached'",
  );
  assert.ok(Math.abs(Date.parse(row?.due ?? "") - due.getTime()) < 60_000, "the time at which it was due");
  await world.advance(30);
  assert.equal(await missed(), 1, "once, and the next time is another");
  await world.stop();
});

test("whatever was due while the desk was down is missed, whichever of them is reached late, and once", async () => {
  const world = await startWorld({ mail: false });
  const [cleo, dan] = [await world.person("Cleo Four", 4), await world.person("Dan Five", 5)];
  const targets = ["accept", "assign", "restore", "resolve"].map((kind) => ({ kind, minutes: 20 }));
  const made = await world.api(
    "POST",
    "/api/v1/categories",
    { id: "flood", ...names, process: { targets } },
    { token: dan.token },
  );
  assert.equal(made.status, 201, made.text);
  const body = { title: "Water comes in", categories: ["flood"], impact: 3, urgency: 3 };
  const { id } = (await world.api("POST", "/api/v1/incidents", body, { token: cleo.token })).body;
  const act = async (command: string, given: object): Promise<void> => {
    const answer = await world.api("POST", `/api/v1/incidents/${id}/${command}`, given, { token: cleo.token });
    assert.equal(answer.status, 200, answer.text);
  };
  await world.comeBackAfter(30, async () => {
    await act("assign", { person: cleo.id });
    await act("accept", {});
    await act("declare-restored", { text: "It is dry" });
    await act("declare-resolved", { cause: "A tap", solution: "Closed" });
  });
  await world.advance(60);
  const breached = await world.query<{ clock: string }>(
    "select data ->> 'clock' as clock from events where type = 'sla.breached' order by clock",
  );
  assert.deepEqual(
    breached.map(({ clock }) => clock),
    ["accept", "assign", "resolve", "restore"],
  );
  await world.stop();
});
