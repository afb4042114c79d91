/** Definitions tried before anything is saved: who would hold a schedule and where nobody would, when a target would be due.
 *  A whole definition and a window go in; nothing is written. */
import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import {
  finalSpans,
  inOrder,
  layersMax,
  openingHours,
  plainSpan,
  reversed,
  rotationOf,
  spanShape,
  windowDaysMax,
  within,
} from "./oncall.ts";
import { instant, text } from "./shapes.ts";

/** Ids or names: nothing is looked up. */
const who = text(100);

export const previewSchedule = endpoint({
  id: "previewSchedule",
  changesNothing: true,
  method: "POST",
  path: "/api/v1/schedules/preview",
  tag: "directory",
  access: "member",
  body: z
    .strictObject({
      ...spanShape,
      layers: z
        .array(
          z.strictObject({
            id: text(100),
            rotation: rotationOf(who),
            restriction: openingHours.nullable().default(null),
          }),
        )
        .max(layersMax),
      overrides: z
        .array(z.strictObject({ ...spanShape, id: text(100), person: who, madeAt: instant }).refine(inOrder, reversed))
        .max(500)
        .default([]),
      absences: z
        .array(z.strictObject({ ...spanShape, person: who }).refine(inOrder, reversed))
        .max(500)
        .default([]),
      declaredGaps: z.array(plainSpan).max(500).default([]),
    })
    .refine(inOrder, { ...reversed, path: ["until"] })
    .refine(within(windowDaysMax), { error: "out-of-range", path: ["until"] }),
  success: 200,
  output: finalSpans,
  refusals: ["place-unknown"],
});

export const previewCalendar = endpoint({
  id: "previewCalendar",
  changesNothing: true,
  method: "POST",
  path: "/api/v1/calendars/preview",
  tag: "directory",
  access: "member",
  body: z.strictObject({
    calendar: openingHours,
    start: instant,
    targetMinutes: z.int().min(0).max(525_600),
    /** One that lasts has no end. */
    pauses: z
      .array(z.strictObject({ from: instant, until: instant.nullable() }))
      .max(500)
      .default([]),
    /** When it is looked at; without it only what is due is told. */
    at: instant.optional(),
  }),
  success: 200,
  output: z.object({
    /** Null: never, as far as can be seen. */
    dueAt: instant.nullable(),
    warnings: z.array(z.object({ share: z.int(), at: instant.nullable() })),
    /** At `at`. */
    state: z
      .object({ usedMinutes: z.number(), leftMinutes: z.number(), paused: z.boolean(), overdue: z.boolean() })
      .nullable(),
  }),
  refusals: ["place-unknown"],
});
