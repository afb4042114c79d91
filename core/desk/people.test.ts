/** People report, are called, decline, and are not always there. Each scenario runs the whole desk under virtual time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, organisation, person, rotation, signalOf, standardPolicy, wednesday } from "../drills/organisation.ts";
import { countOf, lastOf, onlyIncident, pagesOf } from "../drills/reading.ts";
import { createWorld, type World, type WorldOptions } from "../drills/world.ts";
import { stageOf } from "../incidents/state.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { plainSchedule } from "../oncall/schedule.ts";

const world = (t: { name: string }, changes: Partial<WorldOptions> = {}): World =>
  createWorld({ seed: t.name, start: wednesday, directory: organisation, ...changes });

test("reports page at most once in five minutes, and say why not", (t) => {
  const on = world(t);
  const first = on.open(null, { title: "Nothing works" });
  on.advance(1);
  const second = on.open(null, { title: "Nothing works either" });
  on.advance(4);
  const third = on.open(null, { title: "Still nothing" });
  assert.ok(!isRefusal(first) && !isRefusal(second) && !isRefusal(third));
  assert.equal(stageOf(on.case(first).incident), "reported");
  assert.deepEqual(
    [first, second, third].map((id) => countOf(on, id, "paging.started")),
    [1, 0, 1],
  );
  assert.deepEqual(lastOf(on, second, "routing.decided").data, { policy: null, reasons: ["report-paged-recently"] });
});

test("what a person without a level records is a report, and pages like one", (t) => {
  const on = world(t);
  const id = on.open("eve", { title: "The lift is stuck" });
  assert.ok(!isRefusal(id));
  assert.equal(stageOf(on.case(id).incident), "reported");
  assert.equal(countOf(on, id, "paging.started"), 1);
});

test("what a person of level 2 records is registered, and pages nobody by itself", (t) => {
  const on = world(t);
  const id = on.open("ana", { title: "The lift is stuck", categories: ["low-impact"] });
  assert.ok(!isRefusal(id));
  assert.equal(stageOf(on.case(id).incident), "categorised");
  assert.equal(countOf(on, id, "paging.started"), 0);
  assert.equal(on.command(id, "ana", { name: "assign", input: { team: "network" } }), null);
  assert.deepEqual([on.mailbox("ben").length, on.mailbox("cleo").length], [1, 1]);
});

test("whoever it is assigned to is called, and when they stay silent the policy goes on", (t) => {
  const on = world(t);
  const id = on.open("ben", { title: "The lift is stuck", service: "billing" });
  assert.ok(!isRefusal(id));
  assert.equal(on.command(id, "ben", { name: "assign", input: { person: "dan" } }), null);
  assert.deepEqual([pagesOf(on, "dan"), pagesOf(on, "ana")], [1, 0]);
  assert.equal(on.case(id).paging.pages[0]?.why.reason, "assigned");
  on.advance(10);
  assert.deepEqual([pagesOf(on, "dan"), pagesOf(on, "ana"), pagesOf(on, "cleo")], [1, 1, 0]);
  assert.equal(on.command(id, "dan", { name: "accept", input: {} }), null);
  on.advance(60);
  assert.deepEqual([pagesOf(on, "dan"), pagesOf(on, "ana"), pagesOf(on, "cleo")], [1, 1, 0]);
});

test("assigned to somebody else while others are called: the calls begin anew with that person", (t) => {
  const on = world(t);
  on.signal("pagerduty", [signalOf("disk")]);
  const id = onlyIncident(on);
  assert.equal(pagesOf(on, "ana"), 1);
  assert.equal(on.command(id, "cleo", { name: "assign", input: { person: "dan" } }), null);
  assert.deepEqual([on.case(id).paging.run, pagesOf(on, "dan"), pagesOf(on, "ana")], [2, 1, 1]);
  on.advance(9);
  assert.equal(pagesOf(on, "ana"), 1, "the timer of the first run is gone");
});

test("an assignment calls nobody who cannot help: oneself, after an acceptance, or once the service is back", (t) => {
  const on = world(t);
  const own = on.open("ben", { title: "Mine" });
  assert.ok(!isRefusal(own));
  assert.equal(on.command(own, "ben", { name: "assign", input: { person: "ben" } }), null);
  assert.equal(countOf(on, own, "paging.started"), 0);
  assert.equal(on.command(own, "ben", { name: "accept", input: {} }), null);
  assert.equal(on.command(own, "ben", { name: "assign", input: { person: "dan" } }), null);
  assert.equal(countOf(on, own, "paging.started"), 0);
  assert.deepEqual(
    on.mailbox("dan").map((letter) => letter.about),
    ["assigned"],
  );
});

test("what is resolved calls nobody, even when nobody had said that the service was back", (t) => {
  const on = world(t);
  const id = on.open("cleo", { title: "The lift is stuck", categories: ["low-impact"] });
  assert.ok(!isRefusal(id));
  const solved = { solution: "freed", cause: "a coin", causeUnknown: false };
  assert.equal(on.command(id, "cleo", { name: "declare-resolved", input: solved }), null);
  assert.equal(on.case(id).incident.milestones.restored, undefined);
  assert.equal(on.command(id, "cleo", { name: "assign", input: { person: "ben" } }), null);
  assert.deepEqual([on.case(id).paging.status, pagesOf(on, "ben")], ["idle", 0]);
  assert.deepEqual(
    on.mailbox("ben").map(({ about }) => about),
    ["assigned"],
  );
});

test("who is gone is given nothing, and what is assigned has somebody who can answer", (t) => {
  const teams = new Map([
    ["empty", { id: "empty", name: "Empty", members: [] }],
    ["left", { id: "left", name: "Left", members: ["gone"] }],
    ["mixed", { id: "mixed", name: "Mixed", members: ["gone", "ben"] }],
  ]);
  const functions = new Map([["night", { id: "night", nameFr: "Nuit", nameEn: "Night", members: ["gone"] }]]);
  const people = byId(...organisation.people.values(), person("gone", 4, { active: false }));
  const on = world(t, { directory: { ...organisation, people, teams, functions } });
  const id = on.open("ana", { title: "x" });
  assert.ok(!isRefusal(id));
  assert.equal(on.command(id, "cleo", { name: "accept", input: {} }), null);
  assert.equal(on.command(id, "cleo", { name: "restrict", input: {} }, { reason: "x" }), null);
  const escalate = (to: string) => ({ name: "escalate", input: { kind: "functional", to, expected: "x" } }) as const;
  for (const [command, refused] of [
    [{ name: "assign", input: { person: "gone" } }, "person-inactive"],
    [{ name: "assign", input: { team: "empty" } }, "assistance-nobody"],
    [{ name: "assign", input: { team: "left" } }, "assistance-nobody"],
    [{ name: "assign", input: { function: "night" } }, "assistance-nobody"],
    [escalate("gone"), "person-inactive"],
    [escalate("night"), undefined],
    [{ name: "grant-access", input: { person: "gone" } }, "person-inactive"],
    [{ name: "advise-persons", input: { persons: ["cleo", "gone"], text: "x" } }, "person-inactive"],
    [{ name: "assign", input: { team: "mixed" } }, undefined],
    [escalate("mixed"), undefined],
  ] as const)
    assert.equal(on.command(id, "cleo", command as never, { reason: "x" })?.refused, refused, JSON.stringify(command));
});

test("whom and what is named must exist", (t) => {
  const on = world(t);
  const refusedOpen = on.open("ana", { title: "x", service: "nowhere" });
  assert.ok(isRefusal(refusedOpen) && refusedOpen.refused === "service-unknown");
  const id = on.open("ana", { title: "x" });
  assert.ok(!isRefusal(id));
  const refusals = [
    on.command(id, "ana", { name: "assign", input: { person: "nobody" } }),
    on.command(id, "ana", { name: "assign", input: { team: "nobody" } }),
    on.command(id, "ana", { name: "assign", input: { function: "nobody" } }),
    on.command(id, "ana", { name: "categorise", input: { categories: ["unheard-of"] } }),
    on.command(id, "ana", { name: "categorise", input: { categories: [] } }),
    on.command(id, "ben", { name: "advise-persons", input: { persons: ["cleo", "nobody"], text: "x" } }),
  ];
  assert.deepEqual(
    refusals.map((one) => one?.refused),
    ["person-unknown", "team-unknown", "function-unknown", "category-unknown", "category-required", "person-unknown"],
  );
  assert.equal(on.record(id).count, 4, "a refusal writes nothing");
});

test("who declines passes it on at once; when all of a step have declined, the next is called", (t) => {
  const both = {
    ...standardPolicy,
    steps: [
      { targets: [{ kind: "team", id: "network" } as const], timeoutMinutes: 30 },
      { targets: [{ kind: "person", id: "dan" } as const], timeoutMinutes: 30 },
    ],
  };
  const on = world(t, { directory: { ...organisation, policies: byId(both) } });
  on.signal("pagerduty", [signalOf("disk")]);
  const id = onlyIncident(on);
  assert.equal(on.command(id, "ben", { name: "decline", input: {} }, { reason: "on a train" }), null);
  assert.equal(pagesOf(on, "dan"), 0, "Cleo may still answer");
  assert.equal(on.command(id, "cleo", { name: "decline", input: {} }, { reason: "on a plane" }), null);
  assert.equal(pagesOf(on, "dan"), 1);
});

test("a page that cannot be delivered passes on at once", (t) => {
  const on = world(t, { channel: ({ personId }) => (personId === "ana" ? "fail" : "ok") });
  on.signal("pagerduty", [signalOf("disk")]);
  assert.deepEqual([pagesOf(on, "ana"), pagesOf(on, "cleo")], [0, 1]);
});

test("a page that could not leave in time is recorded as late, never sent, and passed on", (t) => {
  const slow = { ...standardPolicy, steps: standardPolicy.steps.map((step) => ({ ...step, timeoutMinutes: 120 })) };
  const on = world(t, {
    directory: { ...organisation, policies: byId(slow) },
    channel: ({ personId }) => (personId === "ana" ? "down" : "ok"),
  });
  on.signal("pagerduty", [signalOf("disk")]);
  on.advance(32);
  assert.equal(countOf(on, onlyIncident(on), "page.expired"), 1);
  assert.deepEqual([pagesOf(on, "ana"), pagesOf(on, "cleo")], [0, 1]);
});

test("a page still waiting when somebody accepts is withdrawn", (t) => {
  let down = true;
  const on = world(t, { channel: () => (down ? "down" : "ok") });
  on.signal("pagerduty", [signalOf("disk")]);
  const id = onlyIncident(on);
  on.command(id, "cleo", { name: "accept", input: {} });
  down = false;
  on.advance(60);
  assert.equal(pagesOf(on, "ana"), 0);
  assert.deepEqual(on.case(id).paging.pages[0]?.status, "withdrawn");
});

test("nobody on call is in the record, and the next step is called at once", (t) => {
  const empty = plainSchedule("rota", "Rota", { ...rotation, participants: [null] });
  const on = world(t, { directory: { ...organisation, schedules: byId(empty) } });
  on.signal("pagerduty", [signalOf("disk")]);
  const id = onlyIncident(on);
  assert.deepEqual(lastOf(on, id, "paging.unreachable").data, {
    step: 0,
    cycle: 0,
    target: "Rota",
    reason: "nobody-on-call",
  });
  assert.equal(pagesOf(on, "cleo"), 1);
});

test("when every page of a policy fails, the administrators are called", (t) => {
  const on = world(t, { channel: ({ personId }) => (personId === "root" ? "ok" : "fail") });
  on.signal("pagerduty", [signalOf("disk")]);
  assert.equal(pagesOf(on, "root"), 1);
  assert.equal(
    (lastOf(on, onlyIncident(on), "paging.started").data as { reason: string }).reason,
    "policy-reached-nobody",
  );
});

test("out of the box an alert pages the first administrator", (t) => {
  const fresh = {
    ...organisation,
    people: byId(person("root", 5, { admin: true })),
    services: new Map(),
    policies: new Map(),
  };
  const on = world(t, { directory: fresh });
  on.signal("generic", [signalOf("disk")]);
  assert.equal(pagesOf(on, "root"), 1);
  const { reasons } = lastOf(on, onlyIncident(on), "routing.decided").data as { reasons: string[] };
  assert.deepEqual(reasons, ["service-unknown", "built-in-policy"]);
});

test("whoever assigns to themselves is not told; everyone else who is named is", (t) => {
  const on = world(t);
  const id = on.open("ana", { title: "Slow network" });
  assert.ok(!isRefusal(id));
  on.command(id, "ben", { name: "assign", input: { team: "network" } });
  on.command(id, "ana", { name: "assign", input: { person: "ana" } });
  on.command(id, "ana", { name: "assign", input: { function: "legal" } });
  const told = ["ana", "ben", "cleo", "dan", "eve"].map((who) => on.mailbox(who).length);
  assert.deepEqual(told, [0, 0, 1, 0, 1]);
});

test("an escalation reaches a person, a team or a function; advice reaches whom it names", (t) => {
  const on = world(t);
  const id = on.open("ana", { title: "Slow network" });
  assert.ok(!isRefusal(id));
  for (const to of ["dan", "network", "legal"]) {
    const input = { kind: "functional", to, expected: "a decision" } as const;
    assert.equal(on.command(id, "cleo", { name: "escalate", input }, { reason: "beyond us" }), null);
  }
  on.command(id, "ben", { name: "advise-persons", input: { persons: ["ana", "root"], text: "wait" } });
  const told = ["ana", "ben", "cleo", "dan", "eve", "root"].map((who) =>
    on
      .mailbox(who)
      .map((one) => one.about)
      .join(),
  );
  assert.deepEqual(told, ["advised", "page", "page", "page", "page", "advised"]);
});

test("a coordinator is asked for among those of level 4 or more: whoever was called, or a few", (t) => {
  const on = world(t);
  on.signal("pagerduty", [signalOf("disk")]);
  on.command(onlyIncident(on), "ana", { name: "accept", input: {} });
  const wanted = (who: string) => on.mailbox(who).filter((one) => one.about === "coordinator-wanted").length;
  assert.deepEqual(["ana", "ben", "cleo", "dan", "eve", "root"].map(wanted), [0, 0, 1, 1, 0, 0]);
  on.advance(10);
  on.signal("pagerduty", [signalOf("raid")]);
  on.advance(11);
  on.command(on.incidentIds()[1] ?? "", "ana", { name: "accept", input: {} });
  assert.deepEqual(["cleo", "dan"].map(wanted), [2, 1], "Cleo was paged for this one");
});

test("a reporter's category is a proposal, until somebody of level 2 says so", (t) => {
  const on = world(t);
  const id = on.open("eve", { title: "Strange mail", categories: ["security"] });
  assert.ok(!isRefusal(id));
  assert.deepEqual([on.case(id).incident.proposedCategories, on.case(id).incident.categories], [["security"], []]);
});
