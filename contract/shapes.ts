/** Shapes that several endpoints share. Everything is parsed by these at the door; inside there is no `any`. */
import { z } from "zod";
import { confirmers, targetKinds } from "../core/directory/category-process.ts";
import { incidentCommands } from "../core/directory/responsibility.ts";
import { cleanText, cleanTitle } from "../core/intake/text.ts";
import { isTimeZone } from "../core/kernel/time.ts";
import {
  capacities,
  detectionReasons,
  evidenceSides,
  findingSources,
  flags,
  locales,
  milestones,
  stages,
  tlps,
  workstreamOutcomes,
} from "../core/kernel/vocabulary.ts";
import { criterionAsked, requestsOf } from "./requests.ts";

export const titleMax = 200;
export const textMax = 20_000;
export const pageSizeMax = 200;
/** Entries are numbered by integers of four bytes. */
export const seqMax = 2_147_483_647;

/** Of characters that show nothing alone, nothing is said. */
const shown = /[^\p{Cf}\p{Cc}\p{Z}]/u;
const orNothing = (text: string): string => (shown.test(text) ? text : "");

/** Text of people: cleaned of what no reader wants (NUL, lone surrogates, stray controls), then bounded. */
export const text = (max = textMax) =>
  z
    .string()
    .transform((raw) => orNothing(cleanText(raw, max + 1).text))
    .pipe(z.string().trim().min(1).max(max));
/** On one line, as names and titles are. */
export const oneLine = (max: number) =>
  z
    .string()
    .transform((raw) => orNothing(cleanTitle(raw, max + 1).text))
    .pipe(z.string().trim().min(1).max(max));
export const title = oneLine(titleMax);

/** Something to look for or to compare, that may be anything: cleaned, since the database takes no NUL. */
export const line = (max: number) =>
  z
    .string()
    .max(max)
    .transform((raw) => cleanText(raw).text);

/** Written one way only: ids are compared as text where they stand inside documents. */
export const id = z.uuid().toLowerCase();
export const language = z.enum(["fr", "en"]);
/** What somebody reads: a language, or its variety in a place. */
export const locale = z.enum(locales);
/** With its offset taken away its year has four digits still. */
export const instant = z.iso
  .datetime({ offset: true })
  .refine((text) => hasFourDigits(Date.parse(text)), { error: "out-of-range" });
const yearZero = Date.parse("0000-01-01T00:00:00Z");
const yearTenThousand = Date.parse("9999-12-31T23:59:59.999Z") + 1;
/** What is no time at all is refused for that. */
const hasFourDigits = (at: number): boolean => !(at < yearZero || at >= yearTenThousand);
export const level = z.int().nullable();
export const impact = z.literal([1, 2, 3, 4]);
export const priority = z.literal([1, 2, 3, 4, 5]);
export const zone = z.string().max(64).refine(isTimeZone, { error: "not-a-time-zone" });
/** `09:00`, of any day. */
export const wallClock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const category = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
export const stage = z.enum(stages);
export const milestone = z.enum(milestones);

export const page = {
  limit: z.coerce.number().int().min(1).max(pageSizeMax).optional(),
  cursor: z.string().max(400).optional(),
};

export const person = z.object({ id, name: z.string() });

/** What is to be reached by when: one of the operational periods of an action plan. */
export const period = z.object({
  number: z.int(),
  from: instant,
  until: instant,
  situation: z.string(),
  objectives: z.array(z.string()),
  by: z.string(),
  at: instant,
  revisions: z.int(),
});

const objectives = z.array(text(300)).max(10);
/** `from`: without it, it follows the one before, or begins at once. */
export const plannedPeriod = {
  situation: text(2_000),
  objectives: objectives.min(1),
  from: instant.optional(),
  until: instant,
};
/** The latest, in force or ahead: what is left out stays. */
export const revisedPeriod = {
  situation: text(2_000).optional(),
  objectives: objectives.optional(),
  until: instant.optional(),
};

const said = z.object({ at: instant, by: z.string(), text: z.string() });

const workstream = z.object({
  number: z.int(),
  title: z.string(),
  purpose: z.string(),
  /** One person at any instant. */
  lead: person,
  /** To lead it, offered to somebody who has not answered. */
  offer: z.object({ to: person, by: z.string(), at: instant, until: instant }).nullable(),
  team: z.object({ id, name: z.string() }).nullable(),
  due: instant.nullable(),
  at: instant,
  status: z.enum(["under-way", "blocked", ...workstreamOutcomes, "split"]),
  /** What it waits for, and which other workstream. */
  waits: z.object({ text: z.string(), on: z.int().nullable() }).nullable(),
  news: said.nullable(),
  heardAt: instant,
  /** When its silence was raised, as long as nothing was heard since. */
  staleAt: instant.nullable(),
  left: said.nullable(),
});
export type WorkstreamView = z.infer<typeof workstream>;

