/** Who says that it works again, in which capacity, and what the recovery is confirmed on. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyDefinition } from "../directory/category-process.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { wordsOfRestoration, wordWanted } from "./confirming-restored.ts";
import { decideIncident } from "./decide.ts";
import type { IncidentEvent } from "./events.ts";
import { accepted, ana, bare, ben, by, cleo, eve, given, restored, stateAfter } from "./given.ts";

const relapsed: IncidentEvent = { type: "service.relapsed", data: { text: null, because: "declared" } };
const taken = accepted("cleo");
const asking = (confirmedBy: "owner" | "owner-or-users" | undefined): IncidentEvent => ({
  type: "incident.categorised",
  data: {
    categories: ["flood"],
    processes: [{ ...emptyDefinition, category: "flood", version: 1, confirmedBy }],
  },
});
const works = { working: true, text: null };
const fails = { working: false, text: "The screen stays empty" };
const done = { text: "backlog cleared", notNeeded: false };

test("anybody admitted says whether it works, in the capacity that they have", () => {
  const one = given(taken, restored);
  const says = (who: typeof eve, input: object, as: string) =>
    one
      .when(by(who, "confirm-restored", { ...works, ...input }))
      .thenFacts((facts) =>
        assert.deepEqual(bare(facts), [{ type: "restoration.confirmed", data: { text: null, as } }]),
      );
  says(eve, {}, "user");
  says(eve, { owns: true }, "owner");
  says(cleo, {}, "responder");
  says(cleo, { owns: true }, "owner");
  given(taken)
    .when(by(eve, "confirm-restored", works))
    .thenRefused("not-restored");
  one.when(by(eve, "confirm-restored", { working: false, text: " " })).thenRefused("symptom-required");
  one.when(by(eve, "confirm-restored", fails)).thenFacts((facts, state) => {
    assert.deepEqual(bare(facts), [{ type: "restoration.contested", data: { text: fails.text, as: "user" } }]);
    assert.equal(state.milestones.restored !== undefined, true, "it moves no date");
  });
});

test("one press that arrived twice is one word", () => {
  const once: IncidentEvent = { type: "restoration.confirmed", data: { text: null, as: "user" } };
  const now = stateAfter(taken, restored);
  const words = [
    {
      id: "eve",
      name: "EVE",
      as: "user",
      working: true,
      text: null,
      at: by(eve, "confirm-restored", works).envelope.at,
    },
  ] as const;
  const twice = (input: object) => {
    const decided = decideIncident(
      { ...now, restorationWords: words },
      by(eve, "confirm-restored", { ...works, ...input }),
    );
    assert.ok(!isRefusal(decided));
    return bare(decided);
  };
  assert.deepEqual(twice({}), []);
  assert.deepEqual(twice({ text: "it does" }), [{ ...once, data: { text: "it does", as: "user" } }]);
});

test("where nobody asks for a word, recovery is confirmed without; where one is asked for, it waits for it", () => {
  given(taken, asking(undefined), restored)
    .when(by(cleo, "confirm-recovery", done))
    .thenFacts((_, state) => assert.ok(state.milestones.recovered));
  const one = given(taken, asking("owner-or-users"), restored);
  one.when(by(cleo, "confirm-recovery", done)).thenRefused("restoration-unconfirmed");
  one.when(by(cleo, "confirm-recovery", { ...done, notNeeded: true })).thenRefused("restoration-unconfirmed");
  one
    .when(by(cleo, "confirm-recovery", { ...done, confirmedBy: "Eve, by telephone" }))
    .thenFacts((facts) => assert.deepEqual(bare(facts)[0]?.data, { ...done, confirmedBy: "Eve, by telephone" }));
});

const said = (working: boolean, as: "owner" | "user" | "responder"): IncidentEvent =>
  working
    ? { type: "restoration.confirmed", data: { text: null, as } }
    : { type: "restoration.contested", data: { text: "empty", as } };

test("whose word counts is what the process asks; whoever holds the incident confirms nothing to themselves", () => {
  const wanted = (by: "owner" | "owner-or-users", ...events: IncidentEvent[]) =>
    wordWanted(stateAfter(taken, asking(by), restored, ...events));
  assert.equal(wanted("owner-or-users", said(true, "user")), null);
  assert.equal(wanted("owner-or-users", said(true, "responder")), "owner-or-users");
  assert.equal(wanted("owner", said(true, "user")), "owner");
  assert.equal(wanted("owner", said(true, "owner")), null);
});

test("a word given before a relapse counts no more", () => {
  const state = stateAfter(taken, asking("owner"), restored, said(true, "owner"), relapsed, restored);
  assert.deepEqual([wordsOfRestoration(state), wordWanted(state)], [[], "owner"]);
});

test("while it does not work for somebody, nobody's word is enough, until they say otherwise or somebody is named", () => {
  const step = (state: ReturnType<typeof stateAfter>, ...[who, input]: [typeof eve, typeof fails | typeof works]) => {
    const facts = decideIncident(state, by(who, "confirm-restored", input));
    assert.ok(!isRefusal(facts));
    return facts;
  };
  const start = stateAfter(taken, asking("owner-or-users"), restored);
  const events = [...step(start, ana, works), ...step(start, eve, fails)];
  const both = given(taken, asking("owner-or-users"), restored, ...bare(events));
  /* By their stamps all of these are of the desk: one person, who said last that it fails. */
  both.when(by(cleo, "confirm-recovery", done)).thenRefused("restoration-contested");
  both
    .when(by(cleo, "confirm-recovery", { ...done, confirmedBy: "Eve, at her desk" }))
    .thenFacts((_, state) => assert.ok(state.milestones.recovered));
  given(taken, asking("owner-or-users"), restored, said(false, "user"), said(true, "user"))
    .when(by(cleo, "confirm-recovery", done))
    .thenFacts((_, state) => assert.ok(state.milestones.recovered));
  given(taken, restored, said(false, "user"))
    .when(by(ben, "confirm-recovery", done, { derogation: { reason: "alone" } }))
    .thenFacts((_, state) => assert.ok(state.milestones.recovered, "where nobody asks for a word, it is only shown"));
});

