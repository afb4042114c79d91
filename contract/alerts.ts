/** Alerts across the whole desk: what machines said, and what became of it. */
import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { alert } from "./incidents.ts";
import { id, instant, list, page, stage, text } from "./shapes.ts";

export const alertStatuses = ["open", "waiting", "quiet", "resolved", "ended"] as const;
const status = z.enum(alertStatuses);

/** An alert with the incident it opened or joined. One that waits has none yet; one that was over before it was raised never
 *  had. */
export const placedAlert = alert.extend({
  incident: z.object({ id, number: z.string(), title: z.string(), stage }).nullable(),
  service: z.object({ id, name: z.string() }).nullable(),
});
export type PlacedAlert = z.infer<typeof placedAlert>;

export const alertsFilter = z.strictObject({
  ...page,
  cursor: id.optional(),
  status: z.union([status, z.array(status)]).optional(),
  integration: id.optional(),
  /** Of the incident it belongs to. */
  service: id.optional(),
});

/** Newest first. */
export const listAlerts = endpoint({
  id: "listAlerts",
  method: "GET",
  path: "/api/v1/alerts",
  tag: "alerts",
  access: "member",
  query: alertsFilter,
  success: 200,
  output: list(placedAlert),
  refusals: [],
});

export const readAlert = endpoint({
  id: "readAlert",
  method: "GET",
  path: "/api/v1/alerts/:id",
  tag: "alerts",
  access: "member",
  params: z.strictObject({ id }),
  success: 200,
  output: placedAlert,
  refusals: [],
});

/** One that waits is given its incident now, and calls as if nothing held it back. What holds others back still does. */
export const raiseAlert = endpoint({
  id: "raiseAlert",
  method: "POST",
  path: "/api/v1/alerts/:id/raise",
  tag: "alerts",
  access: "member",
  params: z.strictObject({ id }),
  body: z.strictObject({ reason: text(1_000) }),
  success: 200,
  output: placedAlert,
  refusals: ["noise-level-needed", "alert-not-waiting"],
});

/** Why this, why not, why here: each decision with the rule, in its version, that made it. Where it was put and whom that called
 *  are as the record of its incident says. */
export const traceEntry = z.object({
  at: instant,
  what: z.enum([
    "received",
    "waits",
    "raised",
    "raised-by-hand",
    "never-raised",
    "grouped",
    "new-kind",
    "placed",
    "no-new-call",
    "routed",
    "calls-begin",
    "called",
    "unreached",
    "accepted",
    "calls-stop",
    "calls-exhausted",
  ]),
  because: z.string().nullable(),
  rule: z.object({ id: z.string(), version: z.int(), name: z.string() }).nullable(),
  until: instant.nullable(),
  values: z.record(z.string(), z.unknown()),
});
export type TraceEntry = z.infer<typeof traceEntry>;

/** In the order of time. */
export const readAlertTrace = endpoint({
  id: "readAlertTrace",
  method: "GET",
  path: "/api/v1/alerts/:id/trace",
  tag: "alerts",
  access: "member",
  params: z.strictObject({ id }),
  success: 200,
  output: list(traceEntry),
  refusals: [],
});
