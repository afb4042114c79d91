/** Schedules: layers under overrides, who is away, and who asks to be covered. */
import { z } from "zod";
import { endpoint, nothing } from "./endpoint.ts";
import { id, instant, list, text, wallClock, zone } from "./shapes.ts";

const closing = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);
export const spanShape = { from: instant, until: instant };
export const inOrder = <T extends { readonly from: string; readonly until: string }>({ from, until }: T): boolean =>
  Date.parse(from) < Date.parse(until);
export const reversed = { error: "ends-before-it-begins" };
export const plainSpan = z.strictObject(spanShape).refine(inOrder, reversed);
const dayInMs = 86_400_000;
/** Longest window that is worked out at once. */
export const windowDaysMax = 400;
export const within =
  (days: number) =>
  ({ from, until }: { readonly from: string; readonly until: string }): boolean =>
    Date.parse(until) - Date.parse(from) <= days * dayInMs;

/** A country or a part of it: `FR`, `CA-QC`. */
export const place = z.string().regex(/^[A-Z]{2}(-[A-Za-z0-9]{1,20}){0,2}$/);
export const holidayDay = z.object({
  date: z.iso.date(),
  nameFr: z.string(),
  nameEn: z.string(),
  /** Kept by some and not by others. */
  optional: z.boolean(),
});
/** Monday is 1, Sunday 7. Empty or reversed, there is none that day; what goes past midnight is two. */
export const openingHours = z.strictObject({
  zone,
  openings: z
    .array(z.strictObject({ days: z.array(z.int().min(1).max(7)).max(7), from: wallClock, until: closing }))
    .max(50),
  closedOn: z.array(z.iso.date()).max(1_000).default([]),
  /** Public holidays of a place: closed on them, or open from midnight to midnight. */
  holidays: z
    .strictObject({
      place,
      on: z.enum(["closed", "open"]),
      /** Those that are kept by some and not by others too. */
      optional: z.boolean().optional(),
    })
    .optional(),
});

/** Of people: by id where they are kept, by any name where nothing is looked up. */
export function rotationOf<T extends z.ZodType>(who: T) {
  const common = {
    zone,
    startDate: z.iso.date(),
    handoverTime: wallClock,
    /** In order; null is a turn deliberately without anybody. */
    participants: z.array(who.nullable()).max(100),
    /** Nobody before; one that is not a hand-over gives a short first turn. */
    beginsAt: instant.optional(),
  };
  return z.discriminatedUnion("kind", [
    z.strictObject({ ...common, kind: z.literal("weekly"), lengthWeeks: z.int().min(1).max(52).default(1) }),
    z.strictObject({ ...common, kind: z.literal("daily"), lengthDays: z.int().min(1).max(366).default(1) }),
    z.strictObject({ ...common, kind: z.literal("hourly"), lengthHours: z.int().min(1).max(8_784) }),
  ]);
}

export const layersMax = 20;
const layer = z.object({
  id: z.string(),
  name: z.string(),
  rotation: rotationOf(id),
  restriction: openingHours.nullable(),
});
const newLayer = z.strictObject({
  /** That of the layer as it was; without one it is a new layer. */
  id: text(100).optional(),
  name: z.string().trim().max(200).default(""),
  rotation: rotationOf(id).refine(({ participants }) => participants.length > 0, {
    error: "nobody-in-rotation",
    path: ["participants"],
  }),
  restriction: openingHours.nullable().default(null),
});
/** The first hides those after it. */
const newLayers = z
  .array(newLayer)
  .min(1)
  .max(layersMax)
  .refine((layers) => isDistinct(layers.flatMap((one) => (one.id === undefined ? [] : [one.id]))), {
    error: "same-layer-twice",
  });
const isDistinct = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

export const override = z.object({
  id,
  person: id,
  ...spanShape,
  madeAt: instant,
});
const scheduleAlone = z.object({
  id,
  name: z.string(),
  layers: z.array(layer),
  /** Nobody, on purpose. */
  declaredGaps: z.array(z.object(spanShape)),
  /** Of the places that its layers name, from last year to two years ahead. */
  holidays: z.array(z.object({ place: z.string(), days: z.array(holidayDay) })),
  /** Those that are not long over. */
  overrides: z.array(override),
});
export const schedule = scheduleAlone.extend({
  /** Instead of which other it has its time, when it is a temporary one. */
  standsIn: z.object({ for: id, ...spanShape }).nullable(),
  /** Temporary ones that stand in for it, and are not long over. */
  standIns: z.array(scheduleAlone.extend(spanShape)),
});
const standsIn = z
  .strictObject({ for: id, ...spanShape })
  .refine(inOrder, { ...reversed, path: ["until"] })
  .refine(within(windowDaysMax), { error: "out-of-range", path: ["until"] });
