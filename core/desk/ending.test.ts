/** How an incident ends, and what that does to the alerts that held it. Each scenario runs the whole desk under virtual time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Signal } from "../alerts/decide.ts";
import { organisation, signalOf, wednesday } from "../drills/organisation.ts";
import { countOf, lastOf, onlyIncident, pagesOf } from "../drills/reading.ts";
import { createWorld, type World } from "../drills/world.ts";
import { missingToClose } from "../incidents/missing.ts";
import { stageOf } from "../incidents/state.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { hourMs, toIso } from "../kernel/time.ts";

const world = (t: { name: string }): World => createWorld({ seed: t.name, start: wednesday, directory: organisation });

const firing = (key: string, changes: Partial<Signal> = {}): Signal =>
  signalOf(key, { stateful: true, startsAt: wednesday - 60_000, ...changes });

/** Everything closing asks for, by Cleo, after whoever accepted. */
function finish(on: World, id: string, reason?: string): void {
  const around = reason === undefined ? {} : { reason };
  const done = [
    on.command(id, "cleo", { name: "categorise", input: { categories: ["low-impact"] } }),
    on.command(id, "cleo", { name: "confirm-priority", input: { impact: 2, urgency: 2 } }),
    on.command(id, "cleo", { name: "declare-restored", input: { text: "traffic is back" } }),
    on.command(
      id,
      "cleo",
      { name: "declare-resolved", input: { solution: "replaced", cause: "a card", causeUnknown: false } },
      around,
    ),
    on.command(id, "cleo", { name: "confirm-recovery", input: { text: "backlog cleared", notNeeded: false } }),
    on.command(id, "cleo", {
      name: "complete-documentation",
      input: { language: "en", summary: "s", impact: "i", workaround: null, lessons: null },
    }),
  ];
  assert.deepEqual(done, [null, null, null, null, null, null]);
}

test("closing ends its alerts: the same key is a new incident", (t) => {
  const on = world(t);
  on.signal("pagerduty", [signalOf("disk")]);
  const id = onlyIncident(on);
  on.command(id, "cleo", { name: "accept", input: {} });
  finish(on, id);
  assert.equal(on.command(id, "cleo", { name: "close", input: {} }), null);
  assert.equal(on.alerts()[0]?.status, "ended");
  const [again] = on.signal("pagerduty", [signalOf("disk")]);
  assert.equal(again?.became, "opened");
  assert.notEqual(again?.incidentId, id);
  assert.equal(on.case(again?.incidentId ?? "").incident.number, "INC-2026-000002");
});

test("over a state that still fires it takes a reason; then that state is quiet until it has resolved once", (t) => {
  const on = world(t);
  on.signal("alertmanager", [firing("disk")]);
  const id = onlyIncident(on);
  on.command(id, "cleo", { name: "accept", input: {} });
  finish(on, id, "noisy rule, being rewritten");
  const refused = on.command(id, "cleo", { name: "close", input: {} });
  assert.deepEqual(refused, { refused: "still-firing", values: { firing: 1 } });
  assert.equal(on.command(id, "cleo", { name: "close", input: {} }, { reason: "noisy rule" }), null);
  assert.equal(on.alerts()[0]?.status, "quiet");
  assert.deepEqual(on.signal("alertmanager", [firing("disk")])[0]?.because, "quiet");
  assert.equal(on.incidentIds().length, 1);
  on.signal("alertmanager", [firing("disk", { action: "resolve" })]);
  on.advance(5);
  const late = on.signal("alertmanager", [firing("disk")])[0];
  assert.deepEqual([late?.became, late?.because], ["ignored", "late-duplicate"], "the other one of a pair is late");
  const [news] = on.signal("alertmanager", [firing("disk", { startsAt: on.now() })]);
  assert.equal(news?.became, "opened");
  assert.equal(on.incidentIds().length, 2);
});

test("what is missing is exact at each stage of the way to closure", (t) => {
  const on = world(t);
  const id = on.open("ana", { title: "Badge readers are dead" });
  assert.ok(!isRefusal(id));
  const refused = on.command(id, "cleo", { name: "close", input: {} });
  assert.deepEqual(refused?.missing, [
    "categorised",
    "prioritised",
    "accepted",
    "restored",
    "resolved",
    "recovered",
    "documented",
  ]);
  finish(on, id);
  assert.deepEqual(missingToClose(on.case(id).incident), ["accepted"]);
});

