/** Teams that answer incidents: what each is for, and how ready it is. */
import { z } from "zod";
import { charter } from "./charter.ts";
import { team } from "./directory.ts";
import { endpoint } from "./endpoint.ts";
import { id, instant, level, list, text } from "./shapes.ts";

const params = z.strictObject({ id });
const person = z.object({ id, name: z.string() });
const day = z.iso.date();

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
  output: team,
  refusals: [
    "level-five-needed",
    "team-unknown",
    "team-roles-twice",
    "schedule-unknown",
    "policy-unknown",
    "deputy-unknown",
  ],
});

/** What keeps a team from answering as its mandate says, the gravest first. */
const finding = z.object({
  kind: z.enum([
    "vacancy",
    "too-few-members",
    "unreachable",
    "no-rota",
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
  /** Nothing keeps it from answering. */
  ready: z.boolean(),
  findings: z.array(finding),
  /** The newest first. */
  exercises: z.array(exercise),
  /** The last time it was activated on an incident that may be seen. */
  activated: z.object({ number: z.string(), at: instant, exercise: z.boolean() }).nullable(),
});
export type Readiness = z.infer<typeof readiness>;

export const readTeamReadiness = endpoint({
  id: "readTeamReadiness",
  method: "GET",
  path: "/api/v1/teams/:id/readiness",
  tag: "directory",
  access: "member",
  params,
  success: 200,
  output: readiness,
  refusals: ["team-unknown", "team-without-mandate"],
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
