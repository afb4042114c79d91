/** Requests for assistance: asked of a function or a team by rules, taken or given back, ended. One path for each act. */
import { z } from "zod";
import type { RefusalCode } from "../core/kernel/refusal.ts";
import { endpoint } from "./endpoint.ts";
import { category, id, instant, language, line, list, page, person, seqMax, stage, text, title } from "./shapes.ts";
import { timelineEntry } from "./timeline-entry.ts";

const partyKind = z.enum(["function", "team"]);
/** Whoever is asked. */
const party = z.strictObject({ kind: partyKind, id });
const namedParty = z.object({ kind: partyKind, id, name: z.string() });

export const assistanceStatus = z.enum(["waiting", "accepted", "fulfilled", "confirmed", "withdrawn", "promoted"]);
export const assistanceAct = z.enum([
  "accept",
  "decline",
  "route",
  "end",
  "confirm",
  "reopen",
  "withdraw",
  "attach",
  "promote",
]);
const outcome = z.enum(["done", "partly", "not-done"]);

/** `name`: of the value, in the reader's language. */
const matched = z.object({
  what: z.enum(["kind", "words", "domain", "service", "site"]),
  value: z.string(),
  name: z.string(),
});
/** Why it goes where it goes. `rule`: from 1, in the version of the rules that was read. */
const because = z.object({
  code: z.enum(["rule", "fallback", "nobody", "chosen"]),
  rule: z.int().nullable(),
  version: z.int().nullable(),
  by: z.array(matched),
});
/** Passed over: they had it already, or nobody is there. `rule` null: the fall-back. */
const passed = z.object({
  to: namedParty,
  rule: z.int().nullable(),
  because: z.enum(["had-it", "nobody-there"]),
});

export const assistance = z.object({
  id,
  number: z.string(),
  /** Inbound: somebody needs help. Outbound: the response to an incident does. */
  direction: z.enum(["inbound", "outbound"]),
  title: z.string(),
  details: z.string().nullable(),
  kind: z.object({ id: z.string(), name: z.string() }),
  urgent: z.boolean(),
  language,
  domains: z.array(category),
  service: z.object({ id, name: z.string() }).nullable(),
  site: z.string().nullable(),
  status: assistanceStatus,
  asker: person,
  /** Whoever is asked now; null: nobody. */
  to: namedParty.nullable(),
  holder: person.nullable(),
  /** By when whoever is asked must have answered. */
  answerBy: instant.nullable(),
  late: z.boolean(),
  /** Each that was asked, in order. */
  path: z.array(
    z.object({
      to: namedParty.nullable(),
      because,
      passed: z.array(passed),
      /** Who chose; null: the rules did. */
      by: z.string().nullable(),
      at: instant,
      reason: z.string().nullable(),
      left: z
        .object({
          how: z.enum(["declined", "handed-on"]),
          by: z.string(),
          at: instant,
          reason: z.string().nullable(),
        })
        .nullable(),
    }),
  ),
  /** Nobody took it, and these decide. */
  raised: z
    .object({
      because: z.enum(["declined-twice", "nobody-left", "late"]),
      to: z.enum(["coordinator", "fallback", "level-four"]),
      people: z.array(person),
      at: instant,
    })
    .nullable(),
  outcome: z.object({ outcome, text: z.string(), by: z.string(), at: instant }).nullable(),
  /** Null too where the reader may not see it. */
  incident: z.object({ id, number: z.string(), title: z.string(), stage }).nullable(),
  exercise: z.boolean(),
  askedAt: instant,
  updatedAt: instant,
  seq: z.int(),
  /** What this reader may do with it now. */
  may: z.array(assistanceAct),
  /** Why it is shown to them: what concerns them most. */
  why: z.enum(["asked", "holder", "decides", "asker", "incident", "was-asked", "oversees"]),
});
export type AssistanceView = z.infer<typeof assistance>;

const of = { tag: "assistance", access: "member" } as const;
const one = { ...of, params: z.strictObject({ id: z.string().max(64) }) } as const;

