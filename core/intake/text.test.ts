import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { seedFromName } from "../kernel/id.ts";
import { cleanJson, cleanText, cleanTitle, maxDepth, maxNodes, maxTextLength, truncationMark } from "./text.ts";

/** Any string at all: lone surrogates, controls, combining marks. */
const anyText = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) });

test("plain text comes back as it was", () => {
  assert.deepEqual(cleanText("disk full, 99 %"), { text: "disk full, 99 %", cut: false });
  assert.deepEqual(cleanText("Größe 99 % ✓ 🚨"), { text: "Größe 99 % ✓ 🚨", cut: false });
});

test("NUL and lone surrogates become the replacement character, other controls go, line ends become LF", () => {
  assert.equal(cleanText("a\u0000b\ud800c\udc00").text, "a\ufffdb\ufffdc\ufffd");
  assert.equal(cleanText("\u001b[31mred\u0007\u009b2J\u007f").text, "[31mred2J");
  assert.equal(cleanText("a\r\nb\rc\n\td").text, "a\nb\nc\n\td");
});

test("text is composed (NFC), so that the same words are the same text", () => {
  assert.equal(cleanText("e\u0301te\u0301").text, "été");
});

test("cutting counts code points and says so", () => {
  assert.deepEqual(cleanText("🚨🚨🚨", 3), { text: "🚨🚨🚨", cut: false });
  assert.deepEqual(cleanText("🚨🚨🚨", 2), { text: "🚨🚨", cut: true });
});

test("a title is one line without override characters", () => {
  assert.equal(cleanTitle("  a\u202egnp.exe\u2066 \n\t b ").text, "agnp.exe b");
});

test("thousands of combining marks are cleaned in no time", () => {
  const started = performance.now();
  cleanText("a\u0316\u0301".repeat(200_000));
  assert.ok(performance.now() - started < 1_000);
});

test("details: names that reach a prototype are dropped, even disguised", () => {
  const hostile = JSON.parse(
    '{"__proto__":{"admin":true},"constructor":1,"proto\\u0001type":2,"kept":{"prototype":3}}',
  );
  const { value } = cleanJson(hostile);
  assert.deepEqual(Object.keys(value as object), ["kept"]);
  assert.deepEqual(value, { kept: {} });
  assert.equal(({} as { admin?: boolean }).admin, undefined);
});

test("details: depth, number of values and length of text are bounded, with a mark", () => {
  let deep: unknown = "bottom";
  for (let level = 0; level < 1_000; level++) deep = [deep];
  const flat = JSON.stringify(cleanJson(deep).value);
  assert.ok(flat.includes(truncationMark));
  assert.equal(flat.indexOf('"'), maxDepth);

  const wide = cleanJson(Array.from({ length: 20_000 }, (_, index) => index));
  assert.equal((wide.value as unknown[]).length, maxNodes);
  assert.equal((wide.value as unknown[]).at(-1), truncationMark);
  assert.equal(wide.truncated, true);

  const long = cleanJson("x".repeat(maxTextLength + 1));
  assert.equal(long.value, `${"x".repeat(maxTextLength)}${truncationMark}`);
  assert.equal(cleanJson({ a: ["x", 1, true, null] }).truncated, false);
});

test("details: what JSON cannot say becomes null", () => {
  assert.deepEqual(cleanJson({ a: Number.POSITIVE_INFINITY, b: Number.NaN, c: undefined, d: () => 1, e: 1n }).value, {
    a: null,
    b: null,
    c: null,
    d: null,
    e: null,
  });
});

test("property: whatever comes in, what comes out is clean, and cleaning again changes nothing", (t) => {
  const seed = seedFromName(t.name)[0];
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 20 }), (raw, max) => {
      for (const clean of [cleanText(raw, max), cleanTitle(raw, max)]) {
        assert.ok(clean.text.isWellFormed());
        assert.doesNotMatch(clean.text, /[\p{Cc}--[\t\n]]/v);
        assert.ok([...clean.text].length <= max);
        assert.equal(cleanText(clean.text, max).text, clean.text);
      }
    }),
    { seed, numRuns: 500 },
  );
});
