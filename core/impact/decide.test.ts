/** What an incident hurts: who may say it, what is refused, and the curve and the outages that come of it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { touchedIn } from "../desk/impacting.ts";
import { byId, organisation } from "../drills/organisation.ts";
import { incidentDecider } from "../incidents/decide.ts";
import { actor, ana, at, ben, cleo, eve, past, registered, reported } from "../incidents/given.ts";
import { curvesOf } from "../incidents/impact-curve.ts";
import { floorOf, outageSayingsOf, outagesOf } from "../incidents/outages.ts";
import type { IncidentState } from "../incidents/state.ts";
import { fold } from "../kernel/decider.ts";
import type { Magnitude } from "../kernel/impact-words.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { minuteMs } from "../kernel/time.ts";
import type { Actor } from "../kernel/vocabulary.ts";
import type { ImpactCommand, ImpactInputs } from "./commands.ts";
import { decideImpact } from "./decide.ts";

const noticed = at - 10 * 60 * minuteMs;
const start = fold(incidentDecider.evolve, incidentDecider.initial, [
  ...past(reported, registered).map((fact) => ({
    ...fact,
    stamp: { ...fact.stamp, occurredAt: noticed, recordedAt: noticed },
  })),
]);
const mail = { id: "mail", nameFr: "Courriel", nameEn: "Mail" };
const clients = { id: "customers", nameFr: "Clients", nameEn: "Customers" };
/** Minutes after it was noticed. */
const after = (minutes: number) => noticed + minutes * minuteMs;

type Around = { readonly who?: Actor; readonly after?: number; readonly at?: number; readonly reason?: string };

function told<Name extends ImpactCommand["name"]>(
  state: IncidentState,
  name: Name,
  input: ImpactInputs[Name],
  { who = cleo, after: minutes, at: now = at, reason }: Around = {},
) {
  return decideImpact(state, { name, input } as ImpactCommand, {
    at: now,
    actor: who,
    cause: { kind: "request" },
    ...(minutes !== undefined && { occurredAt: after(minutes) }),
    ...(reason !== undefined && { reason }),
  });
}
function then(...[state, name, input, around]: Parameters<typeof told>): IncidentState {
  const facts = told(state, name, input, around);
  assert.ok(!isRefusal(facts), JSON.stringify(facts));
  return fold(incidentDecider.evolve, state, facts);
}
const refused = (answer: ReturnType<typeof told>) => (isRefusal(answer) ? answer.refused : "granted");
const measured = (state: IncidentState, minutes: number, magnitude: Magnitude, people?: number) =>
  then(state, "measure-impact", { domain: "customers", known: clients, magnitude, people }, { after: minutes });
const turned = (state: IncidentState, minutes: number, type: "service.restored" | "service.relapsed") =>
  fold(
    incidentDecider.evolve,
    state,
    past({ type, data: { text: null, because: "declared" } }).map((fact) => ({
      ...fact,
      stamp: { ...fact.stamp, occurredAt: after(minutes), recordedAt: after(minutes) },
    })),
  );
const steps = (state: IncidentState, until = 600) =>
  curvesOf(state, after(until)).flatMap((one) =>
    one.steps.map(
      (step) =>
        `${(step.from - noticed) / minuteMs}–${(step.until - noticed) / minuteMs} ${step.magnitude} ${step.because}`,
    ),
  );

