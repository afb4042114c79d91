import assert from "node:assert/strict";
import { test } from "node:test";
import { createMint, seedFromName } from "../core/kernel/id.ts";
import { intersect } from "../core/kernel/spans.ts";
import { dayMs } from "../core/kernel/time.ts";
import { scheduleOf } from "../core/oncall/definition.ts";
import { finalSchedule } from "../core/oncall/final-schedule.ts";
import { onCallAt } from "../core/oncall/schedule.ts";
import { castOf, directoryOf, personOf } from "./cast.ts";
import { dutyOf } from "./duty.ts";

/** On any day of the week, and across both changes of clock. */
const days = [0, 1, 2, 3, 4, 5, 6, 45, 110, 160, 230, 300];

test("whenever the story ends, what stands around its schedules is to come, and fits them", () => {
  for (const day of days) {
    const now = Date.UTC(2026, 10, 26, 15) + day * dayMs;
    const mint = createMint(seedFromName("duty"));
    const from = now - 150 * dayMs;
    const cast = castOf(mint, from);
    const directory = directoryOf({ cast, mint, from, administrator: personOf(cast, "helen", mint, from) });
    const duty = dutyOf(cast, directory, now);
    const [away] = duty.absences;
    const [override] = duty.overrides;
    assert.ok(away && override && away.from > now);
    assert.notEqual(override.personId, away.personId, "somebody else is put on call for whoever is away");
    for (const cover of duty.covers) {
      const schedule = directory.schedules.get(cover.scheduleId);
      assert.equal(schedule && onCallAt(schedule, [], cover.from)?.held.personId, cover.personId);
    }
    const buildings = duty.schedules.find((one) => one.standsIn === null);
    assert.ok(buildings);
    const { gaps } = finalSchedule(scheduleOf({ layers: buildings.layers, overrides: [], declaredGaps: [] }), [], {
      from: now,
      until: now + 28 * dayMs,
    });
    assert.ok(gaps.length >= 28, "nights are nobody's");
    for (const gap of gaps)
      assert.deepEqual(
        intersect([gap], buildings.declaredGaps),
        [{ from: gap.from, until: gap.until }],
        `${new Date(gap.from).toISOString()} is declared`,
      );
    const week = duty.schedules.find((one) => one.standsIn !== null)?.standsIn;
    assert.ok(week && week.from > now && directory.schedules.has(week.for));
  }
});
