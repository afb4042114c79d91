/** Targets of an incident as clocks, and the calendars by which they are counted. */
import { z } from "zod";
import { notifiedActions, targetKinds } from "../core/directory/category-process.ts";
import { escalationReasons } from "../core/kernel/vocabulary.ts";
import { listing, name } from "./directory.ts";
import { endpoint } from "./endpoint.ts";
import { openingHours } from "./oncall.ts";
import { category, instant, priority } from "./shapes.ts";

const span = z.object({ from: instant, until: instant });

export const clock = z.object({
  kind: z.enum(targetKinds),
  /** `closed`: its calendar is. `met-late`: reached, too late. `ended`: the incident ended without it. */
  status: z.enum(["running", "paused", "closed", "missed", "met", "met-late", "ended"]),
  /** The strictest that stands for the priority it has. */
  target: z.object({
    minutes: z.int(),
    priority,
    /** Null: the clock on the wall. */
    calendar: z.object({ id: z.string(), name: z.string() }).nullable(),
    categories: z.array(category),
  }),
  startedAt: instant,
  /** Time that counted, until now. */
  elapsedMs: z.number(),
  /** Below zero once it is missed. */
  leftMs: z.number(),
  percent: z.int(),
  /** Null: never, as far as can be seen. */
  dueAt: instant.nullable(),
  reachedAt: instant.nullable(),
  missedAt: instant.nullable(),
  paused: z.object({ pause: z.string(), name: z.string(), from: instant, until: instant }).nullable(),
  /** When a closed calendar opens. */
  opensAt: instant.nullable(),
  /** When it counts from now on: with it, what has run is known at any instant without asking again. */
  counts: z.array(span),
});
export type ClockView = z.infer<typeof clock>;

export const readIncidentClocks = endpoint({
  id: "readIncidentClocks",
  method: "GET",
  path: "/api/v1/incidents/:id/clocks",
  tag: "incidents",
  access: "member",
  params: z.strictObject({ id: z.string().max(64) }),
  success: 200,
  output: z.object({
    at: instant,
    data: z.array(clock),
    /** What its categories let stop the clocks, with what is left of each. */
    pauses: z.array(z.object({ id: z.string(), name: z.string(), leftMinutes: z.int() })),
    /** What is proposed: to ask for expertise when the time to restore is nearly used up, when half of it is and nobody has supposed a
     *  cause, or when it was opened again; for authority when a target is missed, when
     *  it was handed on three times, when somebody may be hurt, when a law wants something told, when what was chosen costs or asks for more
     *  than one may decide, or when nobody answers an escalation. `gap`: missed,
     *  and never escalated. */
    escalate: z
      .object({
        because: z.enum(escalationReasons),
        /** Null: no clock says so. */
        clock: z.enum(targetKinds).nullable(),
        kind: z.enum(["functional", "hierarchical"]),
        /** Whoever keeps the service; null: whoever decides chooses. */
        to: z.literal("owner").nullable(),
        /** Of those of the incident, the one that nobody answers. */
        escalation: z.int().nullable(),
        gap: z.boolean(),
      })
      .nullable(),
    /** What would be proposed, had nobody set it aside (`set-aside-escalation`); `gap` as above, all the same. */
    setAside: z
      .object({
        because: z.enum(escalationReasons),
        clock: z.enum(targetKinds).nullable(),
        escalation: z.int().nullable(),
        gap: z.boolean(),
        by: z.string(),
        at: instant,
        reason: z.string().nullable(),
      })
      .nullable(),
    /** What its categories want told to those concerned, and nobody was told of yet, the first due first. */
    untold: z.array(z.object({ action: z.enum(notifiedActions), since: instant, dueAt: instant })),
    /** Whether `pause-clock` would find a clock to stop. */
    pausable: z.boolean(),
  }),
  refusals: ["incident-unknown"],
});
export type IncidentClocks = z.infer<typeof readIncidentClocks.output>;

const calendarLine = z.object({
  id: category,
  nameFr: z.string(),
  nameEn: z.string(),
  /** No longer chosen; targets that name it keep it. */
  retired: z.boolean(),
  /** One more each time that its hours change; 0 while it has those that came with the product. */
  version: z.int(),
  hours: openingHours,
  /** When these hours began to count; null: from the beginning. */
  since: instant.nullable(),
});
export type BusinessCalendarLine = z.infer<typeof calendarLine>;

const byId = z.strictObject({ id: category });

/** By which targets are counted. `office` is there from the beginning: what is counted in open hours and names none goes by the
 *  service's own, else by this one. */
export const listBusinessCalendars = listing("listBusinessCalendars", "/api/v1/business-calendars", calendarLine);
export const addBusinessCalendar = endpoint({
  id: "addBusinessCalendar",
  method: "POST",
  path: "/api/v1/business-calendars",
  tag: "directory",
  access: "member",
  body: z.strictObject({ id: category, nameFr: name, nameEn: name, hours: openingHours }),
  success: 201,
  output: calendarLine,
  refusals: ["level-five-needed", "calendar-taken", "place-unknown"],
});
export const changeBusinessCalendar = endpoint({
  id: "changeBusinessCalendar",
  method: "PATCH",
  path: "/api/v1/business-calendars/:id",
  tag: "directory",
  access: "member",
  params: byId,
  body: z.strictObject({ nameFr: name.optional(), nameEn: name.optional(), retired: z.boolean().optional() }),
  success: 200,
  output: calendarLine,
  refusals: ["level-five-needed", "calendar-unknown"],
});
/** Its hours from now on: what has run by those of before stays run. */
export const publishBusinessCalendar = endpoint({
  id: "publishBusinessCalendar",
  method: "POST",
  path: "/api/v1/business-calendars/:id/versions",
  tag: "directory",
  access: "member",
  params: byId,
  body: z.strictObject({
    /** The version that its author read. */
    after: z.int().min(0),
    hours: openingHours,
  }),
  success: 201,
  output: calendarLine,
  refusals: ["level-five-needed", "calendar-unknown", "calendar-changed", "place-unknown"],
});
