/** What becomes of the tasks of an incident that is merged, with the whole desk under virtual time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { organisation, wednesday } from "../drills/organisation.ts";
import { countOf, lastOf } from "../drills/reading.ts";
import { createWorld, type World } from "../drills/world.ts";
import { tasksMax } from "../incidents/tasks.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { hourMs, toIso } from "../kernel/time.ts";

const why = { reason: "the same cable" };
const due = toIso(wednesday + 2 * hourMs);

/** Two incidents, the first with a task of Ana's that is due, one of nobody, and one that is done. */
function desk(t: { name: string }): [World, string, string] {
  const on = createWorld({ seed: t.name, start: wednesday, directory: organisation });
  const [from, into] = ["Slow network", "No mail"].map((title) => {
    const id = on.open("cleo", { title });
    assert.ok(!isRefusal(id));
    return id;
  }) as [string, string];
  const tasks = [{ text: "call the bank", person: "ana", due }, { text: "look at the rack" }, { text: "done already" }];
  for (const input of tasks) assert.equal(on.command(from, "cleo", { name: "add-task", input }), null);
  assert.equal(on.command(from, "cleo", { name: "complete-task", input: { task: 3, text: null } }), null);
  return [on, from, into];
}

const merge = (on: World, from: string, into: string) =>
  on.command(from, "cleo", { name: "merge", input: { into } }, why);
const restrict = (on: World, id: string, member: string): void => {
  assert.equal(on.command(id, "cleo", { name: "restrict", input: {} }, why), null);
  assert.equal(on.command(id, "cleo", { name: "grant-access", input: { person: member } }, why), null);
};
const tasks = (on: World, id: string) =>
  (on.case(id).incident.tasks ?? []).map(({ number, status, text, owner }) => [
    number,
    status,
    text,
    owner?.id ?? null,
  ]);
const news = (on: World, who: string) =>
  on
    .mailbox(who)
    .filter(({ about }) => /^task-(carried|ended)$/.test(about))
    .map(({ about, incidentId }) => [about, incidentId]);

test("open tasks go on in the incident that theirs was merged into, with who has them and until when, and the owner hears it there", (t) => {
  const [on, from, into] = desk(t);
  assert.equal(on.command(into, "cleo", { name: "add-task", input: { text: "restart" } }), null);
  assert.equal(merge(on, from, into), null);
  assert.deepEqual(tasks(on, from), [
    [1, "moved", "call the bank", "ana"],
    [2, "moved", "look at the rack", null],
    [3, "done", "done already", null],
  ]);
  assert.deepEqual(tasks(on, into), [
    [1, "open", "restart", null],
    [2, "open", "call the bank", "ana"],
    [3, "open", "look at the rack", null],
  ]);
  assert.equal(on.case(into).incident.tasks?.[1]?.due, Date.parse(due));
  assert.deepEqual((lastOf(on, into, "incident.absorbed").data as { tasks: unknown }).tasks, [2, 3]);
  assert.deepEqual(news(on, "ana"), [["task-carried", into]]);
  assert.equal(on.command(into, "ana", { name: "complete-task", input: { task: 2, text: null } }), null);
});

test("one that goes on is waited for where it went, once, and no more where it was", (t) => {
  const [on, from, into] = desk(t);
  on.command(into, "cleo", { name: "accept", input: {} });
  on.command(into, "cleo", { name: "confirm-priority", input: { impact: 2, urgency: 2 } });
  assert.equal(merge(on, from, into), null);
  on.advance(24 * 60);
  assert.deepEqual([countOf(on, from, "task.stale"), countOf(on, into, "task.stale")], [0, 2]);
});

test("of two restricted incidents that admit the same people, tasks go on too", (t) => {
  const [on, from, into] = desk(t);
  for (const id of [from, into]) restrict(on, id, "ana");
  for (const id of [from, into]) on.command(id, "cleo", { name: "grant-access", input: { person: "cleo" } }, why);
  assert.equal(merge(on, from, into), null);
  assert.equal(tasks(on, into).length, 2);
  assert.deepEqual(news(on, "ana"), [["task-carried", into]]);
});

test("where the other admits somebody else they end, and the owner hears that theirs is awaited no more and nothing of the other", (t) => {
  const [on, from, into] = desk(t);
  restrict(on, from, "ana");
  restrict(on, into, "ben");
  assert.equal(merge(on, from, into), null);
  assert.deepEqual(
    tasks(on, from).map(([, status]) => status),
    ["cancelled", "cancelled", "done"],
  );
  assert.deepEqual(tasks(on, into), []);
  assert.deepEqual(news(on, "ana"), [["task-ended", from]]);
  const ended = lastOf(on, from, "task.cancelled");
  assert.ok(!JSON.stringify(ended).includes(into) && ended.reason === null && ended.actor.kind === "system");
  assert.equal(
    on.command(from, "ana", { name: "complete-task", input: { task: 1, text: null } })?.refused,
    "already-merged",
  );
});

test("out of a mark that the other does not bear, no task is said there", (t) => {
  const [on, from, into] = desk(t);
  assert.equal(on.command(from, "cleo", { name: "mark", input: { tlp: "red" } } as never, why), null);
  assert.equal(merge(on, from, into), null);
  assert.deepEqual([tasks(on, into), news(on, "ana")], [[], [["task-ended", from]]]);
});

test("as many go on as there is room for, and the others end", (t) => {
  const [on, from, into] = desk(t);
  for (let made = 1; made < tasksMax; made++)
    assert.equal(on.command(into, "cleo", { name: "add-task", input: { text: `step ${made}` } }), null);
  assert.equal(merge(on, from, into), null);
  assert.deepEqual(
    tasks(on, from).map(([, status]) => status),
    ["moved", "cancelled", "done"],
  );
  assert.equal(tasks(on, into).length, tasksMax);
});

test("what somebody drops tells nobody that a merge ended it", (t) => {
  const [on, from] = desk(t);
  assert.equal(on.command(from, "cleo", { name: "cancel-task", input: { task: 1 } }, why), null);
  assert.deepEqual(news(on, "ana"), []);
});
