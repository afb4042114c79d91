import assert from "node:assert/strict";
import { test } from "node:test";
import { type Choice, choose, currentOf, numberIn } from "./choices.ts";

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

test("what Enter takes stays what was first shown while results arrive, unless it goes away", () => {
  const place = choice("place", "places", "Mail");
  const late = choice("late", "incidents", "Mail is slow", { found: true });
  assert.equal(currentOf([place], "mail", null), place);
  const held = { id: "place", chosen: false };
  assert.equal(currentOf([late, place], "mail", held), place, "an incident that arrives above takes nothing");
  assert.equal(currentOf([late], "mail", held), late);
  assert.equal(currentOf([], "mail", held), undefined);
});

test("a number leads to its incident, except from what was chosen; bare digits take nothing else away", () => {
  const search = choice("search", "search", "Search", { found: true });
  const other = choice("other", "incidents", "Server 12 is down", { found: true });
  const meant = choice("meant", "incidents", "Mail is slow", { found: true, numbered: true });
  const held = { id: "other", chosen: false };
  assert.equal(currentOf([meant, other, search], "INC-12", held), meant);
  assert.equal(currentOf([meant, other, search], "INC-12", { ...held, chosen: true }), other);
  assert.equal(currentOf([meant, other, search], "12", held), other);
  assert.equal(currentOf([meant, search], "12", { id: "search", chosen: false }), meant);
  assert.equal(currentOf([meant, search], " 12", null), meant);
});

test("a number is understood as people write it", () => {
  assert.equal(numberIn("412"), "INC-412");
  assert.equal(numberIn(" inc-0412 "), "INC-412");
  assert.equal(numberIn("EX-2026-7"), "EX-2026-000007");
  assert.equal(numberIn("INC-2026-000412"), "INC-2026-000412");
  assert.equal(numberIn("mail 3"), null);
});
