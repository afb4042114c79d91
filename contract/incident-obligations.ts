/** What laws want told of an incident; which laws are the organisation's own; and the registers that they ask to be kept. The desk
 *  prepares and reminds; a named person submits, and records it. It is no legal advice. */
import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { answer, outcome, word } from "./obligation-bodies.ts";
import { law as lawHead } from "./obligations.ts";
import { place } from "./oncall.ts";
import { instant, language, list, page, zone } from "./shapes.ts";

const named = z.object({ id: z.string(), name: z.string() });

const limit = z.object({
  unit: z.enum(["hours", "days", "months", "business-days"]),
  count: z.int(),
  afterYearEnd: z.boolean(),
});

const submission = z.object({
  at: instant,
  by: z.string(),
  reference: z.string().nullable(),
  way: z.string().nullable(),
  attachment: z.object({ id: z.string(), name: z.string() }).nullable(),
  recordedBy: z.string(),
  /** After the limit of the law that stood then; null: of a leg that is owed again and again. */
  late: z.boolean().nullable(),
});

const leg = z.object({
  id: z.string(),
  name: z.string(),
  /** To whom. */
  recipient: z.string(),
  /** Null: without delay, and without a figure. */
  limit: limit.nullable(),
  /** From which fact, or which submission, it counts. */
  start: z.string(),
  /** `waiting`: what starts it is not known. `no-period`: owed without delay. `over`: the fact came after which it is owed no more. */
  standing: z.enum(["running", "waiting", "no-period", "submitted", "over", "not-owed", "not-in-force"]),
  waitsFor: z.array(z.object({ kind: z.enum(["fact", "submission"]), id: z.string(), name: z.string() })),
  startedAt: instant.nullable(),
  /** The strict limit of the law. */
  dueAt: instant.nullable(),
  /** Not later than this, should it start before. */
  atLatest: instant.nullable(),
  /** By the organisation's own target, where the law gives no figure. */
  targetAt: instant.nullable(),
  /** What reminders go by; null: nothing presses. */
  pressesAt: instant.nullable(),
  extension: z.object({
    outcome: z.enum(["none", "not-for-them", "not-needed", "extended"]),
    until: instant.nullable(),
  }),
  overdue: z.boolean(),
  submissions: z.array(submission),
  mayBeWithheld: z.boolean(),
  withheld: z.array(
    z.object({
      reason: z.string(),
      authority: z.string(),
      from: instant,
      until: instant.nullable(),
      dueAfter: instant.nullable(),
    }),
  ),
  /** What its submission has to say, by id, and how much of it nobody has said yet. */
  fields: z.array(z.string()),
  missing: z.int(),
});

const obligation = z.object({
  ...lawHead.shape,
  name: z.string(),
  source: z.string(),
  note: z.string().nullable(),
  /** One of the organisation's own. */
  bound: z.boolean(),
  /** What the incident is suggests that it be assessed, and nobody has. */
  proposed: z.boolean(),
  questions: z.array(named.extend({ answer: answer.nullable() })),
  /** What the answers come to. A person decides. */
  suggested: outcome,
  traits: z.array(named.extend({ holds: z.boolean(), of: z.enum(["organisation", "incident"]) })),
  assessment: z.object({ outcome, text: z.string(), by: z.string(), at: instant, times: z.int() }).nullable(),
  facts: z.array(
    named.extend({
      at: instant.nullable(),
      by: z.string().nullable(),
      toldBy: z.string().nullable(),
      corrections: z.int(),
    }),
  ),
  legs: z.array(leg),
  fields: z.array(
    named.extend({
      value: z.string().nullable(),
      at: instant.nullable(),
      from: z.enum(["record", "written"]).nullable(),
    }),
  ),
});

const byIncident = z.strictObject({ id: z.string().max(64) });
const ofIncidents = { tag: "obligations", access: "member", params: byIncident, success: 200 } as const;

/** Each law that is the organisation's own, or was assessed; what is due first in front of those that were assessed. */
export const readIncidentObligations = endpoint({
  ...ofIncidents,
  id: "readIncidentObligations",
  method: "GET",
  path: "/api/v1/incidents/:id/obligations",
  output: z.object({
    at: instant,
    data: z.array(obligation),
    soonest: z.object({ law: named, leg: named, dueAt: instant }).nullable(),
  }),
  refusals: ["incident-unknown"],
});
export type IncidentObligations = z.infer<typeof readIncidentObligations.output>;
export type ObligationView = IncidentObligations["data"][number];
export type LegView = ObligationView["legs"][number];

