/** Several who must accept, and whoever accepts and does nothing. Each scenario runs the whole desk under virtual time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, organisation, signalOf, standardPolicy, wednesday } from "../drills/organisation.ts";
import { countOf, lastOf, onlyIncident, pagesOf } from "../drills/reading.ts";
import { createWorld, type World } from "../drills/world.ts";
import type { Policy } from "../escalation/policy.ts";

const world = (t: { name: string }, policy: Partial<Policy>): World =>
  createWorld({
    seed: t.name,
    start: wednesday,
    directory: { ...organisation, policies: byId({ ...standardPolicy, ...policy }) },
  });
const network = { kind: "team", id: "network" } as const;
const accept = { name: "accept", input: {} } as const;
const noted = { name: "add-observation", input: { text: "the lamp is red" } } as const;
const called = (on: World): string => {
  on.signal("pagerduty", [signalOf("disk")]);
  return onlyIncident(on);
};

test("where two are wanted, the second joins and the first stays in charge", (t) => {
  const on = world(t, { steps: [{ targets: [network], timeoutMinutes: 10, acknowledgements: 2 }] });
  const id = called(on);
  assert.equal(on.command(id, "cleo", accept), null);
  assert.equal(on.case(id).paging.status, "running");
  assert.equal(on.command(id, "ben", accept), null);
  const { incident, paging } = on.case(id);
  assert.deepEqual([incident.acceptedBy?.id, incident.coordinator?.id, paging.status], ["cleo", "cleo", "stopped"]);
  assert.equal(lastOf(on, id, "assignment.accepted").data?.joins, true);
});

test("whoever joined leaves with a reason: who has it stays, and while more are wanted one more is again", (t) => {
  const on = world(t, { steps: [{ targets: [network], timeoutMinutes: 10, acknowledgements: 3 }] });
  const id = called(on);
  for (const who of ["cleo", "ben"]) assert.equal(on.command(id, who, accept), null);
  assert.deepEqual(on.case(id).paging.acknowledged?.length, 2);
  const reason = "no more hands are needed";
  assert.equal(on.command(id, "ben", { name: "leave", input: {} }, { reason }), null);
  const { incident, paging } = on.case(id);
  assert.deepEqual([incident.acceptedBy?.id, incident.joined, paging.status], ["cleo", [], "exhausted"]);
  assert.deepEqual(
    paging.acknowledged?.map((one) => one.id),
    ["cleo"],
  );
  assert.equal(lastOf(on, id, "participant.left").data?.personId, "ben");
});

test("whoever comes unasked counts as one of those wanted", (t) => {
  const on = world(t, { steps: [{ targets: [network], timeoutMinutes: 10, acknowledgements: 2 }] });
  const id = called(on);
  on.command(id, "dan", accept);
  assert.equal(on.case(id).paging.status, "running");
  on.command(id, "ben", accept);
  assert.equal(on.case(id).paging.status, "stopped");
});

test("once enough have accepted, one more takes charge as ever", (t) => {
  const on = world(t, { steps: [{ targets: [network], timeoutMinutes: 10, acknowledgements: 2 }] });
  const id = called(on);
  for (const who of ["ben", "cleo", "dan"]) on.command(id, who, accept);
  assert.equal(on.case(id).incident.acceptedBy?.id, "dan");
});

test("what is restored calls nobody, however few have accepted", (t) => {
  const on = world(t, { steps: [{ targets: [network], timeoutMinutes: 10, acknowledgements: 2 }] });
  const id = called(on);
  on.command(id, "cleo", accept);
  on.command(id, "cleo", { name: "declare-restored", input: { text: null } });
  on.advance(60);
  assert.deepEqual([on.case(id).paging.status, pagesOf(on, "ben")], ["stopped", 1]);
});

test("whoever accepts and does nothing in time has it no more: the policy calls anew, them too", (t) => {
  const on = world(t, { actWithinMinutes: 20 });
  const id = called(on);
  on.advance(5);
  on.command(id, "ana", accept);
  on.advance(19);
  assert.equal(on.case(id).incident.acceptedBy?.id, "ana");
  on.advance(1);
  const { incident, paging } = on.case(id);
  assert.deepEqual([incident.acceptedBy, incident.milestones.accepted, paging.status], [null, undefined, "running"]);
  assert.deepEqual(lastOf(on, id, "assignment.lapsed").data, { personId: "ana", name: "Ana", minutes: 20 });
  assert.equal((lastOf(on, id, "paging.started").data as { reason: string }).reason, "nothing-done");
  assert.equal(pagesOf(on, "ana"), 2);
  assert.equal(on.command(id, "ana", accept), null, "they may take it again");
});

test("anything that anybody does is enough, once", (t) => {
  for (const who of ["ana", "dan"]) {
    const on = world(t, { actWithinMinutes: 20 });
    const id = called(on);
    on.command(id, "ana", accept);
    on.advance(10);
    on.command(id, who, noted);
    on.advance(600);
    assert.deepEqual([on.case(id).incident.acceptedBy?.id, countOf(on, id, "paging.started")], ["ana", 1]);
  }
});

test("what is over, or was given back, is looked at no more", (t) => {
  const over = world(t, { actWithinMinutes: 20 });
  const id = called(over);
  over.command(id, "ana", accept);
  over.signal("pagerduty", [signalOf("disk", { action: "resolve" })]);
  over.advance(600);
  assert.equal(countOf(over, id, "assignment.lapsed"), 0, "its source says that it is over");
  const back = world(t, { actWithinMinutes: 20 });
  const given = called(back);
  back.command(given, "ana", accept);
  back.command(given, "ana", { name: "decline", input: {} }, { reason: "the train has no network" });
  back.command(given, "cleo", { name: "declare-restored", input: { text: null } });
  back.advance(600);
  assert.equal(countOf(back, given, "assignment.lapsed"), 0);
});

test("a policy that was changed meanwhile changes nothing: it was pinned when calls began", (t) => {
  const on = world(t, {});
  const id = called(on);
  on.command(id, "ana", accept);
  on.advance(600);
  assert.deepEqual([on.case(id).incident.acceptedBy?.id, countOf(on, id, "paging.watched")], ["ana", 0]);
});