test("a reopened incident pages again, or tells whoever has it, each time", (t) => {
  const on = world(t);
  const id = on.open("ana", { title: "Slow network" });
  assert.ok(!isRefusal(id));
  on.command(id, "cleo", { name: "accept", input: {} });
  for (const told of [1, 2]) {
    finish(on, id);
    assert.equal(on.command(id, "cleo", { name: "close", input: {} }), null);
    assert.equal(on.command(id, "dan", { name: "reopen", input: {} }, { reason: "not over" }), null);
    assert.equal(on.mailbox("cleo").length, told);
  }
});

test("what is still to be done when a closure comes back is late again", (t) => {
  const on = world(t);
  const id = on.open("ana", { title: "Slow network" });
  assert.ok(!isRefusal(id));
  on.command(id, "cleo", { name: "accept", input: {} });
  const due = toIso(wednesday + hourMs);
  on.command(id, "cleo", { name: "add-task", input: { text: "call the bank", person: "ana", due } });
  finish(on, id);
  assert.equal(on.command(id, "cleo", { name: "close", input: {} }), null);
  on.advance(24 * 60);
  assert.equal(countOf(on, id, "task.stale"), 0, "nothing is late of what is over");
  assert.equal(on.command(id, "dan", { name: "return-closure", input: {} }, { reason: "no cause" }), null);
  on.advance(1);
  assert.equal(countOf(on, id, "task.stale"), 1);
});

test("a dismissal taken back calls again those it had stopped calling, and nobody where nobody was called", (t) => {
  const on = world(t);
  on.signal("pagerduty", [signalOf("disk")]);
  const id = onlyIncident(on);
  const called = pagesOf(on, "ana");
  on.command(id, "ben", { name: "dismiss", input: {} }, { reason: "a trial" });
  assert.equal(on.command(id, "ben", { name: "reopen", input: {} }, { reason: "the wrong line" }), null);
  assert.equal(on.case(id).paging.status, "running");
  assert.equal(pagesOf(on, "ana"), called + 1);

  const quiet = on.open("ana", { title: "Slow network" });
  assert.ok(!isRefusal(quiet));
  on.command(quiet, "ana", { name: "dismiss", input: {} }, { reason: "a trial" });
  on.command(quiet, "ana", { name: "reopen", input: {} }, { reason: "the wrong line" });
  assert.deepEqual([on.case(quiet).incident.ended, countOf(on, quiet, "paging.started")], [null, 0]);
});

test("a merge moves the alerts, and the absorbed number stays in the record", (t) => {
  const on = world(t);
  on.signal("pagerduty", [signalOf("disk")]);
  on.signal("pagerduty", [signalOf("raid")]);
  const [first = "", second = ""] = on.incidentIds();
  const command = { name: "merge", input: { into: first } } as const;
  assert.equal(on.command(second, "ana", command), null);
  assert.deepEqual(
    on.alerts().map((alert) => alert.incidentId),
    [first, first],
  );
  assert.deepEqual(lastOf(on, first, "incident.absorbed").data, {
    from: second,
    fromNumber: "INC-2026-000002",
    alerts: 1,
  });
  assert.equal(on.case(second).paging.status, "stopped");
  assert.equal(on.case(first).openAlerts, 2);
  on.signal("pagerduty", [signalOf("disk", { action: "resolve" })]);
  assert.equal(on.case(first).incident.milestones.restored, undefined);
  on.signal("pagerduty", [signalOf("raid", { action: "resolve" })]);
  assert.equal(stageOf(on.case(first).incident), "restored");
  assert.equal(on.command(second, "ana", command)?.refused, "already-merged");
  assert.equal(on.command(first, "ana", command)?.refused, "merge-into-itself");
  assert.equal(on.command(first, "cleo", { name: "merge", input: { into: "nowhere" } })?.refused, "incident-unknown");
});

