/** What any act about an incident takes besides what it says. */
import { z } from "zod";
import { instant, text } from "./shapes.ts";

const envelope = {
  reason: text(2_000).optional(),
  occurredAt: instant.optional(),
  derogation: z.strictObject({ reason: text(2_000) }).optional(),
};

export const actBody = <T extends z.ZodRawShape>(shape: T) => z.strictObject({ ...envelope, ...shape });
