/** Steps that post to webhooks. Each scenario runs the whole desk under virtual time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, organisation, signalOf, standardPolicy, wednesday } from "../drills/organisation.ts";
import { countOf, lastOf, onlyIncident, pagesOf } from "../drills/reading.ts";
import { createWorld, type World } from "../drills/world.ts";
import type { Policy, Step } from "../escalation/policy.ts";
import { isRefusal } from "../kernel/refusal.ts";

const robot = { kind: "webhook", id: "robot" } as const;
const ana = { kind: "person", id: "ana" } as const;
const step = (...targets: Step["targets"]): Step => ({ targets, timeoutMinutes: 5 });
const world = (t: { name: string }, policy: Partial<Policy>): World =>
  createWorld({
    seed: t.name,
    start: wednesday,
    directory: {
      ...organisation,
      webhooks: byId({ id: "robot", name: "Robot" }),
      policies: byId({ ...standardPolicy, repeat: 0, ...policy }),
    },
  });
function called(on: World): string {
  on.signal("pagerduty", [signalOf("disk")]);
  return onlyIncident(on);
}

test("a step posts when it begins, beside whom it calls, once for each time that it is gone through", (t) => {
  const on = world(t, { repeat: 1, steps: [step(robot, ana, robot)] });
  const id = called(on);
  assert.deepEqual([on.posted("robot").length, pagesOf(on, "ana")], [1, 1]);
  on.advance(5);
  assert.equal(on.posted("robot").length, 2);
  assert.equal(lastOf(on, id, "paging.post-ended").data?.became, "sent");
  on.advance(60);
  assert.deepEqual([countOf(on, id, "paging.posted"), on.case(id).paging.status], [2, "exhausted"]);
});

test("a step that only posts gives way at once, and one that nobody answers calls the next as ever", (t) => {
  const on = world(t, { steps: [step(robot), step(ana)] });
  const id = called(on);
  assert.deepEqual([on.posted("robot").length, pagesOf(on, "ana")], [1, 1]);
  assert.equal(lastOf(on, id, "paging.stepped").data?.step, 1);
});

test("a policy that only posts has reached nobody: the administrators are called", (t) => {
  const on = world(t, { steps: [step(robot)] });
  const id = called(on);
  assert.deepEqual([on.posted("robot").length, pagesOf(on, "root")], [1, 1]);
  assert.equal(lastOf(on, id, "paging.started").data?.reason, "policy-reached-nobody");
});

test("a step whose conditions do not hold posts nothing, nor does one that comes after somebody has accepted", (t) => {
  const on = world(t, { steps: [{ ...step(robot), when: { categories: ["major"] } }, step(ana), step(robot)] });
  const id = called(on);
  on.command(id, "ana", { name: "accept", input: {} });
  on.advance(60);
  assert.deepEqual(on.posted("robot"), []);
});

test("a webhook is outside the turn of a step that calls in turn, and one that is gone is named", (t) => {
  const gone = { kind: "webhook", id: "gone" } as const;
  const on = world(t, { steps: [{ ...step(robot, gone, { kind: "team", id: "network" }), inTurn: true }] });
  const id = called(on);
  assert.deepEqual([on.posted("robot").length, pagesOf(on, "ben"), pagesOf(on, "cleo")], [1, 1, 0]);
  assert.deepEqual(
    [lastOf(on, id, "paging.unreachable").data?.target, lastOf(on, id, "paging.unreachable").data?.reason],
    ["gone", "unknown-target"],
  );
  assert.equal(lastOf(on, id, "paging.stepped").data?.inTurnOf, 2);
});

test("an escalation by a policy posts too, and says for which escalation", (t) => {
  const on = world(t, { steps: [step(robot, ana)] });
  const id = on.open("ben", { title: "Slow network" });
  assert.ok(!isRefusal(id));
  on.command(id, "cleo", { name: "accept", input: {} });
  const input = { kind: "functional", to: "standard", expected: "a decision" } as const;
  on.command(id, "cleo", { name: "escalate", input }, { reason: "beyond us" });
  assert.equal(on.posted("robot").length, 1);
  assert.equal(lastOf(on, id, "paging.posted").data?.escalation, 1);
  assert.equal(lastOf(on, id, "paging.post-ended").data?.escalation, 1);
});
