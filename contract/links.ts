/** How incidents hang together, and what is taken out of one. */
import { z } from "zod";
import { linkKinds } from "../core/kernel/vocabulary.ts";
import { endpoint } from "./endpoint.ts";
import { id, instant, language, person, priority, stage } from "./shapes.ts";

const link = z.object({
  id,
  number: z.string(),
  title: z.string(),
  language,
  stage,
  priority: priority.nullable(),
  coordinator: person.nullable(),
  /** What this incident is of the other. */
  kind: z.enum(linkKinds),
  /** Which of its workstreams became it. */
  workstream: z.int().nullable(),
  at: instant,
  by: z.string(),
  reason: z.string().nullable(),
});

/** Those that the reader may see, and no count of others. */
export const readLinks = endpoint({
  id: "readLinks",
  method: "GET",
  path: "/api/v1/incidents/:id/links",
  tag: "incidents",
  access: "member",
  params: z.strictObject({ id: z.string().max(64) }),
  success: 200,
  output: z.object({ data: z.array(link) }),
  refusals: ["incident-unknown"],
});
export type IncidentLink = z.infer<typeof link>;
