import assert from "node:assert/strict";
import { test } from "node:test";
import { type Choice, choose, numberIn } from "./choices.ts";

const choice = (id: string, group: Choice["group"], word: string, more: Partial<Choice> = {}): Choice => ({
  id,
  group,
  word,
  run: () => undefined,
  ...more,
});
const ids = (choices: readonly Choice[]): string[] => choices.map(({ id }) => id);

test("accents and case do not matter, and every word must answer", () => {
  const all = [choice("a", "places", "Équipes"), choice("b", "places", "Équipe de garde")];
  assert.deepEqual(ids(choose(all, "EQUIPE garde")), ["b"]);
  assert.deepEqual(ids(choose(all, "equipe")), ["a", "b"]);
});

test("a short word begins a word; a longer one may stand inside", () => {
  const all = [choice("a", "places", "Alertes"), choice("b", "places", "Intégrations")];
  assert.deepEqual(ids(choose(all, "te")), []);
  assert.deepEqual(ids(choose(all, "rations")), ["b"]);
});

test("nothing typed offers what is at hand, and not every person of the house", () => {
  const all = [choice("p", "things", "Ana Roy", { whenAsked: true }), choice("a", "acts", "Accept")];
  assert.deepEqual(ids(choose(all, "")), ["a"]);
  assert.deepEqual(ids(choose(all, "ana")), ["p"]);
});

test("what is refused stays, after what is not", () => {
  const all = [choice("no", "acts", "Close", { refused: "Not yet." }), choice("yes", "acts", "Accept")];
  assert.deepEqual(ids(choose(all, "")), ["yes", "no"]);
});

test("what a search found is shown whatever its words, groups in their order", () => {
  const all = [choice("place", "places", "Mail"), choice("i", "incidents", "La messagerie est lente", { found: true })];
  assert.deepEqual(ids(choose(all, "mail")), ["i", "place"]);
});

test("a number is understood as people write it", () => {
  assert.equal(numberIn("412"), "INC-412");
  assert.equal(numberIn(" inc-0412 "), "INC-412");
  assert.equal(numberIn("EX-2026-7"), "EX-2026-000007");
  assert.equal(numberIn("INC-2026-000412"), "INC-2026-000412");
  assert.equal(numberIn("mail 3"), null);
});
