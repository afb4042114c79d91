/** Whether a team could answer: what keeps it from it is named, the gravest first. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Charter } from "../directory/team-charter.ts";
import type { Team } from "../directory/types.ts";
import { byId, organisation, person, rota, wednesday } from "../drills/organisation.ts";
import { dayMs } from "../kernel/time.ts";
import { readinessOf } from "./team-readiness.ts";

const words = { fr: "Responsable", en: "Lead" };
const charter: Charter = {
  mandate: words,
  roles: [{ id: "lead", words, count: 1, level: 4, required: true }],
  ...{ people: 2, minutes: 15, rota: { kind: "schedule", id: "rota" }, deputy: "dan", contact: null },
};
const team = (changes: Partial<Charter> = {}, members = ["ben", "cleo"]): Team => ({
  ...{ id: "csirt", name: "CSIRT", members },
  charter: { ...charter, ...changes },
});
const lately: { readonly at: number; readonly triedAt: number | null } = { at: wednesday, triedAt: wednesday - dayMs };
const kindsOf = (one: Team, known = organisation, when = lately): string[] =>
  readinessOf(one, known, when).map(({ kind }) => kind);

test("one that has what its mandate asks is ready; one without a mandate is asked nothing", () => {
  assert.deepEqual(kindsOf(team()), []);
  assert.deepEqual(kindsOf({ ...team(), charter: null }), []);
});

test("roles that nobody of their level could hold, too few members, members whom no call reaches", () => {
  const [vacancy, few] = readinessOf(team({}, ["ben"]), organisation, lately);
  assert.deepEqual(vacancy, { kind: "vacancy", role: words, needed: 1, able: 0, level: 4 });
  assert.deepEqual(few, { kind: "too-few-members", needed: 2, able: 1 });
  const deaf = {
    ...organisation,
    people: byId(...organisation.people.values(), person("cleo", 4, { contactPoints: [] })),
  };
  assert.deepEqual(kindsOf(team(), deaf), ["vacancy", "too-few-members", "unreachable"]);
});

test("the next hole of its rota, also where somebody holds the turn whom no call reaches; a rota that is no more", () => {
  const gone = { ...organisation, people: byId(...organisation.people.values(), person("ben", 3, { active: false })) };
  const hole = readinessOf(team({}, ["ana", "cleo"]), gone, lately).find(({ kind }) => kind === "rota-hole");
  assert.ok(hole?.kind === "rota-hole");
  assert.equal(hole.schedule.name, rota.name);
  assert.ok(hole.from > wednesday && hole.until > hole.from);
  assert.deepEqual(kindsOf(team({ rota: { kind: "policy", id: "nowhere" } })), ["rota-gone"]);
  assert.deepEqual(kindsOf(team({ rota: { kind: "policy", id: "standard" } })), []);
});

test("nobody who stands in, or nobody who can be called to; never tried, or long ago", () => {
  assert.deepEqual(kindsOf(team({ deputy: null })), ["no-deputy"]);
  const dan = person("dan", 5, { contactPoints: [] });
  const deaf = { ...organisation, people: byId(...organisation.people.values(), dan) };
  assert.deepEqual(kindsOf(team(), deaf), ["deputy-unreachable"]);
  assert.deepEqual(kindsOf(team(), organisation, { at: wednesday, triedAt: null }), ["never-exercised"]);
  assert.deepEqual(kindsOf(team(), organisation, { at: wednesday, triedAt: wednesday - 366 * dayMs }), [
    "exercise-old",
  ]);
});
