/** Need to know: whom a restricted incident admits, what those outside may do (nothing, whatever their level), and that what
 *  somebody holds of it admits them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { can } from "../access/can.ts";
import { maySee } from "../access/restriction.ts";
import { incidentCommands } from "../directory/responsibility.ts";
import { fold } from "../kernel/decider.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { hourMs } from "../kernel/time.ts";
import type { Actor } from "../kernel/vocabulary.ts";
import { accessFacts, decideIncident, incidentDecider } from "./decide.ts";
import type { IncidentEvent } from "./events.ts";
import {
  accepted,
  actor,
  ana,
  anyInput,
  at,
  because,
  ben,
  by,
  cleo,
  dan,
  given,
  past,
  reported,
  stateAfter,
} from "./given.ts";
import {
  admissionOf,
  breakGlass,
  brokenGlassMs,
  isRestricted,
  lapsedAccess,
  membersMax,
  type Party,
} from "./restricting.ts";

const party = (who: Actor): Party => ({ kind: "person", id: who.id ?? "", name: who.name });
const restricted = (...members: Actor[]): IncidentEvent => ({
  type: "access.restricted",
  data: { because: "person", category: null, members: members.map(party) },
});
const network: Party = { kind: "team", id: "network", name: "Network" };

test("whoever restricts it is in, with a reason, and lifting takes level 5", () => {
  given()
    .when(by(ben, "restrict", {}))
    .thenRefused("reason-required");
  given()
    .when(by(ben, "restrict", { also: [party(ana), party(ben)] }, because))
    .thenFacts((_, state) => assert.deepEqual(admissionOf(state), { restricted: true, admitted: ["ben", "ana"] }));
  given(restricted(ben, cleo, dan))
    .when(by(cleo, "lift-restriction", {}, because))
    .thenRefused("level-too-low");
  given(restricted(dan))
    .when(by(dan, "lift-restriction", {}, because))
    .thenFacts((_, state) => assert.equal(isRestricted(state), false));
  given(restricted(ben))
    .when(by(ben, "restrict", {}, because))
    .thenRefused("already-restricted");
  given()
    .when(by(cleo, "grant-access", { to: party(ana) }, because))
    .thenRefused("not-restricted");
});

test("members come and go by name; whoever holds something of it stays, and the last one too", () => {
  given(restricted(cleo))
    .when(by(cleo, "grant-access", { to: network }, because))
    .thenFacts((_, state) => assert.deepEqual(admissionOf(state).admitted, ["cleo", "network"]));
  given(restricted(cleo))
    .when(by(cleo, "grant-access", { to: party(cleo) }, because))
    .thenRefused("already-admitted");
  given(restricted(cleo))
    .when(by(cleo, "grant-access", {}, because))
    .thenRefused("target-required");
  given(restricted(cleo))
    .when(by(cleo, "revoke-access", { to: party(cleo) }, because))
    .thenRefused("last-admitted");
  given(restricted(cleo))
    .when(by(cleo, "revoke-access", { to: party(dan) }, because))
    .thenRefused("not-admitted");
  given(restricted(cleo), accepted("ana"))
    .when(by(cleo, "revoke-access", { to: party(ana) }, because))
    .thenRefused("admitted-by-work");
  given(restricted(cleo, ana))
    .when(by(cleo, "revoke-access", { to: party(ana) }, because))
    .thenFacts((_, state) => assert.deepEqual(admissionOf(state).admitted, ["cleo"]));
});

test("so many by name, and no more", () => {
  const many = Array.from({ length: membersMax }, (_, n) => actor(`p${n}`, 2));
  given(restricted(cleo, ...many.slice(1)))
    .when(by(cleo, "grant-access", { to: party(ana) }, because))
    .thenRefused("members-full");
});

const holds: readonly (readonly [string, IncidentEvent, string])[] = [
  ["who accepted", accepted("ana"), "ana"],
  ["a person assigned", { type: "incident.assigned", data: { person: "ana" } }, "ana"],
  ["a team assigned", { type: "incident.assigned", data: { team: "network" } }, "network"],
  ["a function assigned", { type: "incident.assigned", data: { function: "legal" } }, "legal"],
  ["who holds a role", { type: "role.filled", data: { role: "scribe", personId: "ana", name: "ANA" } }, "ana"],
  [
    "whose task is open",
    { type: "task.created", data: { number: 1, text: "t", personId: "ana", name: "ANA", due: null } },
    "ana",
  ],
  [
    "whom it is escalated to",
    { type: "escalation.requested", data: { kind: "functional", to: "legal", expected: "x", number: 1 } },
    "legal",
  ],
];

for (const [what, fact, id] of holds)
  test(`${what} is admitted by that, before and after it is restricted`, () => {
    for (const facts of [
      [fact, restricted(cleo)],
      [restricted(cleo), fact],
    ])
      assert.ok(admissionOf(stateAfter(...facts)).admitted.includes(id));
  });

test("being called admits, until one is taken off; being named again lets in again", () => {
  const called: IncidentEvent = { type: "incident.assigned", data: { person: "ana" } };
  const moved: IncidentEvent = { type: "incident.assigned", data: { person: "ben" } };
  const off: IncidentEvent = { type: "access.revoked", data: { ...party(ana), because: "removed" } };
  assert.ok(admissionOf(stateAfter(restricted(cleo), called, moved)).admitted.includes("ana"));
  assert.ok(!admissionOf(stateAfter(restricted(cleo), called, moved, off)).admitted.includes("ana"));
  const back: IncidentEvent = { type: "access.granted", data: party(ana) };
  assert.ok(admissionOf(stateAfter(restricted(cleo), called, moved, off, back)).admitted.includes("ana"));
});

test("whoever broke the glass was not taken off when their time is over: being called lets them in", () => {
  const forced: IncidentEvent = {
    type: "access.forced",
    data: { personId: "ana", name: "ANA", until: "2026-10-07T22:00:00Z" },
  };
  const over: IncidentEvent = { type: "access.revoked", data: { ...party(ana), because: "expired" } };
  const called: IncidentEvent[] = [
    { type: "incident.assigned", data: { person: "ana" } },
    { type: "incident.assigned", data: { person: "ben" } },
  ];
  assert.ok(!admissionOf(stateAfter(restricted(cleo), forced, over)).admitted.includes("ana"));
  assert.ok(admissionOf(stateAfter(restricted(cleo), forced, over, ...called)).admitted.includes("ana"));
  const off: IncidentEvent = { type: "access.revoked", data: { ...party(ana), because: "removed" } };
  const again = stateAfter(restricted(cleo), off, forced, over, ...called);
  assert.ok(!admissionOf(again).admitted.includes("ana"), "whom somebody took off stays off");
});

test("what a person lifts, the same category does not restrict again", () => {
  const byRule: IncidentEvent = {
    type: "access.restricted",
    data: { because: "category", category: "security", members: [] },
  };
  const state = stateAfter(byRule, { type: "access.lifted", data: {} });
  assert.deepEqual([isRestricted(state), state.restriction?.seen], [false, ["security"]]);
});

test("one that is restricted merges with none that is not, either way", () => {
  const into = { id: "other", number: "INC-2026-000008", ended: false, exercise: false };
  given(restricted(dan))
    .when(by(dan, "merge", { into }))
    .thenRefused("merge-restricted");
  given()
    .when(by(dan, "merge", { into: { ...into, restricted: true } }))
    .thenRefused("merge-restricted");
  given(restricted(dan))
    .when(by(dan, "merge", { into: { ...into, restricted: true } }))
    .thenFacts((facts) => assert.equal(facts.length, 1));
});

test("the glass lets in for four hours, and what else admits somebody outlasts it", () => {
  const state = stateAfter(restricted(cleo));
  const envelope = { at, actor: dan, cause: { kind: "request" }, reason: "Nobody answers" } as const;
  const facts = breakGlass(state, envelope);
  assert.ok(!isRefusal(facts));
  const broken = fold(incidentDecider.evolve, state, past(...facts));
  assert.ok(admissionOf(broken).admitted.includes("dan"));
  assert.deepEqual(lapsedAccess(broken, at + brokenGlassMs - hourMs), []);
  const over = fold(incidentDecider.evolve, broken, past(...lapsedAccess(broken, at + brokenGlassMs)));
  assert.ok(!admissionOf(over).admitted.includes("dan"));
  const held = fold(incidentDecider.evolve, broken, past({ type: "incident.assigned", data: { person: "dan" } }));
  assert.ok(
    admissionOf(fold(incidentDecider.evolve, held, past(...lapsedAccess(held, at + brokenGlassMs)))).admitted.includes(
      "dan",
    ),
  );
  assert.deepEqual(breakGlass(stateAfter(), envelope), { refused: "glass-not-needed" });
});

const someone = fc.record({
  id: fc.constantFrom("ana", "ben", "cleo", "dan", "zoe"),
  level: fc.constantFrom(null, 2 as const, 3 as const, 4 as const, 5 as const),
  admin: fc.boolean(),
  teams: fc.subarray(["network", "storage"]),
  functions: fc.subarray(["legal"]),
});
const facts = fc.record({
  admitted: fc.subarray(["ana", "ben", "network", "legal"]),
  asked: fc.subarray(["ana", "dan"]),
  restricted: fc.boolean(),
  derogating: fc.boolean(),
});

test("permission and restriction: outside, every command answers as for what is not there; inside, as if it were not restricted", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...incidentCommands),
      someone,
      facts,
      (name, who, { restricted: on, admitted, asked, derogating }) => {
        const one = actor(who.id, who.level, who);
        const open = { ...accessFacts(stateAfter()), asked };
        const admission = { restricted: on, admitted };
        const inside = [who.id, ...who.teams, ...who.functions].some((id) => admitted.includes(id));
        assert.equal(maySee(admission, one), !on || inside);
        const answered = can(name, one, { ...open, admission }, { derogating });
        if (on && !inside) assert.deepEqual(answered, { refused: "incident-unknown" });
        else assert.deepEqual(answered, can(name, one, open, { derogating }));
      },
    ),
  );
});

test("no act of somebody outside leaves anything behind", () => {
  const state = stateAfter(restricted(cleo), accepted("cleo"));
  for (const name of incidentCommands)
    for (const who of [ana, ben, dan, actor("zoe", 5, { admin: true })])
      for (const derogation of [undefined, { reason: "alone" }])
        assert.deepEqual(decideIncident(state, by(who, name, anyInput[name], { ...because, derogation })), {
          refused: "incident-unknown",
        });
  assert.ok(reported);
});

test("a derogation says the level that it took, of a restricted incident too", () => {
  const members: Party[] = [{ kind: "person", id: "ben", name: "BEN" }];
  const restricted: IncidentEvent = { type: "access.restricted", data: { because: "person", category: null, members } };
  const derogation = { reason: "Nobody answers" };
  given(restricted)
    .when(by(ben, "grant-access", { to: { kind: "person", id: "ana", name: "ANA" } }, { ...because, derogation }))
    .thenFacts((facts) => assert.deepEqual(facts[0]?.data, { command: "grant-access", needed: 4, silent: [] }));
});
