import assert from "node:assert/strict";
import { test } from "node:test";
import type { Person } from "../directory/types.ts";
import { plainSchedule } from "../oncall/schedule.ts";
import { lastResort } from "./last-resort.ts";
import { builtInPolicy, type Policy, type Roster } from "./policy.ts";

const at = Temporal.Instant.from("2026-10-15T07:41:00Z").epochMilliseconds;
const person = (id: string, active = true): Person => ({
  id,
  name: id,
  email: `${id}@example.org`,
  language: "fr",
  zone: "UTC",
  level: 3,
  admin: id === "admin",
  active,
  contactPoints: [{ id: `${id}-mail`, kind: "email", address: `${id}@example.org`, enabled: true }],
});
const roster: Roster = {
  people: new Map([person("ana"), person("gone", false), person("admin")].map((one) => [one.id, one])),
  functions: new Map(),
  teams: new Map([["net", { id: "net", name: "net", members: ["gone"] }]]),
  schedules: new Map([
    [
      "rota",
      plainSchedule("rota", "rota", {
        kind: "weekly",
        zone: "UTC",
        startDate: "2026-01-05",
        handoverTime: "09:00",
        lengthWeeks: 1,
        participants: ["ana"],
      }),
    ],
  ]),
  absences: [],
  administrators: ["admin"],
};
const ending = (...targets: Policy["steps"][number]["targets"]): Policy => ({
  id: "p",
  name: "p",
  repeat: 0,
  steps: [
    { targets: [{ kind: "person", id: "ana" }], timeoutMinutes: 5 },
    { targets, timeoutMinutes: 5 },
  ],
});

test("the last step decides, whoever stands in the others", () => {
  assert.deepEqual(lastResort(ending({ kind: "person", id: "gone" }), roster, at), { state: "nobody", people: [] });
  assert.deepEqual(lastResort(ending({ kind: "team", id: "net" }), roster, at), { state: "nobody", people: [] });
});

test("a schedule is somebody now, and not for sure at another hour", () => {
  assert.deepEqual(lastResort(ending({ kind: "schedule", id: "rota" }), roster, at), {
    state: "by-schedule",
    people: ["ana"],
  });
});

test("a person or the administrators are there at any hour, beside a schedule or not", () => {
  const both = ending({ kind: "schedule", id: "rota" }, { kind: "administrators", first: false });
  assert.deepEqual(lastResort(both, roster, at), { state: "named", people: ["admin"] });
  assert.deepEqual(lastResort(builtInPolicy, roster, at), { state: "named", people: ["admin"] });
});

test("a step that only posts is nobody's last resort", () => {
  const robot = { targets: [{ kind: "webhook", id: "robot" } as const], timeoutMinutes: 5 };
  const { steps } = ending({ kind: "person", id: "ana" });
  const policy = (...all: Policy["steps"]): Policy => ({ id: "p", name: "p", repeat: 0, steps: all });
  assert.deepEqual(lastResort(policy(...steps, robot), roster, at), { state: "named", people: ["ana"] });
  assert.deepEqual(lastResort(policy(robot), roster, at), { state: "nobody", people: [] });
});

test("the last step that counts for every incident decides; where each has conditions, nobody is sure", () => {
  const [first, last] = ending({ kind: "person", id: "gone" }).steps;
  const when = { priorities: [1 as const] };
  assert.ok(first && last);
  const policy = (...steps: Policy["steps"]): Policy => ({ id: "p", name: "p", repeat: 0, steps });
  assert.deepEqual(lastResort(policy(first, { ...last, when }), roster, at), { state: "named", people: ["ana"] });
  assert.deepEqual(lastResort(policy({ ...first, when }), roster, at), { state: "by-condition", people: [] });
});
