/** Links between incidents, and what is taken out of one, as the decider of one sees them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { linkKinds } from "../kernel/vocabulary.ts";
import type { IncidentEvent } from "./events.ts";
import { bare, because, ben, by, cleo, given, life, linkable, registered, stateAfter } from "./given.ts";
import { inverseOf, type LinkTarget } from "./links.ts";

const linked = (kind: "related" | "part-of" | "has-part" = "related", incident = "other"): IncidentEvent => ({
  type: "incident.linked",
  data: { incident, number: "INC-2026-000008", kind },
});
const said =
  (...events: IncidentEvent[]) =>
  (facts: Parameters<typeof bare>[0]): void =>
    assert.deepEqual(bare(facts), events);
const to = (kind: Parameters<typeof inverseOf>[0], target: Partial<LinkTarget> = {}, why: object = because) =>
  by(cleo, "link", { incident: "other", kind, target: { ...linkable, ...target } }, why);

test("each kind has one that says the same from the other side", () => {
  for (const kind of linkKinds) assert.equal(inverseOf(inverseOf(kind)), kind);
});

test("what is said twice, of itself, of an exercise or of nothing known is refused", () => {
  given(registered).when(to("related")).thenFacts(said(linked()));
  given(registered)
    .when(to("related", { itself: true }))
    .thenRefused("link-to-itself");
  given(registered)
    .when(to("related", { exercise: true }))
    .thenRefused("link-exercise-mix");
  given(registered)
    .when(to("related", { linked: "causes" }))
    .thenRefused("already-linked");
  given(registered, linked()).when(to("causes")).thenRefused("already-linked");
  given(registered)
    .when(by(cleo, "link", { incident: "other", kind: "related" }))
    .thenRefused("incident-unknown");
});

test("that one caused another is said with why", () => {
  for (const kind of ["causes", "caused-by"] as const)
    given(registered)
      .when(to(kind, {}, {}))
      .thenRefused("reason-required");
  given(registered)
    .when(to("related", {}, {}))
    .thenFacts(said(linked()));
});

test("a part is part of one whole, and a whole that is a part takes none in, as far as whoever asks sees", () => {
  const [here, there] = [{ isPart: { here: true, there: false } }, { isPart: { here: false, there: true } }];
  given(registered).when(to("part-of", here)).thenRefused("already-part");
  given(registered).when(to("has-part", there)).thenRefused("already-part");
  given(registered).when(to("part-of", there)).thenRefused("whole-is-part");
  given(registered).when(to("has-part", here)).thenRefused("whole-is-part");
  given(registered, linked("part-of", "third"))
    .when(to("part-of"))
    .thenFacts(said(linked("part-of")));
  given(registered, linked("has-part", "third"))
    .when(to("part-of"))
    .thenFacts(said(linked("part-of")));
});

test("no record speaks of one to people whom that one does not admit", () => {
  given(registered)
    .when(to("related", { told: { here: false, there: false } }))
    .thenRefused("link-restricted");
  given(registered)
    .when(to("part-of", { told: { here: false, there: true } }))
    .thenRefused("link-restricted");
  given(registered)
    .when(to("has-part", { told: { here: false, there: true } }))
    .thenFacts(said(linked("has-part")));
});

test("unlinked with why, by level 3", () => {
  const undo = (why: object, who = cleo) => by(who, "unlink", { incident: "other", target: linkable }, why);
  given(registered, linked()).when(undo({})).thenRefused("reason-required");
  given(registered).when(undo(because)).thenRefused("not-linked");
  given(registered, linked())
    .when(undo(because, ben))
    .thenFacts((facts) => assert.equal(bare(facts)[0]?.type, "incident.unlinked"));
});

const task = (number: number, workstream?: number): IncidentEvent => ({
  type: "task.created",
  data: { number, text: "t", personId: "ana", name: "ANA", due: null, ...(workstream && { workstream }) },
});
const stream: IncidentEvent = {
  type: "workstream.opened",
  data: { number: 1, title: "Cabling", purpose: "p", personId: "ben", name: "BEN", team: null, due: null },
};

test("splitting takes what was chosen, with all that is open in a workstream, and leaves the rest", () => {
  const events = [...life.slice(0, 4), stream, task(1), task(2, 1), task(3)];
  const all = { into: "new", intoNumber: "", title: "x", workstream: 1, tasks: [2, 3], alerts: 0 };
  given(...events)
    .when(by(cleo, "split", { title: "x", workstream: 1, tasks: [3], into: "new" }))
    .thenFacts(said({ type: "incident.split", data: all }));
  const state = stateAfter(...events, { type: "incident.split", data: all });
  assert.deepEqual(
    state.tasks?.map(({ status }) => status),
    ["open", "moved", "moved"],
  );
  assert.equal(state.workstreams?.[0]?.status, "split");
  assert.deepEqual([state.links?.[0]?.kind, state.links?.[0]?.workstream], ["has-part", 1]);
});

test("nothing, and what is over or not there, is not split off", () => {
  const split = (input: object) => by(cleo, "split", { title: "x", into: "new", ...input });
  given(registered).when(split({})).thenRefused("split-nothing");
  given(registered)
    .when(split({ tasks: [1] }))
    .thenRefused("task-unknown");
  given(registered)
    .when(split({ workstream: 1 }))
    .thenRefused("workstream-unknown");
  given(...life.slice(0, 4), stream)
    .when(by(ben, "split", { title: "x", workstream: 1 }))
    .thenRefused("level-too-low");
});

test("an incident has so many links, and no more", () => {
  given(registered)
    .when(to("related", { full: true }))
    .thenRefused("links-full");
  given(...life.slice(0, 4), task(1))
    .when(by(cleo, "split", { title: "x", tasks: [1], into: "new", full: true }))
    .thenRefused("links-full");
});
