/** Given what happened, when the directory is changed, then these pages go elsewhere. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Directory } from "../desk/directory.ts";
import { minuteMs } from "../kernel/time.ts";
import { plainSchedule } from "../oncall/schedule.ts";
import { byId, organisation, rota, rotation, standardPolicy, wednesday } from "./organisation.ts";
import { isOutOfHours } from "./replay.ts";
import { knownAt, type PastFact, type PastPaging, pagingsOf } from "./replay-history.ts";
import { addParts, countOf, emptyPart, quantile } from "./replay-parts.ts";
import { type ReplayPart, replayAll } from "./replay-sum.ts";

const minutes = (count: number): number => wednesday + count * minuteMs;
const incident = { id: "i1", number: "INC-2026-000001", serviceId: "billing" };
const fact = (type: string, at: number, part: Partial<PastFact> = {}): PastFact => ({
  type,
  at: minutes(at),
  personId: null,
  priority: null,
  categories: [],
  reason: null,
  assigned: [],
  ...part,
});
/** Ana is called, and answers after three minutes. */
const anaAnswers = [
  fact("priority.proposed", 0, { priority: 2 }),
  fact("paging.started", 0, { reason: "registered" }),
  fact("page.requested", 0, { personId: "ana" }),
  fact("assignment.accepted", 3, { personId: "ana" }),
  fact("paging.stopped", 3),
  fact("incident.resolved", 60),
];
/** Ana says nothing, Cleo answers two minutes after she is called. */
const cleoAnswers = [
  fact("paging.started", 0, { reason: "registered" }),
  fact("page.requested", 0, { personId: "ana" }),
  fact("page.requested", 10, { personId: "cleo" }),
  fact("assignment.accepted", 12, { personId: "cleo" }),
  fact("paging.stopped", 12),
  fact("incident.resolved", 60),
];

const withPolicy = (policy: Partial<typeof standardPolicy>): Directory => ({
  ...organisation,
  policies: byId({ ...standardPolicy, ...policy }),
});
const withTurns = (participants: readonly (string | null)[]): Directory => ({
  ...organisation,
  schedules: byId(plainSchedule(rota.id, rota.name, { ...rotation, participants })),
});

const given = (...facts: readonly PastFact[]) => ({
  when: (changed: Directory) => ({
    thenTold: (check: (part: ReplayPart) => void) =>
      check(replayAll(pagingsOf(incident, facts, minutes(500)), organisation, changed)),
  }),
});
const told = ({ differences }: ReplayPart) =>
  differences.map(({ kind, before, after, because }) => [kind, before?.personId, after?.personId, because]);

test("given Ana answered, when her turn is Ben's, then her page goes to him, who does not answer, and Cleo is called anew", () => {
  given(...anaAnswers)
    .when(withTurns(["ben", "ana"]))
    .thenTold((part) => {
      assert.deepEqual(told(part).slice(0, 2), [
        ["someone-else", "ana", "ben", "turn"],
        ["new", undefined, "cleo", "answered-later"],
      ]);
      assert.deepEqual(part.unanswered, { before: 0, after: 1 });
      assert.equal(part.pages.before, 1);
      assert.equal(part.pages.after, 4, "two steps, twice, until an hour has gone");
    });
});

test("given Cleo answered, when the first step waits less, then she is called sooner, and asked sooner", () => {
  const [first, ...others] = standardPolicy.steps;
  assert.ok(first);
  given(...cleoAnswers)
    .when(withPolicy({ steps: [{ ...first, timeoutMinutes: 4 }, ...others] }))
    .thenTold((part) => {
      assert.deepEqual(told(part), [["moved", "cleo", "cleo", "step"]]);
      assert.equal(quantile(part.delays.before, 0.5), 10 * minuteMs);
      assert.equal(quantile(part.delays.after, 0.5), 4 * minuteMs);
    });
});

test("given Cleo answered, when she is called first, then Ana's page goes to her, and the second is no longer sent", () => {
  given(...cleoAnswers)
    .when(withPolicy({ steps: [...standardPolicy.steps].reverse() }))
    .thenTold((part) =>
      assert.deepEqual(told(part), [
        ["someone-else", "ana", "cleo", "step"],
        ["unsent", "cleo", undefined, "answered-sooner"],
      ]),
    );
});

test("when nobody has the turn, then the next step is called at once, and the list says who was missing", () => {
  given(...cleoAnswers)
    .when(withTurns([null]))
    .thenTold((part) => {
      assert.deepEqual(told(part)[0], ["someone-else", "ana", "cleo", "unreached"]);
      assert.deepEqual(part.differences[0]?.missed, [{ step: 0, target: "Rota", reason: "nobody-on-call" }]);
    });
});

