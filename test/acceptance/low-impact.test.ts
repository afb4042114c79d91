/** Incidents of low impact: reported without an account, taken in by a desk of level 2, closed together by level 4 with words written
 *  once, each with its own record and its own targets. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { actingIn } from "./acting.ts";
import { recordOf } from "./rota.ts";
import { type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
const { act } = actingIn(() => world);
let desk: Someone;
let lead: Someone;

before(async () => {
  world = await startWorld();
  desk = await world.person("Ana Roy", 2, { language: "fr" });
  lead = await world.person("Cleo Diop", 4, { language: "fr" });
});
after(() => world.stop());

const said = { solution: "Remplacé au comptoir", impact: "Une personne" };
const documented = { language: "fr", summary: said.solution, impact: said.impact };

/** In the order in which the page asks for them, each a request for all that are left. */
const steps: readonly (readonly [string, Json])[] = [
  ["confirm-priority", { impact: 4, urgency: 4 }],
  ["accept", {}],
  ["declare-restored", { text: said.solution }],
  ["declare-resolved", { solution: said.solution, causeUnknown: true }],
  ["confirm-recovery", { text: said.solution, notNeeded: true }],
  ["complete-documentation", documented],
  ["close", {}],
];

async function recorded(title: string): Promise<Json> {
  const answer = await world.api("POST", "/api/v1/incidents", { title, language: "fr" }, { token: desk.token });
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}

/** Of each act, in the order asked: its code, or that it was done. */
async function together(
  ids: readonly string[],
  [command, body]: (typeof steps)[number],
  by: Someone,
): Promise<string[]> {
  const acts = ids.map((incident) => ({ incident, command, body }));
  const answer = await world.api("POST", "/api/v1/incidents/bulk", { acts }, { token: by.token });
  await world.settle();
  assert.equal(answer.status, 200, answer.text);
  return answer.body.results.map(({ status, problem }: Json) => problem?.code ?? status);
}

test("a title is enough; its words propose the category, and the category asks nothing more", async () => {
  const title = "Clavier collant, imprimante bruyante";
  const guessed = await world.api("POST", "/api/v1/incidents/proposals", { title }, { token: desk.token });
  assert.deepEqual(
    guessed.body.proposals.categories.map(({ value }: Json) => value),
    ["low-impact"],
  );
  const { id, stage } = await recorded(title);
  assert.equal(stage, "registered");
  const { asks, missing } = await act(id, "categorise", { categories: ["low-impact"] }, desk);
  assert.deepEqual([asks.openQuestions, asks.recovery, asks.criteria, asks.roles], [0, [], [], []]);
  assert.ok(missing.length <= 6, `no more than six things are left to say: ${missing}`);
  assert.deepEqual(asks.levels, [{ command: "declare-restored", level: 3 }], "level 3 may say that it is back");
});

test("what was reported without an account is told of its end by its receipt", async () => {
  const report = { title: "Souris brisée", language: "fr" };
  const { receipt } = (await world.api("POST", "/api/v1/reports", report, { token: null })).body;
  const state = async () =>
    (await world.api("GET", `/api/v1/reports/${receipt}`, undefined, { token: null })).body.state;
  assert.equal(await state(), "reported");
  const { data } = (await world.api("GET", "/api/v1/incidents")).body;
  const { id } = data.find(({ title }: Json) => title === report.title);
  const thrown = await world.api("POST", `/api/v1/incidents/${id}/dismiss`, { reason: "x" }, { token: desk.token });
  assert.deepEqual(
    [thrown.status, thrown.body.code],
    [403, "level-too-low"],
    "what came from outside is not thrown away",
  );
  await act(id, "register", {}, desk);
  await act(id, "categorise", { categories: ["low-impact"] }, desk);
  for (const step of steps) assert.deepEqual(await together([id], step, lead), [200], step[0]);
  assert.equal(await state(), "closed");
});

test("closed together: each step is in each record, and one that may not be closed holds back no other", async () => {
  const titles = ["Écran pâle", "Casque muet", "Encre vide"];
  const ids: string[] = [];
  for (const title of titles) {
    const { id } = await recorded(title);
    await act(id, "categorise", { categories: ["low-impact"] }, desk);
    ids.push(id);
  }
  const { id: grave } = await recorded("Fibre coupée");
  await act(grave, "categorise", { categories: ["major"] }, lead);
  const [first = "", ...others] = ids;
  assert.deepEqual(await together([first], ["close", {}], desk), ["level-too-low"]);
  const all = [first, grave, ...others];
  for (const step of steps.slice(0, 4))
    assert.deepEqual(await together(all, step, lead), [200, 200, 200, 200], step[0]);
  const refused: Readonly<Record<string, string>> = {
    "confirm-recovery": "restoration-unconfirmed",
    close: "milestones-missing",
  };
  for (const step of steps.slice(4))
    assert.deepEqual(await together(all, step, lead), [200, refused[step[0]] ?? 200, 200, 200], step[0]);
  const stages = await Promise.all(
    all.map(async (id) => (await world.api("GET", `/api/v1/incidents/${id}`)).body.stage),
  );
  assert.deepEqual(stages, ["closed", "resolved", "closed", "closed"]);
  for (const id of ids) {
    const types = (await recordOf(world, id)).map(({ type }) => type);
    const told = ["service.restored", "incident.resolved", "recovery.confirmed", "documentation.completed"];
    for (const type of [...told, "incident.closed"])
      assert.equal(types.filter((one) => one === type).length, 1, `${type}, as of any incident`);
  }
  const kept = (await recordOf(world, grave)).map(({ type }) => type);
  assert.deepEqual(
    ["recovery.confirmed", "incident.closed"].filter((type) => kept.includes(type)),
    [],
    "what was refused of the grave one is not in its record",
  );
});

