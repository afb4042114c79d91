/** What a drill can rely on: one seed, one story; time in order; numbers without a gap; a channel that does as scripted. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Directory } from "../desk/directory.ts";
import type { ContactPoint } from "../directory/types.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { parseIso } from "../kernel/time.ts";
import { organisation, person, signalOf, wednesday } from "./organisation.ts";
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

const night = Date.UTC(2026, 9, 8, 4);
const point = (kind: "email" | "sms"): ContactPoint => ({ id: kind, kind, address: "x", enabled: true });
/** Ana keeps her peace until seven; what does not press comes by text message then. */
const peaceful: Directory = {
  ...organisation,
  people: new Map([
    ...organisation.people,
    [
      "ana",
      {
        ...person("ana", 2),
        zone: "UTC",
        contactPoints: [point("email"), point("sms")],
        preference: { high: [], low: [], quiet: { from: "22:00", to: "07:00" } },
      },
    ],
  ]),
};

function threeAtNight(t: { name: string }, changes: Partial<WorldOptions> = {}): World {
  const on = world(t, { start: night, directory: peaceful, ...changes });
  for (const key of ["disk", "raid", "fan"]) on.signal("pagerduty", [signalOf(key, { severity: "warning" })]);
  return on;
}
const texted = (on: World) => {
  const ids = on.incidentIds();
  return on
    .mailbox("ana")
    .filter(({ key, at }) => at >= night + 3 * 3_600_000 && key.startsWith("page/"))
    .map(({ incidentId, message }) => [ids.indexOf(incidentId), message]);
};

test("what was held back for one contact point leaves in one message, and the record says with how many", (t) => {
  const texts: number[] = [];
  const on = threeAtNight(t, {
    channel: ({ channel, at }) => {
      if (channel === "sms") texts.push((at - night) / 60_000);
      return "ok";
    },
  });
  const [, second = ""] = on.incidentIds();
  assert.equal(on.command(second, "cleo", { name: "accept", input: {} }), null);
  on.advance(181);
  assert.deepEqual(texts, [180], "one message");
  const told = texted(on);
  assert.deepEqual(
    told.map(([incident]) => incident),
    [0, 2],
    "what somebody has is not told as a call",
  );
  assert.equal(new Set(told.map(([, message]) => message)).size, 1);
  const withs = on.incidentIds().map((id) => on.record(id).entries.findLast(({ type }) => type === "page.sent")?.data);
  assert.deepEqual([withs[0]?.with, withs[2]?.with], [1, 1]);
});

test("while the channel is down they wait together; what comes to press leaves by itself", (t) => {
  const texts: number[] = [];
  const on = threeAtNight(t, {
    channel: ({ channel, at }) => {
      if (channel !== "sms") return "ok";
      texts.push((at - night) / 60_000);
      return at > night + 170 * 60_000 && at < night + 182 * 60_000 ? "down" : "ok";
    },
  });
  const [first = ""] = on.incidentIds();
  on.advance(60);
  assert.equal(on.command(first, "cleo", { name: "override-priority", input: { priority: 1 } }, { reason: "x" }), null);
  on.advance(130);
  assert.deepEqual(
    texts.filter((at) => at >= 180),
    [180, 181, 182],
  );
  assert.equal(
    texts.some((at) => at === 60),
    true,
    "alone, at once",
  );
  assert.deepEqual(
    texted(on)
      .map(([incident]) => incident)
      .filter((incident) => incident !== 0),
    [1, 2],
  );
});

test("what this world does not know, it says", (t) => {
  const on = world(t);
  assert.throws(() => on.case("nowhere"), /nowhere/);
  assert.throws(() => on.mailbox("nobody"), /nobody/);
  assert.throws(() => on.signal("nothing", [signalOf("disk")]), /nothing/);
  assert.equal(on.command("nowhere", "cleo", { name: "close", input: {} })?.refused, "incident-unknown");
});
