/** What awaits each person of one incident, why it is theirs, and until when; and that nothing stands there which they may not do. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { incidentCommands } from "../directory/responsibility.ts";
import { initialPaging } from "../escalation/paging-state.ts";
import { fold } from "../kernel/decider.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { minuteMs } from "../kernel/time.ts";
import type { Actor } from "../kernel/vocabulary.ts";
import { type AwaitingFacts, awaitedOf, bySoonest } from "./awaiting.ts";
import type { IncidentCommand } from "./commands.ts";
import { decideIncident, incidentDecider, whyNot } from "./decide.ts";
import type { IncidentEvent } from "./events.ts";
import {
  accepted,
  ana,
  anyInput,
  assessing,
  at,
  because,
  ben,
  by,
  categorised,
  cleo,
  closed,
  dan,
  eve,
  life,
  paged,
  pinning,
  registered,
  restored,
  stateAfter,
} from "./given.ts";
import type { IncidentState } from "./state.ts";

const days = { zone: "UTC", weekdays: [1, 2, 3, 4, 5], closedOn: [] };
const facts: AwaitingFacts = { paging: initialPaging, due: null, owns: false, daysOf: () => days };
const owning: AwaitingFacts = { ...facts, owns: true };

/** As it is after these, which must all be done. */
function then(state: IncidentState, ...commands: IncidentCommand[]): IncidentState {
  return commands.reduce((before, command) => {
    const said = decideIncident(before, command);
    assert.ok(!isRefusal(said), `${command.name}: ${JSON.stringify(said)}`);
    return fold(incidentDecider.evolve, before, said);
  }, state);
}
const named = ({ id, name, level }: Actor) => ({ id: id ?? "", name, level });
const awaits = (state: IncidentState, who: Actor, known = facts) =>
  awaitedOf(state, who, known).map(({ command, why, number }) => [command, why, number]);

test("whoever is called has it to accept, until the next are called; nobody else has", () => {
  const state = stateAfter(registered, paged);
  const until = at + 5 * minuteMs;
  const page = { pageId: "p1", personId: "ana", status: "sent" } as never;
  const paging = { ...initialPaging, status: "running", nextAt: until, pages: [page] } as const;
  assert.deepEqual(awaitedOf(state, ana, { ...facts, paging }), [
    { command: "accept", number: null, about: null, why: "called", until, target: null },
  ]);
  assert.deepEqual(awaits(state, ben, { ...facts, paging }), []);
  assert.deepEqual(awaits(stateAfter(registered, paged, accepted("cleo")), ana), [], "somebody has it");
});

test("what is offered by name waits for its addressee alone, until the offer falls", () => {
  const state = then(
    stateAfter(registered, accepted("cleo")),
    by(cleo, "offer-coordination", { person: "ben", to: named(ben) }, because),
    by(cleo, "open-workstream", { title: "Cables", purpose: "p", person: "ben", to: named(ben), due: null }),
  );
  const [offer] = awaitedOf(state, ben, facts);
  assert.deepEqual([offer?.command, offer?.why, offer?.until], ["accept-coordination", "offered", state.offer?.until]);
  assert.deepEqual(awaits(state, ben).slice(1), [["accept-workstream", "offered", 1]]);
  const led = then(state, by(ben, "accept-workstream", { workstream: 1 }));
  assert.deepEqual(awaits(led, ben).slice(1), [["update-workstream", "yours", 1]]);
  const passed = then(led, by(ben, "offer-workstream", { workstream: 1, person: "ana", to: named(ana) }, because));
  assert.deepEqual(awaits(passed, ana), [["accept-workstream", "offered", 1]]);
  assert.deepEqual(awaits(passed, eve), []);
});

test("a task waits for whoever owns it, whatever their level, until it is due", () => {
  const due = new Date(at + 60 * minuteMs).toISOString();
  const task = { text: "Fetch a card", person: "eve", due, to: named(eve) };
  const state = then(stateAfter(registered, accepted("cleo")), by(cleo, "add-task", task));
  const [one] = awaitedOf(state, eve, facts);
  assert.deepEqual(
    [one?.command, one?.why, one?.about, one?.until],
    ["complete-task", "yours", "Fetch a card", at + 60 * minuteMs],
  );
  assert.deepEqual(awaits(then(state, by(eve, "complete-task", { task: 1, text: null })), eve), []);
});

test("an escalation waits for whom it names; the owner's for the owner", () => {
  const paging = (personId: string) => ({ ...paged, data: { ...paged.data, personId } }) as IncidentEvent;
  const escalate = (to: string) =>
    then(
      stateAfter(registered, paging(to), accepted("cleo")),
      by(cleo, "escalate", { kind: "functional", to, expected: "a card" }, because),
    );
  assert.deepEqual(awaits(escalate("ben"), ben), [["acknowledge-escalation", "addressed", 1]]);
  assert.deepEqual(awaits(escalate("ben"), dan), [], "a level alone makes it nobody's");
  assert.deepEqual(awaits(escalate("owner"), dan, owning), [["acknowledge-escalation", "owner", 1]]);
});