/** When so many minutes of an office have passed: Monday to Friday, from nine to five on the wall. */
function openMinutesAfter(from: string, minutes: number, zone: string): string {
  let [at, left] = [Temporal.Instant.from(from).toZonedDateTimeISO(zone), minutes * 60_000];
  for (;;) {
    const [opens, closes] = [at.with(wall(9)), at.with(wall(17))];
    const since = Temporal.ZonedDateTime.compare(at, opens) < 0 ? opens : at;
    const open = at.dayOfWeek > 5 ? 0 : Math.max(0, closes.epochMilliseconds - since.epochMilliseconds);
    if (open >= left) return new Date(since.epochMilliseconds + left).toISOString();
    left -= open;
    at = at.add({ days: 1 }).startOfDay();
  }
}
const wall = (hour: number) => ({ hour, minute: 0, second: 0, millisecond: 0 });

test("four open hours to take it and three office days to restore it, from its report to the instant; what it took is kept", async () => {
  const { data: calendars } = (await world.api("GET", "/api/v1/business-calendars")).body;
  const { zone } = calendars.find(({ id }: Json) => id === "office").hours;
  const { id, milestones } = await recorded("Chaise bancale");
  await act(id, "categorise", { categories: ["low-impact"] }, desk);
  await act(id, "confirm-priority", { impact: 4, urgency: 4 }, lead);
  const clocks = async () => (await world.api("GET", `/api/v1/incidents/${id}/clocks`)).body.data;
  const from = milestones.reported;
  const lengths = { accept: 4 * 60, restore: 3 * 8 * 60 };
  const asked = (await clocks()).map(({ kind, target, startedAt, dueAt }: Json) => {
    const { minutes, priority, calendar, categories } = target;
    return { kind, minutes, priority, calendar: calendar.id, categories, startedAt, dueAt };
  });
  const due = (minutes: number) => openMinutesAfter(from, minutes, zone);
  assert.deepEqual(
    asked,
    Object.entries(lengths).map(([kind, minutes]) => {
      const of = { priority: 5, calendar: "office", categories: ["low-impact"], startedAt: from };
      return { kind, minutes, ...of, dueAt: due(minutes) };
    }),
  );
  const openAt = async () => {
    const { text } = await world.api("GET", "/metrics");
    return Number(/^tocsin_incidents_open\{priority="5"\} (\d+)$/m.exec(text)?.[1]);
  };
  const open = await openAt();
  const until = async (instant: string) => world.advance((Date.parse(instant) - world.desk.clock.now()) / 60_000);
  const measured = async (): Promise<Json[]> =>
    (await clocks()).map(({ kind, status, elapsedMs, reachedAt, missedAt }: Json) => ({
      ...{ kind, status, minutes: Math.floor(elapsedMs / 60_000), reachedAt, missedAt },
    }));
  await until(due(lengths.accept));
  await act(id, "accept", {}, lead);
  await until(due(lengths.restore + 30));
  const late = await act(id, "declare-restored", { text: "Changée" }, lead);
  const [taken, restored] = await measured();
  assert.equal(taken?.minutes, lengths.accept, "what the office was closed is not counted");
  assert.equal(restored?.minutes, lengths.restore + 30);
  assert.deepEqual(
    [restored?.status, restored?.reachedAt, restored?.missedAt],
    ["met-late", late.milestones.restored, due(lengths.restore)],
  );
  for (const step of steps.slice(3)) await act(id, step[0], step[1], lead);
  assert.equal(await openAt(), open - 1, "and it is counted as open no more");
});

test("its targets are counted in open hours, warned of once, and missed out loud", async () => {
  const { id } = await recorded("Tapis usé");
  await act(id, "categorise", { categories: ["low-impact"] }, desk);
  await act(id, "confirm-priority", { impact: 4, urgency: 4 }, lead);
  const clocks = async () =>
    (await world.api("GET", `/api/v1/incidents/${id}/clocks`)).body.data.map(({ kind, status }: Json) => [
      kind,
      status,
    ]);
  assert.deepEqual(await clocks(), [
    ["accept", "running"],
    ["restore", "running"],
  ]);
  await world.advance(7 * 24 * 60);
  assert.deepEqual(await clocks(), [
    ["accept", "missed"],
    ["restore", "missed"],
  ]);
  const said = (await recordOf(world, id)).map(({ type, data }) => ({ type, ...(data as Json) }));
  assert.deepEqual(
    said.filter(({ type }) => type === "sla.breached").map(({ clock }) => clock),
    ["accept", "restore"],
  );
  const warned = said.filter(({ type }) => type === "sla.warned").map(({ clock, share }) => `${clock} ${share}`);
  assert.deepEqual(
    warned.toSorted(),
    ["accept", "restore"].flatMap((clock) => [50, 75, 90].map((share) => `${clock} ${share}`)),
    "of each share once",
  );
  await act(id, "accept", {}, lead);
  const { milestones } = await act(id, "declare-restored", { text: "Changé" }, lead);
  assert.ok(milestones.restored, "late is still done");
  assert.deepEqual(await clocks(), [
    ["accept", "met-late"],
    ["restore", "met-late"],
  ]);
});
