/** Roles that categories ask for: who may hold each, what closing asks of them, and when one person has too much. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { emptyDefinition } from "../directory/category-process.ts";
import type { IncidentEvent } from "./events.ts";
import { accepted, ana, bare, ben, by, cleo, dan, given, pinning, registered, stateAfter } from "./given.ts";
import { missingToClose } from "./missing.ts";
import { roleMissing, spanMax, tooWide, unfilledRoles } from "./roles.ts";

const whom = (id: string, level: 2 | 3 | 4 | 5 | null = 4) => ({
  person: id,
  to: { id, name: id.toUpperCase(), level },
});
const filled = (role: string, id: string | null, name = (id ?? "").toUpperCase()): IncidentEvent => ({
  type: "role.filled",
  data: { role, personId: id, name },
});
const major = given(registered, pinning("major"), accepted("cleo"));

test("a person takes a role, another takes their place, and the record says that the first left it", () => {
  major.when(by(cleo, "fill-role", { role: "scribe", ...whom("ana", 2) })).thenFacts((facts, state) => {
    assert.deepEqual(bare(facts), [filled("scribe", "ana")]);
    assert.deepEqual([state.roles?.scribe?.holder?.name, state.roles?.scribe?.holder?.by], ["ANA", "CLEO"]);
  });
  const scribe = given(registered, pinning("major"), accepted("cleo"), filled("scribe", "ana"));
  scribe.when(by(cleo, "fill-role", { role: "scribe", ...whom("ana", 2) })).thenRefused("role-held");
  scribe.when(by(cleo, "fill-role", { role: "scribe", ...whom("dan") })).thenFacts((facts) => {
    assert.deepEqual(
      facts.map(({ type }) => type),
      ["role.released", "role.filled"],
    );
  });
  scribe.when(by(cleo, "release-role", { role: "scribe" })).thenFacts((_, state) => {
    assert.equal(state.roles?.scribe?.holder, null);
  });
  major.when(by(cleo, "release-role", { role: "scribe" })).thenRefused("role-not-held");
});

test("somebody without an account holds what anybody may hold, and nothing that takes a level", () => {
  major.when(by(cleo, "fill-role", { role: "customer-liaison", name: " Marc, press office " })).thenFacts((facts) => {
    assert.deepEqual(bare(facts), [filled("customer-liaison", null, "Marc, press office")]);
  });
  major.when(by(cleo, "fill-role", { role: "deputy", name: "Marc" })).thenRefused("holder-level");
  major.when(by(cleo, "fill-role", { role: "scribe" })).thenRefused("holder-required");
  major.when(by(cleo, "fill-role", { role: "scribe", name: "Marc", ...whom("ana") })).thenRefused("holder-required");
});

test("a level is asked of whoever holds a role; in an emergency, a derogation is recorded with its reason", () => {
  const deputy = { role: "deputy", ...whom("ben", 3) };
  major
    .when(by(cleo, "fill-role", deputy))
    .thenRefused("holder-level", ({ values }) => assert.deepEqual(values, { name: "BEN", needed: 4 }));
  const derogation = { reason: "nobody of level 4 is awake" };
  major.when(by(cleo, "fill-role", deputy, { derogation })).thenFacts((facts) => {
    assert.deepEqual(
      facts.map(({ type, stamp }) => [type, stamp.derogation]),
      [
        ["derogation.used", derogation.reason],
        ["role.filled", derogation.reason],
      ],
    );
    assert.deepEqual(facts[0]?.data, { command: "fill-role", needed: 4, silent: [] });
  });
});

test("the coordinator's role is held by coordinating, and what no category asks for by nobody", () => {
  major.when(by(cleo, "fill-role", { role: "coordinator", ...whom("dan") })).thenRefused("role-is-coordination");
  major.when(by(cleo, "release-role", { role: "coordinator" })).thenRefused("role-is-coordination");
  major.when(by(cleo, "fill-role", { role: "juggler", ...whom("dan") })).thenRefused("role-unknown");
  given(registered)
    .when(by(cleo, "fill-role", { role: "scribe", ...whom("dan") }))
    .thenRefused("nothing-asked");
  major.when(by(ana, "fill-role", { role: "scribe", ...whom("dan") })).thenRefused("level-too-low");
  major
    .when(by(ben, "fill-role", { role: "scribe", ...whom("dan") }))
    .thenFacts((facts) => assert.equal(facts.length, 1));
  const unfilled = unfilledRoles(stateAfter(registered, pinning("major"), accepted("cleo"), filled("scribe", "ana")));
  assert.deepEqual(unfilled, ["deputy", "technical-lead", "internal-liaison", "customer-liaison"]);
});

test("closing asks for a role that its category demands until somebody has held it", () => {
  const words = { fr: "f", en: "e" };
  const demanding: IncidentEvent = {
    type: "incident.categorised",
    data: {
      categories: ["complex"],
      processes: [
        {
          ...emptyDefinition,
          category: "complex",
          version: 2,
          roles: [
            { id: "scribe", words, duty: words, level: null, required: true },
            { id: "lead", words, duty: words, level: null },
          ],
        },
      ],
    },
  };
  const missing = (...events: IncidentEvent[]) =>
    missingToClose(stateAfter(registered, demanding, ...events)).filter((one) => one.startsWith("role/"));
  assert.deepEqual(missing(), [roleMissing("scribe")]);
  assert.deepEqual(missing(filled("scribe", "ana")), []);
  const left: IncidentEvent = { type: "role.released", data: { role: "scribe", personId: "ana", name: "ANA" } };
  assert.deepEqual(missing(filled("scribe", "ana"), left), [], "relieved, they have done their part");
});

test("beyond seven people under one coordinator it is said, whatever they do, and nothing is refused", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 14 }), (many) => {
      const tasks = Array.from(
        { length: many },
        (_, place): IncidentEvent => ({
          type: "task.created",
          data: { number: place + 1, text: "t", personId: `p${place}`, name: `P${place}`, due: null },
        }),
      );
      const state = stateAfter(registered, pinning("major"), accepted("cleo"), filled("scribe", "p0", "P0"), ...tasks);
      const people = Math.max(1, many);
      assert.deepEqual(
        tooWide(state),
        people > spanMax ? { person: { id: "cleo", name: "CLEO" }, count: people, of: "people" } : null,
      );
    }),
  );
  const all = ["deputy", "scribe", "technical-lead", "internal-liaison", "customer-liaison"];
  const roles = [...all, "security-lead", "privacy", "legal", "evidence"].map((role) => filled(role, "dan", dan.name));
  const span = tooWide(stateAfter(registered, pinning("major", "security"), accepted("cleo"), ...roles));
  assert.deepEqual(span, { person: { id: "dan", name: "DAN" }, count: 9, of: "roles" });
});
