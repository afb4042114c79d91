/** What whoever takes over must know; and everything under way, with what says nothing. */
import { z } from "zod";
import { targetKinds } from "../core/directory/category-process.ts";
import { endpoint } from "./endpoint.ts";
import { impact, instant, language, person, priority, stage } from "./shapes.ts";

/** Somebody said something. */
const said = z.object({ at: instant, by: z.string(), text: z.string() });
const named = z.object({ id: z.string(), name: z.string() });

const next = z.object({
  /** `act`: calls begin again unless whoever has it does something. */
  what: z.enum(["call", "escalation", "task", "workstream", "act", "target"]),
  target: z.enum(targetKinds).nullable(),
  at: instant,
  /** Of the escalation, the task or the workstream. */
  number: z.int().nullable(),
});

export const brief = z.object({
  at: instant,
  stage,
  since: instant.nullable(),
  priority: priority.nullable(),
  impact: impact.nullable(),
  urgency: impact.nullable(),
  coordinator: z.string().nullable(),
  acceptedBy: z.string().nullable(),
  assigned: z.string().nullable(),
  roles: z.array(z.object({ id: z.string(), role: z.string(), name: z.string() })),
  unfilled: z.array(named),
  tasks: z.array(
    z.object({
      number: z.int(),
      text: z.string(),
      owner: z.string().nullable(),
      due: instant.nullable(),
      overdue: z.boolean(),
    }),
  ),
  workstreams: z.array(
    z.object({
      number: z.int(),
      title: z.string(),
      lead: z.string(),
      status: z.enum(["under-way", "blocked"]),
      due: instant.nullable(),
      silent: z.boolean(),
      news: z.string().nullable(),
    }),
  ),
  escalations: z.array(
    z.object({
      number: z.int(),
      kind: z.enum(["functional", "hierarchical"]),
      to: z.string(),
      holder: z.string().nullable(),
    }),
  ),
  /** Questions without an answer, and those of which nobody knows it. */
  unanswered: z.array(named),
  unknown: z.array(named),
  /** What closing still requires. */
  missing: z.array(z.string()),
  /** What the persons concerned were last told. */
  lastUpdate: said.nullable(),
  lastDecision: said.nullable(),
  /** The first thing that is owed, or happens by itself. */
  next: next.nullable(),
});
export type BriefView = z.infer<typeof brief>;

/** As it is now; the one of a hand-over is kept in the record. */
export const readIncidentBrief = endpoint({
  id: "readIncidentBrief",
  method: "GET",
  path: "/api/v1/incidents/:id/brief",
  tag: "incidents",
  access: "member",
  params: z.strictObject({ id: z.string().max(64) }),
  success: 200,
  output: brief,
  refusals: ["incident-unknown"],
});

/** In one answer: what is beyond is said to be there. */
export const watchMax = 500;

const watched = z.object({
  id: z.uuid(),
  number: z.string(),
  title: z.string(),
  language,
  exercise: z.boolean(),
  stage,
  priority: priority.nullable(),
  service: named.nullable(),
  reportedAt: instant,
  acceptedBy: person.nullable(),
  coordinator: person.nullable(),
  coordinationWanted: z.boolean(),
  offeredTo: person.nullable(),
  /** When a person or a source last said anything. */
  heardAt: instant,
  /** After how long without a word it counts as silent. */
  silentAfterMinutes: z.int(),
  silent: z.boolean(),
  tasks: z.object({ open: z.int(), overdue: z.int() }),
  /** Of the open ones: which are silent, which wait for something. */
  workstreams: z.object({ open: z.int(), silent: z.int(), blocked: z.int() }),
  /** Roles that nobody holds. */
  unfilled: z.array(z.string()),
  span: z.object({ person, count: z.int(), of: z.enum(["people", "roles"]) }).nullable(),
  next: next.nullable(),
});
export type Watched = z.infer<typeof watched>;

/** Everything under way: what is silent first, the longest silent before the others. */
export const readWatch = endpoint({
  id: "readWatch",
  method: "GET",
  path: "/api/v1/watch",
  tag: "incidents",
  access: "member",
  query: z.strictObject({ silent: z.enum(["true"]).optional() }),
  success: 200,
  output: z.object({
    at: instant,
    data: z.array(watched),
    counts: z.object({ underWay: z.int(), silent: z.int(), uncoordinated: z.int(), overdue: z.int() }),
    truncated: z.boolean(),
  }),
  refusals: [],
});
export type Watch = z.infer<typeof readWatch.output>;
