/** The core put together, told as an organisation lives it. Each scenario runs the desk under virtual time. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Signal } from "../alerts/decide.ts";
import { byId, organisation, person, rota, signalOf, standardPolicy } from "../drills/organisation.ts";
import { createWorld, type World, type WorldOptions } from "../drills/world.ts";
import { missingToClose } from "../incidents/missing.ts";
import { stageOf } from "../incidents/state.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { parseIso } from "../kernel/time.ts";

/** A Wednesday of Ana's week, 14:00 in Montréal. */
const start = parseIso("2026-10-07T18:00:00Z") ?? 0;

function world(t: { name: string }, changes: Partial<WorldOptions> = {}): World {
  return createWorld({ seed: t.name, start, directory: organisation, ...changes });
}

const types = (on: World, id: string): string[] => on.record(id).entries.map((entry) => entry.type);
const count = (on: World, id: string, type: string): number => types(on, id).filter((one) => one === type).length;
const last = (on: World, id: string, type: string) => {
  const found = on.record(id).entries.findLast((entry) => entry.type === type);
  assert.ok(found, `no ${type} in ${types(on, id).join(", ")}`);
  return found;
};
const pages = (on: World, who: string): number => on.mailbox(who).filter((letter) => letter.about === "page").length;

function onlyIncident(on: World): string {
  const [id, ...others] = on.incidentIds();
  assert.ok(id !== undefined && others.length === 0, `expected one incident, not ${on.incidentIds().length}`);
  return id;
}

const firing = (key: string, changes: Partial<Signal> = {}): Signal =>
  signalOf(key, { stateful: true, startsAt: start - 60_000, ...changes });