const askedOf = (
  number: number,
  who: { name: string; address: string; personId?: string; owns?: true },
): IncidentEvent => ({
  type: "contribution.asked",
  data: {
    ...{ number, kind: "working", text: "Is it back?", context: null, choices: ["yes", "no", "partly"] },
    ...{ language: "en", until: "2027-01-01T00:00:00Z", forwardable: false, everyHours: 0, reminders: 0 },
    ...who,
    personId: who.personId ?? null,
  },
});
const answeredBy = (number: number, name: string, choice: string): IncidentEvent => ({
  type: "contribution.answered",
  data: { number, kind: "working", name, choice, text: null, attachmentId: null, file: null, correction: false },
});
const sam = { name: "Sam", address: "sam@example.org" };

test("an answer by a link is a user's word, once service is back", () => {
  const words = (...events: IncidentEvent[]) =>
    wordsOfRestoration(stateAfter(taken, askedOf(1, sam), ...events)).map(({ name, as, working }) => [
      name,
      as,
      working,
    ]);
  assert.deepEqual(words(restored, answeredBy(1, "Sam", "yes")), [["Sam", "user", true]]);
  assert.deepEqual(words(restored, answeredBy(1, "Sam", "partly")), [["Sam", "user", false]]);
  assert.deepEqual(
    words(answeredBy(1, "Sam", "yes"), restored),
    [],
    "said before it came back, it says nothing of now",
  );
});

test("by a link one answers in the capacity that one has: as owner, or as whoever holds the incident", () => {
  const after = (who: Parameters<typeof askedOf>[1]) =>
    stateAfter(taken, asking("owner-or-users"), askedOf(1, who), restored, answeredBy(1, who.name, "yes"));
  const holder = after({ name: "CLEO", address: "cleo@example.org", personId: "cleo" });
  assert.deepEqual([wordsOfRestoration(holder)[0]?.as, wordWanted(holder)], ["responder", "owner-or-users"]);
  const owner = after({ name: "EVE", address: "eve@example.org", personId: "eve", owns: true });
  assert.deepEqual([wordsOfRestoration(owner)[0]?.as, wordWanted(owner)], ["owner", null]);
});

test("two who are called alike are two: the word of one does not undo that of the other", () => {
  const other = { ...sam, address: "sam.two@example.org" };
  const events = [
    askedOf(1, sam),
    askedOf(2, other),
    restored,
    answeredBy(1, "Sam", "no"),
    answeredBy(2, "Sam", "yes"),
  ];
  given(taken, asking("owner-or-users"), ...events)
    .when(by(cleo, "confirm-recovery", done))
    .thenRefused("restoration-contested");
});

test("a machine confirms nothing", () => {
  const machine = { ...eve, kind: "integration" as const };
  given(taken, restored)
    .when(by(machine, "confirm-restored", works))
    .thenFacts((facts) => assert.deepEqual(bare(facts)[0]?.data, { text: null, as: "responder" }));
});