const fields = {
  name: text(200),
  layers: newLayers,
  declaredGaps: z.array(plainSpan).max(500),
  standsIn: standsIn.nullable(),
};
export const newSchedule = z.strictObject({
  ...fields,
  declaredGaps: fields.declaredGaps.default([]),
  standsIn: fields.standsIn.default(null),
});

const tag = "directory";
const params = z.strictObject({ id });
const administrators = { tag, access: "administrator" } as const;
const members = { tag, access: "member" } as const;

export const listSchedules = endpoint({
  id: "listSchedules",
  method: "GET",
  path: "/api/v1/schedules",
  ...members,
  success: 200,
  output: list(schedule),
  refusals: [],
});
export const readSchedule = endpoint({
  id: "readSchedule",
  method: "GET",
  path: "/api/v1/schedules/:id",
  ...members,
  params,
  success: 200,
  output: schedule,
  refusals: [],
});
export const addSchedule = endpoint({
  id: "addSchedule",
  method: "POST",
  path: "/api/v1/schedules",
  ...administrators,
  body: newSchedule,
  success: 201,
  output: schedule,
  refusals: ["schedule-unknown", "cannot-stand-in", "person-unknown", "place-unknown", "not-administrator"],
});
export const changeSchedule = endpoint({
  id: "changeSchedule",
  method: "PATCH",
  path: "/api/v1/schedules/:id",
  ...administrators,
  params,
  body: z.strictObject(fields).partial(),
  success: 200,
  output: schedule,
  refusals: ["schedule-unknown", "cannot-stand-in", "person-unknown", "place-unknown", "not-administrator"],
});

export const finalSpans = z.object({
  spans: z.array(
    z.object({
      ...spanShape,
      person: z.string(),
      by: z.object({ kind: z.enum(["override", "layer"]), id: z.string() }),
    }),
  ),
  gaps: z.array(z.object({ ...spanShape, declared: z.boolean() })),
  /** Where layers name places: the days of these. */
  holidays: z.array(z.object({ ...spanShape, ...holidayDay.shape, place: z.string() })).optional(),
});
const window = z
  .strictObject(spanShape)
  .refine(inOrder, { ...reversed, path: ["until"] })
  .refine(within(windowDaysMax), { error: "out-of-range", path: ["until"] });

/** Who holds it when, and where nobody does. */
export const readFinalSchedule = endpoint({
  id: "readFinalSchedule",
  method: "GET",
  path: "/api/v1/schedules/:id/final",
  ...members,
  params,
  query: window,
  success: 200,
  output: finalSpans,
  refusals: [],
});

/** Hours of each person, told apart as pay tells them: in local time of the schedule's first layer. */
export const readScheduleHours = endpoint({
  id: "readScheduleHours",
  method: "GET",
  path: "/api/v1/schedules/:id/hours",
  ...members,
  params,
  query: window,
  success: 200,
  output: list(
    z.object({
      person: id,
      hours: z.number(),
      /** From Saturday 00:00 to Monday 00:00. */
      weekendHours: z.number(),
      /** From 22:00 to 06:00, week-ends included. */
      nightHours: z.number(),
      turns: z.int(),
    }),
  ),
  refusals: [],
});

/** Whoever is put on call instead, for a time. Anybody may take a turn themselves; an administrator gives it to others. */
export const addOverride = endpoint({
  id: "addOverride",
  method: "POST",
  path: "/api/v1/schedules/:id/overrides",
  ...members,
  params,
  body: z
    .strictObject({ person: id, ...spanShape })
    .refine(inOrder, { ...reversed, path: ["until"] })
    .refine(within(windowDaysMax), { error: "out-of-range", path: ["until"] }),
  success: 201,
  output: override,
  refusals: ["schedule-unknown", "person-unknown", "person-inactive", "already-over", "not-administrator"],
});
/** What has begun ends now; what was held stays as it was. */
export const endOverride = endpoint({
  id: "endOverride",
  method: "DELETE",
  path: "/api/v1/schedules/:id/overrides/:override",
  ...members,
  params: z.strictObject({ id, override: id }),
  success: 200,
  output: nothing,
  refusals: ["override-unknown", "already-over", "not-administrator"],
});