const wanted = {
  title,
  details: text().nullable().default(null),
  kind: category,
  urgent: z.boolean().default(false),
  domains: z.array(category).max(20).default([]),
  service: id.nullable().default(null),
  site: text(200).nullable().default(null),
};

export const listAssistance = endpoint({
  ...of,
  id: "listAssistance",
  method: "GET",
  path: "/api/v1/assistance",
  query: z.strictObject({
    ...page,
    /** `awaiting`: me, or a function or team of mine. `asked`: by me. */
    scope: z.enum(["awaiting", "asked", "all"]).optional(),
    open: z.enum(["true", "false"]).optional(),
    incident: line(64).optional(),
  }),
  success: 200,
  output: list(assistance).extend({ counts: z.object({ awaiting: z.int(), asked: z.int() }) }),
  refusals: [],
});

export const askForAssistance = endpoint({
  ...of,
  id: "askForAssistance",
  method: "POST",
  path: "/api/v1/assistance",
  body: z.strictObject({
    ...wanted,
    language: language.optional(),
    /** For which incident: its id or its number. */
    incident: z.string().max(64).nullable().default(null),
    /** Without it, the rules say. */
    to: party.nullable().default(null),
  }),
  success: 201,
  output: assistance,
  refusals: [
    "assistance-kind-unknown",
    "assistance-nobody",
    "assistance-not-yours",
    "incident-unknown",
    "function-unknown",
    "team-unknown",
    "service-unknown",
    "service-retired",
    "domain-unknown",
    "domain-retired",
  ],
});

const times = {
  answerMinutes: z.int().min(1).max(43_200).nullable().default(null),
  urgentMinutes: z.int().min(1).max(43_200).nullable().default(null),
};
const words = z.array(text(200)).max(50).default([]);
const rule = z.strictObject({
  kinds: z.array(category).max(50).default([]),
  words,
  domains: z.array(category).max(50).default([]),
  services: z.array(id).max(200).default([]),
  sites: words,
  to: party,
});
export const assistanceSettings = z.strictObject({
  kinds: z
    .array(
      z.strictObject({
        id: category,
        nameFr: text(200),
        nameEn: text(200),
        ...times,
        retired: z.boolean().default(false),
      }),
    )
    .min(1)
    .max(50),
  rules: z.array(rule).max(200),
  terms: z.array(z.strictObject({ party, ...times, policy: id.nullable().default(null) })).max(200),
  fallback: party.nullable(),
});
export type AssistanceSettingsBody = z.output<typeof assistanceSettings>;

/** Where it would go: nothing is asked of anybody. `draft`: by rules that are not published yet. */
export const previewAssistance = endpoint({
  ...of,
  id: "previewAssistance",
  method: "POST",
  path: "/api/v1/assistance/preview",
  changesNothing: true,
  body: z.strictObject({ ...wanted, draft: assistanceSettings.nullable().default(null) }),
  success: 200,
  output: z.object({
    to: namedParty.nullable(),
    because,
    passed: z.array(passed),
    answerMinutes: z.int().nullable(),
    /** How many people would hear of it. */
    members: z.int(),
  }),
  refusals: ["assistance-rules-faulty"],
});

export const readAssistance = endpoint({
  ...one,
  id: "readAssistance",
  method: "GET",
  path: "/api/v1/assistance/:id",
  success: 200,
  output: assistance,
  refusals: ["assistance-unknown"],
});

export const readAssistanceTimeline = endpoint({
  ...one,
  id: "readAssistanceTimeline",
  method: "GET",
  path: "/api/v1/assistance/:id/timeline",
  query: z.strictObject({
    after: z.coerce.number().int().min(0).max(seqMax).optional(),
    limit: z.coerce.number().int().min(1).max(1_000).optional(),
  }),
  success: 200,
  output: z.object({ data: z.array(timelineEntry) }),
  refusals: ["assistance-unknown"],
});

