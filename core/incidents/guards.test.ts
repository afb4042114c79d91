/** What holds for every command: dates, reasons, derogations, the end, and the stage that is shown. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type IncidentCommandName,
  incidentCommands,
  obligationCommands,
  restrictingCommands,
  sfia8,
} from "../directory/responsibility.ts";
import { fold } from "../kernel/decider.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { dayMs, hourMs, minuteMs, toIso } from "../kernel/time.ts";
import { type Actor, endedStages, milestones, stages } from "../kernel/vocabulary.ts";
import { futureToleranceMinutes, lateEntryDaysMax } from "./acting.ts";
import { decideIncident, incidentDecider, whyNot } from "./decide.ts";
import type { IncidentEvent } from "./events.ts";
import {
  type Around,
  accepted,
  actor,
  ana,
  anyInput,
  at,
  because,
  ben,
  by,
  cleo,
  closed,
  dan,
  eve,
  given,
  life,
  pinning,
  registered,
  restored,
  stateAfter,
} from "./given.ts";
import { missingToClose } from "./missing.ts";
import { initialIncident, stageOf } from "./state.ts";

const any = (who: Actor, name: IncidentCommandName, around: Around = {}) => by(who, name, anyInput[name], around);

test("a late entry dates the milestone when it happened, and says when it was written", () => {
  const occurredAt = at - 3 * hourMs;
  given(registered)
    .when(any(cleo, "declare-restored", { occurredAt }))
    .thenFacts((facts, state) => {
      assert.deepEqual([facts[0]?.stamp.occurredAt, facts[0]?.stamp.recordedAt], [occurredAt, at]);
      assert.deepEqual([state.milestones.restored, state.updatedAt], [occurredAt, at]);
    });
});

test("a date in the future or too long ago is refused for every command; a clock a little ahead is not", () => {
  const tooFar = at + futureToleranceMinutes * minuteMs + 1;
  const tooOld = at - lateEntryDaysMax * dayMs - 1;
  for (const name of incidentCommands) {
    const on =
      name === "reopen" ? given(...life, closed) : given({ type: "incident.assigned", data: { person: "dan" } });
    on.when(any(dan, name, { occurredAt: tooFar, ...because })).thenRefused("occurred-in-future");
    on.when(any(dan, name, { occurredAt: tooOld, ...because })).thenRefused("occurred-too-long-ago");
  }
  for (const occurredAt of [tooFar - 1, tooOld + 1]) {
    given()
      .when(any(cleo, "declare-restored", { occurredAt }))
      .thenFacts((_, state) => assert.equal(state.milestones.restored, occurredAt));
  }
});

test("what only makes sense after something is not dated before it; anything else may be", () => {
  const early = { occurredAt: at - 2 * minuteMs - 1, ...because };
  const late = { occurredAt: at - 2 * minuteMs, ...because };
  const relapsed = given(registered, restored, { type: "observation.noted", data: { text: "t" } });
  relapsed.when(any(ben, "declare-relapse", early)).thenRefused("occurred-out-of-order");
  relapsed
    .when(any(ben, "declare-relapse", late))
    .thenFacts((facts) => assert.equal(facts[0]?.stamp.occurredAt, late.occurredAt));
  const again = given(registered, restored, { type: "service.relapsed", data: { text: "t", because: "declared" } });
  for (const name of ["declare-restored", "declare-resolved"] as const) {
    again.when(any(cleo, name, { occurredAt: at - minuteMs - 1 })).thenRefused("occurred-out-of-order");
    again.when(any(cleo, name, { occurredAt: at - minuteMs })).thenFacts((facts) => assert.ok(facts.length > 0));
  }
  const ended = given(...life, closed, { type: "observation.noted", data: { text: "t" } });
  ended
    .when(any(cleo, "reopen", early))
    .thenRefused("occurred-out-of-order", ({ values }) =>
      assert.deepEqual(values, { after: "2026-10-07T17:58:00.000Z" }),
    );
  ended.when(any(cleo, "reopen", late)).thenFacts((facts) => assert.equal(facts.length, 1));
  /* The last of its milestones, in whatever order they were reached: documentation, a minute ago. */
  given(...life)
    .when(any(cleo, "close", { occurredAt: at - minuteMs - 1 }))
    .thenRefused("occurred-out-of-order");
  given(...life)
    .when(any(cleo, "close", { occurredAt: at - minuteMs }))
    .thenFacts((_, state) => assert.equal(state.milestones.closed, at - minuteMs));
  given()
    .when(any(cleo, "declare-restored", { occurredAt: at - hourMs }))
    .thenFacts((_, state) => assert.ok((state.milestones.restored ?? at) < (state.milestones.reported ?? 0)));
});

