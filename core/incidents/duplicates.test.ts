/** Which known incident the one being written probably is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Candidate, duplicatesMax, likelyDuplicates } from "./duplicates.ts";

const of = (title: string, changes: Partial<Candidate> = {}): Candidate => ({
  id: title,
  title,
  service: "pay",
  open: true,
  at: 0,
  similarity: null,
  ...changes,
});
const names = () => ["Permis en ligne", "Online permits"];
const find = (typed: string, candidates: readonly Candidate[]) =>
  likelyDuplicates({ title: typed, service: null }, candidates, names);
const ids = (typed: string, ...titles: string[]) =>
  find(
    typed,
    titles.map((title) => of(title)),
  ).map(({ id }) => id);

test("the same title in another form is the first to be named", () => {
  const [first] = find("PAIEMENTS LENTS !", [
    of("Paiements par carte lents", { similarity: 0.9 }),
    of("Paiement lent"),
  ]);
  assert.deepEqual(first, { id: "Paiement lent", reasons: [{ code: "same-title", values: {} }] });
});

test("two words that say something are needed, or the only one", () => {
  assert.deepEqual(ids("checkout", "Checkout answers 502"), ["Checkout answers 502"]);
  assert.deepEqual(ids("checkout button missing", "Checkout answers 502"), []);
  assert.deepEqual(ids("reseau coupe", "Réseau coupé à l’étage 3"), ["Réseau coupé à l’étage 3"]);
  assert.deepEqual(ids("Imprimante en panne", "Ascenseur en panne depuis hier"), []);
});

test("the name of the service says where and not what, in either language", () => {
  const known = "Permis en ligne: erreur 502 à la confirmation";
  assert.deepEqual(ids("Permis en ligne en panne", known), []);
  assert.deepEqual(ids("Online permits: confirmation", known), [known]);
  assert.deepEqual(find("Permis en ligne, un 502 après la confirmation par carte", [of(known)])[0]?.reasons, [
    { code: "shared-words", values: { words: ["502", "confirmation"] } },
  ]);
});

test("titles alike by their letters count when they share a word, and words of the record count", () => {
  const [alike] = find("Imprimantes bourrées au troisième", [
    of("Imprimante bourrage au troisieme", { similarity: 0.6 }),
  ]);
  assert.deepEqual(alike?.reasons[0], { code: "similar-title", values: { percent: 60 } });
  assert.deepEqual(find("Xyz", [of("Abc", { similarity: 0.9 })]), []);
  const [recorded] = find("Jeton OAuth refusé", [of("Connexion impossible", { inRecord: ["jeton", "oauth"] })]);
  assert.deepEqual(recorded?.reasons, [{ code: "shared-words", values: { words: ["jeton", "oauth"] } }]);
});

test("open ones come first, then the more alike, then the latest; five at most", () => {
  const found = find("gateway drops montreal", [
    of("Gateway drops Montréal", { open: false, id: "ended" }),
    of("Gateway drops", { id: "old", at: 1 }),
    of("Gateway drops", { id: "new", at: 2 }),
    of("VPN gateway drops in Montréal", { id: "best" }),
    ...Array.from({ length: 9 }, (_, n) => of("Gateway drops", { id: `ended ${n}`, open: false })),
  ]);
  assert.equal(found.length, duplicatesMax);
  assert.deepEqual(
    found.slice(0, 4).map(({ id }) => id),
    ["best", "new", "old", "ended"],
  );
  assert.deepEqual(find("  ", [of("Gateway drops")]), []);
});
