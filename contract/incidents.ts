/** Incidents: record, list, read, act, export. One path for each command. */
import { z } from "zod";
import { answerKinds, targetKinds } from "../core/directory/category-process.ts";
import { incidentCommands } from "../core/directory/responsibility.ts";
import { detectionReasons } from "../core/kernel/vocabulary.ts";
import { commandBodies } from "./command-bodies.ts";
import { refusalsOf } from "./command-refusals.ts";
import { type Endpoint, endpoint } from "./endpoint.ts";
import {
  category,
  id,
  impact,
  incident,
  instant,
  language,
  line,
  list,
  page,
  priority,
  seqMax,
  stage,
  text,
  title,
} from "./shapes.ts";
import { timelineEntry } from "./timeline-entry.ts";

export const newIncident = z.strictObject({
  title,
  description: text().nullable().optional(),
  language: language.optional(),
  service: id.nullable().optional(),
  categories: z.array(category).max(10).optional(),
  domains: z.array(category).max(20).optional(),
  impact: impact.optional(),
  urgency: impact.optional(),
  occurredAt: instant.optional(),
  exercise: z.boolean().optional(),
  /** Why it is found to be an incident, where somebody of level 2 or more records it. */
  detectedAs: z.enum(detectionReasons).optional(),
});

const byId = z.strictObject({ id: z.string().max(64) });
export const incidentsFilter = z.strictObject({
  ...page,
  stage: z.union([stage, z.array(stage)]).optional(),
  open: z.enum(["true", "false"]).optional(),
  service: id.optional(),
  q: line(400).optional(),
});

/** What of a query was not understood, as it was typed: such a filter finds nothing rather than everything. */
export const queryProblems = z.array(
  z.object({ code: z.enum(["too-many-words", "no-words", "value-unknown", "date-unknown"]), part: z.string() }),
);

export const listIncidents = endpoint({
  id: "listIncidents",
  method: "GET",
  path: "/api/v1/incidents",
  tag: "incidents",
  access: "member",
  query: incidentsFilter,
  success: 200,
  output: list(incident).extend({ problems: queryProblems }),
  refusals: [],
});

export const recordIncident = endpoint({
  id: "recordIncident",
  tagged: true,
  method: "POST",
  path: "/api/v1/incidents",
  tag: "incidents",
  access: "member",
  body: newIncident,
  success: 201,
  output: incident,
  refusals: [
    "service-unknown",
    "service-retired",
    "category-unknown",
    "category-retired",
    "domain-unknown",
    "domain-retired",
    "occurred-in-future",
    "occurred-too-long-ago",
  ],
});

export const readIncident = endpoint({
  id: "readIncident",
  tagged: true,
  method: "GET",
  path: "/api/v1/incidents/:id",
  tag: "incidents",
  access: "member",
  params: byId,
  success: 200,
  output: incident,
  refusals: ["incident-unknown"],
});

const settledItem = z.object({
  id: z.string(),
  name: z.string(),
  /** Which categories ask for it. */
  categories: z.array(category),
  /** Null: open. */
  settled: z.object({ at: instant, by: z.string(), text: z.string().nullable(), notNeeded: z.boolean() }).nullable(),
});
/** Everything that its categories ask of it together, in the versions it has pinned, and how far that is. */
export const readIncidentProcess = endpoint({
  id: "readIncidentProcess",
  method: "GET",
  path: "/api/v1/incidents/:id/process",
  tag: "incidents",
  access: "member",
  params: byId,
  success: 200,
  output: z.object({
    /** `major@3`. */
    pinned: z.array(z.string()),
    questions: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        categories: z.array(category),
        kind: z.enum(answerKinds),
        choices: z.array(z.object({ id: z.string(), name: z.string() })),
        required: z.boolean(),
        /** `answer` null: nobody knows. */
        answered: z.object({ at: instant, by: z.string(), answer: z.string().nullable() }).nullable(),
      }),
    ),
    roles: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        categories: z.array(category),
        duty: z.string(),
        level: z.int().nullable(),
        /** Closing asks that somebody holds it, or has. */
        required: z.boolean(),
      }),
    ),
    /** The strictest of each, for each priority. */
    targets: z.array(
      z.object({
        kind: z.enum(targetKinds),
        priority,
        minutes: z.int(),
        openHours: z.boolean(),
        calendar: z.string().optional(),
        categories: z.array(category),
      }),
    ),
    recovery: z.array(settledItem),
    criteria: z.array(settledItem),
    /** What may stop the clocks: what every one of its categories allows. */
    pauses: z.array(z.object({ id: z.string(), name: z.string(), minutes: z.int() })),
  }),
  refusals: ["incident-unknown"],
});
export type IncidentProcess = z.infer<typeof readIncidentProcess.output>;