/** What is to be submitted, made of what is known, with what is missing marked: a text to take away, which nobody is sent. */
export const readObligationDraft = endpoint({
  ...ofIncidents,
  id: "readObligationDraft",
  method: "GET",
  path: "/api/v1/incidents/:id/obligation-draft",
  query: z.strictObject({ law: word, leg: word, language: language.optional() }),
  output: z.object({ fileName: z.string(), text: z.string(), missing: z.array(z.string()) }),
  refusals: ["incident-unknown", "clock-unknown", "leg-unknown", "obligation-not-assessed"],
});

const traits = z.array(word).max(50);
/** In hours, by leg: only where the law gives no figure. */
const targets = z.record(word, z.int().min(1).max(87_600));

const setting = z.object({
  ...lawHead.shape,
  name: z.string(),
  source: z.string(),
  note: z.string().nullable(),
  legs: z.array(named.extend({ recipient: z.string(), limit: limit.nullable() })),
  /** What may be said of the organisation. */
  traits: z.array(named),
  /** Null: it is not one of the organisation's own, and none of its clocks runs. */
  bound: z
    .object({
      traits: z.array(z.string()),
      targets: z.record(z.string(), z.int()),
      zone: z.string().nullable(),
      place: z.string().nullable(),
    })
    .nullable(),
});
export type LawSetting = z.infer<typeof setting>;

const ofSettings = { tag: "obligations", access: "member" } as const;

export const listLaws = endpoint({
  ...ofSettings,
  id: "listLaws",
  method: "GET",
  path: "/api/v1/obligations/laws",
  success: 200,
  output: list(setting),
  refusals: [],
});

/** From now on it is one of the organisation's own; said again, all of it is said anew. */
export const bindLaw = endpoint({
  ...ofSettings,
  id: "bindLaw",
  method: "POST",
  path: "/api/v1/obligations/laws",
  body: z.strictObject({
    law: word,
    traits: traits.default([]),
    targets: targets.refine((all) => Object.keys(all).length <= 30, { error: "out-of-range" }).default({}),
    /** By whose wall clocks it counts; null: those of the desk. */
    zone: zone.nullable().default(null),
    /** Whose public holidays are days off; null: none are. */
    place: place.nullable().default(null),
  }),
  success: 200,
  output: setting,
  refusals: ["level-five-needed", "clock-unknown", "trait-unknown", "leg-unknown", "place-unknown"],
});

/** What began under it goes on. */
export const unbindLaw = endpoint({
  ...ofSettings,
  id: "unbindLaw",
  method: "DELETE",
  path: "/api/v1/obligations/laws/:law",
  params: z.strictObject({ law: word }),
  success: 200,
  output: z.object({}),
  refusals: ["level-five-needed", "clock-unknown"],
});

const register = z.object({
  id: z.string(),
  name: z.string(),
  source: z.string(),
  laws: z.array(named),
  /** Of a law that is the organisation's own. */
  kept: z.boolean(),
  keep: z.object({ months: z.int(), after: z.string() }).nullable(),
});

export const listRegisters = endpoint({
  ...ofSettings,
  id: "listRegisters",
  method: "GET",
  path: "/api/v1/registers",
  success: 200,
  output: list(register),
  refusals: [],
});

const registerRow = z.object({
  incident: z.object({ number: z.string(), title: z.string(), language }),
  law: named,
  outcome,
  reasons: z.string(),
  assessedBy: z.string(),
  assessedAt: instant,
  facts: z.array(named.extend({ at: instant })),
  fields: z.array(named.extend({ value: z.string().nullable(), at: instant.nullable() })),
  submissions: z.array(
    z.object({ leg: named, recipient: z.string(), at: instant, by: z.string(), reference: z.string().nullable() }),
  ),
  /** At least; null: the law gives no period, or what it counts from is not known. */
  keepUntil: instant.nullable(),
});

/** Made of the incidents that its reader may see, whether or not anything had to be notified: what is not theirs to see is in
 *  none of their registers. Exercises are in none. The newest assessment first. */
export const readRegister = endpoint({
  ...ofSettings,
  id: "readRegister",
  method: "GET",
  path: "/api/v1/registers/:register",
  params: z.strictObject({ register: word }),
  query: z.strictObject({ ...page }),
  success: 200,
  output: z.object({ register, data: z.array(registerRow), nextCursor: z.string().nullable() }),
  refusals: ["register-unknown", "register-level-needed"],
});
export type RegisterView = z.infer<typeof readRegister.output>;

/** All of it for a spreadsheet: a text that one would take for a formula is told apart. */
export const exportRegister = endpoint({
  ...ofSettings,
  id: "exportRegister",
  method: "GET",
  path: "/api/v1/registers/:register/export",
  params: z.strictObject({ register: word }),
  query: z.strictObject({ language: language.optional() }),
  success: 200,
  output: z.object({ fileName: z.string(), text: z.string() }),
  refusals: ["register-unknown", "register-level-needed"],
});
