/** Permission, over every command and every level: the profile is what the table written by hand says. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { grantLevel, type IncidentCommandName, incidentCommands, sfia8 } from "../directory/responsibility.ts";
import { isRefusal } from "../kernel/refusal.ts";
import type { Actor, Level } from "../kernel/vocabulary.ts";
import { type AccessFacts, can, type LevelOverride } from "./can.ts";
import { cell, levels, table } from "./given.ts";
import { openToAll } from "./restriction.ts";

const someone = (level: Level, changes: Partial<Actor> = {}): Actor => ({
  kind: "person",
  id: "ana",
  name: "Ana",
  level,
  admin: false,
  teams: ["network"],
  functions: ["legal"],
  onBehalfOf: null,
  via: "session",
  ...changes,
});

/** As in the built-in process: level 3 restores what has a low impact. */
const overrides: readonly LevelOverride[] = [{ command: "declare-restored", whenCategory: "low-impact", level: 3 }];

const fresh: AccessFacts = {
  categories: [],
  accepted: false,
  dismissed: false,
  asked: [],
  assignedTeam: null,
  assignedFunction: null,
  admission: openToAll,
  overrides,
};
const paged: AccessFacts = { ...fresh, asked: ["ana"] };

/** What may be done: by right, by derogation, or the code of the refusal. */
function answer(name: IncidentCommandName, who: Actor, facts: AccessFacts, derogating: boolean): string {
  const permission = can(name, who, facts, { derogating });
  if (isRefusal(permission)) return permission.refused;
  return permission.derogated ? "derogated" : "granted";
}

function expected(mark: string, level: Level, asked: boolean, derogating: boolean): string {
  if (mark === "y") return "granted";
  if (mark === "a") return asked ? "granted" : "not-asked";
  if (!derogating || mark === "n") return level === null ? "level-missing" : "level-too-low";
  return mark === "d" ? "derogated" : "derogation-not-possible";
}

test("the table names every command, once for each level", () => {
  assert.deepEqual(Object.keys(table).sort(), [...incidentCommands].sort());
  for (const name of incidentCommands) assert.match(table[name].trim(), /^[yadn·](\s+[yadn·]){4}$/);
});

test("every command by every level, asked or not, derogating or not, answers as the table says", () => {
  for (const name of incidentCommands)
    for (const level of levels)
      for (const derogating of [false, true])
        for (const facts of [fresh, paged]) {
          const asked = facts === paged;
          const what = `${name} by ${level ?? "no level"}${asked ? ", asked" : ""}${derogating ? ", derogating" : ""}`;
          const wanted = expected(cell(name, level), level, asked, derogating);
          assert.equal(answer(name, someone(level), facts, derogating), wanted, what);
        }
});

test("administration gives nothing", () => {
  for (const name of incidentCommands)
    for (const level of levels)
      for (const derogating of [false, true])
        for (const facts of [fresh, paged])
          assert.deepEqual(
            can(name, someone(level, { admin: true }), facts, { derogating }),
            can(name, someone(level), facts, { derogating }),
          );
});

test("levels are read from the profile that is given, and from nowhere else", () => {
  const commands = { ...sfia8.commands, merge: { kind: "level", level: 3, onceAccepted: 5 } as const };
  const profile = { ...sfia8, derogationFrom: 4, commands } as const;
  const may = (level: Level, facts: AccessFacts, derogating = false): string => {
    const permission = can("merge", someone(level), facts, { profile, derogating });
    return isRefusal(permission) ? permission.refused : permission.derogated ? "derogated" : "granted";
  };
  const accepted = { ...fresh, accepted: true };
  assert.deepEqual(
    levels.map((level) => may(level, fresh)),
    ["level-missing", "level-too-low", "granted", "granted", "granted"],
  );
  assert.deepEqual(
    levels.map((level) => may(level, accepted)),
    ["level-missing", "level-too-low", "level-too-low", "level-too-low", "granted"],
  );
  assert.deepEqual(
    levels.map((level) => may(level, accepted, true)),
    ["derogation-not-possible", "derogation-not-possible", "derogation-not-possible", "derogated", "granted"],
  );
  const nine = { ...sfia8, grantable: [1, 2] };
  assert.deepEqual(grantLevel(5, nine), { refused: "level-not-granted", values: { level: 5, allowed: [1, 2] } });
});

