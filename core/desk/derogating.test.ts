/** What the desk itself says of an act above somebody's level: who of that level was called, and since when they were silent. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { organisation, wednesday } from "../drills/organisation.ts";
import { lastOf } from "../drills/reading.ts";
import { createWorld } from "../drills/world.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { minuteMs, toIso } from "../kernel/time.ts";

const derogation = { reason: "Nobody of level 4 answers" };

test("whoever was called and is silent is named, of the level that it takes alone, since when they were called first", (t) => {
  const on = createWorld({ seed: t.name, start: wednesday, directory: organisation });
  const id = on.open("ben", { title: "Pay does not go out", service: "billing" });
  assert.ok(!isRefusal(id));
  assert.equal(on.command(id, "ben", { name: "assign", input: { person: "dan" } }), null);
  on.advance(12);
  assert.equal(on.command(id, "ben", { name: "accept", input: {} }), null);
  const declare = { name: "declare-major", input: {} } as const;
  assert.equal(on.command(id, "ben", declare, { reason: "11,400 pays", derogation }), null);
  const { data, recordedAt } = lastOf(on, id, "derogation.used");
  const silent = [{ name: "Dan", since: toIso(wednesday) }];
  assert.deepEqual(data, { command: "declare-major", needed: 4, silent }, "Ana of level 2 was called as well");
  assert.equal(recordedAt, toIso(wednesday + 12 * minuteMs));
});

test("nobody was called: so it says", (t) => {
  const on = createWorld({ seed: t.name, start: wednesday, directory: organisation });
  const id = on.open("ben", { title: "Pay does not go out" });
  assert.ok(!isRefusal(id));
  const declare = { name: "declare-major", input: {} } as const;
  assert.equal(on.command(id, "ben", declare, { reason: "11,400 pays", derogation }), null);
  assert.deepEqual(lastOf(on, id, "derogation.used").data, { command: "declare-major", needed: 4, silent: [] });
});
