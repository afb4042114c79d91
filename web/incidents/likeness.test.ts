import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleView } from "./example-view.ts";
import { likely } from "./likeness.ts";

const view = (title: string, service = "Payroll") => exampleView({ title, service: { id: "s", name: service } });
const titles = (all: readonly string[], typed: string): string[] =>
  likely(
    all.map((title) => view(title)),
    typed,
  ).map((one) => one.view.title);

test("words of the title count, with or without accents, singular or plural", () => {
  assert.deepEqual(titles(["Bulletins de paie en double"], "bulletin de paie double"), ["Bulletins de paie en double"]);
  assert.deepEqual(titles(["Réseau coupé à l’étage 3"], "reseau coupe"), ["Réseau coupé à l’étage 3"]);
});

test("the name of the service, and words that are in every title, count for nothing", () => {
  assert.deepEqual(titles(["Disk almost full"], "Payroll error"), []);
  assert.deepEqual(titles(["Printer does not work"], "Mail does not work"), []);
  assert.deepEqual(titles(["Imprimante en panne"], "Ascenseur en panne depuis hier"), []);
});

test("a service named in both titles says where and not what, in either language", () => {
  const views = [view("Permis en ligne: erreur 502 à la confirmation", "Online permits")];
  const found = (typed: string) => likely(views, typed, () => ["Permis en ligne", "Online permits"]);
  assert.deepEqual(found("Permis en ligne en panne"), []);
  assert.deepEqual(found("Permis en ligne: les pièces jointes se perdent"), []);
  assert.deepEqual(found("Permis en ligne, 502 à la confirmation")[0]?.shared, ["502", "confirmation"]);
  assert.deepEqual(found("Online permits: confirmation")[0]?.shared, ["confirmation"]);
});

test("one word is enough when it is the only one, else two are needed", () => {
  assert.deepEqual(titles(["Checkout answers 502"], "checkout"), ["Checkout answers 502"]);
  assert.deepEqual(titles(["Checkout answers 502"], "checkout button missing"), []);
});

test("the most alike comes first, three at most, and nothing typed finds nothing", () => {
  const all = ["VPN gateway drops", "VPN gateway drops Montréal", "Gateway Montréal", "Gateway drops", "Other"];
  const found = titles(all, "gateway drops Montréal");
  assert.equal(found.length, 3);
  assert.equal(found[0], "VPN gateway drops Montréal");
  assert.deepEqual(titles(all, "  "), []);
});
