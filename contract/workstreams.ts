/** What commands about workstreams, links and splits take. */
import { z } from "zod";
import { linkKinds, workstreamOutcomes } from "../core/kernel/vocabulary.ts";
import { id, instant, text, title } from "./shapes.ts";

const number = z.int().min(1).max(10_000);
export const ofStream = { workstream: number };

/** `person`: who is asked to lead it; whoever opens it does until they accept. `due`: by when its purpose is to be reached. */
export const openedStream = {
  title,
  purpose: text(2_000),
  person: id.optional(),
  team: id.optional(),
  due: instant.nullable().optional(),
};
/** `text`: what is new, or what it waits for; `on`: for which other workstream. */
export const updatedStream = {
  ...ofStream,
  status: z.enum(["under-way", "blocked"]),
  text: text(2_000),
  on: number.nullable().optional(),
  due: instant.nullable().optional(),
};
export const finishedStream = { ...ofStream, outcome: z.enum(workstreamOutcomes).default("done"), text: text(2_000) };

/** `incident`: the id or the number of the other; `kind`: what this one is of it. */
const other = { incident: z.string().max(64) };
export const linked = { ...other, kind: z.enum(linkKinds) };
export const unlinked = other;

/** Of what is taken out, the tasks by their numbers and live alerts by their ids; `person`: who has the new incident. */
export const splitOut = {
  title,
  workstream: number.optional(),
  tasks: z.array(number).max(200).default([]),
  alerts: z.array(id).max(200).default([]),
  person: id.optional(),
};
