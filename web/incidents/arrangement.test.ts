import assert from "node:assert/strict";
import { test } from "node:test";
import type { IncidentView } from "#contract/shapes.ts";
import { arrange as arrangeBy, byAttention, groupOf, groups, shortNumber, waitingBehind } from "./arrangement.ts";
import { exampleView, reportedAt } from "./example-view.ts";

const arrange = (views: readonly IncidentView[]) => arrangeBy(views, groups, groupOf);
const someone = { id: "x", name: "Léa Rousseau" };

test("three groups, each in the order the server gave", () => {
  const order = arrange([
    exampleView({ id: "a", acceptedBy: someone }),
    exampleView({ id: "b" }),
    exampleView({ id: "c", acceptedBy: someone, milestones: { reported: reportedAt, restored: reportedAt } }),
    exampleView({ id: "d" }),
  ]);
  assert.deepEqual(
    order.map(({ id, group }) => `${id} ${group}`),
    ["b waiting", "d waiting", "a working", "c restored"],
  );
});

test("what a held order hides: new rows, and rows that would move", () => {
  const held = arrange([exampleView({ id: "a" }), exampleView({ id: "b" })]);
  assert.deepEqual(waitingBehind(held, held), { fresh: 0, moved: false });
  assert.deepEqual(waitingBehind(held, arrange([exampleView({ id: "n" }), exampleView({ id: "a" })])), {
    fresh: 1,
    moved: true,
  });
  assert.deepEqual(waitingBehind(held, arrange([exampleView({ id: "b" }), exampleView({ id: "a" })])), {
    fresh: 0,
    moved: true,
  });
});

test("a number is short during its own year only", () => {
  assert.equal(shortNumber("INC-2026-000412", 2026), "INC-412");
  assert.equal(shortNumber("INC-2026-000412", 2027), "INC-2026-000412");
  assert.equal(shortNumber("EX-2026-000007", 2026), "EX-7");
});

test("a board is ordered as the server does: by priority, then the newest, one that has none in the middle", () => {
  const later = new Date(Date.parse(reportedAt) + 60_000).toISOString();
  const views = [
    exampleView({ id: "a", priority: 4 }),
    exampleView({ id: "b", priority: null }),
    exampleView({ id: "c", priority: 2 }),
    exampleView({ id: "d", priority: 3, milestones: { reported: later } }),
    exampleView({ id: "e", priority: 3 }),
  ];
  assert.deepEqual(
    views.sort(byAttention).map(({ id }) => id),
    ["c", "d", "e", "b", "a"],
  );
});
