import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleView, reportedAt } from "./example-view.ts";
import { railOf } from "./rail.ts";

const start = Date.parse(reportedAt);
const minutes = (count: number) => new Date(start + count * 60_000).toISOString();

test("to scale up to now: half the time is half the way", () => {
  const view = exampleView({ milestones: { reported: reportedAt, accepted: minutes(30) }, missing: ["restored"] });
  const { marks, now } = railOf(view, start + 3_600_000, 1_100);
  const accepted = marks.find((mark) => mark.names.includes("accepted"));
  assert.ok(Math.abs((accepted?.x ?? 0) - now / 2) < 1e-9);
  assert.deepEqual(
    marks.map((mark) => mark.kind),
    ["reached", "reached", "now", "ahead", "ahead"],
  );
});

test("every milestone is told once, whatever the width", () => {
  const milestones = {
    reported: reportedAt,
    registered: reportedAt,
    categorised: minutes(1),
    assigned: minutes(1),
    accepted: minutes(2),
    prioritised: minutes(3),
    restored: minutes(59),
  };
  for (const width of [320, 700, 1_100, 1_800]) {
    const { marks } = railOf(exampleView({ milestones, missing: ["resolved"] }), start + 3_600_000, width);
    const told = marks.flatMap((mark) => mark.names);
    assert.deepEqual(told.toSorted(), [...Object.keys(milestones), "resolved", "closed"].toSorted());
  }
});

test("over days milestones stand evenly, in their order, and none is lost", () => {
  const milestones = {
    reported: reportedAt,
    registered: reportedAt,
    accepted: minutes(4),
    restored: minutes(20),
    resolved: minutes(3_000),
    closed: minutes(4_000),
  };
  const { marks } = railOf(exampleView({ stage: "closed", milestones, missing: [] }), start + 9e9, 1_100);
  assert.deepEqual(
    marks.map((mark) => mark.names.length),
    [2, 1, 1, 1, 1],
  );
  const steps = marks.slice(1).map((mark, index) => mark.x - (marks[index]?.x ?? 0));
  assert.ok(steps.every((one) => Math.abs(one - (steps[0] ?? 0)) < 1e-9));
  assert.ok((marks.at(-1)?.x ?? 1) < 0.9, "the last label has room");
});

test("an ended incident has no now and nothing to come", () => {
  const view = exampleView({ stage: "closed", milestones: { reported: reportedAt, closed: minutes(90) }, missing: [] });
  assert.deepEqual(
    railOf(view, start + 9e9, 1_100).marks.map((mark) => mark.kind),
    ["reached", "reached"],
  );
});

test("a date is longer than an hour: what bears one keeps more room, or shares its label", () => {
  const milestones = {
    reported: reportedAt,
    accepted: minutes(5),
    categorised: minutes(9),
    prioritised: minutes(60),
  };
  const view = exampleView({ milestones, missing: ["restored", "resolved", "recovery-confirmed", "documented"] });
  const letters = "26 Nov 13:14 · 51 min".length;
  const { marks } = railOf(view, start + 26 * 3_600_000, 1_160, ({ kind }) => (kind === "reached" ? letters : 8));
  for (const lane of ["up", "down"] as const) {
    const held = marks.filter((mark) => mark.lane === lane);
    for (const [index, mark] of held.entries()) {
      const next = held[index + 1];
      if (!next || mark.kind !== "reached") continue;
      assert.ok((next.x - mark.x) * 1_160 >= letters * 6.5, `${mark.names} and ${next.names || next.kind}`);
    }
  }
});
