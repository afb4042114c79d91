/** What people on an incident ask of those who may decide it, and what is looked at afterwards. Part of its shape: what it is made of
 *  is passed in, since the other imports it. */
import { z } from "zod";
import { derogationVerdicts } from "../core/kernel/vocabulary.ts";

export const requestsOf = <Id extends z.ZodType<string>, At extends z.ZodType<string>>(id: Id, instant: At) => ({
  /** How it was closed last, and what somebody else of level 5 said of it: `due` where its categories ask for that. */
  closure: z
    .object({
      by: z.object({ id: id.nullable(), name: z.string() }),
      check: z.enum(["none", "due", "accepted", "returned"]),
      checked: z.object({ at: instant, by: z.string(), text: z.string().nullable() }).nullable(),
    })
    .nullable(),
  /** Where somebody acted above their level, and what was said of it afterwards. */
  derogations: z.array(
    z.object({
      number: z.int(),
      command: z.string(),
      needed: z.int(),
      by: z.object({ id: id.nullable(), name: z.string() }),
      at: instant,
      reason: z.string().nullable(),
      /** Who of that level had been called and had not answered, since when. */
      silent: z.array(z.object({ name: z.string(), since: instant })),
      review: z
        .object({ by: z.string(), at: instant, verdict: z.enum(derogationVerdicts), text: z.string().nullable() })
        .nullable(),
    }),
  ),
  /** Who joined whoever has it, where more than one was wanted. */
  joined: z.array(z.object({ id, name: z.string(), at: instant })),
  /** That it be opened again, as somebody who may not do it asked last since it was closed. */
  reopening: z
    .object({
      by: z.object({ id: id.nullable(), name: z.string() }),
      at: instant,
      reason: z.string().nullable(),
      declined: z.object({ by: z.string(), at: instant, reason: z.string().nullable() }).nullable(),
    })
    .nullable(),
  /** Help that anybody on it asked for: a proposed escalation until it is answered. */
  help: z.array(
    z.object({
      number: z.int(),
      text: z.string(),
      by: z.object({ id: id.nullable(), name: z.string() }),
      at: instant,
      reason: z.string().nullable(),
      /** `escalation`: the one that it became; null: it was answered otherwise, with the reason. */
      answered: z
        .object({ by: z.string(), at: instant, reason: z.string().nullable(), escalation: z.int().nullable() })
        .nullable(),
    }),
  ),
});

/** What is asked before closing. `unsettled`: what it looks at that keeps it from being confirmed, in the reader's words. */
export const criterionAsked = z.object({
  id: z.string(),
  name: z.string(),
  met: z.boolean(),
  unsettled: z.array(z.string()).optional(),
});
