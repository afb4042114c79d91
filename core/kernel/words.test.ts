/** Folding, telling words and the fingerprint of a title. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fingerprintOf, foldedMax, foldText, hasPhrase, stemOf, tellingWords, wordMax, wordsOf } from "./words.ts";

test("accents, ligatures and case fold away, in any of their Unicode forms", () => {
  assert.equal(foldText("Œuvre à ÉVRY, Straße, Łódź, ﬁn, Ⅳ"), "oeuvre a evry, strasse, lodz, fin, iv");
  assert.equal(foldText("e\u0301te\u0301"), foldText("été"));
});

test("words are letters and digits; a word without end is cut", () => {
  assert.deepEqual(wordsOf("L’accès — 502/504, v2.1 !"), ["l", "acces", "502", "504", "v2", "1"]);
  assert.equal(wordsOf("x".repeat(10_000))[0]?.length, wordMax);
});

test("what folds to more than it was is bounded too", () => {
  assert.ok(foldText("\ufdfa".repeat(foldedMax)).length <= foldedMax);
});

test("a title says the same in other forms, and other titles do not", () => {
  const one = fingerprintOf("La page de paiement est lente");
  assert.equal(fingerprintOf("PAIEMENT: pages lentes !"), one);
  assert.notEqual(fingerprintOf("La page de réservation est lente"), one);
  assert.notEqual(fingerprintOf("Error 502"), fingerprintOf("Error 504"));
  assert.equal(fingerprintOf("… !"), null);
  assert.notEqual(fingerprintOf("it is on"), null, "a title of short words still has one");
});

test("words that say nothing are left out, and each stem is there once", () => {
  assert.deepEqual(
    tellingWords("Le paiement ne fonctionne pas, les paiements échouent avec 502").map(({ word }) => word),
    ["paiement", "echouent", "502"],
  );
});

test("a phrase is found whole and in order", () => {
  const stems = wordsOf("Le portail des ressources humaines est lent").map(stemOf);
  assert.ok(hasPhrase(stems, wordsOf("ressource humaine").map(stemOf)));
  assert.ok(!hasPhrase(stems, wordsOf("humaines ressources").map(stemOf)));
  assert.ok(!hasPhrase(stems, []));
});

test("whatever the text: folding twice is folding once, and words hold nothing else", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      const once = foldText(text);
      assert.equal(foldText(once), once);
      for (const word of wordsOf(text)) assert.match(word, /^[\p{L}\p{N}]+$/u);
    }),
  );
});
