/** Obligations of an incident: assessed with reasons, dated exactly, submitted by somebody; and nothing else moves what is due. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hourMs, minuteMs, toIso } from "../kernel/time.ts";
import type { Priority } from "../kernel/vocabulary.ts";
import { mondayToFriday } from "../obligations/bound.ts";
import type { WorkingDays } from "../obligations/limit.ts";
import type { CommandInputs } from "./commands.ts";
import type { IncidentEvent } from "./events.ts";
import {
  accepted,
  assessing,
  at,
  bare,
  ben,
  boundTo,
  by,
  cleo,
  closed,
  dan,
  given,
  life,
  registered,
  restored,
  stateAfter,
} from "./given.ts";
import { legalLegsOf, legalSayingsOf, soonestLeg } from "./legal-clocks.ts";
import { fieldValue } from "./obligation-fields.ts";
import { type Obligation, obligationOf } from "./obligations.ts";
import type { IncidentState } from "./state.ts";

const paris: WorkingDays = { zone: "Europe/Paris", weekdays: mondayToFriday, closedOn: [] };
const daysOf = () => paris;

function assessed(law = "dora", more: Partial<CommandInputs["assess-obligation"]> = {}): IncidentEvent {
  const { law: whole, targets } = boundTo(law, more.bound);
  const { version, status, inForceFrom, legs } = whole;
  const said = { outcome: "owed", answers: {}, traits: [], text: "payments stopped", ...more } as const;
  const { bound: _, ...data } = said;
  return {
    type: "obligation.assessed",
    data: {
      ...data,
      law,
      version,
      status,
      inForceFrom,
      traits: [...data.traits],
      legs: [...legs],
      targets: { ...targets },
    },
  };
}
const dated = (fact: string, ago: number, law = "dora"): IncidentEvent => ({
  type: "obligation.dated",
  data: { law, fact, at: toIso(at - ago), was: null, toldBy: null },
});
const submitted = (leg: string, ago: number, law = "dora"): IncidentEvent => ({
  type: "obligation.submitted",
  data: { law, leg, at: toIso(at - ago), by: "Cleo", reference: "R-1", way: null, attachment: null },
});
const one = (state: IncidentState, law = "dora"): Obligation => obligationOf(state, law) ?? assert.fail(law);
const leg = (state: IncidentState, id: string, law = "dora") =>
  legalLegsOf(one(state, law), paris).find((each) => each.leg === id) ?? assert.fail(id);

test("an assessment takes what the law says whole into the record, with its reasons and who decided", () => {
  given(registered)
    .when(by(cleo, "assess-obligation", assessing))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts), [assessed("dora", { answers: assessing.answers })]);
      const { outcome, assessedBy, assessments, version } = one(state);
      assert.deepEqual([outcome, assessedBy.id, assessments, version], ["owed", "cleo", 1, 1]);
    });
});

test("below level 4 nobody assesses, and what the law does not know is refused", () => {
  const on = given(registered);
  on.when(by(ben, "assess-obligation", assessing)).thenRefused("level-too-low");
  const { bound: _, ...unbound } = assessing;
  on.when(by(cleo, "assess-obligation", unbound)).thenRefused("law-not-bound");
  on.when(by(cleo, "assess-obligation", { ...assessing, answers: { "is-it-raining": "yes" } })).thenRefused(
    "question-unknown",
  );
  on.when(by(cleo, "assess-obligation", { ...assessing, traits: ["bank"] })).thenRefused("trait-unknown");
  for (const [name, input] of [
    ["date-obligation", { law: "dora", fact: "aware", at: toIso(at) }],
    ["record-submission", { law: "dora", leg: "initial", at: toIso(at) }],
    ["describe-obligation", { law: "dora", fields: { cause: "x" }, asked: ["cause"] }],
  ] as const)
    on.when(by(cleo, name, input as never)).thenRefused("obligation-not-assessed");
});

test("assessed again, it is requalified: facts, submissions and what was written stay", () => {
  const before = [registered, assessed(), dated("aware", hourMs), submitted("initial", 0)];
  given(...before)
    .when(by(dan, "assess-obligation", { ...assessing, outcome: "not-owed", text: "below the thresholds" }))
    .thenFacts((_, state) => {
      const { outcome, text, assessments, facts, submissions, assessedBy } = one(state);
      assert.deepEqual([outcome, text, assessments, assessedBy.id], ["not-owed", "below the thresholds", 2, "dan"]);
      assert.deepEqual([Object.keys(facts), submissions.length], [["aware"], 1]);
      assert.equal(soonestLeg(state, daysOf), null, "nothing presses any more");
    });
});

test("a fact is dated exactly, on somebody's word; a correction says why, and what was said stays in the record", () => {
  const on = given(registered, assessed(), dated("aware", 5 * hourMs));
  const correction = { law: "dora", fact: "aware", at: toIso(at - 6 * hourMs), toldBy: "the night shift" };
  on.when(by(cleo, "date-obligation", correction)).thenRefused("reason-required");
  on.when(by(cleo, "date-obligation", correction, { reason: "their log says so" })).thenFacts((facts, state) => {
    assert.deepEqual(bare(facts)[0]?.data, { ...correction, was: toIso(at - 5 * hourMs) });
    const { aware } = one(state).facts;
    assert.deepEqual([aware?.at, aware?.toldBy, aware?.corrections], [at - 6 * hourMs, "the night shift", 1]);
    assert.equal(leg(state, "initial").atLatest, at + 18 * hourMs);
  });
  on.when(by(cleo, "date-obligation", { ...correction, at: null }, { reason: "a false alarm" })).thenFacts((_, state) =>
    assert.deepEqual(one(state).facts, {}),
  );
  on.when(by(cleo, "date-obligation", { ...correction, at: toIso(at - 5 * hourMs) })).thenRefused("nothing-changes");
  on.when(by(cleo, "date-obligation", { ...correction, fact: "raining" })).thenRefused("fact-unknown");
  on.when(by(cleo, "date-obligation", { ...correction, at: toIso(at + hourMs) })).thenRefused("occurred-in-future");
});

test("a submission starts what follows it, when it was really made", () => {
  const on = given(registered, assessed(), dated("aware", 10 * hourMs), dated("classified", 8 * hourMs));
  const input = { law: "dora", leg: "initial", at: toIso(at - 5 * hourMs), reference: "ACPR-17", way: "OneGate" };
  on.when(by(cleo, "record-submission", input)).thenFacts((facts, state) => {
    assert.deepEqual(bare(facts)[0]?.data, { ...input, by: "CLEO", attachment: null });
    assert.deepEqual(leg(state, "initial").submitted, { at: at - 5 * hourMs, late: false, withinExtension: false });
    assert.equal(leg(state, "intermediate").pressesAt, at - 5 * hourMs + 72 * hourMs);
  });
  on.when(by(cleo, "record-submission", { ...input, leg: "postcard" })).thenRefused("leg-unknown");
  on.when(by(cleo, "record-submission", { ...input, at: toIso(at + hourMs) })).thenRefused("occurred-in-future");
});

test("a submission is not dated before what starts its leg: a fact, or what was submitted before", () => {
  const send = (leg: string, ago: number) =>
    by(cleo, "record-submission", { law: "dora", leg, at: toIso(at - ago), by: "Cleo" });
  const aware = [registered, assessed(), dated("aware", 10 * hourMs)];
  given(registered, assessed())
    .when(send("initial", 20 * hourMs))
    .thenFacts((facts) => assert.equal(facts.length, 1, "nobody has said yet when it began"));
  given(...aware)
    .when(send("initial", 11 * hourMs))
    .thenRefused("occurred-out-of-order");
  const classified = given(...aware, dated("classified", 2 * hourMs));
  classified
    .when(send("initial", 3 * hourMs))
    .thenFacts((facts) => assert.equal(facts.length, 1, "told before it had to"));
  classified.when(send("initial", 11 * hourMs)).thenRefused("occurred-out-of-order");
  given(...aware)
    .when(send("initial", 10 * hourMs + minuteMs / 2))
    .thenFacts((facts) => assert.equal(facts.length, 1, "a form gives no seconds"));
  const after = given(...aware, submitted("initial", 5 * hourMs));
  after.when(send("intermediate", 6 * hourMs)).thenRefused("occurred-out-of-order");
  after.when(send("intermediate", 4 * hourMs)).thenFacts((facts) => assert.equal(facts.length, 1));
  after
    .when(by(cleo, "record-submission", { law: "dora", leg: "initial", at: toIso(at - 20 * hourMs), withdrawn: true }))
    .thenRefused("nothing-changes");
});

test("what is owed again and again may be written down out of turn, and not before the first report", () => {
  const send = (ago: number) =>
    by(cleo, "record-submission", { law: "qc-amf", leg: "follow-up", at: toIso(at - ago), by: "Cleo" });
  const on = given(
    ...[registered, assessed("qc-amf"), dated("manager-informed", 100 * hourMs, "qc-amf")],
    ...[submitted("report", 90 * hourMs, "qc-amf"), submitted("follow-up", hourMs, "qc-amf")],
  );
  on.when(send(60 * hourMs)).thenFacts((facts) => assert.equal(facts.length, 1));
  on.when(send(95 * hourMs)).thenRefused("occurred-out-of-order");
});

test("the same submission recorded twice is one: a press that arrived twice", () => {
  const on = given(registered, assessed(), submitted("initial", hourMs));
  const same = { law: "dora", leg: "initial", at: toIso(at - hourMs), by: "Cleo" };
  on.when(by(cleo, "record-submission", same)).thenRefused("nothing-changes");
  for (const other of [{ by: "Zoe" }, { at: toIso(at) }, { leg: "intermediate" }])
    on.when(by(cleo, "record-submission", { ...same, ...other })).thenFacts((facts) => assert.equal(facts.length, 1));
});

test("what was recorded by mistake is withdrawn with a reason, and its limit runs again", () => {
  const before = [
    registered,
    assessed("gdpr33"),
    dated("aware", hourMs, "gdpr33"),
    submitted("authority", 0, "gdpr33"),
  ];
  const mistake = { law: "gdpr33", leg: "authority", at: toIso(at), withdrawn: true };
  const on = given(...before);
  on.when(by(cleo, "record-submission", mistake)).thenRefused("reason-required");
  on.when(by(cleo, "record-submission", { ...mistake, at: toIso(at - 1) })).thenRefused("nothing-changes");
  on.when(by(cleo, "record-submission", mistake, { reason: "sent to nobody" })).thenFacts((_, state) => {
    assert.equal(one(state, "gdpr33").submissions.length, 0);
    assert.equal(soonestLeg(state, daysOf)?.dueAt, at + 71 * hourMs);
  });
  assert.equal(soonestLeg(stateAfter(...before), daysOf), null);
});

test("only what the law lets be withheld is, for a reason, and its clock runs on", () => {
  const on = given(registered, assessed("us-sec"), dated("material", hourMs, "us-sec"));
  const hold = { law: "us-sec", legs: ["filing"], authority: "Attorney General" };
  on.when(by(cleo, "withhold-notice", hold)).thenRefused("reason-required");
  const because = { reason: "national security" };
  on.when(by(cleo, "withhold-notice", { ...hold, legs: ["amendment"] }, because)).thenRefused("leg-not-withheld");
  on.when(by(cleo, "withhold-notice", { ...hold, until: toIso(at - hourMs) }, because)).thenRefused("hold-backwards");
  on.when(by(cleo, "withhold-notice", hold, because)).thenFacts((_, state) => {
    const { dueAt, pressesAt, withheld } = leg(state, "filing", "us-sec");
    assert.deepEqual([dueAt !== null, pressesAt, withheld.length], [true, null, 1]);
  });
});

test("after its end an incident is still told of", () => {
  const on = given(...life, closed, assessed());
  on.when(by(cleo, "assess-obligation", assessing)).thenFacts(() => {});
  on.when(by(cleo, "record-submission", { law: "dora", leg: "final", at: toIso(at) })).thenFacts(() => {});
});

test("where the law gives no figure, the organisation's own target presses, and is said to be its own", () => {
  const bound = boundTo("qc-l25", { targets: { commission: 72 } });
  const state = stateAfter(registered, assessed("qc-l25", { bound }), dated("reasons-to-believe", hourMs, "qc-l25"));
  const { standing, dueAt, targetAt, pressesAt } = leg(state, "commission", "qc-l25");
  assert.deepEqual([standing, dueAt, targetAt], ["no-period", null, at + 71 * hourMs]);
  assert.equal(pressesAt, targetAt);
  assert.equal(leg(state, "persons", "qc-l25").pressesAt, null, "none was set for it");
  const { nextAt } = legalSayingsOf(state, daysOf, at);
  assert.equal(nextAt, at - hourMs + 36 * hourMs);
  const told = stateAfter(
    registered,
    assessed("qc-l25", { bound }),
    dated("reasons-to-believe", hourMs, "qc-l25"),
    submitted("commission", 0, "qc-l25"),
  );
  assert.equal(soonestLeg(told, daysOf), null);
});

test("what is not decided presses as if it were owed", () => {
  const state = stateAfter(registered, assessed("gdpr33", { outcome: "unknown" }), dated("aware", hourMs, "gdpr33"));
  assert.equal(soonestLeg(state, daysOf)?.dueAt, at + 71 * hourMs);
});

test("each share is said once, the highest that has passed, and again only of another start", () => {
  const events = [registered, assessed("gdpr33"), dated("aware", 0, "gdpr33")];
  const state = stateAfter(...events);
  const said = (on: IncidentState, hours: number) =>
    legalSayingsOf(on, daysOf, at + hours * hourMs).now.map(({ share }) => share);
  assert.deepEqual([said(state, 35), said(state, 36), said(state, 60), said(state, 72)], [[], [50], [75], [100]]);
  const since = toIso(at);
  const warned: IncidentEvent = {
    type: "obligation.warned",
    data: { law: "gdpr33", leg: "authority", share: 75, since, due: since, own: false },
  };
  const after = stateAfter(...events, warned);
  assert.deepEqual([said(after, 60), said(after, 65)], [[], [90]]);
  const missed: IncidentEvent = {
    type: "obligation.missed",
    data: { law: "gdpr33", leg: "authority", since, due: since, own: false },
  };
  assert.deepEqual(said(stateAfter(...events, missed), 400), []);
});

test("what the record knows of a submission stands until somebody writes it otherwise", () => {
  const state = stateAfter(registered, restored, assessed(), dated("aware", hourMs));
  const known = { incident: state, title: "Mail is down", service: "Mail" };
  const value = (on: Obligation, field: string) => fieldValue(on, field, known);
  assert.deepEqual(value(one(state), "incident-reference"), { value: state.number, at: null, from: "record" });
  assert.deepEqual(value(one(state), "aware-at"), { value: null, at: at - hourMs, from: "record" });
  assert.equal(value(one(state), "recovered-at").at, state.milestones.restored);
  assert.equal(value(one(state), "costs").from, null);
  const input = { law: "dora", fields: { circumstances: "Payments stopped." }, asked: ["circumstances"] };
  given(registered, assessed())
    .when(by(ben, "describe-obligation", input))
    .thenFacts((_, after) => {
      assert.deepEqual(value(one(after), "circumstances"), { value: "Payments stopped.", at: null, from: "written" });
    });
  given(registered, assessed())
    .when(by(ben, "describe-obligation", { ...input, asked: [] }))
    .thenRefused("field-unknown");
});

const moved = fc.constantFrom<IncidentEvent>(
  { type: "priority.overridden", data: { priority: 1 as Priority, proposed: null } },
  { type: "priority.confirmed", data: { impact: 4, urgency: 4, priority: 5 } },
  accepted("cleo"),
  restored,
  { type: "sla.paused", data: { pause: "user", until: toIso(at + hourMs) } },
  closed,
);

test("no priority, no pause and no end of the incident moves what is due by law", () => {
  fc.assert(
    fc.property(fc.array(moved, { maxLength: 6 }), fc.nat(600), (events, minutes) => {
      const began = [registered, assessed("gdpr33")];
      const aware = dated("aware", minutes * minuteMs, "gdpr33");
      const quiet = stateAfter(...began, aware);
      const busy = stateAfter(...began, aware, ...events);
      assert.equal(leg(busy, "authority", "gdpr33").dueAt, leg(quiet, "authority", "gdpr33").dueAt);
      assert.equal(leg(busy, "authority", "gdpr33").dueAt, at - minutes * minuteMs + 72 * hourMs, "to the second");
    }),
  );
});
