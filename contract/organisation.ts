/** What the directory holds, one by one: read alone, and changed. */
import { z } from "zod";
import { dutyFunction, newPolicy, newTeam, person, policy, service, team } from "./directory.ts";
import { endpoint } from "./endpoint.ts";
import { id, text } from "./shapes.ts";

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
/** What already pages goes on as it began: a running page has its policy of the moment it started. */
export const changePolicy = endpoint({
  id: "changePolicy",
  path: "/api/v1/escalation-policies/:id",
  ...changing,
  body: z.strictObject({
    name: name.optional(),
    steps: newPolicy.shape.steps.optional(),
    repeat: z.int().min(0).max(9).optional(),
    zone: newPolicy.shape.zone,
    actWithinMinutes: newPolicy.shape.actWithinMinutes,
    default: z.boolean().optional(),
  }),
  output: policy,
  refusals: [
    "policy-unknown",
    "person-unknown",
    "team-unknown",
    "function-unknown",
    "schedule-unknown",
    "webhook-unknown",
    "category-unknown",
    "service-unknown",
    "service-retired",
    "not-administrator",
  ],
});
