/** What a source says of an open alert: a note, an acknowledgement taken back, another priority. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Signal } from "../alerts/decide.ts";
import { organisation, signalOf, wednesday } from "../drills/organisation.ts";
import { countOf, lastOf, onlyIncident, pagesOf } from "../drills/reading.ts";
import { createWorld, type World } from "../drills/world.ts";

function begun(name: string, changes: Partial<Signal> = {}): { on: World; id: string; say: (more: object) => string } {
  const on = createWorld({ seed: name, start: wednesday, directory: organisation });
  on.signal("opsgenie", [signalOf("disk", changes)]);
  const say = (more: object): string => on.signal("opsgenie", [signalOf("disk", more)])[0]?.became ?? "";
  return { on, id: onlyIncident(on), say };
}

test("what is noted at the source is an observation; said with a repeat, it is not said again", (t) => {
  const { on, id, say } = begun(t.name, { note: "on the third floor" });
  assert.deepEqual(lastOf(on, id, "observation.noted").data, { text: "on the third floor" });
  assert.equal(lastOf(on, id, "observation.noted").actor.kind, "integration");
  assert.equal(say({ note: "on the third floor" }), "repeated");
  assert.equal(say({ action: "update", note: "it smells of smoke" }), "updated");
  assert.equal(countOf(on, id, "observation.noted"), 2);
  assert.equal(say({ action: "resolve", note: "replaced" }), "resolved");
  assert.deepEqual(lastOf(on, id, "observation.noted").data, { text: "replaced" });
});

test("an update that says nothing leaves no entry, and one of what is not open is ignored", (t) => {
  const { on, id, say } = begun(t.name);
  const { length } = on.case(id).entries;
  for (const _ of [1, 2, 3]) assert.equal(say({ action: "update" }), "updated");
  assert.equal(on.case(id).entries.length, length);
  say({ action: "resolve" });
  assert.equal(say({ action: "update", note: "too late" }), "ignored");
});

test("a priority asked for is proposed, also later, until a person has said which it is", (t) => {
  const { on, id, say } = begun(t.name, { priority: 4, severity: "info" });
  assert.deepEqual([on.case(id).incident.priority, on.case(id).incident.priorityReasons], [4, ["asked-p4"]]);
  say({ action: "update", priority: 4 });
  assert.equal(countOf(on, id, "priority.proposed"), 1, "the same again is no news");
  say({ action: "update", priority: 1 });
  assert.equal(on.case(id).incident.priority, 1);
  assert.equal(on.command(id, "dan", { name: "confirm-priority", input: { impact: 2, urgency: 2 } }), null);
  say({ action: "update", priority: 5 });
  assert.equal(on.case(id).incident.priority, 2);
});

test("an acknowledgement taken back at the source calls again, unless a person has accepted meanwhile", (t) => {
  const { on, id, say } = begun(t.name);
  say({ action: "acknowledge" });
  on.advance(60);
  assert.equal(pagesOf(on, "ana"), 1);
  assert.equal(say({ action: "unacknowledge" }), "unacknowledged");
  assert.equal(on.case(id).paging.status, "running");
  assert.equal(pagesOf(on, "ana"), 2);
  say({ action: "acknowledge", by: "ana@example.org" });
  say({ action: "unacknowledge" });
  assert.equal(on.case(id).paging.status, "stopped");
  assert.equal(on.case(id).incident.acceptedBy?.id, "ana");
});
