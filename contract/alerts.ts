/** Alerts across the whole desk: what machines said, and what became of it. */
import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { alert } from "./incidents.ts";
import { id, list, page, stage } from "./shapes.ts";

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