test("reasons are required where people will ask why", () => {
  const needReason: IncidentCommandName[] = ["dismiss", "override-priority", "decline", "escalate", "reopen"];
  for (const name of needReason) {
    const on =
      name === "reopen" ? given(...life, closed) : given({ type: "incident.assigned", data: { person: "dan" } });
    for (const around of [{}, { reason: "" }, { reason: " \n" }])
      on.when(any(dan, name, around)).thenRefused("reason-required");
    on.when(any(dan, name, because)).thenFacts((facts) => assert.equal(facts.at(-1)?.stamp.reason, because.reason));
  }
});

test("any command may carry a reason, and the record keeps it", () => {
  given(registered)
    .when(any(ana, "categorise", because))
    .thenFacts((facts) => assert.equal(facts[0]?.stamp.reason, because.reason));
});

test("level 2 does a level 4 act by derogation, and the record says so with the level then", () => {
  const called = [
    { name: "Cleo", level: 4, since: at - 1_000 },
    { name: "Ben", level: 3, since: at - 2_000 },
  ] as const;
  const derogation = { reason: "nobody of level 4 answers", called };
  given(registered)
    .when(any(ana, "declare-restored", { derogation }))
    .thenFacts((facts) => {
      assert.deepEqual(
        facts.map((fact) => fact.type),
        ["derogation.used", "service.restored"],
      );
      assert.deepEqual(facts[0]?.data, {
        ...{ command: "declare-restored", needed: 4 },
        silent: [{ name: "Cleo", since: toIso(at - 1_000) }],
      });
      for (const { stamp } of facts) assert.deepEqual([stamp.level, stamp.derogation], [2, derogation.reason]);
    });
  given().when(any(ana, "declare-restored")).thenRefused("level-too-low");
  given().when(any(eve, "declare-restored")).thenRefused("level-missing");
  given()
    .when(any(eve, "declare-restored", { derogation }))
    .thenRefused("derogation-not-possible");
  for (const reason of ["", "  "])
    given()
      .when(any(ana, "declare-restored", { derogation: { reason } }))
      .thenRefused("reason-required");
});

test("a derogation that was not needed is not used", () => {
  given()
    .when(any(cleo, "declare-restored", { derogation: { reason: "in doubt" } }))
    .thenFacts((facts) => {
      assert.deepEqual(
        facts.map((fact) => [fact.type, fact.stamp.derogation]),
        [["service.restored", null]],
      );
    });
});

test("a derogation changes who may act and nothing else", () => {
  const derogation = { reason: "nobody of level 4 answers" };
  given()
    .when(any(ana, "close", { derogation }))
    .thenRefused("milestones-missing");
  given(...life, closed)
    .when(any(ana, "declare-restored", { derogation }))
    .thenRefused("already-closed");
  given()
    .when(any(ana, "accept", { derogation }))
    .thenRefused("not-asked");
  given(accepted("ben"))
    .when(any(ana, "merge", { derogation }))
    .thenFacts((facts) => assert.deepEqual(facts[0]?.data, { command: "merge", needed: 4, silent: [] }));
});

test("the record keeps the role held then", () => {
  given(accepted("cleo"))
    .when(any(cleo, "add-observation"))
    .thenFacts((facts) => assert.equal(facts[0]?.stamp.role, "coordinator"));
  given(accepted("ana", false))
    .when(any(ana, "add-observation"))
    .thenFacts((facts) => assert.equal(facts[0]?.stamp.role, "responder"));
  given(accepted("cleo"))
    .when(any(ben, "add-observation"))
    .thenFacts((facts) => assert.equal(facts[0]?.stamp.role, null));
});