const absence = z.object({ id, person: id, ...spanShape });
export const listAbsences = endpoint({
  id: "listAbsences",
  method: "GET",
  path: "/api/v1/absences",
  ...members,
  success: 200,
  output: list(absence),
  refusals: [],
});
/** One's own; an administrator says it of anybody. */
export const addAbsence = endpoint({
  id: "addAbsence",
  method: "POST",
  path: "/api/v1/absences",
  ...members,
  body: z
    .strictObject({ person: id.optional(), ...spanShape })
    .refine(inOrder, { ...reversed, path: ["until"] })
    .refine(within(windowDaysMax), { error: "out-of-range", path: ["until"] }),
  success: 201,
  output: absence,
  refusals: ["person-unknown", "already-over", "not-administrator"],
});
export const endAbsence = endpoint({
  id: "endAbsence",
  method: "DELETE",
  path: "/api/v1/absences/:id",
  ...members,
  params,
  success: 200,
  output: nothing,
  refusals: ["absence-unknown", "already-over", "not-administrator"],
});

export const coverRequest = z.object({
  id,
  schedule: id,
  person: id,
  ...spanShape,
  /** Null: whoever accepts. */
  asked: id.nullable(),
  /** Whoever accepts gives their own turns of this time for it: a swap. */
  inReturn: z.object(spanShape).nullable(),
  message: z.string().nullable(),
  madeAt: instant,
  state: z.enum(["open", "accepted", "declined", "withdrawn", "over"]),
  acceptedBy: id.nullable(),
});
export const listCoverRequests = endpoint({
  id: "listCoverRequests",
  method: "GET",
  path: "/api/v1/cover-requests",
  ...members,
  query: z.strictObject({ schedule: id.optional() }),
  success: 200,
  output: list(coverRequest),
  refusals: [],
});
/** Somebody asks that their own turn be taken. */
export const askForCover = endpoint({
  id: "askForCover",
  method: "POST",
  path: "/api/v1/cover-requests",
  ...members,
  body: z
    .strictObject({
      schedule: id,
      ...spanShape,
      asked: id.optional(),
      inReturn: plainSpan.optional(),
      message: text(1_000).optional(),
    })
    .refine(inOrder, { ...reversed, path: ["until"] })
    .refine(within(windowDaysMax), { error: "out-of-range", path: ["until"] }),
  success: 201,
  output: coverRequest,
  refusals: ["schedule-unknown", "person-unknown", "already-over", "not-on-call-then"],
});
export const acceptCover = endpoint({
  id: "acceptCover",
  method: "POST",
  path: "/api/v1/cover-requests/:id/accept",
  ...members,
  params,
  success: 200,
  output: coverRequest,
  refusals: [
    "cover-request-unknown",
    "cover-settled",
    "already-over",
    "own-request",
    "not-asked-for",
    "not-on-call-then",
    "nothing-in-return",
  ],
});
/** Whom it was made to says that they will not: whoever asked is told. */
export const declineCover = endpoint({
  id: "declineCover",
  method: "POST",
  path: "/api/v1/cover-requests/:id/decline",
  ...members,
  params,
  success: 200,
  output: coverRequest,
  refusals: [
    "cover-request-unknown",
    "cover-settled",
    "already-over",
    "own-request",
    "not-asked-for",
    "asked-of-everybody",
  ],
});
export const withdrawCover = endpoint({
  id: "withdrawCover",
  method: "POST",
  path: "/api/v1/cover-requests/:id/withdraw",
  ...members,
  params,
  success: 200,
  output: coverRequest,
  refusals: ["cover-request-unknown", "cover-settled", "not-administrator"],
});

/** `now` is null when nobody is on call; `next` is who comes after, or the gap that follows. */
export const onCall = z.object({
  schedule: z.object({ id, name: z.string() }),
  now: z.object({ ...spanShape, person: id.nullable() }).nullable(),
  next: z.object({ ...spanShape, person: id.nullable() }).nullable(),
});
export const readOnCall = endpoint({
  id: "readOnCall",
  method: "GET",
  path: "/api/v1/on-call",
  ...members,
  query: z.strictObject({ at: instant.optional() }),
  success: 200,
  output: list(onCall),
  refusals: [],
});
