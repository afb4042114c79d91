/** Whoever joined leaves with a reason; whoever coordinates hands over first. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { whyNot } from "./decide.ts";
import type { IncidentEvent } from "./events.ts";
import { accepted, bare, because, ben, by, cleo, closed, given, life, registered, stateAfter } from "./given.ts";

const joins = (personId: string, coordinates = false): IncidentEvent => ({
  type: "assignment.accepted",
  data: { personId, name: personId.toUpperCase(), coordinates, joins: true },
});

test("whoever joined leaves with a reason, and who has it stays", () => {
  given(registered, accepted("cleo"), joins("ben"))
    .when(by(ben, "leave", {}))
    .thenRefused("reason-required");
  given(registered, accepted("cleo"), joins("ben"))
    .when(by(ben, "leave", {}, because))
    .thenFacts((facts, after) => {
      assert.deepEqual(bare(facts), [{ type: "participant.left", data: { personId: "ben", name: "BEN" } }]);
      assert.deepEqual([after.joined, after.acceptedBy?.id, after.coordinator?.id], [[], "cleo", "cleo"]);
    });
  const left: IncidentEvent = { type: "participant.left", data: { personId: "ben", name: "BEN" } };
  const state = stateAfter(registered, accepted("cleo"), joins("ben"), left);
  assert.equal(whyNot(state, "leave", ben)?.refused, "not-joined", "once");
  assert.equal(stateAfter(registered, accepted("cleo"), joins("ben"), left, joins("ben")).joined?.length, 1);
});

test("whoever has it, coordinates it, or never joined does not leave so", () => {
  assert.equal(whyNot(stateAfter(registered, accepted("cleo")), "leave", cleo)?.refused, "not-joined");
  assert.equal(whyNot(stateAfter(registered, accepted("cleo")), "leave", ben)?.refused, "not-joined");
  const leads = stateAfter(registered, accepted("ana", false), joins("ben", true));
  assert.equal(whyNot(leads, "leave", ben)?.refused, "hand-over-first");
  const over: IncidentEvent = {
    type: "coordination.handed-over",
    data: { personId: "cleo", name: "CLEO", from: { id: "ben", name: "BEN" }, how: "offered" },
  };
  assert.equal(
    whyNot(stateAfter(registered, accepted("ana", false), joins("ben", true), over), "leave", ben),
    null,
    "handed over",
  );
  assert.equal(stateAfter(registered, accepted("cleo"), joins("ben"), accepted("ben")).joined?.length, 0, "in charge");
  given(...life, joins("ben"), closed)
    .when(by(ben, "leave", {}, because))
    .thenRefused("already-closed");
});
