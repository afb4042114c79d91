/** Tasks: one owner, one due date, over once; and silence that is raised once for each date. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { initialPaging } from "../escalation/paging-state.ts";
import { hourMs, minuteMs, parseIso } from "../kernel/time.ts";
import { briefOf, nextDeadline } from "./brief.ts";
import type { IncidentEvent } from "./events.ts";
import {
  accepted,
  ana,
  at,
  bare,
  because,
  ben,
  by,
  eve,
  given,
  pinning,
  prioritised,
  registered,
  stateAfter,
} from "./given.ts";
import { silenceMinutes, silenceOf } from "./silence.ts";
import { staleAtOf, staleTask, tasksMax } from "./tasks.ts";
import { byNeed } from "./watching.ts";

const due = "2026-10-07T19:00:00.000Z";
const dueAt = parseIso(due) ?? 0;
const whom = (id: string) => ({ person: id, to: { id, name: id.toUpperCase(), level: 3 as const } });
const task = (number: number, personId: string | null = "ana"): IncidentEvent => ({
  type: "task.created",
  data: { number, text: "call the bank", personId, name: personId?.toUpperCase() ?? null, due },
});
const one = given(registered, accepted("cleo"), task(1));

test("a task has a number, an owner and a date, each of which may change", () => {
  given(registered)
    .when(by(ana, "add-task", { text: "call the bank", due, ...whom("ben") }))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts)[0]?.data, { number: 1, text: "call the bank", personId: "ben", name: "BEN", due });
      assert.deepEqual([state.tasks?.[0]?.owner?.id, state.tasks?.[0]?.due], ["ben", dueAt]);
    });
  one.when(by(ana, "assign-task", { task: 1, ...whom("ben") })).thenFacts((_, state) => {
    assert.deepEqual([state.tasks?.[0]?.owner?.id, state.tasks?.[0]?.due], ["ben", dueAt]);
  });
  one.when(by(ana, "assign-task", { task: 1, due: null })).thenFacts((_, state) => {
    assert.deepEqual([state.tasks?.[0]?.owner?.id, state.tasks?.[0]?.due], ["ana", null]);
  });
  one.when(by(ana, "assign-task", { task: 1 })).thenRefused("nothing-changes");
  one.when(by(ana, "assign-task", { task: 2, ...whom("ben") })).thenRefused("task-unknown");
});

test("whoever has it says that it is done, whatever their level; others take level 2", () => {
  const eves = given(registered, task(1, "eve"));
  eves.when(by(eve, "complete-task", { task: 1, text: "they call back" })).thenFacts((_, state) => {
    assert.deepEqual([state.tasks?.[0]?.status, state.tasks?.[0]?.left?.text], ["done", "they call back"]);
  });
  one.when(by(eve, "complete-task", { task: 1, text: null })).thenRefused("task-not-yours");
  one.when(by(ana, "complete-task", { task: 1, text: null })).thenFacts((facts) => assert.equal(facts.length, 1));
  one.when(by(ben, "cancel-task", { task: 1 })).thenRefused("reason-required");
  const dropped = given(registered, task(1), { type: "task.cancelled", data: { number: 1 } });
  dropped.when(by(ana, "complete-task", { task: 1, text: null })).thenRefused("task-over");
  one.when(by(ben, "cancel-task", { task: 1 }, because)).thenFacts((_, state) => {
    assert.deepEqual([state.tasks?.[0]?.status, state.tasks?.[0]?.left?.text], ["cancelled", because.reason]);
  });
});

test("late, and silent for as long as its incident allows, it is raised to whoever coordinates, once for each date", () => {
  const state = stateAfter(registered, prioritised, accepted("cleo"), task(1));
  const stale = dueAt + silenceMinutes(2) * minuteMs;
  assert.deepEqual(staleTask(state, 1, stale - 1), []);
  const [raised] = staleTask(state, 1, stale);
  assert.deepEqual(raised, { type: "task.stale", data: { number: 1, minutes: 30, told: "cleo" } });
  const after = stateAfter(registered, prioritised, accepted("cleo"), task(1), raised as IncidentEvent);
  assert.deepEqual(staleTask(after, 1, stale + hourMs), []);
  const moved = (to: string | null): IncidentEvent => ({
    type: "task.assigned",
    data: { number: 1, personId: "ben", name: "BEN", due: to },
  });
  const given = (event: IncidentEvent) =>
    stateAfter(registered, prioritised, accepted("cleo"), task(1), raised as IncidentEvent, event).tasks?.[0];
  assert.equal(staleAtOf(given(moved(due)) ?? assert.fail(), 2), null, "of the same date, nobody hears twice");
  assert.equal(staleAtOf(given(moved("2026-10-07T21:00:00.000Z")) ?? assert.fail(), 2), dueAt + 2.5 * hourMs);
  const nobody = stateAfter(registered, prioritised, task(1));
  assert.equal(staleTask(nobody, 1, stale)[0]?.type, "task.stale");
});

test("without a date it is silent for as long as its incident allows since it was given, and given to another anew", () => {
  const undated = (to: string | null): IncidentEvent => ({
    type: "task.created",
    data: { number: 1, text: "call the bank", personId: to, name: to, due: null },
  });
  const past = [registered, prioritised, accepted("cleo"), undated("ana")];
  const state = stateAfter(...past);
  const asked = state.tasks?.[0]?.at ?? 0;
  const stale = asked + silenceMinutes(2) * minuteMs;
  assert.deepEqual(staleTask(state, 1, stale - 1), []);
  const [raised] = staleTask(state, 1, stale);
  assert.deepEqual(raised, { type: "task.stale", data: { number: 1, minutes: 30, told: "cleo", undated: true } });
  assert.deepEqual(staleTask(stateAfter(...past, raised as IncidentEvent), 1, stale + hourMs), [], "once");
  given(...past, raised as IncidentEvent)
    .when(by(ana, "assign-task", { task: 1, ...whom("ben") }, { occurredAt: at - minuteMs }))
    .thenFacts((_, after) => {
      const from = at - minuteMs + silenceMinutes(2) * minuteMs;
      assert.equal(staleAtOf(after.tasks?.[0] ?? assert.fail(), 2), from, "whoever has it now is given their time");
    });
});

test("an incident has so many tasks at most", () => {
  const all = Array.from({ length: tasksMax }, (_, place) => task(place + 1));
  given(registered, ...all)
    .when(by(ana, "add-task", { text: "one more" }))
    .thenRefused("tasks-full");
});

test("a brief says what is known, and repeats itself while nothing changes", () => {
  const decision: IncidentEvent = { type: "decision.made", data: { text: "fail over", options: [], decidedBy: "Dan" } };
  const advised: IncidentEvent = { type: "person.advised", data: { persons: ["ana"], text: "slow until noon" } };
  const state = stateAfter(registered, pinning("major"), prioritised, accepted("cleo"), task(1), decision, advised, {
    type: "role.filled",
    data: { role: "scribe", personId: null, name: "Marc" },
  });
  const brief = briefOf(state, initialPaging, at);
  assert.deepEqual(briefOf(state, initialPaging, at), brief);
  assert.deepEqual(JSON.parse(JSON.stringify(brief)), brief, "kept in the record as it is");
  assert.deepEqual([brief.coordinator, brief.acceptedBy, brief.priority], ["CLEO", "CLEO", 2]);
  assert.deepEqual(brief.tasks, [{ number: 1, text: "call the bank", owner: "ANA", due, overdue: false }]);
  assert.deepEqual(
    brief.roles.map(({ role }) => role),
    ["coordinator", "scribe"],
  );
  assert.ok(brief.unfilled.includes("deputy"));
  assert.ok(brief.unanswered.includes("who-is-hit"));
  assert.deepEqual([brief.lastDecision?.by, brief.lastUpdate?.text], ["Dan", "slow until noon"]);
  assert.deepEqual(brief.next, { what: "task", number: 1, at: due });
  assert.ok(brief.missing.includes("restored"));
});

test("the next deadline is the first still to come, and none once it is over", () => {
  const state = stateAfter(registered, task(1));
  const calling = { ...initialPaging, status: "running", nextAt: at + minuteMs } as const;
  assert.deepEqual(nextDeadline(state, calling, at), { what: "call", at: "2026-10-07T18:01:00.000Z" });
  assert.deepEqual(nextDeadline(state, calling, at + 2 * minuteMs)?.what, "task");
  const target = { kind: "restore", dueAt: at + 30_000 } as const;
  assert.deepEqual(nextDeadline(state, calling, at, target), {
    what: "target",
    at: "2026-10-07T18:00:30.000Z",
    target: "restore",
  });
  assert.equal(nextDeadline({ ...state, ended: "closed" }, calling, at), null);
});

test("silence is counted from the last word of a person, by the weight of the incident; what is back may take a day", () => {
  const state = stateAfter(registered, prioritised, accepted("cleo"));
  const heard = { ...state, heardAt: at };
  assert.equal(silenceOf(heard, at + 30 * minuteMs).silent, false);
  assert.equal(silenceOf(heard, at + 30 * minuteMs + 1).silent, true);
  const back = { ...heard, milestones: { ...heard.milestones, restored: at } };
  assert.equal(silenceOf(back, at + 20 * hourMs).silent, false);
  assert.equal(silenceOf({ ...heard, ended: "closed" }, at + 48 * hourMs).silent, false);
});

test("what is silent comes first, the longest before; then the heaviest", () => {
  const rows = [
    { id: "b", silent: true, heardAt: 5, priority: 3 },
    { id: "d", silent: false, heardAt: 1, priority: 4 },
    { id: "a", silent: true, heardAt: 2, priority: 4 },
    { id: "c", silent: false, heardAt: 9, priority: 1 },
  ] as const;
  assert.deepEqual(
    [...rows].sort(byNeed).map(({ id }) => id),
    ["a", "b", "c", "d"],
  );
});
