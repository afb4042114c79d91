/** The action plan: one period in force, the next ahead, those that are over as they were; tasks are for the one in force. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isRefusal } from "../kernel/refusal.ts";
import { hourMs, minuteMs, toIso } from "../kernel/time.ts";
import type { IncidentEvent } from "./events.ts";
import { accepted, ana, at, bare, ben, by, dan, given, registered, stateAfter } from "./given.ts";
import {
  endedPeriod,
  nextPeriodEndAt,
  type Period,
  periodAt,
  periodHoursMax,
  periodStatus,
  periodsMax,
  planPeriod,
} from "./periods.ts";

const hence = (hours: number): string => toIso(at + hours * hourMs);
const plan = { situation: "6,950 transfers of 11,400 are gone", objectives: ["Send the rest", "Tell the bank"] };
const planned = (number: number, from: number, until: number): IncidentEvent => ({
  type: "period.planned",
  data: { number, from: hence(from), until: hence(until), ...plan },
});
const running = given(registered, planned(1, -2, 2));
const over = given(registered, planned(1, -4, -1));

test("a first period begins at once, with how it stands and what is to be reached", () => {
  given(registered)
    .when(by(dan, "plan-period", { ...plan, until: hence(8) }))
    .thenFacts((facts, state) => {
      assert.deepEqual(bare(facts)[0]?.data, { number: 1, from: hence(0), until: hence(8), ...plan });
      assert.equal(periodAt(state, at)?.number, 1);
      assert.equal(periodAt(state, at + 8 * hourMs), null, "it ends when it was to end");
    });
});

test("the next follows the one that runs; planned to begin before, it ends it earlier", () => {
  running.when(by(dan, "plan-period", { ...plan, until: hence(10) })).thenFacts((facts, state) => {
    assert.deepEqual(
      [bare(facts)[0]?.data].map((data) => data && "from" in data && data.from),
      [hence(2)],
    );
    assert.deepEqual([periodAt(state, at)?.number, periodAt(state, at + 3 * hourMs)?.number], [1, 2]);
  });
  running.when(by(dan, "plan-period", { ...plan, from: hence(0), until: hence(10) })).thenFacts((_, state) => {
    assert.deepEqual([periodAt(state, at)?.number, state.periods?.[0]?.until], [2, at]);
  });
  over.when(by(dan, "plan-period", { ...plan, until: hence(1) })).thenFacts((_, state) => {
    assert.equal(state.periods?.[1]?.from, at, "nothing ran: it begins at once");
  });
});

test("what makes no period is refused", () => {
  const refused = (input: { from?: string; until: string }, code: "period-length" | "period-out-of-order") =>
    running.when(by(dan, "plan-period", { ...plan, ...input })).thenRefused(code);
  refused({ from: hence(3), until: hence(3) }, "period-length");
  refused({ from: hence(-1), until: hence(-0.5) }, "period-length");
  refused({ from: hence(1), until: hence(1 + periodHoursMax + 1) }, "period-length");
  refused({ from: hence(-2), until: hence(1) }, "period-out-of-order");
  given(registered, planned(1, 1, 3))
    .when(by(dan, "plan-period", { ...plan, until: hence(9) }))
    .thenRefused("period-out-of-order");
  const many = Array.from({ length: periodsMax }, (_, index) => planned(index + 1, index - 100, index - 99.5));
  given(registered, ...many)
    .when(by(dan, "plan-period", { ...plan, until: hence(1) }))
    .thenRefused("periods-full");
});

test("level 4 plans; below it, only in an emergency and with a reason", () => {
  const input = { ...plan, until: hence(8) };
  given(registered)
    .when(by(ben, "plan-period", input))
    .thenRefused("level-too-low");
  given(registered)
    .when(by(ana, "plan-period", input, { derogation: { reason: "nobody of level 4 answers" } }))
    .thenFacts((facts) =>
      assert.deepEqual(
        bare(facts).map(({ type }) => type),
        ["derogation.used", "period.planned"],
      ),
    );
});

test("the latest is revised while it is not over; what is left out stays", () => {
  running.when(by(dan, "revise-period", { until: hence(5) })).thenFacts((_, state) => {
    const [one] = state.periods ?? [];
    assert.deepEqual([one?.until, one?.objectives, one?.revisions], [at + 5 * hourMs, plan.objectives, 1]);
  });
  running.when(by(dan, "revise-period", { objectives: ["Send it all"] })).thenFacts((_, state) => {
    const [one] = state.periods ?? [];
    assert.deepEqual([one?.objectives, one?.situation, one?.until], [["Send it all"], plan.situation, at + 2 * hourMs]);
  });
  running.when(by(dan, "revise-period", { objectives: [], situation: plan.situation })).thenRefused("nothing-changes");
  running.when(by(dan, "revise-period", { until: hence(-1) })).thenRefused("period-length");
  over.when(by(dan, "revise-period", { until: hence(1) })).thenRefused("period-unknown");
  given(registered)
    .when(by(dan, "revise-period", { until: hence(1) }))
    .thenRefused("period-unknown");
});

test("a task is for the period in force, or for the one that is named", () => {
  const periodOf = (input: { period?: number }, from = running) =>
    from.when(by(ana, "add-task", { text: "call the bank", ...input }));
  periodOf({}).thenFacts((_, state) => assert.equal(state.tasks?.[0]?.period, 1));
  periodOf({}, over).thenFacts((_, state) => assert.equal(state.tasks?.[0]?.period, undefined));
  periodOf({ period: 2 }, given(registered, planned(1, -2, 2), planned(2, 2, 4))).thenFacts((_, state) =>
    assert.equal(state.tasks?.[0]?.period, 2),
  );
  periodOf({ period: 3 }).thenRefused("period-unknown");
});

test("whatever is planned: never two in force, numbers follow, and none begins before the one before it", () => {
  const step = fc.record({
    from: fc.option(fc.integer({ min: -300, max: 600 })),
    length: fc.integer({ min: -60, max: 900 }),
    later: fc.integer({ min: 0, max: 300 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      let periods: readonly Period[] = [];
      let now = at;
      for (const { from, length, later } of steps) {
        now += later * minuteMs;
        const begins = from === null ? undefined : toIso(now + from * minuteMs);
        const input = { ...plan, until: toIso(now + length * minuteMs), ...(begins && { from: begins }) };
        const events = planPeriod({ periods }, input, { ...by(dan, "plan-period", input).envelope, at: now });
        if (isRefusal(events)) continue;
        const state = stateAfter(registered, ...periods.map(asEvent), ...events);
        periods = state.periods ?? [];
      }
      assert.deepEqual(
        periods.map(({ number }) => number),
        periods.map((_, index) => index + 1),
      );
      for (const [index, one] of periods.entries()) {
        const next = periods[index + 1];
        assert.ok(next === undefined || (one.from < next.from && one.until <= next.from));
        assert.equal(periods.filter((other) => periodStatus(other, one.from) === "running").length, 1);
      }
    }),
  );
});

test("one that ends with none after it is said once, to whoever coordinates; one that the next follows is not", () => {
  const base = [registered, accepted("cleo")];
  const one = stateAfter(...base, planned(1, -2, 2));
  assert.equal(nextPeriodEndAt(one, at), at + 2 * hourMs);
  assert.deepEqual(endedPeriod(one, at + 2 * hourMs - 1), []);
  const said = endedPeriod(one, at + 2 * hourMs);
  assert.deepEqual(said, [{ type: "period.ended", data: { number: 1, until: hence(2), told: "cleo" } }]);
  const after = stateAfter(...base, planned(1, -2, 2), ...said);
  assert.deepEqual([endedPeriod(after, at + 3 * hourMs), nextPeriodEndAt(after, at + 3 * hourMs)], [[], null]);
  const followed = stateAfter(...base, planned(1, -2, 2), planned(2, 2, 4));
  assert.deepEqual(endedPeriod(followed, at + 2 * hourMs), []);
  assert.equal(nextPeriodEndAt(followed, at), at + 2 * hourMs, "it is looked at when the next begins");
  assert.equal(nextPeriodEndAt(followed, at + 2 * hourMs), at + 4 * hourMs);
  const apart = stateAfter(...base, planned(1, -2, 2), planned(2, 3, 4));
  assert.equal(endedPeriod(apart, at + 2 * hourMs).length, 1, "between the two none is in force");
  const ended = { ...one, ended: "closed" } as const;
  assert.deepEqual([endedPeriod(ended, at + 3 * hourMs), nextPeriodEndAt(ended, at)], [[], null]);
});

const asEvent = ({ number, from, until, situation, objectives }: Period): IncidentEvent => ({
  type: "period.planned",
  data: { number, from: toIso(from), until: toIso(until), situation, objectives: [...objectives] },
});