test("when the policy reaches nobody at all, then its pages go to nobody, though administrators are the last resort", () => {
  const lonely = { ...withTurns([null]), policies: withPolicy({ steps: standardPolicy.steps.slice(0, 1) }).policies };
  given(...anaAnswers)
    .when(lonely)
    .thenTold((part) => {
      assert.deepEqual(told(part)[0], ["nobody", "ana", "root", "unreached"]);
      assert.equal(countOf(part.differences, "nobody"), 1);
      assert.equal(countOf(part.differences, "new"), 0);
    });
});

test("whoever declined declines again, as long after they are called", () => {
  given(
    fact("paging.started", 0, { reason: "registered" }),
    fact("page.requested", 0, { personId: "ana" }),
    fact("assignment.declined", 1, { personId: "ana" }),
    fact("page.requested", 1, { personId: "cleo" }),
    fact("assignment.accepted", 2, { personId: "cleo" }),
  )
    .when(withPolicy({ repeat: 3 }))
    .thenTold((part) => {
      assert.deepEqual(part.differences, []);
      assert.deepEqual(part.delays.before, [[minuteMs, 1]]);
    });
});

test("an incident that was assigned calls whom it was assigned to, and then by the policy as it would be", () => {
  given(
    fact("paging.started", 0, { reason: "assigned", assigned: ["dan"] }),
    fact("page.requested", 0, { personId: "dan" }),
    fact("incident.resolved", 15),
  )
    .when(withTurns(["ben"]))
    .thenTold((part) => assert.deepEqual(told(part), [["someone-else", "ana", "ben", "turn"]]));
});

test("a paging that begins anew ends the one before, and the last resort is none of its own", () => {
  const pagings = pagingsOf(
    incident,
    [
      ...anaAnswers.slice(0, 3),
      fact("paging.started", 5, { reason: "policy-reached-nobody" }),
      fact("priority.confirmed", 6, { priority: 4 }),
      fact("paging.started", 8, { reason: "assigned", assigned: ["dan"] }),
    ],
    minutes(500),
  );
  assert.deepEqual(
    pagings.map((past) => [past.startedAt, past.endsAt, knownAt(past, past.startedAt).priority]),
    [
      [minutes(0), minutes(8), 2],
      [minutes(8), minutes(500), 4],
    ],
  );
});

test("given a P4 that is found to be a P1, when the second step is for P1 and P2, then it is called, and for a P4 it is not", () => {
  const [first, second] = standardPolicy.steps;
  assert.ok(first && second);
  const changed = withPolicy({ steps: [first, { ...second, when: { priorities: [1, 2] } }], repeat: 0 });
  const p4 = [fact("priority.proposed", 0, { priority: 4 }), ...cleoAnswers];
  given(...p4)
    .when(changed)
    .thenTold((part) => {
      assert.deepEqual(told(part), [["unsent", "cleo", undefined, "no-more-steps"]]);
      assert.deepEqual(part.differences[0]?.missed, [{ step: 1, target: "", reason: "not-priority" }]);
    });
  given(...p4.slice(0, 3), fact("priority.confirmed", 5, { priority: 1 }), ...p4.slice(3))
    .when(changed)
    .thenTold((part) => assert.deepEqual(told(part), []));
});

test("given Ana answered and then Cleo too, when both are wanted, then Cleo is called all the same and counts as the answer", () => {
  const [first, second] = standardPolicy.steps;
  assert.ok(first && second);
  const both = [
    ...anaAnswers.slice(0, 4),
    fact("page.requested", 10, { personId: "cleo" }),
    fact("assignment.accepted", 12, { personId: "cleo" }),
    fact("paging.stopped", 12),
    fact("incident.resolved", 60),
  ];
  given(...both)
    .when(withPolicy({ steps: [{ ...first, acknowledgements: 2 }, second] }))
    .thenTold((part) => {
      assert.deepEqual(told(part), [["new", undefined, "cleo", "answered-later"]]);
      assert.deepEqual(part.unanswered, { before: 0, after: 0 });
      assert.deepEqual([quantile(part.delays.before, 1), quantile(part.delays.after, 1)], [0, 3 * minuteMs]);
    });
});

/** Cleo asks the legal function, Eve takes it four minutes later. */
const eveTakesIt = [
  ...anaAnswers.slice(0, 5),
  fact("escalation.requested", 10, { escalation: 1, to: "legal" }),
  fact("paging.started", 10, { escalation: 1, reason: "escalated" }),
  fact("page.requested", 10, { escalation: 1, personId: "eve" }),
  fact("escalation.acknowledged", 14, { escalation: 1, personId: "eve" }),
  fact("paging.stopped", 14, { escalation: 1 }),
  fact("incident.resolved", 60),
];

