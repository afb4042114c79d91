/** Steps that call in turn. Each scenario runs the whole desk under virtual time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { byId, organisation, person, signalOf, standardPolicy, wednesday } from "../drills/organisation.ts";
import { countOf, lastOf, onlyIncident, pagesOf } from "../drills/reading.ts";
import { createWorld, type World } from "../drills/world.ts";
import type { Policy } from "../escalation/policy.ts";
import type { Directory } from "./directory.ts";

const names = ["p0", "p1", "p2", "p3", "p4", "p5"];
const team = { kind: "team", id: "team" } as const;
const standard = byId<Policy>(
  { ...standardPolicy, repeat: 0, steps: [{ targets: [team], timeoutMinutes: 5, inTurn: true }] },
  { ...standardPolicy, id: "other", steps: [{ targets: [team], timeoutMinutes: 5, inTurn: true }] },
);
const withTeam = (members: readonly string[], policies: Directory["policies"] = standard): Directory => ({
  ...organisation,
  people: byId(...organisation.people.values(), ...names.map((id) => person(id, 3))),
  teams: byId({ id: "team", name: "Team", members: [...members] }),
  policies,
});
const world = (t: { name: string }, members: readonly string[], policy: Partial<Policy> = {}): World =>
  createWorld({
    seed: t.name,
    start: wednesday,
    directory: withTeam(members, new Map([...standard, ["standard", { ...standardPolicy, repeat: 0, ...policy }]])),
  });

let keys = 0;
/** So many incidents at one instant, of one batch, and somebody takes each of them before the step gives way. */
function incidents(on: World, count: number): void {
  const before = new Set(on.incidentIds());
  on.signal(
    "pagerduty",
    Array.from({ length: count }, () => signalOf(`disk-${keys++}`)),
  );
  for (const id of on.incidentIds()) if (!before.has(id)) on.command(id, "dan", { name: "accept", input: {} });
  on.advance(60);
}
const called = (on: World): Record<string, number> => Object.fromEntries(names.map((id) => [id, pagesOf(on, id)]));

test("over k times n incidents each of n people is called k times, also once one has joined or left", () => {
  const teams = fc.subarray(names, { minLength: 1 });
  fc.assert(
    fc.property(fc.array(fc.tuple(teams, fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 4 }), (spells) => {
      const on = createWorld({ seed: "in turn", start: wednesday, directory: withTeam(spells[0]?.[0] ?? []) });
      for (const [members, rounds] of spells) {
        on.setUp(withTeam(members));
        const before = called(on);
        for (let round = 0; round < rounds; round++) incidents(on, members.length);
        const after = called(on);
        for (const id of names)
          assert.equal((after[id] ?? 0) - (before[id] ?? 0), members.includes(id) ? rounds : 0, `${id} of ${members}`);
      }
    }),
    { numRuns: 40 },
  );
});

test("whoever leaves and whoever joins change the turn of nobody else", (t) => {
  const steps = [{ targets: [team], timeoutMinutes: 5, inTurn: true }];
  const on = world(t, ["p0", "p1", "p2"], { steps });
  const next = (): string => {
    const before = called(on);
    incidents(on, 1);
    const after = called(on);
    return names.filter((id) => after[id] !== before[id]).join();
  };
  assert.deepEqual([next(), next()], ["p0", "p1"]);
  on.setUp(withTeam(["p0", "p2", "p3"]));
  assert.deepEqual(
    [next(), next(), next(), next()],
    ["p2", "p3", "p0", "p2"],
    "never called comes first, in their order",
  );
});

test("one policy calling somebody is no turn of another", (t) => {
  const services = byId(
    ...[...organisation.services.values()].map((one) => (one.id === "payroll" ? { ...one, policyId: "other" } : one)),
  );
  const on = createWorld({ seed: t.name, start: wednesday, directory: { ...withTeam(["p0", "p1"]), services } });
  on.signal("pagerduty", [signalOf("one"), signalOf("two", { serviceId: "payroll" })]);
  assert.deepEqual([pagesOf(on, "p0"), pagesOf(on, "p1")], [2, 0]);
});

test("when nobody answers, the policy gone through again calls the next, and so does a relapse", (t) => {
  const on = world(t, ["p0", "p1", "p2"], { repeat: 1, steps: [{ targets: [team], timeoutMinutes: 5, inTurn: true }] });
  on.signal("pagerduty", [signalOf("disk")]);
  const id = onlyIncident(on);
  assert.equal(lastOf(on, id, "paging.stepped").data?.inTurnOf, 3);
  assert.deepEqual((lastOf(on, id, "page.requested").data?.why as { inTurn?: boolean })?.inTurn, true);
  on.advance(5);
  assert.deepEqual(called(on), { p0: 1, p1: 1, p2: 0, p3: 0, p4: 0, p5: 0 });
  on.command(id, "dan", { name: "declare-restored", input: { text: null } });
  on.command(id, "dan", { name: "declare-relapse", input: { text: "down again" } });
  assert.equal(pagesOf(on, "p2"), 1);
});

test("two steps of one policy share its turns: nobody is called twice while others were not", (t) => {
  const step = { targets: [team], timeoutMinutes: 5, inTurn: true };
  const on = world(t, ["p0", "p1"], { steps: [step, step] });
  on.signal("pagerduty", [signalOf("disk")]);
  on.advance(5);
  assert.deepEqual([pagesOf(on, "p0"), pagesOf(on, "p1")], [1, 1]);
});

test("whoever declines passes the call on to the next step, as ever", (t) => {
  const steps = [
    { targets: [team], timeoutMinutes: 5, inTurn: true },
    { targets: [{ kind: "person", id: "cleo" } as const], timeoutMinutes: 5 },
  ];
  const on = world(t, ["p0", "p1"], { steps });
  on.signal("pagerduty", [signalOf("disk")]);
  const id = onlyIncident(on);
  on.command(id, "p0", { name: "decline", input: {} }, { reason: "asleep" });
  assert.deepEqual([pagesOf(on, "p1"), pagesOf(on, "cleo"), countOf(on, id, "paging.stepped")], [0, 1, 2]);
});
