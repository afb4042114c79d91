import assert from "node:assert/strict";
import { test } from "node:test";
import { createMessages } from "./messages.ts";

const some = {
  en: {
    "a.title": "{hasBy, select, yes {By {by}: } other {}}{text}",
    "b.count": "{count, plural, one {# alert} other {# alerts}}",
  },
  fr: {
    "a.title": "{hasBy, select, yes {Par {by}: } other {}}{text}",
    "b.count": "{count, plural, one {# alerte} many {# d’alertes} other {# alertes}}",
  },
};

test("a sentence in each language, with French spaces around our words only", () => {
  const fr = createMessages("fr", some);
  assert.equal(fr.t("a.title", { by: "Zoé: x", text: "Quoi: ça?" }), "Par Zoé: x\u00a0: Quoi: ça?");
  assert.equal(createMessages("en", some).t("a.title", { by: null, text: "x" }), "x");
});

test("`hasX` follows the value, even when a text is the very word a choice looks for", () => {
  const { t } = createMessages("en", some);
  assert.equal(t("a.title", { by: "yes", text: "no" }), "By yes: no");
  assert.equal(t("a.title", { by: "", text: "none" }), "none");
});

test("plurals: French says one for zero, and de for a million", () => {
  const fr = createMessages("fr", some);
  assert.equal(fr.t("b.count", { count: 0 }), "0 alerte");
  assert.equal(fr.t("b.count", { count: 2 }), "2 alertes");
  assert.match(fr.t("b.count", { count: 1_000_000 }), /d’alertes$/);
  assert.equal(createMessages("en", some).t("b.count", { count: 0 }), "0 alerts");
});

test("markup in a value is a text like any other, and a missing value is empty", () => {
  const { t } = createMessages("en", some);
  assert.equal(t("a.title", { by: "<b>", text: "{by}" }), "By <b>: {by}");
  assert.equal(t("a.title"), "");
});

test("an unknown id: undefined when asked for by find, a bug when asked for by t", () => {
  const messages = createMessages("en", some);
  assert.equal(messages.find("nothing"), undefined);
  assert.equal(messages.find("toString"), undefined);
  assert.throws(() => messages.t("nothing" as "a.title"));
});