test("an escalation is a paging of its own: who takes the incident answers none of it, and its end ends both", () => {
  const unanswered = eveTakesIt.filter(
    ({ escalation, type }) => escalation !== 1 || type !== "escalation.acknowledged",
  );
  const pagings = pagingsOf(
    incident,
    unanswered.with(-2, fact("priority.confirmed", 20, { priority: 1 })),
    minutes(500),
  );
  assert.deepEqual(
    pagings.map((past) => [past.escalation?.to ?? null, past.startedAt, past.endsAt, past.answers.length]),
    [
      [null, minutes(0), minutes(60), 1],
      ["legal", minutes(10), minutes(60), 0],
    ],
  );
  assert.equal(pagings[1] && knownAt(pagings[1], minutes(30)).priority, 1);
});

test("given Eve took an escalation, when the function has somebody else, then it goes to them and nobody takes it", () => {
  given(...eveTakesIt)
    .when({ ...organisation, functions: byId({ id: "legal", nameFr: "L", nameEn: "L", members: ["dan"] }) })
    .thenTold((part) => {
      assert.deepEqual(told(part).slice(0, 1), [["someone-else", "eve", "dan", "step"]]);
      assert.equal(part.differences[0]?.escalation, 1);
      assert.deepEqual([part.pagings, part.unanswered], [2, { before: 0, after: 1 }]);
      assert.deepEqual(part.delays.before, [[0, 2]]);
    });
});

test("given an escalation by a policy, when its schedule gives the turn to Ben, then he is called instead of Ana", () => {
  given(
    fact("escalation.requested", 0, { escalation: 1, to: "standard" }),
    fact("paging.started", 0, { escalation: 1, reason: "escalated" }),
    fact("page.requested", 0, { escalation: 1, personId: "ana" }),
    fact("escalation.returned", 5, { escalation: 1, personId: "ana" }),
  )
    .when(withTurns(["ben", "ana"]))
    .thenTold((part) => assert.deepEqual(told(part), [["someone-else", "ana", "ben", "turn"]]));
});

test("given a team that was called together, when the turn of its rota is Ben's, then he is called, and its members as before", () => {
  const charter = {
    ...{ mandate: { fr: "m", en: "m" }, roles: [], people: 2, minutes: 15, deputy: null, contact: null },
    rota: { kind: "schedule", id: rota.id },
  } as const;
  const called = { team: "ops", name: "Operations", charter };
  const together = { escalation: 1 };
  const facts = [
    fact("team.activated", 0, { ...together, called }),
    fact("paging.started", 0, { ...together, reason: "activated" }),
    fact("page.requested", 0, { ...together, personId: "ana" }),
    fact("team.left", 2, { ...together, personId: "ana" }),
    fact("service.restored", 4),
    fact("team.stood-down", 40, together),
  ];
  const [one, ...others] = pagingsOf(incident, facts, minutes(500));
  assert.deepEqual([one?.team?.name, one?.declined.length, one?.endsAt, others], ["Operations", 1, minutes(40), []]);
  given(...facts)
    .when(withTurns(["ben", "ana"]))
    .thenTold((part) => {
      assert.deepEqual(told(part)[0], ["someone-else", "ana", "ben", "turn"]);
      assert.deepEqual([part.differences[0]?.team, part.differences[0]?.escalation], ["Operations", null]);
    });
});

test("when a step calls in turn, then each is called one after the other, and the rest are told that it was not their turn", () => {
  const network = { kind: "team", id: "network" } as const;
  const step = { targets: [network], timeoutMinutes: 30 };
  const both = withPolicy({ steps: [step], repeat: 0 });
  const turns = withPolicy({ steps: [{ ...step, inTurn: true }], repeat: 0 });
  const pasts = [0, 100, 200].flatMap((from) =>
    pagingsOf(
      { ...incident, id: `i${from}`, number: `INC-${from}` },
      [fact("paging.started", from, { reason: "registered" }), fact("incident.resolved", from + 20)],
      minutes(500),
    ),
  );
  const part = replayAll(pasts, both, turns);
  assert.deepEqual(part.pages, { before: 6, after: 3 });
  assert.deepEqual(told(part), [
    ["unsent", "cleo", undefined, "in-turn"],
    ["unsent", "ben", undefined, "in-turn"],
    ["unsent", "cleo", undefined, "in-turn"],
  ]);
});