test("what a level decides waits for all who have it, and for nobody below", () => {
  const proposed: IncidentEvent[] = [
    { type: "major.proposed", data: { criteria: [] } },
    { type: "flag.proposed", data: { flag: "serious", criteria: [] } },
  ];
  const state = stateAfter(registered, accepted("ana", false), ...proposed);
  assert.deepEqual(awaits(state, ben), []);
  assert.deepEqual(awaits(state, cleo), [["declare-major", "level", null]]);
  assert.deepEqual(awaits(state, dan), [
    ["declare-major", "level", null],
    ["raise-flag", "level", null],
  ]);
  const raised = then(state, by(dan, "raise-flag", { flag: "serious" }, because));
  assert.deepEqual(awaits(raised, dan).slice(1), [["take-investigation", "level", null]]);
  assert.deepEqual(awaits(then(raised, by(dan, "take-investigation", {})), dan).slice(1), []);
});

test("a closure and a derogation wait for somebody of level 5 who did neither", () => {
  const [first, , ...rest] = life;
  const checked = stateAfter(first ?? registered, pinning("major"), ...rest, closed);
  assert.deepEqual(awaits(checked, dan), [["accept-closure", "level", null]]);
  assert.deepEqual(awaits(checked, cleo), []);
  const alone = { ...because, derogation: { reason: "nobody answers" } };
  const state = then(stateAfter(registered, accepted("ben")), by(ben, "declare-major", {}, alone));
  assert.deepEqual(
    awaits(state, dan).filter(([command]) => command === "review-derogation"),
    [["review-derogation", "level", 1]],
  );
});

test("the owner of a service says whether it works where that is asked for, once", () => {
  const state = stateAfter(registered, pinning("major"), accepted("cleo"), restored);
  assert.deepEqual(awaits(state, eve, owning), [["confirm-restored", "owner", null]]);
  assert.deepEqual(awaits(state, eve), [], "who owns nothing is not asked");
  const said = then(state, by(eve, "confirm-restored", { working: false, text: "Empty", owns: true }));
  assert.deepEqual(awaits(said, eve, owning), []);
  assert.deepEqual(awaits(stateAfter(registered, accepted("cleo"), restored), eve, owning), [], "nobody asks for it");
});

test("what one coordinates stays there, by its first target", () => {
  const due = { kind: "restore", dueAt: at + minuteMs } as const;
  const state = stateAfter(registered, categorised("complex"), accepted("cleo"));
  assert.deepEqual(awaitedOf(state, cleo, { ...facts, due }), [
    { command: null, number: null, about: null, why: "holds", until: due.dueAt, target: "restore" },
  ]);
  assert.deepEqual(awaits(state, dan, { ...facts, due }), []);
  assert.deepEqual(awaits(stateAfter(registered, accepted("cleo"), closed), cleo, { ...facts, due }), []);
});

test("what a law wants told first awaits whoever has the incident, and whoever assessed it, of level 4", () => {
  const state = then(
    stateAfter(registered, accepted("ben")),
    by(dan, "assess-obligation", assessing),
    by(dan, "date-obligation", { law: "dora", fact: "classified", at: "2026-10-07T17:00:00.000Z" }, because),
  );
  const owed = (who: Actor) => awaitedOf(state, who, facts).filter(({ command }) => command === "record-submission");
  const [one, ...others] = owed(dan);
  assert.deepEqual([one?.why, one?.about, others], ["holds", "dora", []]);
  assert.ok(one?.until !== null && one !== undefined && one.until > at);
  assert.deepEqual(owed(ben), [], "level 3 may not record it");
  assert.deepEqual(owed(cleo), [], "nor is it everybody's of that level");
});

test("of a restricted incident nothing awaits whom it does not admit", () => {
  const state = then(
    stateAfter(registered, accepted("cleo"), { type: "major.proposed", data: { criteria: [] } }),
    by(cleo, "restrict", { also: [] }, because),
  );
  assert.deepEqual(awaits(state, dan), []);
});

test("whatever was done, nothing awaits anybody that they may not do, and nothing stands twice", () => {
  const people = [eve, ana, ben, cleo, dan];
  const acts = fc.array(fc.tuple(fc.constantFrom(...people), fc.constantFrom(...incidentCommands)), { maxLength: 30 });
  fc.assert(
    fc.property(acts, fc.boolean(), (done, owns) => {
      let state = stateAfter(registered);
      for (const [who, name] of done) {
        const said = decideIncident(state, by(who, name, anyInput[name] as never, because));
        if (!isRefusal(said)) state = fold(incidentDecider.evolve, state, said);
        for (const reader of people) {
          const all = awaitedOf(state, reader, { ...facts, owns });
          for (const { command, number } of all)
            assert.ok(command === null || whyNot(state, command, reader, number ?? undefined) === null, command ?? "");
          assert.equal(new Set(all.map(({ command, number }) => `${command} ${number}`)).size, all.length);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("what is due first stands first; what has no time, by weight", () => {
  const lines = [
    { until: null, priority: 2 as const },
    { until: at + 1, priority: 5 as const },
    { until: null, priority: 1 as const },
    { until: at, priority: null },
  ];
  assert.deepEqual(
    lines.toSorted(bySoonest).map(({ until, priority }) => [until, priority]),
    [
      [at, null],
      [at + 1, 5],
      [null, 1],
      [null, 2],
    ],
  );
});