export const readTimeline = endpoint({
  id: "readTimeline",
  method: "GET",
  path: "/api/v1/incidents/:id/timeline",
  tag: "incidents",
  access: "member",
  params: byId,
  query: z.strictObject({
    after: z.coerce.number().int().min(0).max(seqMax).optional(),
    limit: z.coerce.number().int().min(1).max(1_000).optional(),
  }),
  success: 200,
  output: z.object({ data: z.array(timelineEntry) }),
  refusals: ["incident-unknown"],
});

export const exportIncident = endpoint({
  id: "exportIncident",
  method: "GET",
  path: "/api/v1/incidents/:id/export",
  tag: "incidents",
  access: "member",
  params: byId,
  success: 200,
  output: z.object({ format: z.literal("tocsin-record") }).loose(),
  refusals: ["incident-unknown"],
});

export const alert = z.object({
  id,
  key: z.string(),
  /** `waiting`: it is open, and calls nobody yet. */
  status: z.enum(["open", "waiting", "quiet", "resolved", "ended"]),
  /** What holds it back, or did until it was over. */
  waiting: z
    .object({
      for: z.enum(["silence", "window", "inhibition", "source", "threshold", "wait"]),
      rule: z.object({ id: z.string(), version: z.int(), name: z.string() }),
      until: instant.nullable(),
      values: z.record(z.string(), z.unknown()),
    })
    .nullable(),
  title: z.string(),
  severity: z.string(),
  source: z.string().nullable(),
  integration: z.object({ id, name: z.string() }),
  openedAt: instant,
  lastAt: instant,
  endedAt: instant.nullable(),
  count: z.int(),
  details: z.unknown(),
});

export const readIncidentAlerts = endpoint({
  id: "readIncidentAlerts",
  method: "GET",
  path: "/api/v1/incidents/:id/alerts",
  tag: "incidents",
  access: "member",
  params: byId,
  query: z.strictObject({ ...page, cursor: id.optional() }),
  success: 200,
  output: list(alert),
  refusals: ["incident-unknown"],
});

/** In one answer; a longer board is read page by page. */
export const boardMax = 500;
/** Of one question about rows that are known already. */
export const boardIdsMax = 100;

/** What burns, what waits, what is to be closed: open incidents in the order in which they want attention. */
export const readBoard = endpoint({
  id: "readBoard",
  method: "GET",
  path: "/api/v1/board",
  tag: "incidents",
  access: "member",
  query: z.strictObject({
    mine: z.enum(["true"]).optional(),
    /** What is due first in front; without it, what wants attention most. */
    by: z.enum(["due"]).optional(),
    q: incidentsFilter.shape.q,
    limit: z.coerce.number().int().min(1).max(boardMax).optional(),
    cursor: page.cursor,
    /** Only these, and of these only what is open: how a page that shows them follows. Separated by commas. */
    ids: z
      .string()
      .max(boardIdsMax * 37)
      .transform((text) => text.split(","))
      .pipe(z.array(id).min(1).max(boardIdsMax))
      .optional(),
  }),
  success: 200,
  output: z.object({
    data: z.array(incident),
    counts: z.object({ open: z.int(), unaccepted: z.int(), mine: z.int() }),
    truncated: z.boolean(),
    problems: queryProblems,
    nextCursor: z.string().nullable(),
  }),
  refusals: [],
});

export const commandEndpoints: readonly Endpoint[] = incidentCommands.map((name) => ({
  id: name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
  method: "POST",
  path: `/api/v1/incidents/:id/${name}`,
  tag: "commands",
  tagged: true,
  access: "member",
  params: byId,
  body: commandBodies[name],
  success: 200,
  output: incident,
  refusals: refusalsOf(name),
}));