describe("who says it, and what is refused", () => {
  test("level 2 states and measures, level 3 rules out and takes back, nobody below", () => {
    const input = { service: "mail", known: mail, status: "down" } as const;
    assert.equal(refused(told(start, "state-affected", input, { who: ana })), "granted");
    assert.equal(refused(told(start, "state-affected", input, { who: eve })), "level-missing");
    const measure = { domain: "customers", known: clients, magnitude: "low" } as const;
    assert.equal(refused(told(start, "measure-impact", measure, { who: ana })), "granted");
    assert.equal(refused(told(start, "rule-out-affected", input, { who: ana })), "level-too-low");
    assert.equal(refused(told(start, "rule-out-affected", input, { who: ben })), "granted");
    const before = measured(start, 5, "low");
    assert.equal(refused(told(before, "withdraw-impact", { number: 1 }, { who: ana, reason: "x" })), "level-too-low");
  });
  test("what it names has to be there", () => {
    assert.equal(refused(told(start, "state-affected", { service: "x", status: "down" })), "service-unknown");
    assert.equal(refused(told(start, "measure-impact", { domain: "x", magnitude: "low" })), "domain-unknown");
    assert.equal(refused(told(start, "withdraw-impact", { number: 4 }, { reason: "x" })), "impact-unknown");
  });
  test("nothing is dated before the incident was noticed, nor in the future", () => {
    const low = { domain: "customers", known: clients, magnitude: "low" } as const;
    assert.equal(refused(told(start, "measure-impact", low, { after: -1 })), "impact-before-notice");
    assert.equal(refused(told(start, "measure-impact", low, { after: 0 })), "granted");
    assert.equal(refused(told(start, "measure-impact", low, { after: 700 })), "occurred-in-future");
    const down = { service: "mail", known: mail, status: "down" } as const;
    assert.equal(refused(told(start, "state-affected", down, { after: -1 })), "impact-before-notice");
  });
  test("once it is closed, harm is said of before, and its end of whenever", () => {
    const over = { ...start, ended: "closed", milestones: { ...start.milestones, closed: after(100) } } as const;
    const low = { domain: "customers", known: clients, magnitude: "low" } as const;
    assert.equal(refused(told(over, "measure-impact", low)), "impact-after-end");
    assert.equal(refused(told(over, "measure-impact", low, { after: 101 })), "impact-after-end");
    assert.equal(refused(told(over, "measure-impact", low, { after: 100 })), "granted");
    assert.equal(refused(told(over, "measure-impact", { ...low, magnitude: "none" })), "granted");
    const down = { service: "mail", known: mail, status: "down" } as const;
    assert.equal(refused(told(over, "state-affected", down)), "impact-after-end");
    assert.equal(refused(told(over, "state-affected", down, { after: 20 })), "granted");
  });
  test("one observation for each instant of a domain, and one state at a time of a service", () => {
    const once = measured(start, 5, "low");
    const again = { domain: "customers", known: clients, magnitude: "high" } as const;
    assert.equal(refused(told(once, "measure-impact", again, { after: 5 })), "impact-measured-then");
    const down = { service: "mail", known: mail, status: "down" } as const;
    const is = then(start, "state-affected", down, { after: 5 });
    assert.equal(refused(told(is, "state-affected", down)), "nothing-changes");
    assert.equal(refused(told(is, "rule-out-affected", down)), "service-affected");
    assert.equal(refused(told(start, "state-affected", { ...down, status: "back" })), "service-not-affected");
  });
  test("beyond what anybody reads, no more is taken", () => {
    let state = start;
    for (let minute = 0; minute < 500; minute += 1) state = measured(state, minute, "low");
    const low = { domain: "customers", known: clients, magnitude: "low" } as const;
    assert.equal(refused(told(state, "measure-impact", low)), "impact-full");
  });
  test("the main service, ruled out, passes nothing on to those that depend on it", () => {
    const depending = organisation.services.get("billing");
    const on = organisation.services.get("payroll");
    assert.ok(depending && on);
    const services = byId({ ...depending, dependsOn: [{ on: "payroll", kind: "needs" }] }, on);
    const about = { ...start, service: "payroll" };
    const found = (state: IncidentState) => touchedIn({ services }, state).map(({ service }) => service);
    assert.deepEqual(found(about), ["billing"]);
    const known = { id: "payroll", nameFr: "Paie", nameEn: "Payroll" };
    assert.deepEqual(found(then(about, "rule-out-affected", { service: "payroll", known })), []);
  });
  test("what was ruled out may turn out to be affected", () => {
    const out = then(start, "rule-out-affected", { service: "mail", known: mail });
    assert.equal(refused(told(out, "rule-out-affected", { service: "mail", known: mail })), "nothing-changes");
    const is = then(out, "state-affected", { service: "mail", known: mail, status: "degraded" });
    assert.deepEqual([is.impactSeen?.ruledOut, is.impactSeen?.affected.length], [[], 1]);
  });
  test("whoever it does not admit is answered as for one that is not there", () => {
    const restricted = fold(
      incidentDecider.evolve,
      start,
      past({ type: "access.restricted", data: { because: "person", category: null, members: [] } }),
    );
    const low = { domain: "customers", known: clients, magnitude: "low" } as const;
    assert.equal(refused(told(restricted, "measure-impact", low, { who: actor("zoe", 5) })), "incident-unknown");
  });
});

