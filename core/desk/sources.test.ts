/** What a source says, and what comes of it. Each scenario runs the whole desk under virtual time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Signal } from "../alerts/decide.ts";
import { byId, organisation, signalOf, wednesday } from "../drills/organisation.ts";
import { countOf, lastOf, onlyIncident, pagesOf } from "../drills/reading.ts";
import { createWorld, type World, type WorldOptions } from "../drills/world.ts";
import { stageOf } from "../incidents/state.ts";

const world = (t: { name: string }, changes: Partial<WorldOptions> = {}): World =>
  createWorld({ seed: t.name, start: wednesday, directory: organisation, ...changes });

const firing = (key: string, changes: Partial<Signal> = {}): Signal =>
  signalOf(key, { stateful: true, startsAt: wednesday - 60_000, ...changes });

test("one event key six times is one incident and one page", (t) => {
  const on = world(t);
  const became = [1, 2, 3, 4, 5, 6].map(() => on.signal("pagerduty", [signalOf("disk")])[0]?.became);
  assert.deepEqual(became, ["opened", "repeated", "repeated", "repeated", "repeated", "repeated"]);
  const id = onlyIncident(on);
  assert.equal(on.case(id).incident.number, "INC-2026-000001");
  assert.equal(stageOf(on.case(id).incident), "registered");
  assert.equal(pagesOf(on, "ana"), 1);
  assert.equal(on.alerts()[0]?.count, 6);
  const registered = lastOf(on, id, "incident.registered");
  assert.deepEqual([registered.actor.kind, registered.onBehalfOf], ["integration", "root"]);
});

test("alerts of one group that arrive together are one incident", (t) => {
  const on = world(t);
  const group = ["a", "b", "c"].map((key) => firing(key, { groupKey: "cluster" }));
  const results = on.signal("alertmanager", group);
  assert.deepEqual(
    results.map((one) => one.became),
    ["opened", "joined", "joined"],
  );
  const id = onlyIncident(on);
  assert.equal(pagesOf(on, "ana"), 1);
  assert.equal(on.case(id).openAlerts, 3);
  on.advance(1);
  assert.equal(on.signal("alertmanager", [firing("d", { groupKey: "cluster" })])[0]?.incidentId, id);
});

test("an acknowledgement stops the pages", (t) => {
  const on = world(t);
  on.signal("pagerduty", [signalOf("disk")]);
  const id = onlyIncident(on);
  on.advance(3);
  assert.equal(on.command(id, "ana", { name: "accept", input: {} }), null);
  on.advance(600);
  assert.equal(pagesOf(on, "ana") + pagesOf(on, "cleo"), 1);
  assert.equal(on.case(id).paging.status, "stopped");
  assert.deepEqual(lastOf(on, id, "paging.stopped").data, { because: "accepted" });
  assert.deepEqual(
    on.mailbox("cleo").map((letter) => letter.about),
    ["coordinator-wanted"],
    "Ana is of level 2: somebody who may coordinate is asked",
  );
});

test("silence pages the next step, then all again, then gives up and says so", (t) => {
  const on = world(t);
  on.signal("pagerduty", [signalOf("disk")]);
  const id = onlyIncident(on);
  on.advance(9.9);
  assert.equal(pagesOf(on, "cleo"), 0);
  on.advance(0.1);
  assert.equal(pagesOf(on, "cleo"), 1);
  assert.deepEqual((lastOf(on, id, "page.requested").data as { why: { silent: string[] } }).why.silent, ["Ana"]);
  assert.deepEqual(lastOf(on, id, "page.requested").cause.kind, "timer");
  on.advance(15);
  assert.equal(pagesOf(on, "ana"), 2);
  on.advance(25);
  assert.equal(on.case(id).paging.status, "exhausted");
  on.advance(24 * 60);
  assert.deepEqual([pagesOf(on, "ana"), pagesOf(on, "cleo")], [2, 2]);
  assert.deepEqual(lastOf(on, id, "paging.exhausted").data, { pages: 4 });
});

test("a source that resolves before anyone accepts restores in its own name and stops paging", (t) => {
  const on = world(t);
  on.signal("pagerduty", [signalOf("disk")]);
  on.advance(2);
  on.signal("pagerduty", [signalOf("disk", { action: "resolve" })]);
  const id = onlyIncident(on);
  const restored = lastOf(on, id, "service.restored");
  assert.deepEqual([restored.actor.kind, restored.actor.id], ["integration", "pagerduty"]);
  assert.deepEqual(restored.data, { text: null, because: "sources-resolved" });
  assert.equal(stageOf(on.case(id).incident), "restored");
  on.advance(600);
  assert.equal(pagesOf(on, "ana") + pagesOf(on, "cleo"), 1);
});

test("after a merge it is restored in the name of the source whose alert resolved last", (t) => {
  const on = world(t);
  const [into] = on.signal("pagerduty", [signalOf("disk")]);
  const [from] = on.signal("opsgenie", [signalOf("raid")]);
  const [to, gone] = [into?.incidentId ?? "", from?.incidentId ?? ""];
  assert.equal(on.command(gone, "cleo", { name: "merge", input: { into: to } }), null);
  const absorbed = lastOf(on, to, "incident.absorbed");
  assert.deepEqual(absorbed.cause, {
    kind: "event",
    id: "incident.merged",
    detail: { seq: lastOf(on, gone, "incident.merged").seq, incident: gone },
  });
  on.signal("pagerduty", [signalOf("disk", { action: "resolve" })]);
  assert.equal(countOf(on, to, "service.restored"), 0);
  on.signal("opsgenie", [signalOf("raid", { action: "resolve" })]);
  const restored = lastOf(on, to, "service.restored");
  assert.deepEqual([restored.actor.kind, restored.actor.id], ["integration", "opsgenie"]);
});

test("what fires again before it was resolved is a relapse, and pages anew", (t) => {
  const on = world(t);
  on.signal("pagerduty", [signalOf("disk")]);
  on.signal("pagerduty", [signalOf("disk", { action: "resolve" })]);
  on.advance(30);
  on.signal("pagerduty", [signalOf("disk")]);
  const id = onlyIncident(on);
  assert.equal(countOf(on, id, "service.relapsed"), 1);
  assert.equal(on.case(id).incident.milestones.restored, undefined);
  assert.equal(on.case(id).incident.firstRestored, wednesday);
  assert.equal(pagesOf(on, "ana"), 2);
});

test("sources that resolve after somebody accepted tell that person once", (t) => {
  const on = world(t);
  on.signal("pagerduty", [signalOf("disk")]);
  const id = onlyIncident(on);
  on.command(id, "ana", { name: "accept", input: {} });
  on.signal("pagerduty", [signalOf("disk", { action: "resolve" })]);
  on.signal("pagerduty", [signalOf("disk", { action: "resolve" })]);
  const told = on.mailbox("ana").filter((letter) => letter.about === "sources-cleared");
  assert.equal(told.length, 1);
  assert.equal(on.case(id).incident.milestones.restored, undefined, "people decide, once one has it");
});

test("what begins again after all had resolved, before anybody declared it restored, tells who has it, once an hour", (t) => {
  const on = world(t);
  const say = (action: Signal["action"]) => on.signal("pagerduty", [signalOf("disk", { action })]);
  const told = (who: string): number => on.mailbox(who).filter((letter) => letter.about === "relapsed").length;
  say("trigger");
  const id = onlyIncident(on);
  on.command(id, "cleo", { name: "accept", input: {} });
  say("resolve");
  for (let turn = 0; turn < 5; turn++) {
    say("trigger");
    assert.deepEqual(lastOf(on, id, "alert.grouped").data, {
      count: 1,
      firstKey: "disk",
      lastKey: "disk",
      total: 1,
      again: true,
    });
    say("resolve");
    on.advance(2);
  }
  assert.equal(told("cleo"), 1);
  assert.equal(on.mailbox("cleo").filter((letter) => letter.about === "sources-cleared").length, 1);
  assert.equal(countOf(on, id, "service.relapsed"), 0, "nobody had said that it was back");
  on.advance(60);
  say("trigger");
  assert.equal(told("cleo"), 2, "an hour later it is news");
  on.command(id, "ben", { name: "accept", input: {} });
  say("resolve");
  on.advance(60);
  say("trigger");
  assert.deepEqual([told("cleo"), told("ben")], [3, 1], "who coordinates and who has it");
  assert.equal(pagesOf(on, "ana"), 1, "a notice, not a call");
});

test("an alert whose key is the name of another's group is no member of it", (t) => {
  const on = world(t);
  const [grouped] = on.signal("generic", [signalOf("disk-1", { groupKey: "db" })]);
  const [alone] = on.signal("generic", [signalOf("db")]);
  const [mate] = on.signal("generic", [signalOf("disk-2", { groupKey: "db" })]);
  assert.deepEqual([alone?.became, mate?.became], ["opened", "joined"]);
  assert.equal(mate?.incidentId, grouped?.incidentId);
  const together = on.signal("generic", [
    signalOf("x"),
    signalOf("y", { groupKey: "x" }),
    signalOf("z", { groupKey: "x" }),
  ]);
  assert.deepEqual(
    together.map((one) => one.became),
    ["opened", "opened", "joined"],
    "nor in one batch",
  );
});

test("an acknowledgement at the source stops paging, and accepts for a person we know", (t) => {
  const on = world(t);
  on.signal("pagerduty", [signalOf("disk")]);
  const id = onlyIncident(on);
  on.signal("pagerduty", [signalOf("disk", { action: "acknowledge", by: "stranger@example.com" })]);
  assert.equal(on.case(id).paging.status, "stopped");
  assert.equal(on.case(id).incident.milestones.accepted, undefined);
  on.signal("pagerduty", [signalOf("disk", { action: "acknowledge", by: "ANA@example.org" })]);
  assert.equal(on.case(id).incident.acceptedBy?.id, "ana");
  assert.equal(on.case(id).incident.coordinationWanted, true, "below level 3 a coordinator is asked for");
});

test("each time all sources resolve before anyone accepts, the service is restored; people's own word is not repeated", (t) => {
  const on = world(t);
  for (const times of [1, 2]) {
    on.signal("pagerduty", [signalOf("disk")]);
    on.advance(1);
    on.signal("pagerduty", [signalOf("disk", { action: "resolve" })]);
    assert.equal(countOf(on, onlyIncident(on), "service.restored"), times);
  }
  on.signal("opsgenie", [signalOf("raid")]);
  const id = on.incidentIds()[1] ?? "";
  assert.equal(on.command(id, "cleo", { name: "declare-restored", input: { text: "it is back" } }), null);
  on.signal("opsgenie", [signalOf("raid", { action: "resolve" })]);
  assert.deepEqual(lastOf(on, id, "service.restored").data, { text: "it is back", because: "declared" });
});

test("an alert on a service that holds up a vital function is proposed a higher priority, and says why", (t) => {
  const integrations = byId(
    ...[...organisation.integrations.values()].map((one) => ({ ...one, serviceId: "payroll" })),
  );
  const on = world(t, { directory: { ...organisation, integrations } });
  on.signal("generic", [signalOf("disk", { severity: "warning" })]);
  const { incident } = on.case(onlyIncident(on));
  assert.deepEqual([incident.impact, incident.priority, incident.prioritySource], [2, 3, "proposed"]);
  assert.deepEqual(incident.priorityReasons, ["severity-warning", "vital-function"]);
});

test("a source that falls silent: its alert is over when its lease has passed, and the record says so", (t) => {
  const on = world(t);
  const lease = (minutes: number) => ({ leaseUntil: on.now() + minutes * 60_000 });
  on.signal("alertmanager", [firing("disk", lease(4))]);
  const id = onlyIncident(on);
  on.advance(2);
  assert.equal(on.signal("alertmanager", [firing("disk", lease(4))])[0]?.became, "repeated");
  on.advance(4.9);
  assert.equal(on.case(id).openAlerts, 1, "renewed at two minutes, for four and one more");
  on.advance(0.2);
  assert.equal(on.case(id).openAlerts, 0);
  assert.equal(
    stageOf(on.case(id).incident),
    "restored",
    "nobody had it: paging stops, and the service is said to be back",
  );
  assert.equal(countOf(on, id, "alert.resolved"), 1);
  on.advance(600);
  assert.equal(countOf(on, id, "alert.resolved"), 1);
});

test("re-sent unchanged within its lease: nothing is written, and no timer is set again", (t) => {
  const on = world(t);
  const until = on.now() + 240_000;
  on.signal("alertmanager", [firing("disk", { leaseUntil: until })]);
  const id = onlyIncident(on);
  const before = on.case(id).entries.length;
  on.advance(0.5);
  const [again] = on.signal("alertmanager", [firing("disk", { leaseUntil: until + 30_000 })]);
  assert.deepEqual([again?.became, again?.incidentId], ["unchanged", id]);
  assert.equal(on.alerts()[0]?.leaseUntil, until);
  assert.equal(on.case(id).entries.length, before);
});
