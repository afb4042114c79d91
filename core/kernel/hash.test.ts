/** Canonical JSON from the rules of RFC 8785, and the two hashes of an entry. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { canonicalJson, dataHash, linkHash, sha256Hex } from "./hash.ts";
import type { Json } from "./vocabulary.ts";

test("keys are sorted by their UTF-16 units, at every depth, without spaces", () => {
  assert.equal(
    canonicalJson({ b: 1, a: { d: [], c: {} }, B: 2, "10": 3, "9": 4 }),
    '{"10":3,"9":4,"B":2,"a":{"c":{},"d":[]},"b":1}',
  );
  /* RFC 8785 §3.2.3: U+1F600 is D83D DE00 in UTF-16, hence before U+FB33, though its code point is greater. */
  const members = {
    "\u20ac": "Euro Sign",
    "\r": "Carriage Return",
    "\ufb33": "Dalet",
    "1": "One",
    "\u{1f600}": "Smile",
    "\u0080": "Control",
    "\u00f6": "o",
  };
  assert.deepEqual(Object.values(JSON.parse(canonicalJson(members)) as object).length, 7);
  assert.equal(
    canonicalJson(members),
    '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u00f6":"o","\u20ac":"Euro Sign","\u{1f600}":"Smile","\ufb33":"Dalet"}',
  );
});

test("the order of an array is kept", () => assert.equal(canonicalJson([3, [1], 2]), "[3,[1],2]"));

test("numbers are written as ECMAScript writes them, minus zero as zero", () => {
  const cases: [number, string][] = [
    [0, "0"],
    [-0, "0"],
    [1e21, "1e+21"],
    [999999999999999900000, "999999999999999900000"],
    [1e-6, "0.000001"],
    [1e-7, "1e-7"],
    [5e-324, "5e-324"],
    [1.7976931348623157e308, "1.7976931348623157e+308"],
    [9007199254740992, "9007199254740992"],
    [295147905179352830000, "295147905179352830000"],
    [333333333.3333333, "333333333.3333333"],
    [4.5, "4.5"],
    [2e-3, "0.002"],
    [-1, "-1"],
  ];
  for (const [value, text] of cases) assert.equal(canonicalJson(value), text);
});

test("what is no JSON number is refused", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) assert.throws(() => canonicalJson(value));
});

test("strings escape what must be and nothing else", () => {
  assert.equal(canonicalJson('\u0000\b\t\n\u000b\f\r\u001f"\\/'), '"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\\"\\\\/"');
  assert.equal(canonicalJson("é \u2028 \u007f 😀 e\u0301"), '"é \u2028 \u007f 😀 e\u0301"', "not normalised");
});

test("literals, and what is absent", () => {
  assert.equal(canonicalJson([true, false, null]), "[true,false,null]");
  assert.equal(canonicalJson({ a: undefined, b: 1 } as unknown as Json), '{"b":1}');
  assert.throws(() => canonicalJson(undefined as unknown as Json));
});

test("the canonical form says the same, and does not depend on the order of keys", () => {
  const shuffled = (value: Json): Json =>
    typeof value !== "object" || value === null
      ? value
      : Array.isArray(value)
        ? value.map(shuffled)
        : Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, inner]) => [key, shuffled(inner as Json)]),
          );
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value as Json);
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      assert.equal(canonicalJson(shuffled(value as Json)), text);
    }),
  );
});

test("hashes are SHA-256 over UTF-8: the salt and the data, the previous hash and the entry", () => {
  const reference = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");
  assert.equal(sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => assert.equal(sha256Hex(text), reference(text))));
  assert.equal(dataHash("00ff", { b: "é", a: 1 }), reference('00ff{"a":1,"b":"é"}'));
  assert.equal(linkHash("0".repeat(64), { b: 1, a: 2 }), reference(`${"0".repeat(64)}{"a":2,"b":1}`));
});
