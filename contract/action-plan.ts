/** The action plan of an incident, by operational periods. */
import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { incident, instant, period } from "./shapes.ts";

/** Every period of the action plan, the newest first, with what was to be done for it; those that are over stay as they were. */
export const readActionPlan = endpoint({
  id: "readActionPlan",
  method: "GET",
  path: "/api/v1/incidents/:id/action-plan",
  tag: "incidents",
  access: "member",
  params: z.strictObject({ id: z.string().max(64) }),
  success: 200,
  output: z.object({
    at: instant,
    data: z.array(period.extend({ status: z.enum(["ahead", "running", "over"]), tasks: incident.shape.tasks })),
    /** Open work that is of no period, or of one that is over: what the next has to take up. */
    carried: incident.shape.tasks,
  }),
  refusals: ["incident-unknown"],
});
export type ActionPlan = z.infer<typeof readActionPlan.output>;
