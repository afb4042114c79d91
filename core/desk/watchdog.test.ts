import assert from "node:assert/strict";
import { test } from "node:test";
import { initialPaging, type PagingState } from "../escalation/paging-state.ts";
import { type IncidentState, initialIncident } from "../incidents/state.ts";
import { findingKey, findingSignal, nextPageAt, pageOf, timersOf } from "./watchdog.ts";

const running: PagingState = { ...initialPaging, status: "running", run: 2, cycle: 1, step: 3, nextAt: 90_000 };

test("paging that runs has the timer of its step; no other has one", () => {
  assert.deepEqual(timersOf("i", initialIncident, running), [
    {
      kind: "set-timer",
      key: "paging/i",
      timer: { kind: "paging", incidentId: "i", run: 2, cycle: 1, step: 3 },
      dueAt: 90_000,
    },
  ]);
  for (const status of ["idle", "stopped", "exhausted"] as const)
    assert.deepEqual(timersOf("i", initialIncident, { ...running, status }), []);
});

test("an acceptance that is watched has its timer, until something is done or it is over", () => {
  const paging: PagingState = { ...running, status: "stopped", nextAt: null, watchedUntil: 120_000 };
  const held: IncidentState = { ...initialIncident, acceptedBy: { id: "ana", name: "Ana" } };
  const timer = { kind: "acceptance", incidentId: "i" } as const;
  assert.deepEqual(timersOf("i", held, paging), [{ kind: "set-timer", key: "acceptance/i", timer, dueAt: 120_000 }]);
  assert.equal(nextPageAt(held, paging), 120_000);
  for (const over of [
    { acceptedBy: null },
    { actedOn: true },
    { ended: "closed" },
    { milestones: { restored: 1 } },
  ] as const)
    assert.deepEqual(timersOf("i", { ...held, ...over }, paging), []);
});

test("an offer that nobody has answered has its timer, and so has each task that may be late", () => {
  const named = { id: "ana", name: "Ana" };
  const offer = { to: named, by: named, at: 0, until: 900_000, reason: null };
  const task = { number: 1, text: "t", owner: named, due: 60_000, by: named, at: 0, status: "open" } as const;
  const tasks = [task, { ...task, number: 2, due: null }, { ...task, number: 3, status: "done" as const }];
  const held: IncidentState = { ...initialIncident, priority: 1, offer, tasks };
  assert.deepEqual(
    timersOf("i", held, initialPaging).map(({ key, dueAt }) => [key, dueAt]),
    [
      ["task/i/1", 60_000 + 20 * 60_000],
      ["task/i/2", 20 * 60_000],
      ["offer/i", 900_000],
    ],
  );
  assert.deepEqual(timersOf("i", { ...held, ended: "closed" }, initialPaging), []);
});

test("calls for an escalation have a timer of their own, and are the first to be due or not", () => {
  const asked: PagingState = { ...running, nextAt: 60_000 };
  const paging: PagingState = { ...running, escalations: { 2: asked } };
  assert.deepEqual(
    timersOf("i", initialIncident, paging).map(({ key, timer }) => [key, "escalation" in timer && timer.escalation]),
    [
      ["paging/i", false],
      ["paging/i/2", 2],
    ],
  );
  assert.equal(nextPageAt(initialIncident, paging), 60_000);
});

test("a page is asked for again as it was, unless it is unknown, too late or not wanted any more", () => {
  assert.equal(pageOf("i", running, { pageId: "p", at: 0 }), null);
  const stopped: PagingState = { ...running, status: "stopped" };
  assert.equal(pageOf("i", stopped, { pageId: "p", at: 0 }), null);
});

test("the same fault is one finding and one alert, in one incident with all others", () => {
  const missing = { kind: "timer", subject: "i", incidentId: "i", number: "INC-1" } as const;
  assert.equal(findingKey(missing), "timer/i");
  const { key, groupKey, stateful } = findingSignal(missing, "title");
  assert.deepEqual([key, groupKey, stateful], ["watchdog/timer/i", "watchdog", false]);
});

test("of an incident that may not be named nothing is named, in an alert that everybody reads; and it is the same one each time", () => {
  const missing = { kind: "timer", subject: "task/i/3", incidentId: "i", number: null } as const;
  const [one, again] = [findingSignal(missing, "t"), findingSignal(missing, "t")];
  assert.doesNotMatch(JSON.stringify(one), /task|"i"/);
  assert.equal(one.key, again.key);
  assert.notEqual(one.key, findingSignal({ ...missing, subject: "task/i/4" }, "t").key);
  const late = { kind: "late-timer", subject: "offer/i", incidentId: null, number: null } as const;
  assert.doesNotMatch(JSON.stringify(findingSignal(late, "t")), /offer/);
});
