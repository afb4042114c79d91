/** One entry of a record, as the API shows it. */
import { z } from "zod";
import { instant, level } from "./shapes.ts";

export const timelineEntry = z.object({
  seq: z.int(),
  type: z.string(),
  at: instant,
  recordedAt: instant,
  actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string(), via: z.string() }),
  level,
  role: z.string().nullable(),
  derogation: z.string().nullable(),
  reason: z.string().nullable(),
  cause: z.object({ kind: z.string(), id: z.string().optional() }).loose(),
  data: z.record(z.string(), z.unknown()).nullable(),
  hash: z.string(),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;
