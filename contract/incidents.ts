/** Incidents: record, list, read, act, export. One path for each command. */
import { z } from "zod";
import { answerKinds, targetKinds } from "../core/directory/category-process.ts";
import { type IncidentCommandName, incidentCommands } from "../core/directory/responsibility.ts";
import { evidenceSides, tlps } from "../core/kernel/vocabulary.ts";
import { refusalsOf } from "./command-refusals.ts";
import { type Endpoint, endpoint } from "./endpoint.ts";
import { assessed, dated, described, submitted, withheld } from "./obligation-bodies.ts";
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
  plannedPeriod,
  priority,
  revisedPeriod,
  seqMax,
  stage,
  text,
  timelineEntry,
  title,
} from "./shapes.ts";

/** Any command takes these. */
const envelope = {
  reason: text(2_000).optional(),
  occurredAt: instant.optional(),
  derogation: z.strictObject({ reason: text(2_000) }).optional(),
};
const body = <T extends z.ZodRawShape>(shape: T) => z.strictObject({ ...envelope, ...shape });
/** Its number; without it, the newest that waits. */
const ofEscalation = { escalation: z.int().min(1).max(10_000).optional() };
/** Not needed: for the reason given. */
const settled = { text: text(5_000).nullable().default(null), notNeeded: z.boolean().default(false) };
const needsReason = { reason: text(2_000) };
const party = { person: id.optional(), team: id.optional(), function: id.optional() };
const taskNumber = z.int().min(1).max(10_000);
const hypothesisNumber = z.int().min(1).max(1_000);

export const commandBodies = {
  register: body({}),
  dismiss: body(needsReason),
  merge: body({ into: z.string().max(64) }),
  categorise: body({ categories: z.array(category).max(10) }),
  /** What suffers, all of it: one that is left out is taken away. */
  "propose-major": body(needsReason),
  /** A reason, unless its criteria or somebody have proposed it. */
  "declare-major": body({}),
  "stand-down-major": body(needsReason),
  "set-domains": body({ domains: z.array(category).max(20) }),
  /** Null: nobody knows. A time as RFC 3339; `yes` or `no`; the id of a choice. */
  gather: body({ question: category, answer: text(5_000).nullable().default(null) }),
  "set-impact-urgency": body({ impact, urgency: impact }),
  "confirm-priority": body({ impact, urgency: impact }),
  "override-priority": body({ ...needsReason, priority }),
  assign: body(party),
  accept: body({}),
  decline: body(needsReason),
  "offer-coordination": body({ ...needsReason, person: id }),
  /** Answers an offer, takes what nobody holds, or, from level 4 and with a reason, what somebody else does. */
  "accept-coordination": body({}),
  "decline-coordination": body(needsReason),
  "withdraw-coordination": body({}),
  /** `name`: of somebody without an account, for a role that anybody may hold. */
  "fill-role": body({ role: category, person: id.optional(), name: text(200).optional() }),
  "release-role": body({ role: category }),
  /** `period`: for which of its operational periods; without it, the one in force. */
  "add-task": body({
    text: text(500),
    person: id.optional(),
    due: instant.nullable().optional(),
    period: taskNumber.optional(),
  }),
  /** To somebody else, for another date, or both. */
  "assign-task": body({ task: taskNumber, person: id.optional(), due: instant.nullable().optional() }),
  "complete-task": body({ task: taskNumber, text: text(2_000).nullable().default(null) }),
  "cancel-task": body({ ...needsReason, task: taskNumber }),
  "plan-period": body(plannedPeriod),
  "revise-period": body(revisedPeriod),
  "advise-persons": body({ persons: z.array(id).max(50).default([]), text: text(5_000) }),
  "add-observation": body({ text: text() }),
  /** `decidedBy`: by whom, where somebody else writes it down. */
  decide: body({
    text: text(),
    options: z.array(text(500)).max(10).default([]),
    why: text(5_000).nullable().optional(),
    decidedBy: text(200).nullable().optional(),
  }),
  escalate: body({
    ...needsReason,
    kind: z.enum(["functional", "hierarchical"]),
    /** The id of a person, a team, a function or an escalation policy; or `owner`, whoever keeps the service. */
    to: text(200),
    expected: text(2_000),
  }),
  "acknowledge-escalation": body(ofEscalation),
  "return-escalation": body({ ...needsReason, ...ofEscalation }),
  "end-escalation": body({ ...needsReason, ...ofEscalation }),
  "open-hypothesis": body({ text: text(2_000) }),
  "add-evidence": body({ hypothesis: hypothesisNumber, side: z.enum(evidenceSides), text: text(2_000) }),
  "confirm-hypothesis": body({ hypothesis: hypothesisNumber, text: text(2_000) }),
  "rule-out-hypothesis": body({ hypothesis: hypothesisNumber, text: text(2_000) }),
  "record-cause": body({ text: text() }),
  /** `considered`: weighed, and set aside. */
  "select-solution": body({
    text: text(),
    considered: z.array(text(500)).max(10).default([]),
    why: text(5_000).nullable().optional(),
  }),
  "declare-restored": body({ text: text().nullable().default(null) }),
  "declare-relapse": body({ text: text() }),
  "declare-resolved": body({
    solution: text(),
    cause: text().nullable().default(null),
    causeUnknown: z.boolean().default(false),
  }),
  "open-recovery": body({}),
  "complete-recovery-item": body({ item: category, ...settled }),
  "confirm-recovery": body({ text: text(), notNeeded: z.boolean().default(false) }),
  "complete-documentation": body({
    language,
    summary: text(),
    impact: text(),
    workaround: text().nullable().default(null),
    lessons: text().nullable().default(null),
  }),
  "confirm-criterion": body({ criterion: category, ...settled }),
  /** `pause`: one of those that its categories allow. Without an end, as long as that one may last. */
  "pause-clock": body({ ...needsReason, pause: category, until: instant.nullable().optional() }),
  "resume-clock": body({}),
  ...{ restrict: body(needsReason), "lift-restriction": body(needsReason) },
  ...{ "grant-access": body({ ...needsReason, ...party }), "revoke-access": body({ ...needsReason, ...party }) },
  mark: body({ tlp: z.enum(tlps).nullable() }),
  ...{ "assess-obligation": body(assessed), "date-obligation": body(dated), "describe-obligation": body(described) },
  ...{ "record-submission": body(submitted), "withhold-notice": body({ ...needsReason, ...withheld }) },
  close: body({}),
  reopen: body(needsReason),
} satisfies Record<IncidentCommandName, z.ZodType>;

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
