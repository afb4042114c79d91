/** What the directory holds, one by one: read alone, changed, and who is on call now. */
import { z } from "zod";
import {
  dutyFunction,
  newPolicy,
  newTeam,
  person,
  policy,
  rotation,
  schedule,
  service,
  span,
  team,
} from "./directory.ts";
import { endpoint } from "./endpoint.ts";
import { id, instant, list, text } from "./shapes.ts";

const name = text(200);
const params = z.strictObject({ id });

const reading = <const Id extends string, const Path extends string, T extends z.ZodType>(
  ident: Id,
  path: Path,
  output: T,
) =>
  endpoint({
    id: ident,
    method: "GET",
    path,
    tag: "directory",
    access: "member",
    params,
    success: 200,
    output,
    refusals: [],
  });

export const readPerson = reading("readPerson", "/api/v1/people/:id", person);
export const readTeam = reading("readTeam", "/api/v1/teams/:id", team);
export const readFunction = reading("readFunction", "/api/v1/functions/:id", dutyFunction);
export const readService = reading("readService", "/api/v1/services/:id", service);
export const readSchedule = reading("readSchedule", "/api/v1/schedules/:id", schedule);
export const readPolicy = reading("readPolicy", "/api/v1/escalation-policies/:id", policy);

const changing = { method: "PATCH", tag: "directory", access: "administrator", params, success: 200 } as const;

export const changeTeam = endpoint({
  id: "changeTeam",
  path: "/api/v1/teams/:id",
  ...changing,
  body: z.strictObject({ name: newTeam.shape.name.optional(), members: z.array(id).max(500).optional() }),
  output: team,
  refusals: ["team-unknown", "name-taken", "person-unknown", "not-administrator"],
});
export const changeFunction = endpoint({
  id: "changeFunction",
  path: "/api/v1/functions/:id",
  ...changing,
  body: z.strictObject({
    nameFr: name.optional(),
    nameEn: name.optional(),
    members: z.array(id).max(500).optional(),
  }),
  output: dutyFunction,
  refusals: ["function-unknown", "person-unknown", "not-administrator"],
});
export const changeSchedule = endpoint({
  id: "changeSchedule",
  path: "/api/v1/schedules/:id",
  ...changing,
  body: z.strictObject({ name: name.optional(), rotation: rotation.optional() }),
  output: schedule,
  refusals: ["schedule-unknown", "person-unknown", "not-administrator"],
});
/** What already pages goes on as it began: a running page has its policy of the moment it started. */
export const changePolicy = endpoint({
  id: "changePolicy",
  path: "/api/v1/escalation-policies/:id",
  ...changing,
  body: z.strictObject({
    name: name.optional(),
    steps: newPolicy.shape.steps.optional(),
    repeat: z.int().min(0).max(9).optional(),
    default: z.boolean().optional(),
  }),
  output: policy,
  refusals: ["policy-unknown", "person-unknown", "team-unknown", "schedule-unknown", "not-administrator"],
});

/** `now` is null before the first hand-over; its person is null in a turn deliberately without anybody. */
export const onCall = z.object({
  schedule: z.object({ id, name: z.string() }),
  now: span.nullable(),
  next: span.nullable(),
});
export const readOnCall = endpoint({
  id: "readOnCall",
  method: "GET",
  path: "/api/v1/on-call",
  tag: "directory",
  access: "member",
  query: z.strictObject({ at: instant.optional() }),
  success: 200,
  output: list(onCall),
  refusals: [],
});
