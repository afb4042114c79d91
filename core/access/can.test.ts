/** Permission, over every command and every level. The table below is the reading of the seed, written by hand and compared
 *  with the profile: whoever changes one must mean to change the other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { grantLevel, type IncidentCommandName, incidentCommands, sfia8 } from "../directory/responsibility.ts";
import { isRefusal } from "../kernel/refusal.ts";
import type { Actor, Level } from "../kernel/vocabulary.ts";
import { type AccessFacts, can, type LevelOverride } from "./can.ts";
import { openToAll } from "./restriction.ts";

const levels: readonly Level[] = [null, 2, 3, 4, 5];

/* In each column: y may, d only by derogation with a reason, · may not at all; a when asked, though not by level. */
const table: Readonly<Record<IncidentCommandName, string>> = {
  //                       –  2  3  4  5
  "add-observation": "      y  y  y  y  y",
  accept: "                 a  a  y  y  y",
  decline: "                a  a  a  a  a",
  leave: "                  y  y  y  y  y",
  "offer-coordination": "   ·  d  y  y  y",
  "accept-coordination": "  a  a  y  y  y",
  "decline-coordination": " a  a  y  y  y",
  "withdraw-coordination": "·  d  y  y  y",
  "fill-role": "            ·  d  y  y  y",
  "release-role": "         ·  d  y  y  y",
  "add-task": "             ·  y  y  y  y",
  "assign-task": "          ·  y  y  y  y",
  "complete-task": "        y  y  y  y  y",
  "cancel-task": "          ·  d  y  y  y",
  link: "                   n  y  y  y  y",
  unlink: "                 n  n  y  y  y",
  split: "                  ·  d  y  y  y",
  "open-workstream": "      ·  d  y  y  y",
  "offer-workstream": "     y  y  y  y  y",
  "accept-workstream": "    y  y  y  y  y",
  "decline-workstream": "   y  y  y  y  y",
  "update-workstream": "    y  y  y  y  y",
  "finish-workstream": "    y  y  y  y  y",
  "plan-period": "          ·  d  d  y  y",
  "revise-period": "        ·  d  d  y  y",
  register: "               ·  y  y  y  y",
  dismiss: "                ·  y  y  y  y",
  merge: "                  ·  y  y  y  y",
  categorise: "             ·  y  y  y  y",
  "propose-major": "        ·  y  y  y  y",
  "declare-major": "        ·  d  d  y  y",
  "stand-down-major": "     ·  d  d  y  y",
  "propose-flag": "         ·  d  d  y  y",
  "raise-flag": "           ·  d  d  d  y",
  "lower-flag": "           n  n  n  n  y",
  "take-investigation": "   n  n  n  n  y",
  "set-domains": "          ·  y  y  y  y",
  gather: "                 ·  y  y  y  y",
  "set-impact-urgency": "   ·  y  y  y  y",
  assign: "                 ·  y  y  y  y",
  "advise-persons": "       ·  d  y  y  y",
  "declare-relapse": "      ·  d  y  y  y",
  "confirm-priority": "     ·  d  d  y  y",
  "override-priority": "    ·  d  d  y  y",
  decide: "                 ·  d  d  y  y",
  escalate: "               ·  d  d  y  y",
  "acknowledge-escalation": "a  a  a  y  y",
  "return-escalation": "      a  a  a  y  y",
  "end-escalation": "         ·  d  d  y  y",
  "set-aside-escalation": "   ·  d  d  y  y",
  "activate-team": "        ·  d  d  y  y",
  "join-team": "            a  a  a  a  a",
  "leave-team": "           a  a  a  a  a",
  "stand-down-team": "      ·  d  d  y  y",
  "open-hypothesis": "      ·  d  y  y  y",
  "add-evidence": "         ·  d  y  y  y",
  "confirm-hypothesis": "   ·  d  d  y  y",
  "rule-out-hypothesis": "  ·  d  d  y  y",
  "link-known-error": "     ·  d  y  y  y",
  "record-cause": "         ·  d  d  y  y",
  "select-solution": "      ·  d  d  y  y",
  "declare-restored": "     ·  d  d  y  y",
  "declare-resolved": "     ·  d  d  y  y",
  "open-recovery": "        ·  d  d  y  y",
  "complete-recovery-item": "·  d  y  y  y",
  "confirm-restored": "     y  y  y  y  y",
  "confirm-recovery": "     ·  d  d  y  y",
  "complete-documentation": "·  d  d  y  y",
  "confirm-criterion": "    ·  d  d  y  y",
  "pause-clock": "          ·  d  d  y  y",
  "resume-clock": "         ·  d  d  y  y",
  restrict: "               ·  d  y  y  y",
  "lift-restriction": "     ·  d  d  d  y",
  "grant-access": "         ·  d  d  y  y",
  "revoke-access": "        ·  d  d  y  y",
  mark: "                   ·  d  y  y  y",
  "assess-obligation": "    ·  d  d  y  y",
  "date-obligation": "      ·  d  d  y  y",
  "describe-obligation": "  ·  d  y  y  y",
  "record-submission": "    ·  d  d  y  y",
  "withhold-notice": "      ·  d  d  y  y",
  close: "                  ·  d  d  y  y",
  "accept-closure": "       n  n  n  n  y",
  "return-closure": "       n  n  n  n  y",
  "ask-for-help": "         y  y  y  y  y",
  "confirm-help": "         ·  d  d  y  y",
  "dismiss-help": "         y  y  y  y  y",
  "review-derogation": "    n  n  n  n  y",
  "request-reopen": "       n  n  y  y  y",
  "decline-reopen": "       n  n  n  y  y",
  reopen: "                 ·  d  d  y  y",
};

const cell = (name: IncidentCommandName, level: Level): string =>
  table[name].trim().split(/\s+/)[levels.indexOf(level)] ?? "";

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

test("below what somebody of level 4 has confirmed, no other level proposes, save in an emergency", () => {
  const may = (level: Level, derogating = false): string =>
    answer("set-impact-urgency", someone(level), { ...fresh, lowers: true }, derogating);
  assert.deepEqual(
    levels.map((level) => may(level)),
    ["level-missing", "level-too-low", "level-too-low", "granted", "granted"],
  );
  assert.equal(may(2, true), "derogated");
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
