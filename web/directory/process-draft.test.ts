/** What a category asks survives being written in a form. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Category } from "#contract/categories.ts";
import { defaultProcesses } from "#core/directory/default-processes.ts";
import { definitionOf, draftOf, freeActions, idFor, newItem, newNotice, newQuestion } from "./process-draft.ts";

test("what is opened in the form and sent unchanged is what it was", () => {
  for (const { category: _, version: __, ...definition } of defaultProcesses) {
    const process = definition as unknown as Category["process"];
    assert.deepEqual(definitionOf(draftOf(process)), process);
  }
});

test("what is new gets a name out of its English words, that nothing else has", () => {
  const taken = new Set(["owner-informed"]);
  assert.equal(idFor("Owner informed", taken), "owner-informed-2");
  assert.equal(idFor("Été, à l’œuvre!", new Set()), "ete-a-l-uvre");
  assert.equal(idFor("…", new Set()), "item");
  assert.equal(idFor("a".repeat(200), new Set()).length, 60);
  const draft = { ...draftOf(definitionOf(emptyDraft)), criteria: [item("Told"), item("Told")] };
  assert.deepEqual(
    definitionOf(draft).criteria.map(({ id }) => id),
    ["told", "told-2"],
  );
});

test("choices stand one a line, in both languages; without a sign of equality they read the same in both", () => {
  const question = { ...newQuestion(), ...item("How much"), kind: "choice", choices: "Tout = All\n\nRien" } as const;
  const [asked] = definitionOf({ ...emptyDraft, questions: [question] }).questions;
  assert.deepEqual(asked?.choices, [
    { id: "all", words: { fr: "Tout", en: "All" } },
    { id: "rien", words: { fr: "Rien", en: "Rien" } },
  ]);
});

test("each action has one notice: one that is added is of an action that has none", () => {
  const first = newNotice([]);
  assert.equal(first.action, "restored");
  const both = [first, newNotice([first])];
  assert.equal(new Set(both.map(({ action }) => action)).size, 2);
  assert.ok(freeActions(both, "restored").includes("restored"), "one keeps its own");
  assert.ok(!freeActions(both).includes("restored"));
});

const emptyDraft = {
  entry: [],
  informed: [],
  questions: [],
  roles: [],
  targets: [],
  recovery: [],
  criteria: [],
  levels: [],
};
const item = (en: string) => ({ ...newItem(), fr: en, en });
