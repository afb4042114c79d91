/** Schedules and business calendars tried before they are saved: the same functions that page people and measure targets. */
import type { z } from "zod";
import * as contract from "../../contract/previews.ts";
import { minuteMs, parseIso, toIso } from "../../core/kernel/time.ts";
import {
  type BusinessClock,
  dueAt,
  isOverdue,
  isPausedAt,
  usedAt,
  warningsOf,
} from "../../core/oncall/business-time.ts";
import { absenceOf, scheduleOf, spanOf } from "../../core/oncall/definition.ts";
import { finalSchedule } from "../../core/oncall/final-schedule.ts";
import type { Serve } from "../platform/http.ts";
import { finalView } from "./schedule-routes.ts";

export function previewRoutes(serve: Serve): void {
  serve(contract.previewSchedule, async ({ body }) =>
    finalView(finalSchedule(scheduleOf(body), body.absences.map(absenceOf), spanOf(body))),
  );
  serve(contract.previewCalendar, async ({ body }) => {
    const clock = clockOf(body);
    const targetMs = body.targetMinutes * minuteMs;
    return {
      dueAt: isoOf(dueAt(clock, targetMs)),
      warnings: warningsOf(clock, targetMs).map(({ share, at }) => ({ share, at: isoOf(at) })),
      state: body.at === undefined ? null : stateAt(clock, targetMs, instantOf(body.at)),
    };
  });
}

/** The contract has read it already. */
const instantOf = (text: string): number => parseIso(text) ?? 0;
const isoOf = (at: number | null): string | null => (at === null ? null : toIso(at));

function clockOf({ calendar, start, pauses }: z.output<typeof contract.previewCalendar.body>): BusinessClock {
  return {
    calendar,
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
