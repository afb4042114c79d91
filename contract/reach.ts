/** Proof of reach: who would be asked, by which instant, for every service and every instant of the weeks to come. */
import { z } from "zod";
import { channelKinds } from "../core/directory/types.ts";
import { conditionKinds, differenceKinds, differenceReasons, provedThrough } from "../core/kernel/vocabulary.ts";
import { newPolicy, policySteps } from "./directory.ts";
import { endpoint } from "./endpoint.ts";
import { inOrder, newSchedule, reversed, spanShape } from "./oncall.ts";
import { category, id, instant, priority } from "./shapes.ts";

export const proofWeeksMax = 26;

const reason = z.object({
  /** From 0. */
  step: z.int(),
  /** Of a step whose conditions do not hold, nothing. */
  target: z.string(),
  reason: z.enum([
    "nobody-on-call",
    "unknown-target",
    "empty-team",
    "empty-function",
    "inactive",
    "no-contact-point",
    "no-administrator",
    "too-late",
    "channel",
    "too-few",
    "wakes-nobody",
    ...conditionKinds.map((kind) => `not-${kind}` as const),
  ]),
});
const urgency = z.enum(["high", "low"]);
/** Of the directory, as if it were saved. */
const change = z.strictObject({
  schedule: z
    .strictObject({ id, layers: newSchedule.shape.layers, declaredGaps: newSchedule.shape.declaredGaps })
    .optional(),
  policy: z
    .strictObject({
      /** Without it, a policy that is not there yet. */
      id: id.optional(),
      steps: policySteps,
      /** Without it, as it is. */
      repeat: z.int().min(0).max(9).optional(),
      /** Without it, as it is. */
      zone: newPolicy.shape.zone,
      actWithinMinutes: newPolicy.shape.actWithinMinutes,
      /** Whether what no service routes is called by it; without it, as it is. */
      default: z.boolean().optional(),
    })
    .optional(),
  /** By which policy a service is paged; null: by none of its own. */
  service: z.strictObject({ id, policy: id.nullable() }).optional(),
  /** Somebody is put on call instead. */
  override: z
    .strictObject({ schedule: id, person: id, ...spanShape })
    .refine(inOrder, reversed)
    .optional(),
  /** Somebody is away. */
  absence: z
    .strictObject({ person: id, ...spanShape })
    .refine(inOrder, reversed)
    .optional(),
});
/** Incidents that the conditions of a policy tell from others of the same service and urgency: of these priorities, and of
 *  just these categories among those that the conditions name. Null: all alike. */
const sort = z.object({ priorities: z.array(priority), categories: z.array(category) }).nullable();
const hole = z.object({ ...spanShape, because: z.array(reason) });
const subjectShape = {
  /** How calls come to the policy: by the service of an incident, or since it has none; by an escalation that names it, for
   *  what no service's incidents prove of it; or when everybody else was out of reach. */
  through: z.enum(provedThrough),
  /** Null: an incident of no service; of an escalation, of any that is not told apart. */
  service: id.nullable(),
  urgency,
  sort,
  policy: z.object({ id: z.string(), name: z.string() }),
};

export const reachProof = z.object({
  at: instant,
  ...spanShape,
  withinMinutes: z.int(),
  channels: z.array(z.enum(channelKinds)).nullable(),
  /** Of all hours of all subjects, those in which somebody would be asked in time; from 0 to 1. */
  share: z.number(),
  subjects: z.array(
    z.object({
      ...subjectShape,
      holeHours: z.number(),
      weakHours: z.number(),
      /** Nobody is asked in time. At most the first of them, when there are very many. */
      holes: z.array(hole),
      /** Somebody is, after a step or a target that reaches nobody. */
      weak: z.array(hole.extend({ people: z.array(id) })),
    }),
  ),
  /** Whom an escalation may be addressed to, and who could not be asked in time at any hour: a team, a function, whoever keeps
   *  a service, or a person: one whom a step of a policy names, or who has a level. */
  deaf: z.array(z.object({ kind: z.enum(["team", "function", "owner", "person"]), id, because: z.array(reason) })),
  /** What a change would open, when one was given: subjects and times that somebody answers for today. */
  opened: z.array(z.object({ ...subjectShape, ...spanShape })),
});

export const proveReach = endpoint({
  id: "proveReach",
  changesNothing: true,
  method: "POST",
  path: "/api/v1/reach/proof",
  tag: "directory",
  access: "member",
  body: z.strictObject({
    weeks: z.int().min(1).max(proofWeeksMax).default(13),
    withinMinutes: z.int().min(0).max(240).default(15),
    /** Those that count; without them, any that its owner verified. */
    channels: z.array(z.enum(channelKinds)).min(1).max(channelKinds.length).optional(),
    /** Proved as if it were saved. */
    change: change.optional(),
  }),
  success: 200,
  output: reachProof,
  refusals: ["schedule-unknown", "policy-unknown", "service-unknown", "person-unknown", "place-unknown"],
});

export const replayDaysMax = 90;

const call = z.object({
  person: id,
  at: instant,
  /** From 0. */
  step: z.int(),
  reason: z.string(),
  schedule: z.string().nullable(),
});
const both = z.object({ before: z.int(), after: z.int() });
/** A length in milliseconds, and how many had it. */
const counted = z.array(z.tuple([z.int(), z.int()]));

export const replayPart = z.object({
  ...spanShape,
  /** Incidents of the period that the caller may see, exercises left out; and how many of them this part looked at. */
  incidents: z.int(),
  seen: z.int(),
  /** Asks for the next part; null after the last. */
  next: z.string().nullable(),
  pagings: z.int(),
  pages: both,
  unanswered: both,
  /** From the beginning until the one who answers is first called. */
  delays: z.object({ before: counted, after: counted }),
  /** Pages from 22:00 to 06:00 and from Saturday to Monday, where that person lives. */
  outOfHours: z.array(both.extend({ person: id })),
  differences: z.array(
    z.object({
      kind: z.enum(differenceKinds),
      incident: z.object({ id, number: z.string() }),
      service: id.nullable(),
      /** When the page was for an escalation of it, which. */
      escalation: z.int().nullable(),
      /** When it called a team together, which. */
      team: z.string().nullable(),
      startedAt: instant,
      before: call.nullable(),
      after: call.nullable(),
      because: z.enum(differenceReasons),
      missed: z.array(reason),
    }),
  ),
});

/** A part at a time, from the oldest: whoever asks adds them up, shows how far it is, and stops by not asking on. A cursor carries
 *  whom policies called in turn so far, and which incidents have more to come. */
export const replayPages = endpoint({
  id: "replayPages",
  changesNothing: true,
  method: "POST",
  path: "/api/v1/reach/replay",
  tag: "directory",
  access: "member",
  body: z.strictObject({
    days: z.int().min(1).max(replayDaysMax).default(replayDaysMax),
    change,
    cursor: z.string().max(400_000).optional(),
  }),
  success: 200,
  output: replayPart,
  refusals: ["schedule-unknown", "policy-unknown", "service-unknown", "person-unknown", "place-unknown"],
});
