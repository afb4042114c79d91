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
import { type FinalSchedule, finalSchedule, type LayeredSchedule } from "../../core/oncall/final-schedule.ts";
import type { Rotation } from "../../core/oncall/rotation.ts";
import type { Serve } from "../platform/http.ts";

export function previewRoutes(serve: Serve): void {
  serve(contract.previewSchedule, async ({ body }) =>
    viewOf(finalSchedule(scheduleOf(body), absencesOf(body), spanOf(body))),
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

type ScheduleBody = z.output<typeof contract.previewSchedule.body>;

/** The contract has read it already. */
const instantOf = (text: string): number => parseIso(text) ?? 0;
const isoOf = (at: number | null): string | null => (at === null ? null : toIso(at));
const spanOf = ({ from, until }: { readonly from: string; readonly until: string }) => ({
  from: instantOf(from),
  until: instantOf(until),
});

function scheduleOf({ layers, overrides, declaredGaps }: ScheduleBody): LayeredSchedule {
  return {
    layers: layers.map(({ id, rotation, restriction }) => ({ id, rotation: rotationOf(rotation), restriction })),
    overrides: overrides.map((one) => ({
      ...spanOf(one),
      id: one.id,
      personId: one.person,
      madeAt: instantOf(one.madeAt),
    })),
    declaredGaps: declaredGaps.map(spanOf),
  };
}

function rotationOf({ beginsAt, ...rotation }: ScheduleBody["layers"][number]["rotation"]): Rotation {
  return beginsAt === undefined ? rotation : { ...rotation, beginsAt: instantOf(beginsAt) };
}

const absencesOf = ({ absences }: ScheduleBody) => absences.map((one) => ({ ...spanOf(one), personId: one.person }));

const viewOf = ({ stretches, gaps }: FinalSchedule) => ({
  spans: stretches.map(({ from, until, held }) => ({
    from: toIso(from),
    until: toIso(until),
    person: held.personId,
    by: held.by,
  })),
  gaps: gaps.map(({ from, until, declared }) => ({ from: toIso(from), until: toIso(until), declared })),
});

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
