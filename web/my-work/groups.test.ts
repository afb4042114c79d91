import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleView } from "../incidents/example-view.ts";
import { groupOf } from "./groups.ts";

const at = Date.parse("2026-11-27T03:00:00Z");
const open = exampleView({ stage: "resolving" }) as unknown as Parameters<typeof groupOf>[0]["incident"];
const after = (minutes: number): string => new Date(at + minutes * 60_000).toISOString();
const group = (command: "accept" | null, until: string | null, incident = open) =>
  groupOf({ command, until, incident }, at);

test("what is due within the hour is for now, and what is late too", () => {
  assert.equal(group("accept", after(-5)), "now");
  assert.equal(group("accept", after(60)), "now");
  assert.equal(group("accept", after(61)), "today");
  assert.equal(group("accept", after(1_441)), "later");
  assert.equal(group("accept", null), "undated");
});

test("what one holds stands apart, until something of it is late: the news that are owed come first then", () => {
  assert.equal(group(null, null), "holds");
  assert.equal(group(null, after(10)), "holds");
  assert.equal(group(null, after(-1)), "now");
});
