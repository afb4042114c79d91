import assert from "node:assert/strict";
import { test } from "node:test";
import { rosterOf } from "../desk/directory.ts";
import type { Person } from "../directory/types.ts";
import { organisation, rotation, standardPolicy, wednesday } from "../drills/organisation.ts";
import type { Conditions } from "../escalation/conditions.ts";
import { dayMs, hourMs } from "../kernel/time.ts";
import { plainSchedule } from "../oncall/schedule.ts";
import { deafAddressees, holeLength, newHoles, proveDesk } from "./proof.ts";

const demand = {
  period: { from: wednesday, until: wednesday + 91 * dayMs },
  withinMinutes: 15,
  channels: null,
};
const proved = (directory: typeof organisation) => proveDesk(directory, rosterOf(directory), demand);

test("each service is proved at both urgencies, and so is what has none", () => {
  const subjects = proved(organisation);
  assert.equal(subjects.length, (organisation.services.size + 1) * 2);
  for (const { spans } of subjects) assert.equal(spans.at(-1)?.until, demand.period.until);
});

test("a person who leaves opens holes in their turns, and only those are new", () => {
  const before = proved(organisation);
  const [rota] = [...organisation.schedules.values()];
  const rotation = rota?.layers[0]?.rotation;
  assert.ok(rota && rotation);
  const alone = {
    ...organisation,
    schedules: new Map([
      [
        rota.id,
        plainSchedule(rota.id, rota.name, { ...rotation, participants: [rotation.participants[0] ?? null, null] }),
      ],
    ]),
  };
  const lonely = {
    ...alone,
    policies: new Map([...alone.policies].map(([id, one]) => [id, { ...one, steps: one.steps.slice(0, 1) }])),
  };
  const after = proved(lonely);
  const made = newHoles(before, after);
  const total = after.reduce((sum, one) => sum + holeLength(one.spans), 0);
  assert.ok(made.length > 0);
  assert.equal(
    made.reduce((sum, one) => sum + one.until - one.from, 0),
    total,
    "there were none before",
  );
  assert.ok(made.every((one) => (one.until - one.from) % hourMs === 0 && one.until - one.from <= 7 * dayMs + hourMs));
  assert.deepEqual(newHoles(after, after), []);
});

test("a team, a function or a keeper that an escalation may ask in vain is a hole of its own kind", () => {
  const deaf = (directory: typeof organisation) =>
    deafAddressees(directory, rosterOf(directory), demand).map(({ kind, id, because }) => [
      kind,
      id,
      because[0]?.reason,
    ]);
  assert.deepEqual(deaf(organisation), []);
  const closed = { ...organisation.people.get("dan"), active: false } as Person;
  const changed = {
    ...organisation,
    people: new Map([...organisation.people, ["dan", closed]]),
    teams: new Map([...organisation.teams, ["ghosts", { id: "ghosts", name: "Ghosts", members: [] }]]),
    functions: new Map([["board", { id: "board", nameFr: "CA", nameEn: "Board", members: ["dan"] }]]),
  };
  assert.deepEqual(deaf(changed), [
    ["team", "ghosts", "empty-team"],
    ["function", "board", "inactive"],
    ["owner", "billing", "inactive"],
    ["owner", "payroll", "inactive"],
  ]);
  assert.equal(proved(changed).length, proved(organisation).length);
});

test("a person whom a step or an escalation may name, and who has no way that was verified, is one; who is asked nothing is none", () => {
  const unverified = (id: string): Person => {
    const known = organisation.people.get(id) as Person;
    return { ...known, contactPoints: known.contactPoints.map((one) => ({ ...one, enabled: false })) };
  };
  const people = new Map([...organisation.people, ["ana", unverified("ana")], ["eve", unverified("eve")]]);
  const deaf = (directory: typeof organisation) =>
    deafAddressees(directory, rosterOf(directory), demand).flatMap(({ kind, id, because }) =>
      kind === "person" ? [[id, because[0]?.reason]] : [],
    );
  assert.deepEqual(deaf({ ...organisation, people }), [["ana", "no-contact-point"]]);
  const [first] = standardPolicy.steps;
  assert.ok(first);
  const steps = [{ ...first, targets: [...first.targets, { kind: "person" as const, id: "eve" }] }];
  const named = { ...organisation, people, policies: new Map([["standard", { ...standardPolicy, steps }]]) };
  assert.deepEqual(deaf(named), [
    ["eve", "no-contact-point"],
    ["ana", "no-contact-point"],
  ]);
});

test("nobody is proved who may not be called", () => {
  const closed = new Map([...organisation.people].map(([id, one]) => [id, { ...one, active: false }]));
  for (const { spans } of proved({ ...organisation, people: closed })) assert.equal(holeLength(spans), 91 * dayMs);
});

