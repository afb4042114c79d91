/** Contributors of an incident: somebody without an account, or without training, is asked one thing by a link that does nothing else. */
import { z } from "zod";
import type { RefusalCode } from "../core/kernel/refusal.ts";
import { type ContributionKind, contributionKinds } from "../core/kernel/vocabulary.ts";
import { endpoint } from "./endpoint.ts";
import { id, instant, language, oneLine, text } from "./shapes.ts";

const byIncident = z.strictObject({ id: z.string().max(64) });
const number = z.int().min(1).max(10_000);
const named = z.object({ id: z.string().nullable(), name: z.string() });

export const contributionStatus = z.enum(["asked", "answered", "declined", "forwarded", "revoked", "expired"]);

export const contribution = z.object({
  number: z.int(),
  /** `working`: is it working again? */
  kind: z.enum(contributionKinds),
  text: z.string(),
  /** What is shared with them besides. */
  context: z.string().nullable(),
  choices: z.array(z.string()),
  to: z.object({ id: z.string().nullable(), name: z.string(), email: z.string(), language }),
  by: named,
  at: instant,
  until: instant,
  forwardable: z.boolean(),
  /** Hours between reminders, 0 for none; how many at most, and how many left by themselves. */
  remindEveryHours: z.int(),
  reminders: z.int(),
  reminded: z.int(),
  status: contributionStatus,
  /** Taken by the mail server; that is not yet delivered. */
  sentAt: instant.nullable(),
  /** Why the last letter did not leave. */
  failed: z.string().nullable(),
  /** Whoever owns the service says whether it works: the link is in their letter alone. */
  personal: z.boolean(),
  /** Kept inside by the mark of its incident, as long as it is so marked: the link is closed, and no letter leaves. */
  barred: z.boolean(),
  openedAt: instant.nullable(),
  remindedAt: instant.nullable(),
  unansweredAt: instant.nullable(),
  answer: z
    .object({
      choice: z.string().nullable(),
      text: z.string().nullable(),
      file: z.object({ id, name: z.string() }).nullable(),
      at: instant,
    })
    .nullable(),
  /** When it ended, and what they said of it: not for them, or given on. */
  leftAt: instant.nullable(),
  leftText: z.string().nullable(),
  from: z.int().nullable(),
  forwardedTo: z.int().nullable(),
  /** Of what a supplier was asked. */
  engagement: z.int().nullable(),
});
export type ContributionView = z.infer<typeof contribution>;

const contributions = z.object({
  data: z.array(contribution),
  nextCursor: z.null(),
  /** Whether this reader may ask, remind and take back. */
  may: z.boolean(),
});
export type Contributions = z.infer<typeof contributions>;

/** Under what number a supplier has it is asked when they are called on. */
export const askedKinds = ["question", "task", "file", "working"] as const satisfies readonly ContributionKind[];

const common: readonly RefusalCode[] = [
  "incident-unknown",
  "level-too-low",
  "level-missing",
  "already-closed",
  "already-dismissed",
  "already-merged",
];

export const listContributions = endpoint({
  id: "listContributions",
  method: "GET",
  path: "/api/v1/incidents/:id/contributions",
  tag: "contributors",
  access: "member",
  params: byIncident,
  success: 200,
  output: contributions,
  refusals: ["incident-unknown"],
});

export const askContributor = endpoint({
  id: "askContributor",
  method: "POST",
  path: "/api/v1/incidents/:id/ask-contributor",
  tag: "contributors",
  access: "member",
  params: byIncident,
  body: z.strictObject({
    kind: z.enum(askedKinds).default("question"),
    /** Somebody of a supplier: the number of what they were asked on this incident. */
    engagement: number.optional(),
    /** In their language. */
    text: text(1_000),
    context: text(2_000).nullable().optional(),
    /** Of a question: what may be chosen; without any, they write. */
    choices: z.array(text(200)).max(8).default([]),
    /** Somebody of the directory, or a name and an address. */
    person: id.optional(),
    name: oneLine(100).optional(),
    email: z.email().max(200).optional(),
    language: language.optional(),
    hours: z.int().min(1).max(336).default(72),
    forwardable: z.boolean().default(false),
    remindEveryHours: z.int().min(1).max(72).default(8),
    reminders: z.int().min(0).max(3).default(1),
  }),
  success: 201,
  output: contributions,
  refusals: [
    ...common,
    "contributor-required",
    "contributions-full",
    "person-unknown",
    "person-inactive",
    "engagement-unknown",
    "engagement-over",
    "mark-stays-inside",
  ],
});

const one = z.strictObject({ contribution: number });

export const remindContributor = endpoint({
  id: "remindContributor",
  method: "POST",
  path: "/api/v1/incidents/:id/remind-contributor",
  tag: "contributors",
  access: "member",
  params: byIncident,
  body: one,
  success: 200,
  output: contributions,
  refusals: [...common, "contribution-unknown", "contribution-over", "reminded-lately", "mark-stays-inside"],
});

/** Its links do nothing any more, at once. */
export const revokeContribution = endpoint({
  id: "revokeContribution",
  method: "POST",
  path: "/api/v1/incidents/:id/revoke-contribution",
  tag: "contributors",
  access: "member",
  params: byIncident,
  body: one,
  success: 200,
  output: contributions,
  refusals: [...common, "contribution-unknown", "contribution-over"],
});

/** A link to be carried another way than by mail: shown once, and the record says who asked for it. */
export const linkContribution = endpoint({
  id: "linkContribution",
  method: "POST",
  path: "/api/v1/incidents/:id/contribution-link",
  tag: "contributors",
  access: "member",
  params: byIncident,
  body: one,
  success: 201,
  output: z.object({ url: z.string() }),
  refusals: [...common, "contribution-unknown", "contribution-over", "mark-stays-inside", "link-personal"],
  holdsSecret: true,
});
