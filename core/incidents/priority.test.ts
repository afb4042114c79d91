/** The matrix of ISO/IEC 20000-1 as our default has it, and the first proposal made from what is known. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Impact, Urgency } from "../kernel/vocabulary.ts";
import { priorityOf, proposePriority } from "./priority.ts";

const steps = [1, 2, 3, 4] as const;

test("the matrix, row by row of impact", () => {
  const rows = steps.map((impact) => steps.map((urgency) => priorityOf(impact, urgency)).join(" "));
  assert.deepEqual(rows, ["1 1 2 3", "1 2 3 3", "2 3 3 4", "3 3 4 5"]);
});

test("more impact or more urgency never lowers a priority", () => {
  for (const impact of steps)
    for (const urgency of steps) {
      if (impact > 1) assert.ok(priorityOf((impact - 1) as Impact, urgency) <= priorityOf(impact, urgency));
      if (urgency > 1) assert.ok(priorityOf(impact, (urgency - 1) as Urgency) <= priorityOf(impact, urgency));
    }
});

test("a proposal says what it rests on", () => {
  const of = (known: Parameters<typeof proposePriority>[0]) => {
    const { priority, reasons } = proposePriority(known);
    return [priority, ...reasons];
  };
  assert.deepEqual(of({ vital: false }), [3, "nothing-known"]);
  assert.deepEqual(of({ severity: "critical", vital: false }), [1, "severity-critical"]);
  assert.deepEqual(of({ severity: "info", vital: false }), [5, "severity-info"]);
  assert.deepEqual(of({ impact: 4, urgency: 1, vital: false }), [3, "said-by-reporter"]);
  assert.deepEqual(of({ severity: "info", vital: true }), [3, "severity-info", "vital-function"]);
  assert.deepEqual(of({ severity: "warning", vital: true }), [3, "severity-warning", "vital-function"]);
  assert.equal(proposePriority({ severity: "warning", vital: true }).impact, 2);
  assert.deepEqual(of({ severity: "critical", vital: true }), [1, "severity-critical"], "already at least that");
});
