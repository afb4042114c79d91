/** Who the targets of a step are, and who could not be reached and why. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Person } from "../directory/types.ts";
import { parseIso } from "../kernel/time.ts";
import { plainSchedule, type Schedule } from "../oncall/schedule.ts";
import { type Roster, resolveTargets, type Target, webhooksOf } from "./policy.ts";

const at = parseIso("2026-10-07T18:00:00Z") ?? 0;
const person = (id: string, changes: Partial<Person> = {}): [string, Person] => [
  id,
  {
    id,
    name: id.toUpperCase(),
    email: `${id}@example.org`,
    language: "en",
    zone: "UTC",
    level: 3,
    admin: false,
    active: true,
    contactPoints: [{ id, kind: "email", address: `${id}@example.org`, enabled: true }],
    ...changes,
  },
];
const rota = (id: string, participants: (string | null)[], startDate = "2026-10-05"): [string, Schedule] => [
  id,
  plainSchedule(id, `${id} rota`, {
    kind: "weekly",
    zone: "UTC",
    startDate,
    handoverTime: "09:00",
    lengthWeeks: 1,
    participants,
  }),
];
const roster: Roster = {
  people: new Map([
    person("ana"),
    person("ben"),
    person("gone", { active: false }),
    person("mute", { contactPoints: [] }),
    person("off", { contactPoints: [{ id: "off", kind: "email", address: "off@example.org", enabled: false }] }),
    person("root"),
  ]),
  functions: new Map([
    ["legal", { id: "legal", nameFr: "Affaires juridiques", nameEn: "Legal", members: ["ben", "gone"] }],
    ["vacant", { id: "vacant", nameFr: "Vacant", nameEn: "Vacant", members: [] }],
  ]),
  teams: new Map([
    ["network", { id: "network", name: "Network", members: ["ana", "gone", "ben"] }],
    ["ghosts", { id: "ghosts", name: "Ghosts", members: [] }],
  ]),
  schedules: new Map([
    rota("first", ["ana", "ben"]),
    rota("nobody", [null]),
    rota("later", ["ana"], "2026-12-01"),
    rota("stale", ["mute"]),
  ]),
  absences: [],
  administrators: ["root", "ben"],
};

const resolved = (...targets: Target[]) => {
  const { reached, unreached } = resolveTargets(targets, roster, at);
  return {
    reached: reached.map((one) => `${one.personId} ${one.reason}`),
    unreached: unreached.map((one) => `${one.target} ${one.reason}`),
  };
};

test("a schedule reaches whoever is on call, says which and until when", () => {
  assert.deepEqual(resolveTargets([{ kind: "schedule", id: "first" }], roster, at).reached, [
    { personId: "ana", reason: "on-call", schedule: "first rota", until: "2026-10-12T09:00:00.000Z" },
  ]);
});

test("a schedule without anybody on call says so: a turn of nobody's, not begun, unknown", () => {
  const ids = ["nobody", "later", "none"];
  assert.deepEqual(resolved(...ids.map((id) => ({ kind: "schedule", id }) as const)), {
    reached: [],
    unreached: ["nobody rota nobody-on-call", "later rota nobody-on-call", "none unknown-target"],
  });
});

test("somebody on call who cannot be paged is named", () => {
  assert.deepEqual(resolved({ kind: "schedule", id: "stale" }).unreached, ["MUTE no-contact-point"]);
});

test("a person is reached when active and with a contact point that is enabled", () => {
  const ids = ["ana", "gone", "mute", "off", "nobody"];
  assert.deepEqual(resolved(...ids.map((id) => ({ kind: "person", id }) as const)), {
    reached: ["ana named"],
    unreached: ["GONE inactive", "MUTE no-contact-point", "OFF no-contact-point", "nobody unknown-target"],
  });
});

test("a team reaches each of its members, and an empty or unknown one says so", () => {
  assert.deepEqual(resolved(...["network", "ghosts", "none"].map((id) => ({ kind: "team", id }) as const)), {
    reached: ["ana team-member", "ben team-member"],
    unreached: ["GONE inactive", "Ghosts empty-team", "none unknown-target"],
  });
});

test("a function reaches each of its members, and an empty or unknown one says so, by its name in both languages", () => {
  assert.deepEqual(resolved(...["legal", "vacant", "none"].map((id) => ({ kind: "function", id }) as const)), {
    reached: ["ben function-member"],
    unreached: ["GONE inactive", "Vacant empty-function", "none unknown-target"],
  });
});

test("administrators: the first, or all; and none is said", () => {
  assert.deepEqual(resolved({ kind: "administrators", first: true }).reached, ["root administrator"]);
  assert.deepEqual(resolved({ kind: "administrators", first: false }).reached, [
    "root administrator",
    "ben administrator",
  ]);
  const bare = { ...roster, administrators: [] };
  assert.deepEqual(resolveTargets([{ kind: "administrators", first: true }], bare, at).unreached, [
    { target: "administrators", reason: "no-administrator" },
  ]);
});

test("each person once, by the first target that names them", () => {
  const all = resolved(
    { kind: "schedule", id: "first" },
    { kind: "team", id: "network" },
    { kind: "person", id: "ana" },
  );
  assert.deepEqual(all.reached, ["ana on-call", "ben team-member"]);
});

test("a webhook reaches nobody, and one that is gone says so; what a step posts to is each once", () => {
  const targets: Target[] = [
    { kind: "webhook", id: "robot" },
    { kind: "person", id: "ana" },
    { kind: "webhook", id: "gone" },
    { kind: "webhook", id: "robot" },
  ];
  const robot = { id: "robot", name: "Robot" };
  const known = { ...roster, webhooks: new Map([["robot", robot]]) };
  const { reached, unreached } = resolveTargets(targets, known, at);
  assert.deepEqual(
    reached.map(({ personId }) => personId),
    ["ana"],
  );
  assert.deepEqual(unreached, [{ target: "gone", reason: "unknown-target" }]);
  assert.deepEqual(webhooksOf(targets, known), [robot]);
});
