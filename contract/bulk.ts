/** Several acts in one request, done one after the other as if each had been asked alone: a result for each, none lost. */
import { z } from "zod";
import { type IncidentCommandName, incidentCommands } from "../core/directory/responsibility.ts";
import { commandBodies } from "./command-bodies.ts";
import { endpoint } from "./endpoint.ts";
import { incident, problem, seqMax } from "./shapes.ts";

/** In one request. What is more was hardly looked at one by one. */
export const bulkMax = 100;

const actOf = <Name extends IncidentCommandName>(name: Name) =>
  z.strictObject({
    /** Its id or its number. */
    incident: z.string().min(1).max(64),
    command: z.literal(name),
    body: commandBodies[name],
    /** How many entries its record had when its reader decided this: as `If-Match`. */
    ifSeq: z.int().min(0).max(seqMax).optional(),
  });

const [first, ...others] = incidentCommands;
const act = z.discriminatedUnion("command", [actOf(first), ...others.map((name) => actOf(name))]);
export type BulkAct = z.infer<typeof act>;

export const bulkResult = z.object({
  /** As it was asked. */
  incident: z.string(),
  command: z.enum(incidentCommands),
  /** What the act alone would have been answered with. */
  status: z.int(),
  /** The incident after it; null when it was not done. */
  after: incident.nullable(),
  problem: problem.nullable(),
});
export type BulkResult = z.infer<typeof bulkResult>;

export const actInBulk = endpoint({
  id: "actInBulk",
  method: "POST",
  path: "/api/v1/incidents/bulk",
  tag: "commands",
  access: "member",
  body: z.strictObject({
    acts: z
      .array(act)
      .min(1)
      .max(bulkMax)
      .refine((acts) => new Set(acts.map((one) => one.incident.toLowerCase())).size === acts.length, {
        error: "twice",
      }),
  }),
  success: 200,
  output: z.object({ results: z.array(bulkResult), done: z.int(), refused: z.int() }),
  refusals: [],
});