test("merged while its alerts still fire into what was thought restored: the service is down again, and somebody knows", (t) => {
  const on = world(t);
  on.signal("pagerduty", [signalOf("disk")]);
  const first = onlyIncident(on);
  assert.equal(on.command(first, "cleo", { name: "accept", input: {} }), null);
  assert.equal(on.command(first, "cleo", { name: "declare-restored", input: { text: "Rebooted." } }), null);
  on.signal("generic", [signalOf("disk again")]);
  const second = on.incidentIds().find((id) => id !== first) ?? "";
  const told = on.mailbox("cleo").length;
  assert.equal(on.command(second, "dan", { name: "merge", input: { into: first } }), null);
  assert.equal(countOf(on, first, "service.relapsed"), 1);
  assert.deepEqual([on.case(first).incident.milestones.restored === undefined, on.case(first).openAlerts], [true, 2]);
  assert.equal(on.mailbox("cleo").length, told + 1);
});

test("what had resolved before a merge stays where it resolved; when it comes back it is where its incident went", (t) => {
  const on = world(t);
  on.signal("pagerduty", [
    signalOf("disk", { groupKey: "db" }),
    signalOf("disk-2", { groupKey: "db" }),
    signalOf("raid"),
    signalOf("fan"),
  ]);
  const [first = "", second = "", third = "", last = ""] = on.incidentIds();
  assert.equal(last, "", "three incidents: two alerts share one");
  on.signal("pagerduty", [signalOf("disk-2", { groupKey: "db", action: "resolve" })]);
  for (const [from, into] of [
    [first, second],
    [second, third],
  ] as const)
    assert.equal(on.command(from, "ana", { name: "merge", input: { into } }), null);
  const held = (id: string): string[] =>
    on
      .alerts()
      .filter((alert) => alert.incidentId === id)
      .map((alert) => alert.key);
  assert.deepEqual([held(first), held(second), held(third)], [["disk-2"], [], ["disk", "raid", "fan"]]);
  const absorbed = (id: string) => lastOf(on, id, "incident.absorbed").data as { alerts: number };
  assert.deepEqual([absorbed(second).alerts, absorbed(third).alerts], [1, 2], "as many as the lists show");
  const came = on.signal("pagerduty", [signalOf("disk-2", { groupKey: "db" }), signalOf("disk-3", { groupKey: "db" })]);
  assert.deepEqual(
    came.map((one) => [one.became, one.incidentId]),
    [
      ["joined", third],
      ["joined", third],
    ],
  );
  assert.equal(on.case(third).openAlerts, 5);
  assert.equal(on.incidentIds().length, 3);
});

test("a source's alert that was merged into what a person had recorded comes back there", (t) => {
  const on = world(t);
  const into = on.open("cleo", { title: "Nobody can pay" });
  assert.ok(!isRefusal(into));
  on.signal("pagerduty", [signalOf("disk")]);
  const [, from = ""] = on.incidentIds();
  assert.equal(on.command(from, "cleo", { name: "merge", input: { into } }), null);
  on.signal("pagerduty", [signalOf("disk", { action: "resolve" })]);
  assert.equal(stageOf(on.case(into).incident), "restored");
  assert.equal(on.signal("pagerduty", [signalOf("disk")])[0]?.incidentId, into);
  assert.equal(lastOf(on, into, "service.relapsed").actor.kind, "integration");
});

test("a quiet alert that resolves or is acknowledged adds nothing to a record that is closed", (t) => {
  const on = world(t);
  on.signal("alertmanager", [firing("disk")]);
  const id = onlyIncident(on);
  assert.equal(on.command(id, "ana", { name: "dismiss", input: {} }, { reason: "planned work" }), null);
  const before = on.record(id).count;
  on.signal("alertmanager", [firing("disk", { action: "acknowledge" })]);
  on.signal("alertmanager", [firing("disk", { action: "resolve" })]);
  assert.equal(on.record(id).count, before);
});

test("resolved by people and not yet closed: the same key is a new incident", (t) => {
  const on = world(t);
  on.signal("pagerduty", [signalOf("disk")]);
  const id = onlyIncident(on);
  const solved = { solution: "replaced", cause: null, causeUnknown: true };
  assert.equal(on.command(id, "cleo", { name: "declare-resolved", input: solved }), null);
  on.advance(120);
  assert.equal(pagesOf(on, "cleo"), 0, "a resolution stops the pages, accepted or not");
  assert.equal(on.signal("pagerduty", [signalOf("disk")])[0]?.became, "repeated", "its alert has not resolved");
  on.signal("pagerduty", [signalOf("disk", { action: "resolve" })]);
  assert.equal(on.signal("pagerduty", [signalOf("disk")])[0]?.became, "opened");
});