/** Everything closing asks for, by Cleo, after whoever accepted. */
function finish(on: World, id: string, reason?: string): void {
  const around = reason === undefined ? {} : { reason };
  const done = [
    on.command(id, "cleo", { name: "categorise", input: { categories: ["complex"] } }),
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

describe("a source speaks", () => {
  test("one event key six times is one incident and one page", (t) => {
    const on = world(t);
    const became = [1, 2, 3, 4, 5, 6].map(() => on.signal("pagerduty", [signalOf("disk")])[0]?.became);
    assert.deepEqual(became, ["opened", "repeated", "repeated", "repeated", "repeated", "repeated"]);
    const id = onlyIncident(on);
    assert.equal(on.case(id).incident.number, "INC-2026-000001");
    assert.equal(stageOf(on.case(id).incident), "registered");
    assert.equal(pages(on, "ana"), 1);
    assert.equal(on.alerts()[0]?.count, 6);
    const registered = last(on, id, "incident.registered");
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
    assert.equal(pages(on, "ana"), 1);
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
    assert.equal(pages(on, "ana") + pages(on, "cleo"), 1);
    assert.equal(on.case(id).paging.status, "stopped");
    assert.deepEqual(last(on, id, "paging.stopped").data, { because: "accepted" });
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
    assert.equal(pages(on, "cleo"), 0);
    on.advance(0.1);
    assert.equal(pages(on, "cleo"), 1);
    assert.deepEqual((last(on, id, "page.requested").data as { why: { silent: string[] } }).why.silent, ["Ana"]);
    assert.deepEqual(last(on, id, "page.requested").cause.kind, "timer");
    on.advance(15);
    assert.equal(pages(on, "ana"), 2);
    on.advance(25);
    assert.equal(on.case(id).paging.status, "exhausted");
    on.advance(24 * 60);
    assert.deepEqual([pages(on, "ana"), pages(on, "cleo")], [2, 2]);
    assert.deepEqual(last(on, id, "paging.exhausted").data, { pages: 4 });
  });

  test("a source that resolves before anyone accepts restores in its own name and stops paging", (t) => {
    const on = world(t);
    on.signal("pagerduty", [signalOf("disk")]);
    on.advance(2);
    on.signal("pagerduty", [signalOf("disk", { action: "resolve" })]);
    const id = onlyIncident(on);
    const restored = last(on, id, "service.restored");
    assert.deepEqual([restored.actor.kind, restored.actor.id], ["integration", "pagerduty"]);
    assert.deepEqual(restored.data, { text: null, because: "sources-resolved" });
    assert.equal(stageOf(on.case(id).incident), "restored");
    on.advance(600);
    assert.equal(pages(on, "ana") + pages(on, "cleo"), 1);
  });

  test("what fires again before it was resolved is a relapse, and pages anew", (t) => {
    const on = world(t);
    on.signal("pagerduty", [signalOf("disk")]);
    on.signal("pagerduty", [signalOf("disk", { action: "resolve" })]);
    on.advance(30);
    on.signal("pagerduty", [signalOf("disk")]);
    const id = onlyIncident(on);
    assert.equal(count(on, id, "service.relapsed"), 1);
    assert.equal(on.case(id).incident.milestones.restored, undefined);
    assert.equal(on.case(id).incident.firstRestored, start);
    assert.equal(pages(on, "ana"), 2);
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
});

describe("the end of an incident", () => {
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
    assert.deepEqual(last(on, first, "incident.absorbed").data, {
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
});

describe("a storm", () => {
  test("40 distinct signals in a minute are 10 incidents and one storm, one page a person for the storm", (t) => {
    const on = world(t);
    for (let i = 0; i < 40; i++) {
      on.signal("pagerduty", [signalOf(`host-${i}`)]);
      on.advance(1 / 120);
    }
    on.advance(1 / 60);
    assert.equal(on.incidentIds().length, 11);
    const storm = on.incidentIds()[10] ?? "";
    assert.deepEqual(on.case(storm).incident.title, { code: "storm", values: { integration: "pagerduty", count: 30 } });
    assert.equal(on.mailbox("ana").filter((letter) => letter.incidentId === storm).length, 1);
    const entries = on.record(storm).entries.filter((entry) => entry.type === "alert.grouped");
    const joined = entries.map((entry) => (entry.data as { count: number }).count);
    assert.equal(
      joined.reduce((sum, one) => sum + one, 0),
      30,
    );
    const written = entries.map((entry) => parseIso(entry.recordedAt) ?? 0);
    for (let i = 1; i < written.length; i++) assert.ok((written[i] ?? 0) - (written[i - 1] ?? 0) >= 1000);
    assert.ok(entries.length <= 16, `${entries.length} entries in 15 s`);
  });

  test("40 in one batch are the same, with one entry in the storm", (t) => {
    const on = world(t);
    on.signal(
      "pagerduty",
      Array.from({ length: 40 }, (_, i) => signalOf(`host-${i}`)),
    );
    assert.equal(on.incidentIds().length, 11);
    const storm = on.incidentIds()[10] ?? "";
    assert.equal(count(on, storm, "alert.grouped"), 1);
    assert.deepEqual(last(on, storm, "alert.grouped").data, {
      count: 30,
      firstKey: "host-10",
      lastKey: "host-39",
      total: 30,
    });
  });

  test("what comes back into a storm is coalesced like the rest, and all clear is said once", (t) => {
    const on = world(t);
    const keys = Array.from({ length: 30 }, (_, i) => `host-${i}`);
    on.signal(
      "pagerduty",
      keys.map((key) => signalOf(key)),
    );
    const storm = on.incidentIds()[10] ?? "";
    for (let i = 0; i < 20; i++) {
      on.signal("pagerduty", [signalOf("host-25", { action: i % 2 === 0 ? "resolve" : "trigger" })]);
      on.advance(1 / 600);
    }
    on.advance(1);
    assert.ok(count(on, storm, "alert.grouped") <= 4, `${count(on, storm, "alert.grouped")} entries in two seconds`);
    on.signal(
      "pagerduty",
      keys.map((key) => signalOf(key, { action: "resolve" })),
    );
    on.advance(1);
    assert.equal(count(on, storm, "alerts.cleared"), 1);
    assert.equal(stageOf(on.case(storm).incident), "restored");
  });

  test("a storm that begins within the second of the last resolution of another loses nothing of it", (t) => {
    const on = world(t);
    const batch = (from: number): Signal[] => Array.from({ length: 12 }, (_, i) => signalOf(`host-${from + i}`));
    on.signal("pagerduty", batch(0));
    const storm = on.incidentIds()[10] ?? "";
    on.advance(6);
    on.signal("pagerduty", [signalOf("host-10", { action: "resolve" })]);
    on.signal("pagerduty", [signalOf("host-11", { action: "resolve" })]);
    on.signal("pagerduty", batch(100));
    assert.equal(on.incidentIds().length, 22);
    on.advance(1);
    assert.equal(count(on, storm, "alerts.cleared"), 1);
  });

  test("once its incident has ended, newcomers make a storm of their own", (t) => {
    const on = world(t);
    const some = (from: number, many: number): Signal[] =>
      Array.from({ length: many }, (_, i) => signalOf(`host-${from + i}`));
    on.signal("pagerduty", some(0, 12));
    const storm = on.incidentIds()[10] ?? "";
    assert.equal(on.command(storm, "ana", { name: "dismiss", input: {} }, { reason: "planned work" }), null);
    const [next] = on.signal("pagerduty", some(50, 1));
    assert.equal(next?.became, "joined-storm");
    assert.notEqual(next?.incidentId, storm);
  });
});

describe("people report and respond", () => {
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
      [first, second, third].map((id) => count(on, id, "paging.started")),
      [1, 0, 1],
    );
    assert.deepEqual(last(on, second, "routing.decided").data, { policy: null, reasons: ["report-paged-recently"] });
  });

  test("what a person without a level records is a report, and pages like one", (t) => {
    const on = world(t);
    const id = on.open("eve", { title: "The lift is stuck" });
    assert.ok(!isRefusal(id));
    assert.equal(stageOf(on.case(id).incident), "reported");
    assert.equal(count(on, id, "paging.started"), 1);
  });

  test("what a person of level 2 records is registered, and pages nobody by itself", (t) => {
    const on = world(t);
    const id = on.open("ana", { title: "The lift is stuck", categories: ["low-impact"] });
    assert.ok(!isRefusal(id));
    assert.equal(stageOf(on.case(id).incident), "categorised");
    assert.equal(count(on, id, "paging.started"), 0);
    assert.equal(on.command(id, "ana", { name: "assign", input: { team: "network" } }), null);
    assert.deepEqual([on.mailbox("ben").length, on.mailbox("cleo").length], [1, 1]);
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
    assert.equal(pages(on, "dan"), 0, "Cleo may still answer");
    assert.equal(on.command(id, "cleo", { name: "decline", input: {} }, { reason: "on a plane" }), null);
    assert.equal(pages(on, "dan"), 1);
  });

  test("a page that cannot be delivered passes on at once", (t) => {
    const on = world(t, { channel: ({ personId }) => (personId === "ana" ? "fail" : "ok") });
    on.signal("pagerduty", [signalOf("disk")]);
    assert.deepEqual([pages(on, "ana"), pages(on, "cleo")], [0, 1]);
  });

  test("a page that could not leave in time is recorded as late, never sent, and passed on", (t) => {
    const slow = { ...standardPolicy, steps: standardPolicy.steps.map((step) => ({ ...step, timeoutMinutes: 120 })) };
    const on = world(t, {
      directory: { ...organisation, policies: byId(slow) },
      channel: ({ personId }) => (personId === "ana" ? "down" : "ok"),
    });
    on.signal("pagerduty", [signalOf("disk")]);
    on.advance(32);
    assert.equal(count(on, onlyIncident(on), "page.expired"), 1);
    assert.deepEqual([pages(on, "ana"), pages(on, "cleo")], [0, 1]);
  });

  test("a page still waiting when somebody accepts is withdrawn", (t) => {
    let down = true;
    const on = world(t, { channel: () => (down ? "down" : "ok") });
    on.signal("pagerduty", [signalOf("disk")]);
    const id = onlyIncident(on);
    on.command(id, "cleo", { name: "accept", input: {} });
    down = false;
    on.advance(60);
    assert.equal(pages(on, "ana"), 0);
    assert.deepEqual(on.case(id).paging.pages[0]?.status, "withdrawn");
  });

  test("nobody on call is in the record, and the next step is called at once", (t) => {
    const empty = { ...rota, rotation: { ...rota.rotation, participants: [null] } };
    const on = world(t, { directory: { ...organisation, schedules: byId(empty) } });
    on.signal("pagerduty", [signalOf("disk")]);
    const id = onlyIncident(on);
    assert.deepEqual(last(on, id, "paging.unreachable").data, {
      step: 0,
      cycle: 0,
      target: "Rota",
      reason: "nobody-on-call",
    });
    assert.equal(pages(on, "cleo"), 1);
  });

  test("when every page of a policy fails, the administrators are called", (t) => {
    const on = world(t, { channel: ({ personId }) => (personId === "root" ? "ok" : "fail") });
    on.signal("pagerduty", [signalOf("disk")]);
    assert.equal(pages(on, "root"), 1);
    assert.equal(
      (last(on, onlyIncident(on), "paging.started").data as { reason: string }).reason,
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
    assert.equal(pages(on, "root"), 1);
    const { reasons } = last(on, onlyIncident(on), "routing.decided").data as { reasons: string[] };
    assert.deepEqual(reasons, ["service-unknown", "built-in-policy"]);
  });
});