test("a category that somebody said stands before any that is proposed later", () => {
  const [past] = pagingsOf(
    incident,
    [
      ...anaAnswers.slice(0, 3),
      fact("category.proposed", 1, { categories: ["security"] }),
      fact("incident.categorised", 2, { categories: ["major"] }),
      fact("category.proposed", 3, { categories: ["security"] }),
    ],
    minutes(500),
  );
  assert.ok(past);
  assert.deepEqual(
    [0, 1, 2, 3].map((at) => knownAt(past, minutes(at)).categories),
    [[], ["security"], ["major"], ["major"]],
  );
});

test("what goes on is replayed until now, and no further", () => {
  const [started] = anaAnswers.slice(1, 2);
  assert.ok(started);
  const side = organisation;
  const part = replayAll(pagingsOf(incident, [started], minutes(12)), side, side);
  assert.deepEqual(part.pages, { before: 2, after: 2 });
});

test("somebody who came uncalled ends it whenever they came", () => {
  const [past] = pagingsOf(
    incident,
    [...anaAnswers.slice(0, 3), fact("assignment.accepted", 7, { personId: "dan" }), fact("paging.stopped", 7)],
    minutes(500),
  );
  assert.deepEqual(past?.answers, []);
  assert.equal(past?.endsAt, minutes(7));
});

test("nights and week-ends are those of where a person lives", () => {
  const at = (text: string): number => Date.parse(text);
  assert.equal(isOutOfHours(at("2026-10-07T18:00:00Z"), "America/Montreal"), false);
  assert.equal(isOutOfHours(at("2026-10-07T18:00:00Z"), "Asia/Tokyo"), true);
  assert.equal(isOutOfHours(at("2026-10-08T09:59:00Z"), "America/Montreal"), true);
  assert.equal(isOutOfHours(at("2026-10-10T16:00:00Z"), "America/Montreal"), true);
});

const minute = fc.integer({ min: 0, max: 90 * 24 * 60 });
const who = fc.constantFrom("ana", "ben", "cleo", "dan", "stranger");
const reply = fc.record({ personId: who, afterMs: fc.integer({ min: 0, max: 60 }).map((count) => count * minuteMs) });
const pasts: fc.Arbitrary<PastPaging> = fc
  .record({
    startedAt: minute.map(minutes),
    priority: fc.constantFrom(1 as const, 3 as const, null),
    serviceId: fc.constantFrom("billing", "unknown", null),
    assigned: fc.array(who, { maxLength: 2 }),
    answers: fc.array(reply, { maxLength: 3 }),
    declined: fc.array(reply, { maxLength: 2 }),
    lasts: fc.integer({ min: 0, max: 120 }),
  })
  .map(({ serviceId, lasts, priority, ...past }) => ({
    ...past,
    learned: [{ at: past.startedAt, about: { priority, categories: [], service: serviceId } }],
    reason: "registered" as const,
    incident: { ...incident, serviceId },
    endsAt: past.startedAt + lasts * minuteMs,
  }));

test("an unchanged directory changes nothing, whether or not it calls in turn", () => {
  fc.assert(
    fc.property(fc.array(pasts, { maxLength: 20 }), fc.boolean(), (all, inTurn) => {
      const network = { kind: "team", id: "network" } as const;
      const [first, ...rest] = standardPolicy.steps;
      const team = { targets: [network], timeoutMinutes: 10, inTurn };
      const directory = withPolicy({ steps: first ? [team, first, ...rest] : [team] });
      const part = replayAll(all, directory, { ...directory });
      assert.deepEqual(part.differences, []);
      assert.equal(part.pages.before, part.pages.after);
      assert.deepEqual(part.delays.before, part.delays.after);
      for (const one of part.outOfHours) assert.equal(one.before, one.after);
    }),
  );
});

test("every page is accounted for, and pieces add up to the whole", () => {
  const changed = withTurns([null, "dan"]);
  fc.assert(
    fc.property(fc.array(pasts, { maxLength: 20 }), fc.nat(20), (all, cut) => {
      const [before, after] = [organisation, changed];
      const whole = replayAll(all, before, after);
      const pieces = [all.slice(0, cut), all.slice(cut)].map((some) => replayAll(some, before, after));
      const sum = pieces.reduce<ReplayPart>(addParts, emptyPart);
      assert.deepEqual(sum.pages, whole.pages);
      assert.deepEqual(sum.differences, whole.differences);
      assert.equal(quantile(sum.delays.after, 0.9), quantile(whole.delays.after, 0.9));
      const [nobody, unsent, fresh] = (["nobody", "unsent", "new"] as const).map((kind) =>
        countOf(whole.differences, kind),
      );
      if (nobody === 0) assert.equal(whole.pages.after - whole.pages.before, (fresh ?? 0) - (unsent ?? 0));
    }),
  );
});
