/** Teams that answer incidents: what each is for, and how ready it is. */
import { z } from "zod";
import { charter } from "./charter.ts";
import { endpoint } from "./endpoint.ts";
import { category, id, instant, level, list, text } from "./shapes.ts";

const params = z.strictObject({ id });
const person = z.object({ id, name: z.string() });
const day = z.iso.date();

/** What keeps a team from answering as its mandate says, the gravest first. */
const finding = z.object({
  kind: z.enum([
    "vacancy",
    "too-few-members",
    "unreachable",
    "rota-gone",
    "rota-hole",
    "no-deputy",
    "deputy-unreachable",
    "never-exercised",
    "exercise-old",
  ]),
  /** Of a vacancy: the role, how many fill it, how many could. */
  role: z.object({ fr: z.string(), en: z.string() }).nullable(),
  needed: z.int().nullable(),
  able: z.int().nullable(),
  level,
  /** Whom it is about. */
  people: z.array(person),
  /** Of a hole in its rota: the schedule, from when and until when. */
  schedule: person.nullable(),
  from: instant.nullable(),
  until: instant.nullable(),
});
const exercise = z.object({ id, on: day, what: z.string(), by: person, at: instant });
export const readiness = z.object({
  team: person,
  /** What it is for; null: it is not activated. */
  charter: charter.nullable(),
  /** It has a mandate, and nothing keeps it from answering. */
  ready: z.boolean(),
  findings: z.array(finding),
  /** The newest first. */
  exercises: z.array(exercise),
  /** The last time it was activated on an incident that may be seen. */
  activated: z.object({ number: z.string(), at: instant, exercise: z.boolean() }).nullable(),
});
export type Readiness = z.infer<typeof readiness>;

/** For level 5, who answer for the process, and administrators. Null: it is not activated any more. What is activated already goes on as
 *  it began. */
export const writeTeamMandate = endpoint({
  id: "writeTeamMandate",
  method: "PATCH",
  path: "/api/v1/teams/:id/mandate",
  tag: "directory",
  access: "member",
  params,
  body: z.strictObject({ charter: charter.nullable() }),
  success: 200,
  output: readiness,
  refusals: [
    "level-five-needed",
    "team-unknown",
    "team-roles-twice",
    "schedule-unknown",
    "policy-unknown",
    "deputy-unknown",
  ],
});

export const readTeamReadiness = endpoint({
  id: "readTeamReadiness",
  method: "GET",
  path: "/api/v1/teams/:id/readiness",
  tag: "directory",
  access: "member",
  params,
  success: 200,
  output: readiness,
  refusals: ["team-unknown"],
});
/** Of every team that has a mandate. */
export const listTeamReadiness = endpoint({
  id: "listTeamReadiness",
  method: "GET",
  path: "/api/v1/team-readiness",
  tag: "directory",
  access: "member",
  success: 200,
  output: list(readiness),
  refusals: [],
});
/** By level 4 and more: on which day it was exercised, and with what. */
export const noteTeamExercise = endpoint({
  id: "noteTeamExercise",
  method: "POST",
  path: "/api/v1/teams/:id/exercises",
  tag: "directory",
  access: "member",
  params,
  body: z.strictObject({ on: day, what: text(500) }),
  success: 201,
  output: readiness,
  refusals: ["team-unknown", "team-without-mandate", "exercise-level-needed", "occurred-in-future"],
});

/** A team on an incident: who came, what of its mandate is filled, and what became of it. */
export const activation = z.object({
  number: z.int(),
  team: id,
  name: z.string(),
  by: z.string(),
  reason: z.string().nullable(),
  /** By whose rule. */
  category: z.string().nullable(),
  at: instant,
  /** By when it must have its quorum. */
  until: instant,
  roles: z.array(
    z.object({ id: category, name: z.string(), count: z.int(), level, required: z.boolean(), filled: z.int() }),
  ),
  members: z.array(z.object({ id, name: z.string(), role: category.nullable(), at: instant })),
  quorum: z.object({ met: z.boolean(), people: z.int(), needed: z.int(), roles: z.array(category) }),
  metAt: instant.nullable(),
  missedAt: instant.nullable(),
  deputy: person.nullable(),
  contact: z.string().nullable(),
  paging: z.object({
    status: z.enum(["idle", "running", "stopped", "exhausted"]),
    nextAt: instant.nullable(),
    called: z.array(z.object({ id, name: z.string(), at: instant, status: z.string() })),
  }),
  /** Stood down: by whom, when and why; `ended`: with the incident. */
  left: z.object({ by: z.string(), at: instant, reason: z.string().nullable(), ended: z.boolean() }).nullable(),
});
export type ActivationView = z.infer<typeof activation>;

export const listIncidentTeams = endpoint({
  id: "listIncidentTeams",
  method: "GET",
  path: "/api/v1/incidents/:id/teams",
  tag: "incidents",
  access: "member",
  params: z.strictObject({ id: z.string().max(64) }),
  success: 200,
  output: list(activation),
  refusals: [],
});
