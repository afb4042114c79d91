/** What a drill can rely on: one seed, one story; time in order; numbers without a gap; a channel that does as scripted. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isRefusal } from "../kernel/refusal.ts";
import { parseIso } from "../kernel/time.ts";
import { organisation, signalOf, wednesday } from "./organisation.ts";
import { countOf, onlyIncident, pagesOf, typesOf } from "./reading.ts";
import { createWorld, type World, type WorldOptions } from "./world.ts";

const world = (t: { name: string }, changes: Partial<WorldOptions> = {}): World =>
  createWorld({ seed: t.name, start: wednesday, directory: organisation, ...changes });

function opened(on: World, title: string, exercise = false): string {
  const id = on.open("ana", { title, exercise });
  assert.ok(!isRefusal(id));
  return id;
}

test("one seed is one story, to the last hash; another seed has other ids and the same facts", () => {
  const story = (seed: string) => {
    const on = createWorld({ seed, start: wednesday, directory: organisation });
    on.signal("pagerduty", [signalOf("disk"), signalOf("raid")]);
    on.advance(12.5);
    on.command(on.incidentIds()[0] ?? "", "cleo", { name: "accept", input: {} });
    on.advance(60);
    return on;
  };
  const heads = (on: World): string[] => on.incidentIds().map((id) => on.record(id).head);
  const types = (on: World): string[][] => on.incidentIds().map((id) => typesOf(on, id));
  assert.deepEqual(heads(story("a")), heads(story("a")));
  assert.notDeepEqual(heads(story("a")), heads(story("b")));
  assert.deepEqual(types(story("a")), types(story("b")));
});

test("numbers run by year in the organisation's zone, exercises apart", (t) => {
  const on = world(t, { start: parseIso("2027-01-01T04:50:00Z") ?? 0 });
  const numbers = [opened(on, "a"), opened(on, "b", true), opened(on, "c")];
  on.advance(20);
  numbers.push(opened(on, "d"), opened(on, "e", true));
  assert.deepEqual(
    numbers.map((id) => on.case(id).incident.number),
    ["INC-2026-000001", "EX-2026-000001", "INC-2026-000002", "INC-2027-000001", "EX-2027-000001"],
  );
  assert.equal(on.record(numbers[3] ?? "").number, "INC-2027-000001");
});

test("a refusal takes no number and leaves no trace", (t) => {
  const on = world(t);
  assert.ok(isRefusal(on.open("ana", { title: "x", service: "nowhere" })));
  assert.equal(on.case(opened(on, "y")).incident.number, "INC-2026-000001");
});

test("what falls due while time advances is carried out in order, each at its own time", (t) => {
  const on = world(t);
  on.signal("pagerduty", [signalOf("disk")]);
  on.advance(0.5);
  on.signal("pagerduty", [signalOf("raid")]);
  on.advance(120);
  const at = on.mailbox("cleo").map((letter) => (letter.at - wednesday) / 60_000);
  assert.deepEqual(at, [10, 10.5, 35, 35.5]);
  assert.equal(on.now(), wednesday + 120.5 * 60_000);
});

test("the channel is asked for each page, with whom and when", (t) => {
  const seen: string[] = [];
  const on = world(t, {
    channel: ({ personId, at }) => {
      seen.push(`${personId} ${(at - wednesday) / 60_000}`);
      return personId === "ana" ? "fail" : at < wednesday + 3 * 60_000 ? "down" : "ok";
    },
  });
  on.signal("pagerduty", [signalOf("disk")]);
  on.advance(5);
  assert.deepEqual(seen, ["ana 0", "cleo 0", "cleo 1", "cleo 2", "cleo 3"]);
  assert.deepEqual([pagesOf(on, "ana"), pagesOf(on, "cleo"), countOf(on, onlyIncident(on), "page.sent")], [0, 1, 1]);
});

test("what this world does not know, it says", (t) => {
  const on = world(t);
  assert.throws(() => on.case("nowhere"), /nowhere/);
  assert.throws(() => on.mailbox("nobody"), /nobody/);
  assert.throws(() => on.signal("nothing", [signalOf("disk")]), /nothing/);
  assert.equal(on.command("nowhere", "cleo", { name: "close", input: {} })?.refused, "incident-unknown");
});
