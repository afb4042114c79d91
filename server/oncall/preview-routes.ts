/** Schedules and business calendars tried before they are saved: the same functions that page people and measure targets. */
import type { z } from "zod";
import * as contract from "../../contract/previews.ts";
import { dayMs, isoOrNull, minuteMs, parseIso, yearOf } from "../../core/kernel/time.ts";
import {
  type BusinessClock,
  dueAt,
  isOverdue,
  isPausedAt,
  usedAt,
  warningsOf,
} from "../../core/oncall/business-time.ts";
import { absenceOf, scheduleOf, spanOf } from "../../core/oncall/definition.ts";
import { hoursWith, type PlaceDays, placesOf } from "../../core/oncall/holidays.ts";
import type { Serve } from "../platform/http.ts";
import { holidaysOf, refuseUnknownPlaces, yearsKnown } from "../platform/public-holidays.ts";
import { yearsOf } from "./holiday-routes.ts";
import { finalViewOf } from "./schedule-routes.ts";

export function previewRoutes(serve: Serve): void {
  serve(contract.previewSchedule, async ({ body }) => {
    const places = placesOf(body.layers);
    await refuseUnknownPlaces(places);
    const period = spanOf(body);
    const holidays = await holidaysOf(places, yearsOf(period));
    return finalViewOf({ ...scheduleOf({ ...body, holidays }), holidays }, body.absences.map(absenceOf), period);
  });
  serve(contract.previewCalendar, async ({ body }) => {
    const targetMs = body.targetMinutes * minuteMs;
    const clock = await datedClock(body, targetMs);
    return {
      dueAt: isoOrNull(dueAt(clock, targetMs)),
      warnings: warningsOf(clock, targetMs).map(({ share, at }) => ({ share, at: isoOrNull(at) })),
      state: body.at === undefined ? null : stateAt(clock, targetMs, instantOf(body.at)),
    };
  });
}

/** The contract has read it already. */
const instantOf = (text: string): number => parseIso(text) ?? 0;

type Asked = z.output<typeof contract.previewCalendar.body>;

/** Holidays are read for as many years as the target takes, and it takes more for each of them. */
async function datedClock(body: Asked, targetMs: number): Promise<BusinessClock> {
  const places = placesOf([{ restriction: body.calendar }]);
  await refuseUnknownPlaces(places);
  const { from } = yearsOf({ from: instantOf(body.start), until: instantOf(body.start) });
  for (let years = 2; ; years *= 2) {
    const clock = clockOf(body, await holidaysOf(places, { from, until: from + years }));
    const due = places.length === 0 ? null : dueAt(clock, targetMs);
    const asked = body.at === undefined ? 0 : instantOf(body.at);
    const last = Math.min(from + years, yearsKnown.until);
    if (last === yearsKnown.until || yearOf(Math.max(due ?? 0, asked) + dayMs, "UTC") <= last) return clock;
  }
}

function clockOf({ calendar, start, pauses }: Asked, holidays: readonly PlaceDays[]): BusinessClock {
  return {
    calendar: hoursWith(calendar, holidays),
    start: instantOf(start),
    pauses: pauses.map(({ from, until }) => ({
      from: instantOf(from),
      until: until === null ? null : instantOf(until),
    })),
  };
}

function stateAt(clock: BusinessClock, targetMs: number, at: number) {
  const used = usedAt(clock, at);
  return {
    usedMinutes: used / minuteMs,
    leftMinutes: Math.max(0, targetMs - used) / minuteMs,
    paused: isPausedAt(clock, at),
    overdue: isOverdue(clock, targetMs, at),
  };
}
