/** What workstreams cause, with the whole desk under virtual time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { organisation, wednesday } from "../drills/organisation.ts";
import { countOf } from "../drills/reading.ts";
import { createWorld, type World } from "../drills/world.ts";
import { isRefusal } from "../kernel/refusal.ts";

const why = { reason: "she knows the cables" };

function held(t: { name: string }): [World, string] {
  const on = createWorld({ seed: t.name, start: wednesday, directory: organisation });
  const id = on.open("ana", { title: "Slow network", service: "billing" });
  assert.ok(!isRefusal(id));
  assert.equal(on.command(id, "cleo", { name: "accept", input: {} }), null);
  return [on, id];
}
const news = (on: World, who: string): string[] =>
  on
    .mailbox(who)
    .map(({ about }) => about)
    .filter((about) => about.startsWith("workstream-"));
const open = (title: string, person?: string) =>
  ({ name: "open-workstream", input: { title, purpose: "a link", ...(person && { person }) } }) as const;
const lead = (on: World, id: string) => on.case(id).incident.workstreams?.map((one) => one.lead.id);

test("offered, accepted: each hears of the other's act; without an answer the offer ends and both hear it once", (t) => {
  const [on, id] = held(t);
  assert.equal(on.command(id, "cleo", open("Cabling", "dan")), null);
  assert.deepEqual([news(on, "dan"), lead(on, id)], [["workstream-offered"], ["cleo"]]);
  on.advance(16);
  assert.deepEqual(
    [news(on, "dan"), news(on, "cleo")],
    [["workstream-offered", "workstream-expired"], ["workstream-expired"]],
  );
  assert.equal(
    on.command(id, "cleo", { name: "offer-workstream", input: { workstream: 1, person: "dan" } }, why),
    null,
  );
  assert.equal(on.command(id, "dan", { name: "accept-workstream", input: { workstream: 1 } }), null);
  assert.deepEqual([lead(on, id), news(on, "cleo").at(-1)], [["dan"], "workstream-taken"]);
  on.advance(30);
  assert.equal(countOf(on, id, "workstream.offer-ended"), 1);
});

test("one of which nothing is heard is raised once, to whoever coordinates and whoever leads it", (t) => {
  const [on, id] = held(t);
  on.command(id, "cleo", { name: "confirm-priority", input: { impact: 2, urgency: 2 } });
  on.command(id, "cleo", open("Cabling", "dan"));
  on.command(id, "dan", { name: "accept-workstream", input: { workstream: 1 } });
  on.advance(29);
  assert.equal(countOf(on, id, "workstream.stale"), 0);
  on.advance(2);
  assert.equal(countOf(on, id, "workstream.stale"), 1);
  assert.deepEqual([news(on, "cleo").at(-1), news(on, "dan").at(-1)], ["workstream-stale", "workstream-stale"]);
  on.advance(300);
  assert.equal(countOf(on, id, "workstream.stale"), 1);
  on.command(id, "dan", { name: "update-workstream", input: { workstream: 1, status: "under-way", text: "on it" } });
  on.advance(31);
  assert.equal(countOf(on, id, "workstream.stale"), 2);
});

test("whoever leads what waited for another hears that it has ended", (t) => {
  const [on, id] = held(t);
  on.command(id, "cleo", open("Pumps"));
  on.command(id, "cleo", open("Cabling", "dan"));
  on.command(id, "dan", { name: "accept-workstream", input: { workstream: 2 } });
  const waits = { workstream: 2, status: "blocked", text: "water in the shaft", on: 1 } as const;
  assert.equal(on.command(id, "dan", { name: "update-workstream", input: waits }), null);
  on.command(id, "cleo", { name: "finish-workstream", input: { workstream: 1, outcome: "done", text: "dry" } });
  assert.equal(news(on, "dan").at(-1), "workstream-free");
});
