/** Who has it, and what follows when they cannot keep it. Each scenario runs the whole desk under virtual time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, organisation, person, signalOf, wednesday } from "../drills/organisation.ts";
import { countOf, lastOf, onlyIncident, pagesOf } from "../drills/reading.ts";
import { createWorld, type World, type WorldOptions } from "../drills/world.ts";

const world = (t: { name: string }, changes: Partial<WorldOptions> = {}): World =>
  createWorld({ seed: t.name, start: wednesday, directory: organisation, ...changes });
const why = { reason: "the train has no network" };
const letters = (on: World, who: string) => on.mailbox(who).map((letter) => letter.about);

test("whoever gives back what they had accepted is replaced: the policy calls anew", (t) => {
  const on = world(t);
  on.signal("pagerduty", [signalOf("disk")]);
  const id = onlyIncident(on);
  assert.equal(on.command(id, "ana", { name: "accept", input: {} }), null);
  on.advance(60);
  assert.equal(pagesOf(on, "cleo"), 0);
  assert.equal(on.command(id, "ana", { name: "decline", input: {} }, why), null);
  assert.equal(on.case(id).incident.acceptedBy, null);
  assert.equal((lastOf(on, id, "paging.started").data as { reason: string }).reason, "handed-back");
  on.advance(1);
  assert.deepEqual([pagesOf(on, "ana"), pagesOf(on, "cleo")], [1, 1], "who gave it back is not called for it at once");
  const left = lastOf(on, id, "paging.unreachable").data as { target: string; reason: string };
  assert.deepEqual([left.target, left.reason], ["Ana", "declined"]);
  assert.equal(on.command(id, "cleo", { name: "accept", input: {} }), null);
  assert.equal(on.case(id).incident.coordinator?.id, "cleo");
});

test("whoever gave it back is called again where nobody else is left, and by what comes after the first step", (t) => {
  const steps = [{ targets: [{ kind: "person", id: "ana" }], timeoutMinutes: 10 }] as const;
  const alone = { ...(organisation.policies.get("standard") ?? assert.fail()), steps, repeat: 0 };
  const on = world(t, { directory: { ...organisation, policies: new Map([["standard", alone]]) } });
  on.signal("pagerduty", [signalOf("disk")]);
  const id = onlyIncident(on);
  on.command(id, "ana", { name: "accept", input: {} });
  const before = pagesOf(on, "ana");
  assert.equal(on.command(id, "ana", { name: "decline", input: {} }, why), null);
  on.advance(1);
  assert.equal(pagesOf(on, "ana"), before + 1);
  assert.equal((lastOf(on, id, "paging.stepped").data as { because: string }).because, "declined-only");
});

test("given back once the service is restored, nobody is woken", (t) => {
  const on = world(t);
  on.signal("pagerduty", [signalOf("disk")]);
  const id = onlyIncident(on);
  on.command(id, "ana", { name: "accept", input: {} });
  on.command(id, "cleo", { name: "declare-restored", input: { text: null } });
  const before = countOf(on, id, "paging.started");
  assert.equal(on.command(id, "ana", { name: "decline", input: {} }, why), null);
  assert.deepEqual([on.case(id).incident.acceptedBy, countOf(on, id, "paging.started")], [null, before]);
});

test("whoever gives back the coordination alone leaves the incident with who has it, and another is asked for", (t) => {
  const on = world(t);
  const id = on.open("ana", { title: "Slow network" });
  assert.ok(typeof id === "string");
  on.command(id, "ana", { name: "assign", input: { person: "cleo" } });
  on.command(id, "cleo", { name: "accept", input: {} });
  on.command(id, "ben", { name: "accept", input: {} });
  assert.equal(on.command(id, "cleo", { name: "decline", input: {} }, why), null);
  const { acceptedBy, coordinator, coordinationWanted } = on.case(id).incident;
  assert.deepEqual([acceptedBy?.id, coordinator, coordinationWanted], ["ben", null, true]);
  assert.deepEqual(letters(on, "dan"), ["coordinator-wanted"]);
  assert.equal(countOf(on, id, "paging.started"), 1);
});

test("whoever may no longer coordinate gives that back alone, keeps what they accepted, and another is asked for", (t) => {
  const on = world(t);
  on.signal("pagerduty", [signalOf("disk")]);
  const id = onlyIncident(on);
  on.command(id, "cleo", { name: "accept", input: {} });
  const { assigned, milestones } = on.case(id).incident;
  const paged = countOf(on, id, "paging.started");
  assert.equal(on.command(id, "cleo", { name: "decline", input: { only: "coordination" } }, why), null);
  const after = on.case(id).incident;
  assert.deepEqual([after.acceptedBy?.id, after.coordinator, after.coordinationWanted], ["cleo", null, true]);
  assert.deepEqual([after.assigned, after.milestones], [assigned, milestones]);
  assert.deepEqual(lastOf(on, id, "assignment.declined").data, {
    personId: "cleo",
    name: "Cleo",
    gave: "coordination",
  });
  assert.ok(letters(on, "dan").includes("coordinator-wanted"));
  assert.equal(countOf(on, id, "paging.started"), paged, "nobody is called anew");
  const again = on.command(id, "cleo", { name: "decline", input: { only: "coordination" } }, why);
  assert.equal(again?.refused, "nothing-changes");
});

test("where nobody has the level to be asked first, whoever may coordinate is asked", (t) => {
  const people = byId(person("ana", 2), person("ben", 3), person("root", null, { admin: true }));
  const on = world(t, { directory: { ...organisation, people } });
  on.signal("pagerduty", [signalOf("disk")]);
  on.command(onlyIncident(on), "ana", { name: "accept", input: {} });
  assert.deepEqual(letters(on, "ben"), ["coordinator-wanted"]);
});

test("an escalation calls nobody who was switched off", (t) => {
  const people = byId(...organisation.people.values(), person("ben", 3, { active: false }));
  const on = world(t, { directory: { ...organisation, people } });
  const id = on.open("ana", { title: "Slow network" });
  assert.ok(typeof id === "string");
  const input = { kind: "functional", to: "network", expected: "a decision" } as const;
  assert.equal(on.command(id, "cleo", { name: "escalate", input }, why), null);
  assert.deepEqual([letters(on, "ben"), letters(on, "cleo")], [[], ["page"]]);
});
