/** Definitions tried before anything is saved: who would hold a schedule and where nobody would, when a target would be due.
 *  A whole definition and a window go in; nothing is written. */
import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { instant, text, wallClock, zone } from "./shapes.ts";

const closing = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);
const spanShape = { from: instant, until: instant };
const inOrder = <T extends { readonly from: string; readonly until: string }>({ from, until }: T): boolean =>
  Date.parse(from) < Date.parse(until);
const reversed = { error: "ends-before-it-begins" };
const span = z.strictObject(spanShape).refine(inOrder, reversed);

/** Longest window of a preview. */
export const previewDaysMax = 400;
const notTooLong = ({ from, until }: { readonly from: string; readonly until: string }): boolean =>
  Date.parse(until) - Date.parse(from) <= previewDaysMax * 86_400_000;

/** Ids or names: nothing is looked up. */
const who = text(100);
const common = {
  zone,
  startDate: z.iso.date(),
  handoverTime: wallClock,
  participants: z.array(who.nullable()).max(100),
  /** Nobody before; one that is not a hand-over gives a short first turn. */
  beginsAt: instant.optional(),
};

export const previewedRotation = z.discriminatedUnion("kind", [
  z.strictObject({ ...common, kind: z.literal("weekly"), lengthWeeks: z.int().min(1).max(52).default(1) }),
  z.strictObject({ ...common, kind: z.literal("daily"), lengthDays: z.int().min(1).max(366).default(1) }),
  z.strictObject({ ...common, kind: z.literal("hourly"), lengthHours: z.int().min(1).max(8_784) }),
]);

/** Monday is 1, Sunday 7. Empty or reversed, there is none that day; what goes past midnight is two. */
export const openingHours = z.strictObject({
  zone,
  openings: z
    .array(z.strictObject({ days: z.array(z.int().min(1).max(7)).max(7), from: wallClock, until: closing }))
    .max(50),
  closedOn: z.array(z.iso.date()).max(1_000).default([]),
});

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
            rotation: previewedRotation,
            restriction: openingHours.nullable().default(null),
          }),
        )
        .max(20),
      overrides: z
        .array(z.strictObject({ ...spanShape, id: text(100), person: who, madeAt: instant }).refine(inOrder, reversed))
        .max(500)
        .default([]),
      absences: z
        .array(z.strictObject({ ...spanShape, person: who }).refine(inOrder, reversed))
        .max(500)
        .default([]),
      declaredGaps: z.array(span).max(500).default([]),
    })
    .refine(inOrder, { ...reversed, path: ["until"] })
    .refine(notTooLong, { error: "out-of-range", path: ["until"] }),
  success: 200,
  output: z.object({
    spans: z.array(
      z.object({
        ...spanShape,
        person: z.string(),
        by: z.object({ kind: z.enum(["override", "layer"]), id: z.string() }),
      }),
    ),
    gaps: z.array(z.object({ ...spanShape, declared: z.boolean() })),
  }),
  refusals: [],
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
  refusals: [],
});