test("incidents that conditions tell apart are proved apart, and only those", () => {
  const [first] = standardPolicy.steps;
  assert.ok(first);
  const withWhen = (when: Conditions | undefined) => ({
    ...organisation,
    policies: new Map([["standard", { ...standardPolicy, steps: [{ ...first, when }] }]]),
  });
  const before = proved(withWhen(undefined));
  const after = proved(withWhen({ priorities: [1, 3, 4], categories: ["major"] }));
  const told = after
    .filter(({ serviceId }) => serviceId === "billing")
    .map(({ urgency, sort, spans }) => [urgency, sort?.priorities.join(), sort?.categories.join(), spans[0]?.state]);
  assert.deepEqual(told, [
    ["high", "1,2", "", "hole"],
    ["high", "1", "major", "reached"],
    ["low", "3,4,5", "", "hole"],
    ["low", "3,4", "major", "reached"],
  ]);
  const made = newHoles(before, after).filter(({ subject }) => subject.serviceId === "billing");
  assert.deepEqual(
    made.map(({ subject: { urgency, sort } }) => [urgency, sort?.priorities.join(), sort?.categories.join()]),
    [
      ["high", "1,2", ""],
      ["low", "3,4,5", ""],
    ],
  );
  assert.deepEqual(newHoles(after, before), [], "what was a hole for some is none for all");
  const of = after.find(({ serviceId }) => serviceId === null);
  assert.equal(of?.sort, null, "the built-in policy has no conditions");
});

test("a policy that no service has is proved, for the escalation that names it; and so is the last resort", () => {
  const empty = plainSchedule("night", "Night", { ...rotation, participants: [null] });
  const steps = [{ targets: [{ kind: "schedule", id: "night" } as const], timeoutMinutes: 5 }];
  const changed = {
    ...organisation,
    schedules: new Map([...organisation.schedules, ["night", empty]]),
    policies: new Map([...organisation.policies, ["experts", { id: "experts", name: "Experts", steps, repeat: 0 }]]),
    defaultPolicyId: "standard",
  };
  const told = proved(changed)
    .filter(({ through }) => through !== "service")
    .map(({ through, serviceId, urgency, sort, policy, spans }) => [
      [through, policy.id, urgency].join(" "),
      [serviceId, sort],
      spans.map(({ state }) => state).join(),
    ]);
  assert.deepEqual(told, [
    ["escalation experts high", [null, null], "hole"],
    ["escalation experts low", [null, null], "hole"],
    ["last-resort built-in high", [null, null], "reached"],
    ["last-resort built-in low", [null, null], "reached"],
  ]);
});

test("of a policy that services have, an escalation is proved only for what their incidents prove nothing of", () => {
  const [first, second] = standardPolicy.steps;
  assert.ok(first && second);
  const steps = [
    { ...first, when: { services: ["billing"] } },
    { ...second, when: { services: ["payroll"], priorities: [1 as const] } },
  ];
  const told = (directory: typeof organisation) =>
    proved(directory)
      .filter(({ through }) => through === "escalation")
      .map(({ serviceId, urgency, sort, spans }) => [serviceId, urgency, sort?.priorities.join(), spans[0]?.state]);
  const changed = { ...organisation, policies: new Map([["standard", { ...standardPolicy, steps }]]) };
  assert.deepEqual(told(changed), [], "payroll at priority 2 is treated as any other service is");
  const moved = new Map([...changed.services].map(([id, one]) => [id, { ...one, policyId: null }]));
  assert.deepEqual(told({ ...changed, services: moved }), [
    [null, "high", undefined, "hole"],
    ["billing", "high", undefined, "reached"],
    ["payroll", "high", "1", "reached"],
    [null, "low", undefined, "hole"],
    ["billing", "low", undefined, "reached"],
  ]);
});

test("a policy that services leave opens no hole that was not there; one that is new opens its own", () => {
  const steps = [{ targets: [{ kind: "schedule", id: "nobody" } as const], timeoutMinutes: 5 }];
  const hollow = new Map([...organisation.policies, ["hollow", { id: "hollow", name: "Hollow", steps, repeat: 0 }]]);
  const move = (policyId: string) => new Map([...organisation.services].map(([id, one]) => [id, { ...one, policyId }]));
  const by = { ...organisation, policies: hollow, services: move("hollow") };
  const left = { ...by, services: move("standard") };
  assert.deepEqual(newHoles(proved(by), proved(left)), []);
  const made = newHoles(proved(organisation), proved(left));
  assert.deepEqual(
    made.map(({ subject: { through, policy, urgency } }) => [through, policy.id, urgency]),
    [
      ["escalation", "hollow", "high"],
      ["escalation", "hollow", "low"],
    ],
  );
});
