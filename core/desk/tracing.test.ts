/** A trace says why an alert called, or nobody, and why it is where it is; each line is what the desk decided then. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { factOf } from "../drills/facts.ts";
import { organisation, signalOf, wednesday } from "../drills/organisation.ts";
import { createWorld, type World } from "../drills/world.ts";
import type { IncidentFact } from "../incidents/events.ts";
import { hourMs } from "../kernel/time.ts";
import { compileNoise } from "../noise/compiled.ts";
import { everywhere } from "../noise/matching.ts";
import type { NoiseRule } from "../noise/rules.ts";
import { traceOf } from "./tracing.ts";

const scope = { ...everywhere, text: "disk" };
const silence = {
  id: "s",
  version: 1,
  reason: "work",
  createdBy: "ana",
  scope,
  from: wednesday,
  until: wednesday + hourMs,
};
const bySite: NoiseRule = {
  id: "g",
  version: 4,
  name: "by site",
  enabled: true,
  scope: everywhere,
  kind: "grouping",
  across: false,
  labels: ["site"],
  expression: null,
  withinMinutes: null,
  onNewKind: "page",
  kindBy: [],
};
const world = (t: { name: string }, rules: readonly NoiseRule[] = []): World => {
  const noise = compileNoise({ silences: [silence], windows: [], rules });
  return createWorld({ seed: t.name, start: wednesday, directory: { ...organisation, noise } });
};
const traced = (on: World, key: string) => {
  const alert = on.alerts().find((one) => one.key === key);
  assert.ok(alert);
  const facts: IncidentFact[] = alert.incidentId === null ? [] : on.record(alert.incidentId).entries.map(factOf);
  return traceOf(alert, on.decisions(alert.id), facts);
};
const told = (on: World, key: string) => traced(on, key).map(({ what, because }) => [what, because]);

test("one that waited says for what, until when, and whom it called in the end", (t) => {
  const on = world(t);
  on.signal("pagerduty", [signalOf("disk full")]);
  assert.deepEqual(told(on, "disk full"), [
    ["received", null],
    ["waits", "silence"],
  ]);
  on.advance(61);
  const [, waits, raised] = traced(on, "disk full");
  assert.deepEqual([waits?.rule, waits?.until], [{ id: "s", version: 1, name: "work" }, wednesday + hourMs]);
  assert.equal(raised?.at, wednesday + hourMs);
  assert.deepEqual(told(on, "disk full"), [
    ["received", null],
    ["waits", "silence"],
    ["raised", "silence"],
    ["placed", "new"],
    ["routed", null],
    ["calls-begin", "registered"],
    ["called", "on-call"],
  ]);
});

test("one that was over before says that it called nobody", (t) => {
  const on = world(t);
  on.signal("pagerduty", [signalOf("disk full")]);
  on.signal("pagerduty", [signalOf("disk full", { action: "resolve" })]);
  assert.deepEqual(told(on, "disk full").at(-1), ["never-raised", "silence"]);
});

test("one that joined says by which rule, and why nobody was called for it", (t) => {
  const on = world(t, [bySite]);
  const at = (site: string) => ({ details: { labels: { site, alertname: "Ping" } } });
  on.signal("pagerduty", [signalOf("a", at("north"))]);
  on.advance(1);
  on.signal("pagerduty", [signalOf("b", at("north"))]);
  assert.deepEqual(told(on, "b").slice(0, 4), [
    ["received", null],
    ["grouped", null],
    ["placed", "same-group"],
    ["no-new-call", "calls-go-on"],
  ]);
  assert.deepEqual(traced(on, "b")[1]?.rule, { id: "g", version: 4, name: "by site" });
  on.advance(1);
  const [incident = ""] = on.incidentIds();
  on.command(incident, "ana", { name: "accept", input: {} });
  on.advance(1);
  on.signal("pagerduty", [signalOf("c", at("north"))]);
  const [, , , why] = traced(on, "c");
  assert.deepEqual([why?.what, why?.because, why?.values.name], ["no-new-call", "accepted", "Ana"]);
});
