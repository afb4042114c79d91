/** Changes that other tools tell of: deployments, settings, whatever may be why something broke. */
import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { id, instant, list, page } from "./shapes.ts";

export const change = z.object({
  id,
  at: instant,
  recordedAt: instant,
  summary: z.string(),
  source: z.string().nullable(),
  service: id.nullable(),
  integration: z.object({ id, name: z.string() }),
  links: z.array(z.object({ href: z.string(), text: z.string().nullable() })),
  details: z.unknown(),
});
export type ChangeView = z.infer<typeof change>;

export const listChanges = endpoint({
  id: "listChanges",
  method: "GET",
  path: "/api/v1/changes",
  tag: "changes",
  access: "member",
  query: z.strictObject({ ...page, service: id.optional() }),
  success: 200,
  output: list(change),
  refusals: [],
});

/** Those of its service, from a day before it was reported until it ended, latest first. */
export const readIncidentChanges = endpoint({
  id: "readIncidentChanges",
  method: "GET",
  path: "/api/v1/incidents/:id/changes",
  tag: "changes",
  access: "member",
  params: z.strictObject({ id: z.string().max(64) }),
  query: z.strictObject(page),
  success: 200,
  output: list(change),
  refusals: ["incident-unknown"],
});
