/** What awaits whoever asks: of each incident the acts that are theirs, why, and until when. */
import { z } from "zod";
import { targetKinds } from "../core/directory/category-process.ts";
import { awaitedCommands } from "../core/directory/responsibility.ts";
import { awaitedOfSecurity } from "../core/kernel/security-words.ts";
import { awaitedWhys } from "../core/kernel/vocabulary.ts";
import { endpoint } from "./endpoint.ts";
import { instant, language, priority, stage } from "./shapes.ts";

/** In one answer: what is beyond is said to be there. */
export const myWorkMax = 200;

const awaited = z.object({
  incident: z.object({
    id: z.uuid(),
    number: z.string(),
    title: z.string(),
    language,
    stage,
    priority: priority.nullable(),
    exercise: z.boolean(),
  }),
  /** The act that is asked for; null: it is theirs, and goes on. */
  command: z.enum([...awaitedCommands, ...awaitedOfSecurity]).nullable(),
  /** Of the task, workstream, escalation, team or derogation that it is about. */
  number: z.int().nullable(),
  /** What that is called, as people wrote it. */
  about: z.string().nullable(),
  /** `level`: of all who have their level; `owner`: they own the service; `holds`: they coordinate or have it. */
  why: z.enum(awaitedWhys),
  until: instant.nullable(),
  /** Which target of the incident falls due then. */
  target: z.enum(targetKinds).nullable(),
});
export type AwaitedView = z.infer<typeof awaited>;

/** What is due first; what has no time, by priority. */
export const readMyWork = endpoint({
  id: "readMyWork",
  method: "GET",
  path: "/api/v1/my-work",
  tag: "incidents",
  access: "member",
  success: 200,
  output: z.object({ at: instant, data: z.array(awaited), truncated: z.boolean() }),
  refusals: [],
});