export const incident = z.object({
  id,
  number: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  language,
  stage,
  milestones: z.partialRecord(milestone, instant),
  /** What closing still requires: milestones, then criteria of its categories. */
  missing: z.array(z.string()),
  exercise: z.boolean(),
  service: z.object({ id, name: z.string() }).nullable(),
  categories: z.array(category),
  proposedCategories: z.array(category),
  /** What suffers. */
  domains: z.array(category),
  /** Whether it is, or was held to be, a major incident: `criteria` are the written ones that propose it. */
  major: z
    .object({
      status: z.enum(["proposed", "declared", "stood-down"]),
      at: instant.nullable(),
      by: z.string().nullable(),
      reason: z.string().nullable(),
      criteria: z.array(z.object({ id: category, words: z.object({ fr: z.string(), en: z.string() }) })),
    })
    .nullable(),
  /** Whether it is, or was, held serious or not routine; `criteria` as for `major`. */
  flags: z.array(
    z.object({
      flag: z.enum(flags),
      status: z.enum(["proposed", "raised", "lowered"]),
      at: instant,
      by: z.string(),
      reason: z.string().nullable(),
      criteria: z.array(z.object({ id: category, words: z.object({ fr: z.string(), en: z.string() }) })),
    }),
  ),
  /** Who looks for the causes of what is held so. */
  investigator: z.object({ id, name: z.string(), at: instant }).nullable(),
  /** Since service came back last: whether it works again, by the last that each said; and whose word is wanted still before the
   *  recovery is confirmed. */
  restoration: z.object({
    wanted: z.enum(confirmers).nullable(),
    words: z.array(
      z.object({
        id: id.nullable(),
        name: z.string(),
        as: z.enum(capacities),
        working: z.boolean(),
        text: z.string().nullable(),
        at: instant,
      }),
    ),
  }),
  /** What its categories ask, as far as a list shows it; `/process` says all of it. */
  asks: z.object({
    /** `major@3`, in the order in which they speak. */
    pinned: z.array(z.string()),
    questions: z.array(z.string()),
    /** Of those that must be answered. */
    openQuestions: z.int(),
    readyAt: instant.nullable(),
    recovery: z.array(z.string()),
    openRecovery: z.int(),
    criteria: z.array(criterionAsked),
    /** Who holds each; null: nobody does. The coordinator's is held by coordinating. */
    roles: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        level: z.int().nullable(),
        required: z.boolean(),
        holder: z.object({ id: id.nullable(), name: z.string() }).nullable(),
        /** Somebody holds it, or has. */
        met: z.boolean(),
      }),
    ),
    /** Where its commands ask another level than usual. */
    levels: z.array(z.object({ command: z.enum(incidentCommands), level: z.literal([2, 3, 4, 5]) })),
  }),
  impact: impact.nullable(),
  urgency: impact.nullable(),
  priority: priority.nullable(),
  prioritySource: z.enum(["proposed", "confirmed", "overridden"]).nullable(),
  priorityReasons: z.array(z.string()),
  assigned: z.object({ kind: z.enum(["person", "team", "function"]), id, name: z.string() }).nullable(),
  acceptedBy: person.nullable(),
  coordinator: person.nullable(),
  coordinationWanted: z.boolean(),
  /** Why it was found to be an incident; null while nobody said that it is one. */
  detectedAs: z.enum(detectionReasons).nullable(),
  /** Coordination, offered to somebody who has not answered: it stays where it is meanwhile. */
  offer: z
    .object({
      to: person,
      by: z.object({ id: id.nullable(), name: z.string() }),
      at: instant,
      until: instant,
      reason: z.string().nullable(),
    })
    .nullable(),
  /** One who leads too many people directly, or holds too many roles. */
  span: z.object({ person, count: z.int(), of: z.enum(["people", "roles"]) }).nullable(),
  tasks: z.array(
    z.object({
      number: z.int(),
      text: z.string(),
      owner: person.nullable(),
      due: instant.nullable(),
      by: z.object({ id: id.nullable(), name: z.string() }),
      at: instant,
      /** Of the action plan, for which it was given. */
      period: z.int().nullable(),
      /** Of which it is. */
      workstream: z.int().nullable(),
      /** `moved`: split off into another incident. */
      status: z.enum(["open", "done", "cancelled", "moved"]),
      /** When whoever coordinates was told that it is late and silent. */
      staleAt: instant.nullable(),
      left: z.object({ by: z.string(), at: instant, text: z.string().nullable() }).nullable(),
    }),
  ),
  workstreams: z.array(workstream),
  /** The last two periods of its action plan: the one in force, and the next when it is planned. */
  plan: z.array(period),
  /** What may have caused it: `left` says how it was settled. */
  hypotheses: z.array(
    z.object({
      number: z.int(),
      text: z.string(),
      by: z.string(),
      at: instant,
      status: z.enum(["open", "confirmed", "ruled-out"]),
      evidence: z.array(
        z.object({
          side: z.enum(evidenceSides),
          text: z.string(),
          /** Null: nobody said, as before it was asked. */
          source: z.enum(findingSources).nullable(),
          sourceName: z.string().nullable(),
          by: z.string(),
          at: instant,
        }),
      ),
      left: z.object({ by: z.string(), at: instant, text: z.string() }).nullable(),
    }),
  ),
  ...requestsOf(id, instant),
  /** What was chosen last, and has not failed since. */
  solution: z
    .object({
      text: z.string(),
      considered: z.array(z.string()),
      why: z.string().nullable(),
      exceeds: z.enum(["cost", "authority"]).nullable(),
      by: z.string(),
      at: instant,
    })
    .nullable(),
  asked: z.array(id),
  paging: z.object({
    status: z.enum(["idle", "running", "stopped", "exhausted"]),
    nextAt: instant.nullable(),
    /** Who is waiting to answer: the latest step's people. */
    called: z.array(z.object({ id, name: z.string(), at: instant, status: z.string() })),
    stoppedBecause: z.string().nullable(),
    /** How many people must accept, and who has, where one is not enough. */
    needed: z.int(),
    acknowledged: z.array(person),
    /** When calls begin again if nothing is done: whoever accepted has done nothing yet. */
    watchedUntil: instant.nullable(),
  }),
  /** What people asked of others, each with what became of it. */
  escalations: z.array(
    z.object({
      number: z.int(),
      kind: z.enum(["functional", "hierarchical"]),
      /** As it was asked: an id, or `owner`. */
      to: z.string(),
      expected: z.string(),
      by: z.string().nullable(),
      askedAt: instant,
      reason: z.string().nullable(),
      status: z.enum(["requested", "acknowledged", "returned", "ended"]),
      holder: person.nullable(),
      /** Returned or ended: by whom, when and why. */
      left: z.object({ by: z.string(), at: instant, reason: z.string().nullable() }).nullable(),
      paging: z.object({
        status: z.enum(["idle", "running", "stopped", "exhausted"]),
        nextAt: instant.nullable(),
        called: z.array(z.object({ id, name: z.string(), at: instant, status: z.string() })),
      }),
    }),
  ),
  /** How many teams were activated on it; `/teams` says all of them. */
  teams: z.int(),
  alerts: z.object({ open: z.int(), firing: z.int() }),
  /** How many files are attached. */
  attachments: z.int(),
  origin: z.string(),
  relapses: z.int(),
  /** Which of its targets is due first, as far as can be seen; `/clocks` says all of them. */
  due: z.object({ target: z.enum(targetKinds), at: instant }).nullable(),
  /** What stops the clocks, until it is ended or over. */
  paused: z.object({ pause: z.string(), from: instant, until: instant }).nullable(),
  recoveryStarted: z.boolean(),
  /** There for those alone whom it admits; null: for everybody. */
  restriction: z
    .object({
      since: instant,
      by: z.string(),
      reason: z.string().nullable(),
      /** By whose rule. */
      category: z.string().nullable(),
      members: z.array(
        z.object({
          kind: z.enum(["person", "team", "function"]),
          id: z.string(),
          name: z.string(),
          /** Named by somebody, or admitted by what they hold of it or were called for. */
          because: z.enum(["named", "work"]),
          by: z.string().nullable(),
          at: instant.nullable(),
          reason: z.string().nullable(),
          /** Let in by breaking the glass, and only so long. */
          until: instant.nullable(),
        }),
      ),
    })
    .nullable(),
  /** How far it may be told on: Traffic Light Protocol 2.0. */
  tlp: z.enum(tlps).nullable(),
  mergedInto: id.nullable(),
  process: z.string(),
  seq: z.int(),
  updatedAt: instant,
});
export type IncidentView = z.infer<typeof incident>;

/** An incident as it is told in a list of others. */
export const incidentLine = z.object({
  id,
  number: z.string(),
  title: z.string(),
  language,
  stage,
  open: z.boolean(),
  priority: priority.nullable(),
  service: z.object({ id, name: z.string() }).nullable(),
  reportedAt: instant,
});

/** RFC 9457 problem, with our stable code. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  instance: z.string().optional(),
  missing: z.array(z.string()).optional(),
  errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
  requestId: z.string().optional(),
});
export type Problem = z.infer<typeof problem>;

export const list = <T extends z.ZodType>(item: T) =>
  z.object({ data: z.array(item), nextCursor: z.string().nullable() });
