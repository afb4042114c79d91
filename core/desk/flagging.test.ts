/** Rules propose that an incident be serious, whoever may say so hears of it, and whoever keeps the service is asked. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, organisation, person, wednesday } from "../drills/organisation.ts";
import { pagesOf } from "../drills/reading.ts";
import { createWorld, type World } from "../drills/world.ts";
import { isRefusal } from "../kernel/refusal.ts";

function opened(t: { name: string }, service = "billing"): [World, string] {
  const on = createWorld({ seed: t.name, start: wednesday, directory: organisation });
  const id = on.open("ana", { title: "Slow network", service });
  assert.ok(!isRefusal(id));
  on.command(id, "cleo", { name: "accept", input: {} });
  return [on, id];
}
const told = (on: World, who: string) =>
  on
    .mailbox(who)
    .map(({ about }) => about)
    .filter((about) => about.startsWith("flag-") || about.startsWith("investigation-"));
const flags = (on: World, id: string) => on.case(id).incident.flags;
const why = { reason: "never seen before" };

test("a major incident is proposed as serious, once, to those of level 5", (t) => {
  const [on, id] = opened(t);
  assert.equal(on.command(id, "cleo", { name: "declare-major", input: {} }, why), null);
  const { serious } = flags(on, id) ?? {};
  assert.deepEqual([serious?.status, serious?.criteria.map((one) => one.id)], ["proposed", ["major-is-serious"]]);
  assert.deepEqual(told(on, "dan"), ["flag-proposed"]);
  assert.deepEqual(told(on, "ana"), []);
  on.command(id, "dan", { name: "lower-flag", input: { flag: "serious" } }, why);
  on.command(id, "cleo", { name: "categorise", input: { categories: ["major", "complex"] } });
  assert.equal(flags(on, id)?.serious?.status, "lowered");
});

test("a complex incident that lasts is proposed as not routine when its time comes", (t) => {
  const [on, id] = opened(t);
  on.command(id, "cleo", { name: "categorise", input: { categories: ["complex"] } });
  on.advance(239);
  assert.equal(flags(on, id)?.["non-routine"], undefined);
  on.advance(2);
  assert.equal(flags(on, id)?.["non-routine"]?.status, "proposed");
});

test("held serious, the owner of its service is asked to acknowledge; whoever has it hears who investigates", (t) => {
  const [on, id] = opened(t);
  const owner = organisation.services.get("billing")?.ownerId;
  assert.ok(owner);
  assert.equal(on.command(id, "dan", { name: "raise-flag", input: { flag: "serious" } }, why), null);
  const asked = () => on.case(id).incident.escalations ?? [];
  const bySomebodyElse = owner !== "dan";
  assert.deepEqual(
    asked().map(({ kind, to, status }) => [kind, to, status]),
    bySomebodyElse ? [["hierarchical", "owner", "requested"]] : [],
  );
  on.command(id, "dan", { name: "raise-flag", input: { flag: "non-routine" } }, why);
  assert.equal(asked().length, bySomebodyElse ? 1 : 0, "not twice while they have not answered");
  assert.equal(on.command(id, "dan", { name: "take-investigation", input: {} }), null);
  assert.deepEqual(told(on, "cleo"), ["investigation-taken"]);
});

test("held so no longer, its owner is asked to acknowledge nothing any more", (t) => {
  const people = byId(...organisation.people.values(), person("ida", 5));
  const on = createWorld({ seed: t.name, start: wednesday, directory: { ...organisation, people } });
  const id = on.open("ana", { title: "Slow network", service: "billing" });
  assert.ok(!isRefusal(id));
  on.command(id, "cleo", { name: "accept", input: {} });
  on.command(id, "cleo", { name: "escalate", input: { kind: "functional", to: "ben", expected: "logs" } }, why);
  const raise = (flag: "serious" | "non-routine") =>
    on.command(id, "ida", { name: "raise-flag", input: { flag } }, why);
  const lower = (flag: "serious" | "non-routine") =>
    on.command(id, "ida", { name: "lower-flag", input: { flag } }, why);
  const statuses = () => on.case(id).incident.escalations?.map(({ status }) => status);
  raise("serious");
  raise("non-routine");
  lower("serious");
  assert.deepEqual(statuses(), ["requested", "requested"], "the other stands");
  lower("non-routine");
  assert.deepEqual(statuses(), ["requested", "ended"]);
  const before = pagesOf(on, "dan");
  on.advance(60);
  assert.equal(pagesOf(on, "dan"), before);
});
