/** What categories ask of an incident: gathered, settled, confirmed, and asked anew when an end was none. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isReady, openQuestions } from "./demands.ts";
import type { IncidentEvent } from "./events.ts";
import { asking, bare, because, by, categorised, cleo, given, life, restored, stateAfter } from "./given.ts";
import { missingToClose } from "./missing.ts";

const asked: IncidentEvent = { type: "incident.categorised", data: { categories: ["complex"], processes: [asking] } };
const settled = { text: null, notNeeded: false };
const told: IncidentEvent = { type: "criterion.confirmed", data: { criterion: "told", ...settled } };
const cleared: IncidentEvent = { type: "recovery.item-completed", data: { item: "backlog", ...settled } };

test("the last answer that was needed makes it ready; that nobody knows is an answer; ready once", () => {
  const gathered = { type: "info.gathered", data: { question: "since", answer: null } } as const;
  assert.deepEqual(openQuestions(stateAfter(asked)), ["since"]);
  given(asked)
    .when(by(cleo, "gather", { question: "since", answer: null }))
    .thenFacts((facts) => assert.deepEqual(bare(facts), [gathered, { type: "readiness.reached", data: {} }]));
  const ready = stateAfter(asked, gathered, { type: "readiness.reached", data: {} });
  assert.ok(isReady(ready));
  given(asked, gathered, { type: "readiness.reached", data: {} })
    .when(by(cleo, "gather", { question: "since", answer: "2026-10-07T16:00:00Z" }))
    .thenFacts((facts) =>
      assert.deepEqual(
        bare(facts).map(({ type }) => type),
        ["info.gathered"],
      ),
    );
});

test("without questions it is ready as soon as it is categorised, and not before", () => {
  assert.ok(!isReady(stateAfter()));
  assert.ok(isReady(stateAfter(categorised("low-impact"))));
});

test("an answer fits its question, and only what is asked is answered", () => {
  given(asked)
    .when(by(cleo, "gather", { question: "since", answer: "yesterday" }))
    .thenRefused("answer-does-not-fit");
  given(asked)
    .when(by(cleo, "gather", { question: "who", answer: "x" }))
    .thenRefused("question-unknown");
  given()
    .when(by(cleo, "gather", { question: "since", answer: null }))
    .thenRefused("nothing-asked");
  given(asked)
    .when(by(cleo, "confirm-criterion", { criterion: "x", ...settled }))
    .thenRefused("criterion-unknown");
  given(asked)
    .when(by(cleo, "complete-recovery-item", { item: "x", ...settled }))
    .thenRefused("recovery-item-unknown");
});

test("closing asks for the milestones and for what the categories ask on top", () => {
  assert.deepEqual(missingToClose(stateAfter(...life, asked)), ["told"]);
  given(...life, asked)
    .when(by(cleo, "close", {}))
    .thenRefused("milestones-missing");
  assert.deepEqual(missingToClose(stateAfter(...life, asked, told)), []);
});

test("that a thing does not apply takes a reason", () => {
  const notNeeded = { text: null, notNeeded: true };
  given(asked)
    .when(by(cleo, "confirm-criterion", { criterion: "told", ...notNeeded }))
    .thenRefused("reason-required");
  given(asked)
    .when(by(cleo, "complete-recovery-item", { item: "backlog", ...notNeeded }))
    .thenRefused("reason-required");
  given(asked)
    .when(by(cleo, "confirm-criterion", { criterion: "told", ...notNeeded }, because))
    .thenFacts((facts) => assert.equal(facts.length, 1));
});

test("recovery is confirmed once its list is settled, or where none was needed", () => {
  const confirm = (notNeeded: boolean) => by(cleo, "confirm-recovery", { text: "done", notNeeded });
  given(asked, restored).when(confirm(false)).thenRefused("recovery-items-open");
  given(asked, restored)
    .when(confirm(true))
    .thenFacts((facts) => assert.equal(facts.length, 1));
  given(asked, restored, cleared)
    .when(confirm(false))
    .thenFacts((facts) => assert.equal(facts.length, 1));
});

test("after a relapse, or opened again, what was confirmed of the end is asked anew; answers stay", () => {
  const gathered: IncidentEvent = { type: "info.gathered", data: { question: "since", answer: null } };
  const relapsed: IncidentEvent = { type: "service.relapsed", data: { text: "again", because: "declared" } };
  const again = stateAfter(asked, gathered, restored, told, cleared, relapsed);
  assert.ok(missingToClose(again).includes("told"));
  assert.deepEqual(again.recoveryDone, {});
  assert.deepEqual(openQuestions(again), []);
  const opened = stateAfter(
    ...life,
    asked,
    told,
    { type: "incident.closed", data: { overFiring: 0 } },
    {
      type: "incident.reopened",
      data: {},
    },
  );
  assert.ok(missingToClose(opened).includes("told"));
});

test("an incident keeps what was pinned when it was categorised, and takes the new version when it is again", () => {
  const later = { ...asking, version: 3, criteria: [] };
  assert.deepEqual(stateAfter(asked).demands?.pinned, ["complex@2"]);
  const again = stateAfter(asked, {
    type: "incident.categorised",
    data: { categories: ["complex"], processes: [later] },
  });
  assert.deepEqual([again.demands?.pinned, again.demands?.criteria], [["complex@3"], []]);
});

test("what is touched is a set: said again it says nothing, left out it is taken away", () => {
  const touched: IncidentEvent = { type: "domain.added", data: { domains: ["services", "employees"] } };
  const set = (...domains: string[]) => by(cleo, "set-domains", { domains });
  given(touched)
    .when(set("services", "employees"))
    .thenFacts((facts) => assert.deepEqual(bare(facts), []));
  given(touched)
    .when(set("services", "customers", "customers"))
    .thenFacts((facts) =>
      assert.deepEqual(bare(facts), [
        { type: "domain.added", data: { domains: ["customers"] } },
        { type: "domain.removed", data: { domains: ["employees"] } },
      ]),
    );
  assert.deepEqual(stateAfter(touched, { type: "domain.removed", data: { domains: ["services"] } }).domains, [
    "employees",
  ]);
});
