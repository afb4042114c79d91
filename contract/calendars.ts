/** Turns in a calendar program: addresses that it reads, each with a secret that its owner may end; and absences read from a
 *  calendar file. */
import { z } from "zod";
import { endpoint, nothing } from "./endpoint.ts";
import { spanShape } from "./oncall.ts";
import { id, instant, list } from "./shapes.ts";

export const feedsMax = 20;
const kind = z.enum(["person", "team", "schedule"]);
const feed = z.object({
  id,
  kind,
  subject: id,
  madeAt: instant,
  /** When it was last read, to the hour. */
  usedAt: instant.nullable(),
});

export const listCalendarFeeds = endpoint({
  id: "listCalendarFeeds",
  method: "GET",
  path: "/api/v1/calendar-feeds",
  tag: "directory",
  access: "member",
  success: 200,
  output: list(feed),
  refusals: [],
});
export const addCalendarFeed = endpoint({
  id: "addCalendarFeed",
  method: "POST",
  path: "/api/v1/calendar-feeds",
  tag: "directory",
  access: "member",
  holdsSecret: true,
  body: z.strictObject({ kind, subject: id }),
  success: 201,
  /** Shown this once. */
  output: feed.extend({ address: z.string() }),
  refusals: ["person-unknown", "team-unknown", "schedule-unknown", "too-many-feeds"],
});
export const revokeCalendarFeed = endpoint({
  id: "revokeCalendarFeed",
  method: "DELETE",
  path: "/api/v1/calendar-feeds/:id",
  tag: "directory",
  access: "member",
  params: z.strictObject({ id }),
  success: 200,
  output: nothing,
  refusals: ["feed-unknown"],
});

export const calendarTextMax = 400_000;
/** One's own absences out of a calendar file: each event from now to a year ahead, repeated ones each time. */
export const importAbsences = endpoint({
  id: "importAbsences",
  method: "POST",
  path: "/api/v1/absences/import",
  tag: "directory",
  access: "member",
  body: z.strictObject({
    calendar: z.string().min(1).max(calendarTextMax),
    /** Only reads: nothing is kept. */
    preview: z.boolean().default(false),
  }),
  success: 200,
  output: z.object({
    absences: z.array(z.object({ ...spanShape, summary: z.string() })),
    /** Of those found, how many were left out: over already, or beyond what one file may bring. */
    left: z.int(),
  }),
  refusals: ["calendar-unreadable"],
});
