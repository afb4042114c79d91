import assert from "node:assert/strict";
import { test } from "node:test";
import { inLanguage, localeOfTag, preferredLocale } from "./locale.ts";

test("tags of browsers, systems and people", () => {
  assert.equal(localeOfTag("fr_CA"), "fr-CA");
  assert.equal(localeOfTag("FR-fr"), "fr-FR");
  assert.equal(localeOfTag("fr-BE"), "fr-FR");
  assert.equal(localeOfTag("fr-Latn-CA"), "fr");
  assert.equal(localeOfTag("en-US"), "en");
  assert.equal(localeOfTag("en-CA-u-nu-latn"), "en-CA");
  assert.equal(localeOfTag("de-CA"), null);
  assert.equal(localeOfTag(""), null);
});

test("what Accept-Language prefers", () => {
  assert.equal(preferredLocale("fr-FR,fr;q=0.9,en;q=0.8"), "fr-FR");
  assert.equal(preferredLocale("de, en-CA;q=0.7, fr;q=0.9"), "fr");
  assert.equal(preferredLocale("de"), null);
  assert.equal(preferredLocale("fr;q=0"), null);
  assert.equal(preferredLocale(undefined), null);
});

test("a choice of language keeps the place that is known", () => {
  assert.equal(inLanguage("fr", "en-CA", "fr-FR"), "fr-FR");
  assert.equal(inLanguage("fr", "en", null), "fr");
});