test("what somebody outside reported, or what is grave, is not thrown away by level 2 before anybody has registered it", () => {
  const may = (level: Level, facts: AccessFacts, derogating = false): string =>
    answer("dismiss", someone(level), facts, derogating);
  const guarded = { ...fresh, unjudged: true };
  assert.deepEqual(
    levels.map((level) => may(level, guarded)),
    ["level-missing", "level-too-low", "granted", "granted", "granted"],
  );
  assert.equal(may(2, guarded, true), "derogated");
  assert.equal(answer("reopen", someone(2), { ...guarded, dismissed: true }, false), "level-too-low", "nor taken back");
  assert.equal(answer("register", someone(2), guarded, false), "granted");
  assert.equal(answer("merge", someone(2), guarded, false), "granted", "merged, it is not lost");
});

test("below what somebody of level 4 has confirmed, or off what is still asked, no lower level goes, save in an emergency", () => {
  for (const lowering of ["set-impact-urgency", "categorise"] as const) {
    const may = (level: Level, derogating = false): string =>
      answer(lowering, someone(level), { ...fresh, lowers: true }, derogating);
    assert.deepEqual(
      levels.map((level) => may(level)),
      ["level-missing", "level-too-low", "level-too-low", "granted", "granted"],
    );
    assert.equal(may(2, true), "derogated");
  }
});

test("a refusal by level says which is needed, and which one has", () => {
  assert.deepEqual(can("close", someone(3), fresh), {
    refused: "level-too-low",
    values: { command: "close", needed: 4, level: 3 },
  });
  assert.deepEqual(can("close", someone(null), fresh), {
    refused: "level-missing",
    values: { command: "close", needed: 4 },
  });
});

test("a merge takes level 4 once the incident is accepted", () => {
  const accepted = { ...fresh, accepted: true };
  for (const level of levels)
    for (const derogating of [false, true])
      assert.equal(
        answer("merge", someone(level), accepted, derogating),
        answer("close", someone(level), accepted, derogating),
      );
});

test("level 3 restores a low-impact incident, and no other command changes for it", () => {
  const low = { ...fresh, categories: ["low-impact", "complex"] };
  for (const name of incidentCommands)
    for (const level of levels) {
      const wanted =
        name === "declare-restored" && level === 3 ? "granted" : answer(name, someone(level), fresh, false);
      assert.equal(answer(name, someone(level), low, false), wanted);
    }
});

test("one is asked by a page, by name, through a team or through a function", () => {
  for (const facts of [paged, { ...fresh, assignedTeam: "network" }, { ...fresh, assignedFunction: "legal" }])
    assert.equal(answer("accept", someone(null), facts, false), "granted");
  for (const facts of [
    { ...fresh, asked: ["ben"] },
    { ...fresh, assignedTeam: "storage" },
    { ...fresh, assignedFunction: "press" },
  ])
    assert.equal(answer("accept", someone(null), facts, false), "not-asked");
  assert.equal(answer("accept", someone(null, { id: null, teams: [], functions: [] }), paged, false), "not-asked");
});

test("a higher level never may less", () => {
  const situation = fc.record({
    categories: fc.subarray(["low-impact", "major"]),
    accepted: fc.boolean(),
    dismissed: fc.boolean(),
    asked: fc.subarray(["ana", "ben"]),
    assignedTeam: fc.constantFrom(null, "network", "storage"),
    assignedFunction: fc.constantFrom(null, "legal", "press"),
    admission: fc.constant(openToAll),
    overrides: fc.constant(overrides),
  });
  fc.assert(
    fc.property(fc.constantFrom(...incidentCommands), situation, fc.boolean(), (name, facts, derogating) => {
      const may = levels.map((level) => !isRefusal(can(name, someone(level), facts, { derogating })));
      assert.deepEqual(may, may.toSorted());
    }),
  );
});

test("levels 2 to 5 may be granted, or none; 1, 6 and 7 are refused with what is allowed", () => {
  for (const level of levels) assert.equal(grantLevel(level), level);
  for (const level of [0, 1, 6, 7, 2.5, -3])
    assert.deepEqual(grantLevel(level), { refused: "level-not-granted", values: { level, allowed: [2, 3, 4, 5] } });
});
