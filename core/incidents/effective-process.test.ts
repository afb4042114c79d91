/** What several categories ask of one incident together. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type CategoryProcess,
  definitionFault,
  emptyDefinition,
  type Target,
  targetKinds,
} from "../directory/category-process.ts";
import { defaultProcesses, firstProcess } from "../directory/default-processes.ts";
import { incidentCommands, sfia8 } from "../directory/responsibility.ts";
import type { Priority } from "../kernel/vocabulary.ts";
import { effectiveProcess } from "./effective-process.ts";

const words = { fr: "f", en: "e" };
const process = (category: string, changes: Partial<CategoryProcess>): CategoryProcess => ({
  ...emptyDefinition,
  category,
  version: 1,
  ...changes,
});

test("nothing is asked where no category asks", () => {
  const { pinned, closureCheck, confirmedBy, ...lists } = effectiveProcess([]);
  assert.deepEqual([pinned, closureCheck, confirmedBy], [[], false, null]);
  for (const list of Object.values(lists)) assert.deepEqual(list, []);
});

test("a security incident that is major: the fewest minutes, all the roles, all the closing criteria", () => {
  const both = effectiveProcess([firstProcess("major"), firstProcess("security")]);
  assert.deepEqual(both.pinned, ["major@1", "security@1"]);
  for (const { kind, minutes } of both.targets) if (kind === "accept") assert.equal(minutes, 5);
  for (const one of [firstProcess("major"), firstProcess("security")]) {
    for (const list of ["roles", "criteria", "recovery", "questions"] as const)
      for (const { id } of one[list])
        assert.ok(
          both[list].some((found) => found.id === id),
          `${list}: ${id}`,
        );
  }
  const coordinator = both.roles.filter(({ id }) => id === "coordinator");
  assert.deepEqual(
    coordinator.map(({ categories }) => categories),
    [["major", "security"]],
  );
});

test("the owner alone confirms, where any of them asks for the owner alone", () => {
  const of = (...asked: CategoryProcess["confirmedBy"][]) =>
    effectiveProcess(asked.map((confirmedBy, i) => process(`c${i}`, { confirmedBy }))).confirmedBy;
  assert.deepEqual(
    [of(undefined), of(undefined, "owner-or-users"), of("owner-or-users", "owner")],
    [null, "owner-or-users", "owner"],
  );
});

test("what two ask alike is asked once: needed if either needs it, by the higher level, in the words of the first", () => {
  const question = { id: "since", words, kind: "time", required: false } as const;
  const role = { id: "scribe", words, duty: words, level: null };
  const both = effectiveProcess([
    process("a", { questions: [question], roles: [role] }),
    process("b", {
      questions: [{ ...question, words: { fr: "x", en: "y" }, required: true }],
      roles: [{ ...role, level: 3 }],
    }),
  ]);
  assert.deepEqual(both.questions, [{ ...question, required: true, categories: ["a", "b"] }]);
  assert.deepEqual(both.roles, [{ ...role, level: 3, categories: ["a", "b"] }]);
});

test("a level is lowered only where every category lowers it, and raised where any raises it", () => {
  const lower = process("light", { levels: [{ command: "declare-restored", level: 3 }] });
  const raise = process("grave", { levels: [{ command: "close", level: 5 }] });
  const levels = (...all: CategoryProcess[]) => effectiveProcess(all).levels;
  assert.deepEqual(levels(lower), [{ command: "declare-restored", level: 3 }]);
  assert.deepEqual(levels(lower, process("plain", {})), []);
  assert.deepEqual(levels(lower, raise), [{ command: "close", level: 5 }]);
  assert.deepEqual(levels(process("odd", { levels: [{ command: "accept", level: 5 }] })), [], "not a matter of level");
});

const priority = fc.constantFrom<Priority>(1, 2, 3, 4, 5);
const target: fc.Arbitrary<Target> = fc.record(
  {
    kind: fc.constantFrom(...targetKinds),
    minutes: fc.integer({ min: 1, max: 5_000 }),
    priorities: fc.uniqueArray(priority, { minLength: 1 }),
    openHours: fc.boolean(),
  },
  { requiredKeys: ["kind", "minutes"] },
);
const levels = fc.uniqueArray(
  fc.record({ command: fc.constantFrom(...incidentCommands), level: fc.constantFrom(2, 3, 4, 5) }),
  { selector: ({ command }) => command, maxLength: 4 },
);
const anyProcesses = fc
  .array(fc.record({ targets: fc.array(target, { maxLength: 6 }), levels }), { maxLength: 4 })
  .map((all) => all.map((one, index) => process(`c${index}`, one as Partial<CategoryProcess>)));

test("whatever categories there are: no target is looser than any of them asks, no level lower, and order changes only words", () => {
  fc.assert(
    fc.property(anyProcesses, (processes) => {
      const effective = effectiveProcess(processes);
      for (const { targets } of processes)
        for (const { kind, minutes, priorities = [1, 2, 3, 4, 5], openHours = false } of targets)
          for (const one of priorities) {
            const found = effective.targets.filter(
              (slot) => slot.kind === kind && slot.priority === one && slot.openHours === openHours,
            );
            assert.equal(found.length, 1);
            assert.ok((found[0]?.minutes ?? Number.POSITIVE_INFINITY) <= minutes);
          }
      for (const { command, level } of effective.levels) {
        const usual = sfia8.commands[command];
        assert.ok(usual.kind === "level");
        const asked = processes.map((one) => one.levels.find((own) => own.command === command)?.level ?? usual.level);
        assert.equal(level, Math.max(...asked));
      }
      const turned = effectiveProcess(processes.toReversed());
      const sorted = (list: readonly object[]) =>
        list.map((one) => JSON.stringify({ ...one, categories: 0 })).toSorted();
      assert.deepEqual(sorted(turned.targets), sorted(effective.targets));
      assert.deepEqual(sorted(turned.levels), sorted(effective.levels));
    }),
  );
});

test("what comes with the product is without fault, in both languages", () => {
  for (const one of defaultProcesses) {
    assert.equal(definitionFault(one), null, one.category);
    for (const list of [one.questions, one.roles, one.recovery, one.criteria])
      for (const { words: said } of list) assert.ok(said.fr !== "" && said.en !== "" && said.fr !== said.en);
  }
});

test("a definition that says a thing twice, or leaves choices out, is at fault", () => {
  const item = { id: "a", words };
  const fault = (changes: Partial<CategoryProcess>) => definitionFault(process("c", changes))?.fault;
  assert.equal(fault({ criteria: [item, item] }), "twice");
  assert.equal(fault({ criteria: [item], recovery: [item] }), undefined);
  assert.equal(fault({ criteria: [{ id: "restored", words }] }), "milestone");
  assert.equal(fault({ questions: [{ ...item, kind: "choice", required: true, choices: [item] }] }), "choices");
  const choices = [item, item];
  assert.equal(fault({ questions: [{ ...item, kind: "choice", required: true, choices }] }), "twice");
  const accept = { kind: "accept", minutes: 5 } as const;
  assert.equal(fault({ targets: [accept, { ...accept, priorities: [2] }] }), "target");
  assert.equal(fault({ targets: [accept, { ...accept, openHours: true }] }), undefined);
});