test("what has ended refuses everything but notes, and reopening unless it was merged", () => {
  const ends: [IncidentEvent, "already-closed" | "already-dismissed" | "already-merged"][] = [
    [closed, "already-closed"],
    [{ type: "incident.dismissed", data: {} }, "already-dismissed"],
    [{ type: "incident.merged", data: { into: "other", intoNumber: "INC-2026-000008" } }, "already-merged"],
  ];
  for (const [end, code] of ends) {
    for (const name of incidentCommands) {
      const asked: IncidentEvent = { type: "incident.assigned", data: { person: "dan" } };
      const outcome = given(asked, ...life, end).when(any(dan, name, because));
      const ofClosed: readonly string[] = ["accept-closure", "return-closure", "request-reopen"];
      const checks = code === "already-closed" && ofClosed.includes(name);
      if (name === "add-observation" || checks || (name === "reopen" && code !== "already-merged"))
        outcome.thenFacts((facts) => assert.equal(facts.length, 1));
      else if ([...restrictingCommands, ...obligationCommands, "link", "unlink"].some((one) => one === name)) continue;
      else if (name === "review-derogation") outcome.thenRefused("derogation-unknown");
      else if (name === "accept-closure" || name === "return-closure") outcome.thenRefused("nothing-to-check");
      else if (name === "decline-reopen") outcome.thenRefused("reopening-not-requested");
      else outcome.thenRefused(name === "reopen" || name === "request-reopen" ? "not-closed" : code);
    }
  }
});

test("urgent work may skip ahead: every command that asks for no earlier step is done on a bare report", () => {
  const askEarlier: IncidentCommandName[] = [
    "decline",
    "leave",
    "decline-coordination",
    "withdraw-coordination",
    "fill-role",
    "release-role",
    "assign-task",
    "complete-task",
    "cancel-task",
    "revise-period",
    "offer-workstream",
    "accept-workstream",
    "decline-workstream",
    "update-workstream",
    "finish-workstream",
    "unlink",
    "split",
    "acknowledge-escalation",
    "return-escalation",
    "end-escalation",
    "confirm-help",
    "dismiss-help",
    "join-team",
    "leave-team",
    "stand-down-team",
    "declare-relapse",
    "confirm-restored",
    "add-evidence",
    "confirm-hypothesis",
    "rule-out-hypothesis",
    "gather",
    "complete-recovery-item",
    "confirm-criterion",
    "stand-down-major",
    "lower-flag",
    "take-investigation",
    "lift-restriction",
    "grant-access",
    "revoke-access",
    "resume-clock",
    "date-obligation",
    "describe-obligation",
    "record-submission",
    "withhold-notice",
    "close",
    "accept-closure",
    "return-closure",
    "review-derogation",
    "reopen",
    "request-reopen",
    "decline-reopen",
  ];
  for (const name of incidentCommands.filter((one) => !askEarlier.includes(one)))
    given()
      .when(any(dan, name, because))
      .thenFacts((facts) => assert.ok(facts.length > 0));
});

test("what was skipped is missing, and may be filled in later in any order", () => {
  const shuffled = fc.shuffledSubarray(life, { minLength: life.length, maxLength: life.length });
  fc.assert(
    fc.property(shuffled, (events) => {
      assert.deepEqual(missingToClose(stateAfter(...events)), []);
    }),
  );
});

test("the stage is the furthest fact reached", () => {
  const reached = (...names: string[]) => ({
    ...initialIncident,
    milestones: Object.fromEntries(names.map((name) => [name, at])),
  });
  const expected: [string[], string][] = [
    [["reported"], "reported"],
    [["reported", "prioritised"], "reported"],
    [["reported", "registered"], "registered"],
    [["categorised"], "categorised"],
    [["assigned"], "assigned"],
    [["assigned", "accepted"], "investigating"],
    [["accepted", "prioritised"], "diagnosing"],
    [["accepted", "prioritised", "diagnosed"], "resolving"],
    [["diagnosed"], "resolving"],
    [["restored"], "restored"],
    [["restored", "resolved"], "resolved"],
    [["resolved", "documented"], "resolved"],
  ];
  for (const [names, stage] of expected) assert.equal(stageOf(reached(...names)), stage, names.join("+"));
  assert.equal(stageOf({ ...reached("resolved"), recoveryStarted: true }), "recovering");
  assert.equal(stageOf({ ...reached("restored"), recoveryStarted: true }), "restored");
});

