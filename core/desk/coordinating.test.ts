/** What coordinating causes, with the whole desk under virtual time: who hears of an offer, of a role, of a task, and when. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { organisation, wednesday } from "../drills/organisation.ts";
import { countOf, lastOf, typesOf } from "../drills/reading.ts";
import { createWorld, type World } from "../drills/world.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { hourMs, toIso } from "../kernel/time.ts";

const why = { reason: "end of my shift" };

function held(t: { name: string }): [World, string] {
  const on = createWorld({ seed: t.name, start: wednesday, directory: organisation });
  const id = on.open("ana", { title: "Slow network", service: "billing" });
  assert.ok(!isRefusal(id));
  assert.equal(on.command(id, "cleo", { name: "accept", input: {} }), null);
  return [on, id];
}

const news = (on: World, who: string): string[] =>
  on
    .mailbox(who)
    .map(({ about }) => about)
    .filter((about) => /^(coordination|role|task|period)-/.test(about));
const offer = (person: string) => ({ name: "offer-coordination", input: { person } }) as const;
const accept = { name: "accept-coordination", input: {} } as const;
const decline = { name: "decline-coordination", input: {} } as const;
const coordinatorOf = (on: World, id: string) => on.case(id).incident.coordinator?.id;

test("offered, accepted: each hears of the other's act, and the record keeps the brief", (t) => {
  const [on, id] = held(t);
  assert.equal(on.command(id, "cleo", offer("dan"), why), null);
  assert.deepEqual([news(on, "dan"), coordinatorOf(on, id)], [["coordination-offered"], "cleo"]);
  assert.equal(on.command(id, "dan", accept), null);
  assert.deepEqual([news(on, "cleo"), coordinatorOf(on, id)], [["coordination-taken"], "dan"]);
  const { brief } = lastOf(on, id, "coordination.handed-over").data as { brief: { coordinator: string } };
  assert.equal(brief.coordinator, "Cleo");
  on.advance(30);
  assert.equal(countOf(on, id, "coordination.expired"), 0);
});

test("without an answer it ends by itself, both are told once, and whoever offered coordinates still", (t) => {
  const [on, id] = held(t);
  on.command(id, "cleo", offer("dan"), why);
  on.advance(14);
  assert.equal(countOf(on, id, "coordination.expired"), 0);
  on.advance(2);
  assert.equal(countOf(on, id, "coordination.expired"), 1);
  assert.deepEqual(
    [news(on, "dan"), news(on, "cleo"), coordinatorOf(on, id)],
    [["coordination-offered", "coordination-expired"], ["coordination-expired"], "cleo"],
  );
  assert.equal(on.command(id, "dan", decline, why)?.refused, "coordination-not-offered");
  on.advance(60);
  assert.equal(countOf(on, id, "coordination.expired"), 1);
  assert.equal(on.command(id, "cleo", offer("dan"), why), null, "it may be offered again");
  assert.equal(news(on, "dan").length, 3);
});

test("declined with a reason, withdrawn, or overtaken: whoever waits for it is told", (t) => {
  const [on, id] = held(t);
  on.command(id, "cleo", offer("dan"), why);
  assert.equal(on.command(id, "dan", decline, { reason: "I am abroad" }), null);
  assert.deepEqual(news(on, "cleo"), ["coordination-declined"]);
  on.command(id, "cleo", offer("ben"), why);
  on.command(id, "cleo", { name: "withdraw-coordination", input: {} });
  assert.deepEqual(news(on, "ben"), ["coordination-offered", "coordination-withdrawn"]);
  on.command(id, "cleo", offer("ben"), why);
  on.command(id, "dan", accept, { reason: "Cleo has fallen asleep" });
  assert.deepEqual(news(on, "ben").slice(2), ["coordination-offered", "coordination-withdrawn"]);
  assert.deepEqual([news(on, "cleo").at(-1), coordinatorOf(on, id)], ["coordination-taken", "dan"]);
});

test("whoever gives it back leaves it to be taken, and level 3 takes it", (t) => {
  const [on, id] = held(t);
  assert.equal(on.command(id, "ben", accept)?.refused, "coordinated-by-another");
  on.command(id, "dan", { name: "accept", input: {} });
  on.command(id, "cleo", { name: "decline", input: {} }, why);
  assert.deepEqual([on.case(id).incident.coordinationWanted, coordinatorOf(on, id)], [true, undefined]);
  assert.equal(on.command(id, "ben", accept), null);
  assert.deepEqual([coordinatorOf(on, id), on.case(id).incident.acceptedBy?.id], ["ben", "dan"]);
});

test("somebody who has left, or is nobody, is offered nothing", (t) => {
  const [on, id] = held(t);
  assert.equal(on.command(id, "cleo", offer("nobody"), why)?.refused, "person-unknown");
  assert.equal(on.command(id, "cleo", offer("eve"), why)?.refused, "holder-level");
});

test("whoever is given a role or a task is told, and not what they took themselves", (t) => {
  const [on, id] = held(t);
  on.command(id, "cleo", { name: "categorise", input: { categories: ["major"] } });
  assert.equal(on.command(id, "cleo", { name: "fill-role", input: { role: "scribe", person: "ana" } }), null);
  assert.equal(on.command(id, "cleo", { name: "fill-role", input: { role: "deputy", person: "cleo" } }), null);
  on.command(id, "cleo", { name: "add-task", input: { text: "call the bank", person: "ana" } });
  on.command(id, "ana", { name: "add-task", input: { text: "call the city", person: "ana" } });
  assert.deepEqual([news(on, "ana"), news(on, "cleo")], [["role-given", "task-given"], []]);
});

test("a task that is late and silent is raised once to whoever coordinates, by a timer", (t) => {
  const [on, id] = held(t);
  on.command(id, "cleo", { name: "confirm-priority", input: { impact: 2, urgency: 2 } });
  const due = toIso(wednesday + hourMs);
  on.command(id, "cleo", { name: "add-task", input: { text: "call the bank", person: "ana", due } });
  on.advance(85);
  assert.equal(countOf(on, id, "task.stale"), 0);
  on.advance(10);
  assert.deepEqual([countOf(on, id, "task.stale"), news(on, "cleo")], [1, ["task-stale"]]);
  on.advance(24 * 60);
  assert.deepEqual([countOf(on, id, "task.stale"), news(on, "cleo").length], [1, 1]);
  const later = toIso(wednesday + 48 * hourMs);
  on.command(id, "cleo", { name: "assign-task", input: { task: 1, due: later } });
  on.command(id, "ana", { name: "complete-task", input: { task: 1, text: null } });
  on.advance(72 * 60);
  assert.equal(countOf(on, id, "task.stale"), 1, "what is done is late no more");
});

test("a task without a date is raised too, once, by its own timer", (t) => {
  const [on, id] = held(t);
  on.command(id, "cleo", { name: "confirm-priority", input: { impact: 2, urgency: 2 } });
  on.command(id, "cleo", { name: "add-task", input: { text: "call the bank", person: "ana" } });
  on.advance(29);
  assert.equal(countOf(on, id, "task.stale"), 0);
  on.command(id, "cleo", { name: "override-priority", input: { priority: 3 } }, why);
  on.advance(60);
  assert.equal(countOf(on, id, "task.stale"), 0, "lighter, it may be silent for longer");
  on.advance(32);
  assert.deepEqual([countOf(on, id, "task.stale"), news(on, "cleo")], [1, ["task-stale"]]);
  on.advance(24 * 60);
  assert.equal(countOf(on, id, "task.stale"), 1);
});

test("whoever coordinates hears once that a period of the plan has ended with none after it", (t) => {
  const [on, id] = held(t);
  const plan = (hours: number) => ({
    name: "plan-period" as const,
    input: { until: toIso(wednesday + hours * hourMs), situation: "s", objectives: ["o"] },
  });
  on.command(id, "cleo", plan(1));
  on.command(id, "cleo", plan(2));
  on.advance(90);
  assert.equal(countOf(on, id, "period.ended"), 0, "the next follows it");
  const later = { until: toIso(wednesday + 3 * hourMs) };
  on.command(id, "cleo", { name: "revise-period", input: later });
  on.advance(45);
  assert.equal(countOf(on, id, "period.ended"), 0, "it was made longer");
  on.advance(46);
  assert.deepEqual([countOf(on, id, "period.ended"), news(on, "cleo")], [1, ["period-ended"]]);
  on.advance(24 * 60);
  assert.deepEqual([countOf(on, id, "period.ended"), news(on, "cleo").length], [1, 1]);
});

test("the weight of an incident that changes changes when its silence counts", (t) => {
  const [on, id] = held(t);
  on.command(id, "cleo", { name: "confirm-priority", input: { impact: 1, urgency: 1 } });
  const due = toIso(wednesday + hourMs);
  on.command(id, "cleo", { name: "add-task", input: { text: "call the bank", person: "ana", due } });
  on.command(id, "cleo", { name: "override-priority", input: { priority: 3 } }, why);
  on.advance(110);
  assert.ok(!typesOf(on, id).includes("task.stale"));
  on.command(id, "cleo", { name: "override-priority", input: { priority: 2 } }, why);
  on.advance(1);
  assert.equal(countOf(on, id, "task.stale"), 1, "graver, it is late at once");
});
