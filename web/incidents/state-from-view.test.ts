/** The state taken from a view must lead the core to the answers it gives on the state it folded itself. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { whyNot } from "#core/incidents/decide.ts";
import { missingToClose } from "#core/incidents/missing.ts";
import { stageOf } from "#core/incidents/state.ts";
import { exampleView, nadia, reportedAt } from "./example-view.ts";
import { actorFromMe, stateFromView } from "./state-from-view.ts";

const person = { id: nadia.id, name: nadia.name };

test("stage and what is missing come out as the view says", () => {
  const views = [
    exampleView(),
    exampleView({ stage: "closed" }),
    exampleView({
      stage: "assigned",
      milestones: { reported: reportedAt, registered: reportedAt, assigned: reportedAt },
    }),
  ];
  for (const view of views) assert.equal(stageOf(stateFromView(view)), view.stage);
  assert.deepEqual(missingToClose(stateFromView(exampleView())), exampleView().missing);
});

test("whoever accepted already is told so", () => {
  const state = stateFromView(exampleView({ acceptedBy: person }));
  assert.equal(whyNot(state, "accept", actorFromMe(nadia))?.refused, "already-accepted");
});

test("a member of the assigned team may accept below the level that takes", () => {
  const assigned = { kind: "team", id: "00000000-0000-7000-8000-0000000000bb", name: "Réseau" } as const;
  const junior = { ...nadia, level: 2, teams: [assigned.id] };
  assert.equal(whyNot(stateFromView(exampleView({ assigned })), "accept", actorFromMe(junior)), null);
  assert.equal(whyNot(stateFromView(exampleView()), "accept", actorFromMe(junior))?.refused, "not-asked");
});

test("the pinned process reaches the rules: low impact may be restored at level 3", () => {
  const technician = actorFromMe({ ...nadia, level: 3 });
  const low = exampleView({ categories: ["low-impact"] });
  assert.equal(whyNot(stateFromView(low), "declare-restored", technician), null);
  assert.equal(whyNot(stateFromView(exampleView()), "declare-restored", technician)?.refused, "level-too-low");
});

test("after the end only notes and reopening are left", () => {
  const state = stateFromView(exampleView({ stage: "closed" }));
  const actor = actorFromMe(nadia);
  assert.equal(whyNot(state, "assign", actor)?.refused, "already-closed");
  assert.equal(whyNot(state, "add-observation", actor), null);
  assert.equal(whyNot(state, "reopen", actor), null);
});
