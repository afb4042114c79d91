/** Legal clocks: what the laws ask to be told, from when and within how long; and any of them, or one of one's own, worked out
 *  without saving anything. It is no legal advice, and no clock runs unasked. */
import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { inOrder, place, reversed } from "./oncall.ts";
import { instant, list, text, wallClock, zone } from "./shapes.ts";

/** Of a leg, a fact or a trait. */
const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
const names = z.array(name).max(50);

const limit = z.discriminatedUnion("unit", [
  /** They run on, whatever the hour and the day. */
  z.strictObject({ unit: z.literal("hours"), count: z.int().min(0).max(87_600) }),
  /** Same wall clock of the last day; a day that its month does not have is the month's last. `afterYearEnd`: counted from the end
   *  of the calendar year of the start. */
  z.strictObject({
    unit: z.literal("days"),
    count: z.int().min(1).max(3_660),
    afterYearEnd: z.boolean().optional(),
  }),
  z.strictObject({ unit: z.literal("months"), count: z.int().min(1).max(120) }),
  /** From the next one on. `dayEndsAt`: when the last of them ends; without it, the wall clock of the start. */
  z.strictObject({
    unit: z.literal("business-days"),
    count: z.int().min(1).max(500),
    dayEndsAt: wallClock.optional(),
  }),
]);

/** A fact, or what was submitted for one or several legs. */
const start = z.union([
  z.strictObject({ fact: name }),
  z.strictObject({ submissionOf: names.min(1), which: z.enum(["first", "last"]).default("first") }),
]);

const leg = z.strictObject({
  id: name,
  start,
  /** Null: without delay, and without a figure. */
  limit: limit.nullable(),
  /** The first whose traits all hold is the limit instead. */
  limitWhen: z
    .array(z.strictObject({ traits: names.min(1), limit }))
    .max(20)
    .default([]),
  /** Not later than this either. Where `start` comes after it, it `lifts`, or `holds` all the same. */
  atLatest: z
    .strictObject({ start, limit, lateStart: z.enum(["lifts", "holds"]).default("lifts") })
    .nullable()
    .default(null),
  onlyWith: names.default([]),
  notWith: names.default([]),
  /** A fact after which it is owed no more. */
  until: name.nullable().default(null),
  /** Where the limit falls on a day off, to noon or to the end of the next working day. `exceptFor`: not for whoever has one of
   *  these traits; `exceptSince`: not since this fact, unless it was reported by its leg before. */
  extension: z
    .strictObject({
      to: z.enum(["noon", "end"]),
      exceptFor: names.default([]),
      exceptSince: z.strictObject({ fact: name, reportedBy: name }).nullable().default(null),
    })
    .nullable()
    .default(null),
  /** The law lets it be withheld; `afterwards`: what is left once it no longer does. */
  hold: z.strictObject({ afterwards: limit.nullable() }).nullable().default(null),
});

/** Years whose holidays are known, with the longest limit. */
const known = instant.refine((at) => Date.parse(at) >= firstKnown && Date.parse(at) < lastKnown, {
  error: "out-of-range",
});
const firstKnown = Date.parse("1970-01-02T00:00:00Z");
const lastKnown = Date.parse("2089-01-01T00:00:00Z");

const few = { error: "out-of-range" };
const atMost = (max: number) => (record: object) => Object.keys(record).length <= max;

const hold = z.strictObject({
  legs: names.min(1),
  reason: text(1_000),
  /** Who asked for it, or allows it. */
  authority: text(200),
  from: known,
  until: known.nullable().default(null),
});

