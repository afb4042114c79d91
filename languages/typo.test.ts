import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Locale } from "../core/kernel/vocabulary.ts";
import { typo } from "./typo.ts";

const n = "\u00a0";
const t = "\u202f";

test("Canada: a space before the colon and inside quotes, none before ; ! ?", () => {
  assert.equal(typo("Cause: «pompe»; quoi?", "fr-CA"), `Cause${n}: «${n}pompe${n}»; quoi?`);
  assert.equal(typo("Cause: «pompe»; quoi?", "fr"), typo("Cause: «pompe»; quoi?", "fr-CA"));
});

test("France: a thin space before ; ! ?", () => {
  assert.equal(typo("Cause: «pompe»; quoi?!", "fr-FR"), `Cause${n}: «${n}pompe${n}»${t}; quoi${t}?!`);
});

test("signs of figures and units", () => {
  assert.equal(typo("38% et 12 $, 5 min, 24 h.", "fr"), `38${n}% et 12${n}$, 5${n}min, 24${n}h.`);
  assert.equal(typo("{name} s’est, {n}%", "fr"), `{name} s’est, {n}${n}%`);
});

test("hours, addresses and code keep every character", () => {
  for (const kept of ["21:42", "https://x.test/a?b=c;d:e!f", "mailto:a@b.test?subject=x", "`a ? b : c`", "a:b"]) {
    assert.equal(typo(kept, "fr-FR"), kept);
  }
  assert.equal(typo("Voir https://x.test/a?b: quoi", "fr"), `Voir https://x.test/a?b${n}: quoi`);
});

test("spaces that are there already are replaced, never doubled", () => {
  assert.equal(typo("Cause : « pompe » ; 38 %", "fr-FR"), `Cause${n}: «${n}pompe${n}»${t}; 38${n}%`);
});

test("English is untouched", () => {
  assert.equal(typo("Why: 38%?", "en"), "Why: 38%?");
});

const texts = fc
  .array(
    fc.constantFrom(
      " ",
      n,
      t,
      "\t",
      "\n",
      ":",
      ";",
      "!",
      "?",
      "«",
      "»",
      "%",
      "$",
      "€",
      "`",
      "a",
      "Z",
      "é",
      "7",
      "h",
      "min",
      "}",
      "{",
      ")",
      "https://x.y/",
      ".",
      "/",
    ),
  )
  .map((parts) => parts.join(""));
const locales = fc.constantFrom<Locale>("fr", "fr-CA", "fr-FR", "en", "en-CA");

test("twice is the same as once", () => {
  fc.assert(
    fc.property(texts, locales, (text, locale) => {
      const once = typo(text, locale);
      assert.equal(typo(once, locale), once);
    }),
    { numRuns: 5_000 },
  );
});

test("nothing but spaces ever changes", () => {
  const bare = (text: string): string => text.replace(/[ \t\u00a0\u202f]/g, "");
  fc.assert(
    fc.property(texts, locales, (text, locale) => assert.equal(bare(typo(text, locale)), bare(text))),
    {
      numRuns: 5_000,
    },
  );
});
