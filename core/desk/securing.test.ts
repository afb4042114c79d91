/** What handing evidence over causes, with the whole desk under virtual time: who is told, and what leaves the desk of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { organisation, wednesday } from "../drills/organisation.ts";
import { createWorld, type World } from "../drills/world.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { saidOf } from "./securing.ts";

const why = { reason: "to be read in the laboratory" };

function kept(t: { name: string }): [World, string] {
  const on = createWorld({ seed: t.name, start: wednesday, directory: organisation });
  const id = on.open("ana", { title: "Odd logins", service: "billing" });
  assert.ok(!isRefusal(id));
  const input = { description: "Disk of the clerk", place: "Safe 2" };
  assert.equal(on.secure(id, "cleo", { name: "register-evidence", input }), null);
  return [on, id];
}

const handTo = (person: string) => ({ name: "hand-over-evidence", input: { evidence: 1, person } }) as const;
const told = (on: World, who: string): string[] =>
  on
    .mailbox(who)
    .map(({ about }) => about)
    .filter((about) => about === "evidence-handed");

test("whoever is to receive it is told, and has it once they say so", (t) => {
  const [on, id] = kept(t);
  assert.equal(on.secure(id, "cleo", handTo("dan"), why), null);
  assert.equal(told(on, "dan").length, 1);
  assert.equal(on.case(id).incident.security?.evidence[0]?.keeper.id, "cleo");
  assert.equal(on.secure(id, "dan", { name: "receive-evidence", input: { evidence: 1 } }), null);
  assert.equal(on.case(id).incident.security?.evidence[0]?.keeper.id, "dan");
  assert.equal(told(on, "cleo").length, 0);
});

test("nobody who is unknown or whom the incident does not admit", (t) => {
  const [on, id] = kept(t);
  assert.equal(on.secure(id, "cleo", handTo("nobody"), why)?.refused, "person-unknown");
  assert.equal(on.command(id, "cleo", { name: "restrict", input: {} }, { reason: "suspected" }), null);
  assert.equal(on.secure(id, "cleo", handTo("eve"), why)?.refused, "not-admitted");
  assert.equal(on.secure(id, "eve", handTo("eve"), why)?.refused, "incident-unknown");
});

test("what is red, by itself or by its incident, is named by its number alone in what leaves the desk", () => {
  const item = { number: 2, description: "Disk of the clerk", tlp: null };
  assert.equal(saidOf(item, { tlp: "amber" }), "E-2. Disk of the clerk");
  assert.equal(saidOf({ ...item, tlp: "red" }, { tlp: "amber" }), "E-2");
  assert.equal(saidOf(item, { tlp: "red" }), "E-2");
});