describe("the curve of a domain", () => {
  test("each observation holds until the next; a late one takes its own place", () => {
    const state = measured(measured(measured(start, 10, "low"), 90, "very-high", 1200), 40, "high", 300);
    assert.deepEqual(steps(state, 120), ["10–40 low observed", "40–90 high observed", "90–120 very-high observed"]);
    const [curve] = curvesOf(state, after(120));
    assert.deepEqual([curve?.peak, curve?.now, curve?.endedAt], ["very-high", "very-high", null]);
    assert.deepEqual(curve?.minutesAt, { none: 0, low: 30, moderate: 0, high: 50, "very-high": 30 });
    assert.equal(curve?.personMinutes, 300 * 50 + 1200 * 30);
  });
  test("ends when service is restored, and comes back with a relapse", () => {
    const relapsed = turned(turned(measured(start, 10, "high"), 60, "service.restored"), 80, "service.relapsed");
    assert.deepEqual(steps(relapsed, 100), ["10–60 high observed", "60–80 none restored", "80–100 high relapsed"]);
  });
  test("what is said at the restoration or after it stands", () => {
    const state = turned(measured(start, 10, "high"), 60, "service.restored");
    assert.deepEqual(steps(measured(state, 60, "low"), 100), ["10–60 high observed", "60–100 low observed"]);
    const [curve] = curvesOf(state, after(100));
    assert.deepEqual([curve?.endedAt, curve?.now], [after(60), "none"]);
  });
  test("said again that it hurts no more, it ended when it did", () => {
    const over = measured(measured(measured(start, 10, "high"), 60, "none"), 90, "none");
    const [curve] = curvesOf(over, after(120));
    assert.deepEqual([curve?.now, curve?.endedAt], ["none", after(60)]);
  });
  test("what is taken back counts for nothing", () => {
    const state = then(
      measured(measured(start, 10, "low"), 20, "high"),
      "withdraw-impact",
      { number: 2 },
      { reason: "x" },
    );
    assert.deepEqual(steps(state, 60), ["10–60 low observed"]);
    assert.equal(refused(told(state, "withdraw-impact", { number: 2 }, { reason: "x" })), "nothing-changes");
    assert.equal(refused(told(state, "withdraw-impact", { number: 1 })), "reason-required");
  });
});

describe("a vital function that is hit", () => {
  const hit = (state: IncidentState, criticality: "critical" | "high" = "high") =>
    fold(
      incidentDecider.evolve,
      state,
      past({
        type: "vital.hit",
        data: { function: "pay", nameFr: "Paie", nameEn: "Pay", service: "mail", criticality, tolerableMinutes: 100 },
      }),
    );
  const is = (state: IncidentState, minutes: number, status: "down" | "degraded" | "back") =>
    then(state, "state-affected", { service: "mail", known: mail, status }, { after: minutes });

  test("makes the impact at least important; extended when it is critical and stopped", () => {
    assert.equal(floorOf(start), null);
    assert.deepEqual([floorOf(hit(is(start, 10, "degraded")))?.impact], [2]);
    assert.deepEqual([floorOf(hit(is(start, 10, "degraded"), "critical"))?.because], ["hit"]);
    const stopped = floorOf(hit(is(start, 10, "down"), "critical"));
    assert.deepEqual([stopped?.impact, stopped?.because], [1, "critical-stopped"]);
    assert.equal(floorOf(hit(is(is(start, 10, "down"), 30, "back"))), null);
  });
  test("is out while its service is down, from when that was so", () => {
    const down = hit(is(is(start, 10, "degraded"), 20, "down"));
    const [outage] = outagesOf(down);
    assert.deepEqual([outage?.since, outage?.endedAt, outage?.dueAt], [after(20), null, after(120)]);
    const [ended] = outagesOf(is(down, 90, "degraded"));
    assert.equal(ended?.endedAt, after(90));
    const [restored] = outagesOf(turned(down, 70, "service.restored"));
    assert.equal(restored?.endedAt, after(70));
    const [again] = outagesOf(turned(turned(down, 70, "service.restored"), 75, "service.relapsed"));
    assert.deepEqual([again?.since, again?.endedAt], [after(75), null]);
  });
  test("hit by one service more after it was edited, the clock that runs keeps what was tolerated", () => {
    const down = hit(is(start, 0, "down"));
    const edited = { nameFr: "Paie", nameEn: "Pay", criticality: "critical", tolerableMinutes: 10 } as const;
    const more = past({ type: "vital.hit", data: { function: "pay", service: "servers", ...edited } });
    const [outage] = outagesOf(fold(incidentDecider.evolve, down, more));
    assert.deepEqual([outage?.dueAt, outage?.hit.services], [after(100), ["mail", "servers"]]);
  });
  test("is warned of at each share, the highest that has passed, once, and no more when it has ended", () => {
    const down = hit(is(start, 0, "down"));
    const shares = (state: IncidentState, minutes: number) =>
      outageSayingsOf(state, after(minutes)).now.map(({ share }) => share);
    assert.deepEqual(shares(down, 49), []);
    assert.equal(outageSayingsOf(down, after(49)).nextAt, after(50));
    assert.deepEqual(shares(down, 80), [75]);
    const warned = fold(
      incidentDecider.evolve,
      down,
      past({
        type: "outage.warned",
        data: {
          function: "pay",
          nameFr: "Paie",
          nameEn: "Pay",
          share: 75,
          since: new Date(after(0)).toISOString(),
          due: new Date(after(100)).toISOString(),
        },
      }),
    );
    assert.deepEqual([shares(warned, 80), shares(warned, 95), shares(warned, 200)], [[], [90], [100]]);
    assert.deepEqual(shares(turned(warned, 82, "service.restored"), 200), []);
  });
});
