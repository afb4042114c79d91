/** Duties to notify are settled, or not: what keeps an incident from being closed, and what is only named. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { dayMs, hourMs, toIso } from "../kernel/time.ts";
import { mondayToFriday } from "../obligations/bound.ts";
import type { WorkingDays } from "../obligations/limit.ts";
import type { CommandInputs } from "./commands.ts";
import type { IncidentEvent } from "./events.ts";
import { asking, at, bare, because, boundTo, by, cleo, given, life, stateAfter } from "./given.ts";
import { dutiesOf } from "./settling.ts";
import { settlingCriterion } from "./unsettled.ts";

const paris: WorkingDays = { zone: "Europe/Paris", weekdays: mondayToFriday, closedOn: [] };
const words = { fr: "f", en: "e" };
const asked: IncidentEvent = {
  type: "incident.categorised",
  data: {
    categories: ["security"],
    processes: [
      { ...asking, category: "security", questions: [], recovery: [], criteria: [{ id: settlingCriterion, words }] },
    ],
  },
};

function assessed(law: string, outcome: CommandInputs["assess-obligation"]["outcome"] = "owed"): IncidentEvent {
  const { version, status, inForceFrom, legs } = boundTo(law).law;
  const said = { law, outcome, answers: {}, traits: [], text: "copied", targets: {} };
  return { type: "obligation.assessed", data: { ...said, version, status, inForceFrom, legs: [...legs] } };
}
const dated = (law: string, fact: string, ago: number): IncidentEvent => ({
  type: "obligation.dated",
  data: { law, fact, at: toIso(at - ago), was: null, toldBy: null },
});
const sent = (law: string, leg: string, ago: number): IncidentEvent => ({
  type: "obligation.submitted",
  data: { law, leg, at: toIso(at - ago), by: "Cleo", reference: null, way: null, attachment: null },
});

const duties = (bound: readonly string[], ...events: IncidentEvent[]) =>
  dutiesOf(stateAfter(asked, ...events), bound, () => paris, at);
const whys = (bound: readonly string[], ...events: IncidentEvent[]) =>
  duties(bound, ...events).unsettled.map(({ why, law, leg }) => [why, law, leg].filter(Boolean).join("/"));

test("what the incident suggests is assessed, by an outcome that decides, of the laws that bind", () => {
  assert.deepEqual(whys(["gdpr33", "qc-l25"]), ["not-assessed/gdpr33", "not-assessed/qc-l25"]);
  assert.deepEqual(whys(["gdpr33"], assessed("gdpr33", "unknown")), ["undecided/gdpr33"]);
  for (const outcome of ["not-owed", "out-of-scope"] as const)
    assert.deepEqual(whys(["gdpr33"], assessed("gdpr33", outcome)), []);
  assert.deepEqual(whys([]), [], "no law binds");
  const other: IncidentEvent = { type: "incident.categorised", data: { categories: ["complex"], processes: [asking] } };
  const { unsettled } = dutiesOf(stateAfter(other), ["gdpr33"], () => paris, at);
  assert.deepEqual(unsettled, [], "nothing suggests it");
});

test("what is owed was told: not dated, or without a figure, it is not settled by that", () => {
  assert.deepEqual(whys([], assessed("qc-l25")), ["untold/qc-l25"]);
  const since = dated("qc-l25", "reasons-to-believe", hourMs);
  assert.deepEqual(whys([], assessed("qc-l25"), since), ["untold/qc-l25"]);
  const told = duties([], assessed("qc-l25"), since, sent("qc-l25", "commission", 0));
  assert.deepEqual(told, { unsettled: [], left: [{ law: "qc-l25", leg: "persons", due: null }] });
});

test("a short limit that runs is not settled; a report that is due in weeks is named, until its limit has passed", () => {
  const early = [assessed("nis2"), dated("nis2", "aware", 30 * hourMs), sent("nis2", "early-warning", 20 * hourMs)];
  assert.deepEqual(whys([], ...early), ["running/nis2/notification"]);
  assert.deepEqual(whys([], assessed("nis2"), dated("nis2", "aware", 30 * hourMs)), [
    "missed/nis2/early-warning",
    "running/nis2/notification",
  ]);
  const told = duties([], ...early, sent("nis2", "notification", hourMs));
  assert.deepEqual(told.unsettled, []);
  assert.deepEqual(
    told.left.map(({ leg, due }) => [leg, due === null]),
    [
      ["final", false],
      ["recipients", true],
    ],
  );
  const longAgo = [
    assessed("nis2"),
    dated("nis2", "aware", 60 * dayMs),
    sent("nis2", "early-warning", 60 * dayMs),
    sent("nis2", "notification", 59 * dayMs),
  ];
  assert.deepEqual(whys([], ...longAgo), ["missed/nis2/final"]);
});

test("what is lawfully withheld keeps nothing from being closed, and stands among what is left", () => {
  const hold: IncidentEvent = {
    type: "obligation.withheld",
    data: { law: "us-sec", legs: ["filing"], authority: "AG", from: toIso(at - hourMs), until: null, reason: "x" },
  };
  const filing = [assessed("us-sec"), dated("us-sec", "material", hourMs)];
  assert.deepEqual(whys([], ...filing), ["running/us-sec/filing"]);
  const withheld = duties([], ...filing, hold, sent("us-sec", "amendment", 0));
  assert.deepEqual(withheld, { unsettled: [], left: [{ law: "us-sec", leg: "filing", due: null }] });
});

test("nobody confirms that duties are settled while they are not, nor that it does not apply; what is left is named", () => {
  const settled = { criterion: settlingCriterion, text: null, notNeeded: false };
  const unsettled = [{ why: "not-assessed", law: "gdpr33", leg: null }] as const;
  const left = [{ law: "nis2", leg: "final", due: toIso(at + dayMs) }];
  const on = given(asked);
  on.when(by(cleo, "confirm-criterion", { ...settled, duties: { unsettled, left } })).thenRefused(
    "obligations-unsettled",
  );
  on.when(
    by(cleo, "confirm-criterion", { ...settled, notNeeded: true, duties: { unsettled, left: [] } }, because),
  ).thenRefused("obligations-unsettled");
  on.when(by(cleo, "confirm-criterion", { ...settled, duties: { unsettled: [], left } })).thenFacts((facts) =>
    assert.deepEqual(bare(facts), [{ type: "criterion.confirmed", data: { ...settled, left } }]),
  );
});

test("confirmed, and unsettled again since, it is not closed; where nobody asks for it, it is", () => {
  const duties = { unsettled: [{ why: "missed", law: "nis2", leg: "final" }] as const, left: [] };
  const settled: IncidentEvent = {
    type: "criterion.confirmed",
    data: { criterion: settlingCriterion, text: null, notNeeded: false },
  };
  const on = given(...life, asked, settled);
  on.when(by(cleo, "close", { duties })).thenRefused("obligations-unsettled");
  on.when(by(cleo, "close", {})).thenFacts((_, state) => assert.equal(state.ended, "closed"));
  given(...life)
    .when(by(cleo, "close", { duties }))
    .thenFacts((_, state) => assert.equal(state.ended, "closed"));
});