const asked = z.strictObject({
  /** A law, by its name; or `legs`. */
  clock: name.optional(),
  legs: z
    .array(leg)
    .min(1)
    .max(30)
    .refine((legs) => new Set(legs.map(({ id }) => id)).size === legs.length, { error: "same-leg-twice" })
    .optional(),
  facts: z.record(name, known).refine(atMost(100), few).default({}),
  /** Of a leg, each time that it was submitted. */
  submissions: z.record(name, z.array(known).min(1).max(200)).refine(atMost(30), few).default({}),
  /** What holds of the organisation or of the incident, in the words of the clock. */
  traits: names.default([]),
  holds: z
    .array(hold.refine((one) => one.until === null || inOrder({ from: one.from, until: one.until }), reversed))
    .max(50)
    .default([]),
  zone,
  /** Whose public holidays are days off; null: none are. */
  place: place.nullable().default(null),
  /** Monday is 1, Sunday 7. */
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).default([1, 2, 3, 4, 5]),
  closedOn: z.array(z.iso.date()).max(1_000).default([]),
  /** When it is looked at; without it nothing is said to be overdue. */
  at: known.optional(),
});

const standing = z.enum(["running", "waiting", "no-period", "submitted", "over", "not-owed", "not-in-force"]);

const due = z.object({
  leg: z.string(),
  /** `waiting`: what starts it is not known. `no-period`: owed without delay, and the law gives no figure. `over`: the fact came after
   *  which it is owed no more. */
  standing,
  waitsFor: z.array(z.object({ kind: z.enum(["fact", "submission"]), name: z.string() })),
  startedAt: instant.nullable(),
  /** The strict limit. */
  dueAt: instant.nullable(),
  /** Not later than this, should it start before. */
  atLatest: instant.nullable(),
  /** `none`: the law has none here; `not-for-them`: none for this organisation; `not-needed`: the limit is on a working day. */
  extension: z.object({
    outcome: z.enum(["none", "not-for-them", "not-needed", "extended"]),
    until: instant.nullable(),
  }),
  submitted: z.object({ at: instant, late: z.boolean(), withinExtension: z.boolean() }).nullable(),
  /** The clock runs on meanwhile. `dueAfter`: once it may be withheld no longer. */
  withheld: z.array(
    z.object({
      reason: z.string(),
      authority: z.string(),
      from: instant,
      until: instant.nullable(),
      dueAfter: instant.nullable(),
    }),
  ),
  /** At `at`; null without it. */
  overdue: z.boolean().nullable(),
});

export const law = z.object({
  id: z.string(),
  version: z.int(),
  /** Only what is in force has a clock that runs. */
  status: z.enum(["in-force", "adopted", "draft"]),
  inForceFrom: z.iso.date().nullable(),
  /** How it was read: in the law's own words, on its authority's page, in what others say of it, or not lately. */
  certainty: z.enum(["text", "regulator", "secondary", "unchecked"]),
  checkedOn: z.iso.date().nullable(),
  url: z.string().nullable(),
});
const worded = z.object({ fr: z.string(), en: z.string() });
const named = z.object({ id: z.string(), name: worded });

const at = "/api/v1/obligations";
const of = { tag: "obligations", access: "member" } as const;

/** Those that are written down, each as it may be named in a preview. */
export const listLegalClocks = endpoint({
  ...of,
  id: "listLegalClocks",
  method: "GET",
  path: `${at}/clocks`,
  success: 200,
  output: list(
    law.extend({
      name: worded,
      source: worded,
      /** What must be known beside its figures; null: nothing. */
      note: worded.nullable(),
      legs: z.array(leg.extend({ name: worded, recipient: worded })),
      facts: z.array(named),
      traits: z.array(named),
    }),
  ),
  refusals: [],
});

export const previewObligations = endpoint({
  ...of,
  id: "previewObligations",
  changesNothing: true,
  method: "POST",
  path: `${at}/preview`,
  body: asked.refine((one) => (one.clock === undefined) !== (one.legs === undefined), {
    error: "clock-or-legs",
    path: ["clock"],
  }),
  success: 200,
  output: z.object({
    /** That was named; null: the legs were given. */
    clock: law.nullable(),
    legs: z.array(due),
  }),
  refusals: ["clock-unknown", "leg-unknown", "fact-unknown", "trait-unknown", "leg-not-withheld", "place-unknown"],
});
