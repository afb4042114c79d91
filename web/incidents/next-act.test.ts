import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleView, nadia, reportedAt } from "./example-view.ts";
import { nextAct, todoOf } from "./next-act.ts";

const me = { id: nadia.id, name: nadia.name };
const nextAt = "2026-10-15T07:46:00.000Z";
const called = [{ ...me, at: reportedAt, status: "sent" }];
const running = {
  status: "running" as const,
  nextAt,
  called,
  stoppedBecause: null,
  needed: 1,
  acknowledged: [],
  watchedUntil: null,
};

test("somebody must have it first, before the next people are called", () => {
  const next = nextAct(exampleView({ paging: running }), nadia);
  assert.equal(next?.command, "accept");
  assert.equal(next?.until, Date.parse(nextAt));
});

test("then its weight, then the service, then the rest, then closing", () => {
  const at = reportedAt;
  const taken = { acceptedBy: me, coordinator: me, milestones: { reported: at, registered: at, accepted: at } };
  const steps = [
    [{}, "confirm-priority"],
    [{ prioritised: at }, "categorise"],
    [{ prioritised: at, categorised: at }, "declare-restored"],
    [{ prioritised: at, categorised: at, restored: at }, "declare-resolved"],
    [{ prioritised: at, categorised: at, restored: at, resolved: at }, "confirm-recovery"],
    [{ prioritised: at, categorised: at, restored: at, resolved: at, recovered: at }, "complete-documentation"],
  ] as const;
  for (const [more, command] of steps) {
    const view = exampleView({ ...taken, milestones: { ...taken.milestones, ...more } });
    assert.equal(nextAct(view, nadia)?.command, command);
  }
});

test("what the rules refuse to this person is passed over for what they may do", () => {
  const view = exampleView({ acceptedBy: me, coordinator: me });
  assert.equal(nextAct(view, { ...nadia, level: 3 })?.command, "categorise");
});

test("what stands beside it is not offered twice", () => {
  const at = reportedAt;
  const major = { status: "proposed" as const, by: "Sam", at, reason: null, criteria: [] };
  const view = exampleView({ acceptedBy: me, coordinator: me, major, milestones: { reported: at, registered: at } });
  assert.equal(nextAct(view, nadia)?.command, "declare-major");
  assert.equal(nextAct(view, nadia, "declare-major")?.command, "confirm-priority");
});

test("nothing is next once it is over", () => {
  assert.equal(nextAct(exampleView({ stage: "merged" }), nadia), null);
});

test("what waits for me: my calls first, then what is addressed to me, then what I coordinate", () => {
  const views = [
    exampleView({ id: "1", acceptedBy: me, coordinator: me }),
    exampleView({ id: "2", asked: [nadia.id] }),
    exampleView({ id: "3", paging: running, asked: [nadia.id] }),
    exampleView({ id: "4" }),
  ];
  const todo = todoOf(views, nadia);
  assert.equal(todo[0]?.why, "called");
  assert.deepEqual(todo.map((one) => one.view.id).sort(), ["1", "2", "3"]);
});

test("coordination that is offered to me waits until it ends; a task of mine until it is due", () => {
  const offer = { to: me, by: { id: "x", name: "Maël" }, at: reportedAt, until: nextAt, reason: "Fin de quart" };
  const [offered] = todoOf([exampleView({ acceptedBy: { id: "x", name: "Maël" }, offer })], nadia);
  assert.deepEqual(
    [offered?.why, offered?.command, offered?.until],
    ["offered", "accept-coordination", Date.parse(nextAt)],
  );
  const task = {
    text: "Appeler",
    owner: me,
    by: me,
    at: reportedAt,
    period: null,
    workstream: null,
    status: "open",
    staleAt: null,
    left: null,
  } as const;
  const tasks = [
    { ...task, number: 1, due: null },
    { ...task, number: 2, due: nextAt },
  ];
  const [mine] = todoOf([exampleView({ acceptedBy: { id: "x", name: "Maël" }, tasks })], nadia);
  assert.deepEqual([mine?.why, mine?.task, mine?.until], ["task", 2, Date.parse(nextAt)]);
});

test("a coordinator is wanted of level 3 and above only", () => {
  const views = [exampleView({ acceptedBy: { id: "x", name: "Maël" }, coordinationWanted: true })];
  assert.equal(todoOf(views, nadia)[0]?.why, "coordinate");
  assert.deepEqual(todoOf(views, { ...nadia, level: 2 }), []);
});