/** All of its record, to be verified away from here. */
export const exportAssistance = endpoint({
  ...one,
  id: "exportAssistance",
  method: "GET",
  path: "/api/v1/assistance/:id/export",
  success: 200,
  output: z.object({ format: z.literal("tocsin-record") }).loose(),
  refusals: ["assistance-unknown"],
});

const reason = text(2_000);
const may: readonly RefusalCode[] = ["assistance-unknown", "assistance-not-yours", "assistance-settled"];
const act = { ...one, method: "POST", success: 200, output: assistance } as const;

export const acceptAssistance = endpoint({
  ...act,
  id: "acceptAssistance",
  path: "/api/v1/assistance/:id/accept",
  body: z.strictObject({}),
  refusals: may,
});
/** The next by the rules is asked; declined twice, somebody decides. */
export const declineAssistance = endpoint({
  ...act,
  id: "declineAssistance",
  path: "/api/v1/assistance/:id/decline",
  body: z.strictObject({ reason }),
  refusals: [...may, "reason-required"],
});
/** Whoever gave it back or handed it on is not asked again. */
export const routeAssistance = endpoint({
  ...act,
  id: "routeAssistance",
  path: "/api/v1/assistance/:id/route",
  body: z.strictObject({ reason, to: party }),
  refusals: [...may, "reason-required", "assistance-loop", "assistance-nobody", "function-unknown", "team-unknown"],
});
export const endAssistance = endpoint({
  ...act,
  id: "endAssistance",
  path: "/api/v1/assistance/:id/end",
  body: z.strictObject({ outcome: outcome.default("done"), text: text(5_000) }),
  refusals: may,
});
export const confirmAssistance = endpoint({
  ...act,
  id: "confirmAssistance",
  path: "/api/v1/assistance/:id/confirm",
  body: z.strictObject({}),
  refusals: may,
});
export const reopenAssistance = endpoint({
  ...act,
  id: "reopenAssistance",
  path: "/api/v1/assistance/:id/reopen",
  body: z.strictObject({ reason }),
  refusals: may,
});
export const withdrawAssistance = endpoint({
  ...act,
  id: "withdrawAssistance",
  path: "/api/v1/assistance/:id/withdraw",
  body: z.strictObject({ reason: reason.optional() }),
  refusals: may,
});
/** To an incident that is there already. */
export const attachAssistance = endpoint({
  ...act,
  id: "attachAssistance",
  path: "/api/v1/assistance/:id/attach",
  body: z.strictObject({ incident: z.string().max(64) }),
  refusals: [...may, "assistance-linked", "incident-unknown"],
});
/** It is an incident: one is recorded with its words, and whoever asked hears of it. */
export const promoteAssistance = endpoint({
  ...act,
  id: "promoteAssistance",
  path: "/api/v1/assistance/:id/promote",
  body: z.strictObject({}),
  refusals: [...may, "assistance-linked"],
});

export const assistanceRules = z.object({
  version: z.int(),
  ...assistanceSettings.shape,
  at: instant.nullable(),
  by: z.string().nullable(),
});
export type AssistanceRules = z.infer<typeof assistanceRules>;

export const readAssistanceRules = endpoint({
  ...of,
  id: "readAssistanceRules",
  method: "GET",
  path: "/api/v1/assistance-rules",
  success: 200,
  output: assistanceRules,
  refusals: [],
});
/** All of them at once, in the order in which they are read, after the version that was read. */
export const publishAssistanceRules = endpoint({
  ...of,
  id: "publishAssistanceRules",
  method: "POST",
  path: "/api/v1/assistance-rules",
  body: z.strictObject({ after: z.int().min(0), ...assistanceSettings.shape }),
  success: 201,
  output: assistanceRules,
  refusals: [
    "level-five-needed",
    "assistance-rules-changed",
    "assistance-rules-faulty",
    "function-unknown",
    "team-unknown",
    "service-unknown",
    "service-retired",
    "domain-unknown",
    "policy-unknown",
  ],
});