test("the stage is total over every combination of milestones, and an end only when it has ended", () => {
  for (let bits = 0; bits < 2 ** milestones.length; bits++) {
    const reached = Object.fromEntries(milestones.filter((_, i) => bits & (1 << i)).map((name) => [name, at]));
    for (const recoveryStarted of [false, true]) {
      const stage = stageOf({ ...initialIncident, milestones: reached, recoveryStarted });
      assert.ok(stages.includes(stage) && !endedStages.includes(stage), stage);
      for (const ended of ["closed", "dismissed", "merged"] as const)
        assert.equal(stageOf({ ...initialIncident, milestones: reached, recoveryStarted, ended }), ended);
    }
  }
});

const people = [eve, ana, ben, cleo, dan, actor("zoe", 5, { admin: true })];
const step = fc.record({
  who: fc.constantFrom(...people),
  name: fc.constantFrom(...incidentCommands),
  reason: fc.constantFrom(undefined, "because"),
  derogates: fc.boolean(),
  minutesAgo: fc.integer({ min: 0, max: 600 }),
});

/** For what its form names, among several that it could have named. */
const ofChoice: ReadonlySet<string> = new Set([
  "restoration-contested",
  "restoration-unconfirmed",
  "symptom-required",
  "obligation-not-assessed",
  "obligations-full",
  "major-stands",
  "flag-already",
  "not-flagged",
  "already-coordinates",
  "role-held",
  "role-not-held",
  "task-over",
  "task-not-yours",
  "workstream-over",
  "workstream-not-yours",
  "workstream-not-offered",
  "workstream-twice",
  "workstream-unknown",
  "already-leads",
  "already-linked",
  "not-linked",
  "task-unknown",
  "nothing-changes",
  "period-length",
  "period-out-of-order",
  "period-unknown",
  "team-active",
  "merge-restricted",
]);

test("whatever people do: dates are consistent, closure was complete, and what a button promises is true", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let state = stateAfter();
      for (const { who, name, reason, derogates, minutesAgo } of steps) {
        const around = {
          ...(reason ? { reason } : {}),
          ...(derogates ? { derogation: { reason: "alone" } } : {}),
          occurredAt: at - minutesAgo * minuteMs,
        };
        const told = whyNot(state, name, who);
        const decided = decideIncident(state, any(who, name, around));
        if (told !== null && !derogates) assert.ok(isRefusal(decided), `${name}: ${told.refused}, but it was done`);
        const early = isRefusal(decided) && decided.refused === "occurred-out-of-order";
        const chosen = isRefusal(decided) && ofChoice.has(decided.refused);
        if (told === null && reason) assert.ok(early || chosen || !isRefusal(decided), `${name} was promised`);
        if (isRefusal(decided)) continue;
        if (name === "close") assert.deepEqual(missingToClose(state), []);
        state = fold(incidentDecider.evolve, state, decided);
        assert.equal(stageOf(state) === "closed", state.ended === "closed");
        const { closed: end = Number.POSITIVE_INFINITY, ...before } = state.milestones;
        assert.ok(Math.max(...Object.values(before)) <= end, "nothing is dated after its closure");
        assert.equal(state.milestones.closed !== undefined, state.ended === "closed");
        if (state.milestones.restored !== undefined) assert.ok(state.firstRestored !== null);
        if (state.ended !== null) assert.ok(endedStages.includes(stageOf(state)));
      }
    }),
    { numRuns: 300 },
  );
});

test("restored in a low-impact incident stays refused to level 3 once its category has changed", () => {
  const low = pinning("low-impact");
  const major = pinning("major");
  assert.equal(whyNot(stateAfter(low), "declare-restored", ben), null);
  assert.equal(whyNot(stateAfter(low, major), "declare-restored", ben)?.refused, "level-too-low");
  assert.equal(whyNot(stateAfter(pinning("low-impact", "complex")), "declare-restored", ben)?.refused, "level-too-low");
  assert.equal(whyNot(stateAfter(restored), "declare-relapse", ben), null);
  assert.ok(sfia8.commands["declare-relapse"].kind === "level");
});
