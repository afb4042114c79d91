import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { seedFromName } from "../kernel/id.ts";
import { parseReport, type ReportProblem } from "./report.ts";

function problemsOf(body: unknown): readonly ReportProblem[] {
  const parsed = parseReport(body, { language: "fr" });
  assert.ok(!parsed.ok);
  return parsed.problems;
}

function reportOf(body: unknown) {
  const parsed = parseReport(body, { language: "fr" });
  assert.ok(parsed.ok);
  return parsed.report;
}

test("a title is enough", () => {
  assert.deepEqual(reportOf({ title: "  Plus  de réseau\nau 2e " }), {
    title: "Plus de réseau au 2e",
    description: "",
    language: "fr",
    service: null,
    contact: null,
    name: null,
  });
});

test("everything that may be said is kept, in the language it says", () => {
  const body = {
    title: "Printer on fire",
    description: "Smoke.\r\nThen flames.",
    language: "en",
    service: "printing",
    contact: "+33 1 23 45 67 89",
    name: "Ana",
    unknown: 1,
  };
  assert.deepEqual(reportOf(body), {
    title: "Printer on fire",
    description: "Smoke.\nThen flames.",
    language: "en",
    service: "printing",
    contact: "+33 1 23 45 67 89",
    name: "Ana",
  });
});

test("problems are codes, one a field", () => {
  assert.deepEqual(problemsOf(null), [{ field: "body", code: "required" }]);
  assert.deepEqual(problemsOf({}), [{ field: "title", code: "required" }]);
  assert.deepEqual(problemsOf({ title: "\u202e \u0007" }), [{ field: "title", code: "required" }]);
  assert.deepEqual(problemsOf({ title: 1 }), [{ field: "title", code: "not-text" }]);
  assert.deepEqual(
    problemsOf({ title: "x".repeat(201), description: "x".repeat(10_001), contact: "x".repeat(201), language: "de" }),
    [
      { field: "title", code: "too-long" },
      { field: "language", code: "unknown" },
      { field: "description", code: "too-long" },
      { field: "contact", code: "too-long" },
    ],
  );
  assert.equal(reportOf({ title: "🚨".repeat(200) }).title.length, 400);
});

test("property: any JSON is accepted or refused, never thrown at", (t) => {
  const raw = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) });
  const body = fc.record({ title: raw, description: raw, name: fc.jsonValue() }, { requiredKeys: [] });
  fc.assert(
    fc.property(fc.oneof(body, fc.jsonValue()), (value) => {
      assert.doesNotMatch(JSON.stringify(parseReport(value, { language: "en" })), /\\u0000|\\ud[89a-f]/);
    }),
    { seed: seedFromName(t.name)[0], numRuns: 300 },
  );
});
