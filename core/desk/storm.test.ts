/** A storm: one incident for what would otherwise be hundreds. Each scenario runs the whole desk under virtual time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Signal } from "../alerts/decide.ts";
import { organisation, signalOf, wednesday } from "../drills/organisation.ts";
import { countOf, lastOf } from "../drills/reading.ts";
import { createWorld, type World } from "../drills/world.ts";
import { stageOf } from "../incidents/state.ts";
import { parseIso } from "../kernel/time.ts";

const world = (t: { name: string }): World => createWorld({ seed: t.name, start: wednesday, directory: organisation });

test("40 distinct signals in a minute are 10 incidents and one storm, one page a person for the storm", (t) => {
  const on = world(t);
  for (let i = 0; i < 40; i++) {
    on.signal("pagerduty", [signalOf(`host-${i}`)]);
    on.advance(1 / 120);
  }
  on.advance(1 / 60);
  assert.equal(on.incidentIds().length, 11);
  const storm = on.incidentIds()[10] ?? "";
  assert.deepEqual(on.case(storm).incident.title, { code: "storm", values: { integration: "pagerduty", count: 30 } });
  assert.equal(on.mailbox("ana").filter((letter) => letter.incidentId === storm).length, 1);
  const entries = on.record(storm).entries.filter((entry) => entry.type === "alert.grouped");
  const joined = entries.map((entry) => (entry.data as { count: number }).count);
  assert.equal(
    joined.reduce((sum, one) => sum + one, 0),
    30,
  );
  const written = entries.map((entry) => parseIso(entry.recordedAt) ?? 0);
  for (let i = 1; i < written.length; i++) assert.ok((written[i] ?? 0) - (written[i - 1] ?? 0) >= 1000);
  assert.ok(entries.length <= 16, `${entries.length} entries in 15 s`);
});

test("40 in one batch are the same, with one entry in the storm", (t) => {
  const on = world(t);
  on.signal(
    "pagerduty",
    Array.from({ length: 40 }, (_, i) => signalOf(`host-${i}`)),
  );
  assert.equal(on.incidentIds().length, 11);
  const storm = on.incidentIds()[10] ?? "";
  assert.equal(countOf(on, storm, "alert.grouped"), 1);
  assert.deepEqual(lastOf(on, storm, "alert.grouped").data, {
    count: 30,
    firstKey: "host-10",
    lastKey: "host-39",
    total: 30,
  });
});

test("what comes back into a storm is coalesced like the rest, and all clear is said once", (t) => {
  const on = world(t);
  const keys = Array.from({ length: 30 }, (_, i) => `host-${i}`);
  on.signal(
    "pagerduty",
    keys.map((key) => signalOf(key)),
  );
  const storm = on.incidentIds()[10] ?? "";
  for (let i = 0; i < 20; i++) {
    on.signal("pagerduty", [signalOf("host-25", { action: i % 2 === 0 ? "resolve" : "trigger" })]);
    on.advance(1 / 600);
  }
  on.advance(1);
  assert.ok(countOf(on, storm, "alert.grouped") <= 4, `${countOf(on, storm, "alert.grouped")} entries in two seconds`);
  on.signal(
    "pagerduty",
    keys.map((key) => signalOf(key, { action: "resolve" })),
  );
  on.advance(1);
  assert.equal(countOf(on, storm, "alerts.cleared"), 1);
  assert.equal(stageOf(on.case(storm).incident), "restored");
});

test("a storm that begins within the second of the last resolution of another loses nothing of it", (t) => {
  const on = world(t);
  const batch = (from: number): Signal[] => Array.from({ length: 12 }, (_, i) => signalOf(`host-${from + i}`));
  on.signal("pagerduty", batch(0));
  const storm = on.incidentIds()[10] ?? "";
  on.advance(6);
  on.signal("pagerduty", [signalOf("host-10", { action: "resolve" })]);
  on.signal("pagerduty", [signalOf("host-11", { action: "resolve" })]);
  on.signal("pagerduty", batch(100));
  assert.equal(on.incidentIds().length, 22);
  on.advance(1);
  assert.equal(countOf(on, storm, "alerts.cleared"), 1);
});

test("a storm that all had left and that begins again tells who has it, with the entry of that second", (t) => {
  const on = world(t);
  const batch = (action: Signal["action"]): Signal[] =>
    Array.from({ length: 30 }, (_, i) => signalOf(`host-${i}`, { action }));
  on.signal("pagerduty", batch("trigger"));
  const storm = on.incidentIds()[10] ?? "";
  on.command(storm, "cleo", { name: "accept", input: {} });
  on.advance(1);
  on.signal("pagerduty", batch("resolve"));
  on.advance(1);
  const told = (): number => on.mailbox("cleo").filter((letter) => letter.about === "relapsed").length;
  assert.equal(told(), 0);
  on.signal("pagerduty", [signalOf("host-20"), signalOf("host-21")]);
  on.advance(1);
  assert.equal((lastOf(on, storm, "alert.grouped").data as { again?: true }).again, true);
  assert.equal(told(), 1);
  on.signal("pagerduty", [signalOf("host-22")]);
  on.advance(1);
  assert.equal((lastOf(on, storm, "alert.grouped").data as { again?: true }).again, undefined);
});

test("once its incident has ended, newcomers make a storm of their own", (t) => {
  const on = world(t);
  const some = (from: number, many: number): Signal[] =>
    Array.from({ length: many }, (_, i) => signalOf(`host-${from + i}`));
  on.signal("pagerduty", some(0, 12));
  const storm = on.incidentIds()[10] ?? "";
  assert.equal(on.command(storm, "ana", { name: "dismiss", input: {} }, { reason: "planned work" }), null);
  const [next] = on.signal("pagerduty", some(50, 1));
  assert.equal(next?.became, "joined-storm");
  assert.notEqual(next?.incidentId, storm);
});
